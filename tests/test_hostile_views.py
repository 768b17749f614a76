"""Hostile text in every field of the journal, through every view that reads and every export.

The fields are those of the records, and the views those of test_demo_views, so that a new field and a new view are here
by themselves.
"""

from __future__ import annotations

import types
import typing
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from commands.test_cmd_hostile import HOSTILE
from followme.dates import iso_week
from followme.env import DEMO_DAY
from followme.exports import FORMATS
from followme.journal.file import codec
from followme.model import Answer, Entry, Outcome, Promise
from rows import first_quick
from running import Run
from test_demo_views import VIEWS
from test_gate import COLORS, harm

FIRST = datetime(2026, 7, 1, 12, tzinfo=UTC)
LONGEST = 400
"""How much of the long ones is enough here; test_cmd_hostile has them whole."""

LITERAL = ("[red]x[/red]", ":smile: :warning:", "<script>alert(1)</script> **bold**", "=cmd|' /C calc'!A0")
"""What must stand on a page as it was written: nothing of it is markup there."""


FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
"""The one sign that these letters for machines may be a part of: the flag of Scotland."""


def filled(record: Any, words: str, **own: object) -> Any:
    """A record with these words in every field that has text, but for its `own` values."""
    hints = typing.get_type_hints(record)
    return record(
        **{each.name: own.get(each.name, value(hints[each.name], words)) for each in fields(record)}
    )


def value(kind: Any, words: str) -> object:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        # The first that isn't text, if there's one: a reply and a person are given.
        return value(inner[0], words)
    return {str: words, bool: True, int: 3, date: date(2026, 8, 1)}.get(kind, ())


def entries() -> list[Entry]:
    """Two entries for each text: one as it is usual, with the text in its answers, and one with it everywhere."""
    made = []
    for number, words in enumerate(words[:LONGEST] for words in HOSTILE.values()):
        line = " ".join(words.split())
        day = FIRST + timedelta(days=5 * number)
        name = f"{day:%Y%m%dT%H%M%S}-{number:05}"
        answers = (
            filled(Answer, words, key="courage", kind="line", reply=words, person=False, low=None, high=None),
            filled(Answer, words, key="care-days", kind="scale", reply=number % 6, low=0, high=5, person=False),
            filled(Answer, words, key="help", kind="several", reply=(words, line), person=False, low=None, high=None),
            filled(Answer, words, key="who", kind="line", reply=line, person=True, low=None, high=None),
        )  # fmt: skip
        promises = (
            filled(Promise, line, ref="p1", kind="do", to="Jonas", private=False),
            filled(Promise, line, ref="p2", kind="ask", by=None),
        )
        outcomes = tuple(
            filled(Outcome, words, promise=f"{name}/{ref}", result=result)
            for ref, result in (("p1", "not-yet"), ("p2", "kept"))
        )
        parts = {"answers": answers, "promises": promises, "outcomes": outcomes}
        when = {"date": day, "week": iso_week(day.date())}
        plain = {"event": False, "imported": "", "conflict": "", "about": "", "private": False, "minutes": 3}
        made += [
            filled(
                Entry,
                words,
                id=name,
                set="quarter" if number == 16 else "one-on-one",
                **when,
                **parts,
                **plain,
            ),
            filled(Entry, words, **when, **parts),
        ]
    return made


@pytest.fixture(scope="module")
def journal() -> str:
    return "format = 1\n" + "".join("\n" + codec.to_toml(entry) for entry in entries())


@pytest.fixture
def hostile(run: Run, journal: str) -> Run:
    run.with_journal(journal)
    run.now = DEMO_DAY
    return run


EXPORTS = {f"export-{name}": f"export --private --format {name}" for name in FORMATS}


@pytest.mark.parametrize("form", first_quick(["pipe", "json", "80", "40"]))
def test_every_view_shows_hostile_text_harmlessly(hostile: Run, form: str):
    columns = int(form) if form.isdigit() else None
    shown = {}
    for view, words in (VIEWS | EXPORTS).items():
        done = hostile(
            *words.split(),
            *(["--json"] if form == "json" and view in VIEWS and words else []),
            columns=columns,
        )
        printed = (done.out + done.err).replace("\r\n", "\n").replace(FLAG, "")
        assert "Traceback" not in printed, view
        assert "internal error" not in printed, view
        assert harm(printed) == [], view
        shown[view] = done
    nothing = {view for view, done in shown.items() if done.code not in (0, 3)}
    assert nothing == set(), {view: shown[view].err for view in nothing}
    assert sum(done.code == 0 for done in shown.values()) > len(shown) - 4
    for view in ("lookback-text", "person"):
        page = " ".join(COLORS.sub("", shown[view].out).replace("▎", " ").split())
        if form != "json":
            assert [
                words for words in LITERAL if words not in page and words not in page.replace("[", "\\[")
            ] == [], view
