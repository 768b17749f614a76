"""Names of people in a text: after an `@`, in a field for names, and those that are known, as whole words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_EVERYONE = frozenset({"all", "here", "channel"})
"""What chats call everyone; these are no names."""

_MARKED = r"(?<![^\s(\[{])@([^\s,;:!?()\[\]{}<>\"“”…—–&+/]+)"
_AT_ITS_END = ".'’-_*"
_POSSESSIVE = "['’][sS]$"
_BEFORE = r"(?<![\w@])(?<!\w[.-])"
_AFTER = r"(?![\w\u0300-\u036f]|[\w.+-]*@\w)"
"""What stands around a whole word that isn't part of an address."""

_JOINTS = r"(?i)\s*(?:[,;&+/]|(?<=\s)(?:and|or)(?=\s))\s*"


_WORDS, _MANY_WORDS = 4, 6
"""The most words of a name, without capitals and with them."""


class Spot(NamedTuple):
    """The offsets of a name in a text, without the `@` before it, and whether it has one."""

    start: int
    end: int
    marked: bool


def is_name(word: str) -> bool:
    """Whether this word is a name where it stands after an `@`: letters, `'`, `-`, and `_` for a blank."""
    letters = [unicodedata.category(sign)[0] in "LM" for sign in word]
    joints = [sign in "'’-_" for sign in word]
    written = bool(word) and letters[0] and letters[-1] and all(map(max, letters, joints))
    return written and word.casefold() not in _EVERYONE


def marked(text: str) -> Iterator[Spot]:
    """Yield the names that stand after an `@`, at the beginning of a line, or after a blank or a bracket."""
    for match in re.finditer(_MARKED, text) if "@" in text else ():
        name = re.sub(_POSSESSIVE, "", match[1].rstrip(_AT_ITS_END))
        if is_name(name):
            yield Spot(match.start(1), match.start(1) + len(name), True)


def listed(text: str) -> Iterator[Spot]:
    """Yield the names in a text that has nothing else: one, or several between commas or "and"."""
    start = 0
    for joint in (*re.finditer(_JOINTS, text), None):
        words = text[start : joint.start() if joint else None]
        name = words.strip()
        at = start + words.find(name)
        spot = Spot(at + name.startswith("@"), at + len(name), name.startswith("@"))
        if spelled(text, spot):
            yield spot
        start = joint.end() if joint else start


def spelled(text: str, spot: Spot) -> str:
    """Return a name as it is spelled at this spot, with single blanks."""
    name = text[spot.start : spot.end]
    return " ".join((name.replace("_", " ") if spot.marked else name).split())


def unmarked(name: str) -> str:
    """Return the names that were typed where nothing else fits, without the `@` that people put before one."""
    for spot in reversed([*listed(name)]):
        if spot.marked and is_name(word := name[spot.start : spot.end]):
            name = name[: spot.start - 1].lstrip() + word.replace("_", " ") + name[spot.end :].rstrip()
    return name


def are_names(text: str) -> bool:
    """Whether a text that should have nothing but names may have them: one, or several between commas or "and".

    After a name with an `@` only such names follow. A name of many words, or of several in a list with a comma, has its
    capitals; without them it's a clause.
    """
    found = list(listed(text))
    if not found or (found[0].marked and not all(spot.marked for spot in found)):
        return False
    most = 1 if "," in text or ";" in text else _WORDS
    return all(
        is_name(text[spot.start : spot.end])
        if spot.marked
        else _is_short(text[spot.start : spot.end].split(), most)
        for spot in found
    )


def _is_short(words: list[str], most: int) -> bool:
    has_capitals = not (words[0][0].islower() or words[-1][0].islower())
    return len(words) <= (_MANY_WORDS if has_capitals else most)


def same_name(name: str) -> str:
    """Return a form of the name that is equal for every spelling of it, with an `@` before it or without."""
    words = name.strip()
    if words.startswith("@"):
        words = words.replace("_", " ").lstrip("@ ")
    return unicodedata.normalize("NFC", " ".join(words.split()).casefold())


def is_same_name(one: str, other: str) -> bool:
    """Return whether these two spellings name the same person; an empty name names no one."""
    return bool(one.strip()) and same_name(one) == same_name(other)


class Known:
    """The names that are known, and where a text has them: after an `@`, or as whole words with their capitals."""

    def __init__(self, spellings: Iterable[str]):
        # Of "Ana" and "Ana Ruiz", the longer one is meant where both fit.
        forms = sorted({form for each in set(spellings) for form in _forms(each)}, key=len, reverse=True)
        words = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
        self._pattern = re.compile(rf"{_BEFORE}(?:{words}){_AFTER}") if words else None

    def spots(self, text: str) -> list[Spot]:
        """Return where the text has a name: any that stands after an `@`, and the known ones."""
        found = list(marked(text))
        for match in self._pattern.finditer(text) if self._pattern else ():
            start, end = match.span()
            # A hyphen joins names, as in "Ana-Lena", or makes one an adjective.
            joined = text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper()
            if not (joined or any(each.start < end and start < each.end for each in found)):
                found.append(Spot(start, end, False))
        return sorted(found)

    def spots_of(self, name: str, text: str) -> list[Spot]:
        """Return where the text names this person."""
        return [spot for spot in self.spots(text) if is_same_name(spelled(text, spot), name)]


def _forms(spelling: str) -> Iterator[str]:
    """The spellings to look for: as typed, unless that has no capital, and each word with one where that's less usual.

    A single letter is none: too many other words are one.
    """
    if len(unicodedata.normalize("NFC", spelling.strip())) < 2:
        return
    forms = [] if spelling.islower() else [spelling]
    if spelling.islower() or spelling.isupper():
        forms.append(" ".join(word[:1].upper() + word[1:].lower() for word in spelling.split()))
    for form in forms:
        yield from (unicodedata.normalize(form_of, form) for form_of in ("NFC", "NFD"))
