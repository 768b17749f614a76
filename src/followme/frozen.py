"""Dataclasses with slots, made in a fraction of the time that `dataclass` takes to write all their methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T", bound=type[Any])


@overload
def frozen(made: T, /) -> T: ...


@overload
def frozen(*, kw_only: bool) -> Callable[[T], T]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(made: Any = None, /, *, kw_only: bool = False) -> Any:
    """Return a class as a dataclass with slots, whose objects are equal if their fields are.

    With `kw_only`, its fields are given by name. The type checker refuses to set a field later; at run time nothing
    does. Only `__init__` is written for each class; it shares the other methods that it lacks with all others.
    """
    return partial(frozen, kw_only=kw_only) if made is None else _made(made, kw_only, _hash)


@overload
def mutable(made: T, /) -> T: ...


@overload
def mutable(*, kw_only: bool) -> Callable[[T], T]: ...


@dataclass_transform(field_specifiers=(field,))
def mutable(made: Any = None, /, *, kw_only: bool = False) -> Any:
    """Return a class as a dataclass with slots, whose fields may change, so its objects have no hash."""
    return partial(mutable, kw_only=kw_only) if made is None else _made(made, kw_only, None)


def _made(made: Any, kw_only: bool, hashed: Callable[[Any], int] | None) -> Any:
    """The class with slots and fields, and the methods that it lacks: an `__init__` that sets the fields, and others.

    Dataclasses take twice as long for it: they write annotations and closures too.
    """
    whole: Any = dataclass(slots=True, init=False, eq=False, repr=False, kw_only=kw_only)(made)
    whole.__fields_of__ = attrgetter("__class__", *whole.__dataclass_fields__)
    shared = {"__eq__": _equal, "__hash__": hashed, "__repr__": _shown}
    for name in shared.keys() - vars(made).keys():
        setattr(whole, name, shared[name])
    if "__init__" not in vars(made):
        whole.__init__ = _init(whole)
    return whole


def _init(whole: Any) -> Any:
    """A function that sets the fields of an object of this class."""
    fields = [each for each in whole.__dataclass_fields__.values() if each.init]
    named = [each for each in fields if each.kw_only]
    first = [_parameter(each) for each in fields if not each.kw_only]
    words = ", ".join(("self", *first, *(["*"] if named else []), *map(_parameter, named)))
    known = {f"_{each.name}": each.default for each in fields} | {
        f"_new_{each.name}": each.default_factory for each in fields
    }
    lines = "".join(f"    self.{each.name} = {_value(each)}\n" for each in fields) or "    pass\n"
    exec(f"def __init__({words}):\n{lines}", known)
    made: Any = known["__init__"]
    made.__qualname__ = f"{whole.__qualname__}.__init__"
    return made


def _parameter(each: Field[Any]) -> str:
    has_default = each.default is not MISSING or each.default_factory is not MISSING
    return f"{each.name}=_{each.name}" if has_default else each.name


def _value(each: Field[Any]) -> str:
    if each.default_factory is MISSING:
        return each.name
    # Without a default, this is MISSING, and so is what isn't given.
    return f"_new_{each.name}() if {each.name} is _{each.name} else {each.name}"


def _equal(self: Any, other: Any) -> Any:
    get = self.__class__.__fields_of__
    return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(self.__class__.__fields_of__(self))


def _shown(self: Any) -> str:
    fields = (f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
    return f"{self.__class__.__qualname__}({', '.join(fields)})"
