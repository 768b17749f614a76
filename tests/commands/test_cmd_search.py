"""`followme search`: what is found, how it is shown, and what is said where there is nothing."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO

import pytest

from followme.hints import Command
from followme.insight.search import Hit, Search
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.model import Answer, Entry, Outcome, Promise
from followme.screen import Screen
from followme.views import view
from rows import each_row
from running import FRIDAY
from terminal import Terminal

ASKED = "Think of one moment when someone did more, or less, than they had to. What had you done before it?"
LONG = (
    "Zoë stayed for the demo, although nothing in her plan asked for it.\n\nI had moved her license request past "
    "finance on Tuesday, and then never said a word about it. She had heard of it from Ana, who sits beside her; "
    "the demo itself went well enough, and the one question that I feared wasn't asked."
)


def entry(number: int, *answers: Answer, set_name: str = "weekly", **parts: tuple[object, ...]) -> Entry:
    moment = datetime.fromisoformat("2026-11-20T16:04:11+01:00") - timedelta(weeks=number)
    year, week, _ = moment.isocalendar()
    return Entry(
        id=f"{moment:%Y%m%d}T150411-{'abcdefghjk'[number % 10] * 5}",
        date=moment,
        week=f"{year}-W{week:02}",
        set=set_name,
        answers=answers,
        **parts,
    )


def said(reply: str, key: str = "moment", question: str = ASKED) -> Answer:
    return Answer(key=key, kind="text", question=question, reply=reply)


ENTRIES = (
    entry(50, said("The first demo.")),
    entry(3, said("A quiet week, demo or not."), said("None.", "spirit", "What was the team proud of?")),
    entry(
        2, outcomes=(Outcome(promise="x/p1", result="partly", note="He saw the demo."),), set_name="outcome"
    ),
    entry(1, promises=(Promise(ref="p1", text="Show Ben the demo", occasion="Tuesday", to="Ben"),)),
    entry(0, said(LONG)),
)


@pytest.fixture
def kept(run):
    """A run with five entries."""
    keep(run, *ENTRIES)
    return run


def keep(run, *entries: Entry) -> None:
    run.with_journal("\n".join([PREAMBLE, *map(to_toml, entries)]))


def test_a_pipe_gets_one_line_a_hit_newest_first(kept):
    done = kept("search", "DEMO")
    assert (done.code, done.err) == (0, "")
    assert [row[:4] for row in done.rows] == [
        ["20261120T150411-aaaaa", "2026-W47", "2026-11-20", "moment"],
        ["20261113T150411-bbbbb", "2026-W46", "2026-11-13", "promise"],
        ["20261106T150411-ccccc", "2026-W45", "2026-11-06", "outcome"],
        ["20261030T150411-ddddd", "2026-W44", "2026-10-30", "moment"],
        ["20251205T150411-aaaaa", "2025-W49", "2025-12-05", "moment"],
    ]
    assert [row[4] for row in done.rows][1:] == [
        "Show Ben the demo · Tuesday · Ben",
        "He saw the demo.",
        "A quiet week, demo or not.",
        "The first demo.",
    ]
    around = done.rows[0][4]
    assert around.endswith("…")
    assert around[:-1] in LONG.replace("\n", " ")
    assert len(around) <= 201


def test_json_has_every_text_whole_and_where_the_words_are(kept):
    found = json.loads(kept("search", "zoe", "demo", "--json").out)
    (hit,) = found["hits"]
    assert (hit["id"], hit["key"], hit["question"], hit["text"]) == (
        "20261120T150411-aaaaa",
        "moment",
        ASKED,
        LONG,
    )
    assert [hit["text"][each["start"] : each["end"]] for each in hit["places"]] == ["Zoë", "demo", "demo"]


@each_row(
    ("argv", "count"),
    [
        (["demo", "-n", "2"], 2),
        (["zoe", "quiet"], 0),
        (["zoe", "quiet", "--any"], 2),
        (["the demo"], 3),
        (["Demo", "--exact"], 0),
        (["demo", "--question", "moment"], 3),
        (["demo", "--question", "promise"], 1),
        (["demo", "--question", "spirit"], 0),
        (["proud", "--question-text"], 1),
        (["proud"], 0),
        (["demo", "--since", "2026-11-13"], 2),
        (["demo", "--set", "outcome"], 1),
        (["demo", "--person", "ben"], 1),
        (["demo", "--week", "W47"], 1),
        (["wasn\u2019t"], 1),
        (["Zoe\u0308"], 1),
    ],
)
def test_words_options_and_filters_choose(kept, argv: list[str], count: int):
    done = kept("search", *argv)
    assert len(done.rows) == count
    assert done.code == (0 if count else 3)


def test_the_question_is_a_filter_of_every_verb_that_has_filters(kept):
    assert [row[0][-5:] for row in kept("list", "--question", "spirit").rows] == ["ddddd"]
    assert kept("export", "--question", "spirit").out.count("What was the team proud of?") == 1
    assert kept("list", "--question", "none").rows == []


# --- Words of all sorts -----------------------------------------------------------------------------------


def test_dashes_quotes_and_escapes_in_words(run):
    hand = entry(1, said("HAND")), entry(2, said("It's 5'10\" - \\n and -5% of C:\\new\\u00eb."))
    keep(run, *hand)
    by_hand = run.journal.read_text(encoding="utf-8").replace('"HAND"', '"Zo\\u00eb and Bo\\U00000062."')
    run.journal.write_text(by_hand, encoding="utf-8")
    assert [run("search", word).rows[0][0][-5:] for word in ("zoe", "bob", "ZOË")] == ["bbbbb"] * 3
    for words in (
        ["--", "-5%"],
        ["it's"],
        ['10"'],
        ["\\n"],
        ["c:\\new"],
        ["\\u00eb"],
        ["-"],
        ["5'10\" - \\n"],
    ):
        assert [row[0][-5:] for row in run("search", *words).rows] == ["ccccc"], words
    assert run("search", "-5%").code == 2


@each_row("argv", [[], ["  "], ["", "\u0301"]])
def test_no_words_are_wrong_usage(kept, argv: list[str]):
    done = kept("search", *argv)
    assert (done.code, done.out) == (2, "")
    assert "followme search" in done.err


# --- Nothing found ----------------------------------------------------------------------------------------


def test_without_entries_it_says_what_to_do(run):
    done = run("search", "demo")
    assert (done.code, done.out, done.err) == (
        3,
        "",
        "There are no entries yet. Start with:\n  followme reflect\n",
    )


@each_row(
    ("argv", "told"),
    [
        (
            ["zoe", "quiet"],
            "No answer, promise or note has all of these words. You may find more with:\n"
            "  followme search --any zoe quiet\n",
        ),
        (
            ["xyz", "--any", "zyx"],
            "No answer, promise or note has any of these words. See all entries with:\n  followme list\n",
        ),
        (
            ["-n", "3", "--exact", "--json", "--", "the quiet", "-5"],
            "No answer, promise or note has all of these words. You may find more with:\n"
            "  followme search --any --exact -n 3 --json -- 'the quiet' -5\n"
            "  followme search --exact -n 3 --json -- the quiet -5\n"
            "  followme search -n 3 --json -- 'the quiet' -5\n",
        ),
        (
            ["demo", "--since", "1w", "--set", "own"],
            "No answer, promise or note has this word. You may find more with:\n  followme search demo\n",
        ),
        (
            ["demo here", "--question-text"],
            "No question has this phrase. You may find more with:\n"
            "  followme search --question-text demo here\n"
            "  followme search 'demo here'\n",
        ),
    ],
)
def test_where_nothing_is_found_it_says_how_to_look_further(kept, argv: list[str], told: str):
    done = kept("search", *argv)
    assert (done.code, done.out, done.err) == (3, "", told)
    for line in told.splitlines()[1:]:
        assert kept(*shlex.split(line)[1:]).code in (0, 3)


def test_damage_beside_the_words_is_told_and_elsewhere_costs_nothing(kept):
    text = kept.journal.read_text(encoding="utf-8")
    kept.journal.write_text(text.replace('week = "2026-W44"', "week = demo"), encoding="utf-8")
    done = kept("search", "quiet")
    assert (done.code, done.out) == (3, "")
    assert done.err.count("The entry of 2026-10-30 (lines 16-32)") == 1
    assert (kept("search", "zoe").code, kept("search", "zoe").err) == (0, "")


def test_a_search_that_finds_nothing_looks_at_each_block_once(kept, monkeypatch: pytest.MonkeyPatch):
    looked_at = []
    may_be_in = Search.may_be_in

    def noted(search: Search, data: bytes) -> bool:
        looked_at.append(data)
        return may_be_in(search, data)

    monkeypatch.setattr(Search, "may_be_in", noted)
    assert [kept("search", word).code for word in ("nonsense", "proud")] == [3, 3]
    assert len(looked_at) == 2 * len(ENTRIES) == 2 * len(set(looked_at))


# --- In a terminal ----------------------------------------------------------------------------------------


def seen(run, columns: int, *argv: str, rows: int = 60) -> Terminal:
    """A terminal in which a search has ended."""
    with Terminal(run.home, "search", *argv, columns=columns, rows=rows, now=FRIDAY) as terminal:
        terminal.end()
    return terminal


@pytest.mark.parametrize("columns", [40, 80])
def test_how_hits_look(kept, golden: Callable[[str, str], None], columns: int):
    pages = [
        seen(kept, columns, *argv).text
        for argv in (["demo"], ["demo", "-n", "1"], ["proud", "--question-text"], ["zoe", "quiet"])
    ]
    assert (
        max(len(row) for page in pages for row in page.split("\n") if "followme search" not in row) <= columns
    )
    golden(f"search-{columns}.txt", f"\n{'=' * columns}\n".join(pages) + "\n")


def test_a_page_says_that_words_on_a_private_promise_are_private(run):
    made = entry(2, promises=(Promise(ref="p1", text="Show Ben the demo", to="Ben", private=True),))
    told = entry(1, outcomes=(Outcome(promise=f"{made.id}/p1", result="partly", note="He saw half."),))
    keep(run, made, told)
    assert seen(run, 80, "half").text.startswith("Week of Nov 9  2026-W46 · bbbbb · private\n")


def test_the_words_are_marked_with_and_without_color(kept):
    for argv in (["demo"], ["demo", "--no-color"]):
        assert b"the \x1b[1;7mdemo\x1b[0m" in seen(kept, 80, *argv).wire
    plain = seen(kept, 80, "demo", "--plain")
    assert b"\x1b[" not in plain.wire
    shown = seen(kept, 80, "demo").text.replace("▎", " ")
    words = re.sub(r"\s+", " ", plain.text.replace("You wrote: ", ""))
    assert words == re.sub(r"\s+", " ", re.sub(" · ([a-k]{5})$", r", \1", shown, flags=re.M))


def test_twenty_hits_are_shown_and_how_to_see_more(run):
    keep(run, *(entry(number, said(f"demo {number}")) for number in range(30)))
    page = seen(run, 80, "demo", "--since", "2y", "--no-pager", rows=120).text
    assert page.count("Week of") == 20
    assert page.endswith(
        "10 others have these words. See them with:\n  followme search -n 100 --since 2y demo"
    )
    assert "-n 125 demo" in seen(run, 80, "demo", "-n", "25", "--no-pager", rows=140).text
    assert seen(run, 80, "demo", rows=140).text.count("Week of") == 30
    assert seen(run, 80, "demo", "-n", "30", rows=140).text.count("Week of") == 30
    assert len(run("search", "demo").rows) == 30


def test_each_hit_is_shown_before_the_next_is_looked_for():
    stream = StringIO()
    screen = Screen(stream, True, False, False, True, 80, lambda command: " ".join(command.words))

    def found() -> Iterator[Hit]:
        for number in range(9):
            assert stream.getvalue().count("Week of") == min(number, 3)
            yield Hit(entry(number), "moment", ASKED, "A demo.", ((2, 6),))

    view("hits").show(found(), 3, Search(("demo",)), dict, Command("search"), FRIDAY.date(), screen)
    assert stream.getvalue().endswith("See them with:\n  search\n")


def test_damage_at_the_end_is_told_once(kept):
    with kept.journal.open("a", encoding="utf-8") as file:
        file.write("\n[[entry]]\nnonsense\n")
    assert kept("search", "nonsense").err.count("followme doctor") == 1


@pytest.mark.parametrize(
    "words",
    ["search Ben", "people", "people Ben", "people Nadja", "lookback --year 2025", "lookback --year 2026"],
)
def test_damage_is_told_once_however_often_the_journal_is_read(kept, words: str):
    with kept.journal.open("a", encoding="utf-8") as file:
        file.write("\n[[entry]]\nnonsense\n")
    with Terminal(kept.home, "--no-pager", *words.split(), rows=200, now=kept.now) as terminal:
        terminal.end()
        assert terminal.words.count("followme doctor") == 1
