"""The standard reader of TOML, behind a guard that refuses at once what would take it hours or gigabytes."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

READER = "tomllib"
"""The standard reader, which most commands have no use for: a journal without damage is read by the fast one."""

MOST_PARTS = 8
"""A key of more parts (`a.b.c` has three) is refused: time and memory for it grow with the square of their number."""

_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_DOT = r"[ \t]*+\.[ \t]*+"
# Compiled by `re` where they are needed: the fast reader of journals comes before.
_LONG = rf"(?:\A|[\n{{,])[ \t\[]*+{_PART}(?:{_DOT}{_PART}){{{MOST_PARTS}}}"
_REST = rf"(?:{_DOT}{_PART})*+[ \t]*+[=\]]"


def load_reader() -> Any:
    """Load the module of the standard reader, which needs the disk, and return it."""
    return import_module(READER)


def loads(text: str) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises ValueError with a sentence without its full stop. Where it is about a place, it ends in "(at line 3,
    column 5)", or "(at end of document)" if the text ends too early.
    """
    for key in re.finditer(_LONG, text):
        if re.compile(_REST).match(text, key.end()):
            line = text.count("\n", 0, key.end()) + 1
            raise ValueError(f"a key has more than {MOST_PARTS} parts (at line {line}, column 1)")
    tomllib = load_reader()
    try:
        tables: dict[str, Any] = tomllib.loads(text)
        return tables
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise ValueError("it has brackets nested too deeply") from None
    except ValueError:
        raise ValueError("it has a value that is out of range") from None
