"""The formats a journal can be exported to: one format, one file, one line in FORMATS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from followme.exports.options import Options
from followme.insight.privacy import Shared

__all__ = ["FORMATS", "Format", "Options", "format_named"]

Format = Callable[[Shared, Options], Iterator[str]]
"""Yields what may leave the journal as the text of a file, piece by piece; so no format can forget what is private."""

FORMATS = {
    "markdown": "followme.exports.markdown",
    "json": "followme.exports.json",
    "csv": "followme.exports.csv",
    "jrnl": "followme.exports.jrnl",
}
"""The module of each format, by the name of the format; its function `write` is a Format."""


def format_named(name: str) -> Format:
    """Return the format with this name; its module is loaded only now."""
    write: Format = import_module(FORMATS[name]).write
    return write
