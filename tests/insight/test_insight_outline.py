"""The outline of an entry: its parts, without a word of how they look."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from followme.insight.book import promises_of
from followme.insight.outline import Asked, Became, Made, Number, outline_of
from followme.insight.promises import promise_parts
from followme.model import Answer, Entry, Outcome, Promise
from rows import each_row

EARLIER = Promise(ref="p1", text="Call Ben", to="Ben")
ASK = Promise(ref="p2", text="What would you do?", kind="ask", to="Ana")
BEFORE = "20261113T150210-x4d9w"
ENTRY = Entry(
    id="20261120T150411-k7q2m",
    date=datetime.fromisoformat("2026-11-20T16:04:11+01:00"),
    week="2026-W47",
    set="weekly",
)
DAY = ENTRY.date.date()
KNOWN = {f"{BEFORE}/p1": EARLIER, f"{BEFORE}/p2": ASK}


def asked(reply, **parts) -> Asked:
    """The outline of one answer."""
    answer = Answer(**({"key": "moment", "kind": "text", "question": "One moment?", "reply": reply} | parts))
    (found,) = outline_of(replace(ENTRY, answers=(answer,)), {}).questions
    return found


@each_row("reply", ["Ana stayed.\n\nI asked.", "", True, False, ("a list", "a walk"), ()])
def test_a_question_has_its_title_and_what_was_replied(reply) -> None:
    assert asked(reply) == Asked(title="One moment?", content=reply)


def test_what_was_skipped_has_no_content() -> None:
    assert asked(None, private=True) == Asked(title="One moment?", content=None, private=True)


@each_row("question", ["", "  ", "\n\t"])
def test_a_question_without_words_goes_by_its_key(question: str) -> None:
    assert asked("Yes.", question=question).title == "moment"


def test_a_number_has_its_ends_and_the_fact_behind_it() -> None:
    scale = asked(4, low=0, high=5, low_label="no day", high_label="every day", fact="Two calls.")
    assert scale.content == Number(4, ((0, "no day"), (5, "every day")))
    assert scale.fact == "Two calls."
    assert asked(4, low=0, high=5).content == Number(4, ((0, ""), (5, "")))
    assert asked(4).content == asked(4, low=0, low_label="no day").content == Number(4)
    assert asked(True, low=0, high=5).content is True


def test_promises_know_in_place_of_which_they_stand() -> None:
    moved = replace(EARLIER, text="Write to Ben", origin=f"{BEFORE}/p1")
    lost = replace(moved, origin="20261106T150102-b2c8h/p1")
    outline = outline_of(replace(ENTRY, promises=(EARLIER, moved, lost)), KNOWN)
    assert outline.promises == (
        Made(promise=EARLIER, parts=promise_parts(EARLIER, DAY)),
        Made(promise=moved, parts=promise_parts(moved, DAY), in_place_of="Call Ben"),
        Made(promise=lost, parts=promise_parts(lost, DAY)),
    )


def test_outcomes_say_how_a_promise_ended_in_words_that_fit_it() -> None:
    outcomes = (
        Outcome(promise=f"{BEFORE}/p1", result="partly", note="He was away.", told=True),
        Outcome(promise=f"{BEFORE}/p2", result="kept"),
        Outcome(promise="lost/p1", result="kept"),
    )
    assert outline_of(replace(ENTRY, outcomes=outcomes), KNOWN).outcomes == (
        Became(
            reference=f"{BEFORE}/p1",
            parts=promise_parts(EARLIER, DAY),
            ending="partly",
            note="He was away.",
            told=True,
        ),
        Became(reference=f"{BEFORE}/p2", parts=promise_parts(ASK, DAY), ending="asked, done"),
        Became(reference="lost/p1", parts=(), ending="kept"),
    )


def test_who_was_told_is_said_only_where_there_is_someone_to_tell() -> None:
    alone, made = (Promise(ref="p1", text="Say less", to=to, told=False) for to in ("", "Ben"))
    for promise, told in ((alone, None), (made, False), (replace(alone, told=True), True)):
        outcome = Outcome(promise=f"{BEFORE}/p1", result="partly", told=promise.told)
        outline = outline_of(
            replace(ENTRY, promises=(promise,), outcomes=(outcome,)), {f"{BEFORE}/p1": promise}
        )
        assert (outline.promises[0].told, outline.outcomes[0].told) == (told, told)


def test_what_goes_with_the_date_is_how_long_it_took_and_whether_it_is_private() -> None:
    assert outline_of(ENTRY, {}).about == outline_of(replace(ENTRY, minutes=0), {}).about == ()
    assert outline_of(replace(ENTRY, minutes=1), {}).about == ("1 minute",)
    assert outline_of(replace(ENTRY, minutes=11, private=True), {}).about == ("11 minutes", "private")


def test_promises_are_found_by_their_reference_and_those_of_a_private_entry_are_private() -> None:
    private = replace(ENTRY, private=True, promises=(EARLIER,))
    assert promises_of([private, replace(ENTRY, id="", promises=(ASK,))]) == {
        f"{ENTRY.id}/p1": replace(EARLIER, private=True)
    }
