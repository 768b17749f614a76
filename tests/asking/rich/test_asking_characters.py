"""Moving and deleting in an answer: by characters as people see them, and to the ends of rows and paragraphs."""

from __future__ import annotations

from asking_samples import DELETE, ENTER, NEW_LINE, sat
from prompt_toolkit.data_structures import Size
from prompt_toolkit.output import DummyOutput

from followme.asking.walk import NEXT, Move
from followme.kinds.base import Field
from rows import each_row

TEXT = Field(name="reply", input="text")
LEFT, RIGHT, UP, DOWN, HOME, END = (f"\x1b[{letter}" for letter in "DCABHF")
DEL, CTRL_D, CTRL_A, CTRL_E = "\x1b[3~", "\x04", "\x01", "\x05"

CHARACTERS = {
    "letter": "e",
    "emoji": "😀",
    "family": "👨‍👩‍👧‍👦",
    "skin tone": "👍🏽",
    "worker with a skin tone": "👩🏿‍🚒",
    "flag": "🇺🇸",
    "flag of a part": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "rainbow flag": "🏳️‍🌈",
    "keycap": "1️⃣",
    "heart": "❤️",
    "accents": "e\u0323\u0301",
    "Hangul": "\u1112\u1161\u11ab",
    "Devanagari": "क्षि",
    "Thai": "กำ",
}


class Narrow(DummyOutput):
    """A screen on which an answer has ten columns."""

    def get_size(self) -> Size:
        return Size(rows=40, columns=13)


def left_by(keys: str, text: str = "", **settings: object) -> str:
    """What is in the field after these keys."""
    with sat(keys + ENTER, **settings) as sitting:
        move = sitting.ask(TEXT, text)
    assert move.action == NEXT
    return str(move.value)


N = len(CHARACTERS)
BESIDE_A = "".join(f"a{one}" for one in CHARACTERS.values())
TWICE = "".join(one + one for one in CHARACTERS.values())
"""Two of a kind are two characters, also where the second one could join the first."""


@each_row(
    ("keys", "before", "after"),
    [
        ((DELETE + LEFT) * N, BESIDE_A, "a" * N),
        (CTRL_A + (RIGHT + DEL) * N, BESIDE_A, "a" * N),
        (CTRL_A + (RIGHT + CTRL_D) * N, BESIDE_A, "a" * N),
        (DELETE * (2 * N) + "\x1f" * (2 * N), BESIDE_A, BESIDE_A),
        (
            (LEFT + "X") + (LEFT * 2 + "X") * (2 * N - 1),
            BESIDE_A,
            "".join("Xa" + f"X{one}" for one in CHARACTERS.values()),
        ),
        (CTRL_A + (RIGHT + "X") * (2 * N), BESIDE_A, "".join(f"aX{one}X" for one in CHARACTERS.values())),
        ((DELETE + LEFT) * N, TWICE, "".join(CHARACTERS.values())),
        (CTRL_A + (DEL + RIGHT) * N, TWICE, "".join(CHARACTERS.values())),
    ],
)
def test_each_key_takes_a_whole_character_and_undo_brings_it_back(keys: str, before: str, after: str):
    assert left_by(keys, before) == after


def test_line_ends_are_characters_too_and_the_ends_of_the_text_stay():
    assert left_by(HOME + DELETE + "X", "one\ntwo") == "oneXtwo"
    assert left_by(HOME + LEFT + DEL, "one\ntwo") == "onetwo"
    assert left_by(RIGHT + DEL + "X", "one") == "oneX"
    assert left_by(HOME + LEFT + DELETE + "X", "one") == "Xone"


ROWS = "aaa bbb ccc ddd\neeee fffff ggggg"
"""On ten columns: "aaa bbb" / "ccc ddd" / "eeee fffff" (which is full) / "ggggg"."""


@each_row(
    ("keys", "text"),
    [
        (HOME, "aaa bbb ccc ddd\neeee fffff Xggggg"),
        (HOME + HOME, "aaa bbb ccc ddd\nXeeee fffff ggggg"),
        (HOME + HOME + HOME, "aaa bbb ccc ddd\nXeeee fffff ggggg"),
        (UP + HOME, "aaa bbb ccc ddd\nXeeee fffff ggggg"),
        (UP + END, "aaa bbb ccc ddd\neeee fffffX ggggg"),
        (UP + END + END, "aaa bbb ccc ddd\neeee fffff gggggX"),
        (UP + END + HOME, "aaa bbb ccc ddd\nXeeee fffff ggggg"),
        (UP + UP + HOME, "aaa bbb Xccc ddd\neeee fffff ggggg"),
        (UP + UP + HOME + HOME, "Xaaa bbb ccc ddd\neeee fffff ggggg"),
        (UP + UP + UP + HOME, "Xaaa bbb ccc ddd\neeee fffff ggggg"),
        (UP + UP + UP + END, "aaa bbbX ccc ddd\neeee fffff ggggg"),
        (UP + UP + UP + END + END, "aaa bbb ccc dddX\neeee fffff ggggg"),
        (UP + UP + UP + END + END + END, "aaa bbb ccc dddX\neeee fffff ggggg"),
        (CTRL_A, "aaa bbb ccc ddd\nXeeee fffff ggggg"),
        (UP + CTRL_E, "aaa bbb ccc ddd\neeee fffff gggggX"),
    ],
)
def test_home_and_end_go_to_the_ends_of_the_row_and_pressed_twice_of_the_paragraph(keys: str, text: str):
    assert left_by(keys + "X", ROWS, screen=Narrow()) == text


def test_up_and_down_never_land_inside_a_character():
    family = CHARACTERS["family"]
    for column in range(8):
        found = left_by("a" * column + NEW_LINE + family + HOME + UP + RIGHT * column + DOWN + "X")
        assert found.split("\n")[1] in (f"X{family}", f"{family}X")
        assert len(found) == column + 1 + len(family) + 1


def test_a_number_is_moved_in_too():
    many = Field(name="reply", input="one", options=tuple("abcdefghijkl"))
    with sat("2" + HOME + "1" + END + ENTER) as sitting:
        assert sitting.ask(many) == Move(NEXT, "l")
