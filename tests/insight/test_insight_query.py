"""Which entries are meant: by a filter, and by the words that name an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from followme.dates import iso_week
from followme.insight import query
from followme.insight.query import Query, listed, select
from followme.model import Answer, Entry, Located, Outcome, Promise
from followme.names import same_name
from rows import each_row

TODAY = date(2026, 11, 20)


def entry(entry_id: str, when: str, name: str = "weekly", to: tuple[str, ...] = ()) -> Entry:
    moment = datetime.fromisoformat(when)
    promises = tuple(Promise(ref=f"p{n}", text="Call", to=person) for n, person in enumerate(to, 1))
    return Entry(id=entry_id, date=moment, week=iso_week(moment.date()), set=name, promises=promises)


OLD = entry("20251121T150000-b2c8h", "2025-11-21T16:00:00+01:00")
EARLY = entry("20261113T233000-x4d9w", "2026-11-14T00:30:00+01:00", to=("Ben", ""))
NOTED = entry("20261118T080000-k7q2m", "2026-11-18T09:00:00+01:00", name="note")
LATE = entry("20261119T233000-9tz5r", "2026-11-19T15:30:00-08:00", to=("Zoë", "BEN"))
TYPED = entry("", "2026-11-20T10:00:00", name="")
ENTRIES = (OLD, EARLY, NOTED, LATE, TYPED)


def resolve(entries: Sequence[Entry], ref: str, today: date, of_set: str | None = None) -> tuple[Entry, ...]:
    """The entries that are found, each of which still has its place."""
    located = [Located(each, 100 * number, 100 * number + 99) for number, each in enumerate(entries)]
    found = query.resolve(located, ref, today, of_set)
    assert set(found) <= set(located)
    return tuple(each.entry for each in found)


@each_row(
    ("query", "fitting"),
    [
        (Query(), ENTRIES),
        (Query(since=date(2026, 11, 14)), (EARLY, NOTED, LATE, TYPED)),
        (Query(since=date(2026, 11, 15)), (NOTED, LATE, TYPED)),
        (Query(until=date(2026, 11, 14)), (OLD, EARLY)),
        (Query(until=date(2026, 11, 13)), (OLD,)),
        (Query(since=date(2026, 11, 18), until=date(2026, 11, 19)), (NOTED, LATE)),
        (Query(set="weekly"), (OLD, EARLY, LATE)),
        (Query(set="note"), (NOTED,)),
        (Query(set=""), (TYPED,)),
        (Query(week="2026-W47"), (NOTED, LATE, TYPED)),
        (Query(week="2026-W47", set="weekly"), (LATE,)),
        (Query(person="ben"), (EARLY, LATE)),
        (Query(person=" ZOE\u0308 "), (LATE,)),
        (Query(person="Be"), ()),
        (Query(person=""), ()),
        (Query(since=date(2026, 11, 15), person="Ben"), (LATE,)),
    ],
)
def test_select_keeps_what_fits_all_that_is_asked(query: Query, fitting: tuple[Entry, ...]) -> None:
    assert tuple(select(ENTRIES, query)) == fitting


def test_a_person_is_met_as_the_one_an_entry_is_about_and_as_who_took_a_promise_on() -> None:
    moved = replace(OLD, promises=(Promise(ref="p1", text="Call", who="Jonas", to="Ben"),))
    talk = Answer(key="visit-with", kind="line", question="Who?", reply="Ana", person=True)
    once = replace(talk, key="talk-with", reply="ANA ", person=False)
    passed, other = replace(talk, reply=None), replace(talk, person=False)
    talks = [replace(EARLY, promises=(), answers=(each,)) for each in (talk, once, passed, other)]
    assert list(select([moved, *talks], Query(person="jonas"))) == [moved]
    assert list(select([moved, *talks], Query(person="ben"))) == [moved]
    assert list(select([moved, *talks], Query(person="ana"))) == [*talks[:2], talks[3]]
    assert list(select(talks, Query(person=" "))) == []


def test_the_day_of_an_entry_is_the_one_its_writer_saw() -> None:
    late_in_california = date(2026, 11, 19)
    assert list(select(ENTRIES, Query(since=late_in_california, until=late_in_california))) == [LATE]


def test_an_outcome_names_no_person_by_itself() -> None:
    kept = Entry(
        id="20261120T150000-mmmmm",
        date=datetime.fromisoformat("2026-11-20T16:00:00+01:00"),
        week="2026-W47",
        set="weekly",
        outcomes=(Outcome(promise=f"{EARLY.id}/p1", result="kept"),),
    )
    assert list(select([kept], Query(person="Ben"))) == []


def test_select_reads_no_further_than_it_is_asked_to() -> None:
    def endless():
        while True:
            yield OLD
            yield NOTED

    assert next(select(endless(), Query(set="note"))) == NOTED


@each_row(
    ("ref", "named"),
    [
        ("last", (TYPED,)),
        (" LAST ", (TYPED,)),
        ("last~0", (TYPED,)),
        ("last~1", (LATE,)),
        ("Last~2", (EARLY,)),
        ("last~3", (OLD,)),
        ("last~4", ()),
        ("last~999999", ()),
        ("last~", ()),
        ("last~-1", ()),
        ("last~١", ()),
        ("2026-W47", (NOTED, LATE, TYPED)),
        ("2026-w46", (EARLY,)),
        ("W47", (NOTED, LATE, TYPED)),
        ("w46", (EARLY,)),
        ("W12", ()),
        ("2026-W99", ()),
        ("2026-11-14", (EARLY,)),
        ("2026-11-19", (LATE,)),
        ("today", (TYPED,)),
        ("Yesterday", (LATE,)),
        ("2026-11-13", ()),
        ("2026-02-30", ()),
        ("20261118T080000-k7q2m", (NOTED,)),
        ("20261118t080000-K7Q2M", (NOTED,)),
        ("k7q2m", (NOTED,)),
        ("K7Q2M", (NOTED,)),
        ("7q2m", ()),
        ("-k7q2m", ()),
        ("20261118", (NOTED,)),
        ("202611", (EARLY, NOTED, LATE)),
        ("2", (OLD, EARLY, NOTED, LATE)),
        ("2026-11", ()),
        ("monday", ()),
        ("", ()),
        ("  ", ()),
    ],
)
def test_resolve_finds_what_a_word_names(ref: str, named: tuple[Entry, ...]) -> None:
    assert resolve(ENTRIES, ref, TODAY) == named


def test_a_week_without_its_year_is_the_nearest_that_has_begun_within_a_year() -> None:
    older = entry("20201230T150000-aaaaa", "2020-12-30T16:00:00+01:00")
    assert resolve([older, OLD], "W53", TODAY) == ()
    assert resolve([older, OLD], "W53", date(2021, 3, 1)) == (older,)
    assert resolve([TYPED, OLD], "W47", TODAY) == (TYPED,)
    assert resolve([OLD], "W47", TODAY) == ()
    assert resolve([OLD], "W47", date(2026, 11, 15)) == (OLD,)


def test_a_week_that_does_not_exist_names_the_entry_that_claims_it() -> None:
    odd = Entry(id="", date=EARLY.date, week="2025-W53", set="weekly")
    assert resolve([EARLY, odd], "2025-W53", TODAY) == (odd,)


def test_last_is_the_latest_reflection_by_date_wherever_it_stands() -> None:
    assert resolve([TYPED, OLD], "last", TODAY) == (TYPED,)
    assert resolve([LATE, EARLY, OLD], "last~1", TODAY) == (EARLY,)
    assert resolve([], "last", TODAY) == ()
    twin = entry("20261119T233000-bbbbb", "2026-11-20T00:30:00+01:00")
    assert resolve([LATE, twin], "last", TODAY) == (twin,)
    assert resolve([twin, LATE], "last", TODAY) == (LATE,)


def test_neither_a_note_nor_an_ending_is_the_last_reflection_but_an_event_is() -> None:
    ended = entry("20261121T150000-ccccc", "2026-11-21T16:00:00+01:00", name="outcome")
    noted = entry("20261122T150000-ddddd", "2026-11-22T16:00:00+01:00", name="note")
    talk = entry("20261119T180000-eeeee", "2026-11-19T19:00:00+01:00", name="one-on-one")
    assert resolve([EARLY, talk, ended, noted], "last", TODAY) == (talk,)
    assert resolve([ended, noted], "last", TODAY) == ()


def test_neither_what_was_imported_nor_the_other_version_of_an_entry_is_the_last_one() -> None:
    imported = entry("20261121T150000-ccccc", "2026-11-21T16:00:00+01:00")
    others = [replace(imported, imported="jrnl"), replace(imported, conflict="x")]
    assert resolve([*others, EARLY], "last", TODAY) == (EARLY,)
    assert resolve(others, "last", TODAY) == ()


@each_row(
    ("ref", "of_set", "named"),
    [
        ("last", "note", (NOTED,)),
        ("last", "weekly", (LATE,)),
        ("last~1", "weekly", (EARLY,)),
        ("last~1", "note", ()),
        ("last", "quarter", ()),
        ("last", "", (TYPED,)),
        ("W47", "weekly", (LATE,)),
        ("k7q2m", "weekly", ()),
        ("2", "note", (NOTED,)),
    ],
)
def test_of_one_set_only(ref: str, of_set: str, named: tuple[Entry, ...]) -> None:
    assert resolve(ENTRIES, ref, TODAY, of_set) == named


def test_a_list_has_the_endings_noted_between_sittings_only_where_they_are_asked_for() -> None:
    ended = entry("20261121T150000-ccccc", "2026-11-21T16:00:00+01:00", name="outcome")
    assert tuple(listed([*ENTRIES, ended], Query())) == ENTRIES
    assert tuple(listed([*ENTRIES, ended], Query(week="2026-W47"))) == (NOTED, LATE, TYPED)
    assert tuple(listed([*ENTRIES, ended], Query(set="outcome"))) == (ended,)
    assert tuple(select([*ENTRIES, ended], Query())) == (*ENTRIES, ended)


def test_an_earlier_meaning_wins_over_a_later_one() -> None:
    odd = entry("w47-20261", "2026-01-05T10:00:00+00:00")
    tail = entry("20260105T100000-20261", "2026-01-05T10:00:00+00:00")
    assert resolve([odd, TYPED], "w47", TODAY) == (TYPED,)
    assert resolve([tail, NOTED], "20261", TODAY) == (tail,)
    assert resolve([tail, entry("20261", "2026-01-05T10:00:00+00:00")], "20261", TODAY)[0].id == "20261"


def test_entries_that_share_an_id_are_all_named() -> None:
    twin = entry(NOTED.id, "2026-11-19T09:00:00+01:00", name="note")
    assert resolve([NOTED, twin], NOTED.id, TODAY) == (NOTED, twin)


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))


@given(moments=st.lists(MOMENTS), since=st.dates(), length=st.integers(0, 400))
def test_since_and_until_include_both_their_days(moments, since: date, length: int) -> None:
    until = min(since, date(9000, 1, 1)) + timedelta(days=length)
    entries = [entry("", moment.isoformat()) for moment in moments]
    found = list(select(entries, Query(since=since, until=until)))
    assert found == [one for one in entries if since <= one.date.date() <= until]


@given(moments=st.lists(MOMENTS, unique=True))
def test_every_entry_is_found_by_its_id_its_day_and_its_week(moments: list[datetime]) -> None:
    entries = [entry(f"{moment:%Y%m%dT%H%M%S%f}-aaaaa", moment.isoformat()) for moment in moments]
    for one in entries:
        assert resolve(entries, one.id, TODAY) == (one,)
        assert one in resolve(entries, str(one.date.date()), TODAY)
        assert one in resolve(entries, one.week, TODAY)


@given(st.text())
def test_any_word_names_entries_or_nothing(ref: str) -> None:
    assert set(resolve(ENTRIES, ref, TODAY)) <= set(ENTRIES)
    assert same_name(same_name(ref)) == same_name(ref)
