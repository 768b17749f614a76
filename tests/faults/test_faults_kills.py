"""The real program in a terminal, killed at any moment of typing and of saving."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from two_questions import reply, to_the_summary, write_set

from followme.dates import iso_week
from followme.journal import drafts, recovery
from followme.journal.draftfile import Draft
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.promptfile.load import load
from followme.promptfile.writer import to_table
from terminal import ENTER, Terminal

pytestmark = [pytest.mark.slow]

ROUNDS = pytest.mark.parametrize("rounds", [60, pytest.param(1000, marks=pytest.mark.long)])

TYPED = {"went": {"reply": "Ana stayed for the demo.\n" * 40}, "calm": {"reply": "Ben"}}


class Home:
    """A home of its own for each round, since several are at work at once."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.environ = {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_STATE_HOME": str(folder / "state"),
        }
        self.paths = Paths(folder / "data" / "followme" / "journal.toml", folder / "state" / "followme")
        prompts = folder / "config" / "followme" / "prompts"
        prompts.mkdir(parents=True)
        write_set(prompts)
        self.set = load(prompts / "two.toml")

    def reflect(self) -> Terminal:
        return Terminal(self.folder, "reflect", "two", environ=self.environ)

    def left(self) -> list[Draft]:
        """The unfinished sittings."""
        found = drafts.orphans(self.paths)
        for one in found:
            one.close()
        return [one.draft for one in found]


def together(rounds: int, folder: Path, one_round: Callable[[Home, random.Random], None]) -> None:
    """Several rounds at a time: each mostly waits."""

    def begin(number: int) -> None:
        home = folder / str(number)
        home.mkdir()
        one_round(Home(home), random.Random(number))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(begin, range(rounds)))


# --- While typing -----------------------------------------------------------------------------------------


def last_number(window: Terminal) -> int:
    """How far the numbers can be seen that are typed one after the other."""
    number = 0
    while f"{number + 1:03}" in window.words:
        number += 1
    return number


def type_until_killed(window: Terminal, seconds: float) -> tuple[str, int]:
    """Type numbers; gives all that was typed, and the last number seen a second before the kill."""
    sent, seen = "", [(0.0, 0)]
    begun = time.monotonic()
    while (now := time.monotonic() - begun) < seconds:
        seen.append((now, last_number(window)))
        word = f"{len(sent) // 4 + 1:03} "
        window.keys(word)
        sent += word
        window.wait(0.12)
    window.kill(signal.SIGKILL)
    return sent, max(number for when, number in seen if when <= seconds - 1 or not number)


@ROUNDS
def test_a_kill_takes_one_second_of_typing_at_most(tmp_path: Path, rounds: int):
    def one_round(home: Home, chance: random.Random) -> None:
        with home.reflect() as window:
            reply(window, "What went well?", f"Ana stayed.{ENTER}")
            reply(window, "Who was calm?", "")
            sent, surely = type_until_killed(window, chance.uniform(0, 2.5))
        (draft,) = home.left()
        assert draft.typed["went"] == {"reply": "Ana stayed."}
        assert draft.done == ("went",)
        kept = str(draft.typed.get("calm", {}).get("reply", ""))
        assert sent.startswith(kept)
        assert len(kept) >= 4 * surely - 1
        assert not home.paths.journal.exists()

    together(rounds, tmp_path, one_round)


# --- While saving -----------------------------------------------------------------------------------------


def ready_to_save(home: Home) -> str:
    """Leave a draft in which everything is answered; gives its id."""
    started = datetime.now(UTC).replace(microsecond=0)
    draft = Draft(
        id="20261120T150411-k7q2m",
        journal=home.paths.real,
        set="two",
        week=iso_week(datetime.now().date()),
        started=started,
        plan={"due": [], "set": to_table(home.set)},
        typed=TYPED,
        done=tuple(TYPED),
        at=".",
    )
    drafts.open_new(home.paths, draft).close()
    return draft.id


def save_until_killed(home: Home, seconds: float) -> bool:
    """Save in a terminal and kill it these seconds later; tells whether it said that it is saved."""
    with home.reflect() as window:
        window.answer("an unfinished reflection", ENTER)
        window.answer("What now?", ENTER)
        window.wait(seconds)
        window.kill(signal.SIGKILL)
        return b"Saved." in window.wire


@ROUNDS
def test_a_kill_while_saving_neither_loses_nor_doubles(tmp_path: Path, rounds: int):
    def one_round(home: Home, chance: random.Random) -> None:
        name = ready_to_save(home)
        said = save_until_killed(home, chance.uniform(0, 0.06))
        if said:
            assert [one.id for one in read(home.paths.journal).entries] == [name]
        recovery.recover(home.paths)
        loaded = read(home.paths.journal)
        assert loaded.damages == ()
        left = home.left()
        assert [one.id for one in (*loaded.entries, *left)] == [name]
        for one in loaded.entries:
            assert {each.key: {"reply": each.reply} for each in one.answers} == TYPED
        for one in left:
            assert one.typed == TYPED

    together(rounds, tmp_path, one_round)


def test_two_windows_killed_keep_two_sittings(tmp_path: Path):
    home = Home(tmp_path)
    with home.reflect() as first, home.reflect() as second:
        for window, words in ((first, "First"), (second, "Second")):
            reply(window, "What went well?", f"{words}.{ENTER}")
            reply(window, "Who was calm?", words)
            window.see(f"▎ {words}")
            window.wait(1)
        first.kill(signal.SIGKILL)
        second.kill(signal.SIGKILL)
    typed = sorted(str(one.typed) for one in home.left())
    assert typed == [str({"went": {"reply": f"{w}."}, "calm": {"reply": w}}) for w in ("First", "Second")]
    with home.reflect() as window:
        window.answer("an unfinished reflection", ENTER)
        reply(window, "Who was calm?", "")
        window.keys(ENTER)
        window.answer("What now?", ENTER)
        window.see("Saved.")
        assert window.end() == 0
    (entry,) = read(home.paths.journal).entries
    (left,) = home.left()
    assert {entry.answers[1].reply, left.typed["calm"]["reply"]} == {"First", "Second"}


def test_an_editor_that_outlives_us_holds_nothing(tmp_path: Path):
    """Its sitting can be gone on with at once, and the journal can be written."""
    home = Home(tmp_path)
    begun, script = tmp_path / "begun", tmp_path / "editor"
    script.write_text(f"#!/bin/sh\ntrap '' HUP\necho $$ > {begun}\nexec sleep 300\n")
    script.chmod(0o700)
    home.environ["EDITOR"] = str(script)
    with home.reflect() as window:
        reply(window, "What went well?", "Ana stayed.")
        window.see("▎ Ana stayed.")
        window.keys("\x0f")
        while not (begun.exists() and begun.read_text()):
            window.wait(0.05)
        window.kill(signal.SIGKILL)
    try:
        (left,) = home.left()
        assert left.typed == {"went": {"reply": "Ana stayed."}}
        with home.reflect() as window:
            window.answer("an unfinished reflection", ENTER)
            to_the_summary(window, went="")
            window.keys(ENTER)
            assert window.end() == 0
        assert len(read(home.paths.journal).entries) == 1
    finally:
        os.kill(int(begun.read_text()), signal.SIGKILL)


@pytest.mark.parametrize(
    "key",
    ["\x03", "\x04", "\x1a", "\x1c", "\x1b", "\x1b\x1b"],
    ids=["C", "D", "Z", "backslash", "Esc", "Esc Esc"],
)
def test_no_key_makes_a_draft_shrink(tmp_path: Path, key: str):
    """Ctrl+C and Ctrl+D pause, Ctrl+Z may stop the program, Ctrl+backslash and Esc mean nothing here."""
    home = Home(tmp_path)
    with home.reflect() as window:
        reply(window, "What went well?", f"Ana stayed.{ENTER}")
        reply(window, "Who was calm?", "every word")
        window.see("▎ every word")
        window.keys(key)
        window.wait(1)
        if window.process.poll() is None:
            window.kill(signal.SIGKILL)
    (draft,) = home.left()
    assert draft.typed["went"] == {"reply": "Ana stayed."}
    assert str(draft.typed["calm"]["reply"]).startswith("every word")
    with home.reflect() as window:
        window.answer("an unfinished reflection", ENTER)
        window.see("▎ every word")
