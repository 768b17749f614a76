"""A program that saves one entry, for tests that break it: save_one.py ACTION JOURNAL STATE [NUMBER [SIZE]].

Actions: `draft` saves an entry that was typed in a draft; `note` one without; `hold` holds the lock until its
input ends; `recover` finishes drafts. Prints "saved" or the sentence that says why not, and exits with 0 or 1.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

from followme.errors import FollowmeError
from followme.journal import drafts, recovery, saving
from followme.journal.file import lock
from followme.journal.file.paths import Paths
from followme.journal.opendraft import OpenDraft
from followme.model import Answer, Entry

BEGIN, END = "/followme-begins", "/followme-ends"
"""Paths that are looked for, so that a trace shows where saving begins and ends."""


def entry(number: int, size: int = 200) -> Entry:
    moment = datetime(2026, 11, 20, 16, 4, 11, tzinfo=timezone(timedelta(hours=1))) + timedelta(
        minutes=number
    )
    words = (f"Words of number {number}, line after line.\n" * (size // 30 + 1))[:size]
    answer = Answer(key="moment", kind="text", question="What went well?", reply=words)
    return Entry(id=f"entry-{number}", date=moment, week="2026-W47", set="weekly", answers=(answer,))


def typed(paths: Paths, one: Entry) -> OpenDraft:
    words = {"moment": {"reply": str(one.answers[0].reply)}}
    begun = drafts.Draft(
        id=one.id, journal=paths.real, set=one.set, week=one.week, started=one.date, typed=words, at="moment"
    )
    return drafts.open_new(paths, begun)


def mark(path: str) -> None:
    with suppress(OSError):
        os.stat(path)


def main(action: str, journal: str, state: str, number: str = "0", size: str = "200") -> None:
    paths = Paths(Path(journal), Path(state))
    if action == "hold":
        with lock.held(paths):
            print("held", flush=True)
            sys.stdin.read()
        return
    if action == "recover":
        for one in recovery.recover(paths).completed:
            print(one.id)
        return
    one = entry(int(number), int(size))
    own = typed(paths, one) if action == "draft" else None
    mark(BEGIN)
    saving.save(paths, one, own)
    mark(END)
    print("saved", flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except FollowmeError as error:
        print(error, flush=True)
        sys.exit(1)
