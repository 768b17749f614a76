"""`--json` of home, `due`, `config show` and `prompts check`: the same as without, for a program."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from commands.test_cmd_prompts import FIVE_MISTAKES, GOOD
from rows import each_row
from running import Run
from sets import skips

USED = ("reflect", "three-minutes", *skips("three-minutes"))


def read(run: Run, *argv: str, code: int = 0, **given: Any) -> dict[str, Any]:
    """The object that this command line prints, with this exit code and nothing on stderr."""
    done = run(*argv, "--json", **given)
    assert (done.code, done.err) == (code, ""), done.err
    table: dict[str, Any] = json.loads(done.out)
    assert table.pop("schema") == 1
    return table


def test_due_says_which_week_and_keeps_its_exit_codes(run: Run):
    assert read(run, "due") == {"due": True, "due_week": "2026-W47", "due_sets": []}
    run.now += timedelta(days=3)
    assert read(run, "due")["due_week"] == "2026-W47"
    run.now += timedelta(days=2)
    assert read(run, "due", code=3) == {"due": False, "due_week": None, "due_sets": []}


def test_due_names_the_sets_that_go_by_days_and_home_says_the_same(run: Run):
    own = GOOD.replace('title = "', 'cadence = "fortnightly"\ntitle = "', 1)
    (run.prompts / "own.toml").write_text(own, encoding="utf-8")
    config = run.home / "config.toml"
    config.write_text('set = "own"\n', encoding="utf-8")
    run.environ = {"FOLLOWME_CONFIG": str(config)}
    said = {"due": True, "due_week": None, "due_sets": ["own"]}
    assert read(run, "due") == said
    assert said.items() <= read(run).items()


def test_home_says_counts_and_neither_names_nor_answers(run: Run):
    assert read(run)["first_time"] is True
    assert not run.journal.exists()
    promise = "promise=Call Ana @Ben by dec 4"
    run("reflect", "three-minutes", "--answer", promise, *skips("three-minutes", *["promise"]))
    run("note", "Zoë asked twice.")
    done = run("--json", columns=80)
    home = json.loads(done.out)
    assert done.err == ""
    assert (home["first_time"], home["reflections"], home["weeks"]) == (False, 1, ["done"])
    assert (home["notes"], home["promises"]) == (1, {"open": 1, "due": 0, "asked_on": "2026-11-27"})
    assert not re.search("Ana|Ben|Call|Zo|asked twice", done.out)


def test_the_option_of_home_is_not_one_for_every_verb(run: Run):
    done = run("--json", "list")
    assert (done.code, done.out) == (2, "")
    assert done.err == "--json goes after the command, such as:\n  followme list --json\n"


def test_config_show_has_each_value_and_where_it_comes_from(run: Run):
    config = run.home / "config.toml"
    config.write_text('breaks = ["2026-W52"]\nshow_last = true\n', encoding="utf-8")
    rows = read(run, "config", "show", environ={"FOLLOWME_CONFIG": str(config), "EDITOR": "vi -n"})[
        "settings"
    ]
    shown = {row["key"]: (row["value"], row["origin"]) for row in rows}
    assert shown["breaks"] == (["2026-12-21 to 2026-12-27"], "config")
    assert shown["show_last"] == (True, "config")
    assert shown["editor"] == ("vi -n", "EDITOR")
    assert shown["journal"] == (str(run.journal), "default")
    assert [row["key"] for row in rows] == [
        line.split(" = ")[0] for line in run("config", "show").out.splitlines()
    ]


def test_prompts_check_has_the_problems_and_remarks_that_it_tells_without(run: Run):
    (run.home / "own.toml").write_text(FIVE_MISTAKES)
    found = read(run, "prompts", "check", "own.toml", code=1)
    told = [
        f"own.toml:{each['line']}: {mark}{each['key']}: {each['text']}"
        for name, mark in (("problems", ""), ("remarks", "remark: "))
        for each in found[name]
    ]
    assert told == run("prompts", "check", "own.toml").err.splitlines()
    assert (found["file"], found["questions"], found["minutes"]) == ("own.toml", None, None)


@each_row("file", ["good.toml", "-"])
def test_prompts_check_says_what_a_sound_set_asks(file: str, run: Run):
    (run.home / "good.toml").write_text(GOOD)
    found = read(run, "prompts", "check", file, stdin=GOOD)
    sound = {"questions": 1, "minutes": 1, "problems": [], "remarks": []}
    assert found == {"file": file.replace("-", "stdin"), **sound}


def test_prompts_check_of_what_is_not_toml_prints_nothing(run: Run):
    (run.home / "own.toml").write_text("title = \n")
    done = run("prompts", "check", "own.toml", "--json")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("own.toml:1: this isn't TOML")
