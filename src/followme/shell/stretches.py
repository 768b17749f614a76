"""A stretch of the journal as an export writes it, made here or by a worker, which is another process of ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from followme.exports import Options, apart
from followme.frozen import frozen
from followme.insight.left import Counts
from followme.insight.privacy import Choice, shared
from followme.insight.query import Query, fits, only
from followme.journal.file.places import Places


@frozen(kw_only=True)
class Work:
    """What is wanted of the journal, and the format that it is written in: all that a worker has to know."""

    journal: Path
    query: Query
    private: bool
    format: str
    options: Options

    @property
    def choice(self) -> Choice:
        """What is wanted of the entries."""
        return Choice(fits=fits(self.query), narrowed=only(self.query.question), private=self.private)


class Made(NamedTuple):
    """What the entries of a stretch give in the format, what was counted, and the remarks on the text."""

    parts: list[Any]
    counts: Counts
    remarks: list[str]


def make(journal: Places, numbers: range, work: Work) -> Made:
    """Return what the entries with these numbers give."""
    options = replace(work.options, remarks=[])
    way = apart(work.format, options)
    assert way
    found = shared(journal.among(numbers), work.choice)
    parts = list(way.parts(found, options))
    return Made(parts, found.counts, options.remarks)
