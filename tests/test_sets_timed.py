"""Every shipped set in a real terminal, by a person who reads, thinks and types at a usual pace: within its minutes.

No time goes by: what the person would have needed is written into the clock that followme looks at, so the
minutes of the stored entry are those of the person.
"""

from __future__ import annotations

import re
import sys
import time

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are not found on Windows", allow_module_level=True)

from followme.asking.rich.keys import HABIT_SECONDS
from running import Run
from sets import question, skips
from terminal import ENTER, PATIENCE, Terminal

pytestmark = pytest.mark.slow

READS, TYPES = 238 / 60, 25 / 60
"""Words a second that are read, as adults do on average (Brysbaert, 2019), and typed."""

KEY, THOUGHT, SUMMARY = 1.0, {"text": 15.0, "line": 5.0}, 20.0
"""Seconds for a key that answers, for thinking before one begins to type, and for one's own answers at the end."""

TEXT = (
    "On Tuesday the demo went wrong, and Ana stayed until seven to mend it with the customer. "
    "I had told her in the morning that the date was now hers."
)
PAST = "Nobody spoke of the forecast until the customer did, and neither had I asked for it."
LINE = "I asked twice and then let them finish."
FACT = "Licence, forecast template, two calls."
NAME = "Ben"
PROMISE = ["ask legal for the short contract @Ben by dec 4", "y", "Tuesday's deal desk"]
QUESTION = ["What would you do first in my place? @Ben", ""]
KEPT, HEARD = ["k"], ["t", "The Monday meeting helps no one."]
# fmt: off
SITTINGS = {
    "weekly": (4, [*KEPT, *HEARD, TEXT, "4", FACT, TEXT, LINE, NAME, *PROMISE]),
    "weekly, the first": (0, [TEXT, "4", FACT, TEXT, LINE, NAME, *PROMISE, *QUESTION]),
    "weekly, with signs": (5, [*KEPT, *HEARD, TEXT, "4", FACT, TEXT, LINE, "1 6", LINE, *PROMISE]),
    "three-minutes, and something heard": (1, [*KEPT, *HEARD, "4", NAME, *PROMISE]),
    "three-minutes, and a line": (2, [*KEPT, "4", NAME, LINE, *PROMISE]),
    "return": (1, [*KEPT, "t", LINE, *PROMISE]),
    "after": (1, [LINE, TEXT, LINE, LINE, *PROMISE]),
    "before": (1, [NAME, LINE, LINE, LINE, LINE, *PROMISE]),
    "deal": (1, ["2", LINE, TEXT, LINE, LINE, *PROMISE]),
    "daily": (1, ["4", "4", "2", "1", "4"]),
    "first-month": (1, [*KEPT, *HEARD, TEXT, LINE, NAME, LINE, LINE, LINE, *PROMISE]),
    "one-on-one, before": (1, ["1", NAME, TEXT, LINE, LINE]),
    "one-on-one, after": (1, ["2", NAME, TEXT, LINE, PROMISE[0], "", PROMISE[2]]),
    "quarter": (12, [*KEPT, "t", TEXT, TEXT, "1 4", TEXT, LINE, LINE, LINE, *PROMISE]),
    "six-questions": (0, [*6 * [TEXT, LINE], *PROMISE]),
    "year": (12, [*KEPT, "t", TEXT, LINE, TEXT, TEXT, *PROMISE]),
}
# fmt: on
"""What is typed in each sitting, and how many weekly ones lie before it."""

THEMES = ("authority", "reasons", "choice", "care", "standard", "spirit")
ONE_KEY = ("1", "2", "4", "y", "k", "t")
"""What answers by itself, without Enter."""
CLOSE = "Press Enter to close."
"""What is said below what a reflection gives back."""


class Person:
    """Sits in a terminal for as long as a person would; `seconds` tells how long that is."""

    def __init__(self, run: Run, name: str) -> None:
        self.clock = run.home / "clock"
        self.seconds = 0.0
        self.read = 0
        self.left = ""
        self.pass_time(0)
        self.terminal = Terminal(
            run.home, "reflect", name, columns=80, rows=400, now=run.now, clock=self.clock
        )

    def pass_time(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.write_text(str(self.seconds))

    @property
    def shown(self) -> int:
        """How many words stand on the screen; a drawn line is none."""
        return sum(any(map(str.isalnum, word)) for word in self.terminal.words.split())

    def look(self) -> None:
        """Wait for the next thing to answer, and read what came with it."""
        end = time.monotonic() + PATIENCE
        while self.terminal.at_rest == self.left or not re.search(r"(?m)^( ▎$|›)", self.terminal.text):
            assert time.monotonic() < end, self.terminal.text
        at_end = "What now?" in self.terminal.words
        shown = self.shown
        self.pass_time(SUMMARY if at_end else max(shown - self.read, 0) / READS)

    def type(self, words: str) -> None:
        count = len(words.split())
        thought = THOUGHT["text"] if words == TEXT else THOUGHT["line"] if count > 2 else 0.0
        self.pass_time(thought + KEY + (0 if words in ONE_KEY else count / TYPES))
        self.read = self.shown + count
        self.left = self.terminal.at_rest
        self.terminal.keys(words if words in ONE_KEY else words + ENTER)
        if words in ONE_KEY:
            # An Enter at once after it would still belong to it.
            self.terminal.wait(HABIT_SECONDS + 0.2)

    def sit(self, script: list[str]) -> int:
        """Type the script where questions are, and Enter where there is only something to read."""
        script = list(script)
        while True:
            self.look()
            if "What now?" in self.terminal.words:
                break
            waits = re.search(r"Enter (begins|goes on|to begin|to go on)\.\n ▎", self.terminal.text)
            self.type("" if waits else script.pop(0))
        assert script == [], f"not asked for: {script}"
        self.type("")
        # What is given back after it is no part of it.
        while self.terminal.process.poll() is None and CLOSE not in self.terminal.words:
            self.terminal.wait(0.05)
        self.terminal.keys(ENTER)
        return self.terminal.end()


def weeks_before(run: Run, count: int, *, ask: bool) -> None:
    """So many weekly sittings, the last of which made a promise, and with `ask` a question to take to someone."""
    made = ["--answer", "promise=Call the client", *(["--answers", "-"] if ask else [])]
    left = ("promise", "ask") if ask else ("promise",)
    for number in range(count):
        theme = THEMES[number % len(THEMES)]
        keys = ["moment", theme, *(["unseen"] if number % 2 == 0 else []), "care-days"]
        given = [word for key in keys[:-1] for word in ("--answer", f"{key}={PAST}")]
        given += ["--answer", f"care-days={number % 6}"]
        if number % 4 == 1:
            keys.append("signs")
            given += ["--answer", f"signs={question('weekly', 'signs').none}"]
        last = number == count - 1
        given += skips("weekly", *keys, *(left if last else ()))
        done = run(
            "reflect", "weekly", *given, *(made if last else ()), stdin='ask = [{text="Why?", to="Ana"}]'
        )
        assert done.code == 0, done.err
        run.later(weeks=1)


@pytest.mark.parametrize("sitting", SITTINGS)
def test_a_sitting_is_done_within_its_minutes(sitting: str, run: Run):
    before, script = SITTINGS[sitting]
    name = sitting.partition(",")[0]
    weeks_before(run, before, ask=not sitting.endswith("and a line"))
    minutes = next(row[2] for row in run("prompts", "list").rows if row[0] == name)
    person = Person(run, name)
    with person.terminal:
        assert person.sit(script) == 0
    entry = run.entries[-1]
    assert entry["set"] == name
    assert not [answer["key"] for answer in entry.get("answer", []) if answer.get("skipped")]
    # The screen before the very first sitting is not part of it.
    assert -1 < person.seconds / 60 - entry["minutes"] < 1.5
    print(f"{sitting}: {person.seconds / 60:.2f} of {minutes} minutes")
    assert person.seconds <= 60 * int(minutes)
