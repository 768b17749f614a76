"""A program that mends one journal as `doctor --repair` does, for tests that break it: mend_one.py JOURNAL STATE.

Prints "mended", or the sentence that says why not, and exits with 0 or 1.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import save_one

from followme.errors import FollowmeError
from followme.journal.file.paths import Paths
from followme.journal.health.repair import repair

NOW = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)


def new_id(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}-k7q2m"


def main(journal: str, state: str) -> None:
    paths = Paths(Path(journal), Path(state))
    save_one.mark(save_one.BEGIN)
    done = repair(paths, NOW, new_id)
    save_one.mark(save_one.END)
    print("mended" if done.moved or done.named else "nothing to mend", flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except FollowmeError as error:
        print(error, flush=True)
        sys.exit(1)
