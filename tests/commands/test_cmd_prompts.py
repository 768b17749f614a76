"""`followme prompts list`, `show` and `check`."""

from __future__ import annotations

import json

import pytest

from followme.env import shipped_prompts

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
    assert rows[SHIPPED.index("weekly")] == [
        "weekly", "Weekly", "8", "weekly",
        "One week, looked at honestly: a moment, a number, one theme, and a promise for the next one.",
    ]  # fmt: skip
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
    assert done.err == f"{bad} has faults and is left out. See them with: followme prompts check {bad}\n"


def test_list_and_show_as_json(run):
    listed = json.loads(run("prompts", "list", "--json").out)
    assert listed["schema"] == 1
    assert list(listed["prompt_sets"][0]) == ["name", "title", "about", "cadence", "minutes"]
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
    assert len(run("prompts", "show").rows) == 13


@pytest.mark.parametrize("verb", ["show", "check"])
def test_an_unknown_set_is_met_with_the_known_ones(run, verb):
    done = run("prompts", verb, "weakly")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"There is no prompt set 'weakly'. The sets are: {', '.join(SHIPPED)}. "
        "A file of your own needs a path, such as ./weakly.toml.\n"
    )


def test_check_names_five_mistakes_at_five_places(run):
    (run.home / "own.toml").write_text(FIVE_MISTAKES)
    done = run("prompts", "check", "own.toml")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "own.toml:1: titel: the key is not known; did you mean 'title'?",
        "own.toml:8: kind: 'txt' is not known; did you mean 'text'?",
        'own.toml:10: high_label: a number needs words at both ends; add high_label = "…"',
        "own.toml:15: high: the highest digit (1) must be above the lowest (5)",
        "own.toml:18: key: 'went' is used twice in this set; give every question its own key",
    ]


def test_check_praises_a_good_set(run):
    (run.home / "own.toml").write_text(OWN)
    assert run("prompts", "check", "own.toml").err == "own.toml is a good prompt set of 2 questions.\n"
    assert (
        run("prompts", "check", "three-minutes").err == "three-minutes is a good prompt set of 3 questions.\n"
    )
    (run.home / "one.toml").write_text(OWN.partition('[[section.question]]\nkey = "calm"')[0])
    assert run("prompts", "check", "./one.toml").err == "./one.toml is a good prompt set of 1 question.\n"


def test_reflect_shows_the_faults_of_its_set(run):
    (run.home / "own.toml").write_text(FIVE_MISTAKES)
    assert run("reflect", "./own.toml", "--skip", "went").err == run("prompts", "check", "./own.toml").err
