"""What every export format keeps to, whatever it looks like."""

from __future__ import annotations

from datetime import datetime

import pytest

from followme.exports import FORMATS, Format, Options
from followme.exports.options import arranged
from followme.model import Answer, Entry


def entry(day: int, *answers: Answer, private: bool = False) -> Entry:
    return Entry(
        id=f"202611{day:02}T150000-aaaaa",
        date=datetime.fromisoformat(f"2026-11-{day:02}T16:00:00+01:00"),
        week="2026-W47",
        set="weekly",
        private=private,
        answers=answers,
    )


def answer(reply: str, private: bool = False) -> Answer:
    return Answer(key="moment", kind="text", question="One moment?", reply=reply, private=private)


ENTRIES = (
    entry(16, answer("first words")),
    entry(17, answer("middle words"), answer("veiled words", private=True)),
    entry(18, answer("hidden words"), private=True),
    entry(19, answer("last words")),
)


def test_newest_comes_first_unless_the_oldest_is_asked_for() -> None:
    days = [one.date.day for one in arranged(ENTRIES, Options())]
    assert days == [19, 17, 16]
    assert [one.date.day for one in arranged(ENTRIES, Options(oldest_first=True))] == days[::-1]
    assert arranged(ENTRIES, Options(oldest_first=True, private=True)) == ENTRIES


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
def test_no_format_tells_what_is_private_unless_it_is_asked_for(write: Format) -> None:
    told, all_told = write(ENTRIES, Options()), write(ENTRIES, Options(private=True))
    for words in ("veiled words", "hidden words"):
        assert words not in told
        assert words in all_told
    for words in ("first words", "middle words", "last words"):
        assert words in told


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
def test_every_format_gives_the_same_text_again_and_one_even_without_entries(write: Format) -> None:
    assert write(list(ENTRIES), Options()) == write(ENTRIES, Options())
    assert write((), Options()).endswith("\n")
