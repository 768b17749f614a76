"""The formats a journal can be exported to: one format, one file, one line in FORMATS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from followme.exports.options import Options
from followme.insight.numbers import Numbers
from followme.insight.privacy import Shared

__all__ = ["FORMATS", "Apart", "Format", "InNumbers", "Options", "apart", "format_named", "in_numbers"]

Format = Callable[[Shared, Options], Iterator[bytes]]
"""Yields what may leave the journal as the text of a file, piece by piece; so no format can forget what is private.

The text is in UTF-8, and has passed `clean`.
"""

FORMATS = {
    "markdown": "followme.exports.markdown",
    "html": "followme.exports.html",
    "json": "followme.exports.json",
    "csv": "followme.exports.csv",
    "jrnl": "followme.exports.jrnl",
}
"""The module of each format; its function `write` is a Format, and its `write_numbers`, if it has one, an InNumbers.

If it has `parts` and `joined`, entries can be written apart from each other.
"""


InNumbers = Callable[[Numbers, Options], Iterator[str]]
"""Yields what entries say in numbers as the text of a file."""


def format_named(name: str) -> Format:
    """Return the format with this name; its module is loaded only now."""
    write: Format = import_module(FORMATS[name]).write
    return write


class Apart(NamedTuple):
    """A way to write entries apart from each other: what each one gives, and the text of a file from all of that.

    What an entry gives depends on none that is written before it.
    """

    parts: Callable[[Shared, Options], Iterator[Any]]
    joined: Callable[[Iterator[Any], Options], Iterator[bytes]]


def apart(name: str, options: Options) -> Apart | None:
    """Return the way to write entries apart in the format with this name; None if it needs to know all of them."""
    module = import_module(FORMATS[name])
    return None if options.wide or not hasattr(module, "parts") else Apart(module.parts, module.joined)


def in_numbers(name: str) -> InNumbers | None:
    """Return what writes numbers alone in the format with this name; None if it has no way to."""
    write: InNumbers | None = getattr(import_module(FORMATS[name]), "write_numbers", None)
    return write
