"""The tests that try all rows of a table: none is left out, and every one that fails is told."""

from __future__ import annotations

import inspect

import pytest

from rows import each_row


def test_every_row_is_tried_and_every_one_that_fails_is_told():
    tried = []

    @each_row("second", [10, 20])
    @each_row("first, word", [(1, "a"), (2, "b")])
    def sample(home: str, first: int, word: str, second: int) -> None:
        tried.append((home, first, word, second))
        assert first == 1

    assert list(inspect.signature(sample).parameters) == ["home"]
    with pytest.raises(BaseExceptionGroup) as told:
        sample(home="x")
    assert tried == [
        ("x", first, word, second) for second in (10, 20) for first, word in ((1, "a"), (2, "b"))
    ]
    groups = told.value.exceptions
    assert [group.__notes__ for group in groups] == [["with {'second': 10}"], ["with {'second': 20}"]]
    assert [fault.__notes__ for group in groups for fault in group.exceptions] == [
        ["with {'first': 2, 'word': 'b'}"]
    ] * 2


def test_a_row_that_raises_nothing_where_it_should_is_told_too():
    @each_row("word", ["a", "1"])
    def sample(word: str) -> None:
        with pytest.raises(ValueError):
            int(word)

    with pytest.raises(BaseExceptionGroup, match="1 of 2 rows fail"):
        sample()


def test_a_row_fits_the_names():
    with pytest.raises(ValueError):
        each_row("one, two", [(1, 2, 3)])
