"""Records as tables: every key of the format in its order, and one more field is one more key."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from followme.model import Answer, Entry, Outcome, Promise
from followme.records import PARTS, keys_of, to_table, values_of


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


@dataclass(frozen=True, slots=True, kw_only=True)
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
