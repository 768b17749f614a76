"""A promise that is handed off: whose it is, who waits for it, and what is asked about it next time."""

from __future__ import annotations

import json

import pytest

from asking.asking_samples import CTRL_C
from playing import BOTH, play
from running import Run
from sets import PROMISE, one_question

SHORT = one_question("line", "What happened?") + PROMISE
MADE = 'promise = [{text = "Ask legal", occasion = "the deal desk meets", to = "Ben", told = true}]'
WORDS = "Jonas will: Ask legal · Cue: the deal desk meets · For: Ben"


@pytest.fixture
def back(run: Run) -> Run:
    """A promise to Ben that has come back once, a week ago."""
    (run.prompts / "short.toml").write_text(SHORT, encoding="utf-8")
    batch(run, MADE, "--skip", "moment")
    run.later(weeks=1)
    batch(run, outcome(run, "not-yet"))
    run.later(weeks=1)
    return run


def batch(run: Run, table: str, *argv: str) -> None:
    skip = argv or ("--skip", "promise", "--answer", "moment=x")
    done = run("reflect", "short", "--answers", "-", *skip, stdin=table)
    assert done.code == 0, done.err


def outcome(run: Run, result: str, change: str = "") -> str:
    """The table of an ending for the promise that is open."""
    reference = run("promises").rows[0][0]
    return f'[[outcome]]\npromise = "{reference}"\nresult = "{result}"\n{change}'


def sit(run: Run, monkeypatch: pytest.MonkeyPatch, plain: bool, *typed: str) -> str:
    """A reflection in a terminal, answered field after field; gives all that was printed."""
    keys = [] if plain else [each if each in tuple("12345n") else each + "\r" for each in typed]
    argv = ["reflect", "short", *(["--plain"] if plain else [])]
    played = play(argv, [*keys, CTRL_C], monkeypatch, lines=typed, now=run.now)
    return " ".join(played.text.split())


@BOTH
def test_it_is_said_stored_and_asked_about_as_handed_on(
    back: Run, plain: bool, monkeypatch: pytest.MonkeyPatch
):
    # Not yet, why, Ben does not know where it stands, handed off to Jonas; then the week, no promise, and saved.
    sit(back, monkeypatch, plain, "4", "No time.", "n", "3", "Jonas", "x", "", "")
    (made,) = back.entries[-1]["promise"]
    assert {key: made.get(key) for key in ("who", "to", "text", "told", "by")} == {
        "who": "Jonas", "to": "Ben", "text": "Ask legal", "told": True, "by": None,
    }  # fmt: skip
    (row,) = back("promises").rows
    assert row[8] == WORDS
    back.later(weeks=1)
    shown, last = sit(back, monkeypatch, plain, ""), "n not taken on" if plain else "left open"
    assert shown.index("What you handed off") < shown.index(WORDS) < shown.index(last)


def test_in_batch_it_is_handed_on_likewise_and_ends_as_taken_on(back: Run):
    batch(back, outcome(back, "replaced", 'to = "Jonas"'))
    (made,) = back.entries[-1]["promise"]
    assert (made["who"], made["to"], made["told"]) == ("Jonas", "Ben", True)
    back.later(weeks=1)
    batch(back, outcome(back, "kept"))
    assert back("promises").rows == []
    found = json.loads(back("promises", "--all", "--json").out)
    assert [(each["who"], each["to"], each["result"]) for each in found["promises"]] == [
        (None, "Ben", "replaced"),
        ("Jonas", "Ben", "kept"),
    ]
    # What Jonas did is nothing that the writer kept.
    assert found["rate"] == {"whole": 0, "partly": 0, "due": 0}
    exported = back("export").out
    assert "Jonas will: Ask legal" in exported
    assert "For: Ben" in exported
    assert f"{WORDS}  \n  Taken on" in exported


@BOTH
def test_a_day_forgets_no_one_who_was_told(back: Run, plain: bool, monkeypatch: pytest.MonkeyPatch):
    sit(back, monkeypatch, plain, "4", "No time.", "n", "2", "2w", "x", "", "")
    (made,) = back.entries[-1]["promise"]
    assert (made["to"], made["told"]) == ("Ben", True)
    assert "who" not in made
