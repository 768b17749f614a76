"""One assignment at the top of a TOML text: replaced, added or removed, with every other byte kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from followme import toml
from followme.frozen import frozen
from followme.tables.positions import comments, lines_of


class NotAssigned(ValueError):
    """The text can't be changed without losing something else in it."""


@frozen
class _Span:
    """An assignment's place in its text: where it begins, and where its value begins and ends."""

    begin: int
    value: int
    end: int


def assigned(text: str, key: str, value: str | None) -> str:
    """Return the text with this key set to a value in TOML, or without the key if the value is None.

    A new assignment goes below a line such as `# key = …`, else to the end. Raises ValueError if the text isn't TOML,
    and NotAssigned where comments stand inside the old value or the key is written in an unusual way.
    """
    before = toml.loads(text)
    after = {name: each for name, each in before.items() if name != key}
    if value is not None:
        after |= toml.loads(f"{key} = {value}")
    if key in before:
        changed = _replaced(text, _span(text, key, before[key]), value)
    else:
        changed = text if value is None else _added(text, key, value)
    try:
        if toml.loads(changed) == after:
            return changed
    except ValueError:
        pass
    raise NotAssigned


def _span(text: str, key: str, value: Any) -> _Span:
    line = lines_of(text).get(((), key))
    begin = sum(len(each) + 1 for each in text.split("\n")[: (line or 1) - 1])
    found = re.compile(rf"[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=[ \t]*").match(text, begin)
    if not found:
        raise NotAssigned
    for end in _ends(text, found.end()):
        words = text[found.end() : end].rstrip(" \t\r")
        try:
            same = toml.loads(f"{key} = {words}") == {key: value}
        except ValueError:
            continue
        if same and not comments(words):
            return _Span(begin, found.end(), found.end() + len(words))
    raise NotAssigned


def _ends(text: str, start: int) -> Iterator[int]:
    """The places at which a value that begins at `start` may end: before a comment, or with its line."""
    return (found.start() for found in re.compile(r"#|\n|\Z").finditer(text, start))


def _replaced(text: str, span: _Span, value: str | None) -> str:
    if value is not None:
        return text[: span.value] + value + text[span.end :]
    # A comment on its line stays.
    rest = text[span.end :].lstrip(" \t")
    if not rest.startswith("#"):
        rest = rest.removeprefix("\r").removeprefix("\n")
    return text[: span.begin] + rest


def _added(text: str, key: str, value: str) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    line = f"{key} = {value}{newline}"
    example = re.search(rf"(?m)^#[ \t]*{re.escape(key)}[ \t]*=.*\n", text)
    if example:
        return text[: example.end()] + line + text[example.end() :]
    return (text if not text or text.endswith("\n") else text + newline) + line
