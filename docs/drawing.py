"""Draws screens of a terminal as SVG, light or dark as the reader's system is: one screen, or a film of many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape

import pyte
from pyte.screens import Char

WIDE, HIGH = 10, 22
"""The size of a cell in pixels. The usual fonts are 0.6 wide; `textLength` holds the others to it."""

EDGE, BAR = 18, 40
"""Pixels around the screen, and above it, where the title stands."""

PALETTE = """\
.page { fill: #ffffff; stroke: #c9d1d9 }
.ink { fill: #1f2328 }
.dim { fill: #656d76 }
.back { fill: #ffffff }
@media (prefers-color-scheme: dark) {
.page { fill: #161b22; stroke: #484f58 }
.ink { fill: #e6edf3 }
.dim { fill: #8d96a0 }
.back { fill: #161b22 }
}
"""

FONT = """\
.cells { font: 16.6px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace }
text { white-space: pre }
.name { font: 14px ui-sans-serif, system-ui, sans-serif }
.b { font-weight: bold }
.i { font-style: italic }
"""

CLASSES = {"default": "ink", "brightblack": "dim", "back": "back"}
"""The class for each color by name. Others come as six digits, and stay as they are on light and on dark."""


@dataclass(frozen=True)
class Look:
    """How a run of cells looks: colors of letters and ground, bold, italic."""

    ink: str
    back: str
    face: str


Row = tuple[Char, ...]
Sight = tuple[Row, ...]


def sight(screen: pyte.Screen) -> Sight:
    """Return the rows of a screen as they stand, with the cursor where it is seen."""
    rows = [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]
    cursor = screen.cursor
    if not cursor.hidden and cursor.x < screen.columns:
        cell = rows[cursor.y][cursor.x]
        rows[cursor.y][cursor.x] = cell._replace(reverse=not cell.reverse)
    return tuple(tuple(row) for row in rows)


def still(seen: Sight, title: str, about: str) -> str:
    """Return one screen as SVG; rows below the last words are left away."""
    while not any(cell.data.strip() or cell.reverse for cell in seen[-1]):
        seen = seen[:-1]
    rows = (part for y, row in enumerate(seen) for part in _row(row, y * HIGH))
    return _page(seen, title, about, "", rows)


def film(scenes: Sequence[tuple[Sight, float]], title: str, about: str) -> str:
    """Return screens as one moving SVG, each with the seconds that it stays; a row that comes again is drawn once.

    All screens stand side by side, and a step of the animation moves the next one into view. Where a reader wants
    no motion, or the viewer knows none, the last one stands.
    """
    pitch = len(scenes[0][0][0]) * WIDE + EDGE
    known: dict[Row, str] = {}
    frames = [_frame(seen, at * pitch, known) for at, (seen, _) in enumerate(scenes)]
    drawn = (line for row, name in known.items() for line in (f'<g id="{name}">', *_row(row, 0), "</g>"))
    style = _moves([seconds for _, seconds in scenes], pitch)
    film = ("<defs>", *drawn, "</defs>", '<g class="film">', *frames, "</g>")
    return _page(scenes[0][0], title, about, style, iter(film))


def _frame(seen: Sight, x: int, known: dict[Row, str]) -> str:
    """One screen of a film, made of rows that `known` names."""
    uses = []
    for y, row in enumerate(seen):
        if any(cell.data.strip() or cell.reverse for cell in row):
            name = known.setdefault(row, f"r{len(known)}")
            uses.append(f'<use href="#{name}" y="{y * HIGH}"/>')
    return f'<g transform="translate({x})">{"".join(uses)}</g>'


def _moves(stays: Sequence[float], pitch: int) -> str:
    """The steps of a film as CSS."""
    whole, now, steps = sum(stays), 0.0, []
    for at, seconds in enumerate(stays):
        steps.append(f"{now / whole:.3%} {{ transform: translateX({-at * pitch}px) }}")
        now += seconds
    last = f"transform: translateX({-(len(stays) - 1) * pitch}px)"
    return "\n".join(
        (
            f".film {{ {last}; animation: film {whole:.1f}s step-end infinite }}",
            "@media (prefers-reduced-motion: reduce) { .film { animation: none } }",
            "@keyframes film {",
            *steps,
            "}\n",
        )
    )


def _page(seen: Sight, title: str, about: str, style: str, inside: Iterator[str]) -> str:
    """The window around what is drawn, of the size of this screen."""
    width, height = len(seen[0]) * WIDE, len(seen) * HIGH
    across, down = width + 2 * EDGE, height + BAR + EDGE
    lines = (
        f'<svg viewBox="0 0 {across} {down}" width="{across}" xmlns="http://www.w3.org/2000/svg" role="img">',
        "<!-- Made by docs/make_screens.py -->",
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(about)}</desc>",
        f"<style>\n{PALETTE}{FONT}{style}</style>",
        f'<rect class="page" x="0.5" y="0.5" width="{across - 1}" height="{down - 1}" rx="8"/>',
        *(
            f'<circle cx="{20 + 20 * at}" cy="19" r="6" fill="{color}"/>'
            for at, color in enumerate(("#ff5f57", "#febc2e", "#28c840"))
        ),
        f'<text class="name dim" x="{across // 2}" y="24" text-anchor="middle">{escape(title)}</text>',
        f'<svg class="cells" x="{EDGE}" y="{BAR}" width="{width}" height="{height}" xml:space="preserve">',
        *inside,
        "</svg>",
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def _row(row: Row, y: int) -> Iterator[str]:
    """The parts of one row: grounds first, then words, with the blanks around them left away."""
    runs, x = [], 0
    for look, cells in groupby(row, _look):
        words = "".join(cell.data for cell in cells)
        runs.append((look, words, x))
        x += len(words) * WIDE
    for look, words, x in runs:
        if look.back:
            yield f'<rect {_paint(look.back)} x="{x}" y="{y}" width="{len(words) * WIDE}" height="{HIGH}"/>'
    for look, words, x in runs:
        yield from _words(look, words, x, y)


def _words(look: Look, words: str, x: int, y: int) -> Iterator[str]:
    """Words of one look. A bar at the left of what someone wrote reaches from row to row, as terminals draw it."""
    bare = words.lstrip()
    x += (len(words) - len(bare)) * WIDE
    if bare.startswith("▎"):
        yield f'<rect {_paint(look.ink)} x="{x}" y="{y}" width="3" height="{HIGH}"/>'
        yield from _words(look, f" {bare[1:]}", x, y)
    elif bare := bare.rstrip():
        paint = _paint(look.ink, look.face)
        yield f'<text {paint} x="{x}" y="{y + 16}" textLength="{len(bare) * WIDE}">{escape(bare)}</text>'


def _look(cell: Char) -> Look:
    ink, back = cell.fg, cell.bg if cell.bg != "default" else ""
    if cell.reverse:
        ink, back = back or "back", ink
    return Look(ink, back, " ".join(("b",) * cell.bold + ("i",) * cell.italics))


def _paint(color: str, face: str = "") -> str:
    """A color and a face as attributes. Raises KeyError for a color that has no place in the palette."""
    named = "" if re.fullmatch("[0-9a-f]{6}", color) else CLASSES[color]
    classes = " ".join(filter(None, (named, face)))
    return " ".join(
        (f'class="{classes}"',) * bool(classes) + (f'fill="#{color}"',) * (not named),
    )
