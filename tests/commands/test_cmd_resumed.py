"""A paused sitting that goes on: as private as its set is now, and not in place of another set that was named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from asking.asking_samples import CTRL_C, ENTER
from playing import Played, play
from running import Run

SET = """
title = "{title}"
{private}
[[section]]
title = "Part"
[[section.question]]
key = "secret"
kind = "line"
ask = "What is between us?"
{hidden}
[[section.question]]
key = "open"
kind = "line"
ask = "What is not?"
"""

Sit = Callable[..., Played]


def write(run: Run, name: str, private: str = "", hidden: str = "") -> None:
    text = SET.format(title=name.capitalize(), private=private, hidden=hidden)
    (run.prompts / f"{name}.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def sit(run: Run, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """A sitting in a journal that is there already, so that the very first screen does not come."""
    assert run("note", "Before all this.").code == 0
    return lambda name, *keys: play(["reflect", name], keys, monkeypatch, now=run.now)


def test_what_the_set_has_come_to_call_private_is_private(run: Run, sit: Sit):
    write(run, "mine")
    assert sit("mine", "My secret" + ENTER, CTRL_C).code == 130
    write(run, "mine", hidden="private = true")
    assert sit("mine", "1", "Known" + ENTER, ENTER).code == 0
    secret, known = run.entries[-1]["answer"]
    assert (secret["reply"], secret.get("private"), known.get("private")) == ("My secret", True, None)
    exported = run("export")
    assert "My secret" not in exported.out
    assert "Known" in exported.out


def test_so_is_a_whole_set(run: Run, sit: Sit):
    write(run, "mine")
    assert sit("mine", "My secret" + ENTER, CTRL_C).code == 130
    write(run, "mine", private="private = true")
    done = sit("mine", "1", "Known" + ENTER, ENTER)
    assert done.code == 0
    assert "Private: not exported." in done.text
    assert run.entries[-1]["private"]


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_text("titel = 1")])
def test_a_set_that_is_gone_or_at_fault_changes_nothing(run: Run, sit: Sit, change):
    write(run, "mine", hidden="private = true")
    assert sit("mine", "My secret" + ENTER, CTRL_C).code == 130
    change(run.prompts / "mine.toml")
    write(run, "other")
    assert sit("", "1", "Known" + ENTER, ENTER).code == 0
    assert run.entries[-1]["answer"][0]["private"]


def test_enter_begins_the_set_that_was_named_and_leaves_the_one_that_waits(run: Run, sit: Sit):
    write(run, "mine")
    write(run, "other")
    assert sit("mine", "My secret" + ENTER, CTRL_C).code == 130
    run.later(minutes=1)
    done = sit("other", ENTER, "One" + ENTER, "Two" + ENTER, ENTER)
    assert "Press Enter to begin the set other." in done.text
    assert [entry["set"] for entry in run.entries] == ["note", "other"]
    assert len(run.drafts) == 1
    assert "Press Enter to go on." in sit("mine", CTRL_C).text
