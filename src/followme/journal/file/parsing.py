"""The bytes of one block to one table: the fast reader first, the standard reader's verdict in doubt."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

try:
    import rtoml
except ImportError:  # No wheel for this Python: the standard reader does it alone.
    _fast: Callable[[str], dict[str, Any]] | None = None
else:
    _fast = rtoml.loads

BOM = b"\xef\xbb\xbf"

_PLACE = re.compile(r" ?\(at line (\d+), column (\d+)\)")
_UTF16 = re.compile(rb"\xff\xfe|\xfe\xff|(?:[\t-~]\x00){8}|(?:\x00[\t-~]){8}")


class Fault(ValueError):
    """Why bytes could not be read: a sentence, and the line in them it is about (from 1; 0: no one line)."""

    def __init__(self, sentence: str, line: int = 0):
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


def parse_block(data: bytes) -> Mapping[str, object]:
    """The table of the one entry in these bytes. Raises Fault.

    Everything that reads entries goes through here, once for each block tried.
    """
    document = parse(data)
    entries = document.get("entry")
    if not isinstance(entries, list) or len(entries) != 1:
        raise Fault("It does not hold one entry.")
    entry: Mapping[str, object] = entries[0]
    _refuse_swallowed(document, entry)
    return entry


def parse(data: bytes) -> dict[str, Any]:
    """TOML bytes as tables. Raises Fault."""
    text = decode(data)
    if _fast:
        try:
            return _fast(text)
        except ValueError:
            pass  # The standard reader decides, and says why.
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _explain(str(error), text) from None
    except RecursionError:
        raise Fault("It has brackets nested too deeply.") from None
    except ValueError as error:
        raise Fault(f"It has a value that is out of range ({error}).") from None


def decode(data: bytes) -> str:
    """The text of a block, with LF line ends. Raises Fault for bytes that are not UTF-8 text."""
    data = data.removeprefix(BOM).replace(b"\r\n", b"\n")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise Fault("It holds NUL bytes, as a power cut leaves them where text was.", line)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Fault(
            "It is not UTF-8 text; another program may have saved it in another encoding.", line
        ) from None


def is_utf16(head: bytes) -> bool:
    """Do these first bytes of a file look like UTF-16?"""
    return _UTF16.match(head) is not None


def _refuse_swallowed(document: Mapping[str, Any], entry: Mapping[str, object]) -> None:
    """Raise Fault where a neighbour lost its header line and its lines fell to this entry."""
    others = [value for name, value in document.items() if name != "entry"]
    for part in ("answer", "promise", "outcome"):
        others.append(entry.get(part))
    for table in others:
        for row in table if isinstance(table, list) else [table]:
            if isinstance(row, Mapping) and "id" in row and "date" in row:
                raise Fault("The [[entry]] line of the entry after it is missing or misspelt.")


def _explain(message: str, text: str) -> Fault:
    if message.endswith("(at end of document)"):
        return Fault("It has a text that is never closed.", _last_opening(text))
    place = _PLACE.search(message)
    if not place:
        return Fault(f"{message}.")
    line, column = int(place[1]), int(place[2])
    words = message[: place.start()]
    if "'\\n'" in words:
        return Fault("It has a text that is not closed on its line.", line)
    if "'\\r'" in words:
        return Fault("It has a lone carriage return; save the file with Unix line ends.", line)
    if words.startswith("Cannot declare ('entry',)"):
        return Fault("It has one entry with single brackets; write [[entry]] with two.", line)
    return Fault(f"{words} (column {column}).", line)


def _last_opening(text: str) -> int:
    """The last line with an odd number of triple quotes, where an unclosed text most likely begins."""
    lines = text.split("\n")
    odd = [n for n, line in enumerate(lines, 1) if (line.count('"""') + line.count("'''")) % 2]
    return odd[-1] if odd else 0
