"""A leader's quarter, week by week: what the journal, the ledger, `list`, home and `due` say agrees at every step.

What they should say comes from a model as plain as a person would keep on paper: which weeks had a sitting,
which notes wait, and what became of each promise.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from followme.insight.wording import all_counted, promise_counts
from running import Done, Run

BEGIN = datetime(2026, 10, 2, 16, 5, tzinfo=ZoneInfo("Europe/Berlin"))
"""The Friday of the first week, W40; the thirteenth is W52. Summer time ends on the way."""

TEAM = """
title = "Team"

[[section]]
title = "What happened"

[[section.question]]
key = "moment"
kind = "text"
ask = "What happened?"

[[section.question]]
key = "unseen"
kind = "line"
ask = "Whom did you not speak with?"

[[section]]
title = "What comes next"

[[section.question]]
key = "promise"
kind = "promise"
ask = "What do you promise?"
most = 3
optional = true

[[section.question]]
key = "ask"
kind = "promise"
promise = "ask"
ask = "What will you ask one person?"
optional = true
"""

KILLED_WHILE_SAVING = """
import os, signal, sys
from datetime import datetime
from followme import cli
from followme.insight.wording import all_counted, promise_counts
from followme.env import real_env
from followme.journal.file.append import JournalEnd

def struck(end, data):
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

JournalEnd.add = struck
env = real_env()
env.now = lambda: datetime.fromisoformat(sys.argv[1])
cli.main(sys.argv[2:], env)
"""
"""followme at a moment of the test's choice, killed when the draft has the entry and the journal has not."""


@dataclass
class Paper:
    """What a person with a pencil would know."""

    sets: list[tuple[str, str]] = field(default_factory=list)  # week and set of every entry
    notes: int = 0  # since the latest sitting
    made: dict[str, tuple[date, date | None]] = field(default_factory=dict)  # promise -> made on, by
    results: dict[str, list[str]] = field(default_factory=dict)
    questions: set[str] = field(default_factory=set)  # those of the promises that are a question to take
    closed: set[str] = field(default_factory=set)

    @property
    def weeks(self) -> set[int]:
        return {int(week[-2:]) for week, name in self.sets if name not in ("note", "outcome")}

    def state(self, ref: str, asked_on: date) -> str:
        _, by = self.made[ref]
        if ref in self.closed:
            return "closed"
        return "due" if by is None or by <= asked_on else "open"


class Quarter:
    """The leader, who does a thing, writes it on paper, and looks whether followme knows the same."""

    def __init__(self, run: Run):
        self.run = run
        self.run.now = BEGIN
        self.paper = Paper()
        (run.prompts / "team.toml").write_text(TEAM, encoding="utf-8")

    # --- What the leader does ---

    def sit(
        self, answers: str = "", *argv: str, of: str = "team", ends: dict[str, str] | None = None
    ) -> Done:
        """A whole sitting in batch; `ends` has the result of each promise that is due, with its further lines."""
        asked = 'moment = "Ana stayed for the demo."\n' if of == "team" else ""
        told = "".join(
            f'[[outcome]]\npromise = "{ref}"\nresult = {end}\n' for ref, end in (ends or {}).items()
        )
        done = self.run("reflect", of, "--answers", "-", *argv, stdin=f"{asked}{answers}\n{told}")
        assert done.code == 0, done.err
        self.write_down(of, ends or {})
        return done

    def write_down(self, of: str, ends: dict[str, str]) -> None:
        entry = self.run.entries[-1]
        self.paper.sets.append((self.week, of))
        self.paper.notes = 0
        for ref, end in ends.items():
            self.note_end(ref, end.split('"')[1])
        for promise in entry.get("promise", []):
            ref = f"{entry['id']}/{promise['ref']}"
            self.paper.made[ref] = (self.today, promise.get("by"))
            self.paper.questions |= {ref} if promise["kind"] == "ask" else set()

    def note_end(self, ref: str, result: str) -> None:
        self.paper.results.setdefault(ref, []).append(result)
        # A question that was asked, and from which something follows, waits for what is done with it.
        if result != "not-yet" and (result != "partly" or ref not in self.paper.questions):
            self.paper.closed.add(ref)

    def note(self, words: str) -> None:
        assert self.run("note", words).code == 0
        self.paper.sets.append((self.week, "note"))
        self.paper.notes += 1

    def close(self, ref: str, result: str) -> None:
        assert self.run("promises", "close", ref.rpartition("-")[2], f"--{result}").code == 0
        self.paper.sets.append((self.week, "outcome"))
        self.note_end(ref, result)

    def later(self, **span: float) -> None:
        self.run.later(**span)

    # --- What followme knows ---

    @property
    def today(self) -> date:
        return self.run.now.date()

    @property
    def asked_on(self) -> date:
        """The day of the next sitting: today where one is due, else the next Friday of a week without one."""
        number, weekday = self.today.isocalendar()[1:]
        if weekday <= 2 and not {number - 1, number} & self.paper.weeks:
            return self.today
        if weekday >= 5 and number not in self.paper.weeks:
            return self.today
        friday = self.today + timedelta(days=5 - weekday)
        return friday if weekday < 5 and number not in self.paper.weeks else friday + timedelta(days=7)

    @property
    def week(self) -> str:
        year, week, _ = self.today.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def latest_entry(self) -> dict[str, Any]:
        return self.run.entries[-1]

    def latest(self, number: int = 1) -> str:
        """The reference of a promise of the latest entry."""
        return f"{self.latest_entry['id']}/p{number}"

    def agrees(self) -> None:
        """Journal, ledger, list, home and due say what stands on paper."""
        paper = self.paper
        assert [(each["week"], each["set"]) for each in self.run.entries] == paper.sets
        listed = [each for each in paper.sets[::-1] if each[1] != "outcome"]
        endings = [each for each in paper.sets[::-1] if each[1] == "outcome"]
        assert [(row[1], row[3]) for row in self.run("list").rows] == listed
        assert [(row[1], row[3]) for row in self.run("list", "--set", "outcome").rows] == endings
        self.ledger_agrees()
        self.home_agrees()
        missing = self.today.isocalendar().week not in paper.weeks
        if self.today.weekday() >= 4:
            assert self.run("due").code == (0 if missing else 3)
        elif self.today.weekday() >= 2:
            assert self.run("due").code == 3

    def ledger_agrees(self) -> None:
        told = json.loads(self.run("promises", "--all", "--json").out)
        assert {each["reference"]: each["state"] for each in told["promises"]} == {
            ref: self.paper.state(ref, self.asked_on) for ref in self.paper.made
        }
        assert {
            each["reference"]: [outcome["result"] for outcome in each["outcomes"]]
            for each in told["promises"]
        } == {ref: self.paper.results.get(ref, []) for ref in self.paper.made}
        ended = Counter(self.paper.results[ref][-1] for ref in self.paper.closed - self.paper.questions)
        due = ended["kept"] + ended["partly"] + ended["not-kept"]
        assert told["rate"] == {"whole": ended["kept"], "partly": ended["partly"], "due": due}

    def home_agrees(self) -> None:
        home, paper = self.run().out, self.paper
        still = [ref for ref in paper.made if ref not in paper.closed]
        due = sum(paper.state(ref, self.asked_on) == "due" for ref in still)
        late = sum((by := paper.made[ref][1]) is not None and by < self.today for ref in still)
        when = (
            "due"
            if self.asked_on == self.today
            else f"coming up on {self.asked_on:%a, %b} {self.asked_on.day}"
        )
        today = sum(paper.made[ref][1] == self.today for ref in still) * (when != "due")
        opened = all_counted(*promise_counts("ask" if ref in paper.questions else "do" for ref in still))
        if len(still) == 1:
            one = "is due" if when == "due" else when.replace("coming", "comes")
            one = "is overdue" if late else "is due today" if today else one
            assert f"{opened} {one if due else 'is open'}." in home
        elif still:
            counts = [(late, "overdue"), (today, "due today"), (due - late - today, when)]
            told = [(count, words) for count, words in counts if count] or [("none", when)]
            shown = ", ".join(f"{'all' if count == len(still) else count} {words}" for count, words in told)
            assert f"{opened} are open, {shown}." in home
        else:
            assert " open" not in home.split("\n\n")[1]
        self.closed_agree(home)
        assert ("1 note for your next reflection." in home) == (paper.notes == 1)
        this = self.today.isocalendar().week
        counted = range(40, this + (this in paper.weeks))
        gone_by = this - 1 - max(paper.weeks)
        if gone_by >= 2:
            assert "in the last" not in home
        elif len(counted) > 1:
            (said,) = re.findall(rf"(?m)^Reflections in the last {len(counted)} weeks: (.+)\.$", home)
            done = re.findall(r"(\d+) (?:done|late)", said)
            assert sum(map(int, done)) == len(paper.weeks & set(counted))

    def closed_agree(self, home: str) -> None:
        """Home counts the promises that were closed as the ledger does."""
        rate = json.loads(self.run("promises", "--all", "--json").out)["rate"]
        said = f"Promises closed: {rate['due']}. Kept: {rate['whole']}."
        assert (said in home) == bool(rate["due"])
        assert (f" Partly: {rate['partly']}." in home) == bool(rate["partly"])
        missed = rate["due"] - rate["whole"] - rate["partly"]
        assert (f" Not kept: {missed}." in home) == bool(missed)


SKIP = ("--skip", "unseen")


def test_a_quarter(run: Run):
    q = Quarter(run)

    # W40. The first sitting ends with a promise to Ben, who knows of it.
    assert "There's no journal yet" in run().out
    assert run("due").code == 0
    q.sit("promise = [{occasion = 'the deal desk', text = 'Ask legal', to = 'Ben', told = true}]", *SKIP)
    legal = q.latest()
    q.agrees()

    # W41. You kept it. The next promise nobody knows of; one question goes to Cleo.
    q.later(weeks=1)
    q.agrees()
    q.sit(
        """
        unseen = "Dev"
        promise = [{occasion = "Monday", text = "Write the whole handbook", to = "Ana", told = false}]
        ask = [{to = "Cleo", text = "What should I stop?"}]
        """,
        ends={legal: '"kept"'},
    )
    handbook, question = q.latest(1), q.latest(2)
    q.agrees()

    # W42. Neither came to pass; both come back.
    q.later(weeks=1)
    q.sit("", *SKIP, ends={handbook: '"not-yet"\nnote = "Too large."', question: '"not-yet"'})
    q.agrees()

    # W43. A note on Wednesday. On Friday the promise that came back is made smaller.
    q.later(days=5)
    assert q.today.strftime("%A") == "Wednesday"
    q.note("Ben took the call himself")
    q.agrees()
    q.later(days=2)
    q.agrees()
    q.sit(
        'unseen = "nobody"\n',
        ends={handbook: '"replaced"\ntext = "Write its first page"'},
    )
    page = q.latest()
    assert q.latest_entry["promise"][0]["from"] == handbook
    assert q.latest_entry["promise"][0]["text"] == "Write its first page"
    q.agrees()

    # W44, the first week of winter time. The page was written. Cleo was asked, and something follows from it.
    q.later(weeks=1)
    q.sit("", *SKIP, ends={page: '"kept"', question: '"partly"\nnote = "The Monday meeting."'})
    q.agrees()

    # W45. The meeting is gone, so the question has done its work. A new promise.
    q.later(weeks=1)
    q.sit(
        'unseen = "nobody"\npromise = [{occasion = "Thursday", text = "Sit in on a demo", told = false}]',
        ends={question: '"kept"\nnote = "It is gone."'},
    )
    demo = q.latest()
    q.agrees()

    # W46 and W47 go by. `due` waits until Tuesday, and home counts without a word of blame.
    q.later(weeks=1)
    q.agrees()
    q.later(days=3)
    assert run("due").out.startswith("Last week's reflection is due: ")
    q.later(days=2)
    q.agrees()
    q.later(days=2)
    q.agrees()

    # W48. The way back: the demo is over, so the promise is no longer needed.
    q.later(weeks=1)
    assert "in the last" not in run().out
    q.sit(
        "mattered = 'The audit.'\npromise = [{occasion = 'Monday', text = 'Thank the team', told = true}]",
        of="return",
        ends={demo: '"not-needed"'},
    )
    thanks = q.latest()
    q.agrees()

    # W49. The process is killed while it saves. The next start has every word.
    q.later(weeks=1)
    answers = f"moment = 'Ben asked for help.'\n[[outcome]]\npromise = '{thanks}'\nresult = 'kept'\n"
    argv = ["reflect", "team", "--answers", "-", *SKIP]
    struck = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_SAVING, run.now.isoformat(), *argv], input=answers.encode()
    )
    assert struck.returncode != 0
    assert len(run.entries) == len(q.paper.sets)
    q.later(minutes=5)
    run()
    q.write_down("team", {thanks: '"kept"'})
    assert q.latest_entry["answer"][0]["reply"] == "Ben asked for help."
    assert run.drafts == []
    q.agrees()

    # W50. Two promises, one of them for the end of the quarter.
    q.later(weeks=1)
    q.sit(
        """
        unseen = "Dev"
        promise = [
            {occasion = "Tuesday", text = "Call the client", to = "Ben", told = true},
            {occasion = "the budget", text = "Ask for a second desk", to = "Dev", by = 2026-12-25, told = true},
        ]
        """
    )
    call, desk = q.latest(1), q.latest(2)
    q.agrees()

    # W51. The call is made on Tuesday, and its ending noted at once; so Friday asks about nothing.
    q.later(days=4)
    q.close(call, "kept")
    q.agrees()
    q.later(days=3)
    q.sit("", *SKIP)
    assert "outcome" not in q.latest_entry
    q.agrees()

    # W52. The day of the other one has come.
    q.later(weeks=1)
    q.agrees()
    q.sit("unseen = 'nobody'", ends={desk: '"not-kept"\nnote = "No money."\ntold = true'})
    q.agrees()

    # What the quarter leaves.
    assert "Reflections in the last 13 weeks: 11 done and 2 missed.\n" in run().out
    assert "Promises closed: 5. Kept: 4. Not kept: 1.\n" in run().out
    assert run("promises").rows == []
    passed = [each["key"] for entry in run.entries for each in entry.get("answer", []) if each.get("skipped")]
    assert passed.count("unseen") == 5
    assert json.loads(run("promises", "--all", "--json").out)["rate"] == {"whole": 4, "partly": 0, "due": 5}


@pytest.mark.parametrize("name", ["note", "outcome"])
def test_what_is_written_between_sittings_is_no_week(run: Run, name: str):
    q = Quarter(run)
    q.sit("promise = [{text = 'Ask legal'}]", *SKIP)
    promise = q.latest()
    q.later(weeks=1)
    q.note("something") if name == "note" else q.close(promise, "kept")
    assert run.entries[-1]["set"] == name
    q.agrees()
