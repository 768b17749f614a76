"""Questions beside a reflection, such as what to do with it: no draft keeps what is answered to them."""

from __future__ import annotations

from collections.abc import Mapping

from followme.asking.walk import BACK, FINISH, JUMP, PAUSE, Asker, Move
from followme.errors import Paused
from followme.kinds.base import Field, Value

_SURE = Field(
    name="sure", way="yesno", ask="Discard all answers of this sitting?", hint="Enter keeps them.", empty="no"
)


def ask_aside(asker: Asker, field: Field) -> Move:
    """Ask for a field that belongs to no question. Raises Paused."""
    move = asker.ask(field, "", _unheard)
    while move.way in (JUMP, FINISH):
        # Ways through a reflection, and this is none of its questions.
        move = asker.ask(field, "", _unheard)
    if move.way == PAUSE:
        raise Paused("")
    if move.way != BACK:
        asker.accept(field, move.value)
    return move


def pick_aside(asker: Asker, ask: str, hint: str, offers: Mapping[str, str]) -> str:
    """The value of the offer that was picked, of the first one on Enter. Raises Paused."""
    first = next(iter(offers))
    field = Field(name="choice", way="one", ask=ask, hint=hint, empty=first, options=tuple(offers))
    return offers.get(str(ask_aside(asker, field).value), offers[first])


def wait_aside(asker: Asker, hint: str) -> None:
    """Give time to read, until Enter is pressed. Raises Paused."""
    ask_aside(asker, Field(name="read", way="enter", hint=hint, empty=""))


def is_sure(asker: Asker) -> bool:
    """Whether all answers of a sitting are to go. Raises Paused."""
    return ask_aside(asker, _SURE).value == "yes"


def _unheard(value: Value) -> None:
    """What is typed here is not part of the reflection."""
