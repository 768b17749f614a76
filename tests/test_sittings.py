"""Each kind of question in a terminal of 24 rows, key by key; and what is kept however a sitting is ended."""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from asking.asking_samples import CTRL_C, CTRL_D, ENTER, F1, F2, FINISH_KEY, UP
from followme.asking.rich.keys import FieldKeys
from followme.journal import drafts
from followme.kinds.scale import FACT
from playing import FRIDAY, play
from rows import each_row
from running import Run
from terminal import FIRST, Terminal

ALL = """\
title = "All kinds"

[[section]]
title = "Part"
intro = "One question of each kind."

[[section.question]]
key = "moment"
kind = "text"
ask = "Think of one moment this week when somebody did more, or less, than they had to. What had you done before it?"
hint = "The moment first, then your part in it."

[[section.question]]
key = "unseen"
kind = "line"
ask = "Which of your people did you not really speak with this week?"

[[section.question]]
key = "care"
kind = "scale"
ask = "On how many days did you clear something out of one of your people's way?"
low = 0
high = 5
low_label = "no day"
high_label = "every day"
fact = true

[[section.question]]
key = "mood"
kind = "choice"
ask = "Which of these fits this week?"
options = ["quiet", "somebody disagreed with me to my face, and others heard it", "loud"]

[[section.question]]
key = "signs"
kind = "several"
ask = "Which of these did you see?"
options = ["bad news was brought to me early", "people waited until I had gone", "none"]

[[section.question]]
key = "thanks"
kind = "yesno"
ask = "Did you thank anybody?"

[[section.question]]
key = "ideas"
kind = "list"
ask = "Which ideas came up?"

[[section.question]]
key = "promise"
kind = "promise"
ask = "What is the one thing you promise?"
"""
KINDS = ("text", "line", "scale", "choice", "several", "yesno", "list", "promise")
REFLECT = ("reflect", "./all.toml", "--week", "2026-W47")
IN_A_SHORT_PLACE = ("--journal", "journal.toml")
LONG = (
    "Ben said that he had given up on the offer. I had asked him for numbers, and never what was in his way."
)

Golden = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def in_its_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "all.toml").write_text(ALL, encoding="utf-8")
    monkeypatch.chdir(home)


STEPS = (
    ("text", "1 of 8", f"{LONG}{UP}", "in his way.", ENTER),
    ("line", "2 of 8", "Chris, as far as I can see", "can see", ENTER),
    ("scale", "3 of 8", "4", FACT, "Two calls, one form." + ENTER),
    ("choice", "4 of 8", "?", "shows all keys", "2"),
    ("several", "5 of 8", "1 3", "such as 1 3.", ENTER),
    ("yesno", "6 of 8", F2, "Press Enter to stay here.", "6"),
    ("yesno again", "Enter skips", "", "Did you thank anybody?", "y"),
    ("list", "7 of 8", "one idea\nanother idea", "another idea", ENTER),
    ("promise", "8 of 8", "Ask legal @Ben by dec 4", "dec 4", ENTER),
    ("the row", "Have you told", "", "Tab name", "n"),
    ("the cue", "What's your cue?", "the deal desk meets", "meets", FINISH_KEY),
    ("the summary", "What now?", "", "F1", ENTER),
)
"""Each step with what is waited for, the keys, what is seen then, and the keys that go on."""


@pytest.mark.parametrize(
    ("name", "columns", "rows", "environ"),
    [
        ("40", 40, 24, {}),
        ("80", 80, 24, {}),
        pytest.param("120", 120, 40, {}, marks=pytest.mark.slow),
        pytest.param("ascii", 40, 24, {"PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}, marks=pytest.mark.slow),
    ],
)
def test_each_kind_looks_as_it_did_when_somebody_looked(
    name: str, columns: int, rows: int, environ: dict[str, str], golden: Golden
):
    with Terminal(
        Path.cwd(), *REFLECT, *IN_A_SHORT_PLACE, columns=columns, rows=rows, environ=environ, now=FRIDAY
    ) as terminal:
        terminal.see(FIRST)
        seen = [("the first screen", terminal.text)]
        for step, question, keys, sight, on in STEPS:
            terminal.answer(question, keys)
            terminal.see(sight)
            seen.append((step, terminal.text))
            terminal.keys(on)
        terminal.see("Saved.")
        assert terminal.end() == 0
    seen_rows = [row for _, text in seen for row in text.split("\n")]
    assert max(map(len, seen_rows)) <= columns
    pictures = [f"{'=' * columns} {step}\n{text}\n" for step, text in seen]
    golden(f"screens/{name}.txt", "".join(pictures))


DRAWN = set("▎━─ ")


@pytest.mark.parametrize("no_color", ["", "1"])
def test_nothing_but_drawn_lines_has_a_color(no_color: str):
    environ = {"NO_COLOR": no_color}
    with Terminal(Path.cwd(), *REFLECT, environ=environ) as terminal:
        terminal.answer("1 of 8", "Ana stayed." + ENTER)
        terminal.answer("2 of 8", "Ben, I think")
        terminal.see("Ben, I think")
        seen = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
        assert " ▎ Ana stayed." in terminal.text.split("\n")
    assert {cell.fg for cell in seen if cell.data in DRAWN} == (
        {"default"} if no_color else {"default", "0087af"}
    )
    assert {(cell.fg, cell.bg) for cell in seen if cell.data not in DRAWN} == {("default", "default")}


@each_row("columns", [40, 80])
def test_the_first_screen_can_be_read_from_its_beginning(columns: int):
    journal = ("--journal", "journal.toml")
    with Terminal(Path.cwd(), *REFLECT, *journal, columns=columns, rows=24) as terminal:
        terminal.see(FIRST)
        assert "Before your first reflection" in terminal.text
        assert "Part" not in terminal.words
        # Before the line of keys stands there, Ctrl+C would still be the terminal's own.
        terminal.answer("Ctrl+C pause", CTRL_C)
        assert terminal.end() == 130
        assert "Nothing was saved. Start whenever you like:" in terminal.words
        # The command is whole, so that it can be copied; a narrow terminal breaks it between its arguments.
        assert "followme --journal journal.toml reflect ./all.toml" in terminal.words
    assert not any(Path.cwd().rglob("journal.toml"))
    assert not any(Path(os.environ["XDG_STATE_HOME"]).rglob("drafts/*.toml"))


def kind_key(kind: str) -> str:
    """The key of its question of this kind."""
    return {each["kind"]: each["key"] for each in tomllib.loads(ALL)["section"][0]["question"]}[kind]


def the_one_of(kind: str) -> str:
    """The set with nothing but its question of this kind."""
    head, *questions = ALL.split("[[section.question]]\n")
    (one,) = (question for question in questions if f'kind = "{kind}"' in question)
    return f"{head}[[section.question]]\n{one}"


ASKERS = pytest.mark.parametrize("plain", [False, True], ids=["rich", "plain"])
EACH_KIND = pytest.mark.parametrize("kind", KINDS)
BEGUN = {"scale": "4", "choice": "2", "several": "1", "yesno": "y"}
"""What is typed where not every word is an answer."""


@ASKERS
@EACH_KIND
def test_stopping_at_each_kind_keeps_what_was_typed_and_gives_130(
    kind: str, plain: bool, home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    (home / "all.toml").write_text(the_one_of(kind), encoding="utf-8")
    argv = [*REFLECT, *(["--plain"] if plain else [])]
    typed = BEGUN.get(kind, "half")
    stopped = [typed, CTRL_C] if kind in ("scale", "choice", "yesno") else [typed + CTRL_C]
    done = play(argv, [] if plain else [ENTER, *stopped], monkeypatch, lines=["", typed])
    assert done.code == 130
    assert "Everything is kept; go on with:\n  followme reflect" in done.text
    assert "Traceback" not in done.text
    (draft,) = map(drafts.load, run.drafts)
    assert any(draft.typed[kind_key(kind)].values())


@each_row(("plain", "keys"), [(False, CTRL_C), (False, CTRL_D), (True, "")])
@each_row("kind", KINDS)
def test_stopping_at_each_kind_before_anything_is_typed_keeps_nothing(
    kind: str, plain: bool, keys: str, home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    (home / "all.toml").write_text(the_one_of(kind), encoding="utf-8")
    argv = [*REFLECT, *(["--plain"] if plain else [])]
    done = play(argv, [] if plain else [ENTER, keys], monkeypatch, lines=[""])
    assert done.code == 130
    assert done.text.endswith(
        "\nYou didn't answer anything, so nothing is kept. Start whenever you like:\n  followme reflect ./all.toml\n"
    )
    assert list(run.paths.drafts.iterdir()) == []
    assert not run.journal.exists()


def test_answers_in_batch_bring_no_other_wording(run: Run):
    for week in ("2026-W46", "2026-W47"):
        run("reflect", "./all.toml", "--week", week, "--answer", f"moment={LONG}", *skips("moment"))
    assert [entry["answer"][0]["reply"] for entry in run.entries] == [LONG, LONG]


SHELL = "import os; os.environ['PS1'] = 'ready> '; os.execvp('bash', ['bash', '--norc', '--noprofile', '-i'])"


@pytest.mark.skipif(not shutil.which("bash"), reason="suspending needs a shell with jobs")
def test_ctrl_z_suspends_and_fg_goes_on_in_the_middle_of_a_word(run: Run):
    with Terminal(Path.cwd(), program=[sys.executable, "-c", SHELL]) as terminal:
        terminal.answer("ready>", f"{sys.executable} -m followme {' '.join(REFLECT)}{ENTER}")
        terminal.answer("1 of 8", "half an id")
        terminal.see("half an id")
        terminal.keys("\x1a")
        terminal.answer("Stopped", f"fg{ENTER}")
        terminal.wait(0.3)
        terminal.keys("ea")
        terminal.see("half an idea")
        terminal.answer("1 of 8", CTRL_C)
        terminal.answer("Everything is kept", f"exit{ENTER}")
        terminal.end()
    (draft,) = map(drafts.load, run.drafts)
    assert draft.typed == {"moment": {"reply": "half an idea"}}


def test_a_window_made_narrower_while_typing_keeps_words_whole():
    # The screen of the test cuts rows off, as xterm does.
    with Terminal(Path.cwd(), *REFLECT, environ={"XTERM_VERSION": "XTerm(390)"}) as terminal:
        terminal.answer("1 of 8", LONG)
        terminal.see("in his way.")
        terminal.resize(40, 40)
        terminal.wait(0.3)
        terminal.keys(" More.")
        terminal.see("for numbers, and never what was in his way. More.")
        rows = [row.strip("▎ ") for row in terminal.text.split("\n")]
        assert "offer. I had asked him for numbers," in rows
        assert terminal.text.count("1 of 8") == terminal.words.count(LONG.split(".")[0]) == 1
        assert terminal.text.split("\n")[-1] == "Enter next, ^J line, ^C pause, F1 keys"


def test_a_fault_of_followme_in_the_middle_of_typing_shows_no_answer_and_keeps_all(
    run: Run, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    def broken(*anything: object) -> None:
        raise RuntimeError("Ana stayed.")

    monkeypatch.setattr(FieldKeys, "_show_keys", broken)
    done = play(REFLECT, [ENTER, "half an idea" + F1], monkeypatch)
    assert done.code == 1
    assert "followme hit an internal error (RuntimeError); --debug shows where." in done.text
    said = done.text + "".join(capfd.readouterr())
    assert "Ana stayed." not in said
    assert "Press ENTER" not in said
    (draft,) = map(drafts.load, run.drafts)
    assert draft.typed == {"moment": {"reply": "half an idea"}}


@pytest.mark.parametrize("plain", [False, True], ids=["rich", "plain"])
def test_settings_for_enter_and_last_time_are_heard(
    plain: bool, home: Path, monkeypatch: pytest.MonkeyPatch, run: Run
):
    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "followme"
    folder.mkdir(parents=True)
    settings = f'enter = "line"\nshow_last = true\nplain = {str(plain).lower()}\n'
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    run("reflect", "./all.toml", "--answer", "moment=Ana stayed.", *skips("moment"))
    done = play(
        REFLECT,
        ["one" + ENTER + "two\n", CTRL_C],
        monkeypatch,
        lines=["one\\", "two", ":pause"],
    )
    assert f"Last time, on Friday, November 20, 2026:\n{'' if plain else ' ▎ '}Ana stayed.\n" in done.text
    (draft,) = map(drafts.load, run.drafts)
    assert draft.typed["moment"] == {"reply": "one\ntwo"}


def skips(*answered: str) -> list[str]:
    """What passes over every question but these."""
    keys = ("moment", "unseen", "care", "mood", "signs", "thanks", "ideas", "promise")
    return [word for key in keys if key not in answered for word in ("--skip", key)]
