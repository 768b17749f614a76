"""Frozen dataclasses, made in a quarter of the time that `dataclass` takes to write all their methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
    if made is None:
        return partial(frozen, kw_only=kw_only)
    own = vars(made).keys()
    whole: Any = dataclass(slots=True, eq=False, repr=False, kw_only=kw_only)(made)
    whole.__fields_of__ = attrgetter("__class__", *whole.__dataclass_fields__)
    for name in _SHARED.keys() - own:
        setattr(whole, name, _SHARED[name])
    return whole


def _equal(self: Any, other: Any) -> Any:
    get = self.__class__.__fields_of__
    return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(self.__class__.__fields_of__(self))


def _shown(self: Any) -> str:
    fields = (f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
    return f"{self.__class__.__qualname__}({', '.join(fields)})"


_SHARED = {"__eq__": _equal, "__hash__": _hash, "__repr__": _shown}
