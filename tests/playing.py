"""Whole sittings in this process: followme with a keyboard whose keys are pressed, and a screen that keeps all."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import StringIO

import pytest
from prompt_toolkit.output import DummyOutput

from asking.asking_samples import fingers, footers_read
from followme import configfile
from followme.asking.rich import asker as rich
from followme.cli import main
from followme.env import Env

FRIDAY = datetime(2026, 11, 20, 16, 4, 11, tzinfo=timezone(timedelta(hours=1)))

BOTH = pytest.mark.parametrize("plain", [False, True], ids=["rich", "plain"])
"""A test with both ways to ask."""


class Screen(StringIO):
    """A stream that a person looks at."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

    @property
    def text(self) -> str:
        """What was printed, without colours."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.getvalue())


class Keyboard(Screen):
    """Gives the typed lines one by one, and shows each where it was typed."""

    def __init__(self, lines: Sequence[str], screen: Screen) -> None:
        super().__init__()
        self._lines = list(lines)
        self._screen = screen

    def readline(self, size: int = -1) -> str:
        if not self._lines:
            return ""
        line = self._lines.pop(0)
        self._screen.write(line + "\n")
        return line + "\n"


@dataclass(frozen=True)
class Played:
    """What a command line came to: its exit code, and all that was printed."""

    code: int
    text: str


def play(
    argv: Sequence[str],
    keys: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    lines: Sequence[str] = (),
    screen: Screen | None = None,
    hear: Callable[[str], None] = lambda keys: None,
    now: datetime = FRIDAY,
    seed: int = 7,
) -> Played:
    """Run one command line while a person presses keys, or types lines where it is asked line by line.

    `seed` is what chance begins with; of two runs with the same one, entries have the same tail.
    """
    screen = screen or Screen()
    env = Env(
        environ={"TERM": "xterm"},
        stdin=Keyboard(lines, screen),
        stdout=screen,
        stderr=screen,
        now=lambda: now,
        clock=lambda: 0.0,
        chance=random.Random(seed),
        read_config=configfile.load,
    )
    with fingers(*keys, hear=hear) as found, monkeypatch.context() as patch:
        patch.setattr(rich, "create_input", lambda: found.pipe)
        patch.setattr(rich, "create_output", lambda stdout: DummyOutput())
        with footers_read(screen, found):
            return Played(main(argv, env), screen.text)
