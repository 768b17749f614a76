"""`followme people`: who is written about, one person's promises and places, and what is said where there is no one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from commands.test_cmd_search import entry, keep, said
from followme.model import Answer, Outcome, Promise
from rows import each_row
from running import FRIDAY
from terminal import Terminal

FORM = Promise(ref="p1", text="Send the short form", to="Dana", told=True)
ASK = Promise(ref="p2", kind="ask", text="What would you change?", to="dana")
TAKEN = Promise(ref="p3", text="Book the room", who="Dana", to="")
CARE = Answer(
    key="care-days",
    kind="scale",
    question="On how many days?",
    reply=4,
    fact="Dana's license.",
    low=0,
    high=5,
)
OLD = replace(entry(17, said("Told @Dana why the forecast moved."), CARE), promises=(FORM, ASK, TAKEN))
LATER = replace(
    entry(16, said("Jonas said what no one wanted to say.")),
    outcomes=(Outcome(promise=f"{OLD.id}/p1", result="kept", note="It took a week."),),
)
NOW = replace(
    entry(0, said("Asked @Jonas. Not dana, not Danas, and @Zoë_Ruiz not at all.")),
    promises=(Promise(ref="p1", text="Call Zoë Ruiz", to="Jonas"),),
)
OTHER = replace(entry(1, said("@Dana, @Eve")), conflict="x")


@pytest.fixture
def kept(run):
    keep(run, OLD, LATER, OTHER, NOW)
    return run


def test_a_pipe_gets_everyone_and_when_last(kept):
    done = kept("people")
    assert (done.code, done.err) == (0, "")
    assert done.rows == [
        ["Jonas", "2026-W47", "2026-W31", "1", "1"],
        ["Zoë Ruiz", "2026-W47", "2026-W47", "0", "0"],
        ["Dana", "2026-W31", "2026-W30", "2", "3"],
    ]


@pytest.mark.parametrize("name", ["Dana", "@dana", " dana "])
def test_a_pipe_gets_the_promises_and_the_places(kept, name: str):
    assert kept("people", name).rows == [
        [f"{OLD.id}/p3", "2026-W30", "", "promise", "Book the room", "due", "", ""],
        [f"{OLD.id}/p2", "2026-W30", "", "promise", "What would you change?", "due", "", ""],
        [f"{OLD.id}/p1", "2026-W30", "", "promise", "Send the short form", "closed", "kept", ""],
        [LATER.id, "2026-W31", "2026-07-31", "outcome", "It took a week.", "", "", ""],
        [OLD.id, "2026-W30", "2026-07-24", "moment", "Told @Dana why the forecast moved.", "", "", ""],
        [OLD.id, "2026-W30", "2026-07-24", "care-days", "Dana's license.", "", "", ""],
        [OLD.id, "2026-W30", "2026-07-24", "promise", "Send the short form", "", "", ""],
        [OLD.id, "2026-W30", "2026-07-24", "promise", "What would you change?", "", "", ""],
        [OLD.id, "2026-W30", "2026-07-24", "promise", "Book the room", "", "", ""],
    ]


def test_json_has_the_promises_and_the_places_and_no_number_of_a_scale(kept):
    found = json.loads(kept("people", "Dana", "--json").out)
    assert (found["name"], found["first"], found["last"]) == ("Dana", "2026-W30", "2026-W31")
    assert [each["state"] for each in found["promises"]] == ["due", "due", "closed"]
    assert [each["text"] for each in found["hits"]] == [
        "It took a week.",
        "Told @Dana why the forecast moved.",
        "Dana's license.",
        "Send the short form",
        "What would you change?",
        "Book the room",
    ]
    assert "4" not in [str(value) for each in found["hits"] for value in each.values()]
    assert [each["name"] for each in json.loads(kept("people", "--json").out)["people"]] == [
        "Jonas",
        "Zoë Ruiz",
        "Dana",
    ]


def test_words_on_a_private_promise_are_private_as_in_exports(run):
    promise = replace(FORM, private=True)
    smaller = replace(FORM, ref="p1", origin=f"{OLD.id}/p1", text="Send half")
    words = tuple(
        Outcome(promise=f"{each}/p1", result="not-yet", note=note)
        for each, note in ((OLD.id, "No time."), (LATER.id, "Dana knows."), ("x", "Else."))
    )
    keep(
        run,
        replace(OLD, promises=(promise,)),
        replace(LATER, promises=(smaller,), outcomes=()),
        replace(NOW, outcomes=words),
    )
    hits = json.loads(run("people", "Dana", "--json").out)["hits"]
    private = {each["text"]: each["private"] for each in hits}
    assert (private["No time."], private["Dana knows."], private["Send half"]) == (True, True, True)
    assert not private["Told @Dana why the forecast moved."]


TALK = Answer(key="talk-with", kind="line", question="With whom?", reply="Eve", person=True)
DATED = {
    "a promise to them": (replace(entry(0), promises=(replace(FORM, to="Eve"),)), "Send the short form"),
    "words on one": (
        replace(entry(0), outcomes=(Outcome(promise=f"{OLD.id}/p3", result="not-yet", note="No room."),)),
        "No room.",
    ),
    "words on one that name them": (
        replace(entry(0), outcomes=(Outcome(promise=f"{OLD.id}/p3", result="not-yet", note="Eve left."),)),
        "Eve left.",
    ),
    "a one-on-one of which only the name is left": (entry(0, TALK), "Eve"),
    "the same with a promise that names no one": (
        replace(entry(0, TALK), promises=(replace(FORM, to=""),)),
        "Eve",
    ),
    "a promise that names them in its words": (
        replace(entry(0), promises=(Promise(ref="p1", text="Call Eve", to="Eve"),)),
        "Call Eve",
    ),
}


@each_row("place", DATED)
def test_the_week_in_which_someone_was_last_written_about_heads_the_list_of_places(run, place: str):
    latest, text = DATED[place]
    keep(run, replace(OLD, promises=(replace(TAKEN, who="Eve"),)), latest)
    (row,) = [row for row in run("people").rows if row[0] == "Eve"]
    seen = json.loads(run("people", "Eve", "--json").out)
    assert row[1] == seen["last"] == "2026-W47"
    assert [each["text"] for each in seen["hits"]] == [text, "Book the room"]


@each_row(
    ("argv", "names"),
    [
        (["--since", "2026-08-01"], ["Jonas", "Zoë Ruiz"]),
        (["--until", "2026-07-31"], ["Dana", "Jonas"]),
        (["--week", LATER.week], ["Dana", "Jonas"]),
        (["--week", "2026-W47"], ["Jonas", "Zoë Ruiz"]),
        (["--set", "own"], []),
    ],
)
def test_filters_choose(kept, argv: list[str], names: list[str]):
    assert [row[0] for row in kept("people", *argv).rows] == names


def test_the_week_that_a_page_names_is_found_by_that_week(kept):
    for name, text in (("Dana", "It took a week."), ("Jonas", "Jonas said what no one wanted to say.")):
        (row,) = kept("people", name, "--week", LATER.week).rows
        assert row[4] == text
    page = kept("people", "Dana", "--week", LATER.week, columns=80).out
    assert page.count(f"What became of: {FORM.text}") == 1
    assert "Latest: the week of Jul 27.\n" in page


def test_the_filter_of_the_other_verbs_finds_the_same_entries(kept):
    for name, count in (
        ("Dana", 2),
        ("Zoë Ruiz", 1),
        ("@zoë_ruiz", 1),
        ("jonas", 2),
        ("Eve", 1),
        ("Danas", 1),
    ):
        assert len(kept("list", "--person", name).rows) == count, name


@each_row(
    ("argv", "told"),
    [
        (["Dnaa"], "followme knows no one named 'Dnaa'. Did you mean 'Dana'? See everyone with:\n  followme people\n"),
        (["Xu"], "followme knows no one named 'Xu'. See everyone with:\n  followme people\n"),
        (["Eve"], "followme knows no one named 'Eve'. See everyone with:\n  followme people\n"),
        (["Zoë"], "followme knows no one named 'Zoë'. Did you mean 'Zoë Ruiz'? See everyone with:\n"
                  "  followme people\n"),
        (["Dana", "--since", "2026-11"], "No entry fits these filters. See all with:\n  followme people Dana\n"),
    ],
)  # fmt: skip
def test_where_no_one_is_found_it_says_how_to_go_on(kept, argv: list[str], told: str):
    for flags in ([], ["--json"]):
        done = kept("people", *argv, *flags)
        assert (done.code, done.out, done.err) == (3, "", told)


def test_a_journal_that_names_no_one(run):
    for kept in ((), (entry(0, said("Ana stayed.")),)):
        keep(run, *kept)
        assert (run("people").code, run("people").out) == (0, "")
        done = run("people", "Ana")
        assert (done.code, done.out) == (3, "")
        assert done.err == "followme knows no one in your journal yet. Mark someone with an @, as in @Dana.\n"


def test_home_names_no_one(kept):
    shown = kept().out
    assert not any(word in shown for word in ("people", "Dana", "Jonas"))


# --- In a terminal ----------------------------------------------------------------------------------------


def seen(run, columns: int, *argv: str) -> str:
    with Terminal(run.home, "people", *argv, columns=columns, rows=70, now=FRIDAY) as terminal:
        terminal.end()
    return terminal.text


@pytest.mark.parametrize("columns", [40, 80])
def test_how_it_looks(kept, golden: Callable[[str, str], None], columns: int):
    pages = [
        seen(kept, columns, *argv)
        for argv in ([], ["dana"], ["Jonas"], ["Dana", "--plain"], ["--set", "own"])
    ]
    assert max(len(row) for page in pages for row in page.split("\n")) <= columns
    golden(f"people-{columns}.txt", f"\n{'=' * columns}\n".join(pages) + "\n")
