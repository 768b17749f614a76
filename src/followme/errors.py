"""The errors a person may see: sentences, what to type next, the exit code, and words that they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from followme.hints import Command
from followme.hints import quoted as quoted


class FollowmeError(Exception):
    """An error the person can fix; the text says what happened and what to do next. Exit code 1.

    `commands` are what to type next.
    """

    code = 1

    def __init__(self, words: str = "", *commands: Command) -> None:
        super().__init__(words)
        self.commands = commands


class WrongUsage(FollowmeError):
    """The call itself is wrong: an unreadable date, answers that don't fit the set. Exit code 2."""

    code = 2


class NothingFound(FollowmeError):
    """Nothing fits what was asked for. Exit code 3."""

    code = 3


def no_entries() -> NothingFound:
    """Return the error for a journal that has no entry at all."""
    return NothingFound("There are no entries yet. Start with:", Command("reflect"))


class NotSaved(FollowmeError):
    """The entry isn't in the journal for certain. Exit code 1. `kept`: whether a draft on the disk has its words."""

    def __init__(self, words: str, *, kept: bool = False):
        super().__init__(words)
        self.kept = kept


class NotEdited(FollowmeError):
    """Something went wrong with the editor. `text` is the text that it saved nevertheless, None if it saved none."""

    def __init__(self, sentence: str, text: str | None = None) -> None:
        super().__init__(sentence)
        self.text = text


class Paused(FollowmeError):
    """The person stopped in the middle of a sitting; the draft is kept. Exit code 130."""

    code = 130


_NEAR = 0.7
"""How alike two words are that may be the same one, mistyped; 1 is the same word."""

MOST_LISTED = 100
"""The most faults of one file that are listed: a file of another kind may have thousands."""


def listed_faults(lines: Sequence[str]) -> list[str]:
    """Return the lines of the first faults, and a line that says how many more there are."""
    more = len(lines) - MOST_LISTED
    return [*lines[:MOST_LISTED], f"{more:,} more like these aren't listed."] if more > 0 else list(lines)


def near_names(word: str, known: Iterable[str], most: int = 1) -> list[str]:
    """Return the names that someone who typed this word may have meant, the likeliest first, but no far guess."""
    return get_close_matches(word, list(known), most, _NEAR)


def either(words: Sequence[str]) -> str:
    """Return the words as a choice: "a, b or c"."""
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


TOML_WANTED: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number",
    str: "text in quotes",
    list: "a list in brackets",
    dict: "a table in braces",
}
"""The types of TOML in plain words, for sentences on what a value must be."""


def toml_word(value: Any) -> str:
    """A TOML value's type in plain words, for sentences."""
    names = {bool: "true or false", int: "a number", float: "a number with a point", str: "text"}
    names |= {list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")
