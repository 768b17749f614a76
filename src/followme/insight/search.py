"""Search: which answers, promises and notes have the words, whatever their case and accents, and where."""

from __future__ import annotations

import re
from codecs import register_error
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from unicodedata import normalize

from followme.frozen import frozen
from followme.model import OUTCOME, PROMISE, Answer, Entry

AROUND = 200
"""The most characters of an excerpt, without the ellipses at its ends."""

_GLUE = " · "
"""Stands between the items of a list, and between the parts of a promise."""

_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("\u2018\u2019", "'")
    | dict.fromkeys("\u201c\u201d", '"')
)
"""Letters and quotes that Unicode doesn't take apart, in the form in which most people type them."""


@dataclass(frozen=True)
class Search:
    """The words to look for; a word with blanks is a phrase, and part of a word is enough.

    One answer must have all of them, or any of them with `any_word`. With `exact`, case and accents count. `key` is the
    question to look at, PROMISE or OUTCOME for these, None for all. `in_questions` looks at wordings, not at answers.
    """

    words: tuple[str, ...]
    any_word: bool = False
    exact: bool = False
    key: str | None = None
    in_questions: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it has no word to look for, only blanks or accents."""
        return not self._parts

    def found(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where the words are in a text that has them, () for any other: offsets of beginnings and ends.

        Here and in `places`, the text's letters and their accents must be composed.
        """
        if not (self.exact or self._may_fit(_skeleton(text))):
            return ()
        matches = self._matches(text)
        return self._spans(text, matches) if self._together(matches) else ()

    def places(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where any of the words are in a text."""
        return self._spans(text, self._matches(text))

    def may_be_in(self, data: bytes) -> bool:
        """Return whether a block of the journal with these bytes may have the words, so that most need no parsing.

        It never says no to a block in which `hits` finds something.
        """
        if b"\\" in data and _HIDDEN.search(data):
            return True
        if self._named and self._named not in data:
            return False
        return self._may_fit(data if self._is_plain else _skeleton(data.decode(errors="replace")))

    def _matches(self, text: str) -> list[list[re.Match[str]]]:
        """For each word its matches in the text as it is compared."""
        compared = text if self.exact else _folded(text)
        return [list(pattern.finditer(compared)) for pattern in self._patterns]

    def _spans(self, text: str, matches: Iterable[Iterable[re.Match[str]]]) -> tuple[tuple[int, int], ...]:
        origins = range(len(text) + 1) if self.exact else _origins(text)
        # A match may end inside of "ß", or before an accent that has a character of its own.
        spans = {
            (origins[each.start()], max(origins[each.end() - 1] + 1, origins[each.end()]))
            for each in chain.from_iterable(matches)
        }
        return tuple(sorted(spans))

    def _together(self, found: Iterable[object]) -> bool:
        return any(found) if self.any_word else all(found)

    def _may_fit(self, skeleton: bytes) -> bool:
        return self._together(all(part in skeleton for part in parts) for parts in self._skeletons)

    @cached_property
    def _parts(self) -> tuple[tuple[str, ...], ...]:
        """The parts of each word or phrase, in the form in which they are compared."""
        each = ((normalize("NFC", word) if self.exact else fold(word)).split() for word in self.words)
        return tuple(map(tuple, filter(None, each)))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(r"\s+".join(map(re.escape, parts))) for parts in self._parts)

    @cached_property
    def _is_plain(self) -> bool:
        """Whether an answer with the words has them in its bytes as they are."""
        return self.exact and all(map(_PLAIN.fullmatch, chain.from_iterable(self._parts)))

    @cached_property
    def _skeletons(self) -> tuple[tuple[bytes, ...], ...]:
        make = str.encode if self._is_plain else _skeleton
        return tuple(tuple(map(make, parts)) for parts in self._parts)

    @cached_property
    def _named(self) -> bytes:
        """The key as it is in the bytes of a block that has an answer to it; b"" if that isn't certain."""
        key = self.key or ""
        return b"" if key in (PROMISE, OUTCOME) or not _PLAIN.fullmatch(key) else key.encode()


@frozen
class Hit:
    """A text that has the words: its entry, and the key and the wording of its question.

    For a promise and for what became of one, the key is PROMISE or OUTCOME, and the question is "". `places` has the
    offsets of the words in the text. Letters and their accents are composed in it. `private` says whether it or
    its entry is marked so. `ref` is the full reference of the promise that it is of, "" for an answer.
    """

    entry: Entry
    key: str
    question: str
    text: str
    places: tuple[tuple[int, int], ...]
    private: bool = False
    ref: str = ""

    def excerpt(self, most: int = AROUND) -> str:
        """Return up to `most` characters around the first words found, cut between words, with "…" where it's cut."""
        if len(self.text) <= most:
            return self.text
        first, end = self.places[0] if self.places else (0, 0)
        start = max(0, min(first - max(0, most - (end - first)) // 2, len(self.text) - most))
        stop = start + most
        # One character more on both sides, since a word may end just there.
        if start and (blank := re.search(r"\s", self.text[start - 1 : first])):
            start += blank.start()
        if stop < len(self.text) and (blank := re.search(r"\s\S*\Z", self.text[end : stop + 1])):
            stop = end + blank.start()
        before, after = "…" * (start > 0), "…" * (stop < len(self.text))
        return before + self.text[start:stop] + after


def hits(entries: Iterable[Entry], search: Search) -> Iterator[Hit]:
    """Yield every text of the entries that has the words, in the order of the entries."""
    for entry in entries:
        for key, question, text, private, ref in _texts(entry, search.in_questions):
            text = normalize("NFC", text)
            if search.key in (None, key) and (places := search.found(text)):
                yield Hit(entry, key, question, text, places, entry.private or private, ref)


def _texts(entry: Entry, in_questions: bool) -> Iterator[tuple[str, str, str, bool, str]]:
    """Each text of an entry, after its key and its question; then whether it is private itself, and its promise."""
    for answer in entry.answers:
        yield (
            answer.key,
            answer.question,
            answer.question if in_questions else said(answer),
            answer.private,
            "",
        )
    if not in_questions:
        for ref, made in entry.made:
            parts = (made.text, made.occasion, made.to, made.who)
            yield PROMISE, "", _GLUE.join(filter(None, parts)), made.private, ref
        for outcome in entry.outcomes:
            yield OUTCOME, "", outcome.note, False, outcome.promise


def said(answer: Answer) -> str:
    """Return the words of an answer, the fact behind it included; numbers, yes and no are none."""
    return _GLUE.join(filter(None, (*_written(answer), answer.fact)))


def _written(answer: Answer) -> tuple[str, ...]:
    """The words of a reply; numbers, yes and no are none."""
    if isinstance(answer.reply, str):
        return (answer.reply,)
    return answer.reply if isinstance(answer.reply, tuple) else ()


# --- Folding ----------------------------------------------------------------------------------------------


class _Folds(dict[int, str]):
    """What each character becomes without case and accents, by its number; found when it's first needed.

    `uneven` has those that don't become exactly one.
    """

    def __init__(self) -> None:
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        plain = _MARKS.sub("", normalize("NFD", normalize("NFD", chr(code)).casefold()))
        folded = self[code] = normalize("NFC", plain).translate(_ALIKE)
        if len(folded) != 1:
            self.uneven.add(chr(code))
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return the text without case, accents and typographic quotes; "ß" becomes "ss"."""
    return _folded(normalize("NFC", text))


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def _origins(text: str) -> Sequence[int]:
    """For each character of the text that has been folded, the offset of the one it comes from; and the text's end."""
    if text.isascii() or _FOLDS.uneven.isdisjoint(text):
        return range(len(text) + 1)
    return [*(place for place, sign in enumerate(text) for _ in _FOLDS[ord(sign)]), len(text)]


# What stays of a text is found fast, and of any two texts one can only be in the other if its skeleton is in the
# other's: characters beyond ASCII are gone, and so are those that TOML may write with a backslash.

_HIDDEN = re.compile(rb'\\[^"\\]')
"""An escape that may hide a letter, or a line folded by hand; followme writes none but for control characters."""

_PLAIN = re.compile(r"[!#-&(-:<-JL-\[\]-_a-~]+")
"""Characters that TOML never escapes, and that no other character is composed to, as the kelvin sign is to K."""


def _folded_ascii(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    return error.object[error.start : error.end].translate(_FOLDS).encode("ascii", "ignore"), error.end


register_error("followme.fold", _folded_ascii)


# Most accented letters are in Latin-1, where each is one byte. A table folds them all at once, without a call for each.

_LATIN = {bytes((code,)): fold(chr(code)).encode("ascii", "ignore") for code in range(256)}
_TABLE = b"".join(letters if len(letters) == 1 else sign for sign, letters in _LATIN.items())
_SEVERAL = {sign: letters for sign, letters in _LATIN.items() if len(letters) > 1}
_GONE = b"\"'\\" + b"".join(sign for sign, letters in _LATIN.items() if not letters)


def _skeleton(text: str) -> bytes:
    """The folded text in ASCII, without quotes and backslashes."""
    skeleton = text.encode("latin-1", "followme.fold").translate(_TABLE, _GONE)
    if not skeleton.isascii():
        for sign, letters in _SEVERAL.items():
            skeleton = skeleton.replace(sign, letters)
    return skeleton
