"""An entry as TOML: the exact layout, any text there and back, and tolerance for what hands type."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st
from journal_samples import HEADER_LIKE, entries, entry

from followme.dates import iso_week
from followme.insight.entry_tables import from_table
from followme.journal.file import blocks, parsing
from followme.journal.file.codec import settled, to_toml, value_text
from followme.model import Answer, Entry, Outcome, Promise
from rows import each_row

WHOLE = Entry(
    id="20261120T150411-k7q2m",
    date=datetime(2026, 11, 20, 16, 4, 11, tzinfo=timezone(timedelta(hours=1))),
    week="2026-W47",
    set="weekly",
    minutes=11,
    answers=(
        Answer(
            key="moment",
            kind="text",
            question="Think of one moment.",
            reply="Ana stayed for the demo.\nI had moved her licence request.",
        ),
        Answer(
            key="care-days",
            kind="scale",
            question="On how many days?",
            low=0,
            high=5,
            low_label="no day",
            high_label="every day",
            reply=4,
            fact="Licence, forecast template, two calls.",
        ),
        Answer(key="spirit", kind="text", question="And the mood?"),
        Answer(key="talked", kind="yesno", question="Did you talk?", reply=False, private=True),
        Answer(key="wins", kind="list", question="What else?", reply=("a deal", "a laugh")),
    ),
    promises=(
        Promise(
            ref="p1",
            text="Ask legal for the short contract",
            occasion="Tuesday's deal desk",
            to="Ben",
            by=date(2026, 12, 1),
            told=False,
            origin="20261106T150102-b2c8h/p1",
        ),
    ),
    outcomes=(
        Outcome(promise="20261113T150210-x4d9w/p1", result="partly", note="Budget call moved.", told=True),
    ),
)

LAYOUT = '''\
[[entry]]
id = "20261120T150411-k7q2m"
date = 2026-11-20T16:04:11+01:00
week = "2026-W47"
set = "weekly"
minutes = 11

[[entry.answer]]
key = "moment"
kind = "text"
question = "Think of one moment."
reply = """
Ana stayed for the demo.
I had moved her licence request."""

[[entry.answer]]
key = "care-days"
kind = "scale"
question = "On how many days?"
low = 0
high = 5
low_label = "no day"
high_label = "every day"
reply = 4
fact = "Licence, forecast template, two calls."

[[entry.answer]]
key = "spirit"
kind = "text"
question = "And the mood?"
skipped = true

[[entry.answer]]
key = "talked"
kind = "yesno"
question = "Did you talk?"
reply = false
private = true

[[entry.answer]]
key = "wins"
kind = "list"
question = "What else?"
reply = [
    "a deal",
    "a laugh",
]

[[entry.promise]]
ref = "p1"
kind = "do"
occasion = "Tuesday's deal desk"
text = "Ask legal for the short contract"
to = "Ben"
by = 2026-12-01
told = false
from = "20261106T150102-b2c8h/p1"

[[entry.outcome]]
promise = "20261113T150210-x4d9w/p1"
result = "partly"
note = "Budget call moved."
told = true
'''


def test_the_layout_of_a_whole_entry_is_exactly_this():
    assert to_toml(WHOLE) == LAYOUT


FURTHER = replace(
    WHOLE,
    private=True,
    event=True,
    answers=(Answer(key="talk-with", kind="line", question="Who?", reply="Ana", private=True, person=True),),
    promises=(Promise(ref="p1", text="Ask legal", who="Jonas", to="Ben", told=False, private=True),),
    outcomes=(),
)
FURTHER_LAYOUT = """\
[[entry]]
id = "20261120T150411-k7q2m"
date = 2026-11-20T16:04:11+01:00
week = "2026-W47"
set = "weekly"
minutes = 11
private = true
event = true

[[entry.answer]]
key = "talk-with"
kind = "line"
question = "Who?"
reply = "Ana"
private = true
person = true

[[entry.promise]]
ref = "p1"
kind = "do"
text = "Ask legal"
who = "Jonas"
to = "Ben"
told = false
private = true
"""


def test_the_layout_of_what_is_said_further_is_exactly_this():
    assert to_toml(FURTHER) == FURTHER_LAYOUT
    assert from_table(tomllib.loads(FURTHER_LAYOUT)["entry"][0]) == FURTHER


def test_a_whole_entry_comes_back():
    assert from_table(tomllib.loads(LAYOUT)["entry"][0]) == WHOLE


@given(entries)
def test_any_entry_comes_back_and_both_readers_agree(any_entry: Entry):
    text = to_toml(any_entry)
    standard = tomllib.loads(text)["entry"][0]
    assert from_table(standard) == settled(any_entry)
    assert from_table(parsing.parse_block(text.encode())) == settled(any_entry)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@given(entries)
def test_a_block_has_one_header_whatever_was_typed(any_entry: Entry):
    assert blocks.headers(to_toml(any_entry).encode()) == [0]


@given(entries)
def test_what_is_settled_stays_as_it_is(any_entry: Entry):
    assert settled(settled(any_entry)) == settled(any_entry)


@each_row("line", HEADER_LIKE)
def test_a_line_like_a_header_is_kept_word_for_word(line: str):
    typed = f"before\n{line}\nafter"
    back = from_table(parsing.parse_block(to_toml(entry(reply=typed)).encode()))
    stored = typed.replace("\r\n", "\n").replace("\r", "\n")
    assert back.answers[0].reply == stored.replace("\ud83d\ude00", "😀").replace("\ud83d", "�")


def test_dates_carry_the_plain_kind_of_offset():
    back = from_table(parsing.parse_block(LAYOUT.encode()))
    assert type(back.date.tzinfo) is timezone
    assert back.date.isoformat() == "2026-11-20T16:04:11+01:00"


def test_an_offset_with_seconds_becomes_utc_since_toml_has_none():
    odd = datetime(1890, 1, 1, 12, tzinfo=timezone(timedelta(minutes=53, seconds=28)))
    assert settled(Entry(id="a", date=odd, week="", set="")).date == odd
    assert settled(Entry(id="a", date=odd, week="", set="")).date.tzinfo is UTC


# --- Hands ------------------------------------------------------------------------------------------------


def by_hand(text: str) -> Entry:
    return from_table(tomllib.loads(text))


def test_a_date_is_enough():
    assert by_hand("date = 2027-01-01") == Entry(id="", date=datetime(2027, 1, 1), week="2026-W53", set="")


def test_the_week_has_the_year_of_the_week():
    assert [iso_week(date(2027, 1, 3)), iso_week(date(2024, 12, 30))] == ["2026-W53", "2025-W01"]


def test_a_date_without_offset_stays_without():
    assert by_hand("date = 2026-11-20T08:00:00").date.tzinfo is None


def test_unknown_keys_are_left_aside():
    assert by_hand(
        'date = 2026-11-20\nmood = "fine"\n[[answer]]\nkey = "a"\nreply = "b"\nstars = 5'
    ).answers == (Answer(key="a", kind="text", question="", reply="b"),)


@each_row(("reply", "kind"), [('"a"', "text"), ("4", "scale"), ("true", "yesno"), ('["a"]', "list")])
def test_a_missing_kind_follows_from_the_reply(reply: str, kind: str):
    assert by_hand(f'date = 2026-11-20\n[[answer]]\nkey = "a"\nreply = {reply}').answers[0].kind == kind


def test_promises_without_a_reference_are_numbered():
    promises = by_hand('date = 2026-11-20\n[[promise]]\ntext = "a"\n[[promise]]\ntext = "b"').promises
    assert [promise.ref for promise in promises] == ["p1", "p2"]


@each_row(
    ("text", "sentence"),
    [
        ('id = "a"', 'It has no "date".'),
        ('date = "2026-11-20"', '"date" must be a date such as 2026-11-20T16:04:11+01:00, without quotes.'),
        ("date = 2026-11-20\nid = 7", '"id" must be text in quotes.'),
        ("date = 2026-11-20\nminutes = true", '"minutes" must be a whole number.'),
        ("date = 2026-11-20\nprivate = 1", '"private" must be true or false.'),
        ("date = 2026-11-20\nweek = '47'", '"week" must be an ISO week such as "2026-W47".'),
        ("date = 2026-11-20\nanswer = ['x']", '"answer" must be written as [[entry.answer]] tables.'),
        ("date = 2026-11-20\n[answer]\nkey = 'x'", '"answer" must be a list in brackets.'),
        ("date = 2026-11-20\n[[answer]]\nreply = 'x'", 'Answer 1 has no "key".'),
        (
            "date = 2026-11-20\n[[answer]]\nkey = 'x'\nreply = 1.5",
            'The "reply" to "x" must be text, a whole number, true or false, or a list of texts.',
        ),
        (
            "date = 2026-11-20\n[[answer]]\nkey = 'x'\nkind = 'scale'\nreply = '4'",
            'The "reply" to "x" must be a whole number.',
        ),
        (
            "date = 2026-11-20\n[[answer]]\nkey = 'x'\nkind = 'scale'\nreply = true",
            'The "reply" to "x" must be a whole number.',
        ),
        ("date = 2026-11-20\n[[promise]]\nto = 'Ben'", 'Promise 1 has no "text".'),
        (
            "date = 2026-11-20\n[[promise]]\ntext = 'x'\nby = 'May'",
            '"by" must be a day such as 2026-12-01, without quotes.',
        ),
        (
            "date = 2026-11-20\n[[outcome]]\npromise = 'x'\nresult = 'keept'",
            '"result" must be one of kept, partly, not-kept, not-yet, not-needed, replaced.',
        ),
    ],
)
def test_a_fault_is_told_with_its_key(text: str, sentence: str):
    with pytest.raises(ValueError) as caught:
        by_hand(text)
    assert str(caught.value) == sentence


@given(st.text(st.sampled_from("ab \t\n\"\\'\x07\x7f\x0béü\u2028中[]"), max_size=12))
@example("one\n\ntwo")
def test_a_text_is_written_as_the_library_writes_it(text: str) -> None:
    assert value_text(text) == tomli_w.dumps({"v": text}, multiline_strings=True)[len("v = ") : -1]
