"""What a sitting does once: an answer is made once, and what is kept is written once at each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from asking.asking_samples import CTRL_C, ENTER
from followme.journal import draftfile, opendraft
from followme.journal.file import reading, skimming
from followme.kinds.line import Line
from followme.shell import however_old
from playing import Played, play
from running import Run

SET = """
title = "Three"

[[section]]
title = "Part"

[[section.question]]
key = "one"
kind = "line"
ask = "What was it?"

[[section.question]]
key = "two"
kind = "line"
ask = "Why?"
when = { key = "one", answered = true }

[[section.question]]
key = "three"
kind = "line"
ask = "What next?"
recall = ["one", "two"]
"""

Sit = Callable[..., Played]


@pytest.fixture
def sit(run: Run, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """A sitting with three questions, in a journal that is there already."""
    assert run("note", "Before all this.").code == 0
    (run.prompts / "three.toml").write_text(SET, encoding="utf-8")
    return lambda *keys: play(["reflect", "three"], keys, monkeypatch, now=run.now)


ANSWERS = ("An email" + ENTER, "A rush" + ENTER, "A call" + ENTER)


def counting(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, of: Callable[..., Any]) -> Counter[Any]:
    """How often a function is called from now on, by what `of` says of its arguments."""
    found: Counter[Any] = Counter()
    real = getattr(owner, name)

    def counted(*given: Any, **named: Any) -> Any:
        found[of(*given, **named)] += 1
        return real(*given, **named)

    monkeypatch.setattr(owner, name, counted)
    return found


def test_an_answer_is_made_once_of_what_was_typed(run: Run, sit: Sit, monkeypatch: pytest.MonkeyPatch):
    made = counting(monkeypatch, Line, "respond", lambda kind, question, typed, today: typed.get("reply", ""))
    assert sit(*ANSWERS, ENTER).code == 0
    assert [each["reply"] for each in run.entries[-1]["answer"]] == ["An email", "A rush", "A call"]
    assert made == {"An email": 1, "A rush": 1, "A call": 1}


def test_the_draft_is_synced_at_its_beginning_after_each_answer_and_once_with_the_entry(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
):
    synced = counting(monkeypatch, opendraft, "write_private", lambda *given, sync, **more: sync)
    assert sit(*ANSWERS, ENTER).code == 0
    assert synced[True] == 1 + len(ANSWERS) + 1


def test_home_reads_a_paused_draft_once_and_the_journal_once_and_so_does_what_goes_on_from_it(
    run: Run, sit: Sit, monkeypatch: pytest.MonkeyPatch
):
    assert sit(ANSWERS[0], CTRL_C).code == 130
    # The next one is a process of its own.
    draftfile._as_of.cache_clear()
    however_old._skim.cache_clear()
    loaded = counting(monkeypatch, draftfile, "load", lambda path: path.name)
    skimmed = counting(monkeypatch, skimming, "skim", lambda path: path.name)
    recent = counting(monkeypatch, reading, "newest_first", lambda path, *wanted: path.name)
    home = play([], [ENTER, CTRL_C], monkeypatch, now=run.now)
    assert "Paused. Everything is kept" in home.text
    assert list(loaded.values()) == list(skimmed.values()) == list(recent.values()) == [1]
