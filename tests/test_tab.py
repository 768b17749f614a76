"""The Tab key: what is offered where, for every verb that takes it, and with real presses in bash, zsh and fish."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer

from followme import cli
from followme.dates import interval
from followme.env import DEMO_DAY
from followme.env.folders import shipped
from followme.shell import offers, tab
from rows import each_row
from running import Run
from sets import SETS
from terminal import Terminal
from test_gate import HOSTILE, JOURNAL, harm


@pytest.fixture
def demo(run: Run) -> Run:
    """A run on the demo's journal as one's own."""
    run.journal.parent.mkdir(parents=True)
    shutil.copyfile(shipped("demo") / "journal.toml", run.journal)
    run.journal.chmod(0o600)
    run.now = DEMO_DAY
    return run


def offered(run: Run, *words: str, shell: str = "bash") -> list[str]:
    done = run("completion", shell, *words)
    assert (done.code, done.err) == (0, "")
    return done.out.splitlines()


@each_row(
    ("line", "first"),
    [
        ("show |", ["last", "h5kex", "nktny"]),
        ("show h5|", ["h5kex"]),
        ("show 2026-W4|", ["2026-W47", "2026-W46"]),
        ("show 20261120|", ["20261120T205955-h5kex"]),
        ("delete h5kex n|", ["nktny"]),
        ("edit h5kex mom|", ["moment"]),
        ("people Jo|", ["Jonas"]),
        ("forget Jo|", ["Jonas"]),
        ("lookback --quarter |", ["2026-Q4", "2026-Q3"]),
        ("lookback --year |", ["2026", "2025", "2024"]),
        ("note --on nk|", ["nktny"]),
        ("note --on nktny --question mo|", ["moment"]),
        ("lookback |", ["moment", "care-days", "care"]),
        ("lookback --week 2026-W4|", ["2026-W47"]),
        ("list --since to|", ["today"]),
        ("list --until 2025-W5|", ["2025-W51"]),
        ("search Ruth --person jo|", ["Jonas"]),
        ("list --person Z|", [r"Zoë"]),
        ("list --set = w|", ["weekly"]),
        ("list --set =|", sorted(SETS)[:1]),
        ("list --set=mo|", ["''"]),
        ("list --set=w|", ["--set=weekly"]),
        ("promises --person |", ["Tomás", "Ruth"]),
        ("promises --ending no|", [r"not\ kept"]),
        ("promises close |", ["h5kex/p1", "h5kex/p2", "mrhb2/p1", "2ftxq/p1"]),
        ("reflect three|", ["three-minutes"]),
        ("reflect weekly --week |", ["2026-W47", "2026-W46"]),
        ("reflect --skip care-|", ["care-days"]),
        ("prompts show q|", ["quarter"]),
        ("export --format m|", ["markdown"]),
        ("remind s|", ["status", "systemd"]),
        ("config set year|", ["year_starts"]),
        ("demo l|", ["list", "lookback"]),
        ("demo show n|", ["nktny"]),
        ("demo list --js|", ["--json"]),
        ("li|", ["list"]),
        ("promises cl|", ["close"]),
        ("list --un|", ["--until"]),
        ("show zzz|", ["''"]),
        ("export |", []),
        ("--journal |", []),
    ],
)
def test_tab_offers_what_fits_there(demo: Run, line: str, first: list[str]):
    found = offered(demo, *line.removesuffix("|").split(" "))
    assert found[: len(first) or None] == first


def test_backups_are_offered_by_their_names_the_newest_first(demo: Run):
    for number in (1, 2):
        demo("note", f"number {number}")
        demo("delete", offered(demo, "delete", "")[1], "--yes")
    names = sorted((path.stem for path in demo.paths.backups.iterdir()), reverse=True)
    assert len(names) == 2
    assert offered(demo, "undo", "--to", "") == names


def test_only_promises_that_are_open_are_offered_and_entries_only_so_many(demo: Run):
    assert len(offered(demo, "promises", "close", "")) == 4
    demo.journal.write_text(many(1000), encoding="utf-8")
    assert len(offered(demo, "show", "")) == 1 + offers.NEWEST
    assert len(offered(demo, "list", "--week", "")) <= 1 + offers.LOOKED_AT


def many(count: int) -> str:
    rest = 'date = 2020-01-01T00:00:00Z\nweek = "2020-W01"\nset = "weekly"\n'
    blocks = (f'\n[[entry]]\nid = "20200101T{at:06}-{at:05}"\n{rest}' for at in range(count))
    return "format = 1\n" + "".join(blocks)


def test_the_words_for_days_are_days():
    for word in ("today", "yesterday", "last-week", "this-month", "2w", "3m", "1y"):
        assert interval(word, DEMO_DAY.date())


def test_a_meaning_stands_beside_where_the_shell_shows_it(demo: Run):
    assert offered(demo, "show", "nk", shell="fish")[0].startswith(
        "nktny\t2026-W47 note: The rail yard asked who"
    )
    assert offered(demo, "lookback", "mo", shell="zsh") == [
        "moment:Which moment from this week is still on your mind, and what was your part in it?"
    ]
    assert offered(demo, "prompts", "show", "re", shell="zsh")[0].startswith(
        "return:After a few missed weeks"
    )


@pytest.mark.parametrize("shell", tab.SHELLS)
def test_what_is_offered_from_a_hostile_journal_is_harmless(run: Run, shell: str):
    nasty = JOURNAL.replace('set = "', "set = \"$(touch /tmp/x) `x` '; ", 1)
    run.with_journal(
        nasty + '\n[[entry]]\nid = "20261114T150210-aaaaa"\ndate = 2026-11-14T00:00:00Z\n'
        'week = "2026-W46"\nset = "weekly"\n\n[[entry.promise]]\nref = "p1"\nkind = "do"\ntext = "x"\n'
        'to = "$(touch pwned); `id` | & > \'a"\n',
    )
    for words in ((each, *last) for each in offers.ARGUMENTS for last in ([""],)):
        lines = run("completion", shell, *words[0].split(), *words[1:]).out
        assert harm(lines) == []
    for option in offers.OPTIONS:
        done = run("completion", shell, "list", option, "")
        assert harm(done.out + done.err) == []
        assert "Traceback" not in done.err
        if shell == "bash":
            bare = re.sub(r"\\.", "", done.out)
            assert not re.search(r"[$`;|&<>'\"() ]", bare.replace("''", ""))
    assert HOSTILE not in run("completion", shell, "list", "--person", "").out


def verbs() -> Iterator[tuple[str, Any]]:
    root: Any = typer.main.get_command(cli.app)
    ctx = root.make_context("followme", [], resilient_parsing=True)
    for verb in cli.COMMANDS:
        words = verb.split()
        command = root.get_command(ctx, words[0])
        yield verb, command.get_command(ctx, words[1]) if words[1:] else command
    yield from ((group, root.get_command(ctx, group)) for group in cli.GROUPS)


WANTED = re.compile(r"\b(ENTRY|KEY|SET|NAME|ID)\b")
"""What stands in the help for something that Tab knows."""


def test_no_argument_and_no_option_that_takes_what_tab_knows_is_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cli.Verbs, "shell_complete", lambda *given: [])
    seen, missing = set(), []
    for verb, command in verbs():
        for param in command.params:
            seen.update(param.opts)
            words = param.metavar or param.human_readable_name
            if param.param_type_name == "argument":
                known = verb in offers.ARGUMENTS or param._custom_shell_complete
            else:
                known = set(param.opts) & {*offers.OPTIONS, "--answer"} or param._custom_shell_complete
            if WANTED.search(words) and not known:
                missing.append(f"{verb} {words}")
    # A new set's name is the person's own, and so is a setting's value.
    assert sorted(missing) == ["prompts new NAME"]
    assert set(offers.OPTIONS) <= seen
    assert set(offers.ARGUMENTS) <= set(cli.COMMANDS)


def test_the_lines_for_a_shell_are_printed_and_another_shell_is_refused(run: Run):
    for shell in tab.SHELLS:
        assert run("completion", shell).out == (shipped("completion") / shell).read_text(encoding="utf-8")
    done = run("completion", "tcsh")
    assert (done.code, done.out) == (2, "")
    assert "bash, zsh or fish" in done.err


TAB_PAGE = Path(__file__).parents[1] / "docs" / "tab.md"

# --- Real Tab presses -------------------------------------------------------------------------------------

SHELLS = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}
CTRL_U = "\x15"
BEFORE = {
    "bash": "PS1='> '; source lines\r",
    "zsh": "PS1='> '; autoload -Uz compinit; compinit -u; source ./lines\r",
    "fish": "function fish_prompt; echo '> '; end; source lines\r",
}


@contextmanager
def at(run: Run, shell: str) -> Iterator[Terminal]:
    """This shell in a terminal, with followme's lines read, and a file beside that it could offer."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    (run.home / "lines").write_text(run("completion", shell).out, encoding="utf-8")
    (run.home / "a file.txt").touch()
    with Terminal(run.home, program=SHELLS[shell], rows=24, environ={"PATH": os.environ["PATH"]}) as terminal:
        terminal.keys(BEFORE[shell])
        terminal.keys("clear; echo ready\r")
        terminal.see("ready")
        yield terminal


COMPLETED = {
    "followme rem": "followme remind",
    "followme show nk": "followme show nktny",
    "followme list --person Jo": "followme list --person Jonas",
    "followme lookback weeks-sh": "followme lookback weeks-show",
    "followme promises close 2f": "followme promises close 2ftxq/p1",
    "followme reflect thr": "followme reflect three-minutes",
    "followme list --set six": "followme list --set six-questions",
    "followme demo show nk": "followme demo show nktny",
    "followme export --format ma": "followme export --format markdown",
    "followme export a": "followme export a\\ file.txt",
}
"""What is typed before Tab, and the line that stands there then."""


@pytest.mark.slow
@pytest.mark.parametrize("shell", SHELLS)
def test_a_tab_press_completes_the_word_and_two_show_what_there_is(demo: Run, shell: str):
    with at(demo, shell) as terminal:
        for typed, line in COMPLETED.items():
            terminal.keys(f"{typed}\t")
            terminal.see(line)
            terminal.keys(CTRL_U)
        terminal.keys("followme promises close \t\t")
        terminal.see("mrhb2/p1")
        if shell != "bash":
            terminal.see("book the night at the yard")
        terminal.keys("\x03")
        # A file is not what belongs there.
        terminal.keys("followme show a fi\t\t")
        terminal.wait(1.0)
        assert "a fi\n" in terminal.text + "\n"
        assert "file.txt" not in terminal.at_rest.rpartition("followme show")[2]


@pytest.mark.slow
def test_the_line_for_fzf_browses_the_entries(demo: Run):
    if not shutil.which("fzf"):
        pytest.skip("fzf is not installed")
    (line,) = re.findall(r"^followme list \| fzf .*$", TAB_PAGE.read_text(encoding="utf-8"), re.M)
    environ = {"PATH": os.environ["PATH"]}
    with Terminal(
        demo.home, "-c", line, program=("bash",), columns=120, rows=30, environ=environ
    ) as terminal:
        terminal.see("Fri, Nov 20 at 16:10")
        terminal.keys("napkin")
        terminal.see("Drew Dana two years on a napkin, with")
        terminal.see("Fri, Oct 9 at 16:10")
        terminal.keys("\r")
        terminal.see("q close")
