"""Tab-separated lines for a pipe: no header, nothing cut, blanks instead of tabs and newlines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from followme.hints import Command
from followme.insight.digest import reply_words, state_of
from followme.insight.later import Later, LaterWords, on_answer, on_entry
from followme.insight.promises import ending_words, promise_words
from followme.model import PROMISE, Answer, Entry, Promise, PromptSet
from followme.views.lines import line, private_word

# One command shows one of these, and loads its module itself.
if TYPE_CHECKING:
    from followme.insight.changes import History
    from followme.insight.findings import Finding
    from followme.insight.ledger import Row
    from followme.insight.lookback import Lookback
    from followme.insight.mentions import Mentions
    from followme.insight.overview import Overview
    from followme.insight.past_weeks import PastWeeks
    from followme.insight.search import Hit


def entry(
    shown: Iterable[Entry],
    promises: Mapping[str, Promise],
    later: LaterWords,
    hidden: Collection[str],
    heard: Container[str] = (),
) -> Iterable[str]:
    """One line for each answer, promise and outcome: id, sort, key or reference, question or words, reply, private.

    A later word has its day in place of a question. `hidden` has the references of private promises, `heard` those of
    questions whose answer was heard before.
    """
    for each in shown:
        for outcome in each.outcomes:
            promise = promises.get(outcome.promise)
            words = promise_words(promise, each.day) if promise else ""
            ending = ending_words(outcome, promise, heard=heard)
            result = f"{ending}: {outcome.note}" if outcome.note else ending
            private = private_word(each.private or outcome.promise in hidden)
            yield line(each.id, "outcome", outcome.promise, words, result, private)
        for answer in each.answers:
            private = private_word(each.private or answer.private)
            yield line(each.id, state_of(answer), answer.key, answer.question, _with_fact(answer), private)
            yield from _later(each.id, on_answer(later, each, answer))
        yield from _later(each.id, on_entry(later, each))
        for reference, promise in each.made:
            private = private_word(reference in hidden)
            yield line(each.id, "promise", reference, promise_words(promise, each.day), "", private)


def hits(found: Iterable[Hit]) -> Iterable[str]:
    """One line for each text that has the words looked for: id, week, date, key, the words around, and three marks.

    These are private, conflict and imported, each the word or empty.
    """
    for hit in found:
        conflict, imported = "conflict" * bool(hit.entry.conflict), "imported" * bool(hit.entry.imported)
        yield line(*_place(hit), private_word(hit.private), conflict, imported)


def lookback(seen: Lookback) -> Iterable[str]:
    """One line for each answer: id, week, date, key, question, reply, private, conflict, imported, reworded, later.

    The four before the last are the word or empty. The last has the later words on it, each after its day.
    """
    for each in seen.given:
        marks = {"conflict": each.entry.conflict, "imported": each.entry.imported, "reworded": each.reworded}
        head = (each.entry.id, each.entry.week, each.entry.day, seen.key, each.answer.question)
        words = (word if marked else "" for word, marked in marks.items())
        yield line(*head, _with_fact(each.answer), private_word(each.private), *words, _days(each.later))


def overview(seen: Overview) -> Iterable[str]:
    """One line for each question: key, how often it was answered, skipped, the week of its last answer, question, kind.

    After these, a scale has its first, latest, highest and lowest value.
    """
    courses = {course.asked.key: course for course in seen.courses}
    for each in seen.questions:
        numbers: tuple[object, ...] = ("",) * 4
        if course := courses.get(each.key):
            marks = (course.values[0], course.values[-1], course.highest, course.lowest)
            numbers = tuple(value.number for value in marks)
        yield line(each.key, each.answered, each.skipped, each.last, each.question, each.kind, *numbers)


def everyone(found: Iterable[Mentions]) -> Iterable[str]:
    """One line for each person: name, weeks of the latest and the first entry with it, open promises, promises."""
    for each in found:
        yield line(each.name, each.last, each.first, each.open, len(each.promises))


def mentions(seen: Mentions) -> Iterable[str]:
    """One line for each promise, then one for each text about them.

    Of a promise: reference, week, "", PROMISE, words, state, result, private; of a text the same as for `hits`, with
    two more before the last that are empty.
    """
    for row in seen.promises:
        state = (row.state, _ending(row), private_word(row.promise.private))
        yield line(row.ref, row.week, "", PROMISE, row.promise.text, *state)
    for hit in seen.hits:
        yield line(*_place(hit), "", "", private_word(hit.private))


def _place(hit: Hit) -> tuple[object, ...]:
    return hit.entry.id, hit.entry.week, hit.entry.day, hit.key, hit.excerpt()


def past_weeks(past: PastWeeks) -> Iterable[str]:
    """One line for each thing that a quarter holds: its name, part, week, key, value, words, private.

    The part is `week`, `number`, `picked`, `first`, `last`, `promise` or `skipped`. The value is a number, how often,
    or how a promise ended. A year has the lines of each quarter, and then its own, but for its weeks and numbers.
    """
    for quarter in past.quarters:
        if quarter.weeks:
            yield from past_weeks(quarter)
    for part, *cells in _parts(past):
        yield line(past.period.name if past.period else "", part, *cells)


def _parts(past: PastWeeks) -> Iterator[tuple[object, ...]]:
    if not past.quarters:
        yield from _weeks(past)
        yield from _numbers(past)
    yield from _picked(past)
    yield from _ends(past)
    for row in past.promises:
        words = promise_words(row.promise, past.today)
        yield "promise", row.week, row.ref, _ending(row), words, private_word(row.promise.private)
    for skipped in past.skipped:
        yield "skipped", "", skipped.asked.key, skipped.skipped, skipped.asked.question, ""


def _weeks(past: PastWeeks) -> Iterator[tuple[object, ...]]:
    for each in past.weeks:
        yield "week", each.week, "", "break" if each.resting else "", each.words, private_word(each.private)


def _numbers(past: PastWeeks) -> Iterator[tuple[object, ...]]:
    for numbers in past.numbers:
        for each, value in numbers.course:
            words = (each.answer.fact, private_word(each.private))
            yield "number", each.entry.week, numbers.asked.key, value, *words


def _picked(past: PastWeeks) -> Iterator[tuple[object, ...]]:
    for counts in past.counts:
        for option, times in counts.picks:
            yield "picked", "", counts.asked.key, times, option, ""


def _ends(past: PastWeeks) -> Iterator[tuple[object, ...]]:
    for ends in past.ends:
        for part, each in (("first", ends.first), ("last", ends.last)):
            words = (reply_words(each.answer), private_word(each.private))
            yield part, each.entry.week, each.answer.key, "", *words


def promises(rows: Iterable[Row], today: date) -> Iterable[str]:
    """One line for each promise, as read `today`: its reference, week, state, result and kind, then its parts.

    These are to, by, told, words and private.
    """
    for row in rows:
        made = row.promise
        told = "" if made.told is None else "yes" if made.told else "no"
        parts = (made.to, made.by or "", told, promise_words(made, today), private_word(made.private))
        yield line(row.ref, row.week, row.state, _ending(row), made.kind, *parts)


def prompt_sets(sets: Iterable[PromptSet], days: Mapping[str, date]) -> Iterable[str]:
    """One line for each set: name, title, minutes, cadence, about, and the day from which on it is due."""
    for each in sets:
        due = days.get(each.name, "")
        yield line(each.name, each.title, each.minutes or "", each.cadence, each.about, due)


def questions(prompt_set: PromptSet) -> Iterable[str]:
    """One line for each question: section, key, kind, wording."""
    for section in prompt_set.sections:
        for question in section.questions:
            yield line(section.title, question.key, question.kind, question.ask)


def findings(shown: Iterable[Finding], typed: Callable[[Command], str]) -> Iterable[str]:
    """One line for each finding: fault or note, kind, first line, last line, what it is, remedy.

    `typed` turns a command into the words to type here.
    """
    for each in shown:
        lines = (each.first_line or "", each.last_line or "")
        yield line(
            "note" if each.note else "fault",
            each.kind,
            *lines,
            each.what,
            " ".join([each.remedy, *map(typed, each.commands)]),
        )


def history(shown: History) -> Iterable[str]:
    """One line for each change: "change", time, verb, what, state, ids; then one for each backup.

    A backup has "backup", its name, when it was made, its entries, and how many of them going back would bring back,
    how many it would remove, and how many it would change.
    """
    for made in shown.changes:
        ids = " ".join(each for each, _ in made.entries)
        yield line("change", f"{made.time:%Y-%m-%dT%H:%M:%SZ}", made.verb, made.what, made.state, ids)
    for kept in shown.backups:
        counts = (kept.entries, kept.back, kept.away, kept.changed)
        yield line("backup", kept.name, f"{kept.made:%Y-%m-%dT%H:%M:%SZ}", *counts)


def _ending(row: Row) -> str:
    return row.ending if row.result else ""


def _later(entry_id: str, words: Iterable[Later]) -> Iterable[str]:
    for each in words:
        yield line(entry_id, "later", each.key, each.date.date(), each.text, private_word(each.private))


def _days(words: Iterable[Later]) -> str:
    return " · ".join(f"{each.date.date()}: {each.text}" for each in words)


def _with_fact(answer: Answer) -> str:
    return reply_words(answer) + (f" ({answer.fact})" if answer.fact else "")
