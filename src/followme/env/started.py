"""How followme was started, so that every command it shows works as pasted."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

NAME = "followme"


def program(argv: Sequence[str], interpreter: Sequence[str]) -> tuple[str, ...]:
    """Return the words that start this program again: its plain name if the shell finds it by that name.

    `argv` has the program's arguments from Python, `interpreter` the whole command line, Python's own path included.
    """
    script = Path(argv[0])
    if script.name == "__main__.py":
        beside = _is_found(NAME, Path(sys.executable).with_name(NAME))
        return (NAME,) if beside else (interpreter[0], "-m", NAME)
    name = script.name.removesuffix(".exe")
    return (name,) if _is_found(name, script) else (argv[0],) if os.path.lexists(script) else (NAME,)


def _is_found(name: str, script: Path) -> bool:
    """Whether the shell finds this script by its name; on Windows, the name may lack .exe."""
    program = shutil.which(name)
    for path in (script, script.with_name(f"{name}.exe")) if program else ():
        with suppress(OSError):
            if os.path.samefile(str(program), path):
                return True
    return False
