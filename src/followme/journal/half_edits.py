"""Half edits: what someone typed to change an answer, on the disk until it's in the journal or was discarded."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Collection
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from followme.frozen import frozen
from followme.journal import kept
from followme.journal.file.modes import private_folder, write_private
from followme.journal.file.paths import Paths
from followme.journal.sheets import Sheet, put_away, with_saved
from followme.model import Typed

FOLDER = "edits"
"""The folder in the state folder, where the files are too that an editor changes."""


@frozen
class HalfEdit:
    """What was typed for one answer or promise of an entry; `key` names it. The editor's sheets are beside its file."""

    path: Path
    entry: str
    key: str

    def begin(self) -> None:
        """Make its folder. Raises OSError."""
        private_folder(self.path.parent)

    def left(self) -> Typed:
        """Return what an earlier edit left, with what an editor saved for it; {} if there is nothing."""
        typed: dict[str, Typed] = {}
        with suppress(FileNotFoundError, ValueError, RecursionError):
            known = json.loads(kept.read(self.path))
            if isinstance(known, dict) and isinstance(known.get("typed"), dict):
                typed[self.key] = {
                    str(name): tuple(map(str, value)) if isinstance(value, list) else str(value)
                    for name, value in known["typed"].items()
                }
        return with_saved([self.path], typed).get(self.key, {})

    def keep(self, typed: Typed, *, sync: bool) -> bool:
        """Put what was typed on the disk, and return whether it's there."""
        try:
            text = json.dumps({"entry": self.entry, "typed": typed}, ensure_ascii=False)
            write_private(self.path, text.encode("utf-8", "replace"), sync=sync)
        except OSError:
            return False
        return True

    def drop(self) -> None:
        """Remove it, with the editor's sheets: it's in the journal now, or the person discarded it."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        put_away(self.path, with_words=True)


def half_edit(paths: Paths, entry: str, key: str) -> HalfEdit:
    """Return the half edit of an answer or a promise, in the first folder where it can be kept."""
    mark = sha256(f"{paths.real} {entry} {key}".encode(errors="replace")).hexdigest()[:12]
    found = [HalfEdit(home / FOLDER / f"{mark}.json", entry, key) for home in kept.homes(paths)]
    for one in found:
        with suppress(OSError):
            one.begin()
            return one
    return found[0]


def removals(paths: Paths, entries: Collection[str]) -> list[Callable[[], None]]:
    """Return what removes each half edit of these entries, those in an editor's folder too."""
    found: list[Callable[[], None]] = []
    for folder in (home / FOLDER for home in kept.homes(paths)):
        for path in kept.listed(folder, ".json"):
            with suppress(FileNotFoundError, ValueError, RecursionError):
                known = json.loads(kept.read(path))
                if isinstance(known, dict) and known.get("entry") in entries:
                    found.append(HalfEdit(path, "", "").drop)
        for path in kept.listed(folder, ""):
            sheet = Sheet(path)
            if sheet.before.get("entry") in entries:
                found.append(sheet.remove)
    return found


def change(paths: Paths, changed: Callable[[str], str]) -> None:
    """Change every text that was typed in a half edit. Raises OSError."""
    for folder in (home / FOLDER for home in kept.homes(paths)):
        for path in kept.listed(folder, ".json"):
            half = HalfEdit(path, "", "")
            if typed := half.left():
                new = {
                    name: changed(value) if isinstance(value, str) else tuple(map(changed, value))
                    for name, value in typed.items()
                }
                entry = json.loads(kept.read(path)).get("entry", "") if new != typed else ""
                if new != typed and not HalfEdit(path, entry, "").keep(new, sync=True):
                    raise OSError(errno.EIO, "it can't be written", str(path))
