"""Answers to other questions, shown above a question that recalls them."""

from __future__ import annotations

from collections.abc import Sequence

from followme.clean import one_line
from followme.dates import day_words
from followme.frozen import frozen
from followme.insight.digest import reply_words
from followme.model import Answer, Entry

Quoted = tuple[tuple[str, str], ...]
"""Answers to show, in order: what stands above each one, which ends with its question, and its words."""


@frozen
class Recall:
    """The keys of the answers to show, and those answers from the latest entry that has any of them."""

    keys: tuple[str, ...] = ()
    earlier: Quoted = ()

    def quoted(self, answers: Sequence[Answer]) -> Quoted:
        """Return the answers of this sitting to show; if there are none, the earlier ones; empty without any."""
        return _listed("", self.keys, answers) or self.earlier


NOTHING = Recall()
"""The recall of most questions: nothing."""


def recall_of(keys: tuple[str, ...], past: Sequence[Entry]) -> Recall:
    """Return what to recall for these keys; `past` has the latest entries, oldest first."""
    for entry in reversed(past) if keys else ():
        if words := _listed(f" on {day_words(entry.date.date())}", keys, entry.answers):
            return Recall(keys, words)
    return Recall(keys)


def _listed(when: str, keys: tuple[str, ...], answers: Sequence[Answer]) -> Quoted:
    said = {answer.key: answer for answer in answers if answer.reply is not None}
    given = [said[key] for key in keys if key in said]
    wrote = "picked" if all(each.kind in ("choice", "several") for each in given) else "wrote"
    heads = [f"You {wrote}{when}:\n", *[""] * len(given)]
    return tuple(
        (head + one_line(each.question), _reply(each)) for head, each in zip(heads, given, strict=False)
    )


def _reply(answer: Answer) -> str:
    """A reply on one line, or each item of a list on its own."""
    if isinstance(answer.reply, tuple):
        return "\n".join(map(one_line, answer.reply))
    return one_line(reply_words(answer))
