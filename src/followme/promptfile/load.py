"""Prompt sets from files: found by name or path, read under limits, every fault with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from followme.clean import one_line
from followme.errors import FollowmeError, WrongUsage
from followme.model import RESERVED_SETS, PromptSet
from followme.promptfile.places import line_of, lines_of, statements
from followme.promptfile.reader import Fault, Reader, read_set

MAX_BYTES = 1_000_000
MAX_DEPTH = 8

_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


def find(name: str, folders: Sequence[Path]) -> Path:
    """The file of a set: a path if the name has a slash or ends in .toml, else from the first folder with it.

    Raises WrongUsage when there is none.
    """
    if "/" in name or "\\" in name or name.endswith(".toml"):
        return Path(name)
    for folder in folders:
        path = folder / f"{name}.toml"
        if path.is_file():
            return path
    known = ", ".join(dict.fromkeys(path.stem for path in all_files(folders))) or "none"
    raise WrongUsage(
        f"There is no prompt set {name!r}. The sets are: {known}. "
        f"A file of your own needs a path, such as ./{name}.toml."
    )


def all_files(folders: Iterable[Path]) -> list[Path]:
    """The set files of all folders, those of earlier folders first; a name is listed once."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            found.setdefault(path.stem, path)
    return list(found.values())


def load(path: Path) -> PromptSet:
    """The prompt set in a file. Raises FollowmeError with one line a fault, each beginning FILE:LINE:."""
    text = _text(path)
    table = _table(path, text)
    reader = Reader((), table)
    found = read_set(reader, _name(path))
    if reader.faults:
        raise FollowmeError("\n".join(_located(path, text, reader.faults)))
    return found


def from_table(table: Mapping[str, Any], name: str) -> PromptSet:
    """The set that `to_table` made a table of. Raises FollowmeError where it is not one."""
    reader = Reader((), table)
    found = read_set(reader, name)
    if reader.faults:
        raise FollowmeError(f"Its questions cannot be read: {reader.faults[0].key}: {reader.faults[0].text}.")
    return found


def _name(path: Path) -> str:
    name = path.stem
    if name in RESERVED_SETS:
        raise FollowmeError(
            f"{path}:1: the name {name!r} is kept for followme's own entries; rename the file"
        )
    if not re.fullmatch(r"\w[\w .-]{0,79}", name):
        raise FollowmeError(f"{path}:1: the file's name is the set's name; use letters, digits and hyphens")
    return name


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            what = (
                "it is a folder"
                if path.is_dir()
                else "there is no such file"
                if not path.exists()
                else "it is no ordinary file"
            )
            raise FollowmeError(f"{path}: {what}; give the path of a prompt set.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FollowmeError(
            f"{path}: it cannot be read ({error.strerror}); check its place and mode."
        ) from error
    if len(data) > MAX_BYTES:
        raise FollowmeError(
            f"{path}:1: the file is larger than 1 MB; a prompt set is a few questions, so split it"
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FollowmeError(f"{path}:{line}: the file is not UTF-8 text; save it as UTF-8") from None


def _table(path: Path, text: str) -> dict[str, Any]:
    deep = next((found.line for found in statements(text) if found.depth > MAX_DEPTH), None)
    if deep is not None:
        raise FollowmeError(
            f"{path}:{deep}: it nests deeper than {MAX_DEPTH} levels; a prompt set needs three"
        )
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        place = _AT.search(str(error))
        line = int(place[1]) if place and place[1] else text.rstrip("\n").count("\n") + 1
        said = _AT.sub("", str(error)).rstrip(".")
        raise FollowmeError(
            f"{path}:{line}: this is not TOML ({said[:1].lower()}{said[1:]}); "
            "mend this line or the one before"
        ) from None


def _located(path: Path, text: str, faults: Iterable[Fault]) -> list[str]:
    """One line a fault, in the order of the file; a missing key is reported at its table's line."""
    lines = lines_of(text)
    found = []
    for fault in faults:
        line = line_of(lines, fault.place, fault.key)
        key = f"{one_line(fault.key)[:40]}: " if fault.key else ""
        found.append((line, f"{path}:{line}: {key}{fault.text}"))
    return [said for _, said in sorted(found, key=lambda each: each[0])]
