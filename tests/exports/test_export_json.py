"""The journal as JSON: nothing is lost, and reading it back gives the same entries."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st
from journal_samples import entries as any_entry
from test_export_markdown import HOSTILE, LAST_WEEK, NOTES, THIS_WEEK

from followme.clean import for_terminal
from followme.insight.plain import journal_table
from followme.journal.file.codec import from_table, settled
from followme.model import Entry
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


def test_what_is_no_date_is_left_to_the_reader_of_the_journal_to_refuse() -> None:
    values = {"date": "soon", "promise": [{"text": "x", "by": "then"}, "odd"], "answer": "none"}
    assert journal_table(values) == values
