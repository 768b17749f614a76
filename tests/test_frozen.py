"""Frozen classes: they compare, hash and show their fields as dataclasses do."""

from __future__ import annotations

import pickle
import re
from copy import copy
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path

import pytest

from followme.frozen import frozen, mutable

SOURCE = Path(__file__).parents[1] / "src"


@frozen
class Step:
    """A step of a scale."""

    number: int
    label: str = ""


@frozen(kw_only=True)
class Chosen(Step):
    """A chosen step, which is shown in its own way."""

    filled: bool = True

    def __repr__(self) -> str:
        return f"[{self.number}]"


@mutable
class Pile:
    """Steps that were made, which may be more later."""

    name: str
    steps: list[Step] = field(default_factory=list)
    height: int = field(default=0, kw_only=True)
    seen: bool = field(init=False)


@dataclass(frozen=True, slots=True)
class Slow:
    """The same as Step, in the usual way."""

    number: int
    label: str = ""


def test_objects_are_equal_if_their_class_and_fields_are():
    assert Step(4) == Step(4, "") != Step(3)
    assert (Step(4) == 4, Step(4) != Chosen(number=4), Chosen(number=4) == Chosen(number=4)) == (
        False,
        True,
        True,
    )
    assert {Step(4), Step(4), Step(3)} == {Step(3), Step(4)}


def test_they_are_shown_and_copied_as_dataclasses_are():
    assert repr(Step(4)) == repr(Slow(4)).replace("Slow", "Step")
    assert repr(Chosen(number=4)) == "[4]"
    assert copy(Step(4)) == pickle.loads(pickle.dumps(Step(4))) == Step(4)
    assert is_dataclass(Step)
    assert [field.name for field in fields(Chosen)] == ["number", "label", "filled"]
    assert replace(Chosen(number=4), number=5) == Chosen(number=5)
    with pytest.raises(TypeError):
        Chosen(4, "", True)  # type: ignore[misc]


def test_they_have_slots():
    assert not hasattr(Step(4), "__dict__")
    with pytest.raises(AttributeError):
        Step(4).color = "green"  # type: ignore[attr-defined]


def test_those_that_change_have_lists_of_their_own_and_no_hash():
    one, other = Pile("one"), Pile(name="one", height=0)
    assert not hasattr(one, "seen")
    one.seen = other.seen = False
    assert one == other
    one.steps.append(Step(4))
    one.height = 1
    assert one != other
    assert (other.steps, other.height) == ([], 0)
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)
    for given in ((), ("one", [], 1)):
        with pytest.raises(TypeError, match=r"^Pile\.__init__\(\) "):
            Pile(*given)  # type: ignore[arg-type, misc]


def test_every_frozen_class_with_slots_is_made_that_way():
    usual = re.compile(r"^@dataclass\(frozen=True.*slots=True", re.M)
    assert [
        path.name for path in SOURCE.rglob("*.py") if usual.search(path.read_text(encoding="utf-8"))
    ] == []
