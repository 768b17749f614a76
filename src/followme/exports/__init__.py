"""The formats a journal can be exported to: one format, one file, one line in FORMATS."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from followme.exports import markdown
from followme.exports.options import Options
from followme.model import Entry

__all__ = ["FORMATS", "Format", "Options"]

Format = Callable[[Sequence[Entry], Options], str]
"""Turns entries, in the order of the journal, into the whole text of a file."""

FORMATS: dict[str, Format] = {
    "markdown": markdown.write,
}
