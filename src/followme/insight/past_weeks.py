"""The latest weeks side by side, in the writer's own words, without judgment or summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile

from followme.insight.earlier import Earlier, comparable
from followme.insight.ledger import Row, ledger
from followme.insight.promises import promise_words
from followme.model import RESERVED_SETS, Answer, Entry


@dataclass(frozen=True, slots=True)
class Week:
    """A week and the first words written in it, "" if there are none."""

    week: str
    words: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The course of one scale, worded as it was last asked, with the latest of its highest and its lowest values."""

    asked: Answer
    values: tuple[tuple[str, int], ...]
    highest: Earlier
    lowest: Earlier


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each option of one question was picked, the most frequent first, and the number of answers."""

    question: str
    answers: int
    picks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and the last answer to one question."""

    first: Earlier
    last: Earlier


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A question as it was last asked, and how often it was skipped."""

    question: str
    times: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PastWeeks:
    """What some weeks hold, as read `today`: private answers too, kept out of exports and not from their writer."""

    weeks: tuple[Week, ...]
    numbers: tuple[Numbers, ...]
    counts: tuple[Counts, ...]
    ends: tuple[Ends, ...]
    promises: tuple[Row, ...]
    passed_over: tuple[PassedOver, ...]
    today: date

    @property
    def empty(self) -> bool:
        """Whether these weeks hold nothing at all."""
        parts = (self.numbers, self.counts, self.ends, self.promises, self.passed_over)
        return not (any(parts) or any(each.words for each in self.weeks))


def past_weeks(entries: Sequence[Entry], weeks: Sequence[str], today: date) -> PastWeeks:
    """Return what the entries of these weeks hold; entries and weeks are given oldest first.

    Weeks before the first one with words are left out.
    """
    shown = [entry for entry in entries if entry.week in weeks]
    answers = _by_key(shown)
    replies = {key: [each for each in given if not each.answer.skipped] for key, given in answers.items()}
    in_words = tuple(Week(week, _words(week, shown)) for week in weeks)
    # Before the first words there's nothing to read.
    begun = tuple(dropwhile(lambda week: not week.words, in_words))
    return PastWeeks(
        weeks=begun or in_words,
        numbers=tuple(_numbers(replies.values())),
        counts=tuple(_counts(replies.values())),
        ends=tuple(_ends(replies.values(), {each.words for each in in_words})),
        promises=ledger(shown, today),
        passed_over=tuple(_passed_over(answers.values())),
        today=today,
    )


def _by_key(entries: Iterable[Entry]) -> dict[str, list[Earlier]]:
    """The answers by the key of their question, oldest first; notes and endings between sittings are left out."""
    answers: dict[str, list[Earlier]] = {}
    for entry in entries:
        for answer in entry.answers if entry.set not in RESERVED_SETS else ():
            answers.setdefault(answer.key, []).append(Earlier(entry, answer))
    return answers


def _words(week: str, entries: Iterable[Entry]) -> str:
    """The first longer answer of a week, from its sitting if possible; without one, its first promise."""
    written = [entry for entry in entries if entry.week == week]
    written.sort(key=lambda entry: not entry.is_sitting)
    texts = (
        str(each.reply) for entry in written for each in entry.answers if each.kind == "text" and each.reply
    )
    promised = (promise_words(promise, entry.day) for entry in written for promise in entry.promises)
    return next(texts, "") or next(promised, "")


def _numbers(questions: Iterable[Sequence[Earlier]]) -> Iterator[Numbers]:
    for answers in questions:
        asked = answers[-1].answer if answers else None
        if asked is None or asked.low is None:
            continue
        if values := comparable(answers, asked):
            highest = max(reversed(values), key=lambda each: each[1])
            lowest = min(reversed(values), key=lambda each: each[1])
            course = tuple((each.entry.week, value) for each, value in values)
            yield Numbers(asked, course, highest[0], lowest[0])


def _counts(questions: Iterable[Sequence[Earlier]]) -> Iterator[Counts]:
    for answers in questions:
        if answers and answers[-1].answer.kind == "several":
            picks = Counter(
                pick for each in answers if isinstance(each.answer.reply, tuple) for pick in each.answer.reply
            )
            yield Counts(answers[-1].answer.question, len(answers), tuple(picks.most_common()))


def _ends(questions: Iterable[Sequence[Earlier]], shown: Collection[str]) -> Iterator[Ends]:
    """The first and last answers to questions with longer answers, unless both are shown already."""
    for answers in questions:
        if answers[1:] and answers[-1].answer.kind == "text":
            ends = Ends(answers[0], answers[-1])
            if any(each.answer.reply not in shown for each in (ends.first, ends.last)):
                yield ends


def _passed_over(questions: Iterable[Sequence[Earlier]]) -> Iterator[PassedOver]:
    for answers in questions:
        times = sum(each.answer.skipped for each in answers)
        # A promise leaves no answer, so no one can count how often it was asked for.
        if times and answers[-1].answer.kind != "promise":
            yield PassedOver(answers[-1].answer.question, times, len(answers))
