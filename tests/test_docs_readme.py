"""README.md: every command in its tables runs, one after the other, on two years of entries."""

from __future__ import annotations

import os
import shlex
from datetime import timedelta
from pathlib import Path

import pytest

from followme.env import DEMO_DAY
from running import Run
from test_docs_examples import commands

CHECKOUT = Path(__file__).parents[1]

ELSEWHERE = ("reflect", "sync", "remind on")
"""What needs a terminal, git or the system's own programs, and has tests with these."""

MEANT = {
    "ENTRY": "last",
    "KEY": "moment",
    "WORDS": "napkin",
    "NEW": "Danah",
    "SHELL": "bash",
    "VERB": "list",
    "…": "Said it.",
    "FILE.html": "export.html",
    "FOLDER": "vault",
}
MEANT_BY = {
    "people": {"NAME": "Dana"},
    "forget": {"NAME": "Kit"},
    "prompts": {"NAME": "mine"},
    "import": {"FILE": "export.json"},
    "config": {"KEY": "plain", "VALUE": "yes"},
}
"""What the words in capitals stand for here: everywhere, and after one verb."""

ADDED = {"edit": ("--answer", "moment=Said it."), "import": ("--as-reflections",)}

NOTE = """
[[entry]]
id = "20261120T220000-aaaaa"
date = 2026-11-20T17:00:00-05:00
week = "2026-W47"
set = "note"

[[entry.answer]]
key = "note"
kind = "text"
question = "Note"
reply = "Written on the other machine."
"""


@pytest.mark.slow
def test_every_command_of_the_readme_does_what_it_is_there_for(run: Run, monkeypatch: pytest.MonkeyPatch):
    two_years = (CHECKOUT / "demo" / "journal.toml").read_text(encoding="utf-8")
    run.with_journal(two_years).journal.chmod(0o600)
    run.journal.with_name("journal (conflicted copy 2026-11-20).toml").write_text(two_years + NOTE, "utf-8")
    run.now = DEMO_DAY + timedelta(days=5)
    inbox = run.home / "inbox"
    inbox.mkdir()
    (inbox / "thought.txt").write_text("From the phone.\n", encoding="utf-8")
    monkeypatch.chdir(run.home)
    assert run("config", "set", "inbox", str(inbox)).code == 0

    done = {}
    for words in commands(CHECKOUT / "README.md"):
        line = shlex.join(words)
        if line in ELSEWHERE:
            continue
        verb = words[0] if words else ""
        meant = {**MEANT, "FILE": f"{verb}.json", **MEANT_BY.get(verb, {})}
        if "ID" in words:
            meant["ID"] = run("promises").rows[0][0]
        argv = [meant.get(word, word) for word in words]
        ended = run(*argv, *ADDED.get(verb, ()), "--yes")
        done[line] = ended

    assert len(done) > 35
    # Doctor finds what was left beside the journal, with what was deleted from it.
    assert {line: each.err for line, each in done.items() if each.code} == {"doctor": done["doctor"].err}
    assert "conflicted copy" in done["doctor"].out
    assert {"promises.json", "export.json", "export.html", "vault", "remind.json"} <= set(os.listdir())
