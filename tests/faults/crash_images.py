"""What a disk may hold after a power cut: calls are recorded, and every state they allow is made.

The rules are harsher than most file systems. Of what was written to a file and not synced, nothing, all, a
beginning, or NUL bytes in its place may be there. Of what was changed in a folder and not synced, any part
may be there: a file made, renamed or removed, each kept or lost by itself.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest

PAGE = 400
"""Smaller than a real page, so that a short record can be torn in many places."""

Image = dict[str, bytes | None]
"""Paths and what is in them; None is a folder."""


@dataclass
class File:
    """The content that is on the disk for certain, and what may have been done to it since."""

    safe: bytes = b""
    pending: list[tuple[int, bytes]] = field(default_factory=list)

    def states(self) -> set[bytes]:
        found = {now := self.safe}
        for start, data in self.pending:
            if data:
                for cut in range(PAGE, len(data), PAGE):
                    found.add(now[:start] + data[:cut])
                    found.add(now[:start] + data[:cut] + bytes(len(data) - cut))
                    found.add(now[:start] + bytes(cut) + data[cut:])
                found.add(now[:start] + bytes(len(data)))
            now = now[:start] + data
            found.add(now)
        return found

    def sync(self) -> None:
        for start, data in self.pending:
            self.safe = self.safe[:start] + data
        self.pending = []


class Disk:
    """The folder `root` as a disk whose power may fail; unknown to it are files that `ignored` names."""

    def __init__(self, root: Path, ignored: tuple[str, ...] = (".lock", ".holder", ".json")):
        self.root = str(root)
        self.ignored = ignored
        self.files: list[File] = []
        self.names: dict[str, int | None] = {}
        self.pending: list[tuple[str, str, int | None]] = []
        self.images: dict[frozenset[tuple[str, bytes | None]], Image] = {}
        self.open: dict[int, str | int] = {}
        self.real = {
            name: getattr(os, name)
            for name in ("open", "write", "fsync", "close", "replace", "link", "unlink", "mkdir")
        } | {"ftruncate": os.ftruncate}
        for path in sorted(root.rglob("*")):
            if self.knows(path):
                self.names[str(path)] = None if path.is_dir() else self.file(path.read_bytes())

    def file(self, content: bytes = b"") -> int:
        self.files.append(File(content))
        return len(self.files) - 1

    def knows(self, path: Any) -> bool:
        return str(path).startswith(self.root) and not str(path).endswith(self.ignored)

    def now(self) -> dict[str, int | None]:
        """The names as a running program sees them."""
        return self.after(self.pending)

    def after(self, changes: list[tuple[str, str, int | None]]) -> dict[str, int | None]:
        names = dict(self.names)
        for path, gone, made in changes:
            if gone:
                names.pop(gone, None)
            if path:
                names[path] = made
        return names

    def power_cut(self) -> Iterator[Image]:
        """Every state that the disk may be in if the power fails now."""
        for kept in product([True, False], repeat=len(self.pending)):
            names = self.after([one for one, keep in zip(self.pending, kept, strict=True) if keep])
            whole = {
                path: number for path, number in names.items() if os.path.dirname(path) in {*names, self.root}
            }
            used = sorted({number for number in whole.values() if number is not None})
            for contents in product(*(sorted(self.files[number].states()) for number in used)):
                there = dict(zip(used, contents, strict=True))
                yield {path: None if number is None else there[number] for path, number in whole.items()}

    def changed(self) -> None:
        for image in self.power_cut():
            self.images[frozenset(image.items())] = image

    def put_back(self, image: Image) -> None:
        """Make the folder look like this."""
        shutil.rmtree(self.root)
        os.mkdir(self.root)
        for path, content in sorted(image.items()):
            if content is None:
                os.mkdir(path)
            else:
                Path(path).write_bytes(content)


def recorded(disk: Disk, patch: pytest.MonkeyPatch) -> None:
    """From now on the system's calls reach the disk."""
    real = disk.real

    def opening(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        new = not os.path.lexists(path)
        handle: int = real["open"](path, flags, mode, **more)
        name = os.fspath(path)
        if disk.knows(path):
            if new:
                disk.pending.append((name, "", disk.file()))
            known = disk.now().get(name)
            disk.open[handle] = name if known is None else known
            if flags & os.O_TRUNC and isinstance(known, int) and not new:
                disk.files[known].pending.append((0, b""))
            disk.changed()
        elif name == disk.root:
            disk.open[handle] = name
        return handle

    def writing(handle: int, data: Any) -> int:
        start = os.fstat(handle).st_size
        count: int = real["write"](handle, data)
        if isinstance(number := disk.open.get(handle), int):
            disk.files[number].pending.append((start, bytes(data[:count])))
            disk.changed()
        return count

    def truncating(handle: int, size: int) -> None:
        real["ftruncate"](handle, size)
        if isinstance(number := disk.open.get(handle), int):
            disk.files[number].pending.append((size, b""))
            disk.changed()

    def syncing(handle: int) -> None:
        real["fsync"](handle)
        number = disk.open.get(handle)
        if isinstance(number, int):
            disk.files[number].sync()
        elif isinstance(number, str):
            here = [one for one in disk.pending if os.path.dirname(one[0] or one[1]) == number]
            disk.names = disk.after(here)
            disk.pending = [one for one in disk.pending if one not in here]
        disk.changed()

    def closing(handle: int) -> None:
        disk.open.pop(handle, None)
        real["close"](handle)

    def renaming(old: Any, new: Any) -> None:
        number = disk.now().get(os.fspath(old))
        real["replace"](old, new)
        if disk.knows(new):
            disk.pending.append((os.fspath(new), os.fspath(old), number))
            disk.changed()

    def linking(old: Any, new: Any) -> None:
        real["link"](old, new)
        if disk.knows(new):
            disk.pending.append((os.fspath(new), "", disk.now().get(os.fspath(old))))
            disk.changed()

    def removing(path: Any, **more: Any) -> None:
        real["unlink"](path, **more)
        if disk.knows(path):
            disk.pending.append(("", os.fspath(path), None))
            disk.changed()

    def making(path: Any, mode: int = 0o777, **more: Any) -> None:
        real["mkdir"](path, mode, **more)
        if disk.knows(path):
            disk.pending.append((os.fspath(path), "", None))
            disk.changed()

    ours = {
        "open": opening,
        "write": writing,
        "fsync": syncing,
        "close": closing,
        "replace": renaming,
        "link": linking,
    }
    for name, function in {**ours, "unlink": removing, "mkdir": making, "ftruncate": truncating}.items():
        patch.setattr(os, name, function)
