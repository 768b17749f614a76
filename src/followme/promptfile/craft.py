"""The craft of asking: remarks on what a prompt set could ask better. They stop no one, and know only English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from followme.errors import FollowmeError, listed_faults, quoted
from followme.model import OPEN_KINDS, PromptSet, Question
from followme.promptfile.load import load_with_faults
from followme.promptfile.timing import minutes, seconds
from followme.tables.reader import Fault
from followme.tables.tomlfile import TomlFile

MOST_WORDS = 25
VARIANTS = 2
"""How many variants an open question should have."""

ROOM = 60
"""How many seconds a set may take more or less than it says; a fifth of what it says is allowed too."""

_SENTENCE = re.compile(r"[^.?!:;]*\?")
_YES_OR_NO = re.compile(
    r"(?:and |or |but )?(?:any(?:one|body|thing|where|time)?\b|(?:could|did|does|should|would)(?:n['’]t)? "
    # Other languages have these words too, so they count only before a word that is surely English.
    r"|(?:am|are|can|do|had|has|have|is|may|might|must|shall|was|were|will)(?:n['’]t)? "
    r"(?:a|all|an|any\w*|both|each|every\w*|he|her|his|i|it|its|my|no|not|one|our|people|she|some\w*|that|the|their|there"
    r"|these|they|this|those|we|you|your)\b)",
    re.IGNORECASE,
)
_BUT_HOW = re.compile(
    r"\band (?:how (?:can|could|did|do|would) (?:they|we|you) (?:know|tell)|what (?:makes|made|tells|told) you)\b",
    re.IGNORECASE,
)
"""Words that ask for more than yes or no, after a beginning that asks for yes or no."""

_NUMBER = re.compile(
    r"\b(?:how (?:many|much|often|well|happy|satisfied|confident|likely|strongly)|on a scale|out of (?:ten|five|10|5)"
    r"|from (?:\d+|one|zero) to (?:\d+|five|ten)|what percentage|[01] ?(?:-|–|to) ?(?:5|7|10|100))\b"
    r"|\(\d+ ?(?:-|–|to) ?\d+\)|^\W*rate\b",
    re.IGNORECASE,
)


def examine(path: Path, data: bytes | None = None) -> tuple[PromptSet, list[str]]:
    """Return the prompt set in a file, or in these bytes, and one line for each place where it could ask better.

    Raises FollowmeError as `load` does; the lines of the remarks follow those of the faults.
    """
    prompt_set, file, faults, others = checked(path, data)
    lines = file.reported(others, "remark: ")
    if faults:
        raise FollowmeError("\n".join([*listed_faults(file.reported(faults)), *listed_faults(lines)]))
    return prompt_set, lines


def checked(path: Path, data: bytes | None = None) -> tuple[PromptSet, TomlFile, list[Fault], list[Fault]]:
    """Return the set as far as it can be read, its file, its faults, and the remarks on what has no fault.

    Raises FollowmeError if nothing of it can be read.
    """
    prompt_set, file, faults = load_with_faults(path, data)
    at_fault = {(fault.position, fault.key) for fault in faults}
    others = [remark for remark in remarks(prompt_set) if (remark.position, remark.key) not in at_fault]
    return prompt_set, file, faults, others


def remarks(prompt_set: PromptSet) -> Iterator[Fault]:
    """Yield each place where the set could ask better or takes other minutes than it says, with a remedy."""
    yield from _minutes(prompt_set)
    for number, section in enumerate(prompt_set.sections):
        for at, question in enumerate(section.questions):
            position = ("section", str(number), "question", str(at))
            yield from (Fault(position, key, text) for key, text in _question(question))


def _minutes(prompt_set: PromptSet) -> Iterator[Fault]:
    kinds = [question.kind for question in prompt_set.questions]
    if not kinds or "" in kinds:
        # Where a kind is missing or not known, the seconds can't be counted.
        return
    about = minutes(prompt_set)
    if prompt_set.minutes is None:
        yield Fault(
            (), "minutes", f"it is missing; its questions take about {about}, so write minutes = {about}"
        )
    elif abs(prompt_set.minutes * 60 - seconds(prompt_set)) > max(ROOM, prompt_set.minutes * 60 // 5):
        less = ", or ask less" if prompt_set.minutes < about else ""
        yield Fault((), "minutes", f"its questions take about {about}; write minutes = {about}{less}")


def _question(question: Question) -> Iterator[tuple[str, str]]:
    for key, wordings in (("ask", (question.ask,)), ("variants", question.variants)):
        for words in wordings:
            yield from ((key, said) for said in _wording(words, is_open=question.kind in OPEN_KINDS))
    if len({question.ask, *question.variants}) <= len(question.variants):
        yield "variants", "two of its wordings are the same; reword one of them"
    if question.kind in OPEN_KINDS and not question.person and len(question.variants) < VARIANTS:
        yield (
            "variants",
            f"write {VARIANTS} more wordings, to take turns, so that it stays fresh",
        )


def _wording(words: str, *, is_open: bool) -> Iterator[str]:
    count = len(words.split())
    if count > MOST_WORDS:
        yield f"{quoted(words)} has {count} words, and people read {MOST_WORDS} at once; shorten it"
    if words.count("?") > 1:
        yield f"{quoted(words)} asks two things; keep one, or make two questions"
    if is_open and (begun := next(filter(None, map(_begins_yes_or_no, _SENTENCE.findall(words))), "")):
        yield f"{quoted(begun)} can be answered with yes or no; begin with what, which, when or how"
    if is_open and _NUMBER.search(words):
        yield f"{quoted(words)} asks for a number; make it a scale, or ask for the moment behind it"


def _begins_yes_or_no(sentence: str) -> str:
    """The sentence if it begins like a question for yes or no, else ""."""
    words = sentence.strip()
    return words if _YES_OR_NO.match(words) and not _BUT_HOW.search(words) else ""
