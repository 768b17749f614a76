"""What was answered to other questions, shown above a question that asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followme.clean import one_line
from followme.dates import day_words
from followme.insight.digest import reply_words
from followme.insight.query import is_same
from followme.model import Answer, Entry


@dataclass(frozen=True, slots=True)
class Recall:
    """The keys whose answers are shown, and the earlier entries that have any of them, the latest first."""

    keys: tuple[str, ...] = ()
    past: tuple[Entry, ...] = ()

    def words(self, answers: Sequence[Answer]) -> str:
        """What was answered in this sitting; without such answers, what the latest entry says; "" without any.

        Where this sitting is about a person, no entry about another one will do.
        """
        if now := _listed("You wrote:", self.keys, answers):
            return now
        person = next((str(each.reply or "") for each in answers if each.person), None)
        last = next((entry for entry in self.past if _may_be_recalled(entry, person)), None)
        return (
            _listed(f"You wrote on {day_words(last.date.date())}:", self.keys, last.answers) if last else ""
        )


NOTHING = Recall()
"""Most questions recall nothing."""


def recall_of(keys: tuple[str, ...], past: Sequence[Entry]) -> Recall:
    """What there is to recall, from the latest entries, oldest first."""
    found = (entry for entry in reversed(past) if _listed("", keys, entry.answers))
    return Recall(keys, tuple(found)) if keys else NOTHING


def _may_be_recalled(entry: Entry, person: str | None) -> bool:
    """Whether it is about the same person, or one of the two is about no one in particular."""
    return person is None or entry.person is None or is_same(entry.person, person)


def _listed(heading: str, keys: tuple[str, ...], answers: Sequence[Answer]) -> str:
    said = {answer.key: answer for answer in answers if not answer.skipped}
    lines = [f"{one_line(said[key].question)} {_reply(said[key])}" for key in keys if key in said]
    return "\n".join([heading, *lines]) if lines else ""


def _reply(answer: Answer) -> str:
    """A reply on one line, the picks of a list with commas between them."""
    if isinstance(answer.reply, tuple):
        return ", ".join(map(one_line, answer.reply))
    return one_line(reply_words(answer))
