"""A plugin for pytest: the tests and followme find no module that Windows has not, so what needs none is tried.

PYTHONPATH=tests pytest -p without_terminals
"""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

MISSING = {"fcntl", "grp", "pty", "pwd", "pyte", "resource", "termios", "tty"}

# Where followme locks and syncs files, the system's name decides, and not whether the module is there.
DECIDED = {"fcntl"}

TESTS = str(Path(__file__).parent)
_imported = builtins.__import__


def _found(name: str, importer: dict[str, Any] | None = None, *rest: Any, **more: Any) -> Any:
    whose = importer or {}
    ours = str(whose.get("__name__", "")).startswith("followme") and name not in DECIDED
    if name in MISSING and (ours or str(whose.get("__file__", "")).startswith(TESTS)):
        raise ModuleNotFoundError(f"{name} is not found, as on Windows", name=name)
    return _imported(name, importer, *rest, **more)


builtins.__import__ = _found
