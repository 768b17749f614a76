"""What a terminal is told by its variables to do."""

from __future__ import annotations

from followme.screen import breaks_rows
from rows import each_row


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
