"""`followme prompts`: list, show, check, new and edit."""

from __future__ import annotations

import json
import shlex
import shutil
import sys

import pytest

from followme.env.folders import shipped_prompts
from followme.insight.quarters import quarter_number
from followme.insight.questions import worded
from followme.promptfile.load import load
from playing import play
from rows import each_row
from sets import JUST_NOW, SETS, question
from terminal import Terminal

SHIPPED = sorted(path.stem for path in shipped_prompts().glob("*.toml"))

OWN = """
title = "Own"
about = "Two questions."
minutes = 2
[[section]]
title = "One"
[[section.question]]
key = "went"
kind = "text"
ask = "What went well?"
[[section.question]]
key = "calm"
kind = "scale"
ask = "How calm was it?"
low = 1
high = 5
low_label = "not at all"
high_label = "all week"
"""

GOOD = """
title = "Good"
minutes = 1
[[section]]
title = "One"
[[section.question]]
key = "who"
kind = "line"
ask = "Who waits for you?"
variants = ["Who needs you?", "Whom do you keep waiting?"]
"""

FIVE_MISTAKES = """\
titel = "Own"
title = "Own"

[[section]]
title = "One"
[[section.question]]
key = "went"
kind = "txt"
ask = "What went well?"
[[section.question]]
key = "calm"
kind = "scale"
ask = "How calm was it?"
low = 5
high = 1
low_label = "not at all"
[[section.question]]
key = "went"
kind = "line"
ask = "And else?"
"""


def test_list_has_the_shipped_sets(run):
    rows = run("prompts", "list").rows
    assert [row[0] for row in rows] == SHIPPED
    assert rows[SHIPPED.index("weekly")] == ["weekly", "Weekly", "8", "weekly", SETS["weekly"].about, ""]
    assert run("prompts", "list").err == ""


def test_a_set_of_ones_own_goes_before_the_shipped_one_of_its_name(run):
    (run.prompts / "own.toml").write_text(OWN, encoding="utf-8")
    (run.prompts / "weekly.toml").write_text(OWN.replace("Own", "My week"), encoding="utf-8")
    rows = run("prompts", "list").rows
    assert [row[:2] for row in rows[:2]] == [["own", "Own"], ["weekly", "My week"]]
    assert [row[0] for row in rows[2:]] == [name for name in SHIPPED if name != "weekly"]
    assert len(run("prompts", "show", "weekly").rows) == 2


def test_a_set_with_faults_is_named_and_left_out(run):
    bad = run.prompts / "bad.toml"
    bad.write_text(FIVE_MISTAKES)
    done = run("prompts", "list")
    assert done.code == 0
    assert [row[0] for row in done.rows] == SHIPPED
    left_out = f"{bad} has problems, so it was left out. To see them:\n"
    assert done.err == f"{left_out}  followme prompts check {bad}\n"


def test_list_and_show_as_json(run):
    listed = json.loads(run("prompts", "list", "--json").out)
    assert listed["schema"] == 1
    assert list(listed["prompt_sets"][0]) == ["name", "title", "about", "cadence", "minutes", "due"]
    shown = json.loads(run("prompts", "show", "weekly", "--json").out)
    assert shown["schema"] == 1
    first = shown["prompt_set"]["sections"][0]
    assert first["title"] == "What happened"
    assert first["questions"][0]["key"] == "moment"
    assert len(first["questions"][0]["variants"]) == 2


def test_show_has_a_line_for_each_question(run):
    (run.home / "own.toml").write_text(OWN, encoding="utf-8")
    assert run("prompts", "show", "./own.toml").rows == [
        ["One", "went", "text", "What went well?"],
        ["One", "calm", "scale", "How calm was it?"],
    ]
    assert run("prompts", "show").rows == run("prompts", "show", "weekly").rows
    assert len(run("prompts", "show").rows) == len(list(SETS["weekly"].questions))


@each_row("verb", ["show", "check"])
def test_an_unknown_set_is_met_with_the_known_ones(run, verb):
    done = run("prompts", verb, "weakly")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"There's no prompt set 'weakly'; did you mean 'weekly'? The sets are: {', '.join(SHIPPED)}. "
        "To use a file of your own, give its path, such as ./mine.toml; to start one:\n  followme prompts "
        "new NAME\n"
    )


def test_check_names_five_mistakes_at_five_places_and_what_could_be_better(run):
    (run.home / "own.toml").write_text(FIVE_MISTAKES)
    done = run("prompts", "check", "own.toml")
    assert (done.code, done.out) == (1, "")
    *faults, remark = done.err.splitlines()
    assert remark.startswith("own.toml:17: remark: variants: write 2 more wordings")
    assert faults == [
        "own.toml:1: titel: the key isn't known; did you mean 'title'?",
        "own.toml:8: kind: 'txt' isn't known; did you mean 'text'?",
        'own.toml:10: high_label: a number needs words at both ends; add high_label = "…"',
        "own.toml:15: high: the highest number (1) must be above the lowest (5)",
        "own.toml:18: key: 'went' is used twice in this set; give each question its own key",
    ]


def test_check_says_what_a_set_without_faults_asks(run):
    (run.home / "good.toml").write_text(GOOD)
    done = run("prompts", "check", "./good.toml")
    assert (done.code, done.out) == (0, "")
    assert done.err == "good.toml has no problems. It asks at most 1 question and takes about 1 minute.\n"
    weekly = run("prompts", "check", "weekly").err
    assert weekly.endswith(
        "weekly.toml has no problems. It asks at most 8 questions and takes about 8 minutes.\n"
    )
    assert weekly.count("\n") == 1


def test_check_remarks_on_the_craft_and_fails_nobody(run):
    (run.home / "own.toml").write_text(OWN.replace("What went well?", "Did it go well? And what did not?"))
    done = run("prompts", "check", "own.toml")
    assert (done.code, done.out) == (0, "")
    variants, asks_twice, yes_or_no, verdict = done.err.splitlines()
    assert asks_twice.startswith(
        "own.toml:10: remark: ask: 'Did it go well? And what did not?' asks two things; "
    )
    assert yes_or_no.startswith(
        "own.toml:10: remark: ask: 'Did it go well?' can be answered with yes or no; "
    )
    assert variants.startswith("own.toml:7: remark: variants: write 2 more wordings")
    assert verdict == (
        "own.toml has no problems and is ready to use. It asks at most 2 questions and takes about 2 minutes."
    )


# --- A set of one's own -----------------------------------------------------------------------------------


def test_new_writes_an_example_that_can_be_answered_as_it_is(run):
    done = run("prompts", "new", "team-day")
    path = run.prompts / "team-day.toml"
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        f"{path} has one example of each kind of question. Make it yours with:\n"
        "  followme prompts edit team-day\n"
        "  followme prompts check team-day\n"
        "Answer it with:\n  followme reflect team-day\n"
    )
    assert run("prompts", "check", "team-day").err.startswith(
        f"{path} has no problems. It asks at most 8 questions"
    )
    assert "team-day\tTeam day\t" in run("prompts", "list").out
    keys = [row[1] for row in run("prompts", "show", "team-day").rows]
    assert run("reflect", "team-day", *(word for key in keys for word in ("--skip", key))).code == 0
    assert run.entries[-1]["set"] == "team-day"


def test_new_takes_a_path_too(run):
    assert run("prompts", "new", "./monday.toml").code == 0
    assert run("reflect", "./monday.toml", "--skip", "ahead").code == 2
    assert not list(run.prompts.glob("*.toml"))


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("own", 1, "already exists, so it was left alone. Edit it with:\n  followme prompts edit own"),
        ("weekly", 1, "There's already a set weekly. Choose another name, or make it your own with:\n"),
        ("WEEKLY", 1, "There's already a set weekly. Choose another name, or make it your own with:\n"),
        ("Own", 1, "There's already a set own. Choose another name, or make it your own with:\n"),
        ("../monday", 1, "doesn't end in .toml, as a prompt set must. Name it ../monday.toml, for example."),
        ("note", 1, "the name 'note' is reserved for followme's own entries"),
        ("a\nb", 1, "the file's name is the set's name; use letters, digits and hyphens"),
        ("", 1, "the file's name is the set's name; use letters, digits and hyphens"),
        ("x" * 81, 1, "the file's name is the set's name; use letters, digits and hyphens"),
        ("./no/such/folder.toml", 1, "couldn't be written"),
    ],
)
def test_new_writes_nothing_where_it_must_not(run, name, code, said):
    (run.prompts / "own.toml").write_text(OWN)
    done = run("prompts", "new", name)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert [path.name for path in run.prompts.iterdir()] == ["own.toml"]
    assert (run.prompts / "own.toml").read_text() == OWN


def test_new_says_so_where_the_folder_cannot_be_made(run):
    folder = run.prompts
    folder.rmdir()
    folder.write_text("a file where the folder belongs")
    done = run("prompts", "new", "own")
    assert done.code == 1
    assert f"{folder} couldn't be created" in done.err
    assert "Fix that and try again." in done.err


def test_edit_needs_a_terminal_and_copies_nothing_without_one(run):
    done = run("prompts", "edit", "weekly")
    assert done.code == 2
    words = " ".join(done.err.split())
    assert words.startswith("There's no terminal to open an editor in. Copy ")
    assert words.endswith(f"weekly.toml to {run.prompts / 'weekly.toml'}, and edit the copy.")
    assert list(run.prompts.iterdir()) == []


def test_edit_without_a_terminal_names_the_place_of_a_set_of_ones_own(run):
    (run.prompts / "own.toml").write_text(OWN)
    done = run("prompts", "edit", "own")
    assert done.code == 2
    words = " ".join(done.err.split())
    assert words == f"There's no terminal to open an editor in. The set is in {run.prompts / 'own.toml'}"


EDITS = """
import pathlib, sys
path = pathlib.Path(sys.argv[-1])
old, new, code = sys.argv[1:4]
text = path.read_text()
assert old in text, text
path.write_text(text.replace(old, new, 1))
sys.exit(int(code))
"""


def edited(run, name: str, old: str, new: str, code: int = 0) -> tuple[int, str]:
    """What a person sees when their editor puts one text in another's place."""
    script = run.home / "edits.py"
    script.write_text(EDITS)
    editor = shlex.join([sys.executable, str(script), old, new, str(code)])
    with Terminal(run.home, "prompts", "edit", name, columns=300, environ={"EDITOR": editor}) as terminal:
        return terminal.end(), terminal.words


def test_edit_makes_a_copy_of_a_shipped_set_and_says_so(run):
    path = run.prompts / "weekly.toml"
    code, said = edited(run, "weekly", 'title = "Weekly"', 'title = "My week"')
    assert code == 0
    assert f"From now on, followme uses your copy of weekly: {path}" in said
    assert f"{path} has no problems. It asks at most 8 questions and takes about 8 minutes." in said
    assert run("prompts", "list").rows[0][:2] == ["weekly", "My week"]
    assert path.read_text() == (shipped_prompts() / "weekly.toml").read_text().replace("Weekly", "My week", 1)


def test_without_a_change_there_is_no_copy(run):
    code, said = edited(run, "weekly", "title", "title")
    assert code == 0
    assert "Nothing was changed" in said
    assert list(run.prompts.iterdir()) == []


def test_edit_names_the_faults_and_keeps_the_file(run):
    (run.prompts / "own.toml").write_text(OWN)
    code, said = edited(run, "own", 'kind = "text"', 'kind = "txt"')
    assert code == 1
    assert f"{run.prompts}/own.toml:9: kind: 'txt' isn't known; did you mean 'text'?" in said
    assert "Fix it with: followme prompts edit own" in said
    assert "your copy of" not in said
    assert 'kind = "txt"' in (run.prompts / "own.toml").read_text()


def test_a_shipped_set_with_new_faults_can_be_had_back(run):
    code, said = edited(run, "return", 'kind = "line"', 'kind = "lines"')
    assert code == 1
    assert f"To go back to the set that comes with followme, remove {run.prompts}/return.toml." in said
    (run.prompts / "return.toml").unlink()
    assert run("prompts", "check", "return").code == 0


def test_edit_says_which_keys_have_gone(run):
    (run.prompts / "own.toml").write_text(OWN)
    code, said = edited(run, "own", 'key = "went"', 'key = "good"')
    assert code == 0
    assert "It no longer asks went. If you only meant to change the words, put the old key back" in said


def test_an_editor_that_fails_leaves_what_it_saved(run):
    (run.prompts / "own.toml").write_text(OWN)
    code, said = edited(run, "own", "went well", "was good", code=3)
    assert code == 1
    assert f"ended with an error. The text it saved is in {run.prompts}/own.toml" in said
    assert "was good" in (run.prompts / "own.toml").read_text()
    code, said = edited(run, "weekly", "title", "title", code=3)
    assert code == 1
    assert not (run.prompts / "weekly.toml").exists()


@pytest.mark.parametrize("name", ["own", "weekly"])
def test_an_editor_that_takes_its_file_away_takes_no_set_away(run, name):
    (run.prompts / "own.toml").write_text(OWN)
    with Terminal(run.home, "prompts", "edit", name, columns=300, environ={"EDITOR": "rm"}) as terminal:
        assert terminal.end() == 0
        assert "Nothing was changed" in terminal.words
    assert [path.name for path in run.prompts.iterdir()] == ["own.toml"]
    assert (run.prompts / "own.toml").read_text() == OWN


def test_an_editor_that_fails_at_a_shipped_set_leaves_no_copy_and_says_so(run):
    with Terminal(
        run.home, "prompts", "edit", "weekly", columns=300, environ={"EDITOR": "false"}
    ) as terminal:
        assert terminal.end() == 1
        assert terminal.words == "false ended with an error. Nothing was changed."
    assert list(run.prompts.iterdir()) == []


def test_a_folder_is_no_set(run):
    (run.prompts / "mine.toml").mkdir()
    assert [row[0] for row in run("prompts", "list").rows] == SHIPPED
    assert "There's no prompt set 'mine'" in run("prompts", "show", "mine").err


def test_own_sets_out_of_reach_are_spoken_of(run):
    folder = run.prompts
    folder.rmdir()
    folder.write_text("a file where the folder belongs")
    sentence = f"{folder} can't be read as a folder, so your own prompt sets were left out."
    assert run("prompts", "list").err == f"{sentence} Check where it is and its permissions.\n"
    done = run("doctor")
    assert done.code == 1
    assert sentence in done.out


@pytest.mark.parametrize("name", ["weakly", "./weakly.toml"])
def test_edit_of_what_is_not_there_says_how_to_begin_one(run, name):
    with Terminal(run.home, "prompts", "edit", name, columns=300) as terminal:
        assert terminal.end() in (1, 2)
        assert "followme prompts new" in terminal.words


# --- The page ---------------------------------------------------------------------------------------------


@pytest.fixture
def page(run, monkeypatch):
    """Show a set on a screen of so many columns; gives what is seen, and the same as one line."""

    def show(name: str = "weekly", columns: int = 300) -> tuple[str, str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        seen = play(["--no-pager", "prompts", "show", name], [], monkeypatch, now=run.now)
        assert seen.code == 0
        return seen.text, " ".join(seen.text.split())

    return show


@each_row("columns", [40, 80])
@each_row("name", SHIPPED)
def test_the_page_tells_the_time_and_all_that_is_asked(page, name, columns):
    found = load(shipped_prompts() / f"{name}.toml")
    text, words = page(name, columns)
    assert f"It takes about {found.minutes} minutes and asks" in words
    assert "Press Enter on an empty answer to skip a question." in words
    assert words.endswith(f"Start with: followme reflect {name}")
    for each in worded(found, quarter_number("2026-W47")).questions:
        assert each.ask in words
        assert each.hint in words
        assert each.key in words
        assert all(f"- {option}" in words for option in each.offered)
    assert all(len(row) <= columns for row in text.split("\n"))


def test_the_page_tells_what_is_asked_only_sometimes(page):
    _, weekly = page()
    assert "Asks 1 of these 6 each time, in turn." in weekly
    signs = question("weekly", "signs")
    assert f"Asked if the answer to “{signs.ask}” includes one of {len(signs.options)} options." in weekly
    _, short = page("three-minutes")
    assert short.count("Skipped while you still have a question to ask someone.") == 1
    assert "Asked every second time. Private: not exported. One line." in weekly
    assert "Skipped while you still have one to ask." in weekly
    _, talk = page("one-on-one")
    had = question("one-on-one", "talk").ask
    assert talk.count(f"Asked unless the answer to “{had}” is “{JUST_NOW}”.") == 1
    assert talk.count(f"Asked if the answer to “{had}” is “{JUST_NOW}”.") == 1
    assert "Private: not exported. Anyone who can open the file can still read it." in talk
    _, quarter = page("quarter")
    assert "It starts by showing your latest quarter, week by week." in quarter


CONDITIONS = """
title = "Conditions"
[[section]]
title = "One"
[[section.question]]
key = "calm"
kind = "scale"
ask = "How calm?"
low = 1
high = 5
low_label = "not"
high_label = "all week"
[[section.question]]
key = "sure"
kind = "yesno"
ask = "Sure?"
when = { key = "calm", above = 2 }
[[section.question]]
key = "which"
kind = "several"
ask = "Which?"
options = ["a", "b"]
when = { key = "sure", is = true }
[[section.question]]
key = "why"
kind = "list"
ask = "What for?"
every = 9
when = { key = "which", includes = "a" }
[[section.question]]
key = "else"
kind = "line"
ask = "What else?"
when = { key = "why", answered = false }
[[section.question]]
key = "then"
kind = "line"
ask = "What then?"
when = { key = "which", includes = ["a", "b"] }
"""


def test_the_page_tells_every_condition_in_words(page, run):
    (run.home / "own.toml").write_text(CONDITIONS)
    _, words = page("./own.toml")
    for said in (
        "How calm? A number from 1 (not) to 5 (all week).",
        "Asked if the answer to “How calm?” is above “2”. Yes or no.",
        "Asked if the answer to “Sure?” is “yes”. Any of these: - a - b",
        "Asked every 9th time. Asked if the answer to “Which?” includes “a”. A few short lines.",
        "Asked if “What for?” is skipped. One line.",
        "Asked if the answer to “Which?” includes “a” or “b”. One line.",
    ):
        assert said in words


def test_the_page_of_a_daily_set_says_that_it_counts_for_no_week(page, run):
    (run.home / "own.toml").write_text('cadence = "daily"\n' + OWN)
    assert "It's about one day, so it doesn't count as the week's reflection." in page("./own.toml")[1]


def test_the_page_of_a_set_without_minutes_counts_them(page, run):
    (run.home / "own.toml").write_text(OWN.replace("minutes = 2\n", ""))
    _, words = page("./own.toml")
    assert "It takes about 3 minutes and asks 2 questions at most." in words
    assert words.endswith("Start with: followme reflect ./own.toml")


@pytest.mark.skipif(not shutil.which("less"), reason="there is no less here")
def test_a_long_page_opens_in_a_pager_that_says_how_to_leave(run):
    with Terminal(run.home, "prompts", "show", rows=20, now=run.now) as terminal:
        terminal.see("Space next page, q close")
        terminal.keys("q")
        assert terminal.end() == 0


# --- Its faults in a sitting ------------------------------------------------------------------------------


def test_reflect_shows_the_faults_of_its_set(run):
    (run.home / "own.toml").write_text(FIVE_MISTAKES)
    *faults, _ = run("prompts", "check", "./own.toml").err.splitlines()
    assert run("reflect", "./own.toml", "--skip", "went").err.splitlines() == faults
