"""Looking back on one question: its answers in the order of their weeks, their wordings, and what counts."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta

from followme.insight.ledger import NONE
from followme.insight.lookback import lookback, may_have, todays_wordings
from followme.insight.overview import overview
from followme.insight.question_counts import QuestionCounts
from followme.journal.file.codec import to_toml
from followme.model import Answer, Entry, PromptSet, Question, Section
from rows import each_row

NEW, OLD, OTHER = "Which moment counted?", "What happened?", "What\nelse  happened?"


def said(reply: str | None, question: str = NEW, key: str = "moment", kind: str = "text") -> Answer:
    return Answer(key=key, kind=kind, question=question, reply=reply)


def care(reply: int, high: int = 5) -> Answer:
    return Answer(key="care-days", kind="scale", question="How many?", reply=reply, low=0, high=high)


def entry(ago: int, *answers: Answer, name: str = "weekly", late: int = 0, **settings: str) -> Entry:
    week = datetime.fromisoformat("2026-11-20T16:04:11+01:00") - timedelta(weeks=ago)
    written = week + timedelta(weeks=late)
    year, number, _ = week.isocalendar()
    iso = f"{year}-W{number:02}"
    return Entry(id=f"{written:%Y%m%d}-{late}", date=written, week=iso, set=name, answers=answers, **settings)


def questions(*entries: Entry) -> tuple[QuestionCounts, ...]:
    return overview(entries, NONE, date(2026, 11, 26), year_starts="january").questions


def test_answers_stand_by_week_whatever_the_order_of_the_file_and_however_late_they_were_written():
    entries = (
        entry(0, said("c")),
        entry(1, said("b"), late=3),
        entry(60, said("a")),
        entry(2, said("x", key="y")),
    )
    assert [each.answer.reply for each in lookback(entries, "moment", [NEW]).given] == ["a", "b", "c"]


def test_a_wording_is_told_where_it_changes_and_marked_where_no_set_has_it_today():
    entries = (entry(4, said("a", OLD)), entry(3, said("b", OLD)), entry(2, said(None, OTHER)),
               entry(1, said("c", "What else\nhappened?")), entry(0, said("d")))  # fmt: skip
    sets = [
        PromptSet(name=name, title=name, sections=(Section(title="", questions=(question,)),))
        for name, question in (
            ("one", Question(key="moment", kind="text", ask=NEW)),
            ("two", Question(key="moment", kind="text", ask="Else?", variants=(OTHER,))),
            ("three", Question(key="other", kind="text", ask=OLD)),
        )
    ]
    seen = lookback(entries, "moment", todays_wordings(sets, "moment"))
    assert [(each.changed, each.reworded) for each in seen.given] == [
        (True, True),
        (False, True),
        (True, False),
        (True, False),
    ]
    assert (seen.answered, seen.skipped) == (4, 1)


def test_another_scale_is_another_wording():
    seen = lookback(
        [entry(2, care(4)), entry(1, care(4)), entry(0, care(7, high=10))], "care-days", ["How many?"]
    )
    assert [each.changed for each in seen.given] == [True, False, True]


def test_a_conflict_is_shown_and_counts_nowhere_and_an_import_counts():
    entries = (
        entry(2, said("a")),
        entry(1, said("b"), conflict="x"),
        entry(1, said(None, key="other"), conflict="x"),
        entry(0, said("c"), imported="jrnl"),
    )
    seen = lookback(entries, "moment", [])
    assert ([each.answer.reply for each in seen.given], seen.answered) == (["a", "b", "c"], 2)
    assert [(each.key, each.answered) for each in questions(*entries)] == [("moment", 2)]
    assert lookback(entries, "other", []).empty


def test_questions_are_counted_the_one_asked_latest_first_without_notes_and_promises():
    entries = (
        entry(0, said("n", key="note"), name="note"),
        entry(0, said(None, key="promise", kind="promise"), said("a"), said(None, key="unseen")),
        entry(1, care(3), said(None, OLD)),
        entry(2, said("b", OLD)),
    )
    assert [
        (each.key, each.question, each.answered, each.skipped, each.last) for each in questions(*entries)
    ] == [
        ("moment", NEW, 2, 1, "2026-W47"),
        ("unseen", NEW, 0, 1, ""),
        ("care-days", "How many?", 1, 0, "2026-W46"),
    ]


@each_row(
    ("block", "has"),
    [
        ('key = "moment"', True),
        ("key='moment'", True),
        ('"key" = """moment"""', True),
        ('key = """\nmoment"""', True),
        ('key = "mo\\u006dent"', True),
        ('key = """mom\\\n  ent"""', True),
        ('key = "care-days"\nreply = "A moment, \\"said\\" Ana."', False),
        ('key = "moments"', False),
    ],
)
def test_a_block_that_has_the_key_is_never_left_out_and_most_others_are(block: str, has: bool):
    assert may_have("moment")(block.encode()) is has
    assert (tomllib.loads(block)["key"] == "moment") is has


def test_an_entry_as_followme_writes_it_is_parsed_only_for_its_own_keys():
    data = to_toml(entry(0, said('She said "spirit".'), care(3))).encode()
    assert [may_have(key)(data) for key in ("moment", "care-days", "spirit")] == [True, True, False]
