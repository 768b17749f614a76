"""An entry in short: its counts and its first words."""

from __future__ import annotations

from datetime import date
from itertools import chain

from followme.clean import one_line
from followme.dates import shown_day
from followme.frozen import frozen
from followme.insight.promises import ending_words
from followme.insight.wording import Count, counted, promise_counts, shortened
from followme.model import Answer, Entry

MOST_SHOWN = 60
"""How many characters of an entry's first words its line has."""


@frozen
class Digest:
    """One entry as a list shows it; `private` says whether exports leave out its first words."""

    entry: Entry
    answered: int
    skipped: int
    promises: int
    words: str
    private: bool


def digest_of(entry: Entry) -> Digest:
    """The counts of an entry and its first words, after the name of the person it is about."""
    skipped = sum(answer.skipped for answer in entry.answers)
    person = entry.person
    words, private = _first_words(entry, person)
    return Digest(
        entry=entry,
        answered=len(entry.answers) - skipped,
        skipped=skipped,
        promises=len(entry.promises),
        words=": ".join(filter(None, (person, words))),
        private=entry.private or private,
    )


def in_short(entry: Entry, today: date) -> str:
    """Return an entry in one line, as read `today`: its day, its set, the end of its id, counts and first words."""
    digest = digest_of(entry)
    counts: list[Count] = [(digest.answered, "answer"), *promise_counts(each.kind for each in entry.promises)]
    head = [shown_day(entry.day, today), entry.set, entry.id[-5:]]
    head += [counted(*each) for each in counts if each[0]]
    head += [ending_words(each, None) for each in entry.outcomes]
    first = (digest.words.strip().splitlines() or [""])[0]
    words = shortened(first, MOST_SHOWN)
    return one_line(" · ".join(filter(None, head)) + (f': "{words}"' if words else ""))


def _first_words(entry: Entry, person: str | None) -> tuple[str, bool]:
    """The first words written, but for the person's name; if there are none, the first promised or picked.

    Then whether they're private.
    """
    replies = [each for each in entry.answers if isinstance(each.reply, str) and each.reply != person]
    written = ((str(each.reply), each.private) for each in replies if each.kind != "choice")
    promised = ((promise.text, promise.private) for promise in entry.promises)
    picked = ((str(each.reply), each.private) for each in replies if each.kind == "choice")
    return next((each for each in chain(written, promised, picked) if each[0]), ("", False))


def state_of(answer: Answer) -> str:
    """Return what an answer is in a table: "answer", "skipped" or "forgotten"."""
    return "skipped" if answer.skipped else "forgotten" if answer.forgotten else "answer"


def reply_words(answer: Answer) -> str:
    """A reply as words, "" if it was skipped. The type of the reply decides, not the kind of the question."""
    reply = answer.reply
    if reply is None:
        return ""
    if isinstance(reply, bool):
        return "yes" if reply else "no"
    if isinstance(reply, tuple):
        return "\n".join(reply)
    return str(reply)
