"""Sheets: texts opened in the person's editor, each in a file of its own beside its draft."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from fnmatch import fnmatchcase
from hashlib import sha256
from itertools import count
from pathlib import Path

from followme.decoding import MOST_WORDS, text_of
from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.journal import kept
from followme.journal.file.modes import private_folder, why, write_private
from followme.model import Typed

_BEFORE = ".before.json"
_OPEN, _KEPT = ".editor-", ".kept-"


class Unread(FollowmeError):
    """The content of a sheet can't be read as text; the file stays."""


@frozen
class Sheet:
    """A text that is, or was, open in an editor. It has a folder of its own, where the editor's own files go too."""

    folder: Path
    name: str = "answer.md"

    @property
    def file(self) -> Path:
        """The file that the editor opens."""
        return self.folder / self.name

    @property
    def before(self) -> Mapping[str, str]:
        """What the sheet is about, with the text that was there first under "text"; {} if that can't be read."""
        with suppress(FileNotFoundError, ValueError, RecursionError):
            known = json.loads(kept.read(self.folder / _BEFORE))
            if (
                isinstance(known, dict)
                and "text" in known
                and all(isinstance(one, str) for one in known.values())
            ):
                return known
        return {}

    def begin(self, text: str, **about: str) -> None:
        """Write the text, readable by its owner alone, with a note on what it is about. Raises OSError."""
        private_folder(self.folder)
        data = text.encode("utf-8", "replace")
        self._note({**about, "text": data.decode()})
        write_private(self.file, data, sync=True)

    def saved(self) -> str | None:
        """Return what the editor saved, without the newline at its end, or None if nothing was changed.

        Raises Unread if it isn't a text that can be stored.
        """
        before = self.before.get("text")
        try:
            os.lstat(self.file)
            data = kept.read(self.file)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            raise Unread(why(error, self.file) if isinstance(error, OSError) else str(error)) from None
        try:
            text = before if before is not None and data == before.encode() else text_of(data)
        except ValueError:
            raise Unread("The text from the editor isn't UTF-8.") from None
        if len(text) > MOST_WORDS:
            raise Unread(f"The text from the editor has more than {MOST_WORDS:,} characters.")
        text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
        return None if before is not None and text == before.removesuffix("\n") else text

    def settle(self, text: str) -> None:
        """Note that this text is safe elsewhere, so that only later changes count. Raises OSError."""
        self._note({**self.before, "text": text})

    def keep(self) -> Path:
        """Move the sheet to a folder where it stays. Return its file; the old one if moving fails."""
        stem, _, mark = self.folder.name.partition(_OPEN)
        names = (self.folder.with_name(f"{stem}{_KEPT}{mark}-{number}") for number in count(1))
        to = next(name for name in names if not os.path.lexists(name))
        try:
            self.folder.rename(to)
        except OSError:
            return self.file
        return to / self.name

    def remove(self) -> None:
        """Remove the sheet, and all that the editor left there."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def has_words(self) -> bool:
        """Return whether it has words that are nowhere else: saved ones, or ones that a killed editor left."""
        try:
            names = {path.name for path in self.folder.iterdir() if not path.name.endswith("~")}
            return bool(names - {self.name, _BEFORE} or self.saved())
        except (Unread, OSError):
            return True

    def _note(self, known: Mapping[str, str]) -> None:
        data = json.dumps(known, ensure_ascii=False).encode("utf-8", "replace")
        write_private(self.folder / _BEFORE, data, sync=True)


def change(folder: Path, changed: Callable[[str], str]) -> None:
    """Change every text in the sheets of a folder, in those that were kept and in what an editor left too.

    Raises OSError.
    """
    for sheet in (Sheet(path) for path in kept.listed(folder, "") if path.is_dir() and not path.is_symlink()):
        for path in (sheet.folder / name for name in os.listdir(sheet.folder) if name != _BEFORE):
            with suppress(FileNotFoundError, ValueError):
                text = kept.read(path).decode()
                if (new := changed(text)) != text:
                    write_private(path, new.encode(), sync=True)
        if (before := sheet.before) and (new := changed(before["text"])) != before["text"]:
            sheet.settle(new)


# --- Beside a draft ---------------------------------------------------------------------------------------


def sheet_of(draft: Path, key: str, field: str) -> Sheet:
    """Return the sheet for one field of the sitting that has its draft in this file."""
    mark = sha256(f"{key} {field}".encode()).hexdigest()[:12]
    return Sheet(draft.with_name(f"{draft.stem}{_OPEN}{mark}"))


def with_saved(drafts: Iterable[Path], typed: Mapping[str, Typed]) -> Mapping[str, Typed]:
    """Return what was typed, together with what an editor saved for it. A sheet that isn't text is moved aside.

    If both were changed, the field has both: first the typed text, then the saved one.
    """
    merged = {key: dict(fields) for key, fields in typed.items()}
    for sheet in _sheets(drafts):
        before = sheet.before
        text, now = _taken(before, _news(sheet)), _typed(merged, before)
        if text and text not in now:
            blank = "\n\n" if before["way"] == "text" else " "
            both = text if now == before["text"] else f"{now}{blank}{text}".strip()
            merged.setdefault(before["key"], {})[before["field"]] = both
    return merged


def settle(drafts: Iterable[Path], typed: Mapping[str, Typed]) -> None:
    """Note which texts of the sheets are safe, since the draft has them now."""
    for sheet in _sheets(drafts):
        text, before = _news(sheet), sheet.before
        if text and _taken(before, text) in _typed(typed, before):
            with suppress(OSError):
                sheet.settle(text)


def put_away(draft: Path, *, with_words: bool) -> None:
    """Remove the sheets of a sitting that is over; without `with_words`, sheets with words of their own stay."""
    for sheet in _sheets([draft]):
        if sheet.has_words() and not with_words:
            sheet.keep()
        else:
            sheet.remove()
    for folder in set_aside(draft) if with_words else ():
        Sheet(folder).remove()


def are_beside(draft: Path) -> bool:
    """Return whether sheets of a sitting are there, open or kept."""
    return bool(_beside(draft, _OPEN) or _beside(draft, _KEPT))


def set_aside(draft: Path) -> list[Path]:
    """Return the folders with the sheets that were kept of a sitting; of every sitting if the name is a star."""
    return _beside(draft, _KEPT)


def _sheets(drafts: Iterable[Path]) -> list[Sheet]:
    return [Sheet(folder) for draft in drafts for folder in _beside(draft, _OPEN)]


def _beside(draft: Path, sign: str) -> list[Path]:
    """The folders beside a draft that have this sign, sorted; none if they are out of reach."""
    return [path for path in kept.listed(draft.parent, "") if fnmatchcase(path.name, f"{draft.stem}{sign}*")]


def _news(sheet: Sheet) -> str:
    """The text that was saved for a field since the draft had it last; "" if there is none."""
    try:
        return (sheet.saved() or "") if {"key", "field", "way"} <= set(sheet.before) else ""
    except Unread:
        sheet.keep()
        return ""


def _taken(before: Mapping[str, str], text: str) -> str:
    """The text in the form that its field has: a field of one line has no line breaks."""
    return text if before.get("way") == "text" else " ".join(text.split("\n"))


def _typed(typed: Mapping[str, Typed], before: Mapping[str, str]) -> str:
    value = typed.get(before.get("key", ""), {}).get(before.get("field", ""), "")
    return value if isinstance(value, str) else ""
