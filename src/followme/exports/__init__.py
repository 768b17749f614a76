"""The formats a journal can be exported to: one format, one file, one line in FORMATS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from followme.exports.options import Options
from followme.insight.numbers import Numbers
from followme.insight.privacy import Shared

__all__ = ["FORMATS", "Format", "InNumbers", "Options", "format_named", "in_numbers"]

Format = Callable[[Shared, Options], Iterator[str]]
"""Yields what may leave the journal as the text of a file, piece by piece; so no format can forget what is private."""

FORMATS = {
    "markdown": "followme.exports.markdown",
    "html": "followme.exports.html",
    "json": "followme.exports.json",
    "csv": "followme.exports.csv",
    "jrnl": "followme.exports.jrnl",
}
"""The module of each format; its function `write` is a Format, and its `write_numbers`, if it has one, an InNumbers."""


InNumbers = Callable[[Numbers, Options], Iterator[str]]
"""Yields what entries say in numbers as the text of a file."""


def format_named(name: str) -> Format:
    """Return the format with this name; its module is loaded only now."""
    write: Format = import_module(FORMATS[name]).write
    return write


def in_numbers(name: str) -> InNumbers | None:
    """Return what writes numbers alone in the format with this name; None if it has no way to."""
    write: InNumbers | None = getattr(import_module(FORMATS[name]), "write_numbers", None)
    return write
