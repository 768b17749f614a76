"""Reads values from a TOML table and collects every fault instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from followme.errors import TOML_WANTED, either, near_names, quoted, toml_word
from followme.frozen import frozen, mutable
from followme.tables.positions import Position

MAX_TEXT = 2_000
MAX_LIST = 50


@frozen
class Fault:
    """What is wrong, the remedy, and where: the position of the table, and the key ("" for the table itself)."""

    position: Position
    key: str
    text: str


@mutable
class Reader:
    """Reads the values of one table. It collects what is wrong in `faults`; a wrong value counts as absent."""

    position: Position
    table: Mapping[str, Any]
    faults: list[Fault] = field(default_factory=list)

    def inside(self, key: str) -> list[Reader]:
        """Return a reader for each table of an array of tables."""
        tables = self.table.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            header = ".".join([part for part in self.position if not part.isdigit()] + [key])
            self.fault(key, f"it must be tables; write [[{header}]] before each")
            return []
        return [Reader((*self.position, key, str(at)), each, self.faults) for at, each in enumerate(tables)]

    def value(self, key: str, expected: type) -> Any:
        """Return the value of a key, None if it is absent or of the wrong type."""
        value = self.table.get(key)
        if value is None or (
            isinstance(value, expected) and not (expected is int and isinstance(value, bool))
        ):
            return value
        self.fault(key, f"it must be {TOML_WANTED[expected]}, not {toml_word(value)}")
        return None

    def text(self, key: str, *, needed: bool = False) -> str:
        """Return the text of a key, "" if it is absent."""
        if needed and key not in self.table:
            self.fault(key, f'it is missing; write {key} = "…"')
        words: str = self.value(key, str) or ""
        if needed and isinstance(self.table.get(key), str) and not words.strip():
            self.fault(key, "it is empty; write some words")
        if len(words) > MAX_TEXT:
            self.fault(key, f"it has {len(words)} characters, and {MAX_TEXT} is the limit; shorten it")
        return words

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list, () if it is absent."""
        words = self.value(key, list) or []
        fit = all(isinstance(text, str) and text.strip() and len(text) <= MAX_TEXT for text in words)
        if fit and len(words) <= MAX_LIST:
            return tuple(words)
        self.fault(key, f'it must be at most {MAX_LIST} texts in quotes, such as {key} = ["…", "…"]')
        return ()

    def number(self, key: str, low: int, high: int) -> int | None:
        """Return a whole number from `low` to `high`, None if it is absent."""
        value: int | None = self.value(key, int)
        if value is None or low <= value <= high:
            return value
        self.fault(key, f"{value} is out of range; write a number from {low} to {high}")
        return None

    def one_of(self, key: str, allowed: tuple[str, ...], default: str = "") -> str:
        """Return one of the allowed words; without a default, the key is needed."""
        word = self.text(key, needed=not default)
        if not word or word in allowed:
            return word or default
        near = near_names(word, allowed)
        hint = f"did you mean {near[0]!r}?" if near else f"it can be {either(allowed)}"
        self.fault(key, f"{quoted(word)} isn't known; {hint}")
        return default

    def known(self, keys: tuple[str, ...]) -> None:
        """Note a fault for every key that isn't one of these."""
        for key in self.table:
            if key not in keys:
                near = near_names(key, keys)
                self.fault(
                    key, f"the key isn't known; {f'did you mean {near[0]!r}?' if near else 'remove it'}"
                )

    def fault(self, key: str, text: str) -> None:
        """Note a fault at a key of this table."""
        self.faults.append(Fault(self.position, key, text))
