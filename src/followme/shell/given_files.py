"""The files that a person wants imported, read under limits: files, a folder of Markdown, or stdin."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from followme.env import Env
from followme.errors import FollowmeError
from followme.imports import File
from followme.journal.file.modes import open_to_read, why
from followme.shell.given import STDIN

MOST_BYTES = 500_000_000
"""The most bytes of a file that is read; a journal of thirty years has a tenth of that."""

_NOTES = (".md", ".markdown")


def files_at(env: Env, named: Iterable[str]) -> list[list[File]]:
    """Return the files at these paths, a group for each path: of a folder, all notes in it and below.

    Hidden folders and links are left out, as Obsidian keeps its own things there. Raises FollowmeError.
    """
    return [_group(env, words) for words in named]


def _group(env: Env, words: str) -> list[File]:
    if words == STDIN:
        return [File("stdin", env.stdin.buffer.read(MOST_BYTES))]
    path = Path(words).expanduser()
    if not path.is_dir():
        return [File(words, _read(path))]
    notes = [File(str(note.relative_to(path)), _read(note)) for note in sorted(_notes(path))]
    if not notes:
        raise FollowmeError(f"There are no Markdown notes in {path}, so nothing was imported.")
    return notes


def _notes(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            note = Path(place, name)
            if name.lower().endswith(_NOTES) and not name.startswith(".") and not note.is_symlink():
                yield note


def _read(path: Path) -> bytes:
    file = open_to_read(path)
    if file is None:
        raise FollowmeError(f"There's no file {path}, so nothing was imported.")
    with file:
        size = os.fstat(file.fileno()).st_size
        if size > MOST_BYTES:
            raise FollowmeError(
                f"{path} has {size:,} bytes, more than the {MOST_BYTES:,} that followme reads, so nothing was imported."
            )
        try:
            return file.read()
        except OSError as error:
            raise FollowmeError(f"{why(error, path)} Nothing was imported.") from error
