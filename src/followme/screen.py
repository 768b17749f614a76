"""A screen: a stream and what it can show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from textwrap import wrap
from typing import TextIO

from followme.frozen import frozen
from followme.hints import Command

_ARGUMENTS = re.compile(r"""(?:'[^']*'|"(?:\\.|[^"])*"|[^\s'"]|['"])+""")
_BEGIN = re.compile(r"- | +(?:[a-z]+: )?")


@frozen
class Screen:
    """A stream and what it can show.

    `terminal` says whether a person looks at it, `styles` whether it understands escape sequences, `color` whether it
    may use colors, and `unicode` whether it shows characters beyond ASCII. `columns` is its width. `command` turns a
    command into the words to type here.
    """

    stream: TextIO
    terminal: bool
    styles: bool
    color: bool
    unicode: bool
    columns: int
    command: Callable[[Command], str]


def breaks_rows(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal breaks rows when its window gets narrower; the few that don't cut them off."""
    if environ.get("TMUX") or environ.get("ZELLIJ"):
        return True
    kind = environ.get("TERM", "").split("-")[0]
    return not (environ.get("XTERM_VERSION") or kind in ("screen", "st", "linux", "eterm"))


def has_long_path(words: str, columns: int) -> bool:
    """Return whether a path or an address is longer than a row; then it is shown unbroken, on a row of its own."""
    return any(len(word) > columns and ("/" in word or "\\" in word) for word in words.split())


def between_folders(words: str, columns: int) -> str:
    """Return the words with a blank in paths that are longer than a row: where a row of that many columns is full.

    It comes after the name of a folder; only a longer name is left to be broken anywhere.
    """
    return re.sub(r"\S*[/\\]\S*", lambda path: " ".join(_pieces(path[0], columns)), words)


def _pieces(path: str, columns: int) -> list[str]:
    """The path in pieces that fill a row each, as far as its names allow."""
    pieces = [""]
    for name in re.findall(r"[^/\\]*[/\\]?", path):
        if pieces[-1] and len(pieces[-1]) + len(name) > columns:
            pieces.append("")
        pieces[-1] += name
    return pieces


def rows_of(line: str, columns: int) -> list[str]:
    """Break a line between words, and a long word at the end of a row unless it is a path.

    Later rows are below the words of an item ("- ") and of an indented line, behind its label ("  was: ").
    """
    begin = _BEGIN.match(line)
    inside = " " * len(begin[0]) if begin else ""
    breaks = not has_long_path(line, columns)
    return wrap(line, columns, subsequent_indent=inside, break_on_hyphens=False, break_long_words=breaks)


def command_row(line: str, columns: int, indent: int) -> str:
    """Return a command line behind `indent` blanks, still in one piece, so that it's pasted whole.

    Where a terminal of this width breaks it, there are more blanks between two arguments, which shells don't heed; so
    no argument is broken that has room in a row.
    """
    shown = " " * indent
    for argument in _ARGUMENTS.findall(line):
        left = columns - len(shown) % columns
        if len(shown) > indent:
            shown += " " * (left if left <= len(argument) < columns else 1)
        shown += argument
    return shown
