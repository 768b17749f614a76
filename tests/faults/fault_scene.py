"""A journal with two entries, the program that saves a third, and the check of what is left after a fault."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import save_one

import process
from followme.journal import drafts, recovery
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read

PROGRAM = str(Path(save_one.__file__))


@dataclass
class Scene:
    """A journal with entries 0 and 1 in it, and the program that saves number 7 into it."""

    paths: Paths
    old: bytes

    def command(self, action: str, *more: object) -> list[str]:
        return [sys.executable, *self.program(action, *more)]

    def program(self, action: str, *more: object) -> list[str]:
        return [PROGRAM, action, str(self.paths.journal), str(self.paths.state), *map(str, more)]

    def run(
        self, action: str, *more: object, before: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        return process.run(self.program(action, *more), before=before, env=os.environ)

    @property
    def text(self) -> bytes:
        """The journal's bytes; a first save that failed leaves none."""
        return self.paths.journal.read_bytes() if self.paths.journal.exists() else b""

    def check(self, done: subprocess.CompletedProcess[str], number: int = 7, *, drafted: bool = True) -> None:
        """No old byte changed; what was called saved is there; what was typed is in the journal or a draft."""
        assert self.text.startswith(self.old), done
        if "saved\n" in done.stdout.splitlines(keepends=True):
            assert save_one.entry(number) in read(self.paths.journal).entries, done
        else:
            assert done.returncode, done
        recovery.recover(self.paths)
        loaded = read(self.paths.journal)
        assert not loaded.damages, done
        assert self.text.startswith(self.old), done
        added = [one for one in loaded.entries if one.id == f"entry-{number}"]
        assert added in ([], [save_one.entry(number)]), done
        left = drafts.orphans(self.paths)
        for one in left:
            one.close()
        if drafted:
            words = {"moment": {"reply": save_one.entry(number).answers[0].reply}}
            assert [one.draft.typed for one in left] == ([] if added else [words]), done
        assert recovery.recover(self.paths).completed == ()
