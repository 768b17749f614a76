"""What a new sitting asks: the wording of its quarter, what is due, and no second question to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from followme import dates
from followme.env.folders import shipped_prompts
from followme.insight.promises import open_promises
from followme.insight.questions import FEW, MOST, SHORT
from followme.model import Entry, Outcome, Promise, PromptSet, Question, Section
from followme.promptfile.load import load
from followme.sitting.starting import new_sitting
from rows import each_row

MONDAY = datetime(2026, 1, 5, 16, 0, tzinfo=timezone(timedelta(hours=1)))
WEEKLY = load(shipped_prompts() / "weekly.toml")


def wording(week: str, year_starts: str = "january") -> str:
    varied = Question(key="a", kind="text", ask="A?", variants=("A2?", "A3?"), vary="quarter")
    found = PromptSet(name="own", title="Own", sections=(Section(title="One", questions=(varied,)),))
    (question,) = new_sitting(found, [], (), week, MONDAY, year_starts).asked.questions
    return question.ask


def test_inside_a_quarter_the_wording_stays_and_the_next_one_brings_another():
    weeks = [dates.iso_week(MONDAY.date() + timedelta(weeks=number)) for number in range(52)]
    runs = [
        words for at, words in enumerate(map(wording, weeks)) if at == 0 or words != wording(weeks[at - 1])
    ]
    assert len(runs) == 4
    assert {wording(week) for week in weeks[:12]} == {wording(weeks[0])}


def test_the_wording_changes_with_the_quarter_of_the_companys_year():
    first, last = "2026-W06", "2026-W18"  # February 5 and April 30 are their Thursdays
    said = [wording(week, "february") for week in ("2026-W05", first, last, "2026-W19")]
    assert said[1] == said[2]
    assert len(set(said)) == 3


@each_row(
    ("week", "like"),
    [("2026-W01", "2026-W02"), ("2026-W14", "2026-W15"), ("2024-W40", "2024-W41"), ("2026-W53", "2026-W52")],
)
def test_a_week_belongs_to_the_quarter_of_its_thursday(week, like):
    """The Monday of 2026-W01 is 29 December 2025, and 2026-W53 reaches into 2027."""
    assert wording(week) == wording(like)


@each_row(("result", "asks"), [(None, False), ("not-yet", False), ("kept", True), ("not-needed", True)])
def test_a_question_to_a_person_waits_while_one_is_open(result, asks):
    question = Promise(ref="p1", kind="ask", text="How do you want to hear bad news?")
    made = Entry(id="20260105T150000-aaaaa", date=MONDAY, week="2026-W02", set="weekly", promises=(question,))
    outcomes = (Outcome(promise=f"{made.id}/p1", result=result),) if result else ()
    later = Entry(id="20260112T150000-bbbbb", date=MONDAY, week="2026-W03", set="outcome", outcomes=outcomes)
    past = [made, later]
    asked = new_sitting(WEEKLY, past, open_promises(past), "2026-W03", MONDAY).asked
    assert ("ask" in [each.key for each in asked.questions]) is asks


@each_row(
    ("minutes", "new", "closed"),
    [(3, 0, 0), (3, 1, 0), (3, 1, 1), (8, 0, 0), (8, 1, 0), (8, 1, 1)],
)
def test_whoever_leaves_every_promise_open_is_asked_about_each_in_its_turn(minutes, new, closed):
    """Enter leaves no trace, so the turns follow from the reflections and the open promises alone.

    Half a year: seven promises at first, `new` more in each of the next ten weeks, and `closed` of them in each week
    from the eleventh on. None waits longer than there are others at a time.
    """
    short = replace(WEEKLY, minutes=minutes)
    past: list[Entry] = []
    waited: dict[str, int] = {}
    most = 1
    for number in range(26):
        when = MONDAY + timedelta(weeks=number)
        opened = open_promises(past)
        sitting = new_sitting(short, past, opened, dates.iso_week(when.date()), when)
        asked = {each.ref for each in sitting.due}
        assert len(asked) == min(FEW if minutes < SHORT else MOST, len(opened))
        assert {each.ref for each in sitting.later} == {each.ref for each in opened} - asked
        waited = {each.ref: 0 if each.ref in asked else waited.get(each.ref, 0) + 1 for each in opened}
        most = max(most, len(opened))
        assert max(waited.values(), default=0) < most
        ends = sorted(asked)[: closed if number > 10 else 0]
        count = 7 if number == 0 else new if number <= 10 else 0
        past.append(
            Entry(
                id=f"{when:%Y%m%d}T150000-aaaaa", date=when, week=dates.iso_week(when.date()), set="weekly",
                promises=tuple(Promise(ref=f"p{at}", text=f"{number}.{at}") for at in range(count)),
                outcomes=tuple(Outcome(promise=ref, result="kept") for ref in ends),
            )
        )  # fmt: skip


def test_the_plan_knows_the_day_a_promise_is_due():
    made = Entry(
        id="20260105T150000-aaaaa", date=MONDAY, week="2026-W02", set="weekly",
        promises=(
            Promise(ref="p1", text="next time"),
            Promise(ref="p2", text="today", by=date(2026, 1, 12)),
            Promise(ref="p3", text="later", by=date(2026, 1, 13)),
        ),
    )  # fmt: skip
    planned = new_sitting(WEEKLY, [made], open_promises([made]), "2026-W03", MONDAY + timedelta(weeks=1))
    assert [each.promise.text for each in planned.due] == ["next time", "today"]
    assert [each.promise.text for each in planned.opened] == ["next time", "today", "later"]
    assert [row.ask for row in planned.items[0].fields[0].rows] == [
        "I will: next time",
        "I will: today · By Mon, Jan 12",
    ]


def test_of_those_that_waited_as_long_overdue_ones_come_first_and_then_those_for_someone():
    made = Entry(
        id="20260105T150000-aaaaa", date=MONDAY, week="2026-W02", set="weekly",
        promises=(
            Promise(ref="p1", text="alone"),
            Promise(ref="p2", text="for Ben", to="Ben"),
            Promise(ref="p3", text="overdue", by=date(2026, 1, 9)),
            Promise(ref="p4", text="the latest"),
        ),
    )  # fmt: skip
    short, past, asked = replace(WEEKLY, minutes=3), [made], []
    for week in range(1, 4):
        when = MONDAY + timedelta(weeks=week)
        sitting = new_sitting(short, past, open_promises(past), dates.iso_week(when.date()), when)
        asked.append([each.promise.text for each in sitting.due])
        past.append(replace(made, id=f"{when:%Y%m%d}T150000-aaaaa", date=when, promises=()))
    assert asked == [["overdue", "the latest"], ["for Ben", "the latest"], ["alone", "the latest"]]
