"""The offer of another wording, made once if an answer nearly repeats an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from followme.insight.earlier import Earlier, repeats
from followme.kinds.base import Field, Response, one_line, text_of
from followme.model import Question, Typed

ANOTHER = "What would have to happen for this answer to change?"
"""The wording to offer if the question itself has no other."""

MORE = "more"
"""The field for the answer to the other wording."""

_LATEST = 3
_JOINTS = {"text": "\n\n", "line": " / "}
"""The text between an answer and the answer to the other wording, for each kind that gets the offer."""


def offer(question: Question, before: Sequence[Earlier]) -> tuple[Field, ...]:
    """Return the extra field of a question; none if there is no earlier answer to repeat."""
    if question.kind not in _JOINTS:
        return ()
    replies = [each.answer.reply for each in before]
    whole = [reply for reply in replies if isinstance(reply, str)][-_LATEST:]
    # An answer to the other wording was stored together with the text before it.
    latest = whole + [reply.rpartition(_JOINTS[question.kind])[0] for reply in whole]

    def applies(typed: Typed) -> bool:
        offered = MORE in typed
        return bool(text_of(typed, MORE)) if offered else repeats(text_of(typed), latest)

    return (
        Field(
            name=MORE,
            input=question.kind,
            ask=other_wording(question),
            hint="You've written almost the same before. Press Enter to leave your answer as it is.",
            empty="left as it is",
            applies=applies,
            check=one_line if question.kind == "line" else None,
        ),
    )


def other_wording(question: Question) -> str:
    """Return the question in another wording."""
    return question.variants[0] if question.variants else ANOTHER


def with_more(question: Question, response: Response, typed: Typed) -> Response:
    """Return the answer with the answer to the other wording added to it, as one reply."""
    more = text_of(typed, MORE).strip()
    if not (more and response.answer and isinstance(response.answer.reply, str)):
        return response
    said = more if question.kind == "line" else f"{other_wording(question)}\n{more}"
    reply = response.answer.reply.rstrip() + _JOINTS[question.kind] + said
    return replace(response, answer=replace(response.answer, reply=reply))
