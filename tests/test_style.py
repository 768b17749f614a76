"""The visual language can be read on every common theme, and no screen has a style of its own."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from followme import style
from followme.asking.rich.rows import columns_of
from followme.asking.wrap import cells, rows
from rows import each_row
from source import nodes_in

SOURCE = Path(style.__file__).parent
LEAST = 4.5
"""The contrast that words need, WCAG 2 at level AA."""

NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
ANSI = (*NAMES, *(f"bright_{name}" for name in NAMES))
XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
MAC = (
    "000000 c23621 25bc24 adad27 492ee1 d338d3 33bbc8 cbcccd "
    "818383 fc391f 31e722 eaec23 5833ff f935f8 14f0f0 e9ebeb"
)
CAMPBELL = (
    "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
    "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2"
)
CODE_DARK = (
    "000000 cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd e5e5e5 "
    "666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db e5e5e5"
)
CODE_LIGHT = (
    "000000 cd3131 00bc00 949800 0451a5 bc05bc 0598bc 555555 "
    "666666 cd3131 14ce14 b5ba00 0451a5 bc05bc 0598bc a5a5a5"
)
GNOME = (
    "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc "
    "5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff"
)
SOLARIZED = (
    "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 "
    "002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"
)
THEMES = {
    "xterm, light": ("000000", "ffffff", XTERM),
    "xterm, dark": ("e5e5e5", "000000", XTERM),
    "Terminal.app, Basic": ("000000", "ffffff", MAC),
    "Terminal.app, Pro": ("f2f2f2", "000000", MAC),
    "Windows, Campbell": ("cccccc", "0c0c0c", CAMPBELL),
    "Windows, PowerShell": ("eeedf0", "012456", CAMPBELL),
    "VS Code, dark": ("cccccc", "1f1f1f", CODE_DARK),
    "VS Code, light": ("3b3b3b", "ffffff", CODE_LIGHT),
    "GNOME, dark": ("d0cfcc", "171421", GNOME),
    "GNOME, light": ("171421", "ffffff", GNOME),
    "Solarized, dark": ("839496", "002b36", SOLARIZED),
    "Solarized, light": ("657b83", "fdf6e3", SOLARIZED),
}
"""Each theme with the color of its words, its background, and its sixteen colors, as it comes."""

Color = tuple[float, float, float]


@dataclass(frozen=True)
class Theme:
    """A theme's own colors."""

    words: Color
    ground: Color
    named: dict[str, Color]

    def contrast(self, look: str) -> float:
        """The contrast of words in a style against what is behind them."""
        words, ground, parts = self.words, self.ground, look.split()
        for part in parts:
            words = color(part[1:]) if part.startswith("#") else self.named.get(part, words)
        if "reverse" in parts:
            words, ground = ground, words
        if "dim" in parts:
            # As most terminals do it: half way to the background.
            words = tuple((a + b) / 2 for a, b in zip(words, ground, strict=True))
        light, dark = sorted((luminance(words), luminance(ground)), reverse=True)
        return (light + 0.05) / (dark + 0.05)


def color(hexadecimal: str) -> Color:
    red, green, blue = (int(hexadecimal[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def luminance(rgb: Color) -> float:
    """The relative luminance of WCAG 2."""
    red, green, blue = (v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def theme(name: str) -> Theme:
    words, ground, sixteen = THEMES[name]
    return Theme(color(words), color(ground), dict(zip(ANSI, map(color, sixteen.split()), strict=True)))


def test_contrast_is_computed_as_it_was_measured():
    assert theme("xterm, light").contrast("bold cyan") == pytest.approx(1.98, abs=0.01)
    assert theme("Solarized, dark").contrast("bright_black") == 1
    assert theme("xterm, light").contrast("") == 21 == theme("xterm, light").contrast("reverse bold")
    assert theme("Solarized, light").contrast("") < LEAST


@each_row("name", list(THEMES))
def test_every_style_can_be_read_on_every_common_theme(name):
    on = theme(name)
    least = min(LEAST, on.contrast(""))
    faint = {look: on.contrast(look) for look in style.STYLES if on.contrast(look) < least}
    assert faint == {}
    # A drawn line needs less, and says nothing that words beside it do not say.
    assert on.contrast(style.ACCENT) >= 3


LOOK = re.compile(
    rf"(?:(?:bold|dim|italic|underline|reverse|blink|strike|(?:fg:|bg:|on )?(?:ansi)?(?:{'|'.join(ANSI)})|"
    r"(?:fg:|bg:|on )?#[0-9a-f]{6})(?: |$))+"
)


def looks(file: Path) -> list[str]:
    """The styles that a file spells out itself."""
    words = [node.value for node in nodes_in(file) if isinstance(node, ast.Constant)]
    return [word for word in words if isinstance(word, str) and LOOK.fullmatch(word)]


def test_no_screen_has_a_style_of_its_own():
    own = {file.relative_to(SOURCE).as_posix(): looks(file) for file in SOURCE.rglob("*.py")}
    assert {name for name, spelled in own.items() if spelled} == {"style.py"}
    assert {style.REPEATED, style.ACCENT} <= set(own["style.py"])


def test_the_marks_have_a_form_in_ascii_of_the_same_width():
    fine, plain = style.marks(unicode=True), style.marks(unicode=False)
    for name in ("bar", "done", "left", "dot"):
        assert columns_of(getattr(fine, name)) == len(getattr(plain, name)) == 1
    assert "".join((plain.before, plain.done, plain.left, plain.dot, plain.gap)).isascii()


@each_row(("number", "count"), [(1, 8), (8, 8), (1, 1), (3, 2), (1, 300)])
@each_row("columns", [40, 80, 120])
def test_the_progress_bar_is_full_at_the_last_question_and_always_as_long(number, count, columns):
    done, left = style.progress(number, count, columns)
    assert done + left == style.progress(1, 1, columns)[0] < columns / 3
    assert (left == 0) == (number >= count)


@each_row("columns", [4, 7, 20, 37, 77])
@each_row(
    "text", ["", "one", "one  two three \n\n four", "a" * 30 + " b", "שלום 日本語 word " * 9, "x " * 60]
)
def test_what_is_typed_keeps_its_rows_when_it_becomes_the_answer(columns, text):
    shown = rows(text, columns, columns_of)
    places = dict.fromkeys(range(len(shown)), "")
    for (row, _), sign in zip(cells(text, columns, columns_of), text, strict=False):
        if sign.strip():
            places[row] += sign
    assert ["".join(row.split()) for row in shown] == list(places.values())
    assert all(sum(map(columns_of, row)) <= max(columns, 2) for row in shown)


def drawn(low: int, high: int, ends: tuple[str, str], chosen: int | None, columns: int) -> list[str]:
    """The rows of a scale as they are read; what is filled stands in brackets."""
    found = style.steps(low, high, ends, chosen, columns, len)
    assert all(
        look == (style.CHOSEN if words.startswith("[") else "") for row in found for look, words in row
    )
    return ["".join(words for _, words in row) for row in found]


def test_a_scale_is_a_row_of_steps_with_its_end_words_under_its_ends():
    assert drawn(0, 5, ("no days", "every day"), 4, 77) == [
        " 0   1   2   3  [4]  5",
        " no days     every day",
    ]
    assert drawn(-5, 5, ("worse", "better"), -5, 37) == [
        "[-5]-4 -3 -2 -1  0  1  2  3  4  5",
        " worse                     better",
    ]
    assert drawn(0, 10, ("not at all", "as much as there can be"), 10, 37) == [
        "  0  1  2  3  4  5  6  7  8  9[10]",
        " not at all",
        "          as much as there can be",
    ]
    # Longer words make a wider row where there is room.
    assert drawn(1, 3, ("the team decided", "I decided alone"), None, 77)[0] == f" 1{' ' * 15}2{' ' * 15}3"
    assert drawn(0, 11, ("no", "yes"), 4, 77) == drawn(-100, -90, ("no", "yes"), -95, 37) == []


@each_row("columns", [17, 37, 77, 117])
@each_row("low", [-100, -12, -5, 0, 1, 95])
@each_row("count", [1, 2, 5, 10])
def test_every_step_stays_in_its_column_whichever_is_chosen(columns, low, count):
    ends = ("no days", "every day")
    empty = drawn(low, low + count, ends, None, columns)
    for chosen in range(low, low + count + 1):
        rows_ = drawn(low, low + count, ends, chosen, columns)
        assert [row.replace("[", " ").replace("]", " ").rstrip() for row in rows_] == empty
        assert all(len(row) <= columns for row in rows_)
        assert not rows_ or f"[{chosen}]" in rows_[0]
