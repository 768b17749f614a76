"""Options that were reworded: old replies in today's words, so that counts stay whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from followme.model import PICKED_KINDS, Answer, Entry, PromptSet, Reply

Rewordings = Mapping[str, Mapping[str, str]]
"""By the key of a question: each option as it was, and the option that took its place."""


def rewordings(prompt_sets: Iterable[PromptSet]) -> Rewordings:
    """Return the rewordings that these sets name; if two name the same option, the first one counts."""
    by_question: dict[str, dict[str, str]] = {}
    for question in (question for each in prompt_sets for question in each.questions):
        if question.formerly:
            by_question[question.key] = dict(question.formerly) | by_question.get(question.key, {})
    return by_question


def in_todays_words(entries: Iterable[Entry], by_question: Rewordings) -> list[Entry]:
    """Return the entries with every option that was reworded in its new words; the journal keeps the old ones."""
    return [_entry(each, by_question) for each in entries]


def _entry(entry: Entry, by_question: Rewordings) -> Entry:
    if not any(answer.key in by_question for answer in entry.answers):
        return entry
    return replace(entry, answers=tuple(_answer(each, by_question) for each in entry.answers))


def _answer(answer: Answer, by_question: Rewordings) -> Answer:
    # Other kinds can have the same words by chance.
    if answer.key not in by_question or answer.kind not in PICKED_KINDS:
        return answer
    return replace(answer, reply=_reply(answer.reply, by_question[answer.key]))


def _reply(reply: Reply | None, new: Mapping[str, str]) -> Reply | None:
    if isinstance(reply, tuple):
        # Two old options can have become one.
        return tuple(dict.fromkeys(new.get(each, each) for each in reply))
    return new.get(reply, reply) if isinstance(reply, str) else reply
