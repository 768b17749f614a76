"""A draft as a file: everything needed to continue a reflection, with every value checked when it is read."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import tomli_w

from followme import toml
from followme.dates import monday
from followme.decoding import text_of
from followme.frozen import frozen
from followme.insight.entry_tables import from_table
from followme.journal import kept
from followme.journal.file.blocks import headers
from followme.journal.file.codec import storable
from followme.journal.file.parsing import parse_block
from followme.model import Entry, Progress

FORMAT = 1

_LONGEST = 366 * 24 * 3600.0
"""The most seconds that a reflection can have taken."""

T = TypeVar("T")


@frozen(kw_only=True)
class Pending:
    """The text that is about to be added to the journal, kept in the draft until it is there for certain.

    `size` is the journal's size in bytes before; None if no try was made yet. `record` has the blocks of the entries,
    and `lead` the text between the journal's end and them.
    """

    record: str
    lead: str = ""
    size: int | None = None

    @property
    def data(self) -> bytes:
        """The bytes that belong at `size`."""
        return (self.lead + self.record).encode()

    @property
    def records(self) -> list[bytes]:
        """The blocks that are about to be added: one for each entry."""
        data = self.record.encode()
        return [data[start:end] for start, end in pairwise([0, *headers(data)[1:], len(data)])]

    @property
    def entries(self) -> list[Entry]:
        """The entries that are about to be added. Raises ValueError if a block holds none."""
        return [from_table(parse_block(record)) for record in self.records]

    @property
    def digest(self) -> str:
        """A checksum that shows whether a draft is damaged."""
        return sha256(self.data).hexdigest()


@frozen(kw_only=True)
class Draft(Progress):
    """An unfinished sitting, with all that is needed to continue it even if its prompt set has changed.

    `journal` is the real path of the journal it belongs to, `seconds` the active time so far, `plan` the
    questions of this sitting. `pending` is set once the sitting is finished.
    """

    id: str
    journal: str
    set: str
    week: str
    started: datetime
    seconds: float = 0.0
    plan: Mapping[str, Any] = field(default_factory=dict)
    pending: Pending | None = None


def load(path: Path) -> Draft:
    """Return the draft in a file. Raises ValueError with a sentence, and FileNotFoundError."""
    try:
        draft = from_toml(_text(kept.read(path)))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"The draft {path} can't be read: {str(error).removesuffix('.')}.") from error
    if draft.id != path.stem:
        raise ValueError(f"The draft {path} has another id inside: {draft.id}.")
    return draft


def _text(data: bytes) -> str:
    """The text in these bytes. Someone may have saved the draft in an editor, in another encoding."""
    try:
        return text_of(data)
    except ValueError:
        raise ValueError("it isn't UTF-8 text") from None


def latest(path: Path) -> Draft:
    """Return the draft in a file as `load` does, and read the file again only when it has changed."""
    return _as_of(path, kept.version(path))


@lru_cache(maxsize=16)
def _as_of(path: Path, version: tuple[int, ...]) -> Draft:
    return load(path)


def to_toml(draft: Draft) -> str:
    """Return the draft as a TOML document."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "id": draft.id,
        "journal": draft.journal,
        "set": draft.set,
        "week": draft.week,
        "started": draft.started,
        "seconds": float(draft.seconds),
        "done": draft.done,
        "at": draft.at,
        "plan": draft.plan,
        "typed": draft.typed,
    }
    if pending := draft.pending:
        document["ahead"] = {"digest": pending.digest, "lead": pending.lead, "record": pending.record}
        if pending.size is not None:
            document["ahead"]["size"] = pending.size
    # A file can't have lone surrogates; carriage returns are escaped already.
    return storable(tomli_w.dumps(document))


def from_toml(text: str) -> Draft:
    """Return the draft in a TOML document. Raises ValueError if there is none in it."""
    table = toml.loads(text)
    if _of(int, table, "format") > FORMAT:
        raise ValueError("it was written by a newer followme")
    draft = Draft(
        id=_of(str, table, "id"),
        journal=_of(str, table, "journal"),
        set=_of(str, table, "set"),
        week=_of(str, table, "week"),
        started=_aware(_of(datetime, table, "started")),
        seconds=_within(_of(float, table, "seconds"), _LONGEST),
        plan=_of(dict, table, "plan"),
        typed={key: _fields(fields) for key, fields in _of(dict, table, "typed").items()},
        done=_texts(_of(list, table, "done")),
        at=_of(str, table, "at"),
        pending=_pending(_of(dict, table, "ahead")) if "ahead" in table else None,
    )
    if draft.pending is None:
        # An unfinished sitting needs its week; a finished one has it in its entry.
        monday(draft.week)
    return draft


def _of(kind: type[T], table: Mapping[str, Any], key: str) -> T:
    """The value of a key. Raises ValueError if it is missing or of another type; true isn't a whole number."""
    value = table.get(key)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f'it has no "{key}"' if value is None else f'its "{key}" has the wrong type')
    return value


def _within(number: float, most: float) -> float:
    if not (math.isfinite(number) and 0 <= number <= most):
        raise ValueError(f"it has a number that is out of range: {number}")
    return number


def _texts(values: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise ValueError("a text in it is damaged")
    return tuple(values)


def _fields(fields: object) -> dict[str, str | tuple[str, ...]]:
    if not isinstance(fields, dict):
        raise ValueError("an answer in it is damaged")
    return {
        name: _texts(value) if isinstance(value, list) else _of(str, fields, name)
        for name, value in fields.items()
    }


def _pending(table: Mapping[str, Any]) -> Pending:
    size = int(_within(_of(int, table, "size"), 1e15)) if "size" in table else None
    pending = Pending(record=_of(str, table, "record"), lead=_of(str, table, "lead"), size=size)
    try:
        if pending.digest == table.get("digest") and pending.entries:
            return pending
    except ValueError:
        pass
    raise ValueError("the entry in it is damaged")


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("it doesn't say when it was started")
    return moment
