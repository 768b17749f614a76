"""An entry in short: its counts and its first words."""

from __future__ import annotations

from dataclasses import dataclass

from followme.model import Answer, Entry


@dataclass(frozen=True, slots=True)
class Digest:
    """What a list tells of one entry."""

    entry: Entry
    answered: int
    skipped: int
    promises: int
    words: str


def digest_of(entry: Entry) -> Digest:
    """The counts of an entry, and the words of its first answer that has any."""
    written = (answer.reply for answer in entry.answers if isinstance(answer.reply, str))
    promised = (promise.text for promise in entry.promises)
    skipped = sum(answer.skipped for answer in entry.answers)
    return Digest(
        entry=entry,
        answered=len(entry.answers) - skipped,
        skipped=skipped,
        promises=len(entry.promises),
        words=next(written, "") or next(promised, ""),
    )


def reply_words(answer: Answer) -> str:
    """A reply as words: its shape, not its kind, decides how it reads; "" where it was skipped."""
    reply = answer.reply
    if reply is None:
        return ""
    if isinstance(reply, bool):
        return "yes" if reply else "no"
    if isinstance(reply, tuple):
        return "\n".join(reply)
    return str(reply)
