"""Copies of the journal beside it, as cloud folders and editors leave them: only looked at, never merged."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.hints import Command
from followme.insight.findings import Finding
from followme.insight.wording import all_counted, counted
from followme.journal.conflict_names import names_a_conflict
from followme.journal.file import blocks, parsing, reading
from followme.journal.file.modes import open_to_read
from followme.journal.file.parsing import BOM, NotParsed
from followme.journal.file.paths import REPLACEMENT
from followme.journal.file.slicing import USUAL

HEAD = 4096
"""How many bytes of a file show whether it is a journal."""

NEAR = 1_000_000
"""How many bytes at each end of two files show whether they share an entry: about six years of weeks."""

FEW = 8
"""Up to this many ids are searched one by one: that is quicker than collecting all ids of the journal."""

# Names of files with changes that no one saved, by Emacs and nano, and of files from before a change or merge.
_UNSAVED = re.compile(r"#\Z|\.save(\.\d+)?\Z", re.IGNORECASE)
_EARLIER = re.compile(r"~\Z|\.(bak|backup|old|orig)(\.\d+)?\Z", re.IGNORECASE)

# Other names ("journal (1)", "journal-MacBook Pro") may be anything, so the contents decide.
_JOURNAL = re.compile(rb"(?:\s|#[^\n]*\n)*(?:format[ \t]*=[ \t]*\d|\[\[[ \t]*entry[ \t]*\]\])")
_ID = re.compile(rb"\n[ \t]*id[ \t]*=[ \t]*[\"']([\w-]{1,60})[\"']")


@frozen
class Copy:
    """A copy beside the journal: how many of its entries, and of its unreadable parts, the journal lacks.

    `readable` is False if the whole file can't be read as a journal; then the counts are 0. An `earlier` copy was kept
    from before a change: entries that the journal lacks may have been deleted on purpose.
    """

    path: Path
    entries: int = 0
    unread: int = 0
    readable: bool = True
    earlier: bool = False

    @property
    def lacks(self) -> bool:
        """Whether it may have something that the journal lacks."""
        return bool(self.entries or self.unread) or not self.readable

    @property
    def waits(self) -> bool:
        """Whether someone should look at it."""
        return self.lacks and not self.earlier


def copies(journal: Path) -> Iterator[Copy]:
    """Yield the copies beside a journal, which is given by its real path.

    Every TOML file that begins like a journal is looked at, whatever its name, and so is every other file that has the
    journal's whole name in its own. A file counts if a cloud service gave it its name. Any other counts if it shares an
    entry with the journal, near the beginning or the end of both, and has something that the journal lacks: so backups
    and other journals don't count.
    """
    own: set[bytes] | None = None
    for path in _neighbors(journal):
        sure = _is_sure(path, journal)
        if not sure:
            if not _JOURNAL.match(_begin(path)):
                continue
            own = _ids_near_the_ends(journal) if own is None else own
        if sure or (own and own & _ids_near_the_ends(path)):
            copy = _copy(journal, path)
            if sure or (copy.lacks and copy.readable):
                yield copy


def _copy(journal: Path, path: Path) -> Copy:
    same = _same_beginning(journal, path)
    parts = _parts(path, same)
    if parts is None:
        return Copy(path, readable=False)
    if _EARLIER.search(path.name):
        return Copy(path, entries=len(_ids(parts) - _ids(_parts(journal) or frozenset())), earlier=True)
    own = _parts(journal, same) or frozenset()
    # Most copies differ from the journal only at their ends, so the rest of both needn't be parsed.
    if same and _may_be_before(journal, same, parts - own):
        parts, own = _parts(path) or frozenset(), _parts(journal) or frozenset()
    return _compared(path, parts, own)


def _may_be_before(journal: Path, end: int, parts: frozenset[bytes]) -> bool:
    """Whether the journal has an id of these parts before this offset, or a part has no id of its own to look for."""
    if not parts:
        return False
    ids = _ids(parts)
    if len(ids) < len(parts):
        return True
    with suppress(FollowmeError, OSError), _opened(journal) as file:
        before = file.read(end)
        return any(each in before for each in ids) if len(ids) <= FEW else bool(ids & {*_ID.findall(before)})
    return True


def findings(journal: Path) -> Iterator[Finding]:
    """Yield a finding for each copy beside the journal, with how much of it the journal lacks."""
    for each in copies(journal):
        what = f"{each.path.name} is beside the journal{_origin(each, journal)}."
        commands = (Command("merge", str(each.path)),) if each.waits and each.readable else ()
        yield Finding(kind="copy", what=what, remedy=_remedy(each), commands=commands, note=each.earlier)


def _origin(copy: Copy, journal: Path) -> str:
    """How the file came there, as far as its name shows."""
    if copy.earlier:
        return ", probably saved by an editor or a merge before a change"
    if _UNSAVED.search(copy.path.name):
        return ", probably left by an editor that was closed without saving"
    if _is_sure(copy.path, journal):
        return ", probably left by a cloud folder after two devices wrote at once"
    return " and is a copy of it, made by a cloud folder or by hand"


def _remedy(copy: Copy) -> str:
    if copy.earlier:
        lost = counted(copy.entries, "entry in it isn't", "entries in it aren't")
        return f"{lost} in the journal. If you didn't delete that, copy it to the journal's end."
    if not copy.readable:
        return "It can't be read as a journal. Look at it in a text editor before you move it elsewhere."
    if not copy.waits:
        return "All its entries are in the journal, so it can be moved elsewhere."
    missing = all_counted((copy.entries, "entry", "entries"), (copy.unread, "unreadable part"))
    verb, them = ("isn't", "it") if copy.entries + copy.unread == 1 else ("aren't", "them")
    return f"{missing} of it {verb} in the journal. To bring {them} in:"


def _neighbors(journal: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(
            path
            for path in journal.parent.iterdir()
            if (path.suffix in (".toml", journal.suffix, ".bak") or journal.name in path.name)
            and path.name != journal.name
            and not path.name.endswith(REPLACEMENT)
            and _is_another(path, journal)
        )
    return []


def _is_another(path: Path, journal: Path) -> bool:
    """Whether it's an ordinary file, and not the journal by another name."""
    with suppress(OSError):
        return os.path.isfile(path) and not os.path.samefile(path, journal)
    return False


def _is_sure(path: Path, journal: Path) -> bool:
    rest = path.name.removeprefix(journal.stem)
    return rest != path.name and names_a_conflict(rest)


def _opened(path: Path) -> BinaryIO:
    """The file, opened to be read. Raises CannotOpen, and FileNotFoundError if nothing is there."""
    if (file := open_to_read(path)) is None:
        raise FileNotFoundError(path)
    return file


def _begin(path: Path) -> bytes:
    with suppress(FollowmeError, OSError), _opened(path) as file:
        return file.read(HEAD).removeprefix(BOM)
    return b""


def _ids_near_the_ends(path: Path) -> set[bytes]:
    with suppress(FollowmeError, OSError), _opened(path) as file:
        begin = file.read(NEAR)
        file.seek(max(len(begin), file.seek(0, os.SEEK_END) - NEAR))
        return set(_ID.findall(b"\n".join((b"", begin, file.read()))))
    return set()


def _same_beginning(one: Path, other: Path) -> int:
    """The offset of the last usual header before which two files have the same bytes; 0 if there is none."""
    same = at = 0
    with suppress(FollowmeError, OSError), _opened(one) as first, _opened(other) as second:
        while (chunk := first.read(reading.CHUNK)) and chunk == second.read(reading.CHUNK):
            if (header := chunk.rfind(b"\n" + USUAL)) >= 0:
                same = at + header + 1
            at += len(chunk)
    return same


def _parts(path: Path, start: int = 0) -> frozenset[bytes] | None:
    """The parts from one header line to the next, without blank lines around them; None if the file can't be read.

    The lines before the first header are one more part if they can't be read. With a `start`, only parts after it.
    """
    with suppress(FollowmeError, OSError):
        with _opened(path) as file:
            reading.check_is_text(path, file.read(reading.HEAD))
            file.seek(start)
            data = file.read().removeprefix(BOM).replace(b"\r\n", b"\n")
        starts = [*blocks.headers(data), len(data)]
        parts = [data[start:end].strip() for start, end in itertools.pairwise(starts)]
        return frozenset(parts if _is_preamble(data[: starts[0]]) else [data[: starts[0]].strip(), *parts])
    return None


def _is_preamble(data: bytes) -> bool:
    try:
        return "date" not in parsing.parse(data)
    except NotParsed:
        return False


def _ids(parts: frozenset[bytes]) -> set[bytes]:
    return {match[1] for part in parts if (match := _ID.search(part))}


def _compared(path: Path, parts: frozenset[bytes], own: frozenset[bytes]) -> Copy:
    """The copy, compared with the journal. Parts with other bytes but the same values aren't lacking."""
    rest = parts - own
    if not rest:
        return Copy(path)
    ids = _ids(rest)
    near = [part for part in own if (match := _ID.search(part)) and match[1] in ids]
    known = {repr(table) for part in near if not isinstance(table := blocks.attempt(part), NotParsed)}
    tables = [blocks.attempt(part) for part in rest]
    unread = sum(isinstance(table, NotParsed) for table in tables)
    lacking = sum(not isinstance(table, NotParsed) and repr(table) not in known for table in tables)
    return Copy(path, entries=lacking, unread=unread)
