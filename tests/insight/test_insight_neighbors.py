"""The entries before and after what is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from followme.dates import Interval, iso_week
from followme.insight.neighbors import Neighbor, around, neighbors
from followme.model import Entry


def at(day: int, tail: str, set_name: str = "weekly") -> Entry:
    moment = datetime(2026, 11, day, 16, tzinfo=UTC)
    return Entry(id=f"{moment:%Y%m%d}T160000-{tail}", date=moment, week=iso_week(moment), set=set_name)


ONE, NOTE, TWO, LAST = at(6, "aaaaa"), at(9, "bbbbb", "note"), at(13, "ccccc", "daily"), at(20, "ddddd")
ENTRIES = (TWO, LAST, ONE, NOTE)


def test_reflections_by_date_wherever_they_are() -> None:
    assert neighbors(ENTRIES, [TWO]) == (Neighbor("2026-W45", "aaaaa"), Neighbor("2026-W47", "ddddd"))
    assert neighbors(ENTRIES, [NOTE]) == (Neighbor("2026-W45", "aaaaa"), Neighbor("2026-W46", "ccccc"))
    assert neighbors(ENTRIES, [ONE, TWO]) == (None, Neighbor("2026-W47", "ddddd"))
    assert neighbors([ONE], [ONE]) == (None, None)


def test_around_days_and_around_a_week_which_an_entry_may_be_written_after() -> None:
    late = replace(at(18, "eeeee"), week="2026-W46")
    entries = [*ENTRIES, late]
    assert around(entries, "2026-W46") == (Neighbor("2026-W45", "aaaaa"), Neighbor("2026-W47", "ddddd"))
    assert around(entries, "2026-W48") == (Neighbor("2026-W47", "ddddd"), None)
    days = Interval(date(2026, 11, 19), date(2026, 11, 19))
    assert around(entries, days) == (Neighbor("2026-W46", "eeeee"), Neighbor("2026-W47", "ddddd"))
    assert around(entries, days, "daily") == (Neighbor("2026-W46", "ccccc"), None)


def test_of_one_set() -> None:
    assert neighbors(ENTRIES, [LAST], "weekly") == (Neighbor("2026-W45", "aaaaa"), None)
    assert neighbors(ENTRIES, [LAST], "note") == (Neighbor("2026-W46", "bbbbb"), None)


def test_what_no_words_name_is_none_and_the_same_letters_are_not_enough() -> None:
    twin, other, typed = at(7, "aaaaa"), replace(TWO, conflict=ONE.id), replace(TWO, id="")
    assert neighbors([ONE, twin, other, typed, LAST], [LAST])[0] == Neighbor("2026-W45", twin.id)
    assert neighbors([twin, ONE], [ONE])[1] == Neighbor("2026-W45", twin.id)
    assert neighbors([replace(ONE, id="typed-by-hand"), LAST], [LAST])[0] == Neighbor(
        "2026-W45", "typed-by-hand"
    )
