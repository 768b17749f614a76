"""A program that changes one journal, for tests that break it: change_one.py ACTION JOURNAL STATE.

Actions: `delete` the entry "entry-1"; `undo` the last change; `purge` that entry. Prints "changed", or the sentence
that says why not, and exits with 0 or 1.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import save_one

from followme.errors import FollowmeError
from followme.journal.change import log, purge, rewrite, undoing
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read

NOW = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)
GOING = "entry-1"


def delete(paths: Paths) -> None:
    changes = rewrite.blocks_at(paths, [one for one in read(paths.journal).located if one.entry.id == GOING])
    rewrite.rewrite(paths, changes, verb=log.DELETE, gain=-len(changes), now=NOW)


def undo(paths: Paths) -> None:
    undoing.undo(paths, undoing.planned(paths), NOW)


def purge_it(paths: Paths) -> None:
    changes = rewrite.blocks_at(paths, [one for one in read(paths.journal).located if one.entry.id == GOING])
    purge.delete(paths, changes, [GOING], NOW)


ACTIONS = {"delete": delete, "undo": undo, "purge": purge_it}


def main(action: str, journal: str, state: str) -> None:
    paths = Paths(Path(journal), Path(state))
    save_one.mark(save_one.BEGIN)
    ACTIONS[action](paths)
    save_one.mark(save_one.END)
    print("changed", flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except FollowmeError as error:
        print(error, flush=True)
        sys.exit(1)
