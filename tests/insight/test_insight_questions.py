"""What a sitting asks: turns, pauses and wordings, and that no question starves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from followme import dates
from followme.env.folders import shipped_prompts
from followme.insight.questions import SITTINGS_READ, due_questions, last_asked
from followme.model import Answer, Entry, Promise, PromptSet, Question, Section, When
from followme.promptfile.load import load

MONDAY = datetime(2026, 1, 5, 16, 0, tzinfo=timezone(timedelta(hours=1)))
WEEKLY = load(shipped_prompts() / "weekly.toml")
THREE = load(shipped_prompts() / "three-minutes.toml")
THEMES = ("authority", "reasons", "choice", "care", "standard", "spirit")


def ask(key: str, **settings) -> Question:
    return Question(**{"key": key, "kind": "text", "ask": f"{key}?", **settings})


def a_set(*questions: Question, pick: int | None = None) -> PromptSet:
    return PromptSet(
        name="own", title="Own", sections=(Section(title="One", questions=questions, pick=pick),)
    )


def keys(found: PromptSet) -> list[str]:
    return [question.key for question in found.questions]


def sitting(planned: PromptSet, week: int, *, skip: bool = False) -> Entry:
    """The entry of a sitting in which everything planned was answered, or passed over."""
    when = MONDAY + timedelta(weeks=week)
    kept = () if skip else tuple(each for each in planned.questions if each.kind == "promise")
    return Entry(
        id=f"{when:%Y%m%dT%H%M%S}-aaaaa",
        date=when,
        week=dates.iso_week(when.date()),
        set=planned.name,
        answers=tuple(
            Answer(key=each.key, kind=each.kind, question=each.ask, reply=None if skip else "x")
            for each in planned.questions
            if each not in kept
        ),
        promises=tuple(Promise(ref=f"p{at}", text="x", kind=each.promise) for at, each in enumerate(kept, 1)),
    )


def year_of(found: PromptSet, weeks, skips=()) -> dict[int, list[str]]:
    """What each sitting of these weeks asks, all of them answered but those skipped."""
    past: list[Entry] = []
    asked = {}
    for week in weeks:
        planned = due_questions(found, past[-SITTINGS_READ:], quarter=0)
        asked[week] = keys(planned)
        past.append(sitting(planned, week, skip=week in skips))
    return asked


def weeks_of(asked: dict[int, list[str]], key: str) -> list[int]:
    return [number for number, found in enumerate(asked.values()) if key in found]


def test_the_first_sitting_asks_the_first_of_each_pick():
    assert keys(due_questions(WEEKLY, [], quarter=0)) == [
        "moment",
        "care-days",
        "authority",
        "courage",
        "unseen",
        "promise",
        "ask",
    ]


def test_in_a_year_every_theme_comes_back_every_sixth_sitting():
    asked = year_of(WEEKLY, range(52))
    for paths, theme in enumerate(THEMES):
        assert weeks_of(asked, theme) == list(range(paths, 52, 6))
    assert all(len(set(found) & set(THEMES)) == 1 for found in asked.values())


def test_in_a_year_the_two_that_are_easy_to_miss_take_turns():
    asked = year_of(WEEKLY, range(52))
    assert weeks_of(asked, "unseen") == list(range(0, 52, 2))
    assert weeks_of(asked, "signs") == list(range(1, 52, 4))
    assert not [found for found in asked.values() if {"unseen", "signs"} <= set(found)]


def test_the_others_are_asked_every_time():
    for found in year_of(WEEKLY, range(52)).values():
        assert {"moment", "care-days", "promise", "ask"} <= set(found)


@given(st.sets(st.integers(0, 51), min_size=20), st.sets(st.integers(0, 51)))
def test_missed_weeks_and_skips_starve_nothing(weeks, skips):
    """It is sittings that count and not weeks, so who comes half as often meets each theme half as often."""
    asked = year_of(WEEKLY, sorted(weeks), skips)
    for paths, theme in enumerate(THEMES):
        assert weeks_of(asked, theme) == list(range(paths, len(weeks), 6))


def test_a_skip_counts_as_asked():
    assert year_of(WEEKLY, range(12), skips=range(12)) == year_of(WEEKLY, range(12))


def test_every_counts_the_sittings_of_its_own_set():
    found = a_set(ask("always"), ask("third", every=3))
    asked = year_of(found, range(7))
    assert weeks_of(asked, "third") == [0, 3, 6]
    first = sitting(due_questions(found, [], quarter=0), 0)
    notes = [Entry(id="", date=MONDAY, week="2026-W02", set=name) for name in ("note", "outcome", "weekly")]
    assert keys(due_questions(found, [first, *notes], quarter=0)) == ["always"]


def test_a_question_asked_by_another_set_has_been_asked():
    asked_in_short = sitting(due_questions(THREE, [], quarter=0), 0)
    assert keys(due_questions(WEEKLY, [asked_in_short], quarter=0))[3:5] == ["beside", "signs"]


def test_pick_takes_the_longest_unasked_and_keeps_the_order_of_the_file():
    found = a_set(*map(ask, "abcd"), pick=2)
    asked = year_of(found, range(4))
    assert list(asked.values()) == [["a", "b"], ["c", "d"], ["a", "b"], ["c", "d"]]
    newer = a_set(ask("new"), *map(ask, "abcd"), pick=2)
    past = [sitting(a_set(*map(ask, "cd")), 0), sitting(a_set(*map(ask, "ab")), 1)]
    assert keys(due_questions(newer, past, quarter=0)) == ["new", "c"]


def test_pick_takes_all_where_fewer_are_due():
    found = a_set(ask("a", every=2), ask("b"), pick=2)
    assert list(year_of(found, range(3)).values()) == [["a", "b"], ["b"], ["a", "b"]]


def test_a_section_without_a_due_question_is_left_out():
    found = PromptSet(
        name="own", title="Own",
        sections=(
            Section(title="One", questions=(ask("a"),)),
            Section(title="Two", questions=(ask("b", every=2),), pick=1),
        ),
    )  # fmt: skip
    past = [sitting(due_questions(found, [], quarter=0), 0)]
    assert [section.title for section in due_questions(found, past, quarter=0).sections] == ["One"]


def test_the_plan_leaves_nothing_to_decide():
    planned = due_questions(a_set(ask("a", variants=("A?",), every=2), ask("b"), pick=1), [], quarter=0)
    assert [section.pick for section in planned.sections] == [None]
    assert [question.every for question in planned.questions] == [1]


def test_the_wordings_that_were_not_chosen_are_kept_the_next_one_first():
    found = a_set(ask("a", variants=("A2?", "A3?"), vary="quarter"))
    kept = [
        [each.variants for each in due_questions(found, [], quarter=number).questions] for number in range(3)
    ]
    assert kept == [[("A2?", "A3?")], [("A3?", "a?")], [("a?", "A2?")]]


def test_wordings_take_turns_by_quarter():
    found = a_set(ask("a", variants=("A2?", "A3?"), vary="quarter"), ask("b"))
    wordings = [
        [each.ask for each in due_questions(found, [], quarter=number).questions] for number in range(4)
    ]
    assert wordings == [["a?", "b?"], ["A2?", "b?"], ["A3?", "b?"], ["a?", "b?"]]


def test_the_wording_asked_longest_ago_comes_next():
    found = a_set(ask("a", variants=("A2?", "A3?")))
    past: list[Entry] = []
    said = []
    for week in range(7):
        planned = due_questions(found, past, quarter=week // 3)
        (question,) = planned.questions
        said.append((question.ask, question.variants))
        past.append(sitting(planned, week, skip=week == 1))
    # One that was passed over was asked too.
    assert [ask for ask, _ in said] == ["a?", "A2?", "A3?", "a?", "A2?", "A3?", "a?"]
    assert said[4][1] == ("A3?", "a?")
    # A new wording comes first, and an old one that is no longer among them counts for nothing.
    newer = a_set(ask("a", variants=("A2?", "A4?")))
    (question,) = due_questions(newer, past, quarter=0).questions
    assert (question.ask, question.variants) == ("A4?", ("A2?", "a?"))


def test_another_set_that_asked_the_wording_has_asked_it():
    found = a_set(ask("a", variants=("A2?",)), ask("b", variants=("B2?",)))
    elsewhere = replace(sitting(due_questions(a_set(ask("a")), [], quarter=0), 0), set="other")
    assert [each.ask for each in due_questions(found, [elsewhere], quarter=0).questions] == ["A2?", "b?"]


def picking(*sections: tuple[int, str]) -> PromptSet:
    """A set whose sections pick so many of as many questions as they have ideas here; - is no idea."""
    return PromptSet(
        name="own", title="Own",
        sections=tuple(
            Section(title="One", pick=pick, questions=tuple(
                ask(f"{'abcd'[at]}{number}", idea="" if idea == "-" else idea)
                for number, idea in enumerate(ideas)
            ))
            for at, (pick, ideas) in enumerate(sections)
        ),
    )  # fmt: skip


def test_one_sitting_never_picks_two_questions_of_one_idea():
    asked = year_of(picking((1, "xyz"), (1, "xxy")), range(6))
    assert list(asked.values()) == [
        ["a0", "b2"],
        ["a1", "b0"],
        ["a2", "b1"],
        ["a0", "b2"],
        ["a1", "b0"],
        ["a2", "b1"],
    ]
    # Within one section too; what is asked each time picks nothing.
    assert list(year_of(picking((2, "xxy")), range(2)).values()) == [["a0", "a2"], ["a1", "a2"]]
    always = replace(
        picking((1, "xy")),
        sections=(Section(title="0", questions=(ask("c", idea="x"),)), *picking((1, "xy")).sections),
    )
    assert list(year_of(always, range(2)).values()) == [["c", "a0"], ["c", "a1"]]


def test_an_idea_that_earlier_sections_always_take_comes_back_to_a_later_one():
    asked = year_of(picking((1, "x"), (1, "x")), range(6))
    assert list(asked.values()) == [["a0"], ["b0"]] * 3


@given(st.lists(st.tuples(st.integers(1, 2), st.text("xy-", min_size=2, max_size=5)), min_size=1, max_size=3))
def test_ideas_starve_nothing(sections):
    found = picking(*sections)
    count = sum(1 for _ in found.questions)
    asked = list(year_of(found, range(4 * count)).values())
    idea = {question.key: question.idea for question in found.questions}
    for one in asked:
        ideas = [idea[key] for key in one if idea[key]]
        assert one
        assert len(ideas) == len(set(ideas))
    for key in idea:
        times = [-1, *(at for at, one in enumerate(asked) if key in one), len(asked)]
        assert max(later - earlier for earlier, later in pairwise(times)) <= 2 * count


def test_a_question_to_a_person_waits_while_one_is_open():
    assert "ask" not in keys(due_questions(WEEKLY, [], quarter=0, ask_is_open=True))


def test_a_section_that_can_be_spared_rests_while_such_a_question_is_open():
    short = keys(due_questions(THREE, [], quarter=0))
    assert short == ["care-days", "unseen", "courage", "promise"]
    assert keys(due_questions(THREE, [], quarter=0, ask_is_open=True)) == ["care-days", "unseen", "promise"]


def test_a_promise_is_asked_for_again_although_its_entry_does_not_keep_its_key():
    found = a_set(ask("promise", kind="promise", every=2), ask("a"))
    asked = year_of(found, range(4))
    assert weeks_of(asked, "promise") == [0, 2]


def test_last_asked_is_the_place_of_the_latest_entry_that_asked():
    past = [sitting(a_set(ask("a")), 0), sitting(a_set(ask("b")), 1), sitting(a_set(ask("b")), 2)]
    assert [last_asked(ask(key), past) for key in "abc"] == [0, 2, -1]


def test_what_hangs_on_a_question_of_its_section_comes_along_and_takes_no_turn():
    """Else a pick could fall on it alone, whose condition then never holds."""
    ya, more, yb = ask("ya"), ask("more", when=When(key="ya", test="answered", value=True)), ask("yb")
    asked = year_of(a_set(ya, more, yb, pick=1), range(6))
    assert list(asked.values()) == [["ya", "more"], ["yb"]] * 3


def test_questions_that_all_rest_rest_no_longer():
    """A sitting that asks nothing would store nothing, and so could never be counted."""
    asked = year_of(a_set(ask("one", every=3), ask("two", every=2)), range(4))
    assert list(asked.values()) == [["one", "two"], ["one", "two"], ["one", "two"], ["one", "two"]]
