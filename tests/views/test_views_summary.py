"""The summary in short, where the screen is too low for all of it: a row for each answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import StringIO

from followme.model import Answer, Entry, Promise
from followme.screen import Screen
from followme.views.entry import summary
from rows import each_row


@each_row(
    ("reply", "row"),
    [
        ("Ben stayed.", "Moment           ▎ Ben stayed."),
        (
            "I told the whole team what I had heard, and Ana on Friday",
            "Moment           ▎ I told the… on Friday",
        ),
        ("x" * 60, f"Moment           ▎ {'x' * 20}…"),
    ],
)
def test_what_was_added_at_the_end_can_be_seen(reply: str, row: str):
    stream = StringIO()
    moment = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    answer = Answer(key="moment", kind="text", question="Moment", reply=reply)
    entry = Entry(id="", date=moment, week="2026-W47", set="one", answers=(answer,))
    summary(entry, {}, Screen(stream, True, True, False, True, 40, lambda command: "followme"), rows=4)
    assert row in re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())


@each_row("rows", [0, 4])
def test_a_promise_left_open_is_named(rows: int):
    stream = StringIO()
    moment = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    entry = Entry(id="", date=moment, week="2026-W47", set="one")
    screen = Screen(stream, True, True, False, True, 80, lambda command: "followme")
    summary(entry, {}, screen, rows, [Promise(ref="p1", text="call Ana")])
    words = " ".join(re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()).split())
    assert re.search("I will: call Ana .?.?left open", words)
