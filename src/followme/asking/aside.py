"""Questions beside a reflection, such as whether to save it; no draft keeps the answers to them."""

from __future__ import annotations

from collections.abc import Mapping

from followme.asking.walk import BACK, FINISH, JUMP, PAUSE, Asker, Move
from followme.errors import Paused
from followme.kinds.base import Field
from followme.model import Value

_SURE = Field(
    name="sure",
    input="yesno",
    ask="Discard all your answers?",
    hint="Press Enter to keep them.",
    empty="no",
)


def ask_aside(asker: Asker, field: Field) -> Move:
    """Ask for a field that belongs to no question. Raises Paused."""
    move = asker.ask(field, "", _unheard)
    while move.action in (JUMP, FINISH) or (field.alone and move.action == BACK):
        # These moves lead through a reflection, and this isn't one of its questions.
        move = asker.ask(field, "", _unheard)
    if move.action == PAUSE:
        raise Paused("")
    if move.action != BACK:
        asker.accept(field, move.value)
    return move


def pick_aside(asker: Asker, ask: str, hint: str, offers: Mapping[str, str]) -> str:
    """Return the value of the offer that was picked, of the first one for Enter alone. Raises Paused."""
    first = next(iter(offers))
    field = Field(name="choice", input="one", ask=ask, hint=hint, empty=first, options=tuple(offers))
    return offers.get(str(ask_aside(asker, field).value), offers[first])


def wait_aside(asker: Asker, hint: str, *, alone: bool = False) -> None:
    """Wait until the person has read and presses Enter; `alone` if no reflection goes on then. Raises Paused."""
    ask_aside(asker, Field(name="read", input="enter", hint=hint, empty="", alone=alone))


def is_sure(asker: Asker) -> bool:
    """Return whether the person wants to delete all answers of a sitting. Raises Paused."""
    return ask_aside(asker, _SURE).value == "yes"


def _unheard(value: Value) -> None:
    """Ignore the text, since it isn't part of the reflection."""
