"""Prompt sets from files: found by name or path, read within limits, every fault with file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from followme.errors import FollowmeError, WrongUsage, near_names, quoted
from followme.hints import Command
from followme.model import RESERVED_SETS, PromptSet
from followme.promptfile.folders import all_files, file_of, is_out_of_reach
from followme.promptfile.reader import read_set
from followme.tables.reader import Fault, Reader
from followme.tables.tomlfile import TomlFile, read


def find(name: str, folders: Sequence[Path]) -> Path:
    """Return the file of a set. A name with a slash or with .toml at its end is a path; others are looked up in order.

    Raises WrongUsage if there's no such file.
    """
    if path := file_of(name, folders):
        return path
    known = [path.stem for path in all_files(folders)]
    near = near_names(name.casefold(), known)
    meant = f"; did you mean {near[0]!r}?" if near else "."
    meant += "".join(f" {folder} can't be read." for folder in folders if is_out_of_reach(folder))
    raise WrongUsage(
        f"There's no prompt set {quoted(name)}{meant} The sets are: {', '.join(known) or 'none'}. "
        "To use a file of your own, give its path, such as ./mine.toml; to start one:",
        Command("prompts", "new", "NAME"),
    )


def load(path: Path) -> PromptSet:
    """Return the prompt set in a file. Raises FollowmeError with one line for each fault, beginning with FILE:LINE:."""
    prompt_set, file, faults = load_with_faults(path)
    file.refuse(faults)
    return prompt_set


def load_with_faults(path: Path, data: bytes | None = None) -> tuple[PromptSet, TomlFile, list[Fault]]:
    """Return the set in a file, or in these bytes, as far as it can be read, with its file and its faults.

    Raises FollowmeError if nothing of it can be read.
    """
    file = read(path, "a prompt set", data)
    reader = Reader((), file.table)
    return read_set(reader, name_of(path)), file, reader.faults


def from_table(table: Mapping[str, Any], name: str) -> PromptSet:
    """Return the set that `to_table` turned into this table. Raises FollowmeError if the table is not a set."""
    reader = Reader((), table)
    prompt_set = read_set(reader, name)
    # A plan may recall a question that it does not ask itself.
    faults = [fault for fault in reader.faults if fault.key != "recall"]
    if faults:
        raise FollowmeError(f"Its questions can't be read: {faults[0].key}: {faults[0].text}.")
    return prompt_set


def name_of(path: Path) -> str:
    """Return the name of the set in a file with this path. Raises FollowmeError if a set can't have that name."""
    name = path.stem
    if name in RESERVED_SETS:
        raise FollowmeError(
            f"{path}:1: the name {name!r} is reserved for followme's own entries; rename the file"
        )
    if not re.fullmatch(r"\w[\w .-]{0,79}", name):
        raise FollowmeError(f"{path}:1: the file's name is the set's name; use letters, digits and hyphens")
    return name
