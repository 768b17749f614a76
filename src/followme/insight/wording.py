"""Numbers with their words, several items as one phrase, and long words in short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

_SHARED = 4
"""The fewest words that all questions begin with before they are left out."""

NAMED = 3
"""How many things that are alike are named; of more, how many there are, and the latest."""

Count = tuple[int, str] | tuple[int, str, str]
"""A number with its word, and the word for several if that isn't the same with an s."""


def counted(number: int, one: str, several: str = "") -> str:
    """Return the number with its word: "1 entry", "no entries", "3 entries"."""
    return f"{number or 'no'} {one if number == 1 else several or one + 's'}"


def titled(title: str, filters: str) -> str:
    """Return a title with the filters in words beside it, if there are any: "Looking back: person Jonas"."""
    return ": ".join(filter(None, (title, filters)))


def all_counted(*counts: Count) -> str:
    """Return the numbers that aren't 0, each with its word, as one phrase: "2 answers and 1 promise"."""
    return all_of([counted(*each) for each in counts if each[0]])


def promise_counts(kinds: Iterable[str], which: str = "") -> Sequence[Count]:
    """Return how many promises of these kinds are to be kept, and how many are questions for someone, with their words.

    `which` is a word before these, such as "open", where it's plain who they're for.
    """
    of = Counter(kinds)
    promises = of.total() - of["ask"]
    if which:
        return (promises, f"{which} promise"), (of["ask"], f"{which} question")
    return (promises, "promise"), (of["ask"], "question for someone", "questions for someone")


def times(number: int) -> str:
    """Return how often something happened: "once", "3 times"."""
    return "once" if number == 1 else f"{number} times"


def all_of(items: Sequence[str]) -> str:
    """Return the items as one phrase: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def capitalized(words: str) -> str:
    """Return the words with a capital letter at their beginning, and the rest as it is."""
    return words[:1].upper() + words[1:]


def shortened(words: str, most: int) -> str:
    """Return the words, cut to `most` characters with "…" at their end if they're longer."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def told_apart(questions: Sequence[str]) -> Sequence[str]:
    """Return the questions without the words that all of them begin with, if there are several and these are many."""
    words = [each.split() for each in questions]
    shared = sum(1 for _ in takewhile(lambda same: len(set(same)) == 1, zip(*words, strict=False)))
    if len(questions) < 2 or shared < _SHARED:
        return questions
    return ["…" + " ".join(each[shared:]) for each in words]
