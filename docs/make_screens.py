"""Makes the pictures in docs/images from real screens: `python docs/make_screens.py [FOLDER]` writes them all.

Each is followme itself, run in a terminal of 24 rows and 80 columns with an empty home, a journal of two weeks
and a clock that stands still, so the same code gives the same bytes. Needs the `test` extra and a POSIX system.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from io import StringIO
from itertools import groupby
from pathlib import Path

import pyte
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

DOCS = Path(__file__).parent
IMAGES = DOCS / "images"
JOURNAL = DOCS / "sample-journal.toml"

COLUMNS, MARGIN = 80, 1
MOMENT = "2026-11-27T16:05:00+01:00"
PATIENCE = 20.0
"""Seconds until a screen that does not come is given up."""

QUIET = 0.3
"""Seconds without a sign after which a screen is taken as finished."""

MADE_WITH = f"rich {version('rich')}"


@dataclass(frozen=True)
class Picture:
    """One picture: the words of the command, then pairs of what to wait for and what to type, and the last sight."""

    words: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    last: str
    title: str
    rows: int = 24


PICTURES = {
    "promise.svg": Picture(
        words=("reflect",),
        keys=(("What became of each?", "k"),),
        last="● kept",
        title="followme reflect, in week two",
    ),
    "show.svg": Picture(
        words=("--no-pager", "show", "last"),
        keys=(),
        last="let Chris run it",
        title="followme show last",
        rows=40,
    ),
}


class Terminal(pyte.Screen):
    """A screen that answers where its cursor is, as a real one does, and that knows dim letters."""

    def __init__(self, rows: int, answer: Callable[[bytes], object]) -> None:
        super().__init__(COLUMNS, rows)
        self._answer = answer

    def write_process_input(self, data: str) -> None:
        """Send what the terminal says by itself to the program."""
        self._answer(data.encode())

    def select_graphic_rendition(self, *attrs: int, **settings: object) -> None:
        """Show faint letters as grey ones, since pyte has no faint."""
        super().select_graphic_rendition(*(90 if code == 2 else code for code in attrs), **settings)

    def shows(self, words: str) -> bool:
        """Whether these words stand on the screen, wherever its lines break."""
        return words in " ".join(" ".join(self.display).split())


class Sitting:
    """followme running in a terminal of its own, in a home of its own."""

    def __init__(self, words: tuple[str, ...], home: Path, rows: int) -> None:
        self._door, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", rows, COLUMNS, 0, 0))
        command = [sys.executable, str(DOCS / "frozen.py"), MOMENT, "--journal", str(home / "journal.toml")]
        self._program = subprocess.Popen(
            [*command, *words],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=_world(home),
            start_new_session=True,
        )
        os.close(inside)
        self.terminal = Terminal(rows, lambda data: os.write(self._door, data))
        self._stream = pyte.ByteStream(self.terminal)

    def wait_for(self, words: str) -> None:
        """Read until these words stand there and nothing more comes. Raises TimeoutError, with the screen."""
        until = time.monotonic() + PATIENCE
        while self._read() or not self.terminal.shows(words):
            if time.monotonic() > until:
                raise TimeoutError(f"{words!r} did not come:\n" + "\n".join(self.terminal.display))

    def type(self, keys: str) -> None:
        """Press these keys."""
        os.write(self._door, keys.encode())

    def end(self) -> None:
        """Stop the program where it stands."""
        self._program.kill()
        self._program.wait()
        os.close(self._door)

    def _read(self) -> bool:
        """Take in what comes; false once it is quiet, or the program has ended."""
        if not select.select([self._door], [], [], QUIET)[0]:
            return False
        try:
            data = os.read(self._door, 65536)
        except OSError:  # Linux says so when the program has ended.
            return False
        self._stream.feed(data)
        return bool(data)


def _world(home: Path) -> dict[str, str]:
    """The whole environment of the program; nothing of whoever runs this gets in."""
    folders = {name: str(home / name) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        **folders,
    }


# --- From a screen to a picture ---------------------------------------------------------------------------

NIGHT, CLOUD, GREY, SNOW = (22, 27, 34), (226, 232, 240), (139, 148, 161), (255, 255, 255)
RED, GREEN, YELLOW = (248, 113, 113), (134, 207, 144), (240, 200, 110)
BLUE, MAGENTA, CYAN = (120, 170, 245), (200, 150, 235), (103, 205, 214)
HUES = (RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN)
THEME = TerminalTheme(NIGHT, CLOUD, [NIGHT, *HUES, CLOUD], [GREY, *HUES, SNOW])

PAGE = """\
<svg viewBox="0 0 {width} {height}" width="{width}" xmlns="http://www.w3.org/2000/svg" role="img">
<!-- Made by docs/make_screens.py with MADE_WITH -->
<title>TITLE</title>
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace }}
.{unique_id}-title {{ font: 15px ui-sans-serif, system-ui, sans-serif; opacity: 0.7 }}
{styles}
</style>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">{matrix}
</g>
</g>
</svg>
"""


def picture(terminal: Terminal, title: str, name: str) -> str:
    """The screen as SVG, with no font and no address from elsewhere."""
    columns = COLUMNS + 2 * MARGIN
    console = Console(
        record=True, width=columns, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    rows = [_row(terminal, number) for number in range(terminal.lines)]
    while not rows[-1].plain.strip():
        rows.pop()
    for row in (*rows, ""):
        console.print(" " * MARGIN, row, sep="", no_wrap=True, overflow="crop")
    page = PAGE.replace("MADE_WITH", MADE_WITH).replace("TITLE", title)
    return _tidy(console.export_svg(title=title, theme=THEME, code_format=page, unique_id=name))


def _tidy(svg: str) -> str:
    """The same picture for people who read the file: a line an element, plain blanks, short numbers."""
    svg = (
        re.sub(r'<text [^>]*>\n</text>| clip-path="[^"]*"', "", svg)
        .replace("&#160;", " ")
        .replace("<text ", "\n<text ")
    )
    svg = svg.replace("<text ", "\n<text ")
    svg = re.sub(r"\d+\.\d{5,}", lambda number: f"{float(number[0]):.1f}", svg)
    return "\n".join(line.strip() for line in svg.splitlines() if line.strip()) + "\n"


def _row(terminal: Terminal, number: int) -> Text:
    """One row of the screen. Blanks before and after its words stand apart, so that no viewer drops them."""
    cells = [terminal.buffer[number][column] for column in range(COLUMNS)]
    if not terminal.cursor.hidden and terminal.cursor.y == number:
        here = terminal.cursor.x
        cells[here] = cells[here]._replace(reverse=True)
    row = Text()
    for style, run in groupby(cells, _style):
        words = "".join(cell.data for cell in run)
        for part in re.findall(r"^ +|\S.*?(?= *$)| +$", words):
            row.append(part, style)
    return row


def _style(cell: pyte.screens.Char) -> Style:
    return Style(color=_color(cell.fg), bold=cell.bold, italic=cell.italics, reverse=cell.reverse)


def _color(name: str) -> str | None:
    """pyte's name of a color as rich calls it."""
    if re.fullmatch("[0-9a-f]{6}", name):
        return f"#{name}"
    return {"default": None, "brightblack": "bright_black", "brown": "yellow"}.get(name, name)


def make(name: str) -> str:
    """One picture of PICTURES, as the text of its file."""
    wanted = PICTURES[name]
    with tempfile.TemporaryDirectory() as place:
        shutil.copy(JOURNAL, Path(place) / "journal.toml")
        sitting = Sitting(wanted.words, Path(place), wanted.rows)
        try:
            for sight, keys in wanted.keys:
                sitting.wait_for(sight)
                sitting.type(keys)
            sitting.wait_for(wanted.last)
        finally:
            sitting.end()
        return picture(sitting.terminal, wanted.title, name.removesuffix(".svg"))


def main(folder: Path) -> None:
    """Write all pictures into a folder."""
    for name in PICTURES:
        (folder / name).write_bytes(make(name).encode())
        print(f"{folder / name} is made.")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
