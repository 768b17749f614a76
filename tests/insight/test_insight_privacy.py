"""What is marked private stays in the journal, and the person is told how much that was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from followme.insight.left import LeftOut
from followme.insight.marks import private_promises
from followme.model import Answer, Entry, Outcome, Promise
from held import leaving
from rows import each_row

OPEN = Answer(key="moment", kind="text", question="Think of one moment.", reply="Ana stayed.")
CLOSED = Answer(key="worry", kind="text", question="What worries you?", reply="The forecast.", private=True)
ENTRY = Entry(
    id="20261120T150411-k7q2m",
    date=datetime.fromisoformat("2026-11-20T16:04:11+01:00"),
    week="2026-W47",
    set="weekly",
    answers=(OPEN,),
)


def public(entries: list[Entry], journal: list[Entry] | None = None) -> tuple[tuple[Entry, ...], LeftOut]:
    """What may leave of these entries, of a journal that has no others unless it is given, and what stays."""
    found = leaving(entries, journal)
    return tuple(found.entries(oldest_first=True)), found.counts.left_out


def test_what_is_not_marked_stays_as_it_is() -> None:
    assert public([ENTRY]) == ((ENTRY,), LeftOut())
    assert public([]) == ((), LeftOut())


def test_a_private_entry_is_left_out_whole() -> None:
    private = replace(ENTRY, private=True, answers=(OPEN, CLOSED))
    assert public([ENTRY, private]) == ((ENTRY,), LeftOut(entries=1))


def test_a_private_question_is_left_out_also_when_it_was_passed_over_but_counts_only_if_answered() -> None:
    passed = replace(CLOSED, reply=None)
    assert public([replace(ENTRY, answers=(CLOSED, OPEN, passed))]) == ((ENTRY,), LeftOut(answers=1))


def test_promises_and_outcomes_stay_when_all_answers_go() -> None:
    promise = Promise(ref="p1", text="Ask legal")
    outcome = Outcome(promise="20261113T150210-x4d9w/p1", result="kept")
    for rest in (replace(ENTRY, promises=(promise,)), replace(ENTRY, outcomes=(outcome,))):
        assert public([replace(rest, answers=(CLOSED,))]) == (
            (replace(rest, answers=()),),
            LeftOut(answers=1),
        )


def test_an_entry_of_private_answers_alone_leaves_no_trace() -> None:
    assert public([replace(ENTRY, answers=(CLOSED,))]) == ((), LeftOut(answers=1))


def test_an_entry_that_was_empty_stays() -> None:
    empty = replace(ENTRY, answers=())
    assert public([empty]) == ((empty,), LeftOut())


@each_row(
    ("left_out", "sentence"),
    [
        (LeftOut(), ""),
        (LeftOut(answers=1), "1 answer marked private was left out; --private includes it."),
        (LeftOut(entries=1), "1 entry marked private was left out; --private includes it."),
        (LeftOut(answers=2), "2 answers marked private were left out; --private includes them."),
        (LeftOut(entries=3), "3 entries marked private were left out; --private includes them."),
        (LeftOut(1, 1), "1 answer and 1 entry marked private were left out; --private includes them."),
        (LeftOut(1, 2), "2 answers and 1 entry marked private were left out; --private includes them."),
        (
            LeftOut(unsure=1),
            "1 promise may be private and was left out, because not all entries could be read; --private "
            "includes it.",
        ),
        (
            LeftOut(entries=1, unsure=2),
            "1 entry marked private was left out; --private includes it. 2 promises may be private and were "
            "left out, because not all entries could be read; --private includes them.",
        ),
        (
            LeftOut(1, 2, 3),
            "2 answers, 3 promises and 1 entry marked private were left out; --private includes them.",
        ),
    ],
)
def test_the_person_is_told_what_was_left_out(left_out: LeftOut, sentence: str) -> None:
    assert left_out.sentence == sentence


def test_what_became_of_a_private_entrys_promise_is_private_wherever_it_is_noted() -> None:
    talk = replace(
        ENTRY, id="20261113T150210-x4d9w", private=True, promises=(Promise(ref="p1", text="Ask Ana to stay"),)
    )
    ended = Outcome(promise="20261113T150210-x4d9w/p1", result="replaced", note="Too much at once.")
    smaller = Promise(ref="p1", text="Ask Ana for a date", origin="20261113T150210-x4d9w/p1")
    other = Promise(ref="p2", text="Ask legal")
    later = replace(ENTRY, promises=(smaller, other), outcomes=(ended,))

    assert private_promises([talk, later]) == {
        "20261113T150210-x4d9w/p1",
        "20261120T150411-k7q2m/p1",
    }
    assert public([talk, later]) == (
        (replace(ENTRY, promises=(other,)),),
        LeftOut(entries=1, promises=2),
    )


TALK = replace(
    ENTRY, id="20261113T150210-x4d9w", private=True, promises=(Promise(ref="p1", text="Ask Ana to stay"),)
)


def test_a_promise_is_private_although_its_entry_is_not_among_those_wanted() -> None:
    ended = Outcome(promise="20261113T150210-x4d9w/p1", result="kept", note="She stays.")
    between = replace(ENTRY, set="outcome", answers=(), outcomes=(ended,))
    assert public([between], [TALK, between]) == ((), LeftOut(promises=1))


def test_a_private_promise_is_left_out_alone_with_all_that_became_of_it() -> None:
    made = replace(
        ENTRY,
        promises=(Promise(ref="p1", text="Speak up", private=True), Promise(ref="p2", text="Ask legal")),
    )
    ended = tuple(Outcome(promise=f"{ENTRY.id}/p{number}", result="kept") for number in (1, 2))
    later = replace(ENTRY, id="20261127T150000-zzzzz", answers=(), outcomes=ended)
    assert public([made, later]) == (
        (replace(made, promises=made.promises[1:]), replace(later, outcomes=ended[1:])),
        LeftOut(promises=2),
    )


@each_row("turned", [False, True])
def test_what_took_its_place_is_private_too_wherever_it_stands(turned: bool) -> None:
    chain = [TALK]
    for day in (20, 21, 22):
        origin = f"{chain[-1].id}/p1"
        promise = Promise(ref="p1", text="Smaller", origin=origin)
        chain.append(replace(ENTRY, id=f"202611{day}T150000-aaaaa", answers=(), promises=(promise,)))
    journal = chain[::-1] if turned else chain
    assert private_promises(journal) == {f"{each.id}/p1" for each in chain}
    assert public(journal) == ((), LeftOut(entries=1, promises=3))


def test_promises_that_name_each_other_come_to_an_end() -> None:
    pair = [
        replace(ENTRY, id=one, promises=(Promise(ref="p1", text="x", origin=f"{other}/p1"),))
        for one, other in ("ab", "ba")
    ]
    assert private_promises(pair) == frozenset()


def test_of_entries_with_the_same_name_the_private_one_decides() -> None:
    """Entries typed by hand may have no id: then their promises have one name."""
    mine = replace(ENTRY, id="", promises=(Promise(ref="p1", text="Mine", private=True),))
    other = replace(ENTRY, id="", promises=(Promise(ref="p1", text="Other"),))
    for journal in ([mine, other], [other, mine]):
        assert "Mine" not in repr(public(journal)[0])


def test_where_an_entry_could_not_be_read_what_speaks_of_its_promises_may_be_private() -> None:
    lost, known = f"{TALK.id}/p1", f"{ENTRY.id}/p2"
    made = (Promise(ref="p1", text="Smaller", origin=lost), Promise(ref="p2", text="Ask legal"))
    ends = tuple(Outcome(promise=ref, result="kept", note="So.") for ref in (lost, known, f"{ENTRY.id}/p1"))
    entry = replace(ENTRY, promises=made, outcomes=ends)
    assert public([entry]) == ((entry,), LeftOut())
    found = leaving([entry], whole=False)
    assert tuple(found.entries()) == (replace(entry, promises=made[1:], outcomes=ends[1:2]),)
    assert found.counts.left_out == LeftOut(unsure=3)
    # That a private one is private is known, whatever else couldn't be read.
    found = leaving([entry], [TALK, entry], whole=False)
    assert len(list(found.entries())) == 1
    assert found.counts.left_out == LeftOut(promises=3)


def test_the_promises_of_a_private_entry_are_private() -> None:
    assert [promise.private for _, promise in TALK.made] == [True]
    assert [promise.private for _, promise in replace(TALK, private=False).made] == [False]


def test_all_of_it_leaves_where_that_is_asked_for() -> None:
    found = leaving([ENTRY, TALK], private=True)
    assert list(found.entries(oldest_first=True)) == [ENTRY, TALK]
    assert found.counts.left_out == LeftOut()


def later_word(number: int, on: int) -> Entry:
    return replace(ENTRY, id=f"20261120T150411-{number:05}", set="note", about=f"20261120T150411-{on:05}")


def test_later_words_in_a_circle_stand_alone_and_long_chains_of_them_or_of_promises_are_followed() -> None:
    circle = [later_word(1, 1), later_word(2, 3), later_word(3, 2)]
    found = leaving(circle)
    assert list(found.entries(oldest_first=True)) == circle
    assert not any(found.stands_below(each) for each in circle)
    chain = [
        replace(later_word(0, 0), about="", private=True),
        *(later_word(at, at - 1) for at in range(1, 1200)),
    ]
    assert public([chain[-1]], chain) == ((), LeftOut(entries=1))
    ids = [f"20261120T150411-{at:05}" for at in range(1200)]
    promised = [
        replace(
            ENTRY, id=name, promises=(Promise(ref="p1", text="x", origin=f"{before}/p1" if before else ""),)
        )
        for before, name in zip(["", *ids], ids, strict=False)
    ]
    promised[0] = replace(promised[0], promises=(Promise(ref="p1", text="x", private=True),))
    assert public([promised[-1]], promised)[1] == LeftOut(promises=1)
