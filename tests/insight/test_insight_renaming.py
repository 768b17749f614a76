"""One person's name replaced in every place that names them, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from followme.insight.renaming import places_of, renamed, without_name
from followme.model import Answer, Entry, Outcome, Promise

ENTRY = Entry(
    id="20261120T150411-k7q2m",
    date=datetime.fromisoformat("2026-11-20T16:04:11+01:00"),
    week="2026-W47",
    set="weekly",
    answers=(
        Answer(
            key="a",
            kind="text",
            question="Q",
            reply="Ana stayed. @Ana's demo, with Anabel and Ana; ana@x.org too.",
        ),
        Answer(key="b", kind="list", question="Q", reply=("for @Ana", "nothing", "Ana, Ben")),
        Answer(key="c", kind="scale", question="Q", low=0, high=5, reply=3, fact="Ana called."),
        Answer(key="talk-with", kind="line", question="Q", reply="Ana"),
        Answer(key="e", kind="choice", question="Q", reply="Ana"),
    ),
    promises=(
        Promise(ref="p1", text="Call Ana", occasion="Ana's desk", to="Ana, Ben"),
        Promise(ref="p2", text="Wait", who="Ana"),
        Promise(ref="p3", text="Ask", to="Ana"),
    ),
    outcomes=(Outcome(promise="x/p1", result="kept", note="ANA knew."),),
)


def test_the_new_name_stands_wherever_the_old_one_did() -> None:
    new = renamed(ENTRY, places_of([ENTRY], "ana"), "Dana Ruiz")
    assert [each.reply for each in new.answers[:2]] == [
        "Dana Ruiz stayed. @Dana_Ruiz's demo, with Anabel and Dana Ruiz; ana@x.org too.",
        ("for @Dana_Ruiz", "nothing", "Dana Ruiz, Ben"),
    ]
    assert (new.answers[2].fact, new.answers[3].reply, new.answers[4].reply) == (
        "Dana Ruiz called.",
        "Dana Ruiz",
        "Ana",
    )
    first, second, third = new.promises
    assert (first.text, first.occasion, first.to) == ("Call Dana Ruiz", "Dana Ruiz's desk", "Dana Ruiz, Ben")
    assert (second.who, third.to) == ("Dana Ruiz", "Dana Ruiz")
    assert replace(new, answers=(), promises=()) == replace(ENTRY, answers=(), promises=())


def test_someone_stands_in_its_place_and_promises_are_to_no_one() -> None:
    new = without_name(ENTRY, places_of([ENTRY], "Ana"))
    assert new.answers[0].reply == "Someone stayed. Someone's demo, with Anabel and someone; ana@x.org too."
    assert new.answers[1].reply == ("for someone", "nothing", "Someone, Ben")
    assert new.answers[3].reply == "someone"
    first, second, third = new.promises
    assert (first.text, first.to, second.who, third.to) == ("Call someone", "someone, Ben", "someone", "")
    assert places_of([new], "Ana") == ()


def test_who_is_known_elsewhere_is_found_here_too() -> None:
    known = replace(ENTRY, answers=(), promises=(Promise(ref="p1", text="x", to="Ana"),), outcomes=())
    other = replace(
        known, promises=(), answers=(Answer(key="a", kind="text", question="Q", reply="Ana left."),)
    )
    assert len(places_of([other, known], "Ana")) == 2
    assert places_of([other], "Ana") == ()
