"""The documents' examples run: prompt sets, answers, journals, commands, keys of JSON, places, and pictures."""

from __future__ import annotations

import ast
import json
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from followme.asking.key_words import KEYS
from followme.asking.key_words import toolbar as toolbar_of
from followme.cli import COMMANDS, GROUPS
from followme.env import real_env
from followme.env.folders import shipped_prompts
from followme.insight import entry_tables
from followme.journal.file import codec, reading
from followme.kinds import KINDS
from followme.kinds.base import Field
from followme.model import RESULTS, Answer, Entry, Outcome, Promise
from followme.shell.reminding import Reminder
from rows import each_row
from running import Run
from sets import skips
from source import nodes_in

CHECKOUT = Path(__file__).parents[1]
DOCS = CHECKOUT / "docs"
PAGES = [*sorted(CHECKOUT.glob("*.md")), *sorted(DOCS.glob("*.md"))]

EVERYTHING = Entry(
    id="20261120T150411-k7q2m",
    date=datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC),
    week="2026-W47",
    set="weekly",
    minutes=11,
    private=True,
    event=True,
    imported="jrnl",
    conflict="20261113T150210-x4d9w",
    about="20261113T150210-x4d9w/moment",
    forgotten=date(2026, 11, 26),
    answers=(
        Answer(
            key="care-days",
            kind="scale",
            question="How many?",
            reply=4,
            low=0,
            high=5,
            low_label="no day",
            high_label="every day",
            fact="A call.",
            private=True,
        ),
        Answer(key="moment", kind="text", question="What happened?", reply="Ana stayed with @Ben."),
        Answer(key="lost", kind="text", question="What was it?", forgotten=True),
        Answer(key="signs", kind="several", question="Which?", reply=("one", "two")),
        Answer(key="sure", kind="yesno", question="Sure?", reply=True),
        Answer(key="unseen", kind="line", question="Who?"),
        Answer(key="talk-with", kind="line", question="Who is it?", reply="Ana", person=True),
    ),
    promises=(
        Promise(
            ref="p1",
            text="Call legal",
            occasion="the deal desk meets",
            who="Jonas",
            to="Ben",
            by=date(2026, 12, 1),
            told=False,
            origin="20261106T150102-b2c8h/p1",
            private=True,
        ),
        Promise(ref="p2", text="Write it up"),
    ),
    outcomes=(
        Outcome(promise="20261113T150210-x4d9w/p1", result="partly", note="It moved.", told=True),
        Outcome(promise="20261113T150210-x4d9w/p2", result="kept"),
    ),
)
"""An entry with every key that a journal has, given and absent."""

COUNTED = replace(EVERYTHING, id="20261120T150411-c7q2m", conflict="", promises=(), outcomes=())
"""The same entry where it counts: the other version of an entry counts nowhere."""

SITTING = replace(COUNTED, id="20261120T150411-s7q2m", event=None, imported="")
"""The same for its week: events and what was imported count for none."""

BEFORE = replace(
    EVERYTHING,
    id="20261113T150411-a2b3c",
    date=datetime(2026, 11, 13, 15, 4, 11, tzinfo=UTC),
    week="2026-W46",
    conflict="",
    answers=(
        Answer(key="spirit", kind="text", question="How was the team?", reply="Quiet."),
        Answer(key="moment", kind="text", question="What happened?", reply="Ben left."),
    ),
    outcomes=(Outcome(promise="20261113T150411-a2b3c/p1", result="kept", note="In June.", told=True),),
)
"""An entry of the week before, with promises that count."""

ENDED = Entry(
    id="20261121T150411-b2c8h",
    date=datetime(2026, 11, 21, 15, 4, 11, tzinfo=UTC),
    week="2026-W47",
    set="outcome",
    outcomes=(
        Outcome(promise="20261120T150411-k7q2m/p1", result="not-yet", note="It moved.", told=True),
        Outcome(promise="20261120T150411-k7q2m/p1", result="kept"),
    ),
)
"""What became of its promises."""

LATER = tuple(
    Entry(
        id=f"20261122T15041{number}-d4e5f",
        date=datetime(2026, 11, 22, 15, 4, number, tzinfo=UTC),
        week="2026-W47",
        set="note",
        about=f"20261120T150411-k7q2m{of}",
        answers=(Answer(key="note", kind="line", question="Note", reply="Two calls."),),
    )
    for number, of in enumerate(("", "/care-days"))
)
"""Later words on it, and on one answer."""

VERBS = {*COMMANDS, *(name for name, (_, _, module) in GROUPS.items() if module)}
"""Everything that can be typed: a group only if it does something by itself."""

EVERY_SETTING = """\
title = "All"
about = "With every key."
cadence = "weekly"
minutes = 2
look_back = 13
private = true
source = "Here."

[[section]]
title = "One"
intro = "First."
pick = 2

[[section.question]]
key = "care-days"
kind = "scale"
ask = "How many?"
hint = "Count."
low = 0
high = 5
low_label = "none"
high_label = "all"
fact = true

[[section.question]]
key = "why"
kind = "text"
ask = "What held you up?"
variants = ["What was in the way?"]
when = { key = "care-days", below = 2 }

[[section.question]]
key = "signs"
kind = "several"
ask = "Which?"
options = ["one", "two"]
none = "neither"
most = 1
recall = ["care-days", "why"]
"""


def text_of(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


def fences(name: str, info: str) -> list[str]:
    """The fenced blocks of a page that are marked with this word."""
    tokens = MarkdownIt("commonmark").parse(text_of(name))
    return [token.content for token in tokens if token.type == "fence" and token.info == info]


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table after a heading, without their code marks; the table's own head left out."""
    _, _, after = text_of(page).partition(f"\n{heading}\n")
    assert after, f"{page} has no heading {heading!r}"
    lines = re.split(r"\n#+ ", after)[0].splitlines()
    table = [line for line in lines if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table]


def names(cell: str) -> list[str]:
    """What stands in code marks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def names_on(page: str) -> set[str]:
    """What stands in code marks anywhere on a page."""
    return set(names(re.sub(r"(?ms)^```.*?^```$", "", text_of(page))))


# --- README ---------------------------------------------------------------------------------------------


@each_row("end", ["&& .venv/bin/followme", "&& .venv/bin/pytest"])
def test_the_readme_sets_everything_up_in_one_line_that_stands_alone(end: str):
    assert [block.endswith(f"{end}\n") for block in fences("README.md", "console")].count(True) == 1
    block = next(block for block in fences("README.md", "console") if block.endswith(f"{end}\n"))
    assert re.fullmatch(r"python3 -m venv \.venv && \.venv/bin/pip install [^\n]*\n", block)
    assert text_of("README.md").splitlines().count(block.strip()) == 1


def test_the_readme_asks_for_nothing_that_is_not_published():
    assert "followme-journal" not in text_of("README.md")


def test_the_readme_names_the_essay_once():
    assert text_of("README.md").count("Why Should They Follow You (A Note to the Sales Manager)") == 1
    assert text_of("README.md").count("The Sales Blog, 20 November 2010") == 1


def test_the_readme_names_every_verb_and_set():
    told = names_on("README.md")
    assert [
        verb for verb in COMMANDS if not any(re.match(rf"(followme )?{verb}\b", each) for each in told)
    ] == []
    assert {path.stem for path in shipped_prompts().glob("*.toml")} - told == set()


def test_the_places_of_the_readme_are_those_of_this_system(home: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)
    system = {"win32": "Windows", "darwin": "macOS"}.get(sys.platform, "Linux")
    row = next(row for row in rows("README.md", "## Where your words are") if row[0] == system)
    journal, prompts = (_place(cell, home) for cell in row[1:])

    assert real_env().journal == journal
    assert real_env().own_prompts == prompts
    assert any(_place(f"`{word}`", home) == real_env().state for word in names_on("docs/journal-format.md"))


def _place(cell: str, home: Path) -> Path:
    words = cell.strip("`").replace("%LOCALAPPDATA%", str(home / "AppData" / "Local")).replace("\\", "/")
    return Path(words.replace("~", str(home), 1))


def test_the_keys_of_the_readme_are_those_that_followme_tells():
    told = [[key, does.replace("`", "")] for key, does in rows("README.md", "## Keys")]
    assert told == [list(each) for each in KEYS]


def test_the_first_picture_shows_promises_coming_back_with_the_line_of_keys():
    first = re.search(r"!\[[^]]*\]\(([^)]*)\)", text_of("README.md"))
    assert first
    shown = _words(text_of(first[1]))
    assert "What became of each?" in shown
    assert toolbar_of(Field(name="verdicts", input="verdicts"), 80) in shown


# --- Every command that a page names --------------------------------------------------------------------


def commands(page: Path) -> Iterator[list[str]]:
    """The words after `followme` in every command on a page, in code marks or in a block of its own."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")):
        inner = [child.content for child in token.children or () if child.type == "code_inline"]
        lines = token.content.splitlines() if token.type == "fence" else inner
        for line in lines:
            if line.startswith("followme "):
                yield shlex.split(line.partition(" | ")[0])[1:]


def test_every_command_on_a_page_exists_with_its_options(run: Run):
    shown = cache(lambda verb: run("help", *(verb.split() or ["all"])).out)
    for page, words in ((each.name, words) for each in PAGES for words in commands(each)):
        said = [word for word in words if word.islower() and not word.startswith("-")]
        verb = next((verb for count in (2, 1) if (verb := " ".join(said[:count])) in VERBS), "")
        assert verb or not said, f"{page} names the command {words}, which does not exist"
        options = {word.partition("=")[0] for word in words if word.startswith("-")}
        assert {option for option in options if option not in shown(verb)} == set(), f"{page}: {words}"


# --- The journal ----------------------------------------------------------------------------------------


def test_the_example_of_the_journal_format_is_what_followme_writes_and_reads(tmp_path: Path):
    example, *_ = fences("docs/journal-format.md", "toml")
    path = tmp_path / "journal.toml"
    path.write_text(example, encoding="utf-8")
    loaded = reading.read(path)

    assert (len(loaded.entries), loaded.damages, loaded.notices) == (1, (), ())
    assert example.endswith(codec.to_toml(loaded.entries[0]))
    assert len(tomllib.loads(example)["entry"]) == 1


def test_the_sample_journal_of_the_pictures_is_what_followme_writes():
    loaded = reading.read(DOCS / "sample-journal.toml")
    assert loaded.damages == ()
    assert text_of("docs/sample-journal.toml").endswith(
        "\n".join(codec.to_toml(each) for each in loaded.entries)
    )


TABLES = {
    "### `[[entry]]`: one reflection, or one note": "",
    "### `[[entry.answer]]`: one question that was asked": "answer",
    "### `[[entry.promise]]`: what you will do, or ask": "promise",
    "### `[[entry.outcome]]`: what became of an earlier promise": "outcome",
}


def written(part: str) -> list[dict[str, Any]]:
    """The tables of that name in the block of an entry that has everything."""
    table = tomllib.loads(codec.to_toml(EVERYTHING))["entry"][0]
    return (
        table[part] if part else [{key: value for key, value in table.items() if key not in TABLES.values()}]
    )


@each_row("heading", TABLES)
def test_the_journal_format_names_every_key_and_its_type(heading: str):
    types = {
        "string": str,
        "integer": int,
        "boolean": bool,
        "date-time": datetime,
        "date": date,
        "see below": object,
    }
    documented = {
        key: types[row[1]] for row in rows("docs/journal-format.md", heading) for key in names(row[0])
    }
    found = {key: value for table in written(TABLES[heading]) for key, value in table.items()}

    assert set(documented) == set(found)
    assert all(isinstance(value, documented[key]) for key, value in found.items())


@each_row("heading", TABLES)
def test_an_entry_cannot_be_read_without_the_keys_marked_needed_and_only_these(heading: str):
    table = rows("docs/journal-format.md", heading)
    needed = {key for row in table if row[2].startswith("needed") for key in names(row[0])}
    assert needed == {
        key for row in table for key in names(row[0]) if not _readable_without(TABLES[heading], key)
    }


def _readable_without(part: str, key: str) -> bool:
    table = tomllib.loads(codec.to_toml(EVERYTHING))["entry"][0]
    for each in table[part] if part else [table]:
        each.pop(key, None)
    try:
        entry_tables.from_table(table)
    except ValueError:
        return False
    return True


def test_the_journal_format_names_every_kind_and_ending():
    assert set(KINDS) | set(RESULTS) <= names_on("docs/journal-format.md")


def test_the_way_out_after_taking_out_the_last_entry_by_hand(run: Run):
    skip_all = ("reflect", "three-minutes", *skips("three-minutes"))
    run(*skip_all)
    run(*skip_all)
    text = run.journal.read_bytes()
    run.journal.write_bytes(text[: text.rindex(b"[[entry]]")])
    assert run(*skip_all).code == 1

    assert len(run.entries) == 1
    run("--yes")
    assert len(run.entries) == 2


# --- JSON -----------------------------------------------------------------------------------------------


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every key below, as the page writes it: entries[].answers[].key."""
    if isinstance(value, dict):
        for key, inner in value.items():
            whole = f"{path}.{key}" if path else key
            yield whole, inner
            yield from leaves(inner, whole)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, f"{path}[]")


CALLS = {
    "## `followme --json`": ("--json",),
    "## `followme due --json`": ("due", "--json"),
    "## `followme list --json`": ("list", "--json"),
    "## `followme show [ENTRY] --json`": ("show", "k7q2m", "--json"),
    "## `followme search WORDS --json`": ("search", "--any", "a", "e", "--json"),
    "## `followme lookback --json`": ("lookback", "--json"),
    "## `followme lookback KEY --json`": ("lookback", "care-days", "--json"),
    "## `followme lookback --year 2026 --json`": ("lookback", "--year", "2026", "--json"),
    "## `followme people --json`": ("people", "--json"),
    "## `followme people NAME --json`": ("people", "Ben", "--json"),
    "## `followme promises --json`": ("promises", "--all", "--json"),
    "## `followme prompts list --json`": ("prompts", "list", "--json"),
    "## `followme prompts show [SET] --json`": ("prompts", "show", "all", "--json"),
    "## `followme prompts check FILE --json`": ("prompts", "check", "torn", "--json"),
    "## `followme config show --json`": ("config", "show", "--json"),
    "## `followme doctor --json`": ("doctor", "--json"),
    "## `followme remind status --json`": ("remind", "status", "--json"),
}


@pytest.fixture
def full(run: Run) -> Run:
    """A home whose journal and prompt set have every key."""
    (run.prompts / "all.toml").write_text(EVERY_SETTING, encoding="utf-8")
    (run.prompts / "torn.toml").write_text(f'titel = "All"\n{EVERY_SETTING}', "utf-8")
    blocks = "\n".join(map(codec.to_toml, (EVERYTHING, COUNTED, SITTING, BEFORE, ENDED, *LATER)))
    run.with_journal(f"format = 1\n\n{blocks}")
    run.paths.drafts.mkdir(parents=True)
    (run.paths.drafts / "torn.toml").touch()  # Something for the doctor to find.
    on = Reminder("cron", str(run.journal), 4, "16:00", {}, lines="0 16 * * 5 followme due\n")
    (run.paths.state / "reminder.json").write_text(json.dumps(asdict(on)), encoding="utf-8")
    return run


@each_row("heading", CALLS)
def test_json_has_the_keys_that_the_page_names_and_no_others(heading: str, full: Run):
    printed = json.loads(full(*CALLS[heading]).out)
    documented = {names(row[0])[0]: row[1] for row in rows("docs/json.md", heading)}

    assert {key for key, _ in leaves(printed)} == set(documented)
    assert [key for key, value in leaves(printed) if not _is(value, documented[key])] == []


def _is(value: Any, types: str) -> bool:
    """Whether the value is of one of the types in words such as "integer or null"."""
    words = {
        "string": str,
        "integer": int,
        "boolean": bool,
        "null": type(None),
        "array": list,
        "object": dict,
    }
    allowed = re.split(r", | or ", types)
    if isinstance(value, list) and "array of strings" in allowed:
        return all(isinstance(each, str) for each in value)
    return any(type(value) is words.get(word) for word in allowed)


def test_json_says_its_schema_number(full: Run):
    number = re.search(r"a `schema` number, now (\d+)\.", text_of("docs/json.md"))
    assert number
    assert {json.loads(full(*call).out)["schema"] for call in CALLS.values()} == {int(number[1])}


def test_json_of_nothing_is_an_empty_list_or_nothing(run: Run):
    assert json.loads(run("list", "--json").out)["entries"] == []
    for argv in (["show"], ["search", "demo"], ["lookback", "moment"]):
        shown = run(*argv, "--json")
        assert (shown.code, shown.out) == (3, "")


# --- The house ------------------------------------------------------------------------------------------

PACKAGE = CHECKOUT / "src" / "followme"


def test_the_architecture_names_every_room():
    told = {name.rstrip("/") for name in names_on("docs/architecture.md")}
    rooms = {
        path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - told - {"__init__.py", "__main__.py"} == set()


@each_row("heading", ["## The way of one answer, down", "## And up again"])
def test_the_architecture_names_functions_where_they_are(heading: str):
    for _, where in rows("docs/architecture.md", heading):
        for part in where.split("; "):
            file, *functions = names(part)
            defined = {
                node.name
                for node in nodes_in(PACKAGE / file)
                if isinstance(node, ast.FunctionDef | ast.ClassDef)
            }
            assert set(functions) <= defined, f"{file} has no {set(functions) - defined}"


def test_nothing_opens_a_connection():
    """The README says that nothing leaves the machine; so nothing is imported that could carry it."""
    carriers = {
        "socket",
        "ssl",
        "urllib",
        "http",
        "ftplib",
        "smtplib",
        "requests",
        "httpx",
        "aiohttp",
        "webbrowser",
    }
    imported = set()
    for path in PACKAGE.rglob("*.py"):
        for node in nodes_in(path):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").split(".")[0])
    assert imported & carriers == set()


def _words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)
