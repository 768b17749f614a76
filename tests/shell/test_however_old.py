"""The way to promises of any age: looked for beside all else in a large journal, never in an older version of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from followme.shell import however_old
from followme.shell.however_old import look_ahead, still_open
from terminal import ENTER, Terminal

ENTRY = """
[[entry]]
id = "20261113T150411-aaaaa"
date = 2026-11-13T16:04:11+01:00
week = "2026-W46"
set = "weekly"
"""
PROMISE = '\n[[entry.promise]]\nref = "p1"\ntext = "Call Ben"\n'
KEPT = """
[[entry]]
id = "20261114T150411-bbbbb"
date = 2026-11-14T16:04:11+01:00
week = "2026-W46"
set = "promise"

[[entry.outcome]]
promise = "20261113T150411-aaaaa/p1"
text = "Call Ben"
result = "kept"
"""


@pytest.fixture
def journal(home: Path) -> Path:
    path = home / "journal.toml"
    path.write_text(f"format = 1\n{ENTRY}{PROMISE}", encoding="utf-8")
    return path


def texts(env: Any) -> list[str]:
    return [each.promise.text for each in still_open(env)]


def test_what_was_found_beside_all_else_is_taken_once(journal: Path, monkeypatch: pytest.MonkeyPatch):
    env: Any = SimpleNamespace(journal=journal)
    begun: list[object] = []
    monkeypatch.setattr(however_old, "begun", lambda work: begun.append(work) or (lambda: ()))
    look_ahead(env)
    assert (begun, texts(env)) == ([], ["Call Ben"])
    monkeypatch.setattr(however_old, "LARGE", 10)
    look_ahead(env)
    assert (len(begun), texts(env)) == (1, [])
    assert texts(env) == ["Call Ben"]


def test_a_promise_that_was_closed_meanwhile_is_closed(journal: Path, monkeypatch: pytest.MonkeyPatch):
    env: Any = SimpleNamespace(journal=journal)
    monkeypatch.setattr(however_old, "LARGE", 10)
    look_ahead(env)
    journal.write_text(f"format = 1\n{ENTRY}{PROMISE}{KEPT}", encoding="utf-8")
    assert texts(env) == []


def test_so_it_is_if_it_was_closed_while_looking(journal: Path, monkeypatch: pytest.MonkeyPatch):
    env: Any = SimpleNamespace(journal=journal)

    def closed_at_once(work: Callable[[], object]) -> Callable[[], object]:
        found = work()
        journal.write_text(f"format = 1\n{ENTRY}{PROMISE}{KEPT}", encoding="utf-8")
        return lambda: found

    monkeypatch.setattr(however_old, "LARGE", 10)
    monkeypatch.setattr(however_old, "begun", closed_at_once)
    look_ahead(env)
    assert texts(env) == []


def test_so_it_is_in_a_journal_behind_a_link_while_home_waits(home: Path, journal: Path):
    link = home / "link.toml"
    link.symlink_to(journal)
    with Terminal(home, "--journal", str(link)) as terminal:
        terminal.see("1 promise")
        journal.write_text(f"format = 1\n{ENTRY}{PROMISE}{KEPT}", encoding="utf-8")
        terminal.answer("Begin", ENTER)
        terminal.see("1 of ")
        assert "Call Ben" not in terminal.words
