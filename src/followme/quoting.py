"""Command lines: taken apart as the system's shells do, and put together so that they work as pasted."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable

_PIECES = r'(\\*)"|\\+|[^\\"\s]+|\s+'
_BEFORE_QUOTE = r'(\\*)("|$)'
_SAFE = r"[\w\\/:.~+=-]+"
"""Words that mean the same to cmd and PowerShell without quotes."""


def split(line: str, *, windows: bool) -> list[str]:
    """Return the words of a command line. Raises ValueError if a quote isn't closed.

    On Windows a backslash is an ordinary character, unless a double quote follows.
    """
    return _windows_words(line) if windows else shlex.split(line)


def join(words: Iterable[str], *, windows: bool) -> str:
    """Return a command line of these words, to paste into a POSIX shell, or into cmd and PowerShell alike.

    PowerShell runs no program whose name is quoted, so a Windows line should begin with a plain name.
    """
    return " ".join(map(_windows_quoted, words)) if windows else shlex.join(words)


def resolved(line: str, which: Callable[[str], str | None], *, windows: bool) -> list[str]:
    """Return the words of a command line; the first one is the path where `which` finds the program.

    A path with blanks needs no quotes: the longest beginning of the line that is a program counts. Returns
    no words for an empty line. Raises ValueError if a quote isn't closed, and LookupError with the
    program's name if there is no such program.
    """
    line = line.strip()
    for end in reversed([blank.start() for blank in re.finditer(r"\s+|$", line)]):
        if path := which(line[:end]):
            return [path, *split(line[end:], windows=windows)]
    words = split(line, windows=windows)
    if not words:
        return []
    if path := which(words[0]):
        return [path, *words[1:]]
    raise LookupError(words[0])


def _windows_words(line: str) -> list[str]:
    """The words by the rules of CommandLineToArgvW: before a double quote, two backslashes are one."""
    words: list[str] = []
    word: str | None = None
    quoted = False
    for piece in re.finditer(_PIECES, line):
        if piece[0].isspace() and not quoted:
            words += [] if word is None else [word]
            word = None
        elif piece[1] is None:
            word = (word or "") + piece[0]
        else:
            half, odd = divmod(len(piece[1]), 2)
            word = (word or "") + "\\" * half + '"' * odd
            quoted ^= not odd
    if quoted:
        raise ValueError("No closing quotation")
    return words if word is None else [*words, word]


def _windows_quoted(word: str) -> str:
    if re.fullmatch(_SAFE, word):
        return word
    doubled = re.sub(_BEFORE_QUOTE, lambda match: match[1] * 2 + (match[2] and '\\"'), word)
    return f'"{doubled}"'
