"""Looking back on one question: its answers over time."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from followme.frozen import frozen
from followme.insight.later import Later, later_words, on_answer
from followme.insight.weeks import by_week
from followme.model import Answer, Entry, PromptSet

_HIDDEN = re.compile(rb'\\[^"\\]')
"""An escape that may hide a letter of a key; a key that followme writes has none."""


@frozen(kw_only=True)
class Given:
    """An answer and the entry it stands in.

    `changed` says whether it was worded otherwise than the answer before it, `reworded` whether none of today's
    wordings is the one it was asked in. `later` has the later words on it, oldest first.
    """

    entry: Entry
    answer: Answer
    changed: bool
    reworded: bool
    later: tuple[Later, ...] = ()

    @property
    def private(self) -> bool:
        """Whether exports leave it out."""
        return self.answer.private or self.entry.private


@frozen(kw_only=True)
class Lookback:
    """One question over time: its answers, oldest first, and how many of them count; how often it was skipped.

    The other version of an entry that a merge kept is among the answers, and counts nowhere.
    """

    key: str
    given: tuple[Given, ...]
    answered: int
    skipped: int

    @property
    def empty(self) -> bool:
        """Whether the question was neither answered nor skipped."""
        return not (self.given or self.skipped)


def lookback(
    entries: Iterable[Entry], key: str, todays: Collection[str], notes: Iterable[Entry] = ()
) -> Lookback:
    """Return all answers to the question with this key; `todays` has its wordings of today, each in one line.

    `notes` may have later words on these answers, and on others.
    """
    words = later_words(notes)
    asked = _asked(entries, key)
    given: list[Given] = []
    for entry, answer in asked:
        if not answer.skipped:
            given.append(
                Given(
                    entry=entry,
                    answer=answer,
                    changed=not given or _form(given[-1].answer) != _form(answer),
                    reworded=in_one_line(answer.question) not in todays,
                    later=on_answer(words, entry, answer),
                )
            )
    counted = [answer for entry, answer in asked if not entry.conflict]
    skipped = sum(answer.skipped for answer in counted)
    return Lookback(key=key, given=tuple(given), answered=len(counted) - skipped, skipped=skipped)


def narrowed(entries: Iterable[Entry], key: str) -> Iterator[Entry]:
    """Yield the entries that have this question, with it and their person alone, so that years take little memory."""
    for entry in entries:
        if any(each.key == key for each in entry.answers):
            answers = tuple(each for each in entry.answers if each.key == key or each.names_person)
            yield replace(entry, answers=answers, promises=(), outcomes=())


def todays_wordings(prompt_sets: Iterable[PromptSet], key: str) -> frozenset[str]:
    """Return every wording in which these sets ask this question, each in one line."""
    asked = (each for prompt_set in prompt_sets for each in prompt_set.questions if each.key == key)
    return frozenset(in_one_line(words) for each in asked for words in (each.ask, *each.variants))


def may_have(key: str) -> Callable[[bytes], bool]:
    """Return a test of a block's bytes: whether it may have this key, or a later word on an answer to it.

    It never says no to a block that has it.
    """
    # The line break below three quotes is not part of a text.
    named = re.compile(rb"[\"'\n/]" + re.escape(key.encode(errors="replace")) + rb"[\"']")
    return lambda data: bool(named.search(data) or _HIDDEN.search(data))


def in_one_line(words: str) -> str:
    """Return a wording with single blanks, so that lines folded by hand make no difference."""
    return " ".join(words.split())


def _asked(entries: Iterable[Entry], key: str) -> list[tuple[Entry, Answer]]:
    """The answers to one question, skipped ones too, oldest first. A promise leaves no answer."""
    return [
        (entry, answer)
        for entry in sorted(entries, key=by_week)
        for answer in entry.answers
        if answer.key == key and answer.kind != "promise"
    ]


def _form(answer: Answer) -> tuple[object, ...]:
    """What one answer to a question must share with another to be shown below the same wording."""
    return in_one_line(answer.question), answer.low, answer.low_label, answer.high, answer.high_label
