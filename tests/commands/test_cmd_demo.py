"""`followme demo`: what reads works on the shipped journal, what writes is refused, and nothing anywhere changes."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from followme.cli import COMMANDS, GROUPS
from followme.env import DEMO_DAY
from followme.env.folders import shipped
from followme.journal.file import reading
from rows import each_row
from running import Run

READ = [verb for verb, (_, panel) in COMMANDS.items() if panel == "Read"] + ["export"]
READ += [name for name, (_, panel, _) in GROUPS.items() if panel == "Read"]
OTHERS = [verb for verb, (_, panel) in COMMANDS.items() if panel != "Read" and verb != "export"] + [
    name for name, (_, panel, _) in GROUPS.items() if panel != "Read"
]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below this folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_home_names_commands_that_work_on_the_demo_and_one_to_begin_with(run: Run):
    done = run("demo")
    assert done.code == 0
    assert "3 promises and 1 question for someone are open" in done.out
    assert re.findall(r"^  (followme .+)$", done.err, re.M) == ["followme reflect"]
    assert "In the demo, today is Sat, Nov 21.\n" in done.err
    named = re.findall(r"^followme demo (.+?)(?:  |$)", done.out, re.M)
    assert len(named) > 5
    assert named.pop(named.index("export demo.html"))
    for words in named:
        shown = run("demo", *words.split())
        assert (shown.code, shown.err) == (0, ""), words
        assert shown.out.count("\n") >= 2, words
    assert tree(run.home) == {}


@pytest.mark.parametrize("verb", READ)
def test_what_reads_takes_its_own_options_and_tells_how_to_go_on_in_the_demo(run: Run, verb: str):
    before = tree(shipped("demo"))
    # Nothing that leads elsewhere counts, and nothing of one's own has to be readable.
    (run.home / "bad.toml").write_text("set = 3", encoding="utf-8")
    run.environ = {
        "FOLLOWME_JOURNAL": str(run.home / "mine.toml"),
        "FOLLOWME_CONFIG": str(run.home / "bad.toml"),
    }
    words = {"search": ["Ana", "--json"], "export": ["--format", "json"]}.get(verb, ["--json"])
    done = run("demo", verb, *words, "--no-color")
    said = "followme demo" in done.err if done.code else done.err == "" or verb == "export"
    assert said, done.err
    assert run("demo", verb, "-h").out.startswith(f"Usage: followme demo {verb} ")
    wrong = run("demo", verb, "--such")
    assert (wrong.code, wrong.err.splitlines()[-1]) == (2, f"  followme demo {verb} -h")
    assert set(tree(run.home)) == {str(run.home / "bad.toml")}
    assert tree(shipped("demo")) == before


def test_an_export_writes_the_new_file_that_is_named_and_nothing_else(run: Run):
    done = run("demo", "export", "demo.html")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("Wrote 1")
    page = (run.home / "demo.html").read_text(encoding="utf-8")
    assert "napkin" in page
    assert [*tree(run.home)] == [str(run.home / "demo.html")]
    again = run("demo", "export", "demo.html")
    assert again.code == 1
    for words in (["demo.html", "--force"], ["--split", "notes"]):
        refused = run("demo", "export", *words)
        assert (refused.code, refused.out) == (2, "")
        assert refused.err == "The demo writes one new file at most. Leave --split and --force out.\n"
    assert (run.home / "demo.html").read_text(encoding="utf-8") == page
    assert [*tree(run.home)] == [str(run.home / "demo.html")]
    assert run("demo", "export", "--set", "one-on-one", "--format", "csv").out.startswith("id,")


@each_row("verb", OTHERS)
def test_what_writes_or_sets_up_is_refused(run: Run, verb: str):
    done = run("demo", *verb.split())
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("The demo only reads.")
    assert tree(run.home) == {}


def test_another_journal_is_refused_and_a_slip_is_answered(run: Run):
    for words in (
        ("--journal", "x", "demo", "list"),
        ("demo", "--journal", "x"),
        ("demo", "list", "--journal", "x"),
    ):
        done = run(*words)
        assert done.code == 2
        assert done.err.endswith("The demo has a journal of its own. Leave --journal out.\n")
    assert "Did you mean 'list'?" in run("demo", "lst").err
    assert run("demo", "search", "zeppelin").code == 3


def test_its_day_is_right_after_its_last_entry():
    last = reading.read(shipped("demo") / "journal.toml").located[-1].entry
    assert timedelta() < DEMO_DAY - last.date < timedelta(days=1)


@each_row("words", ["list", "lookback", "promises"])
def test_a_page_on_which_nothing_fits_leads_to_all_of_the_demo(words: str, run: Run):
    none = "--person=Nobody" if words == "promises" else "--since=2030"
    shown = run("demo", words, none, columns=80).out
    nearest = ["followme demo show"] if words == "list" else []
    assert re.findall(r"^  (followme demo \w+)", shown, re.M) == [*nearest, f"followme demo {words}"]


def test_the_promises_of_the_demo_name_no_way_to_close_one(run: Run):
    assert "promises close" not in run("demo", "promises", columns=80).out
