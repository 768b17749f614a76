"""Reading other programs' files: what comes over, what is left with its place, and that no file is an accident."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_samples import entries as any_entry

from followme.imports import FORMATS, File, dayone, format_of
from followme.imports.records import Taken, Unreadable
from followme.insight.ids import id_from
from followme.journal.file.codec import settled
from followme.model import Entry
from held import exported
from rows import each_row

JRNL = """\
[2026-11-20 16:04] Ana stayed.
She had asked @sales twice.

[2026-11-21 08:00:30] A day worth a star *
[2026-11-22 10:30] Long title without end
 body [not a date] here
[2026-13-45 99:99] no date either
"""
JRNL_ENTRIES = [
    ("Ana stayed.", "She had asked @sales twice.", "2026-11-20", "16:04", ["@sales"], False),
    ("A day worth a star", "", "2026-11-21", "08:00", [], True),
    (
        "Long title without end",
        "body [not a date] here\n[2026-13-45 99:99] no date either",
        "2026-11-22",
        "10:30",
        ["team"],
        False,
    ),
]


def in_json(table: object, name: str = "export.json") -> File:
    return File(name, json.dumps(table).encode())


def jrnl_json() -> File:
    keys = ("title", "body", "date", "time", "tags", "starred")
    return in_json({"tags": {}, "entries": [dict(zip(keys, each, strict=True)) for each in JRNL_ENTRIES]})


def zipped(**files: str | bytes) -> File:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return File("export.zip", data.getvalue())


def dayone_entry(**keys: object) -> dict[str, object]:
    return {
        "uuid": "0" * 32,
        "creationDate": "2026-07-03T21:30:00Z",
        "timeZone": "Europe/Berlin",
        "text": "We were alone\\!",
    } | keys


def journal(*entries: object) -> str:
    return json.dumps({"metadata": {"version": "1.0"}, "entries": list(entries)})


def said(entry: Entry) -> list[object]:
    return [answer.reply for answer in entry.answers]


def taken(*files: File) -> Taken:
    return FORMATS[format_of(files)](files)


def test_jrnl_gives_the_same_entries_as_text_and_as_json():
    text, data = taken(File("journal.txt", JRNL.encode())), taken(jrnl_json())
    assert [each.id for each in text.entries] == [each.id for each in data.entries]
    assert [each.date for each in text.entries] == [
        datetime(2026, 11, 20, 16, 4),
        datetime(2026, 11, 21, 8, 0, 30),
        datetime(2026, 11, 22, 10, 30),
    ]
    assert list(map(said, text.entries)) == [
        ["Ana stayed.\nShe had asked @sales twice."],
        ["A day worth a star", True],
        ["Long title without end\n body [not a date] here\n[2026-13-45 99:99] no date either"],
    ]
    # A tag that isn't in the words comes as a line.
    assert said(data.entries[2])[1] == ("team",)
    assert not text.left + data.left
    assert {(each.imported, each.set) for each in text.entries} == {("jrnl", "jrnl")}


def test_the_id_of_an_entry_follows_from_its_minute_and_its_words():
    one, other = (
        taken(File(name, f"[2026-11-20 16:04{seconds}] Ana {words}\n".encode())).entries[0]
        for name, seconds, words in (("a.txt", "", "stayed"), ("b.txt", ":59", "stayed\n"))
    )
    assert one.id == other.id == "20261120T160400-" + one.id[-5:]
    assert taken(File("c.txt", b"[2026-11-20 16:04] Ana went")).entries[0].id != one.id


def test_words_before_the_first_time_are_left_with_their_line():
    found = taken(File("j.txt", b"[2026-11-20 16:04] One\n"))
    assert not found.left
    found = FORMATS["jrnl"]([File("j.txt", b"\n\nForeword\n[2026-11-20 16:04] One\n")])
    assert found.left[0].place == "j.txt, line 3"
    assert len(found.entries) == 1


def test_an_entry_of_dayone_has_its_own_time_zone_and_its_words_without_escapes():
    found = taken(
        zipped(
            **{
                "Work.json": journal(
                    dayone_entry(starred=True, tags=["team", "q3"]),
                    dayone_entry(
                        creationDate="2026-07-04T09:00:00Z", timeZone="No/Where", text="# One \\- two"
                    ),
                    dayone_entry(
                        text="", richText=json.dumps({"contents": [{"text": "Rich "}, {"text": "words"}]})
                    ),
                ),
                "photos__a.jpeg": b"...",
            }
        )
    )
    first, second, third = found.entries
    assert first.date.isoformat() == "2026-07-03T23:30:00+02:00"
    assert said(first) == ["We were alone!", ("team", "q3"), True]
    assert second.date.utcoffset() == timedelta(0)
    assert said(second) == ["# One - two"]
    assert said(third) == ["Rich words"]
    assert first.id.startswith("20260703T213000-")


def test_what_dayone_has_beside_words_is_named_and_left():
    found = taken(
        zipped(
            **{
                "Work.json": journal(
                    dayone_entry(text="![](dayone-moment://A)\n\nKept", photos=[{}]),
                    dayone_entry(text="![](dayone-moment://A)\n", photos=[{}, {}]),
                    dayone_entry(isTrashed=True),
                    dayone_entry(creationDate="yesterday"),
                    "not an entry",
                )
            }
        )
    )
    assert list(map(said, found.entries)) == [["Kept"]]
    assert [*map(tuple, found.left)] == [
        ("export.zip, Work.json, entry 2", "The entry of 2026-07-03 has 2 attachments and nothing else."),
        ("export.zip, Work.json, entry 3", "The entry of 2026-07-03 was deleted in Day One."),
        ("export.zip, Work.json, entry 4", 'Its "creationDate" isn\'t a time: yesterday'),
        ("export.zip, Work.json, entry 5", "It isn't an entry."),
    ]


def test_a_zip_is_read_in_memory_and_under_limits(monkeypatch: pytest.MonkeyPatch):
    evil = zipped(**{"..__..__evil.json": journal(dayone_entry()), "__MACOSX__x.json": "broken"})
    assert len(taken(evil).entries) == 1
    assert "no .json" in taken(zipped(a="b")).left[0].reason
    assert "part of it may be missing" in taken(File("export.zip", evil.data[:-30])).left[0].reason
    monkeypatch.setattr(dayone, "MOST_BYTES", 1000)
    bomb = zipped(**{"Work.json": journal(dayone_entry(text="x" * 100_000))})
    assert len(bomb.data) < 1000
    assert taken(bomb).left[0].reason == "Unpacked, it has more than 1,000 bytes of JSON."


@each_row(
    ("name", "text", "day", "week", "replies"),
    [
        ("2026-11-20.md", "Words", "2026-11-20T00:00:00", "2026-W47", ["Words"]),
        ("daily/2026-11-20 Friday.md", "# One\n\nTwo\n", "2026-11-20T00:00:00", "2026-W47", ["# One\n\nTwo"]),
        ("2026-W47.md", "Words", "2026-11-22T00:00:00", "2026-W47", ["Words"]),
        ("a.md", "---\ndate: 2026-11-20T16:04\n---\nWords", "2026-11-20T16:04:00", "2026-W47", ["Words"]),
        (
            "a.md",
            "---\ntags:\n  - team\n  - '#q3'\ncreated: 2026-11-20\n---\nWords",
            "2026-11-20T00:00:00",
            "2026-W47",
            ["Words", ("team", "q3")],
        ),
        (
            "a.md",
            "---\r\ndate: 2026-11-20\r\ntags: [a, b]\r\n---\r\nW",
            "2026-11-20T00:00:00",
            "2026-W47",
            ["W", ("a", "b")],
        ),
    ],
)
def test_a_note_has_the_day_of_its_name_or_its_front_matter(name, text, day, week, replies):
    (entry,) = taken(File(name, text.encode())).entries
    assert (entry.date.isoformat(), entry.week, said(entry)) == (day, week, replies)


def test_a_note_without_a_day_is_named_and_left():
    found = taken(
        File("ideas.md", b"Words"), File("2026-11-20.md", b"---\na: b\n---\n"), File("x.md", b"\xff")
    )
    assert [(each.place, each.reason) for each in found.left] == [
        ("ideas.md", "It has no date in its name or its front matter."),
        ("2026-11-20.md", "It has no text."),
        ("x.md", "It isn't UTF-8 text (line 1). Save it as UTF-8 first."),
    ]


@pytest.mark.parametrize("data", [b"", b"Dear diary", b"{}x", b'{"a": 1}', b"[1]", b"{" * 5000, b"\xff\xfe"])
def test_a_file_of_no_known_format_is_refused_with_a_sentence(data):
    with pytest.raises(Unreadable, match=r"^It.*\.$"):
        format_of([File("x", data)])


@pytest.mark.hypothesis
@given(
    st.sampled_from(sorted(FORMATS)),
    st.binary(max_size=200) | st.from_regex(r"(\[2026-11-20 16:04\] .*\n)*").map(str.encode),
)
def test_no_bytes_are_an_accident(name, data):
    found = FORMATS[name]([File("2026-11-20 x.md", data)])
    assert all(each.reason.endswith((".", "}", '"')) or each.reason for each in found.left)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["title", "body", "date", "time", "tags", "text", "creationDate", "timeZone", "richText"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@pytest.mark.hypothesis
@given(st.sampled_from(["jrnl", "dayone"]), json_values)
def test_no_json_is_an_accident(name, value):
    FORMATS[name]([in_json({"entries": [value]}), in_json(value), in_json({"entries": value})])


def with_id(at: int, entry: Entry) -> Entry:
    return settled(replace(entry, id=id_from(entry.date, str(at))))


@pytest.mark.hypothesis
@given(st.lists(any_entry, max_size=3))
def test_an_export_as_json_gives_back_the_same_entries(made: list[Entry]):
    made = [with_id(at, each) for at, each in enumerate(made)]
    text = exported("json", made, private=True, oldest_first=True)
    assert taken(File("journal.json", text.encode())) == Taken(tuple(made))


@each_row(
    ("document", "reason"),
    [
        ({"program": "followme", "schema": 2, "entries": []}, "This followme doesn't know its schema"),
        ({"program": "followme", "schema": 1}, 'It has no "entries".'),
        ({"program": "followme", "schema": 1, "numbers": {}}, "It has only numbers"),
        ({"program": "followme", "schema": 1, "entries": [7]}, "It isn't an entry."),
        ({"program": "followme", "schema": 1, "entries": [{"id": "x"}]}, 'It has no "date".'),
        (
            {"program": "followme", "schema": 1, "entries": [{"id": "../x", "date": "2026-11-20T16:04:11"}]},
            'Its "id" isn\'t one that followme makes.',
        ),
    ],
)
def test_an_export_that_cannot_be_read_says_why(document, reason):
    found = FORMATS["followme"]([in_json(document)])
    assert [reason in each.reason for each in found.left] == [True]
