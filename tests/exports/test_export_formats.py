"""What every export format keeps to, whatever it looks like."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from followme.clean import for_terminal
from followme.exports import FORMATS, Options, format_named, in_numbers
from followme.insight.letters import Letters
from followme.insight.numbers import numbers_of
from followme.insight.people import people
from followme.insight.privacy import Choice, shared
from followme.journal.file.codec import to_toml
from followme.journal.file.reading import read
from followme.model import Answer, Entry, Outcome, Promise
from followme.names import Known
from held import Held, exported, leaving
from running import Run
from source import nodes_in

SOURCE = Path(__file__).parents[2] / "src" / "followme"

every_format = pytest.mark.parametrize("name", FORMATS)


def entry(
    day: int,
    *answers: Answer,
    private: bool = False,
    name: str = "weekly",
    promises: Sequence[Promise] = (),
    outcomes: Sequence[Outcome] = (),
) -> Entry:
    return Entry(
        id=f"202611{day:02}T150000-aaaaa",
        date=datetime.fromisoformat(f"2026-11-{day:02}T16:00:00+01:00"),
        week="2026-W47",
        set=name,
        private=private,
        answers=answers,
        promises=tuple(promises),
        outcomes=tuple(outcomes),
    )


def answer(reply: str, private: bool = False, fact: str = "") -> Answer:
    return Answer(key="moment", kind="text", question="One moment?", reply=reply, fact=fact, private=private)


def ended(promise: str, note: str) -> Outcome:
    return Outcome(promise=f"202611{promise}", result="partly", note=note)


TALK = entry(
    16,
    answer("veiled talk"),
    private=True,
    promises=[Promise(ref="p1", text="veiled promise", to="veiled person")],
)
WEEK = entry(
    17,
    answer("open answer", fact="open fact"),
    answer("veiled answer", private=True, fact="veiled fact"),
    promises=[
        Promise(ref="p1", text="open promise"),
        Promise(ref="p2", text="veiled step", occasion="veiled cue", private=True),
        Promise(ref="p3", text="veiled smaller one", who="veiled helper", origin="20261116T150000-aaaaa/p1"),
    ],
    outcomes=[ended("16T150000-aaaaa/p1", "veiled ending")],
)
BETWEEN = entry(
    18,
    name="outcome",
    outcomes=[
        ended("17T150000-aaaaa/p1", "open ending"),
        ended("17T150000-aaaaa/p2", "veiled second ending"),
        ended("17T150000-aaaaa/p3", "veiled third ending"),
    ],
)
NOTES = (
    entry(19, answer("open note"), name="note"),
    entry(20, answer("veiled note"), name="note", private=True),
)
JOURNAL = (TALK, WEEK, BETWEEN, *NOTES)
"""A journal in which whatever is private says so, and whatever is not says that it is open."""

ORDERS = {"in order": JOURNAL, "turned": JOURNAL[::-1]}
"""Journals that were merged may have an ending before its promise."""

OPEN = ("open answer", "open fact", "open promise", "open ending", "open note")
TRACES = ("veiled", "16T150000", "2026-11-16", "November 16", "Mon, Nov 16")
"""Words that are private, and what would tell of the day of an entry that is; "Nov 16–22" is the week of others."""


def test_the_order_is_newest_first_unless_the_oldest_is_asked_for() -> None:
    found = leaving(JOURNAL)
    days = [one.date.day for one in found.entries()]
    assert days == [19, 18, 17]
    assert [one.date.day for one in found.entries(oldest_first=True)] == days[::-1]
    assert tuple(leaving(JOURNAL, private=True).entries(oldest_first=True)) == JOURNAL


@every_format
@pytest.mark.parametrize("journal", ORDERS.values(), ids=ORDERS)
def test_no_format_tells_what_is_private_nor_what_became_of_it(name: str, journal: Sequence[Entry]):
    text = exported(name, journal)
    assert [words for words in TRACES if words in text] == []
    assert [words for words in OPEN if words not in text] == []


@every_format
@pytest.mark.parametrize("left", range(len(JOURNAL)))
def test_nor_does_it_where_the_private_entry_is_not_among_those_wanted(name: str, left: int) -> None:
    chosen = [one for at, one in enumerate(JOURNAL) if at != left]
    assert "veiled" not in exported(name, chosen, JOURNAL)
    assert "veiled" not in exported(name, [JOURNAL[left]], JOURNAL)


@every_format
def test_every_format_tells_all_where_that_is_asked_for(name: str) -> None:
    text = exported(name, JOURNAL, private=True)
    said = [words for words in repr(JOURNAL).split("'") if words.startswith(("veiled", "open"))]
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "chosen", [(), ("--since", "2026-11-17"), ("--set", "outcome"), ("--week", "2026-W47")]
)
def test_nothing_private_gets_past_the_command(run: Run, name: str, chosen: tuple[str, ...]) -> None:
    run.with_journal("format = 1\n\n" + "\n".join(map(to_toml, JOURNAL)))
    done = run("export", "--format", name, *chosen)
    assert done.code == 0
    assert [words for words in TRACES if words in done.out] == []
    assert "marked private" in done.err
    assert "open ending" in done.out


@pytest.mark.parametrize("name", FORMATS)
def test_damage_to_a_private_entry_does_not_make_public_what_became_of_its_promises(
    run: Run, name: str
) -> None:
    blocks = [to_toml(each) for each in JOURNAL]
    blocks[0] = blocks[0].replace("date = ", "date = soon ")
    run.with_journal("format = 1\n\n" + "\n".join(blocks))
    done = run("export", "--format", name)
    assert done.code == 0
    assert "veiled" not in done.out
    assert "may be private" in done.err
    assert "open ending" in done.out


def test_one_function_alone_decides_what_may_leave() -> None:
    """A format takes a `Shared`, so it cannot forget to ask; and nothing else makes one."""
    makers = [
        (path.name, function.name)
        for path in SOURCE.rglob("*.py")
        if "Shared(" in path.read_text(encoding="utf-8")
        for function in nodes_in(path)
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Shared"
    ]
    assert set(makers) == {("privacy.py", "shared")}


@every_format
def test_every_format_gives_the_same_text_again_and_one_even_without_entries(name: str) -> None:
    assert exported(name, list(JOURNAL)) == exported(name, JOURNAL)
    # Any text at all would be an entry to jrnl.
    assert exported(name, ()).endswith("\n") or name == "jrnl"


DEMO = Path(__file__).parents[2] / "demo" / "journal.toml"


@pytest.fixture(scope="session")
def two_years() -> tuple[Entry, ...]:
    """The invented entries of the demo, which name many people."""
    return read(DEMO).entries


@every_format
def test_with_letters_no_known_name_leaves_in_any_format(name: str, two_years: tuple[Entry, ...]) -> None:
    letters = Letters(two_years)
    found = shared(Held(two_years), Choice(private=True, disguised=letters.disguised))
    # A page's style has signs of its own: @media.
    text = re.sub("(?s)<style>.*?</style>", "", b"".join(format_named(name)(found, Options())).decode())
    known = {each.name for each in people(two_years)}
    assert len(known) > 5
    spots = [text[spot.start : spot.end] for spot in Known(known).spots(text)]
    assert [word for word in spots if not word.startswith("Person")] == []
    assert "Person A" in text


IN_NUMBERS = [name for name in FORMATS if in_numbers(name)]


@pytest.mark.parametrize("name", IN_NUMBERS)
def test_numbers_leave_without_one_sentence(name: str, two_years: tuple[Entry, ...]) -> None:
    write = in_numbers(name)
    assert write
    chosen = leaving(two_years).entries(oldest_first=True)
    text = "".join(write(numbers_of(chosen, two_years[-1].day, ()), Options()))
    texts = {str(each.reply) for one in two_years for each in one.answers if isinstance(each.reply, str)}
    texts |= {each.question for one in two_years for each in one.answers}
    texts |= {each.text for one in two_years for each in one.promises}
    texts |= {each.note for one in two_years for each in one.outcomes}
    assert [words for words in texts if len(words) > 3 and words in text] == []
    assert two_years[0].week in text


@pytest.mark.parametrize("name", IN_NUMBERS)
def test_keys_and_weeks_are_harmless_in_numbers_too(name: str) -> None:
    hostile = "=cmd|' /C'!A0 <b>\x1b[31m | x"
    scale = Answer(key=hostile, kind="scale", question="?", reply=3, low=0, high=5)
    write = in_numbers(name)
    assert write
    text = "".join(write(numbers_of([entry(17, scale)], NOTES[0].day, ()), Options()))
    assert for_terminal(text) == text
    assert for_terminal(hostile) in html.unescape(text.replace("\\", "").replace("u001b", "␛")).replace(
        '"', ""
    )
    assert name != "csv" or f"'{for_terminal(hostile)}" in text
    assert name != "markdown" or "<b" not in MarkdownIt("commonmark").enable("table").render(text)


@pytest.mark.parametrize(("name", "cell"), [("markdown", "| 2, 4 |"), ("html", "<td>2, 4</td>")])
def test_a_table_of_weeks_has_both_numbers_of_a_week_with_two(name: str, cell: str) -> None:
    write = in_numbers(name)
    assert write
    given = [Answer(key="care", kind="scale", question="?", reply=reply, low=0, high=5) for reply in (2, 4)]
    numbers = numbers_of([entry(17, given[0]), entry(18, given[1])], NOTES[0].day, ())
    assert cell in "".join(write(numbers, Options()))
