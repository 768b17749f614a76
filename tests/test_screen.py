"""What a terminal is told by its variables to do."""

from __future__ import annotations

import shlex
from io import StringIO

from asking_samples import sat

from followme.screen import Screen, between_folders, breaks_rows, command_row, rows_of
from followme.views.opening import first_run
from followme.views.terminal import Printer
from rows import each_row

try:
    import pyte
except ImportError:
    pyte = None


@each_row(
    ("environ", "breaks"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({}, True),
        ({"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(390)"}, False),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "st-256color"}, False),
        ({"TERM": "linux"}, False),
        # tmux inside xterm, and under the name that it had from screen
        (
            {"TERM": "screen-256color", "XTERM_VERSION": "XTerm(390)", "TMUX": "/tmp/tmux-1000/default,1,0"},
            True,
        ),
    ],
)
def test_most_terminals_break_rows_and_a_few_cut_them_off(environ: dict[str, str], breaks: bool):
    assert breaks_rows(environ) is breaks


PATH = "/home/katrin/Library/Application-Support/followme/journal.toml"


def shown(columns: int) -> list[list[str]]:
    """The rows of a sentence with a path in a view, in the asker, and in an error."""
    stream = StringIO()
    screen = Screen(stream, True, False, False, True, columns, str)
    first_run(PATH, screen)
    Printer(screen).line(f"The journal {PATH} could not be written.")
    with sat(columns=columns) as sitting:
        sitting.asker.complain(f"The journal {PATH} could not be written.")
        sitting.asker.tell(PATH)
    told = rows_of(f"The journal {PATH} could not be written.", columns)
    return [stream.getvalue().split("\n"), sitting.printed.split("\n"), told]


def test_a_path_is_never_broken_and_stands_on_a_row_of_its_own():
    printed, asked, told = shown(40)
    assert printed.count(f"  {PATH}") == printed.count(PATH) == 1
    assert asked.count(PATH) == 1
    assert any(row.strip() == PATH and row != PATH for row in asked)
    assert told == ["The journal", PATH, "could not be written."]
    assert all(len(row) <= 40 or row.strip() == PATH for row in (*printed, *asked, *told))


@each_row(
    ("path", "pieces"),
    [
        (PATH, "/home/katrin/Library/ Application-Support/followme/ journal.toml"),
        (
            r"C:\Users\katrin\Documents\followme\journal.toml",
            r"C:\Users\katrin\Documents\ followme\journal.toml",
        ),
        ("/home/katrin", "/home/katrin"),
        (f"/home/{'k' * 40}/x", f"/home/ {'k' * 40}/ x"),
    ],
)
def test_where_a_row_has_no_room_for_a_path_it_is_broken_after_a_folder(path, pieces):
    assert between_folders(f"The journal {path} is full.", 30) == f"The journal {pieces} is full."


def test_a_path_in_the_footer_is_broken_after_a_folder():
    with sat(columns=40) as sitting:
        rows = sitting.asker._paper.rows(f"The journal {PATH} could not be written.", columns=40)
    assert rows == [
        "The journal /home/katrin/Library/",
        "Application-Support/followme/",
        "journal.toml could not be written.",
    ]


def test_other_long_words_are_broken_at_the_end_of_a_row():
    assert rows_of("a " + "b" * 50, 40) == ["a " + "b" * 38, "b" * 12]


def test_later_rows_are_below_the_words_of_an_item_or_behind_a_label():
    assert rows_of("- remove one thing and another", 20) == ["- remove one thing", "  and another"]
    assert rows_of("  was: one thing and another", 20) == ["  was: one thing and", "       another"]
    assert rows_of("This would go: one and another", 20) == ["This would go: one", "and another"]


LONG = "followme --journal '/home/a b/my journal.toml' promises close k7q2m/p1 --kept"


@each_row(
    ("line", "columns"),
    [
        (LONG, 40),
        (LONG, 80),
        (LONG, 200),
        ("followme show last", 20),
        ("followme edit last " + "x" * 30, 24),
        ("a" * 18 + " b", 20),
    ],
)
def test_a_command_breaks_between_its_arguments_and_stays_one_line_to_paste(line: str, columns: int):
    row = command_row(line, columns, 2)
    assert shlex.split(row) == shlex.split(line)
    assert row.startswith("  " + line.split()[0])
    if len(line) + 2 <= columns:
        assert row == f"  {line}"
    # Windows has no pyte to show it.
    if pyte:
        screen = pyte.Screen(columns, 12)
        pyte.Stream(screen).feed(row)
        shown = "\n".join(each.rstrip() for each in screen.display)
        assert all(word in shown for word in shlex_quoted(line) if len(word) < columns)


def shlex_quoted(line: str) -> list[str]:
    return [shlex.quote(word) for word in shlex.split(line)]
