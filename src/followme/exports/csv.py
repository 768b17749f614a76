"""Entries as a table with commas, for a spreadsheet: a row for each answer, promise and outcome, or one an entry."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from followme.clean import for_terminal
from followme.exports.options import Options
from followme.insight.digest import digest_of, reply_words, state_of
from followme.insight.numbers import Numbers
from followme.insight.privacy import Shared
from followme.model import Answer, Entry, Outcome, Promise

Cell = str | int | None

_HEAD = ("id", "week", "date", "set")
_PARTS = ("what", "key", "kind", "question", "text", "fact", "reference", "cue", "to", "who", "by", "told")
_TAIL = ("from", "result", "private", "about", "conflict", "imported")
COLUMNS = (*_HEAD, *_PARTS, *_TAIL)
"""The columns; an answer, a promise and an outcome each fill those that they have. New ones come at the end only."""

COUNTS = ("minutes", "answered", "skipped", "promises", "kept", "partly", "not-kept")
"""With `wide`, the columns between the head of an entry and the numbers of its scales."""

FORMULAS_TOLD = "Text that a spreadsheet could take for a formula has an apostrophe before it."

_FORMULA = re.compile("\\s*[-=+@\uff0b\uff0d\uff1d\uff20]|[\t\n]")
"""The beginning of a text that a spreadsheet could take for a formula; the signs have full-width forms too."""

_MAYBE_FORMULAS = re.compile(rf"\n(?:{_FORMULA.pattern})")
"""Where lines begin so, one of them could be the beginning of such a text."""


def write(shared: Shared, options: Options) -> Iterator[bytes]:
    """Yield a line with the names of the columns, and then the lines of each entry."""
    if options.wide:
        return map(str.encode, _lines(_wide(shared, options), options))
    return joined(parts(shared, options), options)


def parts(shared: Shared, options: Options) -> Iterator[bytes]:
    """Yield the lines of each entry, one for each of its parts."""
    return ("".join(_lines(_rows(entry), options)).encode() for entry in options.arranged(shared))


def joined(lines: Iterable[bytes], options: Options) -> Iterator[bytes]:
    """Yield the table that has these lines, after a line with the names of the columns."""
    yield from map(str.encode, _lines([COLUMNS], options))
    yield from lines


def write_numbers(numbers: Numbers, options: Options) -> Iterator[str]:
    """Yield a line with the names of the columns, and then one for each week, number, and ending of promises."""
    rows: list[Sequence[Cell]] = [("what", "week", "date", "key", "value")]
    rows += (("week", week, None, None, state) for week, state in numbers.weeks)
    rows += (
        ("scale", week, day.isoformat(), scale.key, number)
        for scale in numbers.scales
        for week, day, number in scale.values
    )
    rows += (
        ("promise" if kind == "do" else kind, None, None, result, n) for kind, result, n in numbers.endings
    )
    return _lines(rows, options)


class _Back:
    """What the writer of a table writes to: it gives each line back."""

    write = staticmethod(str)


def _lines(rows: Iterable[Sequence[Cell]], options: Options) -> Iterator[str]:
    table = csv.writer(_Back(), lineterminator="\n")
    for row in rows:
        # One look at all words of a row is faster than one at each; most rows have nothing harmful.
        words = "\n".join(["", *[cell for cell in row if cell and isinstance(cell, str)]])
        harmless = for_terminal(words) is words and not _MAYBE_FORMULAS.search(words)
        yield table.writerow(row if harmless else [_harmless(cell, options) for cell in row])


def _harmless(cell: Cell, options: Options) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = for_terminal(cell)
    if not _FORMULA.match(text):
        return text
    options.remark(FORMULAS_TOLD)
    return f"'{text}"


# --- A row for each part of an entry ----------------------------------------------------------------------


def _rows(entry: Entry) -> Iterator[Sequence[Cell]]:
    whole = {
        "id": entry.id,
        "week": entry.week,
        "date": entry.date.isoformat(),
        "set": entry.set,
        "about": entry.about,
        "conflict": entry.conflict,
        "imported": entry.imported,
    }
    for part in _parts(entry):
        row = {**whole, **part}
        yield [*map(row.get, COLUMNS)]


def _parts(entry: Entry) -> Iterator[Mapping[str, Cell]]:
    yield from (_answer(each, entry.private) for each in entry.answers)
    yield from (_promise(*made) for made in entry.made)
    yield from (_outcome(each) for each in entry.outcomes)


def _answer(answer: Answer, private: bool) -> Mapping[str, Cell]:
    return {
        "what": state_of(answer),
        "key": answer.key,
        "kind": answer.kind,
        "question": answer.question,
        "text": answer.reply if type(answer.reply) is int else reply_words(answer),
        "fact": answer.fact,
        "private": _private(private or answer.private),
    }


def _promise(reference: str, promise: Promise) -> Mapping[str, Cell]:
    return {
        "what": "promise",
        "kind": promise.kind,
        "text": promise.text,
        "reference": reference,
        "cue": promise.occasion,
        "to": promise.to,
        "who": promise.who,
        "by": promise.by.isoformat() if promise.by else None,
        "told": _yes_or_no(promise.told),
        "from": promise.origin,
        "private": _private(promise.private),
    }


def _outcome(outcome: Outcome) -> Mapping[str, Cell]:
    return {
        "what": "outcome",
        "text": outcome.note,
        "reference": outcome.promise,
        "told": _yes_or_no(outcome.told),
        "result": outcome.result,
    }


def _private(marked: bool) -> str:
    return "private" if marked else ""


def _yes_or_no(told: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[told]


# --- A row for each entry ---------------------------------------------------------------------------------


def _wide(shared: Shared, options: Options) -> Iterator[Sequence[Cell]]:
    scales = list(dict.fromkeys(key for entry in options.arranged(shared) for key in _numbers(entry)))
    yield (*_HEAD, *COUNTS, *scales)
    for entry in options.arranged(shared):
        numbers = _numbers(entry)
        head = (entry.id, entry.week, entry.date.isoformat(), entry.set)
        yield (*head, *_counts(entry), *(numbers.get(key) for key in scales))


def _counts(entry: Entry) -> Iterable[Cell]:
    short = digest_of(entry)
    results = [outcome.result for outcome in entry.outcomes]
    ended = (results.count(result) for result in ("kept", "partly", "not-kept"))
    return (entry.minutes, short.answered, short.skipped, short.promises, *ended)


def _numbers(entry: Entry) -> dict[str, Cell]:
    """The number on each scale by its key; where an entry has several on one, as after an edit by hand, "4, 5"."""
    numbers: dict[str, Cell] = {}
    for each in entry.answers:
        if type(each.reply) is int:
            numbers[each.key] = f"{numbers[each.key]}, {each.reply}" if each.key in numbers else each.reply
    return numbers
