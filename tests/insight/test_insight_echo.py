"""The echo: one earlier answer of one's own, never a private one, and the day on which a promise comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from followme.dates import Interval, iso_week
from followme.insight.echo import Echo, asked_again, earlier_answer, echo_of
from followme.insight.promises import open_after, open_promises
from followme.insight.strip import DONE
from followme.model import Answer, Entry, Outcome, Promise, PromptSet
from rows import each_row

FRIDAY = date(2026, 11, 20)


def answer(key: str, reply: str | None, kind: str = "text", **parts) -> Answer:
    return Answer(key=key, kind=kind, question=f"What of {key}?", reply=reply, **parts)


def ago(weeks: int, *answers: Answer, of: str = "weekly", **parts) -> Entry:
    """An entry of so many weeks ago; without answers, to `moment`, with its age."""
    moment = datetime(2026, 11, 20, 16, tzinfo=UTC) - timedelta(weeks=weeks)
    given = answers or (answer("moment", f"{weeks} weeks ago"),)
    week = iso_week(moment.date())
    return Entry(id=f"{moment:%Y%m%dT%H%M%S}-aaaaa", date=moment, week=week, set=of, answers=given, **parts)


def promises(count: int) -> tuple[Promise, ...]:
    return tuple(Promise(ref=f"p{at}", text=f"Do {at}") for at in range(1, count + 1))


def of(saved: Entry, *past: Entry, review_day: str = "friday", minutes: int = 8) -> Echo:
    prompt_set = PromptSet(name="weekly", title="Weekly", sections=(), minutes=minutes)
    opened = open_promises([*past, saved])
    return echo_of(saved, past, FRIDAY, review_day, opened=opened, prompt_set=prompt_set)


def echoed(saved: Entry, *past: Entry) -> str | None:
    found = earlier_answer(saved, past)
    return str(found.answer.reply) if found else None


@each_row(
    ("ages", "taking_turns"),
    [
        ([1], {1}),
        ([2, 1], {2, 1}),
        ([8, 4, 2, 1], {8, 4}),
        ([9, 6, 5, 4, 3, 1], {5, 4, 3}),
        ([20, 14, 3], {20, 14}),
        ([30, 25, 2], {30, 25}),
        ([60, 50, 13, 1], {60, 50}),
        (range(1, 100), set(range(48, 57))),
        ([100, 47, 1], {100}),
    ],
)
def test_it_is_from_about_a_year_or_a_quarter_or_a_few_weeks_ago_or_the_oldest(ages, taking_turns):
    without_words = [ago(1, answer("choice", "No", "choice")) for _ in range(12)]
    said = [echoed(ago(0), *map(ago, ages), *without_words[:turn]) for turn in range(len(without_words))]
    assert set(said) == {f"{weeks} weeks ago" for weeks in taking_turns}


def test_no_answer_comes_twice_in_a_row():
    weeks = [ago(weeks) for weeks in range(110, -1, -1)]
    said = [echoed(week, *weeks[:at]) for at, week in enumerate(weeks)]
    assert all(one != other for one, other in pairwise(said))
    assert said[:4] == [None, "110 weeks ago", "109 weeks ago", "110 weeks ago"]


def test_it_is_to_the_same_theme_and_else_to_the_moment():
    now = ago(0, answer("moment", "Now"), answer("choice", "Now too"), answer("unseen", "Ana", "line"))
    themed = ago(6, answer("moment", "Then"), answer("choice", "The same theme"))
    other = ago(5, answer("moment", "The moment"), answer("spirit", "Another theme"))
    assert echoed(now, themed, other) == "The same theme"
    assert echoed(now, other) == "The moment"
    assert echoed(ago(0, answer("care-days", None, "scale")), other) == "The moment"
    # A theme that was skipped this time is one too, and an earlier skip is no answer.
    skipped = ago(0, answer("choice", None))
    assert echoed(skipped, themed, other) == "The same theme"
    assert echoed(now, ago(6, answer("choice", None), answer("moment", "Then"))) == "Then"
    assert echoed(now, ago(6, answer("spirit", "Another theme"))) is None


@each_row(
    "past",
    [
        ago(4, answer("moment", "Secret", private=True)),
        ago(4, private=True),
        ago(4, event=True),
        ago(4, of="one-on-one"),
        ago(4, of="note"),
        ago(4, imported="jrnl"),
        ago(4, conflict="20261023T160000-bbbbb"),
        ago(0),
        ago(-1),
        ago(4, answer("moment", "  ")),
        ago(4, Answer(key="moment", kind="text", question="?", reply=("a", "b"))),
    ],
)
def test_never_is_it(past):
    assert echoed(ago(0), past) is None


def test_what_is_private_now_is_not_given_back_and_a_name_is_no_theme():
    hidden = ago(0, answer("choice", "Now", private=True), answer("talk-with", "Ana", "line", person=True))
    past = ago(4, answer("choice", "Then"), answer("talk-with", "Ben", "line", person=True))
    assert echoed(hidden, past) is None
    assert echoed(ago(0, answer("moment", "Now", private=True)), ago(4)) is None


def test_an_entry_that_counts_for_no_week_gets_neither_strip_nor_answer():
    event = ago(0, of="one-on-one", promises=(Promise(ref="p1", text="Call"),))
    echo = of(event, ago(1), ago(2))
    assert (echo.strip, echo.earlier, len(echo.comes_back)) == ((), None, 1)
    assert of(ago(0), ago(1)).strip == (DONE, DONE)
    assert of(ago(0), ago(1), review_day="").strip == ()


@each_row(
    ("minutes", "before", "made", "sure"),
    [(3, 0, 2, 2), (3, 1, 1, 1), (3, 2, 1, 1), (3, 0, 3, 1), (3, 3, 2, 1), (8, 3, 2, 2), (8, 4, 3, 2)],
)
def test_only_what_the_next_reflection_surely_asks_is_announced(minutes, before, made, sure):
    """If more are open than it asks about, all but the latest take turns; a day that's later leaves room until then."""
    earlier_ones = ago(1, promises=promises(before))
    later = replace(promises(1)[0], ref="p9", by=date(2027, 1, 15))
    saved = ago(0, promises=(later, *promises(made)))
    echo = of(saved, earlier_ones, minutes=minutes)
    assert [each.ref for each in echo.surely if each is not later] == [
        f"p{at}" for at in range(made - sure + 1, made + 1)
    ]


def test_what_this_reflection_closed_leaves_room_for_what_it_made():
    before = ago(1, promises=promises(4))
    opened = open_promises([before])
    closed = tuple(Outcome(promise=each.ref, result="kept") for each in opened[:3])
    saved = ago(0, promises=promises(1), outcomes=(*closed, Outcome(promise=opened[3].ref, result="not-yet")))
    assert [each.ref for each in open_after(opened, saved)] == [opened[3].ref, f"{saved.id}/p1"]


@each_row(
    ("by", "today", "done", "day"),
    [
        (None, date(2026, 11, 20), ["2026-W47"], date(2026, 11, 27)),
        (None, date(2026, 11, 18), ["2026-W47"], date(2026, 11, 27)),
        (None, date(2026, 11, 18), [], date(2026, 11, 20)),
        (None, date(2026, 11, 23), ["2026-W47"], date(2026, 11, 27)),
        (None, date(2026, 11, 22), ["2026-W47"], date(2026, 11, 27)),
        (date(2026, 11, 27), FRIDAY, ["2026-W47"], date(2026, 11, 27)),
        (date(2026, 11, 28), FRIDAY, ["2026-W47"], date(2026, 12, 4)),
        (date(2026, 12, 9), FRIDAY, ["2026-W47"], date(2026, 12, 18)),
    ],
)
def test_a_promise_comes_back_on_the_next_review_day_that_is_free(by, today, done, day):
    breaks = [Interval(date(2026, 12, 7), date(2026, 12, 13))]
    assert asked_again(by, today, "friday", done, breaks) == day


@given(st.dates(), st.dates() | st.none(), st.sampled_from(["monday", "friday", "sunday"]))
def test_no_day_is_too_far_and_none_is_before_tomorrow(today, by, review_day):
    if today == date.max:
        return
    assert asked_again(by, today, review_day, (), ()) > today - timedelta(weeks=60)
