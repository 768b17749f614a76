"""The set `quarter` in a real terminal: its weeks come part by part, and stay at hand while it asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from followme.journal import drafts
from playing import play
from rows import first_quick
from running import Run
from sets import skips
from terminal import CTRL_C, ENTER, Terminal

F3 = "\x1bOR"

FRIDAY = datetime.fromisoformat("2026-12-25T16:00:00+01:00")
WIDTHS = pytest.mark.parametrize("columns", first_quick([40, 80]))
BOTH = pytest.mark.parametrize("flags", [[], ["--plain"]], ids=["rich", "plain"])

TEAM = """
title = "Team"

[[section]]
title = "What happened"

[[section.question]]
key = "moment"
kind = "text"
ask = "What happened?"

[[section.question]]
key = "care-days"
kind = "scale"
ask = "On how many days did you help?"
low = 0
high = 5
low_label = "no day"
high_label = "every day"
fact = true
optional = true

[[section.question]]
key = "signs"
kind = "several"
ask = "Which of these did you see?"
options = ["bad news came early", "somebody disagreed openly"]
optional = true

[[section.question]]
key = "spirit"
kind = "text"
ask = "When did the team show energy?"
optional = true

[[section.question]]
key = "secret"
kind = "text"
ask = "What must stay between us?"
private = true
optional = true

[[section.question]]
key = "promise"
kind = "promise"
ask = "What do you promise?"
optional = true
"""

HOSTILE = r"[red]x[/] :smile: [[entry]] \u001b[31mred\u001b]0;title\u0007 \u202Eback"
"""As it stands in the answers; U+202E turns the reading direction round."""

WEEKS: dict[int, tuple[str, str]] = {
    13: ("Too old to be shown.", ""),
    12: ("The first of thirteen weeks.", 'spirit = "Everybody was tired."\ncare-days = {reply = 1, fact = "Mail."}'),
    11: ("word " * 60 + "end.", 'promise = [{text = "Call Ben", occasion = "Monday", to = "Ben", told = true}]'),
    10: ("Ana stayed.", 'care-days = {reply = 5, fact = "All of them."}\nsigns = ["bad news came early"]'),
    6: (HOSTILE, f'spirit = "{HOSTILE}"\nsigns = ["bad news came early", "somebody disagreed openly"]'),
    1: ("Ben thanked her.", 'secret = "Ana may leave."\nspirit = "Proud of the demo."\ncare-days = 4'),
}  # fmt: skip
"""How many weeks ago, what happened, and further answers."""

PARTS = (
    (
        "Q4 2026, Oct–Dec",
        (
            "6 of 14 weeks have a reflection",
            "Promises closed: 1. Kept: 0. Partly: 1.",
            "Sep 28 The first of thirteen weeks.",
            "Oct 5 word word",
        ),
    ),
    ("Nov 30–Dec 13: no reflection", ("Dec 14 Ben thanked her.",)),
    (
        "On how many days did you help?",
        (
            "1 (Sep 28), 5 (Oct 12), 4 (Dec 14) Highest, 5",
            "Oct 12 All of them. Lowest, 1",
            "Sep 28 Mail.",
            "Answered 2 times.",
            "2 bad news reached me early",
        ),
    ),
    ("First and latest answer", ("Week of Sep 28", "Week of Dec 14")),
    ("What became of your promises", ("I will: Call Ben · Cue: Monday",)),
    ("Skipped", ("What happened?",)),
)
"""How each part begins, and what else is seen of it."""


@pytest.fixture
def quarter(run: Run) -> Run:
    """A journal of a quarter, on a Friday of its last week."""
    (run.prompts / "team.toml").write_text(TEAM, encoding="utf-8")
    for ago, (moment, more) in WEEKS.items():
        run.now = FRIDAY - timedelta(weeks=ago)
        done = run("reflect", "team", "--answers", "-", stdin=f'moment = "{moment}"\n{more}')
        assert done.code == 0, done.err
        if ago == 11:
            run.later(days=3)
            ended = ("--partly", "--note", "Half of it.")
            assert run("promises", "close", run.entries[-1]["id"][-5:], *ended).code == 0
    run.now = FRIDAY - timedelta(hours=3)
    hard = 'hard-moment = "A hard moment, and private."\n'
    assert run("reflect", "after", "--answers", "-", *skips("after", "hard-moment"), stdin=hard).code == 0
    run.now = FRIDAY - timedelta(weeks=4)
    assert run("reflect", "team", "--skip", "moment").code == 0
    run.now = FRIDAY
    return run


def start(run: Run, columns: int, flags: Sequence[str] = (), rows: int = 60) -> Terminal:
    return Terminal(run.home, *flags, "reflect", "quarter", columns=columns, rows=rows, now=FRIDAY)


def seen(terminal: Terminal, part: tuple[str, tuple[str, ...]]) -> None:
    """Wait for a part, and look that it waits."""
    heading, further = part
    terminal.see(heading)
    terminal.see("Press Enter to go on.")
    words = " ".join(terminal.text.replace("▎", "").split())
    assert [each for each in further if each not in words] == [], terminal.text
    assert terminal.words.rindex("Press Enter to go on.") > terminal.words.index(heading)


def through(terminal: Terminal) -> None:
    """Look at every part, and go on to the first question."""
    for part in PARTS:
        seen(terminal, part)
        terminal.keys(ENTER)
    terminal.see("1 of 8")


@WIDTHS
@BOTH
def test_the_weeks_come_part_by_part_and_then_the_questions(quarter: Run, columns: int, flags: list[str]):
    with start(quarter, columns, flags, rows=200) as terminal:
        terminal.see(PARTS[0][0])
        for at, part in enumerate(PARTS):
            seen(terminal, part)
            later = [heading for heading, _ in PARTS[at + 1 :]]
            assert [heading for heading in later if heading in terminal.words] == []
            assert "1 of 8" not in terminal.words
            terminal.keys(ENTER)
        terminal.see("1 of 8")
        assert "Too old" not in terminal.words
        again = (
            "F3 shows again what you looked back on."
            if not flags
            else ":weeks shows again what you looked back on."
        )
        assert again in terminal.words
        terminal.keys(CTRL_C)
        assert terminal.end() == 130


@pytest.mark.slow
@WIDTHS
def test_what_is_private_is_shown_to_its_writer(quarter: Run, columns: int):
    with start(quarter, columns) as terminal:
        seen(terminal, PARTS[0])
        terminal.keys(ENTER)
        seen(terminal, PARTS[1])
        words = " ".join(terminal.text.replace("▎", "").split())
        assert "Dec 21 A hard moment, and private. private" in words


@pytest.mark.slow
@WIDTHS
@BOTH
def test_no_row_is_too_long_and_none_cuts_a_word(
    quarter: Run, columns: int, flags: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", str(columns))
    argv = [*flags, "reflect", "quarter"]
    shown = play(argv, [ENTER] * len(PARTS) + [CTRL_C], monkeypatch, lines=[""] * len(PARTS), now=FRIDAY)
    assert shown.code == 130
    rows = shown.text.split("\n")
    assert "1 of 8" in shown.text
    assert max(map(len, rows)) <= columns
    # A long answer has two rows, of whole words, and says that there is more.
    at = next(at for at, row in enumerate(rows) if "word word" in row)
    words = " ".join(rows[at : at + 2]).replace("▎", "").replace("Oct 5", "")
    assert set(words.split()) == {"word", "…"}
    assert rows[at + 1].endswith(" …")
    assert "Oct 12" in rows[at + 2]


@BOTH
def test_signs_in_old_answers_command_nothing(quarter: Run, flags: list[str]):
    with start(quarter, 80, flags, rows=200) as terminal:
        through(terminal)
        assert "[red]x[/] :smile: [[entry]] ␛[31mred␛]0;title␇" in terminal.words
        assert b"\x1b[31mred" not in terminal.wire
        assert b"\x1b]0;title" not in terminal.wire
        assert "\u202e" not in terminal.wire.decode("utf-8", "replace")
        if flags:
            assert b"\x1b" not in terminal.wire
        terminal.keys(CTRL_C)
        assert terminal.end() == 130


@pytest.mark.slow
@WIDTHS
@BOTH
@pytest.mark.parametrize("part", [0, 1, len(PARTS) - 1])
def test_ctrl_c_between_the_weeks_leaves_nothing_behind(
    quarter: Run, columns: int, flags: list[str], part: int
):
    entries = len(quarter.entries)
    with start(quarter, columns, flags) as terminal:
        for before in PARTS[:part]:
            seen(terminal, before)
            terminal.keys(ENTER)
        seen(terminal, PARTS[part])
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
        assert "You didn't answer anything, so nothing is kept." in terminal.words
        assert "Traceback" not in terminal.text
    assert len(quarter.entries) == entries
    assert quarter.drafts == []


@pytest.mark.slow
@BOTH
def test_a_pause_among_the_questions_keeps_every_word_and_the_weeks_come_again(
    quarter: Run, flags: list[str]
):
    with start(quarter, 80, flags) as terminal:
        through(terminal)
        terminal.keys("They came back." + ENTER)
        terminal.answer("2 of 8", "half an idea" + ("\\" + ENTER if flags else ""))
        terminal.see("half an idea")
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
    (kept,) = map(drafts.load, quarter.drafts)
    assert (kept.typed["weeks-show"], kept.typed["weeks-apart"]) == (
        {"reply": "They came back."},
        {"reply": "half an idea"},
    )
    with Terminal(quarter.home, *flags, "reflect", columns=80, rows=60, now=FRIDAY) as terminal:
        terminal.answer("an unfinished reflection", ENTER)
        for part in PARTS:
            seen(terminal, part)
            terminal.keys(ENTER)
        terminal.see("2 of 8")
        terminal.see("half an idea")


@pytest.mark.slow
def test_at_the_summary_the_weeks_are_not_shown_again(quarter: Run):
    with start(quarter, 80) as terminal:
        through(terminal)
        terminal.keys("They came back." + ENTER)
        for number in range(2, 9):
            terminal.answer(f"{number} of 8", ENTER)
        terminal.answer("What now?", CTRL_C)
        assert terminal.end() == 130
    with Terminal(quarter.home, "reflect", columns=80, rows=60, now=FRIDAY) as terminal:
        terminal.answer("an unfinished reflection", ENTER)
        terminal.see("What now?")
        assert PARTS[0][0] not in terminal.words
        terminal.keys(ENTER)
        terminal.answer("Press Enter to close.", ENTER)
        assert "Saved." in terminal.words
        assert terminal.end() == 0
    entry = quarter.entries[-1]
    assert (entry["set"], entry["answer"][0]["reply"]) == ("quarter", "They came back.")
    assert [each["key"] for each in entry["answer"] if each.get("private")] == ["weeks-truth"]
    # It is a reflection of its week.
    assert "This week has its reflection." in quarter().out


@BOTH
def test_without_any_entry_there_is_nothing_to_show_and_it_says_so(run: Run, flags: list[str]):
    with start(run, 80, flags) as terminal:
        terminal.see("Nothing was written in Q4 2026, Oct–Dec, so there's nothing to look back on yet.")
        terminal.answer("Press Enter to go on.", ENTER)
        terminal.see("1 of 8")


@WIDTHS
def test_a_key_shows_the_weeks_again_page_by_page_and_closes_them(quarter: Run, columns: int):
    with start(quarter, columns, rows=24) as terminal:
        for part in PARTS:
            terminal.answer(part[0], ENTER)
        terminal.see("1 of 8")
        terminal.keys("They came" + F3)
        terminal.see("F3 shows more")
        assert "Q4 2026, Oct–Dec" in terminal.words
        for _ in range(20):
            terminal.keys(F3)
            if "F3 closes this" in terminal.at_rest:
                break
        assert "of 1 time" in terminal.words
        terminal.keys(F3)
        terminal.see("Enter next")
        terminal.keys(" back." + ENTER)
        terminal.answer("2 of 8", CTRL_C)
        assert terminal.end() == 130
    (kept,) = map(drafts.load, quarter.drafts)
    assert kept.typed["weeks-show"] == {"reply": "They came back."}


def test_in_plain_mode_a_word_prints_the_weeks_again(quarter: Run):
    with start(quarter, 80, ["--plain"], rows=200) as terminal:
        through(terminal)
        terminal.keys(":weeks" + ENTER)
        assert terminal.at_rest.count("The first of thirteen weeks.") == 2


@pytest.mark.parametrize(
    ("now", "title"), [("2026-11-06", "Q3 2026, Jul–Sep"), ("2026-10-09", "Q4 2026, Oct–Dec")]
)
def test_it_shows_the_quarter_before_until_this_one_is_nearly_over_unless_that_is_empty(
    run: Run, now: str, title: str
):
    (run.prompts / "team.toml").write_text(TEAM, encoding="utf-8")
    run.now = datetime.fromisoformat(
        "2026-09-18T16:00:00+01:00" if "11" in now else "2026-10-02T16:00:00+01:00"
    )
    assert run("reflect", "team", "--answer", "moment=Ana stayed.").code == 0
    day = datetime.fromisoformat(f"{now}T16:00:00+01:00")
    with Terminal(run.home, "reflect", "quarter", columns=80, rows=60, now=day) as terminal:
        terminal.see(title)
        assert "Ana stayed." in terminal.words
        terminal.keys(CTRL_C)
        assert terminal.end() == 130


def test_in_batch_nothing_is_shown(quarter: Run):
    done = quarter("reflect", "quarter", *skips("quarter"))
    assert done.code == 0, done.err
    assert (done.out, len(done.err.splitlines())) == ("", 3)
