"""A TOML file that a person wrote: its text within limits, its table, and its faults with file and line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from followme import toml
from followme.clean import one_line
from followme.errors import FollowmeError, listed_faults
from followme.frozen import frozen
from followme.tables import MAX_BYTES
from followme.tables.positions import line_of, lines_of, statements
from followme.tables.reader import Fault

MAX_DEPTH = 8

_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@frozen
class TomlFile:
    """A file's path, text and table."""

    path: Path
    text: str
    table: dict[str, Any]

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Raise FollowmeError with one line for each fault, in the order of the file, unless there is none."""
        if lines := self.reported(faults):
            raise FollowmeError("\n".join(listed_faults(lines)))

    def reported(self, faults: Iterable[Fault], what: str = "") -> list[str]:
        """Return one line for each fault, FILE:LINE: key: text, in the order of the file; `what` stands before the key.

        A missing key is reported at the line of its table.
        """
        reported = []
        for line, fault in self.placed(faults):
            key = f"{one_line(fault.key)[:40]}: " if fault.key else ""
            reported.append(f"{self.path}:{line}: {what}{key}{fault.text}")
        return reported

    def placed(self, faults: Iterable[Fault]) -> list[tuple[int, Fault]]:
        """Return each fault with its line, in the order of the file."""
        if not (faults := tuple(faults)):
            return []
        lines = lines_of(self.text)
        placed = [(line_of(lines, fault.position, fault.key), fault) for fault in faults]
        return sorted(placed, key=lambda each: each[0])


def read(path: Path, what: str, data: bytes | None = None) -> TomlFile:
    """Return the file at this path, or these bytes under its name; `what` says what it is, such as "a prompt set".

    Raises FollowmeError, beginning with FILE:LINE:, if it can't be read, is too large or too deep, or isn't TOML.
    """
    text = _decoded(path, what, _head(path, what) if data is None else data)
    return TomlFile(path, text, _table(path, text, what))


def _head(path: Path, what: str) -> bytes:
    try:
        if not path.is_file():
            raise FollowmeError(f"{path}: {_no_file(path)}; give the path of {what}.")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FollowmeError(
            f"{path}: it can't be read ({error.strerror}); check where it is and its permissions."
        ) from error


def _decoded(path: Path, what: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise FollowmeError(f"{path}:1: the file is larger than 1 MB, far too large for {what}; split it")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FollowmeError(f"{path}:{line}: the file isn't UTF-8 text; save it as UTF-8") from None


def _no_file(path: Path) -> str:
    if path.is_dir():
        return "it is a folder"
    return "it isn't an ordinary file" if path.exists() else "there's no such file"


def _table(path: Path, text: str, what: str) -> dict[str, Any]:
    deep = next((statement.line for statement in statements(text) if statement.depth > MAX_DEPTH), None)
    if deep is not None:
        raise FollowmeError(f"{path}:{deep}: it nests deeper than {MAX_DEPTH} levels, too deep for {what}")
    try:
        return toml.loads(text)
    except ValueError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at and at[1] else text.rstrip("\n").count("\n") + 1
        said = _AT.sub("", str(error)).rstrip(".")
        raise FollowmeError(
            f"{path}:{line}: this isn't TOML ({said[:1].lower()}{said[1:]}); fix this line or the one before"
        ) from None
