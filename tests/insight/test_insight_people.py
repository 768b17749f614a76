"""Who an entry is tied to, by names as they were typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from followme.dates import iso_week
from followme.insight.people import Place, fits_person, is_tied, names, people, people_in
from followme.model import Answer, Entry, Outcome, Promise
from followme.names import is_same_name

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


def test_a_promise_names_the_person_it_is_to_and_the_one_who_took_it_on() -> None:
    assert list(people_in(MOVED)) == ["Ben", "Jonas"]
    assert list(people_in(TALK.promises[1])) == []


def test_a_name_is_met_in_any_spelling_and_an_empty_one_never() -> None:
    assert is_tied(TALK, "zoe\u0308")
    assert is_tied(TALK, "jonas ")
    assert is_tied(TALK, "Ana")
    assert not is_tied(TALK, "Eve")
    assert not is_tied(TALK, " ")
    assert is_same_name("Ana  Ruiz", "ana ruiz ")
    assert not is_same_name("", "")


def test_an_entry_about_another_person_does_not_fit_a_person() -> None:
    assert fits_person(TALK, "zoë")
    assert not fits_person(TALK, "Ben")
    assert fits_person(WEEK, "Ben")
    assert fits_person(TALK, None)


# --- Everyone the entries name ----------------------------------------------------------------------------


def wrote(number: int, **texts: str) -> Entry:
    date = datetime.fromisoformat(f"2026-11-{number:02}T16:00:00+01:00")
    answers = (Answer(key=key, kind="text", question="What?", reply=text) for key, text in texts.items())
    week = iso_week(date.date())
    return Entry(
        id=f"202611{number:02}T150000-aaaaa", date=date, week=week, set="weekly", answers=tuple(answers)
    )


def found(*entries: Entry) -> dict[str, list[tuple[str, int, str]]]:
    return {person.name: list(map(where, person.places)) for person in people(entries)}


def where(place: Place) -> tuple[str, int, str]:
    return place.part, place.index, f"{place.text[: place.start]}|{place.text[place.end :]}"


def test_a_name_known_anywhere_is_found_everywhere_unmarked_too() -> None:
    assert found(wrote(1, moment="Dana stayed."), wrote(8, moment="Told @Dana.", care="dana and DANA")) == {
        "Dana": [("answers", 0, "| stayed."), ("answers", 0, "Told @|.")]
    }


def test_promises_outcomes_and_talks_name_people() -> None:
    assert found(TALK, WEEK, wrote(21, moment="Ana, Ben and Jonas.")) == {
        "Zoë": [("answers", 0, " |"), ("promises", 2, "|")],
        "Ben": [("promises", 0, "|"), ("answers", 0, "Ana, | and Jonas.")],
        "Jonas": [("promises", 0, "|"), ("answers", 0, "Ana, Ben and |.")],
    }


def test_words_that_the_writer_only_picked_name_no_one() -> None:
    picked = Answer(key="signs", kind="several", question="Which?", reply=("@Dana left", "Ben left"))
    assert found(replace(TALK, answers=(picked,), promises=(), outcomes=())) == {}


def test_items_of_a_list_facts_and_several_names_in_one_promise() -> None:
    listed = Answer(key="l", kind="list", question="What?", reply=("Ask Ana", "Thank @Ben"), fact="Ana again")
    entry = replace(WEEK, answers=(listed,), promises=(Promise(ref="p1", text="Call", to="Ana and Ben"),))
    ana, ben = people([entry])
    assert [(each.field, each.item, each.start) for each in ana.places] == [
        ("reply", 0, 4),
        ("fact", None, 0),
        ("to", None, 0),
    ]
    assert [(each.field, each.item, each.marked) for each in ben.places] == [
        ("reply", 1, True),
        ("to", None, False),
    ]
    assert list(people_in(entry.promises[0])) == ["Ana", "Ben"]
    assert names(entry.promises[0], "ben")
    assert names(entry.promises[0], "Ana and Ben")


def test_a_person_is_spelled_as_most_often_and_rather_with_a_capital() -> None:
    assert list(found(wrote(1, a="@dana @dana @dana"), wrote(8, a="Dana"))) == ["Dana"]
    assert list(found(wrote(1, a="@dana"))) == ["dana"]
    assert list(found(wrote(1, a="@dana_fox"), wrote(8, a="I asked Dana Fox."))) == ["Dana Fox"]


TEXTS = st.lists(
    st.sampled_from(["@Dana", "Dana", "dana", "@Ben's", "Ben", "Dana Fox", "and", "@all", "."]), max_size=6
)


@given(
    st.lists(TEXTS.map(" ".join), max_size=4), st.sampled_from(["", "Dana", "ben", "Dana Fox", "Ana, Ben"])
)
def test_each_place_is_where_its_entry_names_the_person_and_the_filter_agrees(
    texts: list[str], to: str
) -> None:
    entries = [
        replace(wrote(number + 1, a=text), promises=(Promise(ref="p1", text=text, to=to),))
        for number, text in enumerate(texts)
    ]
    for person in people(entries):
        for each in person.places:
            record = getattr(each.entry, each.part)[each.index]
            assert getattr(record, each.field) == each.text
            assert is_same_name(each.name, person.name)
            assert is_tied(each.entry, person.name)
