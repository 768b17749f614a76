"""Prompt sets from files: found by name or path, read under limits, every fault with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from followme.errors import FollowmeError, WrongUsage, quoted
from followme.hints import Command
from followme.model import RESERVED_SETS, PromptSet
from followme.promptfile.reader import read_set
from followme.tables.reader import Reader
from followme.tables.source import Source, read


def find(name: str, folders: Sequence[Path]) -> Path:
    """The file of a set: a path if the name has a slash or ends in .toml, else from the first folder with it.

    Raises WrongUsage when there is none.
    """
    if is_path(name):
        return Path(name)
    for folder in folders:
        path = folder / f"{name}.toml"
        if path.is_file():
            return path
    known = [path.stem for path in all_files(folders)]
    near = get_close_matches(name.casefold(), known, 1)
    meant = f"; did you mean {near[0]!r}?" if near else "."
    raise WrongUsage(
        f"There is no prompt set {quoted(name)}{meant} The sets are: {', '.join(known) or 'none'}. "
        "A file of your own needs a path, such as ./mine.toml; begin one with:",
        Command("prompts", "new", "NAME"),
    )


def is_path(name: str) -> bool:
    """Whether a set was named by its path."""
    return "/" in name or "\\" in name or name.endswith(".toml")


def all_files(folders: Iterable[Path]) -> list[Path]:
    """The set files of all folders, those of earlier folders first; a name is listed once."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.is_file():
                found.setdefault(path.stem, path)
    return list(found.values())


def load(path: Path) -> PromptSet:
    """The prompt set in a file. Raises FollowmeError with one line a fault, each beginning FILE:LINE:."""
    return load_with_source(path)[0]


def load_with_source(path: Path, data: bytes | None = None) -> tuple[PromptSet, Source]:
    """The prompt set in a file, or in these bytes, and the file it is from. Raises as `load` does."""
    source = read(path, "a prompt set", data)
    reader = Reader((), source.table)
    found = read_set(reader, name_of(path))
    source.refuse(reader.faults)
    return found, source


def from_table(table: Mapping[str, Any], name: str) -> PromptSet:
    """The set that `to_table` made a table of. Raises FollowmeError where it is not one."""
    reader = Reader((), table)
    found = read_set(reader, name)
    # A plan may recall a question that it does not ask itself.
    faults = [fault for fault in reader.faults if fault.key != "recall"]
    if faults:
        raise FollowmeError(f"Its questions cannot be read: {faults[0].key}: {faults[0].text}.")
    return found


def name_of(path: Path) -> str:
    """The name of the set that a file with this path holds. Raises FollowmeError where it cannot be one."""
    name = path.stem
    if name in RESERVED_SETS:
        raise FollowmeError(
            f"{path}:1: the name {name!r} is kept for followme's own entries; rename the file"
        )
    if not re.fullmatch(r"\w[\w .-]{0,79}", name):
        raise FollowmeError(f"{path}:1: the file's name is the set's name; use letters, digits and hyphens")
    return name
