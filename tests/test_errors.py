"""Words that errors share: names that may have been meant, and choices."""

from __future__ import annotations

from followme.cli import COMMANDS
from followme.errors import either, near_names
from rows import each_row


@each_row(
    ("word", "near"),
    [
        *(("momnt", ["moment"]), ("care-day", ["care-days"]), ("xyz", [])),
        *(("reflct", ["reflect"]), ("lst", ["list"]), ("prompt", ["prompts"])),
        # Far guesses: a wrong one misleads more than none.
        *((word, []) for word in ("remove", "history", "rename", "restore", "write")),
    ],
)
def test_only_near_names_are_suggested(word, near):
    known = [
        "moment",
        "care-days",
        "care-step",
        "spirit",
        *(verb for verb in COMMANDS if " " not in verb),
        "prompts",
    ]
    assert near_names(word, known, 3) == near


def test_a_choice_is_said_as_people_say_it():
    assert [either(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a or b",
        "a, b or c",
    ]
