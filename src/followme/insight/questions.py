"""What a sitting asks: which questions of a set, each in the wording whose turn it is, and which promises."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from followme.insight.book import book
from followme.insight.promises import OpenPromise, in_one_key, open_promise
from followme.model import Entry, PromptSet, Question, Section

SITTINGS_READ = 104
"""How many of the latest sittings are read to choose the questions of the next: two years of weeks."""

MOST, FEW, SHORT = 5, 2, 5
"""MOST: how many promises one sitting asks about at most. FEW: how many if the set takes less than SHORT minutes."""


def due_questions(
    prompt_set: PromptSet, past: Sequence[Entry], *, quarter: int, ask_is_open: bool = False
) -> PromptSet:
    """Return the questions of the next sitting, as a set where only the `when` conditions are left to decide.

    The wordings that were not chosen stay as variants, so that a person can ask for another one.

    `past` has the latest entries, oldest first. `quarter` is a number that grows by one each quarter; it chooses
    the wording of questions that keep one for a quarter. With `ask_is_open`, a question to take to a
    person is left out, and so is a section that can be spared.
    """
    sections = []
    keys: set[str] = set()
    ideas = _overdue(prompt_set, past)
    for section in prompt_set.sections:
        before = keys | {question.key for question in section.questions}
        due = [
            question
            for question in section.questions
            if _is_due(question, prompt_set.name, past)
            and _may_apply(question, before)
            and not (ask_is_open and (section.spare or _is_ask(question)))
        ]
        questions = tuple(
            replace(_worded(question, quarter, past), every=1)
            for question in _picked(due, section, past, ideas)
        )
        keys |= {question.key for question in questions}
        if questions:
            sections.append(replace(section, questions=questions, pick=None))
    if sections or not any(question.every > 1 for question in prompt_set.questions):
        return replace(prompt_set, sections=tuple(sections))
    # All questions rest. A sitting that asks nothing would not count as one, so all of them are asked.
    restless = prompt_set.with_each(lambda question: replace(question, every=1))
    return due_questions(restless, past, quarter=quarter, ask_is_open=ask_is_open)


def worded(prompt_set: PromptSet, quarter: int) -> PromptSet:
    """Return the whole set in this quarter's wording; a question that varies more often is as its file has it."""
    return prompt_set.with_each(lambda question: _worded(question, quarter, ()))


def last_asked(question: Question, past: Sequence[Entry]) -> int:
    """Return the position in `past` of the latest entry that asked this question, -1 if none did; a skip counts."""
    return next((at for at in range(len(past) - 1, -1, -1) if _asked(question, past[at])), -1)


def _is_due(question: Question, name: str, past: Sequence[Entry]) -> bool:
    """Whether enough sittings of this set have gone by since the question was last asked."""
    return last_asked(question, past) < 0 or _waited(question, name, past) + 1 >= question.every


def _waited(question: Question, name: str, past: Sequence[Entry]) -> int:
    """How many sittings of this set have gone by since the question was last asked."""
    return sum(entry.set == name for entry in past[last_asked(question, past) + 1 :])


def _picked(
    due: list[Question], section: Section, past: Sequence[Entry], ideas: dict[str, str]
) -> list[Question]:
    """The questions that were not asked for the longest time, in the order of the file; in a tie, the first ones.

    `ideas` has the key of the question that an idea belongs to in this sitting, and gets those of the picked ones.
    """
    if section.pick is None:
        return due
    turns = [turn for turn in section.turns if turn[0] in due]
    chosen: list[tuple[Question, ...]] = []
    for turn in sorted(turns, key=lambda turn: last_asked(turn[0], past)):
        key, theirs = turn[0].key, {question.idea for question in turn if question.idea}
        if len(chosen) < section.pick and all(ideas.get(idea, key) == key for idea in theirs):
            ideas |= dict.fromkeys(theirs, key)
            chosen.append(turn)
    return [question for question in due if any(question in turn for turn in chosen)]


def _overdue(prompt_set: PromptSet, past: Sequence[Entry]) -> dict[str, str]:
    """The ideas of the questions whose turn is past, each with the key of its question.

    Sections pick in the order of the file, so a later one could lose an idea to an earlier one every time.
    """
    waiting = [
        turn[0]
        for section in prompt_set.sections
        for turn in section.turns
        if section.pick is not None
        and turn[0].when is None
        and not _is_ask(turn[0])
        and _waited(turn[0], prompt_set.name, past) >= max(len(section.turns) / section.pick, turn[0].every)
    ]
    waiting.sort(key=lambda question: last_asked(question, past))
    # Of one idea, the question that has waited longest is the last one here, and stays.
    return {question.idea: question.key for question in reversed(waiting) if question.idea}


def _worded(question: Question, quarter: int, past: Sequence[Entry]) -> Question:
    """The question in the wording whose turn it is, with the others as its variants, the next one first."""
    wordings = [question.ask, *question.variants]
    if question.vary == "quarter":
        at = quarter % len(wordings)
        wordings = wordings[at:] + wordings[:at]
    else:
        wordings.sort(key=lambda words: _last_worded(question.key, words, past))
    return replace(question, ask=wordings[0], variants=tuple(wordings[1:]))


def _last_worded(key: str, words: str, past: Sequence[Entry]) -> int:
    """The position in `past` of the latest entry that asked a question in these words, -1 if none did."""
    asked = (
        at
        for at in range(len(past) - 1, -1, -1)
        for answer in past[at].answers
        if answer.key == key and answer.question == words
    )
    return next(asked, -1)


def _asked(question: Question, entry: Entry) -> bool:
    if question.key in [answer.key for answer in entry.answers]:
        return True
    # A promise is stored without the key of its question, so its kind is compared instead.
    return question.kind == "promise" and any(made.kind == question.promise for made in entry.promises)


def _may_apply(question: Question, keys: Collection[str]) -> bool:
    """Whether its condition can be met if the questions with these keys are asked before it."""
    when = question.when
    return when is None or when.key in keys or (when.test == "answered" and when.value is False)


def _is_ask(question: Question) -> bool:
    return question.kind == "promise" and question.promise == "ask"


def at_once(
    due: Sequence[OpenPromise], prompt_set: PromptSet, past: Iterable[Entry], today: date
) -> tuple[OpenPromise, ...]:
    """Return the promises to ask about `today` in one sitting with this set, in the order in which they were made.

    If there are more than leave time for its questions, the first half of the places goes to those that were asked
    about longest ago, so that each has its turn, and the rest to the latest, so that none hides last week's. Of those
    that have waited as long, overdue ones come first, then those for someone.

    `past` has the latest entries, oldest first. No entry says which promises were left open in it, so their turns are
    gone through again from sitting to sitting, as if all had been with this set.
    """
    most = _most(prompt_set)
    if len(due) <= most:
        return tuple(due)
    chosen = _first(due, _turns(due, tuple(past), most), most, today)
    return tuple(each for each in due if each in chosen)


def surely_asked(
    opened: Sequence[OpenPromise], prompt_set: PromptSet, day: date | None
) -> Sequence[OpenPromise]:
    """The open promises that a sitting with this set on this day asks about, however long the others have waited.

    Without a day, every open promise may be due.
    """
    due = [each for each in opened if day is None or each.is_due(day)]
    most = _most(prompt_set)
    return due if len(due) <= most else due[-(most // 2) :]


def _most(prompt_set: PromptSet) -> int:
    short = prompt_set.minutes is not None and prompt_set.minutes < SHORT
    return FEW if short and not in_one_key(prompt_set) else MOST


def _turns(due: Sequence[OpenPromise], past: Sequence[Entry], most: int) -> dict[str, date]:
    """The day on which each promise was asked about last, or said something of, or made."""
    standings = book(past)
    closed = [each for each in standings if not each.is_open]
    ended = {each.ref: each.noted for each in closed}
    # What is older than these entries comes first.
    places = {each.ref: at for at, each in enumerate(standings)}
    known = sorted([*due, *map(open_promise, closed)], key=lambda each: places.get(each.ref, -1))
    turns = {each.ref: _made(each) for each in known}
    for day in [entry.day for entry in past if entry.is_sitting]:
        turns |= {
            each.ref: max(turns[each.ref], each.asked) for each in due if each.asked and each.asked < day
        }
        then = [each for each in known if _made(each) < day <= ended.get(each.ref, day) and each.is_due(day)]
        turns |= {each.ref: day for each in _first(then, turns, most, day)}
    return {each.ref: max(turns[each.ref], each.asked or date.min) for each in due}


def _first(
    due: Sequence[OpenPromise], turns: Mapping[str, date], most: int, day: date
) -> Sequence[OpenPromise]:
    """Those that were asked about longest ago, and the latest."""
    latest = most // 2

    def turn(each: OpenPromise) -> tuple[date, bool, bool]:
        return turns[each.ref], not each.is_overdue(day), not each.promise.to

    return [*sorted(due[:-latest], key=turn)[: most - latest], *due[-latest:]]


def _made(promise: OpenPromise) -> date:
    return promise.made or date.min
