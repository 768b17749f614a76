"""The journal as JSON: nothing is lost, and reading it back gives the same entries."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from journal_samples import entries as any_entry
from test_export_markdown import HOSTILE, LAST_WEEK, NOTES, THIS_WEEK

from followme.clean import for_terminal
from followme.insight.entry_tables import from_table
from followme.insight.plain import journal_table
from followme.journal.file.codec import settled
from followme.model import Answer, Entry, Outcome, Promise
from held import exported

Golden = Callable[[str, str], None]


def test_how_it_looks(golden: Golden) -> None:
    text = exported("json", (LAST_WEEK, THIS_WEEK, *NOTES, HOSTILE), private=True)
    golden("export-json.json", text)
    assert for_terminal(text) == text


def back(text: str) -> Sequence[Entry]:
    """The entries in exported text, as an import gets them."""
    document = json.loads(text)
    assert (document["schema"], document["program"]) == (1, "followme")
    return [from_table(journal_table(each)) for each in document["entries"]]


@given(st.lists(any_entry.map(settled), max_size=3))
def test_reading_it_back_gives_the_same_entries(entries: list[Entry]) -> None:
    assert back(exported("json", entries, private=True, oldest_first=True)) == entries


def test_every_key_of_the_journal_comes_back() -> None:
    """One that is new in a record is left at its default by the strategy above, so each is set here by its type."""
    some = {
        "str": "x",
        "bool": True,
        "int": 3,
        "Day": date(2026, 12, 1),
        "date": date(2026, 12, 1),
        "Reply": "yes",
    }

    def filled(record: Entry | Answer | Promise | Outcome) -> Any:
        kinds = {each.name: str(each.type).removesuffix(" | None") for each in fields(record)}
        left = {
            name: some[kind] for name, kind in kinds.items() if kind in some and not getattr(record, name)
        }
        return replace(record, **left)

    entry = replace(
        filled(THIS_WEEK),
        answers=tuple(filled(each) for each in THIS_WEEK.answers[:1]),
        promises=tuple(filled(each) for each in THIS_WEEK.promises),
        outcomes=tuple(filled(each) for each in THIS_WEEK.outcomes),
    )
    assert (entry.forgotten, entry.imported, entry.promises[0].by) == (
        date(2026, 12, 1),
        "x",
        date(2026, 12, 1),
    )
    assert back(exported("json", [entry], private=True)) == [entry]


def test_what_is_no_date_is_left_to_the_reader_of_the_journal_to_refuse() -> None:
    values = {"date": "soon", "promise": [{"text": "x", "by": "then"}, "odd"], "answer": "none"}
    assert journal_table(values) == values
