"""Which promises a sitting asks about: those that are due, none of the same day, and five at most, or two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

import pytest

from asking.asking_samples import CTRL_C, ENTER
from followme.insight.questions import FEW, MOST
from followme.journal import draftfile
from playing import BOTH, Played, play
from rows import first_quick
from running import Run
from sets import PROMISE, SETS, one_question

SHORT = f"{one_question('line', 'What happened?')}{PROMISE}most = 3\n"
ASKED = "Press Enter to leave it open."
LEFT = "with these. To see them all: followme promises"

Sit = Callable[..., Played]


@pytest.fixture(autouse=True)
def short(run: Run) -> None:
    (run.prompts / "short.toml").write_text(SHORT, encoding="utf-8")
    (run.prompts / "event.toml").write_text(f"event = true\n{SHORT}", encoding="utf-8")


@pytest.fixture
def sit(run: Run, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """A sitting in a terminal on the day of the run: `typed` answers field after field, then Ctrl+C comes."""

    def sitting(*typed: str, plain: bool = False, of: str = "short") -> Played:
        keys = pressed(typed)
        # Digits may leave some promises of their screen open, and then it still listens.
        if typed and typed[-1].isdigit():
            keys[-1] += CTRL_C
        argv = ["reflect", of, *(["--plain"] if plain else [])]
        return play(argv, [] if plain else [*keys, CTRL_C], monkeypatch, lines=typed, now=run.now)

    return sitting


def pressed(typed: Sequence[str]) -> list[str]:
    """The keys for what is typed line by line: digits one after the other are for one screen of promises."""
    # What is no digit alone needs Enter, as in a terminal.
    fields = (
        [("".join(each))] if digits else [word if len(word) == 1 else word + ENTER for word in each]
        for digits, each in ((key, list(group)) for key, group in groupby(typed, str.isdigit))
    )
    return [keys for each in fields for keys in each]


def about(shown: str) -> list[str]:
    """The promises that a sitting asked about, in order."""
    first, _, _ = shown.partition(ASKED)[2].partition("2 of ")
    return list(dict.fromkeys(re.findall(r"I will: (.+)", first)))


def promised(run: Run, *texts: str, by: str = "", of: str = "short") -> None:
    """A sitting in batch that makes these promises."""
    day = f", by = {by}" if by else ""
    table = ", ".join(f'{{text = "{text}"{day}}}' for text in texts)
    done = run("reflect", of, "--answers", "-", "--skip", "moment", stdin=f"promise = [{table}]")
    assert done.code == 0, done.err


def seven(run: Run) -> list[str]:
    """Seven promises from three weeks, and it is a week later; gives their references, the oldest first.

    No reflection has asked about them yet.
    """
    for texts in (("One", "Two", "Three"), ("Four", "Five", "Six"), ("Seven",)):
        promised(run, *texts, of="event")
        run.later(weeks=1)
    return [f"{entry['id']}/{each['ref']}" for entry in run.entries for each in entry["promise"]]


def open_ones(run: Run) -> list[str]:
    return [row[0] for row in run("promises").rows]


# --- On the day it was made ---


@BOTH
def test_a_promise_is_not_asked_about_on_the_day_it_was_made_and_is_the_day_after(
    run: Run, sit: Sit, plain: bool
):
    promised(run, "Call Ben")
    run.later(hours=3)
    shown = sit(plain=plain).text
    assert ASKED not in shown
    assert "1 of 2" in shown
    run.later(days=1)
    shown = sit("", plain=plain).text
    assert about(shown) == ["Call Ben"]
    assert "1 of 3" in shown


def test_one_for_a_later_day_is_asked_about_on_that_day(run: Run, sit: Sit):
    promised(run, "Call Ben", by=str(run.now.date() + timedelta(days=1)))
    run.later(hours=3)
    assert ASKED not in sit().text
    run.later(hours=21)
    assert ASKED in sit().text


def test_one_that_took_the_place_of_another_waits_for_another_day_too(run: Run, sit: Sit):
    promised(run, "Write the handbook")
    ref = f"{run.entries[0]['id']}/p1"
    run.later(weeks=1)
    told = (
        f'moment = "x"\n[[outcome]]\npromise = "{ref}"\nresult = "replaced"\ntext = "Write its first page"\n'
    )
    assert run("reflect", "short", "--answers", "-", "--skip", "promise", stdin=told).code == 0
    run.later(hours=3)
    assert ASKED not in sit().text


def test_it_is_open_and_due_all_the_same_and_batch_may_end_it(run: Run):
    promised(run, "Call Ben")
    run.later(hours=3)
    assert run("promises").rows[0][2] == "due"
    ref = f"{run.entries[0]['id']}/p1"
    told = f'moment = "x"\n[[outcome]]\npromise = "{ref}"\nresult = "kept"\n'
    assert run("reflect", "short", "--answers", "-", "--skip", "promise", stdin=told).code == 0
    assert open_ones(run) == []


def test_a_day_ends_at_midnight_where_its_writer_is(run: Run, sit: Sit):
    run.now = run.now.replace(hour=23, minute=50)
    promised(run, "Call Ben")
    run.later(minutes=20)
    assert ASKED in sit().text


# --- Five at a time ---


@BOTH
def test_a_sitting_asks_about_five_and_says_how_many_are_left(run: Run, sit: Sit, plain: bool):
    refs = seven(run)
    answers = ("1", "2", "1", "1", "1", "Half of it.", "Well.", "", "")
    done = sit(*answers, plain=plain)
    assert done.code == 0, done.text
    assert f"2 promises are open too, and take turns {LEFT}" in " ".join(done.text.split())
    assert about(done.text) == ["One", "Two", "Three", "Six", "Seven"]
    assert MOST == 5
    # One screen for all five, and the two questions of the set.
    assert "1 of 3" in done.text
    assert open_ones(run) == refs[3:5]
    run.later(weeks=1)
    done = sit("1", "1", "Well.", "", "", plain=plain)
    assert "with these. To see" not in done.text
    assert len(about(done.text)) == 2
    assert open_ones(run) == []


def test_the_opening_counts_a_question_for_someone_apart_from_promises(run: Run, sit: Sit):
    (run.prompts / "ask.toml").write_text(SHORT.replace("most = 3", 'promise = "ask"'), encoding="utf-8")
    asked = 'promise = [{text = "What should I stop?", to = "Cleo"}]'
    assert run("reflect", "ask", "--answers", "-", "--skip", "moment", stdin=asked).code == 0
    run.later(weeks=1)
    assert "One: 1 question for someone, 2 questions, about" in " ".join(sit(plain=True).text.split())
    promised(run, "Call Ben")
    run.later(weeks=1)
    shown = " ".join(sit(plain=True).text.split())
    assert "One: 1 promise, 1 question for someone, 2 questions, about" in shown


@BOTH
def test_a_question_heard_earlier_ends_in_the_words_that_were_chosen(run: Run, sit: Sit, plain: bool):
    two = SHORT.replace("most = 3", 'promise = "ask"\nmost = 2')
    (run.prompts / "ask.toml").write_text(two, encoding="utf-8")
    asked = 'promise = [{text = "What should I stop?", to = "Cleo"}, {text = "Who?", to = "Mia"}]'
    assert run("reflect", "ask", "--answers", "-", "--skip", "moment", stdin=asked).code == 0
    heard, _ = open_ones(run)
    assert run("promises", "close", heard, "--partly", "--note", "Calling at six.").code == 0
    run.later(weeks=1)
    done = sit("1", "1", "Nine now.", "At once.", "", "", "", plain=plain)
    chosen, other = "did something with it", "asked, done"
    summary = done.text.rpartition("Your answers")[2]
    shown, lines = run("show", "last", "--text").out, run("show", "last").out
    promises = run("promises", "--all", columns=80).out
    for text in (summary, shown, lines, promises):
        assert (text.count(chosen), text.count(other)) == (1, 1)
    first = run("show", "last~1", "--text").out
    assert "Did something with it, week of" in first
    assert "Asked, done, week of" in first
    ended = run("promises", "--ending", chosen).rows
    assert [row[0] for row in ended] == [heard]
    assert {each["result"] for each in run.entries[-1]["outcome"]} == {"kept"}
    assert '"result": "kept"' in run("promises", "--all", "--json").out


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (5, ""),
        (6, f"1 promise is open too, and takes turns {LEFT}"),
        (7, f"2 promises are open too, and take turns {LEFT}"),
    ],
)
def test_how_many_are_left_is_said_only_where_any_are(run: Run, sit: Sit, count: int, said: str):
    for ref in seven(run)[count:]:
        assert run("promises", "close", ref, "--kept").code == 0
    shown = " ".join(sit().text.split())
    assert said in shown
    assert ("with these. To see" in shown) is bool(said)


def test_those_that_are_not_due_are_not_counted(run: Run, sit: Sit):
    seven(run)
    promised(run, "Later", by="2027-03-01")
    assert "2 promises are open too" in sit().text


def test_those_that_are_always_left_open_never_hide_the_latest_one(run: Run, sit: Sit):
    """Enter leaves one open, so that the next sitting asks again; what was promised last is asked about too."""
    refs = seven(run)
    done = sit("", "", "", "", "", "Well.", "Thank Ben", "", "", "", "", "", plain=True)
    assert done.code == 0, done.text
    assert open_ones(run)[:7] == refs
    run.later(weeks=1)
    shown = sit(*[""] * 9, plain=True).text
    assert "I will: Thank Ben" in shown
    assert f"3 promises are open too, and take turns {LEFT}" in " ".join(shown.split())


@BOTH
def test_the_way_back_asks_about_five_too_with_one_key_each(run: Run, sit: Sit, plain: bool):
    refs = seven(run)
    run.later(weeks=4)
    done = sit(*"12345", "The audit.", "", "", of="return", plain=plain)
    assert done.code == 0, done.text
    assert f"2 promises are open too, and take turns {LEFT}" in " ".join(done.text.split())
    assert len(about(done.text)) == MOST
    # Those that are no longer open have gone; one waits on, behind which come the others.
    assert open_ones(run) == refs[3:6]


@pytest.mark.parametrize(
    ("minutes", "asked"),
    first_quick(
        [
            ("minutes = 4", FEW),
            ("minutes = 5", MOST),
            ("", MOST),
            ("minutes = 3", FEW),
            ("minutes = 30", MOST),
        ],
        quick=2,
    ),
)
def test_a_sitting_of_few_minutes_asks_about_two(run: Run, sit: Sit, minutes: str, asked: int):
    refs = seven(run)
    (run.prompts / "short.toml").write_text(f"{minutes}\n{SHORT}", encoding="utf-8")
    done = sit(*"1" * asked, "Well.", "", "")
    assert done.code == 0, done.text
    assert len(about(done.text)) == asked
    assert f"{7 - asked} promises are open too, and take turns {LEFT}" in " ".join(done.text.split())
    assert open_ones(run) == (refs[1:6] if asked == FEW else refs[3:5])


def test_who_always_wants_to_be_asked_again_is_asked_about_each_in_turn(run: Run, sit: Sit):
    """The latest is among them each time, and the others come as long ago as they were asked about."""
    seven(run)
    (run.prompts / "short.toml").write_text(f"minutes = 3\n{SHORT}", encoding="utf-8")
    seen = []
    for _ in range(7):
        done = sit("4", "4", *[""] * 8, plain=True)
        assert done.code == 0, done.text
        seen += about(done.text)
        run.later(weeks=1)
    assert seen[::2] == ["One", "Two", "Three", "Four", "Five", "Six", "One"]
    assert seen[1::2] == ["Seven"] * 7


@pytest.mark.parametrize("name", SETS)
def test_every_set_that_counts_for_a_week_asks_what_became_of_promises(run: Run, sit: Sit, name: str):
    promised(run, "Call Ben")
    run.later(weeks=1)
    assert (ASKED in sit(*[""] * 20, of=name, plain=True).text) is not SETS[name].about_event


@pytest.mark.parametrize(("name", "parts"), [("quarter", 3), ("monthly", 3)])
def test_a_set_that_looks_back_shows_them_all_and_asks_about_five_with_one_key_each(
    run: Run, sit: Sit, name: str, parts: int
):
    (run.prompts / "monthly.toml").write_text(f"look_back = 4\nminutes = 4\n{SHORT}", encoding="utf-8")
    refs = seven(run)
    # Enter goes on from each part of the weeks to the next.
    done = sit(*[""] * parts, *"12345", *[""] * 12, of=name, plain=True)
    assert done.code == 0, done.text
    before, _, _ = done.text.partition(ASKED)
    assert before.count("Press Enter to go on.") == parts
    assert "I will: One" in before
    assert len(about(done.text)) == MOST
    assert "What got in the way" not in done.text
    assert f"2 promises are open too, and take turns {LEFT}" in " ".join(done.text.split())
    assert open_ones(run) == refs[3:6]


def test_in_batch_all_of_them_can_be_ended_at_once(run: Run):
    outcomes = "".join(f'[[outcome]]\npromise = "{ref}"\nresult = "kept"\n' for ref in seven(run))
    done = run("reflect", "short", "--answers", "-", "--skip", "promise", stdin=f'moment = "x"\n{outcomes}')
    assert done.code == 0, done.err
    assert len(run.entries[-1]["outcome"]) == 7
    assert open_ones(run) == []


def test_a_paused_sitting_goes_on_with_the_same_five(run: Run, sit: Sit):
    refs = seven(run)
    assert sit("11" + CTRL_C).code == 130
    # Each verdict is kept, although the screen was left by Ctrl+C.
    done = sit("", "", "", "1", "1", "1", "Well.", "", "", plain=True)
    assert done.code == 0, done.text
    assert len(about(done.text)) == MOST
    assert [each["promise"] for each in run.entries[-1]["outcome"]] == [*refs[:3], *refs[5:]]


# --- Who knows of it ---


@pytest.mark.parametrize(("told", "asked"), [("", True), (", told = true", True), (", told = false", False)])
@pytest.mark.parametrize("paused", [False, True])
def test_who_never_knew_of_a_promise_is_not_asked_about(
    run: Run, sit: Sit, told: str, asked: bool, paused: bool
):
    table = f'promise = [{{text = "Call Ben", to = "Ben"{told}}}]'
    assert run("reflect", "short", "--answers", "-", "--skip", "moment", stdin=table).code == 0
    run.later(weeks=1)
    if paused:
        assert sit("2").code == 130
    done = sit(
        *([""] if paused else []), "2", "No time.", *(["y"] if asked else []), "Well.", "", "", plain=True
    )
    assert done.code == 0, done.text
    assert "What got in the way?" in done.text
    assert ("Have you told Ben where it stands?" in done.text) is asked
    (outcome,) = run.entries[-1]["outcome"]
    assert outcome.get("told") is (True if asked else None)


# --- Drafts of older versions ---


@BOTH
def test_a_draft_that_asked_about_each_promise_alone_goes_on_with_every_answer_in_its_older_words(
    run: Run, sit: Sit, plain: bool
):
    refs = seven(run)[:3]
    assert sit("1" + CTRL_C).code == 130
    (path,) = run.paths.drafts.glob("*.toml")
    draft = draftfile.load(path)
    typed = {
        refs[0]: {"result": "not yet", "note": "No time."},
        refs[1]: {"result": "partly", "note": "Half."},
    }
    older = replace(draft, typed=typed, done=(refs[0],), at=refs[1])
    path.write_text(draftfile.to_toml(older), encoding="utf-8")
    # On the screen, the first two are answered; Enter leaves the rest open, and keeps both lines.
    screen = [""] * 5 if plain else [2 * ENTER]
    done = sit("", *screen, "", "", "Well.", "", "", plain=plain)
    assert done.code == 0, done.text
    assert [(each["promise"], each["result"], each["note"]) for each in run.entries[-1]["outcome"]] == [
        (refs[0], "not-yet", "No time."),
        (refs[1], "partly", "Half."),
    ]
