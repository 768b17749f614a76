"""Who an entry is tied to, by names as they were typed."""

from __future__ import annotations

from datetime import datetime

from followme.insight.people import fits_person, is_same, is_tied, people_in, people_of
from followme.model import Answer, Entry, Outcome, Promise

MOVED = Promise(ref="p1", text="Call", to="Ben", who="Jonas")
TALK = Entry(
    id="20261120T150000-mmmmm",
    date=datetime.fromisoformat("2026-11-20T16:00:00+01:00"),
    week="2026-W47",
    set="one-on-one",
    answers=(Answer(key="visit-with", kind="line", question="Who?", reply=" Zoë", person=True),),
    promises=(MOVED, Promise(ref="p2", text="Send it"), Promise(ref="p3", text="Thank", to="ZOË")),
    outcomes=(Outcome(promise="20261113T150000-nnnnn/p1", result="kept", note="Told Ana."),),
)
WEEK = Entry(id="", date=TALK.date, week="2026-W47", set="weekly")


def test_an_entry_is_tied_to_whom_it_is_about_and_to_everyone_its_promises_name() -> None:
    assert list(people_of(TALK)) == [" Zoë", "Ben", "Jonas", "ZOË"]
    assert list(people_in(MOVED)) == ["Ben", "Jonas"]
    assert list(people_of(WEEK)) == []


def test_a_name_is_met_in_any_spelling_and_an_empty_one_never() -> None:
    assert is_tied(TALK, "zoe\u0308")
    assert is_tied(TALK, "jonas ")
    assert not is_tied(TALK, "Ana")
    assert not is_tied(TALK, " ")
    assert is_same("Ana  Ruiz", "ana ruiz ")
    assert not is_same("", "")


def test_an_entry_about_another_person_does_not_fit_a_person() -> None:
    assert fits_person(TALK, "zoë")
    assert not fits_person(TALK, "Ben")
    assert fits_person(WEEK, "Ben")
    assert fits_person(TALK, None)
