"""An answer or a promise to be asked again: its question as it was asked, what was typed, and the entry afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from followme.frozen import frozen
from followme.insight.digest import reply_words
from followme.kinds import KINDS
from followme.kinds.base import Response
from followme.model import PICKED_KINDS, Answer, Entry, Promise, Question, Typed

PROMISE = "promise"


@frozen
class Again:
    """One thing of an entry to be asked again: an answer or a promise, its question, and what was typed for it."""

    of: Answer | Promise
    question: Question
    typed: Typed

    def changed(self, entry: Entry, response: Response) -> Entry:
        """Return the entry with this response in the place of what was asked again; its wording stays as asked.

        Raises ValueError with a sentence for a promise that was left empty.
        """
        if isinstance(self.of, Promise):
            if not response.promises:
                raise ValueError("A promise can't be left empty. If it's no longer needed, close it instead.")
            return replace(
                entry, promises=tuple(_each(entry.promises, self.of, _kept(self.of, response.promises[0])))
            )
        if response.promises:
            answers = tuple(answer for answer in entry.answers if answer is not self.of)
            return replace(
                entry, answers=answers, promises=(*entry.promises, *_numbered(entry, response.promises))
            )
        given = response.answer or self.of
        lost = self.of.forgotten and given.reply is None
        answer = replace(self.of, reply=given.reply, fact=given.fact, forgotten=lost)
        return replace(entry, answers=tuple(_each(entry.answers, self.of, answer)))

    def marked(self, entry: Entry, *, private: bool) -> Entry:
        """Return the entry with this answer or promise marked private, or not."""
        return marked(entry, self.of, private=private)


def marked(entry: Entry, one: Answer | Promise, *, private: bool) -> Entry:
    """Return the entry with this answer or promise of it marked private, or not."""
    if isinstance(one, Promise):
        return replace(entry, promises=tuple(_each(entry.promises, one, replace(one, private=private))))
    return replace(entry, answers=tuple(_each(entry.answers, one, replace(one, private=private))))


def of_answer(answer: Answer, today: Question | None) -> Again:
    """Return an answer to be asked again in its own wording; `today` is its question as its set has it now.

    Raises ValueError with a sentence if it can't be asked.
    """
    if answer.kind not in KINDS:
        raise ValueError(f'This followme doesn\'t know the kind "{answer.kind}".')
    base = today if today and today.kind == answer.kind else None
    question = base or Question(key=answer.key, kind=answer.kind, ask="", low=0, high=10)
    picked = _picked(answer)
    if answer.kind in PICKED_KINDS and base is None:
        raise ValueError("No prompt set has its options anymore.")
    question = replace(
        question,
        ask=answer.question or answer.key,
        options=(*question.options, *(each for each in picked if each not in question.offered)),
        low=question.low if answer.low is None else answer.low,
        high=question.high if answer.high is None else answer.high,
        low_label=answer.low_label or question.low_label,
        high_label=answer.high_label or question.high_label,
        fact=question.fact or bool(answer.fact),
        most=question.most and max(question.most, len(picked)),
        private=answer.private,
        person=answer.person,
        when=None,
    )
    return Again(answer, question, _typed(question, answer))


def of_promise(promise: Promise) -> Again:
    """Return a promise to be asked again."""
    ask = "What will you ask?" if promise.kind == "ask" else "What's the promise?"
    question = Question(
        key=promise.ref, kind=PROMISE, ask=ask, promise=promise.kind, private=promise.private, most=1
    )
    parts = {name: getattr(promise, name) for name in ("text", "occasion", "to", "by", "told")}
    table = {name: value for name, value in parts.items() if value not in ("", None)}
    try:
        return Again(promise, question, KINDS[PROMISE].from_toml(question, [table]))
    except ValueError:  # Written by hand in a way that no one could type.
        return Again(promise, question, {"line": " ".join(promise.text.split())})


def _typed(question: Question, answer: Answer) -> Typed:
    """The answer as if it had been typed; {} if it was skipped."""
    value: Any = list(answer.reply) if isinstance(answer.reply, tuple) else answer.reply
    if value is None:
        return {}
    if answer.fact:
        value = {"reply": value, "fact": answer.fact}
    try:
        return KINDS[answer.kind].from_toml(question, value)
    except ValueError:  # Written by hand in a way that no one could type.
        return {"reply": reply_words(answer)} if isinstance(answer.reply, (str, tuple)) else {}


def _picked(answer: Answer) -> tuple[str, ...]:
    if isinstance(answer.reply, tuple):
        return answer.reply
    return (answer.reply,) if isinstance(answer.reply, str) and answer.kind == "choice" else ()


def _kept(promise: Promise, given: Promise) -> Promise:
    """The promise with what was given; whether the person knows stays, unless that or another person was given."""
    told = promise.told if given.told is None and given.to == promise.to else given.told
    return replace(promise, text=given.text, occasion=given.occasion, to=given.to, by=given.by, told=told)


def _numbered(entry: Entry, promises: Iterable[Promise]) -> Iterable[Promise]:
    """The new promises with refs that the entry doesn't have."""
    taken = {promise.ref for promise in entry.promises}
    free = (ref for ref in (f"p{number}" for number in range(1, 1000)) if ref not in taken)
    return (replace(promise, ref=next(free)) for promise in promises)


def _each(records: Iterable[Any], old: Any, new: Any) -> Iterable[Any]:
    return (new if record is old else record for record in records)
