"""Sets about one event, `after` and `one-on-one`: the week keeps waiting for its sitting, with notes and promises."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from asking.asking_samples import CTRL_C, ENTER
from playing import BOTH, play
from rows import first_quick
from running import Run
from sets import JUST_NOW, NOT_YET, SETS, question, skips

AFTER = """
hard-moment-plan = "To show her the numbers."
hard-moment = "Ana asked for numbers that I had not read."
hard-moment-part = "I spoke first."
hard-moment-side = "He never reads them."
"""
ONE_ON_ONE = f"""
talk = "{JUST_NOW}"
talk-with = "Ben"
talk-heard = "He had given up on it."
talk-listened = "I spoke more."
"""
BEFORE = """
before-who = "Ben"
before-fact = "The call was missed twice."
before-want = "That he keeps it."
before-wrong = "I never said how much it matters."
before-open = "You missed two calls."
"""
DEAL = f"""
deal-end = "{question("deal", "deal-end").options[1]}"
deal-plan = "A trial in two teams."
deal-turn = "Legal came in late."
deal-part = "I never called their legal."
deal-next = "Legal first."
"""
ANSWERS = {"after": AFTER, "before": BEFORE, "deal": DEAL, "one-on-one": ONE_ON_ONE}
PRIVATE_ONES = sorted(name for name in ANSWERS if SETS[name].private)
PROMISE = '\n[[promise]]\ntext = "Read them first"\nto = "Ana"\n'
NO_PROMISE = ("--skip", "promise")
WEEKLY = skips("three-minutes", "promise")

EVERY = pytest.mark.parametrize("name", first_quick(sorted(ANSWERS)))


def event(run: Run, name: str, promise: str = "") -> None:
    """A sitting of such a set, in batch."""
    argv = ["reflect", name, "--answers", "-", *(() if promise else NO_PROMISE)]
    done = run(*argv, stdin=ANSWERS[name] + promise)
    assert done.code == 0, done.err


def week(run: Run, text: str = "Call Ben") -> None:
    """A sitting of the week, in batch, with a promise."""
    done = run("reflect", "three-minutes", *WEEKLY, "--answer", f"promise={text}")
    assert done.code == 0, done.err


@pytest.fixture
def waiting(run: Run) -> Run:
    """A week with a sitting and a promise, then one that waits for its own, with a note; it is Friday."""
    run.later(weeks=-1)
    week(run)
    run.later(days=5)
    assert run("note", "Ana stayed for the demo").code == 0
    run.later(days=2)
    return run


def test_these_are_the_shipped_sets_about_one_event():
    events = {name for name, each in SETS.items() if each.about_event and each.cadence == "any"}
    assert events == set(ANSWERS)


# --- Any set can be about one event ---

VISIT = """
title = "Visit"
event = true
[[section]]
title = "The visit"
[[section.question]]
key = "visit-with"
kind = "line"
ask = "Who came?"
person = true
[[section.question]]
key = "visit-said"
kind = "line"
ask = "What did they say?"
"""
VISITED = ("reflect", "visit", "--answer", "visit-with=Cleo", "--answer", "visit-said=Yes")


def test_a_set_of_ones_own_says_so_and_its_entries_do_when_it_is_gone(waiting: Run):
    (waiting.prompts / "visit.toml").write_text(VISIT, encoding="utf-8")
    assert waiting(*VISITED).code == 0
    (waiting.prompts / "visit.toml").unlink()
    entry = waiting.entries[-1]
    assert entry["event"] is True
    assert [each.get("person") for each in entry["answer"]] == [True, None]
    assert waiting("due").code == 0
    assert "This week's reflection is due." in waiting().out
    (shown,) = json.loads(waiting("show", "last", "--json").out)["entries"]
    assert (shown["event"], shown["person"]) == (True, "Cleo")


@EVERY
def test_the_shipped_ones_say_so_in_the_entry_too(waiting: Run, name: str):
    event(waiting, name)
    assert waiting.entries[-1]["event"] is True


def test_a_set_about_a_week_says_nothing_of_it(waiting: Run):
    week(waiting)
    assert "event" not in waiting.entries[-1]
    (shown,) = json.loads(waiting("show", "last", "--json").out)["entries"]
    assert (shown["event"], shown["person"]) == (False, None)


@pytest.mark.parametrize("name", ["after", "one-on-one"])
def test_an_entry_from_before_there_was_a_key_is_one_by_its_name(waiting: Run, name: str):
    event(waiting, name)
    text = waiting.journal.read_bytes().decode()
    waiting.journal.write_bytes(text.replace("event = true\n", "").replace("person = true\n", "").encode())
    assert waiting("due").code == 0
    (shown,) = json.loads(waiting("show", "last", "--json").out)["entries"]
    assert (shown["event"], shown["person"]) == (True, "Ben" if name == "one-on-one" else None)


def test_a_set_of_ones_own_with_such_a_name_is_about_the_week_if_it_says_so(waiting: Run):
    (waiting.prompts / "after.toml").write_text(VISIT.replace("true", "false", 1), encoding="utf-8")
    argv = ("reflect", "after", *VISITED[2:])
    assert waiting(*argv).code == 0
    assert waiting.entries[-1]["event"] is False
    assert waiting("due").code == 3


# --- Nothing of the week is used up ---


@EVERY
def test_the_week_still_waits_with_its_note_and_its_promise(waiting: Run, name: str):
    event(waiting, name)
    assert waiting("due").code == 0
    home = waiting().out
    assert "This week's reflection is due." in home
    assert "1 note for your next" in home
    assert "1 promise is due." in home
    week(waiting, "Thank Ana")
    home = waiting().out
    assert waiting("due").code == 3
    assert "This week has its reflection." in home
    assert "1 note" not in home


@EVERY
def test_it_counts_for_no_week(waiting: Run, name: str):
    event(waiting, name)
    waiting.later(weeks=1)
    event(waiting, name)
    assert "This week's reflection is due." in waiting().out
    assert "Reflections in the last 2 weeks: 1 done and 1 missed.\n" in waiting().out
    waiting.later(weeks=1)
    # Two whole weeks without a sitting of their own are a return, which no strip greets.
    event(waiting, name)
    assert "in the last" not in waiting().out


@EVERY
def test_it_is_in_the_journal_all_the_same(waiting: Run, name: str):
    event(waiting, name)
    entry = waiting.entries[-1]
    private = True if SETS[name].private else None
    assert (entry["set"], entry["week"], entry.get("private")) == (name, "2026-W47", private)
    assert waiting("list", "--set", name).rows[0][0] == entry["id"]
    assert ANSWERS[name].split('"')[1] in waiting("show", "last").out


@EVERY
def test_its_promise_is_asked_about_at_the_next_sitting_of_a_week(
    waiting: Run, name: str, monkeypatch: pytest.MonkeyPatch
):
    event(waiting, name, PROMISE)
    waiting.later(days=1)
    shown = play(["reflect", "three-minutes"], [CTRL_C], monkeypatch, now=waiting.now).text
    assert "1 of 5" in shown
    shown = play(["reflect", "--plain"], [], monkeypatch, lines=["", "", ""], now=waiting.now).text
    assert "I will: Call Ben" in shown
    assert "I will: Read them first · Promised to: Ana" in shown


@pytest.mark.parametrize("name", first_quick(PRIVATE_ONES))
def test_an_export_leaves_all_of_it_out_and_says_so(waiting: Run, name: str):
    event(waiting, name, PROMISE)
    done = waiting("export", "--set", name)
    assert done.err == "Exported no entries.\n1 entry marked private was left out; --private includes it.\n"
    for words in (*ANSWERS[name].split('"')[1::2], "Read them first"):
        assert words not in done.out
        assert words in waiting("export", "--private").out


# --- With a person ---


@EVERY
@BOTH
def test_it_begins_with_neither_notes_nor_promises(
    waiting: Run, name: str, plain: bool, monkeypatch: pytest.MonkeyPatch
):
    argv = ["reflect", name, *(["--plain"] if plain else [])]
    shown = play(argv, [CTRL_C], monkeypatch, now=waiting.now).text
    assert "Your notes" not in shown
    assert "What you promised" not in shown
    assert "Call Ben" not in shown
    assert "1 of " in shown
    # Home still offers the sitting of the week, after the unfinished one.
    assert "This week's reflection is due." in waiting().out


@EVERY
def test_no_promise_is_said_to_be_left_for_another_time(run: Run, name: str, monkeypatch: pytest.MonkeyPatch):
    for number in range(7):
        week(run, f"Promise {number}")
        run.later(weeks=1)
    shown = play(["reflect", name], [CTRL_C], monkeypatch, now=run.now).text
    assert "with these. To see" not in shown
    assert "What you promised" not in shown


@EVERY
def test_on_monday_it_is_for_this_week_and_nobody_is_asked(
    waiting: Run, name: str, monkeypatch: pytest.MonkeyPatch
):
    monday = datetime.fromisoformat("2026-11-23T08:00:00+01:00")
    shown = play(["reflect", name], [CTRL_C], monkeypatch, now=monday).text
    assert "Which week" not in shown
    assert "Week of Nov 23  2026-W48" in shown


@EVERY
def test_a_second_one_in_a_week_is_nothing_to_speak_of(
    waiting: Run, name: str, monkeypatch: pytest.MonkeyPatch
):
    week(waiting)
    event(waiting, name)
    shown = play(["reflect", name], [CTRL_C], monkeypatch, now=waiting.now).text
    assert "has a reflection already" not in shown


@EVERY
def test_the_week_is_not_said_to_have_a_reflection_because_of_it(
    waiting: Run, name: str, monkeypatch: pytest.MonkeyPatch
):
    event(waiting, name)
    shown = play(["reflect", "three-minutes"], [CTRL_C], monkeypatch, now=waiting.now).text
    assert "has a reflection already" not in shown
    assert "Your notes since last time" in shown
    assert "Ana stayed for the demo" in shown
    assert "What you promised" in shown


# --- With one person ---


def talked(run: Run, person: str, *, purpose: str = "", heard: str = "", promise: str = "") -> None:
    """A sitting before the talk, or after it, in batch."""
    talk = NOT_YET if purpose else JUST_NOW
    said = {"talk-purpose": purpose, "talk-unknown": purpose, "talk-begin": purpose} if purpose else {}
    said |= {} if purpose else {"talk-heard": heard, "talk-listened": heard}
    table = "".join(
        f'{key} = "{words}"\n' for key, words in {"talk": talk, "talk-with": person, **said}.items()
    )
    promised = f"[[promise]]\n{promise}\n" if promise else ""
    skip = () if purpose or promise else NO_PROMISE
    done = run("reflect", "one-on-one", "--answers", "-", *skip, stdin=table + promised)
    assert done.code == 0, done.err


@BOTH
def test_a_talk_shows_what_was_written_before_it_and_what_is_open_with_the_same_person(
    run: Run, plain: bool, monkeypatch: pytest.MonkeyPatch
):
    talked(run, "Ana", purpose="Ana knows where she stands")
    talked(run, "Ana", heard="She stays", promise='text = "Send Ana the plan"')
    talked(run, "Tom", purpose="Tom leads the call")
    talked(run, "Tom", heard="He will", promise='text = "Sit beside Tom"')
    run.later(days=1)
    typed = ["2", "ana", "She leads it", "I did", "Give her the room", "", ""]
    keys = [each if each == "2" else each + ENTER for each in typed]
    argv = ["reflect", "one-on-one", *(["--plain"] if plain else [])]
    played = play(argv, [] if plain else [*keys, CTRL_C], monkeypatch, lines=typed, now=run.now)
    shown = " ".join(played.text.split())
    assert "Open with ana: I will: Send Ana the plan · Promised to: Ana" in shown
    rest = shown.partition("Open with ana:")[2]
    assert "Ana knows where she stands" in rest
    assert "Tom" not in shown
    assert "What became of it?" not in shown
    for asked in ("To whom do you promise it?", "Do they know of it?"):
        assert asked not in shown


def test_what_was_promised_in_a_talk_is_to_the_person_and_they_know(run: Run):
    talked(run, "Ana", heard="She stays", promise='text = "Send Ana the plan"')
    talked(run, "Ana", heard="She stays", promise='text = "Tell Ben"\nto = "Ben"')
    talked(run, "Ana", heard="She stays", promise='text = "Think"\nto = "Ana"\ntold = false')
    made = [(each.get("to"), each.get("told")) for entry in run.entries for each in entry["promise"]]
    assert made == [("Ana", True), ("Ben", None), ("Ana", False)]
    assert len(run("list", "--person", "ana").rows) == 3
    assert len(run("list", "--person", "Ben").rows) == 1


def test_what_takes_the_place_of_a_private_promise_says_itself_that_it_is_private(run: Run):
    talked(run, "Ana", heard="She stays", promise='text = "Send Ana the plan"')
    run.later(weeks=1)
    reference = run("promises").rows[0][0]
    change = f'[[outcome]]\npromise = "{reference}"\nresult = "replaced"\ntext = "Send Ana a date"\n'
    done = run("reflect", "three-minutes", "--answers", "-", *WEEKLY, *NO_PROMISE, stdin=change)
    assert done.code == 0, done.err
    (smaller,) = run.entries[-1]["promise"]
    assert (smaller["text"], smaller["private"]) == ("Send Ana a date", True)
    # So it is still when the talk itself is gone from the journal.
    text = run.journal.read_text(encoding="utf-8")
    first, second = text.index("[[entry]]"), text.rindex("[[entry]]")
    run.journal.write_text(text[:first] + text[second:], encoding="utf-8")
    assert "Ana" not in run("export").out
