"""The pager: another program that shows a page taller than the terminal, a screen at a time."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from followme import quoting

_LINE = "Space next page, q close"


def started(environ: Mapping[str, str]) -> subprocess.Popen[str] | None:
    """Start the pager; return None if there is none."""
    if words := _words(environ):
        with suppress(OSError):
            return subprocess.Popen(words, stdin=subprocess.PIPE, env=_settings(environ), encoding="utf-8")
    return None


def _words(environ: Mapping[str, str]) -> list[str]:
    """The pager's command line: FOLLOWME_PAGER, else PAGER, else less; none if it is empty, cat, or missing."""
    named = next((environ[name] for name in ("FOLLOWME_PAGER", "PAGER") if name in environ), "less")
    try:
        words = quoting.resolved(named, shutil.which, windows=os.name == "nt")
    except (ValueError, LookupError):
        return []
    if not words or [Path(words[0]).stem, *words[1:]] == ["cat"]:
        return []
    # An argument counts even if LESS says otherwise: less shows colors, and no other code reaches the screen.
    return [words[0], "-R", *words[1:]] if Path(words[0]).stem.lower() == "less" else words


def _settings(environ: Mapping[str, str]) -> dict[str, str]:
    """These variables, and for less what they don't set: its line of keys, and no traces or other programs."""
    return {"LESS": f"FRX-Ps{_LINE}$", "LESSHISTFILE": "-", "LESSSECURE": "1", **environ}
