"""The entries before and after what is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from followme.dates import iso_week
from followme.insight.neighbors import Neighbor, neighbors
from followme.model import Entry


def at(day: int, tail: str, set_name: str = "weekly") -> Entry:
    date = datetime(2026, 11, day, 16, tzinfo=UTC)
    return Entry(id=f"{date:%Y%m%d}T160000-{tail}", date=date, week=iso_week(date), set=set_name)


ONE, NOTE, TWO, LAST = at(6, "aaaaa"), at(9, "bbbbb", "note"), at(13, "ccccc", "daily"), at(20, "ddddd")
ENTRIES = (TWO, LAST, ONE, NOTE)


def test_reflections_by_date_wherever_they_are() -> None:
    assert neighbors(ENTRIES, [TWO]) == (Neighbor("2026-W45", "aaaaa"), Neighbor("2026-W47", "ddddd"))
    assert neighbors(ENTRIES, [NOTE]) == (Neighbor("2026-W45", "aaaaa"), Neighbor("2026-W46", "ccccc"))
    assert neighbors(ENTRIES, [ONE, TWO]) == (None, Neighbor("2026-W47", "ddddd"))
    assert neighbors([ONE], [ONE]) == (None, None)


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
