"""The formats a journal can be exported to: one format, one file, one line in FORMATS."""

from __future__ import annotations

from collections.abc import Callable

from followme.exports import markdown
from followme.exports.options import Options
from followme.insight.privacy import Shared

__all__ = ["FORMATS", "Format", "Options"]

Format = Callable[[Shared, Options], str]
"""Turns what may leave the journal into the whole text of a file; so no format can forget what is private."""

FORMATS: dict[str, Format] = {
    "markdown": markdown.write,
}
