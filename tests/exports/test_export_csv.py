"""The journal as a table: a row for each part, or one an entry, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

from hypothesis import given
from test_export_markdown import ENTRIES, HOSTILE, LAST_WEEK, NOTES, THIS_WEEK, answer, entry

from followme.clean import for_terminal
from followme.exports import Options, format_named
from followme.exports.csv import FORMULAS_TOLD
from followme.model import Entry, Outcome
from held import exported, leaving
from rows import each_row

Golden = Callable[[str, str], None]

FORMULA_SIGNS = "=+-@\t\n\uff0b\uff0d\uff1d\uff20"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def written(*entries: Entry, wide: bool = False) -> tuple[str, list[str]]:
    """The text of an export, and what is remarked on it."""
    options = Options(wide=wide, oldest_first=True)
    return b"".join(format_named("csv")(leaving(entries, private=True), options)).decode(), options.remarks


def test_how_it_looks(golden: Golden) -> None:
    journal = (LAST_WEEK, THIS_WEEK, *NOTES, HOSTILE)
    golden("export-csv.csv", exported("csv", journal, private=True))
    golden("export-csv-wide.csv", written(*journal, wide=True)[0])


def test_each_answer_promise_and_outcome_has_its_row() -> None:
    found = rows(exported("csv", (THIS_WEEK,), private=True))
    assert [row["what"] for row in found] == 8 * ["answer"] + 2 * [
        "skipped",
    ] + 2 * ["promise"] + 3 * ["outcome"]
    assert found[1]["text"] == "4"
    assert (found[10]["reference"], found[10]["told"]) == ("20261120T160411-aaaaa/p1", "yes")
    assert (found[12]["result"], found[12]["text"]) == ("partly", "Budget call moved.")


@each_row("sign", [*FORMULA_SIGNS, " =", "\u3000="])
def test_a_text_that_could_be_a_formula_gets_an_apostrophe_and_it_is_said(sign: str) -> None:
    text, remarks = written(entry("2026-11-20T16:00:00+01:00", "2026-W47", answers=(answer(f"{sign}1+1"),)))
    assert rows(text)[0]["text"] == f"'{sign}1+1"
    assert remarks == [FORMULAS_TOLD]


def test_numbers_stay_numbers_and_harmless_text_stays_as_it_is() -> None:
    below = answer(-5, kind="scale", low=-100, high=100)
    text, remarks = written(
        entry("2026-11-20T16:00:00+01:00", "2026-W47", answers=(below, answer("1 - 2 = x")))
    )
    assert [row["text"] for row in rows(text)] == ["-5", "1 - 2 = x"]
    assert remarks == []


@given(ENTRIES)
def test_every_word_is_in_its_cell_and_no_cell_is_a_formula(entries: list[Entry]) -> None:
    for wide in (False, True):
        for row in rows(written(*entries, wide=wide)[0]):
            cells = [(name, cell) for name, cell in row.items() if cell.lstrip()[:1] in (*FORMULA_SIGNS,)]
            assert [each for each in cells if each[1] and not each[1].lstrip("-").isdecimal()] == []
    found = rows(written(*entries)[0])
    replies = [each for one in entries for each in one.answers]
    for row, each in zip(
        (one for one in found if one["what"] in ("answer", "skipped")), replies, strict=True
    ):
        assert row["question"].removeprefix("'") == for_terminal(each.question).removeprefix("'")
        if isinstance(each.reply, str):
            assert row["text"].removeprefix("'") == for_terminal(each.reply).removeprefix("'")


def test_a_row_an_entry_has_its_counts_and_its_scales() -> None:
    ended = (Outcome(promise="x/p1", result="kept"), Outcome(promise="x/p2", result="not-kept"))
    scales = tuple(replace(each, key=f"scale-{number}") for number, each in enumerate(THIS_WEEK.answers))
    text, _ = written(LAST_WEEK, replace(THIS_WEEK, outcomes=ended, answers=scales), wide=True)
    first, second = rows(text)
    assert list(first) == [
        *("id", "week", "date", "set", "minutes", "answered", "skipped", "promises", "kept", "partly", "not-kept"),
        *("scale-1", "scale-2"),
    ]  # fmt: skip
    assert list(first.values())[4:] == ["1", "1", "1", "2", "0", "0", "0", "", ""]
    assert list(second.values())[4:] == ["11", "8", "2", "2", "1", "0", "1", "4", "3"]


def test_a_row_an_entry_has_all_numbers_that_the_entry_has_on_one_scale() -> None:
    (scale,) = (each for each in THIS_WEEK.answers if each.reply == 4)
    twice = tuple(replace(scale, reply=number) for number in (4, 0, 5))
    (row,) = rows(written(replace(THIS_WEEK, answers=twice), wide=True)[0])
    assert row[scale.key] == "4, 0, 5"
    assert row["answered"] == "3"
