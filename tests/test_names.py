"""Names in texts: marks, fields with names alone, and known names as whole words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from followme.names import Known, listed, marked, same_name, spelled, unmarked
from rows import each_row


@each_row(
    ("typed", "name"),
    [
        ("@Ana", "Ana"),
        (" @Ana_Ruiz ", "Ana Ruiz"),
        ("Ana", "Ana"),
        ("the team", "the team"),
        ("@all", "@all"),
        ("@", "@"),
    ],
)
def test_a_name_typed_alone_needs_no_mark(typed: str, name: str):
    assert unmarked(typed) == name


@each_row(
    ("text", "names"),
    [
        ("@Dana", ["Dana"]),
        ("Told @Dana's team, (@Ben) and [@Zoë_Ruiz]: done", ["Dana", "Ben", "Zoë Ruiz"]),
        ("@O'Neill’s plan\n@Ana-Lena.", ["O'Neill", "Ana-Lena"]),
        ("dana@corp.example, @dana.fox, @dana@x, x@Dana, @2fast, @Dana2", []),
        ("@all @Here @channel @ @- @_", []),
        ("@José and @Jose\u0301!", ["José", "Jose\u0301"]),
    ],
)
def test_a_mark_is_an_at_sign_before_letters(text: str, names: list[str]):
    assert [spelled(text, spot) for spot in marked(text)] == names


@each_row(
    ("text", "names"),
    [
        (" Ana  Ruiz ", ["Ana Ruiz"]),
        ("Ana and Ben", ["Ana", "Ben"]),
        ("Ana, @Ben_Fox & Zoë", ["Ana", "Ben Fox", "Zoë"]),
        ("Anders Orr", ["Anders Orr"]),
        (" , ", []),
        ("@", []),
    ],
)
def test_a_field_for_names_has_one_or_several(text: str, names: list[str]):
    assert [spelled(text, spot) for spot in listed(text)] == names


KNOWN = Known(["Dana", "dana fox", "will", "José", "B", "HR", "van Dijk", "Ana"])


@each_row(
    ("text", "found"),
    [
        ("Dana's demo, with Dana.", ["Dana", "Dana"]),
        ("dana, Danas, Danae, xDana, Dana_x", []),
        ("Dana Fox and Dana\nFox and Dana", ["Dana Fox", "Dana Fox", "Dana"]),
        ("I will ask Will", ["Will"]),
        ("Jose\u0301, José, but not Jose", ["Jose\u0301", "José"]),
        ("Plan B", []),
        ("HR said, Hr said, hr said", ["HR", "Hr"]),
        ("Van Dijk or van Dijk", ["van Dijk"]),
        ("Ana-Lena, Lena-Ana, Ana-led, @Ana-Lena", ["Ana", "Ana-Lena"]),
        ("Dana@corp.example, Dana.Fox@corp.example, www.Dana.example", []),
        ("@Nobody_Known", ["Nobody Known"]),
    ],
)
def test_a_known_name_is_a_whole_word_with_its_capital(text: str, found: list[str]):
    assert [spelled(text, spot) for spot in KNOWN.spots(text)] == found


WORDS = st.lists(
    st.sampled_from(
        ["@", "Dana", "dana", "_", "Fox", " ", ".", "-", "'s", ",", " and ", "é", "e\u0301", "\n", "ß", "İ"]
    )
).map("".join) | st.text(max_size=30)


@given(WORDS, st.lists(WORDS, max_size=3))
@example("@a", [""])
@example("@_", [])
@example("", ["  ", "00"])
def test_whatever_the_words_spots_are_names_that_do_not_overlap(text: str, known: list[str]):
    spots = Known(known).spots(text)
    assert all(one.end <= other.start for one, other in pairwise(spots))
    for spot in (*spots, *listed(text)):
        name = spelled(text, spot)
        assert name == " ".join(name.split()) != ""
        assert same_name(same_name(name)) == same_name(name)
    assert all(text[spot.start - 1] == "@" for spot in spots if spot.marked)
    assert all(
        same_name(spelled(text, spot)) in set(map(same_name, known)) for spot in spots if not spot.marked
    )
