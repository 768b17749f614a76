"""One sitting, three askers: the same acts come to the same answers with keys, line by line, and in batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from asking_samples import (
    BACK_KEY,
    CARE,
    ENTER,
    F2,
    FINISH_KEY,
    IDEAS,
    MOMENT,
    MOOD,
    PROMISE,
    PULSE,
    SIGNS,
    THANKS,
    TODAY,
    WHY,
    Later,
    before,
    items,
    sat,
    typing,
    walk,
)

from followme.asking.plain import PlainAsker
from followme.asking.state import State
from followme.model import Entry, Progress, PromptSet, Question, Section
from followme.sitting import batch
from followme.sitting.entry import filled
from followme.sitting.summary import sit

SAME = "I moved her licence request past finance on Tuesday, and she stayed for the demo."


@dataclass(frozen=True)
class Act:
    """One thing a person does: the keys for it, each string pressed when something listens, and the lines."""

    keys: tuple[str, ...]
    lines: tuple[str, ...]


def write(words: str) -> Act:
    """Write these words, and go on."""
    return Act((words + ENTER,), tuple(words.replace("\n", "\\\n").split("\n")))


def press(key: str) -> Act:
    """Press one key that answers at once."""
    return Act((key,), (key,))


def jump(number: int) -> Act:
    """Go to the question with this number."""
    return Act((F2, str(number)), (f":back {number}",))


keep = Act((ENTER,), ("",))
back = Act((BACK_KEY,), (":back",))
finish = Act((FINISH_KEY,), (":finish",))
parts = Act(("\t",), (":change",))
add = Act(("+",), ("+",))
empty = Act(("\x15" + ENTER,), (":skip",))

EVERYTHING = (MOMENT, CARE, WHY, SIGNS, MOOD, THANKS, IDEAS, PROMISE)
ALL_ANSWERED = (
    *(write("Ana stayed.\nI asked."), press("4"), write("Two calls."), write("1 3"), press("2"), press("y")),
    *(write("one\ntwo"), write("Call by 2026-12-03"), keep, write("Tuesday")),
)
SITTINGS: dict[str, tuple[tuple[Question, ...], tuple[Act, ...]]] = {
    "all kinds": (EVERYTHING, ALL_ANSWERED),
    "all passed over": ((MOMENT, CARE, SIGNS, MOOD, THANKS, IDEAS, PROMISE), (keep,) * 7),
    "a condition": ((CARE, WHY), (press("1"), keep, write("No time."))),
    "numbers that need Enter": (
        (PULSE, replace(PULSE, key="again"), MOOD),
        (
            write("-12"),
            write("The frost."),
            write("107"),
            back,
            Act(("\x1512" + ENTER,), ("12",)),
            keep,
            press("2"),
        ),
    ),
    "back, and everything is kept": (
        (MOMENT, SIGNS, IDEAS),
        (write("one"), write("1"), back, back, keep, keep, write("x")),
    ),
    "back to the fact, and from there to the number": (
        (CARE, MOOD, THANKS),
        (
            *(press("4"), write("Two calls."), back, Act(("\x15Three." + ENTER,), ("Three.",)), press("2")),
            *(back, back, back, press("5"), keep, keep, press("y")),
        ),
    ),
    "emptied on the way back": ((MOMENT, MOOD), (write("one"), back, empty, press("1"))),
    "back to the first of four": (
        (MOMENT, SIGNS, MOOD, IDEAS),
        (write("one"), write("1 2"), press("1"), jump(1), keep, jump(4), write("x")),
    ),
    "a day that cannot be read": (
        (PROMISE,),
        (
            *(write("Call"), parts, keep, write("3/12/2026"), Act(("\x152w" + ENTER,), ("2w",))),
            *(keep, write("Tuesday")),
        ),
    ),
    "a promise without a cue": ((PROMISE, MOOD), (write("Call"), keep, keep, press("1"))),
    "two promises": (
        (PROMISE,),
        (
            *(
                write("Call @Ben"),
                back,
                keep,
                add,
                write("Write"),
                parts,
                keep,
                write("2w"),
            ),
            *(keep, keep, write("Tuesday"), keep),
        ),
    ),
    "another promise from the cue": (
        (PROMISE, MOOD),
        (write("Call @Ben"), press("n"), add, write("Write"), keep, write("Tuesday"), keep, press("1")),
    ),
    "another promise from the line": (
        (PROMISE, MOOD),
        (
            write("Call @Ben by 2026-12-03 +"),
            press("n"),
            write("Write"),
            keep,
            keep,
            write("Tuesday"),
            press("1"),
        ),
    ),
    "a promise taken back": (
        (PROMISE, MOOD),
        (write("Call"), back, empty, press("1")),
    ),
    "the same promise in other words": (
        (PROMISE, MOOD),
        (
            *(write("Call @Ben"), press("n"), write("Tuesday"), back, back, back),
            Act(("\x15Call soon @ben" + ENTER,), ("Call soon @ben",)),
            *(keep, keep, press("1")),
        ),
    ),
    "finished early": ((MOMENT, MOOD, IDEAS), (write("one"), press("1"), finish)),
    "another wording": ((MOMENT, MOOD), (write(SAME), write("If she asked."), press("1"))),
    "another wording left alone": ((MOMENT, MOOD), (write(SAME), keep, press("1"))),
}
every_sitting = pytest.mark.parametrize("name", SITTINGS)
PAST = [before("2026-W46", MOMENT, SAME)]


def entry(questions: tuple[Question, ...], progress: Progress) -> Entry:
    bare = Entry(id="x", date=datetime(2026, 11, 20, tzinfo=UTC), week="2026-W47", set="test")
    return filled(bare, State(items(*questions, past=PAST), progress))


def by_keys(questions: tuple[Question, ...], acts: tuple[Act, ...]) -> Entry:
    keys = [keys for act in acts for keys in act.keys]
    # An Enter right after a key that answered at once would be taken for a habit.
    keys = [
        Later(key) if last.isalnum() and len(last) == 1 and key == ENTER else key
        for last, key in pairwise(["", *keys, ENTER])
    ]
    with sat(*keys) as sitting:
        ended = sit(walk(items(*questions, past=PAST), sitting.asker), lambda now: None)
    assert ended is not None
    return entry(questions, ended.progress)


def by_lines(questions: tuple[Question, ...], acts: tuple[Act, ...]) -> Entry:
    typed = "\n".join([*(line for act in acts for line in act.lines), "", ""])
    asker = PlainAsker(typing(typed), StringIO())
    ended = sit(walk(items(*questions, past=PAST), asker), lambda now: None)
    assert ended is not None
    return entry(questions, ended.progress)


def in_batch(questions: tuple[Question, ...], answered: Entry) -> Entry:
    """The sitting whose answers file says what this entry says."""
    table: dict[str, Any] = {}
    for answer in answered.answers:
        reply = list(answer.reply) if isinstance(answer.reply, tuple) else answer.reply
        if reply is not None:
            table[answer.key] = {"reply": reply, "fact": answer.fact} if answer.fact else reply
    parts = ("occasion", "text", "to", "by", "told")
    promises = [
        {part: value for part in parts if (value := getattr(made, part)) not in ("", None)}
        for made in answered.promises
    ]
    found = PromptSet(name="test", title="Test", sections=(Section(title="Part", questions=questions),))
    table |= {PROMISE.key: promises} if promises else {}
    skips = [question.key for question in questions if question.key not in table]
    asker = batch.prepare(found, (), table, (), skips, TODAY)
    progress = walk(items(*questions), asker, Progress(typed=asker.typed)).go()
    batch.refuse(asker.faults)
    return entry(questions, progress)


@every_sitting
def test_every_asker_comes_to_the_same_answers(name: str):
    questions, acts = SITTINGS[name]
    found = by_keys(questions, acts)
    assert found == by_lines(questions, acts)
    again = in_batch(questions, found)
    assert [each for each in again.answers if not each.skipped] == [
        each for each in found.answers if not each.skipped
    ]
    assert again.promises == found.promises


def test_the_sittings_come_to_what_they_say():
    whole = by_lines(*SITTINGS["all kinds"])
    replies = ["Ana stayed.\nI asked.", 4, ("calm", "loud"), "bad", True, ("one", "two")]
    assert [answer.reply for answer in whole.answers] == replies
    numbers = by_lines(*SITTINGS["numbers that need Enter"]).answers
    assert [(answer.reply, answer.fact) for answer in numbers[:2]] == [(-12, "The frost."), (12, "")]
    (promise,) = whole.promises
    assert (promise.text, promise.occasion, promise.by) == ("Call", "Tuesday", date(2026, 12, 3))
    (promise,) = by_lines(*SITTINGS["a promise without a cue"]).promises
    assert (promise.text, promise.occasion, promise.to, promise.by) == ("Call", "", "", None)
    first, second = by_lines(*SITTINGS["two promises"]).promises
    assert (first.text, first.to, first.told) == ("Call", "Ben", None)
    assert (second.text, second.occasion, second.by) == ("Write", "", date(2026, 12, 4))
    care, *_ = by_lines(*SITTINGS["back to the fact, and from there to the number"]).answers
    assert (care.reply, care.fact) == (5, "Three.")
    assert by_lines(*SITTINGS["a promise taken back"]).promises == ()
    early = by_lines(*SITTINGS["finished early"])
    assert [(answer.key, answer.reply) for answer in early.answers] == [("moment", "one"), ("mood", "good")]
    assert by_lines(*SITTINGS["another wording"]).answers[0].reply.endswith("\nIf she asked.")
    assert by_lines(*SITTINGS["another wording left alone"]).answers[0].reply == SAME
