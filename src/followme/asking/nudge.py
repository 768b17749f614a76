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
_JOINTS = {"text": "\n\n", "line": " / "}
"""What stands between an answer and the one to the other wording, by the kinds that get the offer."""


def offer(question: Question, before: Sequence[Earlier]) -> tuple[Field, ...]:
    """The field that a question gets besides its own; none where nothing can be repeated."""
    if question.kind not in _JOINTS:
        return ()
    replies = [each.answer.reply for each in before]
    whole = [reply for reply in replies if isinstance(reply, str)][-_LATEST:]
    # What was answered to another wording hides what was written before it.
    latest = whole + [reply.rpartition(_JOINTS[question.kind])[0] for reply in whole]

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
    said = more if question.kind == "line" else f"{other_wording(question)}\n{more}"
    reply = given.answer.reply.rstrip() + _JOINTS[question.kind] + said
    return replace(given, answer=replace(given.answer, reply=reply))
