"""Entries as notes for a folder: names that lead nowhere else, and properties that a reader of YAML takes as meant."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_export_markdown import BY_HAND, ENTRIES, HOSTILE, LAST_WEEK, NOTES, THIS_WEEK

import run as bench
from followme.clean import one_line
from followme.exports import Options
from followme.exports.notes import notes, properties
from followme.model import Answer, Entry
from held import leaving
from rows import each_row

Golden = Callable[[str, str], None]

NAME = re.compile(r"\d{4}-\d\d-\d\d [a-z0-9]+(?:-[a-z0-9]+)* [a-z0-9]{5}(?: \d+)?\.md")


def written(entries: Iterable[Entry]) -> dict[str, str]:
    return dict(notes(leaving(tuple(entries), private=True), Options(oldest_first=True)))


EVERYTHING = replace(
    THIS_WEEK,
    id="20261120T160411-k7q2m",
    answers=tuple(replace(each, key=f"q{number}") for number, each in enumerate(THIS_WEEK.answers)),
)


def test_how_it_looks(golden: Golden) -> None:
    (name,) = found = written([EVERYTHING])
    assert name == "2026-11-20 weekly k7q2m.md"
    golden("export-note.md", found[name])


@each_row(
    "evil",
    [
        "../../x",
        "/etc/passwd",
        "a\0b",
        "a\nb",
        "x" * 300,
        "con",
        "-rf",
        "C:\\x",
        "..",
        ".hidden",
        "~",
        "",
        "é",
        "*",
        "a/b",
    ],
)
def test_no_id_and_no_set_makes_a_name_that_leads_elsewhere(evil: str) -> None:
    found = written([replace(EVERYTHING, id=evil), replace(EVERYTHING, set=evil)])
    assert len(found) == 2
    assert all(NAME.fullmatch(name) and len(name) < 100 for name in found)


@given(ENTRIES)
def test_each_entry_has_a_name_of_its_own_and_the_same_one_again(entries: list[Entry]) -> None:
    found = written(entries)
    assert len(found) == len(entries)
    assert all(map(NAME.fullmatch, found))
    assert written(entries) == found


def test_a_name_does_not_depend_on_what_else_is_exported() -> None:
    entries = [replace(each, id=f"{each.id[:-5]}{tail * 5}") for each, tail in zip(NOTES, "bcd", strict=True)]
    assert {name for each in entries for name in written([each])} == set(written(entries))


def test_what_the_note_says_of_itself_counts_before_an_answer_with_the_same_key() -> None:
    entry = replace(LAST_WEEK, answers=(Answer(key="date", kind="scale", question="?", reply=3),))
    assert properties(entry)["date"] == "2026-11-13"


def test_keys_that_are_the_same_in_one_line_are_one_property() -> None:
    entry = replace(
        LAST_WEEK,
        answers=tuple(
            Answer(key=key, kind="scale", question="?", reply=3) for key in ("a b", "a\nb", "a\tb")
        ),
    )
    (text,) = written([entry]).values()
    assert text.count('"a b": 3\n') == 1


def test_text_is_there_as_in_one_document() -> None:
    for text in written((LAST_WEEK, EVERYTHING, HOSTILE, BY_HAND)).values():
        _, front, body = text.split("---\n", 2)
        assert "\n\n" not in front
        assert set(re.findall("<([a-z0-9]+)", MarkdownIt("gfm-like", {"linkify": False}).render(body))) <= {
            *("h2", "p", "ul", "li", "br"),
        }


KEYS = st.sampled_from(
    ["yes", "null", "a: b", "#", "- x", "1", "é", "care-days", '"', "\\", "a\n---\nb", "~", "<<"]
)
WORDS = st.text(max_size=8) | st.sampled_from(
    ["true", "2026-11-20", "!!x", "&a *a", "- x", "'", "[[Ana]]", "\x1b", "1_0"]
)
PICKED = st.one_of(
    st.builds(Answer, key=KEYS, kind=st.just("scale"), question=st.just("?"), reply=st.integers(-9, 9)),
    st.builds(Answer, key=KEYS, kind=st.just("yesno"), question=st.just("?"), reply=st.booleans()),
    st.builds(Answer, key=KEYS, kind=st.just("choice"), question=st.just("?"), reply=WORDS),
    st.builds(
        Answer, key=KEYS, kind=st.just("several"), question=st.just("?"), reply=st.lists(WORDS, max_size=3).map(tuple)
    ),
)  # fmt: skip


@pytest.mark.slow
def test_a_reader_of_yaml_takes_the_properties_as_meant(tmp_path: Path) -> None:
    """The one that jrnl needs, which is installed apart from the tests."""
    try:
        python = bench.peer().with_name("python")
    except subprocess.CalledProcessError:
        pytest.skip("no reader of YAML can be installed here")
    wanted, fronts = [], []

    @given(st.lists(PICKED, max_size=4), WORDS)
    def gather(answers: list[Answer], name: str) -> None:
        entry = replace(EVERYTHING, answers=tuple(answers), set=name)
        (text,) = written([entry]).values()
        fronts.append(text.split("---\n", 2)[1] if "\n---\n" in text else text)
        wanted.append({one_line(key): cleaned(value) for key, value in properties(entry).items()})

    gather()
    (tmp_path / "fronts.json").write_text(json.dumps(fronts))
    code = (
        "import json; from ruamel.yaml import YAML; yaml = YAML(typ='safe', pure=True)\n"
        "fronts = json.load(open('fronts.json'))\n"
        "print(json.dumps([yaml.load(front) for front in fronts], default=str))"
    )
    done = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, check=True)
    assert json.loads(done.stdout) == wanted


def cleaned(value: object) -> object:
    if isinstance(value, list):
        return [one_line(each) for each in value]
    return one_line(value) if isinstance(value, str) else value
