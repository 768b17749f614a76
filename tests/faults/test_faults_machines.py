"""Three machines, any history: at the end all hold the same journal, with every word that no one took back."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from followme import git
from followme.journal.change import merging
from followme.journal.file.reading import read
from machines import Machine, bare, machine

STEPS = 12
HISTORIES = 300
IN_CI = 15

_NOTE = re.compile(r'reply = "(word \w+)"')


class History:
    """Machines and a remote, and what was written and taken back by any of them."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, seed: int):
        self.chance = random.Random(seed)
        self.home, self.monkeypatch = home, monkeypatch
        self.url = bare(home)
        self.machines = [
            machine(home, name, monkeypatch, minutes=minutes)
            for name, minutes in (("one", 0), ("two", 1000), ("three", -5000))
        ]
        self.written: set[str] = set()
        self.taken_back: set[str] = set()
        self.noted: set[str] = set()
        for each in self.machines:
            self.add(each)
            assert each("sync", "--init", str(self.url), "--yes").code == 0

    def word(self) -> str:
        word = f"word {len(self.written)}x"
        self.written.add(word)
        return word

    # --- What may happen ----------------------------------------------------------------------------------

    def add(self, at: Machine) -> None:
        assert at("--yes", "note", self.word()).code == 0

    def edit(self, at: Machine) -> None:
        """Another text in an entry, as an editor of text would leave it."""
        text = at.journal.read_text(encoding="utf-8")
        if words := _NOTE.findall(text):
            old = self.chance.choice(words)
            self.taken_back.add(old)
            at.journal.write_text(text.replace(f'"{old}"', f'"{self.word()}"'), encoding="utf-8")

    def comment(self, at: Machine) -> None:
        """A comment and a key of a later version, which must come along."""
        text = at.journal.read_text(encoding="utf-8")
        if words := _NOTE.findall(text):
            word = self.chance.choice(words)
            self.noted.add(word)
            line = f'reply = "{word}"\n'
            at.journal.write_text(text.replace(line, f"{line}# {self.chance.random()}\n"), encoding="utf-8")

    def delete(self, at: Machine) -> None:
        entries = read(at.journal).entries
        if len(entries) > 1:
            entry = self.chance.choice(entries)
            self.taken_back |= {str(entry.answers[0].reply)}
            assert at("delete", entry.id, "--yes").code == 0

    def sync(self, at: Machine) -> None:
        assert at("sync", "--no-input").code == 0

    def offline(self, at: Machine) -> None:
        away = self.home / "away.git"
        self.url.rename(away)
        assert at("sync", "--no-input").code == 1
        away.rename(self.url)

    def crash(self, at: Machine) -> None:
        """The process ends before or after one of the steps of a sync, maybe the second time it gets there."""
        where: tuple[Any, str] = self.chance.choice(
            [(git.Repository, name) for name in ("fetch", "commit", "push", "put", "note")]
            + [(merging, "replace_with")]
        )
        real: Callable[..., Any] = getattr(*where)
        before, times = self.chance.random() < 0.5, self.chance.choice([1, 1, 2])
        calls = 0

        def dies(*given: Any, **more: Any) -> Any:
            nonlocal calls
            calls += 1
            if before and calls == times:
                raise KeyboardInterrupt
            done = real(*given, **more)
            if calls == times:
                raise KeyboardInterrupt
            return done

        with self.monkeypatch.context() as patch:
            patch.setattr(*where, dies)
            at("sync", "--no-input")

    def race(self, at: Machine) -> None:
        """Another machine pushes between this one's fetch and its push."""
        real, other = (
            git.Repository.push,
            self.chance.choice([each for each in self.machines if each is not at]),
        )
        calls = 0

        def late(*given: Any) -> None:
            nonlocal calls
            calls += 1
            if calls == 1:
                self.add(other)
                assert other("sync", "--no-input").code == 0
            real(*given)

        self.add(at)
        with self.monkeypatch.context() as patch:
            patch.setattr(git.Repository, "push", late)
            assert at("sync", "--no-input").code == 0

    def step(self) -> None:
        often = [self.add, self.edit, self.edit, self.delete, self.sync, self.sync, self.crash]
        what = self.chance.choice([*often, self.comment, self.offline, self.race])
        what(self.chance.choice(self.machines))

    def settle(self) -> None:
        for _ in range(2):
            for each in self.machines:
                self.sync(each)


def holds(history: History) -> None:
    first, *others = (each.journal.read_bytes() for each in history.machines)
    assert [first] * 2 == others
    found = read(history.machines[0].journal)
    assert found.damages == ()
    there = {str(entry.answers[0].reply) for entry in found.entries}
    assert history.written - history.taken_back <= there
    # A comment is an edit too, so what got one stays if it was deleted meanwhile; and an older version that two
    # machines once kept beside another one stays, however that one is edited later.
    stays = history.noted | {str(entry.answers[0].reply) for entry in found.entries if entry.conflict}
    assert there <= history.written - history.taken_back | stays
    ids = {entry.id for entry in found.entries}
    assert len(ids) == len(found.entries)
    for entry in found.entries:
        assert not entry.conflict or entry.conflict != entry.id


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(seed, marks=pytest.mark.slow if seed < IN_CI else pytest.mark.long)
        for seed in range(HISTORIES)
    ],
)
def test_all_machines_end_alike_and_no_word_is_lost(seed: int, home: Path, monkeypatch: pytest.MonkeyPatch):
    history = History(home, monkeypatch, seed)
    for _ in range(STEPS):
        history.step()
    history.settle()
    holds(history)
