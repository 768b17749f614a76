"""The craft of asking: what `prompts check` remarks on, and what it counts as minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from followme.env.folders import shipped_prompts
from followme.errors import FollowmeError
from followme.promptfile import timing
from followme.promptfile.craft import examine
from followme.promptfile.example import example
from rows import each_row

SHIPPED = sorted(shipped_prompts().glob("*.toml"))

GOOD = 'variants = ["What went badly?", "What was new?"]'


def a_set(
    tmp_path: Path, question: str, *, kind: str = "text", more: str = GOOD, minutes: str = "minutes = 2"
) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(
        f'title = "Own"\n{minutes}\n[[section]]\ntitle = "One"\n[[section.question]]\n'
        f'key = "one"\nkind = "{kind}"\nask = "{question}"\n{more}\n',
        encoding="utf-8",
    )
    return path


def remarks(path: Path) -> list[str]:
    """What is remarked, without the file's name."""
    return [said.removeprefix(f"{path}:") for said in examine(path)[1]]


@each_row("path", SHIPPED)
def test_the_shipped_sets_leave_nothing_to_remark(path: Path):
    assert remarks(path) == []


@each_row(
    "question",
    [
        "What went well?",
        "Think of Monday. What went well, and how did you help?",
        "Take the day that was hardest: what did you do first?",
        "Who did what, and when was it done?",
        "Tell what happened.",
        "When did people ask how many would stay away",
        "Whose work is it?",
        "In which way did it help?",
        "Does everyone know what you expect, and how do you know?",
        "Was it the right call, and what makes you think so?",
        "What did you tell anyone, if anything?",
        "Anytown's office: what is new there?",
        "Which of the 2-3 talks mattered, and what did the 10 to 12 people in it say?",
    ],
)
def test_a_good_question_has_no_remark(question: str, tmp_path: Path):
    kept = [said for said in remarks(a_set(tmp_path, question)) if "asks for a number" not in said]
    assert kept == []


@each_row(
    ("question", "said"),
    [
        (
            "Did it go well?",
            "'Did it go well?' can be answered with yes or no; begin with what, which, when or how",
        ),
        ("Think of Monday. Was it calm?", "'Was it calm?' can be answered with yes or no"),
        ("Think of Monday: was it calm?", "'was it calm?' can be answered with yes or no"),
        ("Haven't you talked to them?", "can be answered with yes or no"),
        ("And would you do it again?", "can be answered with yes or no"),
        ("Any blockers?", "'Any blockers?' can be answered with yes or no"),
        ("Anything you would do differently, and how?", "can be answered with yes or no"),
        (
            "Look at your team. Anyone you did not thank?",
            "'Anyone you did not thank?' can be answered with yes or no",
        ),
        ("Is there anyone you have not heard from?", "can be answered with yes or no"),
        ("Are there any promises you broke?", "can be answered with yes or no"),
        ("Did you know how they know?", "can be answered with yes or no"),
        ("What was your energy this week (1-10)?", "asks for a number"),
        ("What was your energy, 1–5?", "asks for a number"),
        ("Where is the team's trust (0 to 3)?", "asks for a number"),
        ("Did Ana stay?", "'Did Ana stay?' can be answered with yes or no"),
        ("What went well? What went badly?", "asks two things; keep one, or make two questions"),
        ("How often did you listen?", "asks for a number; make it a scale, or ask for the moment behind it"),
        ("On a scale from 1 to 10, where is the team?", "asks for a number"),
        ("Rate your week.", "asks for a number"),
        ("How well did you listen?", "asks for a number"),
        (
            "What " + "very " * 24 + "well?",
            "has 26 words, and people read 25 at once; shorten it",
        ),
    ],
)
@each_row("kind", ["text", "line", "list"])
def test_what_breaks_the_craft_is_remarked_at_its_line(question: str, said: str, kind: str, tmp_path: Path):
    (remark,) = [each for each in remarks(a_set(tmp_path, question, kind=kind)) if ": minutes: " not in each]
    assert remark.startswith("8: remark: ask: ")
    assert said in remark


def test_faults_hide_no_remark_and_one_round_tells_all(tmp_path: Path):
    text = (
        'title = "Own"\nminutes = "ten"\n[[section]]\ntitle = "One"\n'
        '[[section.question]]\nkey = "one"\nkind = "text"\nask = "Did it go well?"\nvariants = ["What?", 3]\n'
        '[[section.question]]\nkey = "two"\nkind = "txt"\nask = "What went well? What went badly?"\n'
    )
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FollowmeError) as refused:
        examine(path)
    assert [line.removeprefix(f"{path}:").split("; ")[0] for line in str(refused.value).splitlines()] == [
        "2: minutes: it must be a whole number, not text",
        '9: variants: it must be at most 50 texts in quotes, such as variants = ["…", "…"]',
        "12: kind: 'txt' isn't known",
        # What is at fault gets no remark too.
        "8: remark: ask: 'Did it go well?' can be answered with yes or no",
        "13: remark: ask: 'What went well? What went badly?' asks two things",
    ]


def test_a_further_wording_is_looked_at_too(tmp_path: Path):
    path = a_set(tmp_path, "What went well?", more='variants = ["Did it go well?", "What was new?"]')
    assert remarks(path) == [
        "9: remark: variants: 'Did it go well?' can be answered with yes or no; begin with what, which, "
        "when or how"
    ]


def test_two_wordings_that_are_the_same_are_remarked(tmp_path: Path):
    path = a_set(tmp_path, "What went well?", more='variants = ["What was new?", "What went well?"]')
    assert remarks(path) == ["9: remark: variants: two of its wordings are the same; reword one of them"]


@each_row(
    "question",
    [
        "Was hat dich diese Woche gelehrt?",
        "Am Freitag, was war da?",
        "Will braucht was?",
        "Do dnia dzisiejszego kto ci pomógł?",
        "Do que você se lembra?",
        "Qu'as-tu appris cette semaine?",
    ],
)
def test_nothing_is_said_of_words_in_other_languages(question: str, tmp_path: Path):
    assert remarks(a_set(tmp_path, question)) == []


@each_row("more", ["", 'variants = ["What was new?"]'])
def test_an_open_question_wants_two_further_wordings(more: str, tmp_path: Path):
    (said,) = remarks(a_set(tmp_path, "What went well?", more=more))
    assert "remark: variants: write 2 more wordings, to take turns" in said


def test_a_closed_question_may_begin_as_it_likes(tmp_path: Path):
    path = a_set(tmp_path, "Did you listen, and how often?", kind="yesno", more="", minutes="minutes = 1")
    assert remarks(path) == []


@each_row(
    ("minutes", "said"),
    [
        ("minutes = 1", "minutes: its questions take about 2; write minutes = 2, or ask less"),
        ("minutes = 5", "minutes: its questions take about 2; write minutes = 2"),
        ("", "minutes: it is missing; its questions take about 2, so write minutes = 2"),
    ],
)
def test_the_minutes_announced_must_be_those_that_it_takes(minutes: str, said: str, tmp_path: Path):
    (remark,) = remarks(a_set(tmp_path, "What went well?", minutes=minutes))
    assert remark.endswith(said)


def test_minutes_that_are_about_right_are_right(tmp_path: Path):
    for minutes in (2, 3):
        assert remarks(a_set(tmp_path, "What went well?", minutes=f"minutes = {minutes}")) == []


KINDS = """
title = "Own"
look_back = 3
[[section]]
title = "Picked"
pick = 1
[[section.question]]
key = "line"
kind = "line"
ask = "What?"
[[section.question]]
key = "text"
kind = "text"
ask = "What?"
[[section]]
title = "By the answer"
[[section.question]]
key = "way"
kind = "choice"
ask = "Which?"
options = ["a", "b"]
[[section.question]]
key = "a"
kind = "text"
ask = "What?"
when = { key = "way", is = "a" }
[[section.question]]
key = "b"
kind = "scale"
ask = "Which?"
low = 0
high = 5
low_label = "no"
high_label = "all"
fact = true
when = { key = "way", is = "b" }
[[section.question]]
key = "bb"
kind = "several"
ask = "Which?"
options = ["a", "b"]
when = { key = "way", is = "b" }
[[section.question]]
key = "always"
kind = "promise"
ask = "What?"
when = { key = "way", answered = true }
"""


def test_what_one_sitting_can_ask_at_most_is_counted(tmp_path: Path):
    path = tmp_path / "own.toml"
    path.write_text(KINDS, encoding="utf-8")
    found, _ = examine(path)
    # Opening and summary, three weeks, the longer of those picked, the choice, the longer way, the promise.
    assert timing.seconds(found) == 25 + 20 + 30 + 100 + 20 + 100 + 45
    assert timing.minutes(found) == 6
    # By the other way it asks two.
    assert timing.questions(found) == 1 + 1 + 2 + 1


PICKED = """
title = "Own"
[[section]]
title = "Picked"
pick = 1
[[section.question]]
key = "text"
kind = "text"
ask = "What?"
[[section.question]]
key = "line"
kind = "line"
ask = "What?"
[[section.question]]
key = "brought"
kind = "text"
ask = "What?"
when = { key = "line", answered = true }
"""


def test_what_hangs_on_a_picked_question_is_counted_with_it(tmp_path: Path):
    path = tmp_path / "own.toml"
    path.write_text(PICKED, encoding="utf-8")
    found, _ = examine(path)
    assert (timing.seconds(found), timing.questions(found)) == (45 + 35 + 100, 2)


def test_the_seconds_of_a_question_are_those_of_its_kind(tmp_path: Path):
    def seconds(kind: str, more: str = "") -> int:
        return timing.seconds(examine(a_set(tmp_path, "Which?", kind=kind, more=more))[0]) - 45

    ends = 'low = 0\nhigh = 5\nlow_label = "no"\nhigh_label = "all"\n'
    options = 'options = ["a", "b"]'
    assert [seconds("text"), seconds("line"), seconds("scale", f"{ends}fact = true")] == [100, 35, 40]
    assert [seconds("several", options), seconds("promise", "")] == [20, 45]
    assert [seconds("scale", ends), seconds("choice", options), seconds("yesno", "")] == [15, 20, 10]
    assert [seconds("list"), seconds("promise", 'promise = "ask"')] == [60, 25]


# --- The example that a new set begins as ---------------------------------------------------------------


def test_the_example_has_no_fault_and_no_remark(tmp_path: Path):
    path = tmp_path / "own.toml"
    path.write_text(example('A "quoted" title'), encoding="utf-8")
    found, said = examine(path)
    assert found.title == 'A "quoted" title'
    assert said == []


def test_the_example_is_right_with_every_setting_that_it_shows(tmp_path: Path):
    text = example("All")
    settings = [
        line for line in text.splitlines() if line.startswith("# ") and " = " in line.partition("#")[2][:14]
    ]
    assert len(settings) >= 10
    for line in settings:
        text = text.replace(line, line.removeprefix("# "))
    # The promise can only be one of both.
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    try:
        found, _ = examine(path)
    except FollowmeError as error:
        raise AssertionError(str(error)) from None
    assert (found.look_back, found.private) == (4, True)
