"""Help and usage errors: names stay whole at every width, the first page fits a small terminal, no boxes anywhere."""

from __future__ import annotations

import re

import pytest

from followme import cli
from followme.cli import COMMANDS, GROUPS
from followme.shell.help_pages import PANELS, USUAL
from rows import each_row, first_quick

PAGES = ["-h", "help all", *(f"{verb} -h" for verb in (*COMMANDS, *GROUPS))]
WRONG = ["lst", "list --jsn", "list -n 0", "prompts chek", "help lst"]
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
BOXES = re.compile("[\u2500-\u257f]")


@pytest.fixture
def wide(run, monkeypatch):
    """Run a command line in so many columns, as a terminal that shows styles."""

    def at(columns: int, line: str, **environ: str):
        monkeypatch.setenv("COLUMNS", str(columns))
        return run(*line.split(), environ={"FORCE_COLOR": "1", **environ})

    return at


def names_of(page: str) -> set[str]:
    """All options and verbs of a page that has room for everything."""
    rows = [line.strip() for line in page.splitlines() if line.startswith("  ")]
    return {word.strip(",") for row in rows for word in row.partition("  ")[0].split()}


@pytest.mark.parametrize("columns", first_quick([30, 40, 80]))
@each_row("line", PAGES)
def test_no_name_is_cut_and_no_word_broken(wide, line, columns):
    broad = ESCAPE.sub("", wide(100, line).out)
    longest = max(len(word) for word in broad.split()) + 6
    page = ESCAPE.sub("", wide(columns, line).out)
    assert names_of(broad) <= set(page.replace(",", " ").split())
    assert page.split() == broad.split()
    assert max(map(len, page.splitlines())) <= max(columns, longest)


@each_row("line", [*PAGES, *WRONG])
def test_plain_help_and_errors_are_lines_without_boxes_or_escape_sequences(wide, line):
    plain, styled = wide(80, f"--plain {line}"), wide(80, line)
    assert "\x1b" not in plain.out + plain.err
    assert not BOXES.search(styled.out + styled.err)
    assert ESCAPE.sub("", styled.out) == plain.out
    assert styled.code == (2 if line in WRONG else 0)


FEW = ["-h", "list -h", *WRONG[:2]]


@pytest.mark.parametrize("lines", first_quick([FEW, [*PAGES, *WRONG]]), ids=["few", "all"])
def test_every_way_to_ask_for_plain_pages_gives_the_same(wide, lines):
    for line in lines:
        plain = wide(80, f"--plain {line}")
        assert wide(80, f"{line} --plain") == plain
        for name, value in (("ACCESSIBLE", "1"), ("FOLLOWME_PLAIN", "1"), ("TERM", "dumb")):
            assert wide(80, line, **{name: value}) == plain, (line, name)


def test_the_first_page_fits_a_small_terminal_with_every_verb_of_most_weeks(wide, monkeypatch):
    later = {verb: COMMANDS["list"] for verb in USUAL if verb not in {**COMMANDS, **GROUPS}}
    monkeypatch.setattr(cli, "COMMANDS", COMMANDS | later)
    page = wide(80, "-h").out
    assert len(page.splitlines()) < 24
    shown = re.findall(r"^  (\S+) ", ESCAPE.sub("", page), re.M)
    assert shown == [*USUAL, "followme", "followme"]
    assert all(words in page for words in ("followme help VERB", "followme help all"))


def test_the_first_page_leaves_out_what_is_not_there(run):
    shown = re.findall(r"^  (\w+) ", run("-h").out, re.M)
    assert shown[:-2] == [verb for verb in USUAL if verb in COMMANDS or verb in GROUPS]


def test_help_of_everything_lists_every_verb_in_its_panel(run):
    page = run("help", "all").out
    assert re.findall(r"^([A-Z][a-z ]+)$", page, re.M) == [*PANELS, "Global options"]
    assert [verb for verb in {*COMMANDS, *GROUPS} if not re.search(rf"^  {verb} ", page, re.M)] == []
    assert [panel for _, panel in COMMANDS.values() if panel and panel not in PANELS] == []
    assert all(f"  {option}" in page for option in ("--journal", "--yes", "-V, --version", "-h, --help"))


@each_row("verb", ["", "reflect", "prompts", "prompts new", "help"])
def test_help_names_a_verb_as_its_option_does(run, verb):
    asked, option = run("help", *verb.split()), run(*verb.split(), "-h")
    assert (asked.code, asked.err) == (0, "")
    assert asked.out.rstrip() == option.out.rstrip()


@each_row(
    ("line", "said"),
    [
        ("help lst", "No such command 'lst'. Did you mean 'list'? For help:\n  followme -h\n"),
        (
            "help prompts chek",
            "No such command 'chek'. Did you mean 'check'? For help:\n  followme prompts -h\n",
        ),
        ("reflect --week", "Option '--week' requires an argument. For help:\n  followme reflect -h\n"),
        ("list extra", "Got unexpected extra argument(s) (extra). For help:\n  followme list -h\n"),
    ],
)
def test_a_usage_error_is_a_sentence_and_the_help_to_ask_for(run, line, said):
    done = run(*line.split())
    assert (done.code, done.out, done.err) == (2, "", said)


@each_row(
    ("typed", "offered"),
    [("help re", {"reflect", "remind"}), ("help a", {"all"}), ("d", {"delete", "demo", "doctor", "due"})],
)
def test_the_shell_completes_the_verbs(run, typed, offered):
    done = run("completion", "bash", *typed.split())
    assert set(done.out.split()) == offered
