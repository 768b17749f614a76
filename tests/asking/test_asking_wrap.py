"""Word wrap while typing: no word is cut, no sign is lost, and the cursor always knows where it is."""

from __future__ import annotations

import itertools

from hypothesis import example, given
from hypothesis import strategies as st
from prompt_toolkit.layout.screen import Char

from followme.asking.wrap import cells, row_ends, row_off, wrap

signs = st.sampled_from("ab.-  \té\u0301漢字😀👩\u200d👧\u200b\xa0\x1b") | st.characters(
    exclude_characters="\n"
)
lines = st.text(signs, max_size=120)
# A sign may be shown as four, such as <80>.
widths = st.integers(min_value=4, max_value=30)


def width(sign: str) -> int:
    return Char(sign).width


def rows(text: str, columns: int) -> list[str]:
    """The rows as a terminal draws them: it begins a new one wherever a sign does not fit."""
    found = wrap(text, columns, width)
    drawn, used = [""], 0
    for at, sign in enumerate(text):
        for shown in " " * found.pads.get(at, 0) + ("" if at in found.hidden else sign):
            if used + width(shown) > columns:
                drawn.append("")
                used = 0
            drawn[-1] += shown
            used += width(shown)
    return drawn


def test_a_line_is_broken_at_blanks():
    assert [row.rstrip() for row in rows("What had you done before it?", 12)] == [
        "What had you",
        "done before",
        "it?",
    ]


def test_a_word_longer_than_a_row_is_cut_at_its_end():
    assert rows("Donaudampfschiff", 6) == ["Donaud", "ampfsc", "hiff"]


def test_wide_signs_are_never_halved():
    assert [row.rstrip() for row in rows("a漢字漢字", 4)] == ["a漢", "字漢", "字"]


def test_several_blanks_stay_inside_a_row_and_go_at_its_end():
    assert rows("a  b", 10) == ["a  b"]
    assert rows("abcd  ef", 4) == ["abcd", "ef"]


@given(lines, widths)
@example("", 4)
@example("   ", 4)
def test_every_sign_is_there_once_and_in_order(text: str, columns: int):
    found = wrap(text, columns, width)
    assert all(text[at] == " " for at in found.hidden)
    assert "".join(rows(text, columns)).replace(" ", "") == text.replace(" ", "")


@given(lines, widths)
def test_no_word_is_cut_unless_it_is_longer_than_a_row(text: str, columns: int):
    whole = [word for word in text.split(" ") if 0 < sum(map(width, word)) <= columns]
    begun = [word for row in rows(text, columns) for word in row.split(" ")]
    for word in whole:
        assert word in begun


@given(lines, widths)
def test_no_row_is_too_long(text: str, columns: int):
    assert all(sum(map(width, row)) <= columns for row in rows(text, columns))


@given(lines, widths)
def test_the_cursor_moves_on_with_every_sign_and_never_back(text: str, columns: int):
    places = wrap(text, columns, width).places(len(text))
    assert len(places) == len(text) + 1
    assert places == sorted(places)
    assert places[0] == 0


@given(lines, widths)
def test_what_is_shown_is_as_long_as_the_last_place_says(text: str, columns: int):
    found = wrap(text, columns, width)
    shown = sum(found.pads.values()) + len(text) - len(found.hidden)
    assert found.places(len(text))[-1] == shown


@given(st.text(st.sampled_from("ab 漢"), max_size=60), widths)
def test_where_it_breaks_depends_on_nothing_that_comes_later(text: str, columns: int):
    """Words at the beginning stay where they are while somebody types on at the end."""
    words = text.rsplit(" ", 1)[0]
    before, after = (wrap(line, columns, width) for line in (words, text))
    assert {at: pad for at, pad in after.pads.items() if at < len(words)} == before.pads


# Up and down


def moved(text: str, columns: int, *steps: int) -> list[str]:
    """Where a cursor at the end comes to by these steps: the text before it, each time."""
    at, wish, seen = len(text), None, []
    for by in steps:
        at, wish = row_off(text, at, by, columns, width, wish)
        seen.append(text[:at])
    return seen


def test_up_and_down_go_by_the_rows_that_are_seen():
    # "What had you" / "done before" / "it?"
    text = "What had you done before it?"
    assert moved(text, 12, -1, -1, +1, +1) == ["What had you don", "Wha", "What had you don", text]


def test_over_a_shorter_row_the_column_is_remembered():
    text = "long enough\nab\nlong again"
    assert moved(text, 20, -1, -1, +1, +1) == [
        "long enough\nab",
        "long enoug",
        "long enough\nab",
        text,
    ]


def test_at_the_top_and_at_the_bottom_it_stays():
    assert moved("one two", 20, +1, -1) == ["one two", "one two"]
    assert moved("", 20, -1, +1) == ["", ""]


def test_a_wide_sign_is_never_entered_in_its_middle():
    assert moved("漢字漢\nabc", 20, -1) == ["漢"]


texts = st.text(st.sampled_from("ab 漢\n") | signs, max_size=120)


@given(texts, widths)
def test_every_place_of_a_text_has_a_cell_and_they_go_on(text: str, columns: int):
    found = cells(text, columns, width)
    assert len(found) == len(text) + 1
    assert found == sorted(found)
    assert all(0 <= column < columns for _, column in found)


@given(texts, widths, st.integers(0, 120))
def test_who_goes_up_and_down_again_comes_back_to_that_row(text: str, columns: int, start: int):
    start = min(start, len(text))
    rows_of = cells(text, columns, width)
    up, wish = row_off(text, start, -1, columns, width)
    if rows_of[start][0]:
        assert rows_of[up][0] == rows_of[start][0] - 1
        assert rows_of[row_off(text, up, +1, columns, width, wish)[0]] == rows_of[start]
    else:
        assert up == start


def ends(line: str, columns: int) -> list[str]:
    return [line[first:last] for first, last in row_ends(line, columns, width)]


def test_the_ends_of_a_row_leave_out_the_blanks_where_it_is_broken():
    assert ends("What had you done before it?", 14) == ["What had you", "done before", "it?"]
    # Rows that are full, and a word that is cut
    assert ends("What had you done before it?", 12) == ["What had you", "done before", "it?"]
    assert ends("Donaudampfschiff ab", 6) == ["Donaud", "ampfsc", "hiff", "ab"]
    assert ends("abcd", 4) == ["abcd"]
    assert ends("", 4) == [""]


@given(lines, widths)
def test_the_ends_of_all_rows_leave_nothing_out_but_blanks(line: str, columns: int):
    spans = row_ends(line, columns, width)
    assert [each for span in spans for each in span] == sorted(each for span in spans for each in span)
    assert spans[0][0] == 0 or line[0] == " "
    assert spans[-1][1] == len(line)
    between = [line[last:first] for (_, last), (first, _) in itertools.pairwise(spans)]
    assert all(not each.strip(" ") for each in between)
