"""The offer of another wording, made once where an answer nearly repeats an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from followme.insight.earlier import Earlier, repeats
from followme.kinds.base import Field, Given, Typed, one_line, text_of
from followme.model import Question

ANOTHER = "What would have to happen for this answer to change?"
"""What is asked where the question itself has no other wording."""

MORE = "more"
"""The field for what is answered to the other wording."""

_LATEST = 3
_KINDS = ("text", "line")


def offer(question: Question, before: Sequence[Earlier]) -> tuple[Field, ...]:
    """The field that a question gets besides its own; none where nothing can be repeated."""
    replies = [each.answer.reply for each in before]
    latest = [reply for reply in replies if isinstance(reply, str)][-_LATEST:]
    if question.kind not in _KINDS or not latest:
        return ()

    def wanted(typed: Typed) -> bool:
        offered = MORE in typed
        return bool(text_of(typed, MORE)) if offered else repeats(text_of(typed), latest)

    return (
        Field(
            name=MORE,
            way=question.kind,
            ask=other_wording(question),
            hint="You wrote nearly this before. Enter leaves your answer as it is.",
            empty="left as it is",
            wanted=wanted,
            check=one_line if question.kind == "line" else None,
        ),
    )


def other_wording(question: Question) -> str:
    """The question in other words."""
    return question.variants[0] if question.variants else ANOTHER


def with_more(question: Question, given: Given, typed: Typed) -> Given:
    """The answer with what was answered to the other wording after it, so that one reply holds all of it."""
    more = text_of(typed, MORE).strip()
    if not (more and given.answer and isinstance(given.answer.reply, str)):
        return given
    said = f" / {more}" if question.kind == "line" else f"\n\n{other_wording(question)}\n{more}"
    return replace(given, answer=replace(given.answer, reply=given.answer.reply.rstrip() + said))
