"""A file that a person wants written: checked first, then put in place whole or not at all."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from followme.env import Env
from followme.errors import FollowmeError
from followme.journal.file.append import PREAMBLE
from followme.journal.file.blocks import headers
from followme.journal.file.modes import write_private
from followme.shell.given import STDIN

JOURNAL, SETTINGS, SET, STATE = "your journal", "your settings", "a prompt set", "a draft or a backup"

_MARKS = codecs.BOM_UTF8 + codecs.BOM_UTF16_LE

_PIECE = 64 * 1024
"""About how many bytes are written at once."""

_HEAD = 1_000_000
"""How many bytes of a file are read to see whether it is a journal."""


def named(words: str) -> Path | None:
    """Return the file that these words name; None for "-", which is stdout."""
    return None if words == STDIN else Path(words)


def check(env: Env, target: Path, force: bool) -> None:
    """Raise FollowmeError unless the file may be written; an existing file needs `force`.

    Followme's own files are never replaced, and their paths are never taken.
    """
    try:
        known = os.stat(target)
    except (FileNotFoundError, NotADirectoryError):
        known = None
    except OSError as error:
        raise _unwritable(target, error) from error
    if known and not stat.S_ISREG(known.st_mode):
        raise FollowmeError(f"{target} isn't a file, so it was left alone. Name a file, or use - for stdout.")
    refuse_kept(env, target)
    if known and not force:
        raise FollowmeError(
            f"{target} already exists, so it was left alone. Replace it with --force, or name another."
        )


def refuse_kept(env: Env, target: Path, but: str = "") -> None:
    """Raise FollowmeError if the file is one of followme's own, by any name, or would be one.

    `but` is the sort of file that is allowed, such as SET.
    """
    try:
        kept = _kept_there(env, target)
    except OSError as error:
        raise _unwritable(target, error) from error
    if kept and kept != but:
        holds = "holds" if os.path.exists(target) else "is kept for"
        raise FollowmeError(f"{target} {holds} {kept}, so nothing else goes there. Name another file.")


def write_file(target: Path, text: str | Iterable[bytes]) -> None:
    """Put the text, or the pieces of its UTF-8, in the file's place as a whole, or leave the old file unchanged.

    If the path is a link, the file it leads to is replaced. A new file is readable only by its owner.
    Raises FollowmeError.
    """
    try:
        real = target.resolve()
        data = text.encode() if isinstance(text, str) else gathered(text)
        write_private(real, data, sync=False, temporary=free_ending(real))
    except OSError as error:
        raise _unwritable(target, error) from error


def gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in fewer and larger pieces."""
    waiting, size = [], 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size > _PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _kept_there(env: Env, target: Path) -> str:
    real = os.path.realpath(target)
    files = {JOURNAL: env.journal, SETTINGS: env.config_path}
    folders = {STATE: (env.state, *env.fallbacks), SET: env.prompt_folders}
    for what, path in files.items():
        if _same(target, path) or real.casefold() == os.path.realpath(path).casefold():
            return what
    for what, places in folders.items():
        for folder in filter(None, places):
            if Path(real).is_relative_to(os.path.realpath(folder)):
                return what
            if any(_same(target, path) for path in _files(folder)):
                return what
    return "a journal" if is_journal(target) else ""


def _same(one: Path, other: Path) -> bool:
    """Whether both names lead to the same existing file."""
    with suppress(OSError):
        return os.path.samefile(one, other)
    return False


def _files(folder: Path) -> Iterator[Path]:
    return (Path(at, name) for at, _, names in os.walk(folder) for name in names)


def is_journal(path: Path) -> bool:
    """Return whether it is a journal, with any name, encoding and line ends; the person's own or another."""
    with suppress(FileNotFoundError, NotADirectoryError), path.open("rb") as file:
        # In UTF-16 and UTF-32, ASCII characters have NUL bytes between them.
        head = file.read(_HEAD).replace(b"\0", b"").replace(b"\r", b"\n").lstrip(_MARKS)
        return head.startswith(PREAMBLE.encode()) or bool(headers(head))
    return False


def free_ending(path: Path) -> str:
    """Return an ending for the temporary name of a file, so that no file with that name exists."""
    endings = (f".part{number or ''}" for number in count())
    return next(ending for ending in endings if not os.path.lexists(f"{path}{ending}"))


def _unwritable(target: Path, error: OSError) -> FollowmeError:
    return FollowmeError(f"{target} couldn't be written ({error.strerror}). Name another place.")
