"""`lookback --quarter` and `--year`: one page in the leader's own words, lines, JSON, and nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from commands.test_cmd_search import keep
from followme.dates import monday
from followme.journal.file import reading
from followme.model import Answer, Entry, Outcome, Promise
from rows import each_row
from running import FRIDAY
from terminal import Terminal

CARE = "On how many days did you clear something out of one of your people's way?"
MOMENT = "Which moment from this week is still on your mind, and what was your part in it?"
SPIRIT = "When did the team come alive this week, or go flat, and what had you just said or done?"
SIGNS = "Which of these did you see this week?"
UNSEEN = "Who on your team got no time alone with you this week?"

WEEKS = {
    "2025-W46": ("The offsite. Dana asked why we do any of this, and I had no answer ready.", 2, "A room."),
    "2026-W08": ("Jonas presented to the board alone. I sat in the second row.", 4, "Slides, two dry runs."),
    "2026-W29": ("Three people on leave, and no one told support.", 1, ""),
    "2026-W40": (
        "Dana stayed for the demo. I had moved her license request past finance on Tuesday.",
        3,
        "License request.",
    ),
    "2026-W41": (
        "I answered for Jonas in the review, twice, and saw him put his notes away.",
        1,
        "Nothing, all week in the budget.",
    ),
    "2026-W42": (
        "Mira told me the date was wrong before I had asked. Last time I had thanked her for it in front of "
        "everyone.",
        5,
        "Three calls to legal, a test system, Mira's travel.",
    ),
    "2026-W43": (None, 4, "Forecast template."),
    "2026-W45": (
        "The outage. Everyone looked at me, and I asked what they needed instead of what had happened.",
        5,
        "Sent sales home, pizza, took the customer's call.",
    ),
    "2026-W46": ("A quiet week. I canceled two one-on-ones and told myself no one minded.", 1, "One form."),
    "2026-W47": ("Jonas ran Tuesday's call. I said one sentence in forty minutes.", 4, ""),
    "2026-W48": ("Dana said no to me in front of the others, and she was right.", 4, "Her contract."),
}
"""The moment of each week, the number of days, and its fact."""

SPIRITS = {
    "2025-W46": "Nobody laughed once. I had opened with the numbers again.",
    "2026-W40": "Flat on Monday. I had sent the new targets on Sunday night, without a word.",
    "2026-W42": "The demo, when it worked at the third try. I had said we'd show it broken if we must.",
    "2026-W48": "They planned the spring on their own, and no one looked at me for a nod. I had left the room to "
    "get coffee, and stayed away a while.",
}

SEEN = {"2026-W41": ("waited me out",), "2026-W45": ("bad news came early", "someone disagreed openly")}
PROMISES = {
    "2026-W40": Promise(ref="p1", text="Let Jonas answer first", occasion="Thursday's review", to="Jonas", told=True),
    "2026-W41": Promise(ref="p1", text="Say sorry to Jonas before Monday", occasion="lunch", private=True),
    "2026-W45": Promise(ref="p1", text="Write down what we learned from the outage", by=date(2026, 11, 20)),
    "2026-W47": Promise(ref="p1", text="What would you drop first?", kind="ask", to="Mira"),
}  # fmt: skip
ENDED = {
    "2026-W41": ("2026-W40", "not-kept", "Twice."),
    "2026-W42": ("2026-W41", "kept", ""),
    "2026-W46": ("2026-W45", "partly", "Half a page."),
}


def id_of(week: str) -> str:
    return f"{monday(week) + timedelta(days=4):%Y%m%d}T150411-aaaaa"


def entry(week: str) -> Entry:
    moment, days, fact = WEEKS[week]
    answers = [
        Answer(key="moment", kind="text", question=MOMENT, reply=moment),
        Answer(
            key="care-days", kind="scale", question=CARE, reply=days, fact=fact,
            low=0, high=5, low_label="no days", high_label="every day",
        ),
        Answer(key="unseen", kind="line", question=UNSEEN, reply="Mira" if week == "2026-W46" else None, private=True),
    ]  # fmt: skip
    if week in SPIRITS:
        answers.append(Answer(key="spirit", kind="text", question=SPIRIT, reply=SPIRITS[week]))
    if week in SEEN:
        answers.append(Answer(key="signs", kind="several", question=SIGNS, reply=SEEN[week]))
    promises = (PROMISES[week],) if week in PROMISES else ()
    became = ENDED.get(week)
    outcomes = (
        (Outcome(promise=f"{id_of(became[0])}/p1", result=became[1], note=became[2]),) if became else ()
    )
    return Entry(
        id=id_of(week),
        date=datetime.combine(monday(week), FRIDAY.timetz()) + timedelta(days=4),
        week=week,
        set="weekly",
        minutes=9,
        answers=tuple(answers),
        promises=promises,
        outcomes=outcomes,
    )


TALK = Entry(
    id="20261103T091500-bbbbb",
    date=datetime.fromisoformat("2026-11-03T10:15:00+01:00"),
    week="2026-W45",
    set="one-on-one",
    private=True,
    answers=(
        Answer(key="talk-with", kind="line", question="Who did you talk with?", reply="Dana", person=True),
        Answer(key="talk-heard", kind="text", question="What was new to you?", reply="She has an offer."),
    ),
)
ENTRIES = [*map(entry, WEEKS), TALK]
NOW = datetime.fromisoformat("2026-11-29T18:00:00+01:00")


@pytest.fixture
def kept(run):
    run.now = NOW
    keep(run, *ENTRIES)
    return run


def seen(run, columns: int, *argv: str) -> str:
    with Terminal(run.home, *argv, columns=columns, rows=150, now=NOW) as terminal:
        terminal.end()
    return terminal.text


@pytest.mark.parametrize("columns", [40, 80])
def test_how_it_looks(kept, golden: Callable[[str, str], None], columns: int):
    argv = (
        ["lookback", "--quarter", "2026-Q4"],
        ["lookback", "--year", "this"],
        ["lookback", "--quarter", "2024-Q1"],
    )
    pages = [seen(kept, columns, *each) for each in argv]
    assert max(len(row) for page in pages for row in page.split("\n")) <= columns
    golden(f"lookback-quarter-{columns}.txt", f"\n{'=' * columns}\n".join(pages) + "\n")


def test_a_pipe_gets_one_line_for_each_thing_a_quarter_holds(kept):
    done = kept("lookback", "--quarter", "2026-Q4")
    assert (done.code, done.err) == (0, "")
    assert {(len(row), row[0]) for row in done.rows} == {(7, "2026-Q4")}
    by_part = {
        part: [row[2:] for row in done.rows if row[1] == part] for part in {row[1] for row in done.rows}
    }
    assert sorted(by_part) == ["first", "last", "number", "picked", "promise", "skipped", "week"]
    assert by_part["week"][3:5] == [
        ["2026-W43", "", "", "Forecast template.", ""],
        ["2026-W44", "", "", "", ""],
    ]
    assert by_part["number"][1] == ["2026-W41", "care-days", "1", "Nothing, all week in the budget.", ""]
    assert by_part["picked"][0] == ["", "signs", "1", "waited me out", ""]
    assert by_part["last"] == [["2026-W48", "spirit", "", SPIRITS["2026-W48"], ""]]
    assert by_part["promise"][0] == [
        "2026-W41",
        f"{id_of('2026-W41')}/p1",
        "kept",
        "I will: Say sorry to Jonas before Monday · Cue: lunch",
        "private",
    ]
    assert by_part["skipped"][0] == ["", "unseen", "7", UNSEEN, ""]


def test_a_year_has_the_lines_of_each_quarter_and_then_its_own(kept):
    rows = kept("lookback", "--year", "2026").rows
    assert list(dict.fromkeys(row[0] for row in rows)) == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026"]
    assert {row[1] for row in rows if row[0] == "2026"}.isdisjoint({"week", "number"})
    assert [row[4] for row in rows if row[:2] == ["2026", "skipped"]] == ["9", "1"]


def test_damage_in_the_year_before_is_told_since_its_promises_are_counted(kept):
    told = kept("lookback", "--year", "2026")
    assert told.err == ""
    damaged = kept.journal.read_text(encoding="utf-8").replace('kind = "scale"', "kind = scale", 1)
    kept.journal.write_text(damaged, encoding="utf-8")
    done = kept("lookback", "--year", "2026")
    assert (done.code, done.rows) == (0, told.rows)
    assert done.err.count("It was left alone; all other entries are here.") == 1
    assert kept("lookback", "--quarter", "2026-Q4").err == ""


def test_json_has_the_quarter_or_the_year_and_its_quarters(kept):
    (quarter,) = json.loads(kept("lookback", "--quarter", "q4", "--json").out)["periods"]
    assert [quarter[key] for key in ("name", "first", "last", "count", "begun", "reflected")] == [
        "2026-Q4", "2026-10-01", "2026-12-31", 14, 9, 8,
    ]  # fmt: skip
    (numbers,) = quarter["numbers"]
    assert [each["reply"] for each in numbers["answers"]] == [3, 1, 5, 4, 5, 1, 4, 4]
    assert quarter["promises"][0]["result"] == "kept"
    year = json.loads(kept("lookback", "--year", "2026", "--json").out)["periods"]
    assert [each["name"] for each in year] == ["2026", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert year[-1] == quarter


def test_a_companys_quarter_begins_with_its_own_year(kept):
    (kept.prompts.parent / "config.toml").write_text('year_starts = "february"\n', encoding="utf-8")
    shown = json.loads(kept("lookback", "--year", "2026", "--json").out)["periods"]
    assert [each["reflected"] for each in shown] == [1, 0, 0, 0, 1]
    assert (shown[0]["year_starts"], shown[0]["first"], shown[4]["last"]) == (
        "february",
        "2025-02-01",
        "2026-01-31",
    )
    assert "Q4 FY2026, Nov 2025–Jan 2026" in seen(kept, 80, "lookback", "--quarter", "2026-Q4")


@each_row(
    ("argv", "said"),
    [
        (["--quarter", "2026"], "'2026' isn't a quarter: write 2026-Q3, Q4 or last."),
        (["--quarter", "2026-Q7"], "2026-Q7 doesn't exist: the quarters are Q1 to Q4."),
        (["--year", "26"], "'26' isn't a year: write 2026 or last."),
        (["--quarter", "Q4", "--year", "2026"], "Give --quarter or --year, not both."),
        (["--quarter"], "Option '--quarter' requires an argument."),
    ],
)
def test_what_is_no_quarter_is_wrong_usage(kept, argv: list[str], said: str):
    done = kept("lookback", *argv)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@each_row(
    ("argv", "told"),
    [
        (
            ["--quarter", "2024-Q1"],
            "Nothing was written in Q1 2024, Jan–Mar. Your latest entry is in Q4 2026, Oct–Dec. Look back on that "
            "with:\n"
            "  followme lookback --quarter 2026-Q4\n",
        ),
        (
            ["--year", "2024"],
            "Nothing was written in 2024. Your latest entry is in 2026. Look back on that with:\n"
            "  followme lookback --year 2026\n",
        ),
        (
            ["--quarter", "Q4", "--set", "none"],
            "Nothing in Q4 2026, Oct–Dec fits these filters. See all of it with:\n"
            "  followme lookback --quarter 2026-Q4\n",
        ),
    ],
)
def test_where_nothing_is_it_says_how_to_go_on(kept, argv: list[str], told: str):
    for flags in ([], ["--json"]):
        done = kept("lookback", *argv, *flags)
        assert (done.code, done.out, done.err) == (3, "", told)


def test_without_any_entry_it_says_how_to_begin(run):
    done = run("lookback", "--quarter", "last")
    assert (done.code, done.err) == (3, "There are no entries yet. Start with:\n  followme reflect\n")


@each_row(
    ("argv", "weeks"),
    [
        (["--since", "2026-11-20"], ["2026-W47", "2026-W48"]),
        (["--set", "one-on-one"], ["2026-W45"]),
        (["--person", "Dana"], ["2026-W40", "2026-W45", "2026-W48"]),
    ],
)
def test_filters_choose_among_its_entries(kept, argv: list[str], weeks: list[str]):
    rows = kept("lookback", "--quarter", "q4", *argv).rows
    assert [row[2] for row in rows if row[1] == "week" and row[5]] == weeks


def test_a_question_can_be_looked_back_on_for_a_quarter(kept):
    assert [row[5] for row in kept("lookback", "spirit", "--year", "2026").rows] == list(SPIRITS.values())[1:]
    assert len(kept("lookback", "spirit", "--quarter", "2025-Q4").rows) == 1
    assert kept("lookback", "spirit", "--quarter", "2026-Q1").code == 3


def test_blocks_of_other_weeks_are_not_parsed(kept, monkeypatch: pytest.MonkeyPatch):
    parsed, real = [], reading.parsing.parse_block
    monkeypatch.setattr(
        reading.parsing, "parse_block", lambda data, **how: parsed.append(data) or real(data, **how)
    )
    assert kept("lookback", "--quarter", "2026-Q3").code == 0
    assert len(parsed) == 1
    # The promise of W41 ended in W42, and so on: these are parsed for that alone.
    assert kept("lookback", "--quarter", "2026-Q4").code == 0
    assert len(parsed) == 1 + 9 + 3


def test_with_plain_it_is_sentences_and_nothing_is_beside_anything(kept, golden: Callable[[str, str], None]):
    golden("lookback-quarter-plain.txt", seen(kept, 80, "--plain", "lookback", "--quarter", "2026-Q4") + "\n")


def test_hostile_text_in_every_field_commands_nothing(run):
    bad = "\x1b]0;x\x07[red]a[/] \u202e\u200b" + "w" * 90
    run.now = NOW
    asked = {"question": bad, "private": True}
    answers = (
        Answer(key="moment", kind="text", reply=bad, **asked),
        Answer(
            key="care-days",
            kind="scale",
            reply=3,
            fact=bad,
            low=0,
            high=5,
            low_label=bad,
            high_label=bad,
            **asked,
        ),
        Answer(key="signs", kind="several", reply=(bad, bad + "x"), **asked),
        Answer(key="spirit", kind="text", reply=bad, **asked),
        Answer(key="who", kind="line", reply=bad, person=True, **asked),
        Answer(key="gone", kind="later-kind", question=bad),
    )
    promise = Promise(ref="p1", text=bad, occasion=bad, to=bad)
    keep(
        run,
        *(
            Entry(id=id_of(week), date=NOW, week=week, set=bad, answers=answers, promises=(promise,))
            for week in ("2026-W40", "2026-W41")
        ),
    )
    for argv in (["--quarter", "2026-Q4"], ["--year", "2026"]):
        for columns in (40, 80):
            with Terminal(run.home, "lookback", *argv, columns=columns, rows=400, now=NOW) as terminal:
                terminal.end()
            assert b"\x1b]0" not in terminal.wire
            assert "\u202e" not in terminal.wire.decode()
            assert "[red]a[/]" in terminal.words
            assert "Traceback" not in terminal.text
        for flags in ([], ["--json"]):
            out = run("lookback", *argv, *flags).out
            assert not {"\x1b", "\u202e", "\x07"} & set(out)
