"""How followme was started, so that a command which it tells a person to type works as pasted."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

NAME = "followme"


def program(argv: Sequence[str], interpreter: Sequence[str]) -> tuple[str, ...]:
    """Return the words that start this very program: its plain name where the shell finds it under that.

    `argv` is what Python gives the program, `interpreter` the whole command line with Python's own name.
    """
    script = Path(argv[0])
    if script.name == "__main__.py":
        beside = _is_found(NAME, Path(sys.executable).with_name(NAME))
        return (NAME,) if beside else (interpreter[0], "-m", NAME)
    name = script.name.removesuffix(".exe")
    return (name,) if _is_found(name, script) else (argv[0],) if os.path.lexists(script) else (NAME,)


def _is_found(name: str, script: Path) -> bool:
    """Whether the shell finds this very script by its name; Windows may leave out that it ends in .exe."""
    found = shutil.which(name)
    for path in (script, script.with_name(f"{name}.exe")) if found else ():
        with suppress(OSError):
            if os.path.samefile(str(found), path):
                return True
    return False
