"""From the bytes of one block to its table: by the fast reader, and if it refuses them, by the standard one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from followme import toml

try:
    import rtoml
except ImportError:  # No wheel for this Python: the standard reader does it alone.
    _fast: Callable[[str], dict[str, Any]] | None = None
else:
    _fast = rtoml.loads

LARGE = 1_000_000
"""For texts with more characters, the fast reader's verdict counts: the standard one takes ten times as long."""

MOST_SIGNS = 100_000
"""A text with more characters that build tables is refused: each costs the readers up to 200 bytes of memory."""

BOM = b"\xef\xbb\xbf"

HEADER = r"(?:{bom})?[ \t]*\[\[[ \t]*(?:entry|\"entry\"|'entry')[ \t]*\]\][ \t]*(?:#[^\n]*)?\r?"
"""The pattern of a line that begins an entry; `bom` is the byte order mark, as text or as bytes."""

_PLACE = r" ?\(at line (\d+), column (\d+)\)"
_FAST_PLACE = r"at line (\d+) column \d+$"
_REFUSED = "It isn't TOML."
_UTF16 = rb"\xff\xfe|\xfe\xff|(?:[\t-~]\x00){8}|(?:\x00[\t-~]){8}"


# A text without an open string: anything but quotes, strings of all four kinds, and comments. `re` compiles it late.
_CLOSED = r"""(?sx) (?: [^"'#]++ | \"{3} (?: [^"\\]++ | \\. | "(?!"") )*+ "{3,5} | '{3} (?: [^']++ | '(?!'') )*+ '{3,5}
    | "(?!"") (?: [^"\\\n]++ | \\[^\n] )*+ " | '(?!'') [^'\n]*+ ' | \#[^\n]*+ )*+"""


# Strings and comments, or characters outside of them; an open string goes on to the end.
_SIGNS = r"""(?sx) \"{3} (?: [^"\\]++ | \\. | "(?!"") )*+ (?:"{3,5}|\Z) | '{3} (?: [^']++ | '(?!'') )*+ (?:'{3,5}|\Z)
    | "(?!"") (?: [^"\\\n]++ | \\[^\n] )*+ "? | '(?!'') [^'\n]*+ '? | \#[^\n]*+ | [.,=\[\]{}]"""


class NotParsed(ValueError):
    """Bytes couldn't be parsed. `sentence` says why, and `line` is the line in them (from 1; 0 for no single line).

    `is_open` says that they end inside a string, so that the bytes after them may belong to them.
    """

    __slots__ = ("is_open", "line", "sentence")

    def __init__(self, sentence: str, line: int = 0, *, is_open: bool = False):
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line
        self.is_open = is_open


def parse_block(data: bytes, *, verdict: bool = True) -> Mapping[str, object]:
    """Return the table of the one entry in these bytes. Raises NotParsed.

    All reading of entries calls this once for each block tried. Without a `verdict`, the fast reader alone decides,
    and the error doesn't say why.
    """
    document = parse(data, verdict=verdict)
    entries = document.get("entry")
    if not isinstance(entries, list) or len(entries) != 1:
        raise NotParsed("It doesn't hold exactly one entry.")
    entry: Mapping[str, object] = entries[0]
    _refuse_swallowed(document, entry)
    return entry


def parse_sound(blocks: Iterable[bytes]) -> list[Mapping[str, object]]:
    """Return the tables of sound blocks with one entry each, parsed at once, which is faster. Raises NotParsed.

    No string may be open at the end of a line, so that no block continues in the next one.
    """
    document = parse(b"".join(blocks), verdict=False)
    entries: list[Mapping[str, object]] = document.get("entry", [])
    for entry in entries:
        _refuse_swallowed({}, entry)
    return entries


def parse(data: bytes, *, verdict: bool = True) -> dict[str, Any]:
    """Return the tables of TOML bytes. Raises NotParsed."""
    text = decode(data)
    _refuse_too_many_signs(text)
    if _fast:
        try:
            return _fast(text)
        except ValueError as error:
            if not verdict:
                raise NotParsed(_REFUSED) from None
            if len(text) > LARGE:
                raise _explain_quickly(str(error), text) from None
            # The standard reader decides, and says why.
    try:
        return toml.loads(text)
    except ValueError as error:
        raise _explain(str(error), text) from None


def _refuse_too_many_signs(text: str) -> None:
    """Raise NotParsed for hundreds of thousands of keys and brackets. A string counts as one, however long it is."""
    if len(text) > MOST_SIGNS and (over := next(islice(re.finditer(_SIGNS, text), MOST_SIGNS, None), None)):
        line = text.count("\n", 0, over.start()) + 1
        raise NotParsed(
            f"It has more than {MOST_SIGNS:,} keys, values and brackets, too many for one entry.", line
        )


def decode(data: bytes) -> str:
    """Return the text of a block, with LF line ends. Raises NotParsed for bytes that aren't UTF-8 text."""
    data = data.removeprefix(BOM)
    # One sign is found far faster than two.
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise NotParsed("It holds NUL bytes, as a power cut can leave where text was.", line)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotParsed(
            "It isn't UTF-8 text; another program may have saved it in another encoding.", line
        ) from None


def is_utf16(head: bytes) -> bool:
    """Return whether these first bytes of a file look like UTF-16."""
    return re.match(_UTF16, head) is not None


def _refuse_swallowed(document: Mapping[str, Any], entry: Mapping[str, object]) -> None:
    """Raise NotParsed if a neighbor lost its header line, so that its lines seem to be this entry's."""
    others = [value for name, value in document.items() if name != "entry"]
    for part in ("answer", "promise", "outcome"):
        others.append(entry.get(part))
    for table in others:
        for row in table if isinstance(table, list) else [table]:
            if isinstance(row, dict) and "id" in row and "date" in row:
                raise NotParsed("The [[entry]] line of the entry after it is missing or misspelled.")


def _explain_quickly(message: str, text: str) -> NotParsed:
    """The fast reader's error as ours, without the reason in words."""
    if text.startswith(('"""', "'''"), _closed_up_to(text)):
        return _never_closed(text)
    place = re.search(_FAST_PLACE, message)
    return NotParsed(_REFUSED, int(place[1]) if place else 0)


def _explain(message: str, text: str) -> NotParsed:
    if message.endswith("(at end of document)"):
        return _never_closed(text)
    place = re.search(_PLACE, message)
    words = message[: place.start()] if place else message
    words = f"{words[:1].upper()}{words[1:]}"
    if not place:
        return NotParsed(f"{words}.")
    line, column = int(place[1]), int(place[2])
    if "'\\n'" in words:
        return NotParsed("It has a text that isn't closed on its line.", line)
    if "'\\r'" in words:
        return NotParsed("It has a lone carriage return; save the file with Unix line ends.", line)
    if words.startswith("Cannot declare ('entry',)"):
        return NotParsed("It has one entry with single brackets; write [[entry]] with two.", line)
    return NotParsed(f"{words} (column {column}).", line)


def _never_closed(text: str) -> NotParsed:
    end = _closed_up_to(text)
    line = text.count("\n", 0, end) + 1 if end < len(text) else 0
    return NotParsed("It has a text that is never closed.", line, is_open=True)


def _closed_up_to(text: str) -> int:
    """The offset of the first string that is never closed; the end of the text if there is none."""
    closed = re.match(_CLOSED, text)
    return closed.end() if closed else 0
