"""Records as tables: every key of the format in its order, and one more field is one more key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime

import pytest

from followme.frozen import frozen
from followme.insight.forgetting import forgotten
from followme.insight.letters import Letters
from followme.insight.renaming import places_in, renamed
from followme.insight.search import Search, hits
from followme.model import Answer, Entry, Outcome, Promise
from followme.records import PARTS, keys_of, to_table, values_of
from rows import each_row


def test_the_keys_of_format_1_in_the_order_of_the_file():
    keys = {
        name: " ".join(key.name for key in keys_of(record)) for name, record in {"": Entry, **PARTS}.items()
    }
    assert keys == {
        "": "id date week set minutes private event imported conflict about forgotten answer promise outcome",
        "answer": "key kind question low high low_label high_label reply skipped fact forgotten private person",
        "promise": "ref kind occasion text who to by told from private",
        "outcome": "promise result note told",
    }


def test_what_is_left_out_and_what_never_is():
    assert to_table(Answer(key="a", kind="text", question="")) == {
        "key": "a",
        "kind": "text",
        "skipped": True,
    }
    assert to_table(Answer(key="a", kind="yesno", question="Q", reply=False)) == {
        "key": "a",
        "kind": "yesno",
        "question": "Q",
        "reply": False,
    }
    assert to_table(Promise(ref="p1", text="", told=False)) == {
        "ref": "p1",
        "kind": "do",
        "text": "",
        "told": False,
    }
    assert to_table(Outcome(promise="x/p1", result="kept")) == {"promise": "x/p1", "result": "kept"}


@frozen(kw_only=True)
class Longer(Outcome):
    """A record with new optional keys: a line for each, and no other."""

    imported: str = ""
    gone: tuple[str, ...] = ()
    weight: int | None = None


def test_a_new_optional_key_is_one_line():
    full = Longer(promise="x/p1", result="kept", imported="jrnl", gone=("a", "b"), weight=0)
    table = to_table(full)
    assert table == {
        "promise": "x/p1",
        "result": "kept",
        "imported": "jrnl",
        "gone": ["a", "b"],
        "weight": 0,
    }
    assert values_of(Longer, table | {"unknown": 1}) == table
    assert to_table(Longer(promise="x/p1", result="kept")) == {"promise": "x/p1", "result": "kept"}
    for key, called in (
        ("imported", "text in quotes"),
        ("gone", "a list in brackets"),
        ("weight", "a whole number"),
    ):
        with pytest.raises(ValueError, match=f'"{key}" must be {called}.'):
            values_of(Longer, table | {key: True})


BARE = Entry(
    id="20261120T150000-aaaaa",
    date=datetime.fromisoformat("2026-11-20T16:00:00+01:00"),
    week="2026-W47",
    set="weekly",
    answers=(Answer(key="moment", kind="text", question="One moment?"),),
    promises=(Promise(ref="p1", text=""),),
    outcomes=(Outcome(promise="x/p1", result="kept"),),
)
NOBODYS = {
    "answers": {"key", "kind", "question", "low_label", "high_label"},
    "promises": {"ref", "kind", "origin"},
    "outcomes": {"promise", "result"},
}
"""The texts of each record that are followme's own, or the question's. Every other one is what a person wrote."""


def written() -> Iterator[tuple[str, str]]:
    """Each field with words that a person wrote, after the records it is in."""
    for part, own in NOBODYS.items():
        for field in fields(getattr(BARE, part)[0]):
            if str(field.type).startswith(("str", "Reply")) and field.name not in own:
                yield part, field.name


@each_row("part, field", written())
def test_words_that_a_person_wrote_are_found_disguised_renamed_and_forgotten_in_every_field(part, field):
    """So a later field of a record can't be one that a search, letters, a new name or `forget` leaves out."""
    entry = replace(BARE, **{part: (replace(getattr(BARE, part)[0], **{field: "Dana"}),)})
    known = replace(BARE, answers=(replace(BARE.answers[0], reply="With @Dana."),))

    assert list(hits([entry], Search(("dana",))))
    for without in (
        Letters([known, entry]).disguised(entry),
        renamed(entry, places_in(entry, "Dana"), "Robin"),
        forgotten(entry, date(2026, 11, 21), ()),
    ):
        assert "Dana" not in repr(without)
