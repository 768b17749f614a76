"""A talk with one person: what is recalled, shown and promised is about them and no one else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from asking_samples import ASK, MOMENT, MOOD, TODAY, Script, back, pause, walk

from followme.asking.item import Item
from followme.asking.items import items_of
from followme.asking.state import State
from followme.asking.understood import row
from followme.asking.walk import FINISH, JUMP, Move
from followme.errors import Paused
from followme.insight.promises import OpenPromise
from followme.kinds.base import ADD, ADJUST, answered
from followme.model import Entry, Progress, Promise, PromptSet, Question, Section, When
from followme.sitting.entry import filled
from followme.sitting.summary import sit
from rows import each_row

WITH = Question(key="with", kind="line", ask="Who is it?", person=True)
HEARD = Question(key="heard", kind="line", ask="What did you hear?", recall=("moment", "mood"))
MADE = Question(key="made", kind="promise", ask="What did you promise?", most=2)
BARE = Entry(id="x", date=datetime(2026, 11, 20, tzinfo=UTC), week="2026-W47", set="talk")


def talk(
    *questions: Question,
    past: tuple[Entry, ...] = (),
    opened: tuple[OpenPromise, ...] = (),
    event: bool = True,
) -> tuple[Item, ...]:
    """The items of a sitting about a talk."""
    section = Section(title="Part", questions=questions)
    return items_of(
        PromptSet(name="talk", title="Talk", sections=(section,), event=event), (), TODAY, past, opened
    )


class Shown(Script):
    """A script that writes down what stood above each question, and the fields it was asked for."""

    def __init__(self, *answers: object) -> None:
        super().__init__(list(answers))
        self.above: dict[str, str] = {}
        self.fields: list[str] = []
        self.rows: list[str] = []

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        super().introduce(item, number, count, first=first)
        self.above[item.key] = "\n".join(words for each in item.quoted for words in each)

    def ask(self, field, value, typing):
        self.fields.append(field.name)
        self.rows += [row(field)] if field.input == "row" else []
        return super().ask(field, value, typing)


def gone(questions: tuple[Item, ...], *answers: object) -> tuple[Progress, Shown]:
    script = Shown(*answers)
    return walk(questions, script).go(), script


def promises(questions: tuple[Item, ...], progress: Progress) -> list[Promise]:
    return list(filled(BARE, State(questions, progress)).promises)


# --- What is recalled -------------------------------------------------------------------------------------


def about(day: int, person: str | None, words: str) -> Entry:
    """An entry of a talk with this person, "" where that was skipped; None is about no one."""
    given = [answered(MOMENT, words).answer]
    if person is not None:
        given.insert(0, answered(WITH, person or None).answer)
    moment = datetime(2026, 11, day, 16, tzinfo=UTC)
    answers = tuple(each for each in given if each)
    return Entry(id=f"id-of-{day}", date=moment, week="2026-W46", set="talk", answers=answers)


PAST = (about(9, "Ana", "For Ana."), about(11, "Tom", "For Tom."), about(12, "", "For no name."))


@each_row(
    ("person", "said"),
    [("Ana", "For Ana."), (" ana ", "For Ana."), ("Tom", "For Tom."), ("Cleo", ""), ("", "")],
)
def test_only_what_was_written_about_the_same_person_is_recalled(person, said):
    _, script = gone(talk(WITH, HEARD, past=PAST), person, "x")
    assert script.above["heard"].endswith(said)
    assert bool(script.above["heard"]) is bool(said)


def test_the_latest_talk_with_the_person_counts():
    past = (*PAST, about(13, "Ana", "For Ana again."), about(14, "Tom", "For Tom again."))
    _, script = gone(talk(WITH, HEARD, past=past), "Ana", "x")
    assert script.above["heard"] == "You wrote on Friday, November 13, 2026:\nOne moment?\nFor Ana again."


def test_a_name_that_is_changed_on_the_way_back_changes_what_is_recalled():
    _, script = gone(talk(WITH, HEARD, past=PAST), "Ana", back, "Tom", "x")
    assert script.above["heard"].endswith("For Tom.")


def test_what_is_about_no_one_may_be_recalled_in_a_talk_and_any_talk_where_no_one_is_named():
    _, script = gone(talk(WITH, HEARD, past=(*PAST, about(13, None, "For all."))), "Ana", "x")
    assert script.above["heard"].endswith("For all.")
    _, script = gone(talk(HEARD, past=PAST), "x")
    assert script.above["heard"].endswith("For no name.")


def test_a_talk_from_before_the_entry_said_whom_it_was_with_counts_too():
    once = [replace(each, key="talk-with", person=False) for each in PAST[0].answers[:1]]
    old = replace(PAST[0], answers=(*once, *PAST[0].answers[1:]))
    _, script = gone(talk(WITH, HEARD, past=(old, PAST[1])), "Ana", "x")
    assert script.above["heard"].endswith("For Ana.")


# --- What is promised in it -------------------------------------------------------------------------------


def test_a_promise_is_to_the_person_who_heard_it_and_neither_is_asked():
    questions = talk(WITH, MADE)
    progress, script = gone(
        questions, "Ana", "Send the draft by dec 4", Move(ADD), "Call her", "", "", "Monday"
    )
    assert script.fields == ["reply", "line", "told", "line-2", "told-2", "occasion", "occasion-2"]
    assert script.rows == [
        f"To Ana · By {day} · Right? Press Enter to keep it."
        for day in ("Fri, Dec 4", "your next reflection")
    ]
    assert promises(questions, progress) == [
        Promise(ref="p1", text="Send the draft", to="Ana", told=True, by=date(2026, 12, 4)),
        Promise(ref="p2", text="Call her", occasion="Monday", to="Ana", told=True),
    ]
    assert script.told[-1].split("\n") == [
        "I will: Send the draft · Promised to: Ana · By Fri, Dec 4",
        "I will: Call her · Cue: Monday · Promised to: Ana",
    ]


def test_without_a_name_it_is_asked_as_ever():
    questions = talk(WITH, MADE)
    progress, script = gone(questions, "", "Send it @Ben", "no", "")
    assert script.fields == ["reply", "line", "told", "occasion"]
    assert script.rows == ["To Ben · By your next reflection · Have you told Ben? y n"]
    assert promises(questions, progress) == [Promise(ref="p1", text="Send it", to="Ben", told=False)]


def test_a_name_that_is_changed_on_the_way_back_changes_whom_it_is_to():
    questions = talk(WITH, MADE)
    progress, _ = gone(questions, "Ana", "Send it", "", Move(JUMP, "", 1), "Tom", "Send it", "", "")
    assert [each.to for each in promises(questions, progress)] == ["Tom"]


def test_whoever_else_is_named_in_a_talk_may_not_know_of_it_yet():
    questions = talk(WITH, MADE)
    progress, script = gone(questions, "Ana", "Send it @Ben", "no", "")
    assert script.rows == ["To Ben · By your next reflection · Have you told Ben? y n"]
    assert promises(questions, progress) == [Promise(ref="p1", text="Send it", to="Ben", told=False)]


def test_from_the_row_the_person_of_the_talk_can_be_changed():
    progress, script = gone(talk(WITH, MADE), "Ana", "Send it", Move(ADJUST), "Ben", "", "yes", "")
    assert script.fields == ["reply", "line", "told", "to", "by", "told", "occasion"]
    assert script.shown[3] == "Ana"
    assert [(each.to, each.told) for each in promises(talk(WITH, MADE), progress)] == [("Ben", True)]


def test_in_a_set_about_a_week_a_promise_is_to_no_one_although_it_names_a_person():
    questions = talk(WITH, MADE, event=False)
    _, script = gone(questions, "Ana", "Send it", "", "")
    assert script.rows == ["To yourself · By your next reflection · Right? Press Enter to keep it."]


def test_a_question_to_ask_them_goes_to_them():
    questions = talk(WITH, ASK, MOOD)
    progress, script = gone(questions, "Ana", "What should I stop?", "", "good")
    assert script.fields == ["reply", "line", "told", "reply"]
    assert promises(questions, progress) == [
        Promise(ref="p1", kind="ask", text="What should I stop?", to="Ana")
    ]


@each_row("way", ["finish", "pause"])
def test_a_talk_that_ends_early_comes_to_its_summary_without_asking_for_the_person_again(way):
    questions = talk(WITH, ASK, MOOD)
    if way == "finish":
        script = Shown("Ana", Move(FINISH, "Why?"), "")
        ended = sit(walk(questions, script), lambda now: None)
    else:
        stopped = walk(questions, Shown("Ana", replace(pause, value="Why?")))
        with pytest.raises(Paused):
            stopped.go()
        script = Shown("")
        ended = sit(walk(questions, script, stopped.state.concluded.progress), lambda now: None)
    assert script.answers == []
    assert ended is not None
    assert [(each.to, each.text) for each in promises(questions, ended.progress)] == [("Ana", "Why?")]


def test_what_hangs_on_a_question_that_goes_to_them_is_asked():
    after = replace(MOOD, when=When(key="ask", test="answered", value=True))
    _, script = gone(talk(WITH, ASK, after), "Ana", "Why?", "", "good")
    assert script.asked[-1] == "3/3 Which one?"


# --- What is open with them -------------------------------------------------------------------------------

OPENED = (
    OpenPromise("a/p1", Promise(ref="p1", text="Send it", to="Ana", told=True), "2026-W46"),
    OpenPromise("a/p2", Promise(ref="p2", text="Ask legal", who="Ana", to="Ben"), "2026-W46"),
    OpenPromise("a/p3", Promise(ref="p3", kind="ask", text="What should I stop?", to="ana"), "2026-W46"),
    OpenPromise("a/p4", Promise(ref="p4", text="Call", to="Tom"), "2026-W46"),
)


def test_what_is_open_with_them_is_shown_once_the_name_is_known_and_nothing_is_asked():
    progress, script = gone(talk(WITH, MOOD, opened=OPENED), "Ana", "good")
    assert script.told == [
        "Open with Ana:\nI will: Send it · Promised to: Ana\nAna will: Ask legal · For: Ben\n"
        "Ask ana: What should I stop?"
    ]
    assert script.asked == ["1/2 Who is it?", "2/2 Which one?"]
    assert progress.done == ("with", "mood")


@each_row("person", ["Cleo", "", "An"])
def test_where_nothing_is_open_with_them_nothing_is_said(person):
    _, script = gone(talk(WITH, MOOD, opened=OPENED), person, "good")
    assert script.told == []


# --- What was answered last time --------------------------------------------------------------------------

ENERGY = Question(
    key="energy", kind="scale", ask="How much?", low=0, high=5, low_label="none", high_label="all"
)

SAID = {
    "Ana": "She would rather lead the demo herself.",
    "Tom": "He wants the forecast on Thursdays from now on.",
}


def rated(day: int, person: str, value: int) -> Entry:
    answers = (
        answered(WITH, person).answer,
        answered(ENERGY, value, scale=True).answer,
        answered(MOMENT, SAID[person]).answer,
    )
    moment = datetime(2026, 11, day, 16, tzinfo=UTC)
    return Entry(
        id=f"id-of-{day}", date=moment, week="2026-W46", set="talk", answers=tuple(filter(None, answers))
    )


RATED = (rated(9, "Ana", 1), rated(11, "Tom", 4))


def test_last_time_is_the_last_time_with_the_same_person():
    seen: dict[str, list[str]] = {}

    class Looking(Shown):
        def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
            super().introduce(item, number, count, first=first)
            seen[item.key] = [str(each.answer.reply) for each in item.before]

    script = Looking("Ana", "Something else.", "2")
    walk(talk(WITH, MOMENT, ENERGY, past=RATED), script).go()
    assert seen == {
        "with": ["Ana", "Tom"],
        "moment": [SAID["Ana"]],
        "energy": ["1"],
    }
    assert script.told == ["Earlier: 1 (Nov 9). Now: 2."]


def test_another_wording_is_offered_for_what_was_written_about_the_same_person():
    _, script = gone(talk(WITH, MOMENT, past=RATED), "Ana", SAID["Tom"])
    assert script.fields == ["reply", "reply"]
    _, script = gone(talk(WITH, MOMENT, past=RATED), "Tom", SAID["Tom"], "")
    assert script.fields == ["reply", "reply", "more"]


def test_who_it_is_may_hang_on_what_was_promised_and_the_other_way_round():
    who = replace(WITH, when=When(key="made", test="answered", value=True))
    questions = talk(MADE, who, MOOD)
    progress, script = gone(questions, "Send it", "", "", "Ana", "good")
    assert script.asked[1] == "2/3 Who is it?"
    assert [each.to for each in promises(questions, progress)] == ["Ana"]
