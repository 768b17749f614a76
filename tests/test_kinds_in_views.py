"""Each kind of entry in each view that looks back: whether its words are shown, how they're marked, and what counts."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from commands.test_cmd_search import entry, keep, said
from followme.model import Answer, Entry, Outcome, Promise
from rows import each_row
from running import Run

USUAL = entry(
    0,
    said("Usual @Dana."),
    Answer(
        key="care-days", kind="scale", question="How many days?", low=0, high=5, reply=3, fact="Usual fact."
    ),
    promises=(
        Promise(ref="p1", text="Call Dana, usual"),
        Promise(ref="p2", text="Call Dana, secret", private=True),
    ),
)
FORGOTTEN = Answer(key="moment", kind="text", question="What happened?", forgotten=True)


def scaled(number: int) -> Answer:
    return replace(USUAL.answers[1], reply=number, fact="")


def note(number: int, words: str, about: str = "") -> Entry:
    made = entry(number, said(words, "note", ""), set_name="note", about=about)
    return replace(made, id=f"{made.id[:-5]}n{number}qqq")


ENTRIES = (
    entry(8, FORGOTTEN, scaled(1), forgotten=USUAL.day),
    entry(7, said("Event Dana."), set_name="after", event=True),
    entry(6, said("Imported Dana.", "note", ""), set_name="jrnl", imported="jrnl"),
    entry(5, said("Whole Dana."), promises=(Promise(ref="p1", text="Call Dana, whole"),), private=True),
    entry(4, replace(said("Alone Dana."), private=True), scaled(2)),
    note(3, "Captured Dana."),
    entry(2, outcomes=(Outcome(promise=f"{USUAL.id}/p1", result="partly", note="Ended Dana."),), set_name="outcome"),
    USUAL,
    replace(
        USUAL,
        id="20261121T150411-z8q2m",
        conflict=USUAL.id,
        answers=(said("Other @Dana."), scaled(0)),
        promises=(Promise(ref="p1", text="Call Dana, other"),),
    ),
    note(0, "Later Dana.", f"{USUAL.id}/moment"),
)  # fmt: skip
WORDS = {
    "Usual @Dana.": "", "Usual fact.": "", "Event Dana.": "", "Captured Dana.": "", "Later Dana.": "",
    "Ended Dana.": "", "Other @Dana.": "conflict", "Alone Dana.": "private", "Whole Dana.": "private",
    "Imported Dana.": "imported", "Call Dana, usual": "", "Call Dana, secret": "private",
    "Call Dana, whole": "private", "Call Dana, other": "conflict",
}  # fmt: skip
"""Every text of these entries, and what sets it apart."""

PROMISED = {words for words in WORDS if words.startswith("Call")}
OTHERS = {words for words, mark in WORDS.items() if mark == "conflict"}
OUTSIDE = {"Imported Dana.", "Captured Dana."}

VIEWS: dict[str, tuple[set[str], set[str]]] = {
    "search Dana": (WORDS.keys() - {"Usual fact."}, {"private", "conflict", "imported"}),
    "people Dana": (WORDS.keys() - {"Usual fact."} - OTHERS, {"private"}),
    "promises --all": (PROMISED - OTHERS, {"private"}),
    "lookback moment": (
        WORDS.keys() - PROMISED - OUTSIDE - {"Ended Dana.", "Usual fact."},
        {"private", "conflict", "imported"},
    ),
    "lookback --quarter 2026-Q4": (WORDS.keys() - OTHERS - {"Ended Dana.", "Later Dana."}, {"private"}),
    "show W47": (
        {words for words in WORDS if words.startswith(("Usual", "Later", "Other"))}
        | {"Call Dana, usual", "Call Dana, secret", "Call Dana, other"},
        {"private"},
    ),
}
"""Each view with the texts it has, and the marks it knows in a pipe."""


@pytest.fixture
def kept(run: Run) -> Run:
    keep(run, *ENTRIES)
    return run


@each_row("view", VIEWS)
def test_a_view_has_what_belongs_there_with_its_marks(kept: Run, view: str):
    texts, marks = VIEWS[view]
    lines = kept(*view.split()).rows
    held = {words: [row for row in lines if any(words in cell for cell in row)] for words in WORDS}
    assert {words for words, rows in held.items() if rows} == texts
    for words in texts - {"Later Dana."}:
        assert {mark for row in held[words] for mark in {*marks} & {*row}} == {WORDS[words]} & marks, words
    page = " ".join(kept(*view.split(), columns=200).out.split())
    page = re.sub(r"\x1b\[[0-9;]*m", "", page)
    # A page says what became of its promises.
    ended = {"Ended Dana."} if view in {"promises --all", "lookback --quarter 2026-Q4", "show W47"} else set()
    assert {words for words in WORDS if words in page} == texts | ended
    assert ("private" in page) is any(WORDS[words] == "private" for words in texts)
    assert ("another version" in page) is bool(texts & OTHERS)


def test_what_counts(kept: Run):
    """What was forgotten counts as answered; another version, an import and what was written between don't count."""
    found = json.loads(kept("lookback", "--json").out)
    counts = {each["key"]: each["answered"] for each in found["questions"]}
    assert counts == {"moment": 5, "care-days": 3, "note": 1}
    (course,) = found["scales"]
    assert [each["number"] for each in course["values"]] == [1, 2, 3]
    assert found["rate"] == json.loads(kept("--json").out)["rate"]
    assert (found["rate"]["whole"], found["rate"]["partly"], found["rate"]["due"]) == (0, 1, 1)
    weeks = {each["week"]: each["state"] for each in found["weeks"]}
    assert [week[5:] for week, state in weeks.items() if state == "done"] == ["W39", "W42", "W43", "W47"]
    home = json.loads(kept("--json").out)
    assert (home["reflections"], home["twice"], home["notes"], home["promises"]["open"]) == (1, 1, 0, 2)
