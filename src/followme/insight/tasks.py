"""Promises as tasks for a phone's list: what's open, and for a quarter what has ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256

from followme.clean import one_line
from followme.frozen import frozen
from followme.insight.book import Standing, book
from followme.insight.marks import private_promises
from followme.insight.people import names
from followme.insight.promises import after_i_will, promise_parts
from followme.insight.strip import SPAN
from followme.insight.wording import capitalized
from followme.model import Entry

OPEN, DONE, DROPPED = "open", "done", "dropped"
"""What a task can be; DROPPED is a promise that wasn't kept, isn't needed any more, or was replaced."""


@frozen(kw_only=True)
class Task:
    """One promise as a task: a name that stays the same, its state, its words, and what else is said of it.

    `by` is its last day, None if it has none. `noted` is the day on which it ended, or was last heard of.
    """

    name: str
    state: str
    words: str
    more: tuple[str, ...]
    by: date | None
    made: date
    noted: date


@frozen
class Tasks:
    """The tasks, the oldest promise first, and how many were left out because they are private."""

    shown: tuple[Task, ...]
    private: int


def tasks_of(entries: Iterable[Entry], today: date, person: str | None = None) -> Tasks:
    """Return the promises of these entries that are open, or ended in the last thirteen weeks, as tasks.

    With `person`, only those made to this person or handed off to them.
    """
    entries = tuple(entries)
    since = today - timedelta(weeks=SPAN)
    wanted = [
        each
        for each in book(entries)
        if (each.is_open or each.noted >= since) and (person is None or names(each.promise, person))
    ]
    private = private_promises(entries)
    shown = [each for each in wanted if each.ref not in private]
    same = Counter(each.ref for each in shown)
    tasks = (_task(each, today, alone=same[each.ref] == 1) for each in shown)
    return Tasks(tuple(tasks), len(wanted) - len(shown))


def _task(standing: Standing, today: date, *, alone: bool) -> Task:
    promise = standing.promise
    first, *more = promise_parts(promise, today)
    if promise.kind != "ask" and not promise.who:
        first = capitalized(after_i_will(promise))
    result = standing.outcomes[-1].result if standing.outcomes else ""
    return Task(
        name=_name(standing.ref, promise.text, alone=alone),
        state=OPEN if standing.is_open else DONE if result in ("kept", "partly") else DROPPED,
        words=one_line(first),
        more=tuple(map(one_line, more)),
        by=promise.by,
        made=standing.made,
        noted=standing.noted,
    )


def _name(ref: str, words: str, *, alone: bool) -> str:
    """The name of a promise: its reference, and where several have the same one or none, a digest of its words."""
    of, _, number = ref.rpartition("/")
    digest = "" if of and alone else f"-{sha256(words.encode()).hexdigest()[:8]}"
    return f"{of or 'promise'}-{number}{digest}"
