"""The ledger of promises as a page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO

from followme.insight.ledger import NONE, kept, ledger
from followme.model import Entry, Outcome, Promise
from followme.screen import Screen
from followme.views.ledger import show

FRIDAY = datetime(2026, 11, 20, 16, tzinfo=UTC)


def test_open_promises_stand_first_by_when_they_are_due_and_each_says_who_knows():
    made = (
        Promise(ref="p1", text="call legal", to="Tom"),
        Promise(ref="p2", text="say less"),
        Promise(ref="p3", text="send the plan", to="Ben", told=True),
        Promise(ref="p4", text="move the review", to="Ana", told=False, by=date(2026, 12, 18)),
        Promise(ref="p5", text="book the room", to="Eli"),
        Promise(ref="p6", text="sign it", by=date(2026, 11, 19)),
    )
    entry = Entry(
        id="20261120T160000-k7q2m",
        date=FRIDAY,
        week="2026-W47",
        set="weekly",
        promises=made,
        outcomes=(Outcome(promise="20261120T160000-k7q2m/p5", result="kept"),),
    )
    page = StringIO()
    screen = Screen(page, terminal=True, styles=False, color=False, unicode=True, columns=80, command=str)
    show(ledger([entry], FRIDAY.date()), NONE, FRIDAY.date(), date(2026, 11, 27), screen)
    rows = [row.split(" · ")[0].strip() for row in page.getvalue().splitlines() if "week of" not in row]
    assert rows[: rows.index("Close one between reflections, such as:")] == [
        *("", "Overdue", "I will: sign it"),
        *(
            "",
            "Coming up on Fri, Nov 27",
            "I will: call legal",
            "",
            "I will: say less",
            "",
            "I will: send the plan",
        ),
        *("", "Later", "I will: move the review"),
        *("", "Closed", "I will: book the room", ""),
    ]
    known = [
        row.split(", ", 2)[2] for row in page.getvalue().splitlines() if row.endswith(("yet", "yourself"))
    ]
    assert known == ["promised to yourself", "not told yet", "promised to yourself", "not told yet"]


def test_what_came_back_again_is_counted_and_closed_ones_stand_together():
    made = Promise(ref="p1", text="call legal", to="Tom", told=False)
    entry = Entry(id="20261120T160000-k7q2m", date=FRIDAY, week="2026-W47", set="weekly", promises=(made,))
    results = ("not-yet", "not-yet", "not-yet", "kept")
    later = [
        Entry(
            id=f"2026112{at}T160000-aaaaa",
            date=FRIDAY.replace(day=21 + at),
            week="2026-W47",
            set="outcome",
            outcomes=(
                Outcome(promise="20261120T160000-k7q2m/p1", result=each, note=f"Note {at}." if at else ""),
            ),
        )
        for at, each in enumerate(results)
    ]
    page = StringIO()
    screen = Screen(page, terminal=True, styles=False, color=False, unicode=True, columns=80, command=str)
    show(ledger([entry, *later], FRIDAY.date()), NONE, FRIDAY.date(), FRIDAY.date(), screen)
    assert page.getvalue().splitlines() == [
        "",
        "Closed",
        "   I will: call legal · Promised to: Tom",
        "   week of Nov 16, k7q2m/p1, ask me again (3 times, 2 with a word), kept",
        *(f"   Nov 2{at + 1}, you wrote: Note {at}." for at in (1, 2, 3)),
    ]


def test_on_its_day_a_promise_is_due_today_and_the_rate_counts_what_stands_below_closed():
    results = ("partly", "replaced", "not-needed", "kept")
    made = [Promise(ref=f"p{at}", text=result, who="Jo" * (at == 4)) for at, result in enumerate(results, 1)]
    made += [Promise(ref="p5", text="sign it", by=FRIDAY.date())]
    ends = [
        Outcome(promise=f"20261120T160000-k7q2m/p{at}", result=each) for at, each in enumerate(results, 1)
    ]
    entry = Entry(
        id="20261120T160000-k7q2m", date=FRIDAY, week="2026-W47", set="weekly",
        promises=tuple(made), outcomes=tuple(ends),
    )  # fmt: skip
    page = StringIO()
    screen = Screen(page, terminal=True, styles=False, color=False, unicode=True, columns=80, command=str)
    rows = ledger([entry], FRIDAY.date())
    show(rows, kept(rows), FRIDAY.date(), date(2026, 11, 27), screen, demo=True)
    shown = [row.strip() for row in page.getvalue().splitlines() if row and "week of" not in row]
    assert shown == [
        *("Promises closed: 1. Kept: 0. Partly: 1.", "Due today", "I will: sign it · By Fri, Nov 20"),
        *("Closed", "I will: partly", "Closed, not counted"),
        *("I will: replaced", "I will: not-needed", "Jo will: kept"),
    ]
