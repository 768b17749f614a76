"""What was answered to other questions is shown above a question that asks for it, and becomes no part of it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

from asking_samples import (
    CARE,
    ENTER,
    IDEAS,
    MOMENT,
    MOOD,
    PROMISE,
    SIGNS,
    THANKS,
    Script,
    back,
    before,
    items,
    sat,
    typing,
    walk,
)

from followme.asking.item import Item
from followme.asking.plain import PlainAsker
from followme.asking.recall import NOTHING, recall_of
from followme.asking.walk import FINISH, JUMP, Move
from followme.errors import Paused
from followme.journal.draftfile import Draft
from followme.kinds.base import answered
from followme.model import Answer, Entry, Progress, PromptSet, Question, Reply, Section, When
from followme.promptfile.load import from_table
from followme.promptfile.writer import to_table
from followme.sitting.starting import sitting_of
from followme.sitting.summary import CHANGE, sit
from rows import each_row

NEXT = Question(key="next", kind="line", ask="Which of these?", recall=("moment", "mood"))


class Shown(Script):
    """An asker that follows a script, and writes down what stood above each question."""

    def __init__(self, *answers: object) -> None:
        super().__init__(list(answers))
        self.above: list[tuple[str, str]] = []

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        super().introduce(item, number, count, first=first)
        self.above.append((item.key, "\n".join(words for each in item.quoted for words in each)))


def gone(questions: tuple[Item, ...], *answers: object, progress: Progress | None = None) -> Shown:
    """Walk through the questions with these answers."""
    script = Shown(*answers)
    walk(questions, script, progress).go()
    return script


def answer(question: Question, reply: Reply | None) -> Answer:
    given = answered(question, reply).answer
    assert given
    return given


def entry(day: int, *answers: Answer, **parts: object) -> Entry:
    """An entry of that day in November with these answers."""
    moment = datetime(2026, 11, day, 16, tzinfo=UTC)
    fields = {"id": f"id-of-{day}", "date": moment, "week": "2026-W46", "set": "test", "answers": answers}
    return Entry(**fields | parts)


# From this sitting


def test_what_was_answered_in_this_sitting_stands_above_in_the_order_of_the_keys():
    questions = items(MOOD, MOMENT, NEXT)
    script = gone(questions, "good", "Ana stayed.", "x")
    assert script.above == [
        ("mood", ""),
        ("moment", ""),
        ("next", "You wrote:\nOne moment?\nAna stayed.\nWhich one?\ngood"),
    ]


def test_an_answer_stands_beside_its_question_as_it_was_asked():
    past = [entry(13, replace(answer(MOMENT, "Ana stayed."), question="Asked otherwise?"))]
    assert gone(items(NEXT, past=past), "x").above[0][1].endswith("2026:\nAsked otherwise?\nAna stayed.")


def test_what_was_passed_over_is_left_out():
    assert gone(items(MOMENT, MOOD, NEXT), "", "good", "x").above[-1] == (
        "next",
        "You picked:\nWhich one?\ngood",
    )


@each_row(
    ("question", "given", "said"),
    [
        (MOMENT, ["Ana stayed.\nI asked her."], ["Ana stayed.", "I asked her."]),
        (CARE, ["4", "Two calls."], ["4"]),
        (SIGNS, [("loud", "calm")], ["calm", "loud"]),
        (THANKS, ["yes"], ["yes"]),
        (IDEAS, ["one\ntwo"], ["one", "two"]),
    ],
)
def test_an_answer_of_any_kind_stands_below_its_question(question, given, said):
    asking = replace(NEXT, recall=(question.key,))
    heading, asked, *rows = gone(items(question, asking), *given, "x").above[-1][1].split("\n")
    # Some words are the question's, and the leader picked them.
    assert heading == ("You picked:" if question is SIGNS else "You wrote:")
    assert asked == question.ask
    # All of it stands there, in its order, whatever stands between; of a list, each item in a row of its own.
    assert re.fullmatch(r"\W+".join(map(re.escape, said)), "\n".join(rows))
    assert len(rows) == (len(said) if question in (SIGNS, IDEAS) else 1)


def test_a_promise_has_no_answer_and_nothing_stands_there():
    asking = replace(NEXT, recall=("promise",))
    assert gone(items(PROMISE, asking), "Call", "", "", "", "", "x").above[-1] == ("next", "")


def test_an_answer_that_was_changed_on_the_way_back_stands_there_as_it_is_now():
    above = [
        quote for key, quote in gone(items(MOMENT, NEXT), "one", back, "two", "x").above if key == "next"
    ]
    assert above == ["You wrote:\nOne moment?\none", "You wrote:\nOne moment?\ntwo"]


def test_an_answer_that_was_emptied_on_the_way_back_is_gone():
    assert gone(items(MOMENT, NEXT), "one", back, "", "x").above[-1] == ("next", "")


def test_it_stands_there_wherever_one_comes_from():
    questions = items(MOMENT, NEXT, MOOD)
    script = gone(questions, "one", "x", Move(JUMP, "", 2), "x", "good")
    assert [quote for key, quote in script.above if key == "next"] == ["You wrote:\nOne moment?\none"] * 2
    script = Shown("one", "x", Move(FINISH), CHANGE, NEXT.ask, "y", "")
    assert sit(walk(questions, script), lambda now: None) is not None
    assert script.above[-1] == ("next", "You wrote:\nOne moment?\none")


# From earlier ones


def test_without_an_answer_of_this_sitting_the_latest_entry_with_one_is_shown_with_its_day():
    past = [
        entry(6, answer(MOMENT, "Too old."), answer(MOOD, "bad")),
        entry(13, answer(MOMENT, "Ana stayed.")),
        entry(14, answer(IDEAS, ("one",)), answer(MOOD, None)),
    ]
    shown = gone(items(NEXT, past=past), "x").above
    assert shown == [("next", "You wrote on Friday, November 13, 2026:\nOne moment?\nAna stayed.")]


def test_any_set_and_a_private_entry_will_do():
    past = [entry(13, answer(MOMENT, "Between us."), set="one-on-one", private=True)]
    assert gone(items(NEXT, past=past), "x").above[0][1].endswith("2026:\nOne moment?\nBetween us.")


def test_what_was_answered_in_this_sitting_goes_before():
    past = [entry(13, answer(MOMENT, "Earlier."), answer(MOOD, "bad"))]
    assert gone(items(MOMENT, NEXT, past=past), "Now.", "x").above[-1][1] == "You wrote:\nOne moment?\nNow."
    passed_over = gone(items(MOMENT, NEXT, past=past), "", "x").above[-1][1]
    assert passed_over == "You wrote on Friday, November 13, 2026:\nOne moment?\nEarlier.\nWhich one?\nbad"


# Nothing


def test_without_any_answer_nothing_is_shown():
    assert gone(items(MOMENT, NEXT), "", "x").above == [("moment", ""), ("next", "")]
    assert gone(items(NEXT, past=[entry(13, answer(IDEAS, ("one",)), answer(MOMENT, None))]), "x").above == [
        ("next", "")
    ]


def test_a_question_that_recalls_nothing_shows_nothing():
    past = [entry(13, answer(MOMENT, "Ana stayed."))]
    assert recall_of((), past) == NOTHING
    assert gone(items(MOMENT, past=past), "x").above == [("moment", "")]


# On the screen


HOSTILE = "[red]x[/] :smile: \x1b[31mred\x1b]0;title\x07"


@each_row("columns", [40, 80])
def test_the_rich_asker_shows_it_between_the_count_and_the_question(columns):
    (item,) = items(NEXT, past=[before("2026-W46", MOMENT, f"{HOSTILE} {'word ' * 30}")])
    with sat("x" + ENTER, ENTER, columns=columns) as sitting:
        assert sit(walk((item,), sitting.asker), lambda now: None) is not None
        rows = sitting.printed.split("\n")
        heading = rows.index("You wrote on Friday, November 13, 2026:")
        assert rows[heading - 1].endswith("─  1 of 1 · Part") or rows[heading - 1].endswith(
            "━  1 of 1 · Part"
        )
        assert rows[heading + 1] == "One moment?"
        barred = rows[heading + 2 : rows.index("Which of these?")]
        assert all(row.startswith(" ▎ ") for row in barred)
        shown = " ".join(row.removeprefix(" ▎ ") for row in barred)
        assert shown.startswith("[red]x[/] :smile: ␛[31mred␛]0;title␇ word word")
        assert all(len(row) <= columns for row in rows)
        assert "\x1b[31mred" not in sitting.stream.getvalue()
        assert "\x1b]0;title" not in sitting.stream.getvalue()


@each_row("columns", [40, 80])
def test_of_several_each_question_stands_above_its_answer_with_the_bar_beside_that_alone(columns):
    with sat("1", "1 3" + ENTER, "x" + ENTER, columns=columns) as sitting:
        asking = replace(NEXT, recall=("mood", "signs"))
        with suppress(Paused):
            walk(items(MOOD, SIGNS, asking), sitting.asker).go()
        shown = "You picked:\nWhich one?\n ▎ good\nWhich?\n ▎ calm\n ▎ loud\nWhich of these?\n"
        assert shown in sitting.printed


def test_the_plain_asker_shows_it_above_the_question_without_an_escape_sequence():
    (item,) = items(NEXT, past=[before("2026-W46", MOMENT, HOSTILE)])
    stream = StringIO()
    assert sit(walk((item,), PlainAsker(typing("x\n\n"), stream)), lambda now: None) is not None
    assert (
        "You wrote on Friday, November 13, 2026:\n"
        "One moment?\n[red]x[/] :smile: ␛[31mred␛]0;title␇\n"
        "1 of 1: Which of these?\n"
    ) in stream.getvalue()
    assert "\x1b" not in stream.getvalue()


def test_it_is_no_part_of_the_answer_nor_of_the_words_by_which_a_question_is_found():
    script = Shown("one", "x", CHANGE, NEXT.ask, "y", "")
    questions = items(MOMENT, NEXT)
    ended = sit(walk(questions, script), lambda now: None)
    assert ended is not None
    given = questions[1].respond(ended.progress.typed["next"]).answer
    assert given == answer(NEXT, "y")


# A sitting that goes on later

NEXT_AFTER_MOMENT = replace(NEXT, recall=("moment",))


def draft(*questions: Question) -> Draft:
    planned = PromptSet(name="test", title="Test", sections=(Section(title="Part", questions=questions),))
    moment = datetime(2026, 11, 20, 16, tzinfo=UTC)
    return Draft(
        id="x", journal="", set="test", week="2026-W47", started=moment, plan={"set": to_table(planned)}
    )


def test_a_sitting_that_goes_on_later_still_shows_it():
    begun = Progress(typed={"moment": {"reply": "one"}}, done=("moment",), at="next")
    questions = sitting_of(draft(MOMENT, NEXT_AFTER_MOMENT)).items
    assert gone(questions, "x", progress=begun).above == [("next", "You wrote:\nOne moment?\none")]
    past = [entry(13, answer(MOMENT, "Earlier."))]
    begun = Progress(typed={"moment": {"reply": ""}}, done=("moment",), at="next")
    questions = sitting_of(draft(MOMENT, NEXT_AFTER_MOMENT), past).items
    assert gone(questions, "x", progress=begun).above == [
        ("next", "You wrote on Friday, November 13, 2026:\nOne moment?\nEarlier.")
    ]


def test_an_answer_that_no_longer_applies_is_not_recalled():
    why = Question(key="why", kind="line", ask="Why so rarely?", when=When(key="care", test="below", value=2))
    ask = Question(key="next", kind="line", ask="What now?", recall=("why",))
    script = gone(items(CARE, why, ask), "1", "", "No time.", back, back, back, "5", "", "x")
    assert script.above[-1] == ("next", "")


def test_a_plan_may_recall_what_it_does_not_ask_itself():
    """Such as a question that was left out by `pick`: the paused sitting goes on all the same."""
    planned = PromptSet(name="own", title="Own", sections=(Section(title="One", questions=(NEXT,)),))
    assert from_table(to_table(planned), "own") == planned
