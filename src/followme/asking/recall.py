"""Answers to other questions, shown above a question that recalls them."""

from __future__ import annotations

from collections.abc import Sequence

from followme.clean import one_line
from followme.dates import day_words
from followme.frozen import frozen
from followme.insight.digest import reply_words
from followme.model import Answer, Entry


@frozen
class Recall:
    """The keys of the answers to show, and those answers from the latest entry that has any of them."""

    keys: tuple[str, ...] = ()
    earlier: str = ""

    def words(self, answers: Sequence[Answer]) -> str:
        """Return the answers of this sitting to show; if there are none, the earlier ones; "" without any."""
        return _listed("", self.keys, answers) or self.earlier


NOTHING = Recall()
"""The recall of most questions: nothing."""


def recall_of(keys: tuple[str, ...], past: Sequence[Entry]) -> Recall:
    """Return what to recall for these keys; `past` has the latest entries, oldest first."""
    for entry in reversed(past) if keys else ():
        if words := _listed(f" on {day_words(entry.date.date())}", keys, entry.answers):
            return Recall(keys, words)
    return Recall(keys)


def _listed(when: str, keys: tuple[str, ...], answers: Sequence[Answer]) -> str:
    said = {answer.key: answer for answer in answers if answer.reply is not None}
    given = [said[key] for key in keys if key in said]
    if len(given) == 1 and given[0].kind == "several":
        # The words were picked, and the question is not the leader's.
        return f"{one_line(given[0].question)} You picked{when}:\n{_reply(given[0])}"
    lines = [f"{one_line(each.question)} {_reply(each)}" for each in given]
    return "\n".join([f"You wrote{when}:", *lines]) if lines else ""


def _reply(answer: Answer) -> str:
    """A reply on one line, with commas between the items of a list."""
    if isinstance(answer.reply, tuple):
        return ", ".join(map(one_line, answer.reply))
    return one_line(reply_words(answer))
