"""Letters in the place of names: the same letter everywhere, and no known name in any text of an entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from followme.insight.letters import Letters
from followme.model import Answer, Entry, Outcome, Promise

ENTRY = Entry(
    id="20261120T150411-k7q2m",
    date=datetime.fromisoformat("2026-11-20T16:04:11+01:00"),
    week="2026-W47",
    set="one-on-one",
    answers=(
        Answer(key="talk-with", kind="line", question="Who?", reply="Jonas Weber"),
        Answer(key="moment", kind="text", question="And ana?", reply="@Ana stayed. Ana's demo went well, @ben_k left."),
        Answer(key="signs", kind="several", question="Which of Ben K?", reply=("Ask Ana", "None"), fact="Ana (2x)"),
        Answer(key="care", kind="scale", question="?", reply=2, low=0, high=5, low_label="as Ana", high_label="@Ana"),
    ),
    promises=(
        Promise(ref="p1", text="Ask ana or Ana", occasion="Ana's day", to="Ana and Marta", who="Jonas Weber"),
        Promise(ref="p2", text="Write to ana@example.com", to="the board"),
    ),
    outcomes=(Outcome(promise="x/p1", result="kept", note="Marta did."),),
)  # fmt: skip


def test_each_person_has_one_letter_wherever_they_are_named() -> None:
    letters = Letters([ENTRY])
    found = letters.disguised(ENTRY)
    assert [each.reply for each in found.answers] == [
        "Person A",
        "Person B stayed. Person B's demo went well, Person C left.",
        ("Ask Person B", "None"),
        2,
    ]
    assert [each.question for each in found.answers] == ["Who?", "And ana?", "Which of Person C?", "?"]
    assert found.answers[2].fact == "Person B (2x)"
    assert (found.answers[3].low_label, found.answers[3].high_label) == ("as Person B", "Person B")
    first, second = found.promises
    assert (first.text, first.occasion) == ("Ask ana or Person B", "Person B's day")
    assert (first.to, first.who) == ("Person B and Person D", "Person A")
    assert (second.text, second.to) == ("Write to ana@example.com", "Person E")
    assert found.outcomes[0].note == "Person D did."
    assert letters.disguised(ENTRY) == found
    assert letters.sentence.startswith(
        "5 people appear as letters instead of by name. Other names may remain, "
    )


def test_names_are_known_from_the_whole_journal() -> None:
    other = replace(ENTRY, id="x", answers=ENTRY.answers[1:2], promises=(), outcomes=())
    plain = replace(other, answers=(replace(ENTRY.answers[1], question="?", reply="Marta asked Ana."),))
    letters = Letters([plain, ENTRY])
    assert letters.disguised(plain).answers[0].reply == "Person A asked Person B."
    assert letters.sentence.startswith("2 people ")


def test_where_no_one_is_known_nothing_changes() -> None:
    plain = replace(ENTRY, answers=(Answer(key="x", kind="text", question="?", reply="Ana"),), promises=())
    letters = Letters([plain])
    assert letters.disguised(plain) == plain
    assert letters.sentence.startswith("No people appear as letters ")


def test_after_z_letters_are_doubled() -> None:
    names = [f"@Na{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(28)]
    many = replace(ENTRY, answers=(Answer(key="x", kind="text", question="?", reply=" ".join(names)),))
    words = Letters([many]).disguised(many).answers[0].reply
    assert isinstance(words, str)
    assert words.startswith("Person A Person B ")
    assert words.endswith("Person Z Person AA Person AB")
