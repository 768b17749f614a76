"""Promises: which are open, which are due, and how they read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from followme.insight.digest import digest_of, reply_words
from followme.insight.home import home_of
from followme.insight.promises import OpenPromise, ending_words, open_promises, promise_parts, promise_words
from followme.insight.wording import all_counted, promise_counts
from followme.model import RESULTS, Answer, Entry, Outcome, Promise
from rows import each_row
from sets import NOT_YET

TODAY = date(2026, 11, 20)
FIRST, SECOND = "20261113T150000-aaaaa", "20261120T150000-bbbbb"


def entry(
    name: str, *outcomes: Outcome, promises: tuple[Promise, ...] = (), of: str = "weekly", **parts
) -> Entry:
    moment = datetime.strptime(name[:15], "%Y%m%dT%H%M%S")
    week = f"2026-W{moment.isocalendar().week:02}"
    return Entry(id=name, date=moment, week=week, set=of, promises=promises, outcomes=outcomes, **parts)


MADE = entry(
    FIRST, promises=(Promise(ref="p1", text="Call"), Promise(ref="p2", text="Write", by=date(2026, 12, 1)))
)


def test_what_no_outcome_closed_is_open_the_oldest_first():
    later = entry(SECOND, promises=(Promise(ref="p1", text="Thank"),))
    found = open_promises([MADE, later])
    assert [each.ref for each in found] == [f"{FIRST}/p1", f"{FIRST}/p2", f"{SECOND}/p1"]
    assert [each.week for each in found] == ["2026-W46", "2026-W46", "2026-W47"]


@each_row("result", RESULTS)
def test_every_result_closes_but_not_yet(result):
    after = entry(SECOND, Outcome(promise=f"{FIRST}/p1", result=result))
    open_ones = {each.ref: each.returns for each in open_promises([MADE, after])}
    assert open_ones == {f"{FIRST}/p2": 0} | ({f"{FIRST}/p1": 1} if result == "not-yet" else {})


def test_not_yet_is_counted_and_a_later_ending_closes_after_all():
    not_yet = Outcome(promise=f"{FIRST}/p1", result="not-yet")
    kept = Outcome(promise=f"{FIRST}/p1", result="kept")
    once, twice = entry(SECOND, not_yet), entry("20261127T150000-ccccc", not_yet)
    assert open_promises([MADE, once, twice])[0].returns == 2
    closed = open_promises([MADE, once, twice, entry("20261204T150000-ddddd", kept)])
    assert [each.ref for each in closed] == [f"{FIRST}/p2"]


def test_an_outcome_of_an_unknown_promise_changes_nothing():
    assert open_promises([MADE, entry(SECOND, Outcome(promise="x/p1", result="not-yet"))]) == open_promises(
        [MADE]
    )


@each_row(
    ("by", "due"), [(None, True), (date(2026, 11, 19), True), (TODAY, True), (date(2026, 11, 21), False)]
)
def test_a_promise_is_due_when_its_day_has_come_and_at_the_next_sitting_when_it_has_none(by, due):
    assert OpenPromise("x/p1", Promise(ref="p1", text="Call", by=by), "2026-W46").is_due(TODAY) is due


ASKS = {"kind": "ask", "to": "Ana"}


@each_row(
    ("parts", "words"),
    [
        ({}, "I will: Call"),
        ({"occasion": "my one-on-one with Tom"}, "I will: Call · Cue: my one-on-one with Tom"),
        ({"occasion": "When it rains"}, "I will: Call · Cue: When it rains"),
        ({"occasion": "Monday", "to": "Ben"}, "I will: Call · Cue: Monday · Promised to: Ben"),
        ({"to": "Ben", "by": date(2026, 12, 4)}, "I will: Call · Promised to: Ben · By Fri, Dec 4"),
        ({"by": date(2027, 1, 1)}, "I will: Call · By Fri, Jan 1, 2027"),
        ({"by": date(2025, 12, 5)}, "I will: Call · By Fri, Dec 5, 2025"),
        ({"kind": "ask"}, "Ask: Call"),
        ({"kind": "ask", "to": "Ana", "by": date(2026, 12, 4)}, "Ask Ana: Call · By Fri, Dec 4"),
        ({"kind": "ask", "to": "Ana", "occasion": "Monday"}, "Ask Ana: Call · Cue: Monday"),
        # What stands there anyway isn't said twice; another person's name, or more than one, is left.
        (ASKS | {"text": "ask Ana whether it helps"}, "Ask Ana: whether it helps"),
        (ASKS | {"text": "Ask @ana: What helps?"}, "Ask Ana: What helps?"),
        (ASKS | {"to": "Ana Ruiz", "text": "ask @Ana_Ruiz  why"}, "Ask Ana Ruiz: why"),
        (ASKS | {"to": "Ana (ops)", "text": "ask Ana (ops) why"}, "Ask Ana (ops): why"),
        *(
            (ASKS | {"text": words}, f"Ask Ana: {words}")
            for words in (
                "ask Anabel why",
                "ask Ana's boss why",
                "ask Ana and Ben why",
                "ask Ana Ruiz why",
                "ask Ana",
                "ask Ana:",
                "ask Ben why",
                "ask why",
                "basking Ana why",
            )
        ),
        ({"kind": "ask", "text": "ask Ana why"}, "Ask: ask Ana why"),
        ({"who": "Jonas"}, "Jonas will: Call"),
        (
            {"who": "Jonas", "to": "Ben", "occasion": "Monday", "by": date(2026, 12, 1)},
            "Jonas will: Call · Cue: Monday · For: Ben · By Tue, Dec 1",
        ),
        ({"to": "Ben", "text": "I will call."}, "I will: call. · Promised to: Ben"),
    ],
)
def test_a_promise_is_told_part_by_part_without_gluing(parts, words):
    promise = Promise(**{"ref": "p1", "text": "Call"} | parts)
    assert promise_words(promise, TODAY) == " · ".join(promise_parts(promise, TODAY)) == words


@each_row(
    ("new", "words"),
    [
        ({"by": date(2026, 12, 14)}, "new day: Mon, Dec 14"),
        ({"text": "I will write"}, "smaller: write"),
        ({"who": "Jonas", "by": date(2026, 12, 14)}, "handed off to Jonas"),
        ({}, "replaced by a new one"),
    ],
)
def test_what_stands_in_place_of_a_promise_is_said(new, words):
    promise = Promise(ref="p1", text="Call", to="Ben", by=date(2026, 11, 20))
    later = replace(promise, **{"by": None} | new)
    outcome = Outcome(promise="x/p1", result="replaced")
    assert ending_words(outcome, promise, later, TODAY) == words


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_the_words_are_none_of_them_is_lost(text, occasion):
    parts = promise_parts(Promise(ref="p1", text=f"Call {text}", occasion=occasion), TODAY)
    assert parts == (f"I will: Call {text}", *([f"Cue: {occasion}"] if occasion else []))


@each_row(
    ("made", "by", "waits"),
    [
        (None, None, True),
        (date(2026, 11, 13), None, True),
        (TODAY, None, False),
        (TODAY, TODAY, True),
        (date(2026, 11, 13), date(2026, 11, 21), False),
        (TODAY, date(2026, 11, 21), False),
    ],
)
def test_a_sitting_waits_for_a_due_promise_unless_it_was_made_on_the_same_day_without_a_day_of_its_own(
    made, by, waits
):
    promise = OpenPromise("x/p1", Promise(ref="p1", text="Call", by=by), "2026-W46", made=made)
    assert promise.waits(TODAY) is waits


def test_an_open_promise_knows_its_day_also_when_it_has_come_back():
    after = entry(SECOND, Outcome(promise=f"{FIRST}/p1", result="not-yet"))
    assert [(each.ref, each.made) for each in open_promises([MADE, after])] == [
        (f"{FIRST}/p1", date(2026, 11, 13)),
        (f"{FIRST}/p2", date(2026, 11, 13)),
    ]


@given(st.lists(st.sampled_from(RESULTS), max_size=6))
def test_a_promise_is_open_as_long_as_the_latest_outcome_puts_it_off(results):
    after = [entry(f"202611{20 + at}T150000-bbbbb", Outcome(promise=f"{FIRST}/p1", result=result))
             for at, result in enumerate(results)]  # fmt: skip
    still = f"{FIRST}/p1" in [each.ref for each in open_promises([MADE, *after])]
    assert still is (results[-1:] in ([], ["not-yet"]))


@each_row(
    ("kinds", "which", "words"),
    [
        (["do", "ask", "do"], "", "2 promises and 1 question for someone"),
        (["ask", "ask"], "", "2 questions for someone"),
        (["do"], "open", "1 open promise"),
        (["ask"], "open", "1 open question"),
    ],
)
def test_a_question_for_someone_is_counted_apart_from_promises(kinds, which, words):
    assert all_counted(*promise_counts(kinds, which)) == words


def test_home_counts_this_weeks_sittings_and_promises_without_words():
    past = [
        MADE,
        entry(SECOND),
        entry("20261120T160000-ccccc", of="note"),
        entry("20261120T170000-ddddd", of="outcome"),
    ]
    draft_weeks = ["2026-W47", "2026-W45"]
    home = home_of(
        past,
        open_promises(past),
        today=TODAY,
        review_day="friday",
        breaks=(),
        first_time=False,
        drafts=draft_weeks,
    )
    assert (home.sittings, home.open, home.due) == (1, 2, 1)
    assert all_counted(*home.opened) == "2 promises"
    assert home.asks_on == date(2026, 11, 27)
    assert (home.goes_on, home.left) == ("2026-W47", ("2026-W45",))


@each_row(
    ("reply", "words"),
    [("a\nb", "a\nb"), (4, "4"), (True, "yes"), (False, "no"), (("a", "b"), "a\nb"), (None, "")],
)
def test_a_reply_reads_by_its_shape(reply, words):
    assert reply_words(Answer(key="k", kind="later kind", question="?", reply=reply)) == words


def test_a_digest_has_the_counts_and_the_first_words():
    scale, skipped = (
        Answer(key="a", kind="scale", question="?", reply=4),
        Answer(key="b", kind="text", question="?"),
    )
    words = Answer(key="c", kind="text", question="?", reply="First.\nSecond.")
    found = digest_of(entry(FIRST, answers=(scale, skipped, words), promises=MADE.promises))
    assert (found.answered, found.skipped, found.promises, found.words) == (2, 1, 2, "First.\nSecond.")
    assert digest_of(MADE).words == "Call"
    assert digest_of(entry(FIRST)).words == ""


def test_a_digest_names_the_person_first_and_what_was_picked_only_without_other_words():
    picked = Answer(key="talk", kind="choice", question="?", reply=NOT_YET)
    person = Answer(key="talk-with", kind="line", question="?", reply="Ana", person=True)
    once = Answer(key="talk-with", kind="line", question="?", reply="Ana")
    purpose = Answer(key="talk-purpose", kind="text", question="?", reply="She knows the plan.")
    for about in (person, once):
        assert digest_of(entry(FIRST, answers=(picked, about, purpose))).words == "Ana: She knows the plan."
        assert digest_of(entry(FIRST, answers=(picked, about))).words == f"Ana: {NOT_YET}"
        assert digest_of(entry(FIRST, answers=(about,))).words == "Ana"
    assert digest_of(entry(FIRST, answers=(picked,), promises=MADE.promises)).words == "Call"
    assert digest_of(entry(FIRST, answers=(picked, replace(person, reply=None)))).words == NOT_YET


@each_row(
    ("text", "words"),
    [
        ("I will ask legal", "I will: ask legal"),
        ("I'll ask legal", "I will: ask legal"),
        ("I promise to ask legal", "I will: ask legal"),
        ("to Ben send the plan", "I will: to Ben send the plan"),
        ("ask who will pay and who still can", "I will: ask who will pay and who still can"),
        ("ill people get a card", "I will: ill people get a card"),
        ("I will", "I will: I will"),
    ],
)
def test_i_will_is_not_said_twice_and_no_other_word_is_touched(text, words):
    assert promise_words(Promise(ref="p1", text=text), TODAY) == words
