"""What entries say in numbers: their weeks, their scales, and how promises ended."""

from __future__ import annotations

from datetime import date, datetime

from followme.dates import Interval
from followme.insight.ledger import ledger
from followme.insight.numbers import Numbers, Scale, numbers_of
from followme.model import Answer, Entry, Outcome, Promise

TODAY = date(2026, 12, 11)
BREAK = [Interval(date(2026, 11, 30), date(2026, 12, 4))]


def entry(day: str, week: str, *answers: Answer, **parts) -> Entry:
    moment = datetime.fromisoformat(f"{day}T16:00:00+01:00")
    return Entry(
        id=f"{moment:%Y%m%dT%H%M%S}-aaaaa", date=moment, week=week, set="weekly", answers=answers, **parts
    )


def scale(reply: int, high: int = 5, key: str = "care-days") -> Answer:
    return Answer(
        key=key, kind="scale", question="How many days?", reply=reply, low=0, high=high, fact="Words."
    )


JOURNAL = (
    entry(
        "2026-11-06", "2026-W45", scale(2), Answer(key="x", kind="yesno", question="?", reply=True),
        promises=(Promise(ref="p1", text="x"), Promise(ref="p2", text="y"), Promise(ref="p3", text="z", kind="ask")),
    ),
    entry("2026-11-16", "2026-W46", scale(4), outcomes=(Outcome(promise="20261106T160000-aaaaa/p1", result="kept"),)),
    entry("2026-12-11", "2026-W50", scale(7, high=10), scale(1, key="spirit")),
    entry("2026-12-11", "2026-W50", scale(9), conflict="20261211T160000-bbbbb"),
)  # fmt: skip


def test_numbers_are_all_there_is() -> None:
    found = numbers_of(JOURNAL, TODAY, BREAK)
    assert found == Numbers(
        weeks=(
            ("2026-W45", "done"),
            ("2026-W46", "late"),
            ("2026-W47", "missed"),
            ("2026-W48", "missed"),
            ("2026-W49", "break"),
            ("2026-W50", "done"),
        ),
        scales=(
            Scale(
                key="care-days",
                low=0,
                high=5,
                values=(("2026-W45", date(2026, 11, 6), 2), ("2026-W46", date(2026, 11, 16), 4)),
            ),
            Scale(key="care-days", low=0, high=10, values=(("2026-W50", date(2026, 12, 11), 7),)),
            Scale(key="spirit", low=0, high=5, values=(("2026-W50", date(2026, 12, 11), 1),)),
        ),
        endings=(("ask", "open", 1), ("do", "kept", 1), ("do", "open", 1)),
    )
    assert found.words == "the numbers of 6 weeks, 4 answers and 3 promises"
    assert numbers_of(JOURNAL, TODAY, BREAK, rows=ledger(JOURNAL, TODAY)) == found


def test_weeks_end_with_the_last_reflection_and_can_be_left_out() -> None:
    assert [week for week, _ in numbers_of(JOURNAL[:2], TODAY, ()).weeks] == ["2026-W45", "2026-W46"]
    assert numbers_of(JOURNAL, TODAY, (), of_weeks=False).weeks == ()


def test_of_nothing_there_are_no_numbers() -> None:
    found = numbers_of((), TODAY, ())
    assert found == Numbers(weeks=(), scales=(), endings=())
    assert found.words == "no numbers"
