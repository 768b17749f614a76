"""The strip as it is drawn: wide and narrow, in ASCII, and as a sentence where nothing is drawn."""

from __future__ import annotations

from io import StringIO

import pytest

from followme.insight.strip import BREAK, DONE, LATE, MISSED
from followme.screen import Screen
from followme.views.strip import draw
from followme.views.terminal import Printer

STATES = (DONE, LATE, BREAK, MISSED, DONE)
WIDE = "Reflections in the last 5 weeks:\n■ ◩ – □ ■\n■ 2 done   ◩ 1 late   – 1 break   □ 1 missed\n"
NARROW = "Reflections in the last 5 weeks:\n■ ◩ – □ ■\n■ 2 done\n◩ 1 late\n– 1 break\n□ 1 missed\n"
ASCII = "Reflections in the last 5 weeks:\n# + - o #\n# 2 done   + 1 late   - 1 break   o 1 missed\n"
SENTENCE = "Reflections in the last 5 weeks: 2 done, 1 late, 1 break and 1 missed.\n"


@pytest.mark.parametrize(
    ("columns", "ascii_only", "plain", "drawn"),
    [
        (80, False, False, WIDE),
        (40, False, False, NARROW),
        (80, True, False, ASCII),
        (80, False, True, SENTENCE),
    ],
    ids=["wide", "narrow", "ASCII", "plain"],
)
def test_every_state_has_a_sign_of_its_own_and_its_count(columns: int, ascii_only: bool, plain: bool, drawn):
    stream = StringIO()
    screen = Screen(stream, True, not plain, False, not ascii_only, columns, lambda command: "followme")
    draw(STATES, Printer(screen), screen)
    assert plain_text(stream) == drawn


def plain_text(stream: StringIO) -> str:
    return stream.getvalue().replace("\x1b[2m", "").replace("\x1b[0m", "")
