"""What a change makes of an entry: what differs is shown, and of a long text only what is near that."""

from __future__ import annotations

from datetime import date, datetime

from followme.insight.differences import NEAR, differences
from followme.model import Answer, Entry

LONG = " ".join(f"word{number}" for number in range(100))


def shown(before: str, after: str) -> tuple[str, str]:
    (one,) = differences(entry(before), entry(after), date(2026, 11, 20))
    return one.before, one.after


def entry(reply: str) -> Entry:
    answers = (Answer(key="a", kind="text", question="Q", reply=reply),)
    return Entry(id="x", date=datetime(2026, 11, 20), week="2026-W47", set="weekly", answers=answers)


def test_a_short_text_is_shown_whole():
    assert shown("Ana left erly. Good.", "Ana left early. Good.") == (
        "Ana left erly. Good.",
        "Ana left early. Good.",
    )
    assert shown("", LONG)[1] == LONG


def test_of_a_long_one_whole_words_on_both_sides_of_what_differs():
    before, after = shown(LONG, LONG.replace("word50", "other words"))
    begin, _, end = before.partition("word50")
    assert begin.startswith("… word")
    assert end.endswith(" …")
    assert NEAR <= len(begin.removeprefix("… ")) < NEAR + 8
    assert NEAR <= len(end.removesuffix(" …")) < NEAR + 8
    assert after == f"{begin}other words{end}"


def test_at_either_end_of_a_long_one():
    before, after = shown(LONG, f"{LONG} more")
    assert after == f"{before} more"
    before, after = shown(LONG, LONG.removeprefix("word0 "))
    assert before == f"word0 {after}"
    assert after.startswith("word1 word2 ")
