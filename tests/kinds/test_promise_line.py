"""A promise in one line: what is taken out at its end, and that nothing else ever is."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followme.dates import shown_day
from followme.days_to_come import certain_day, coming_day
from followme.kinds.promise_line import (
    PromiseLine,
    day_words,
    mistyped_day,
    name_alone,
    person_alone,
    read_line,
    read_person,
    this_week,
)
from followme.names import is_name
from rows import each_row

TODAY = date(2026, 11, 20)
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
DEC_4 = date(2026, 12, 4)


@each_row(
    ("line", "words", "to", "by"),
    [
        ("ask legal for the short contract @Ben by fri", "ask legal for the short contract", "Ben", FRIDAY),
        ("ask legal for the short contract by fri @Ben", "ask legal for the short contract", "Ben", FRIDAY),
        ("ask legal, @Ben, by Dec 4", "ask legal", "Ben", DEC_4),
        ("ask legal, by 4 dec, @Ben", "ask legal", "Ben", DEC_4),
        ("ask legal,by fri", "ask legal", "", FRIDAY),
        ("ask legal BY Friday", "ask legal", "", FRIDAY),
        ("  ask  legal  @Ben  ", "ask  legal", "Ben", None),
        ("call by phone by next fri", "call by phone", "", FRIDAY),
        ("send it by the end of the week", "send it", "", FRIDAY),
        ("send it by Fri, Dec 4", "send it", "", DEC_4),
        ("send it by dec 4, 2026 @Ana", "send it", "Ana", DEC_4),
        ("call @Jean-Luc_O'Neil", "call", "Jean-Luc O'Neil", None),
        ("call @José", "call", "José", None),
        ("रिपोर्ट भेजो @राम", "रिपोर्ट भेजो", "राम", None),
        ("call @Ben by fri by mon", "call @Ben by fri", "", date(2026, 11, 23)),
        ("tell @Ana the news @Ben", "tell @Ana the news", "Ben", None),
    ],
)
def test_a_name_and_a_day_at_the_end_are_taken_out(line: str, words: str, to: str, by: date | None) -> None:
    assert read_line(line, TODAY) == PromiseLine(words, to, by)


LOSES_NOTHING = [
    *("talk to Ben", "raise pipeline by 2m", "be done by then", "ask @ 3pm", "mail ana@corp.example by hand"),
    *("bis Freitag anrufen", "call Ben by phone", "do it by myself", "cut churn by 4", "grow by 2026"),
    *("grow by 2 weeks", "finish by may", "read it by 2026-12", "stop by in 2 weeks", "be ready by w49"),
    *("ask @Ben about it", "by fri ask Ben", "call by fri or mon", "write to @all", "tell the team @here"),
    *("mail @ana@corp.example", "mail @ana.corp", "call @Ben.", "call @Ben2", "call (@Ben)", "call @_Ben"),
    *("tell @Ana @Ben", "tell @Ana and @Ben", "tell @Ana, @Ben", "tell @Ana & @Ben", "tell @Ana by fri @Ben"),
    *("@Ben", "by fri", "@Ben by fri", "by fri @Ben", ", @Ben", "ask Ben by 2026-11-20", "stand by", "standby fri"),
    *("call by feb 30", "call by 2026-02-30", "call by 12/4", "call by today", "call by thurs, dec 4"),
    *("rufe Ana bis fri an", "acheter par lundi", "电话 @", "@", ""),
]  # fmt: skip


@each_row("line", LOSES_NOTHING)
def test_everything_else_stays_words(line: str) -> None:
    assert read_line(line, TODAY) == PromiseLine(line)


def test_a_day_is_taken_where_two_people_are_not() -> None:
    assert read_line("tell @Ana @Ben by fri", TODAY) == PromiseLine("tell @Ana @Ben", "", FRIDAY)
    assert read_line("tell @Ana and @Ben, by fri", TODAY) == PromiseLine("tell @Ana and @Ben", "", FRIDAY)


@each_row(
    ("line", "mistyped"),
    [
        ("ask legal @Ana by fir", '"fir"'),
        ("ask legal, @Ana, by nxt fri", '"nxt fri"'),
        ("ask legal by fir @Ana", '"fir"'),
        ("tell @Ana and @Ben by feb 30", '"feb 30"'),
        ("@Ana by fir", '"fir"'),
        ("tell @Ana by fir @Ben", '"fir"'),
        *[
            (line, "")
            for line in ("ask legal @Ana by fri", "ask legal by fir", "ask legal @Ana", "@Ana by fri")
        ],
        *[(f"ask legal @Ana by {known}", "") for known in ("2w", "w49", "12/4", "today", "99999 weeks")],
        ("help @Ana by going through it with her", ""),
        ("tell @Ana by fri @Ben", ""),
        ("", ""),
    ],
)
def test_a_mistyped_day_is_seen_only_beside_a_person(line: str, mistyped: str) -> None:
    stays = " isn't a day followme knows, so it stays in the promise."
    assert mistyped_day(line, TODAY) == (f"{mistyped}{stays}" if mistyped else "")


@each_row(
    ("typed", "person", "day"),
    [
        ("Mia", "Mia", None),
        ("@Mia_Ruiz", "Mia Ruiz", None),
        *[(f"Mia{comma} by fri", "Mia", FRIDAY) for comma in ("", ",")],
        ("@Mia by fri", "Mia", FRIDAY),
        ("by fri, @Mia", "Mia", FRIDAY),
        ("Mia and Ben by fri", "Mia and Ben", FRIDAY),
        ("Mia @Ben", "Mia @Ben", None),
        # Where nothing but a name and a day fits, a span is a day too.
        ("Mia by 2w", "Mia", TODAY + timedelta(weeks=2)),
        ("Bytes Inc", "Bytes Inc", None),
    ],
)
def test_a_person_may_have_a_day_beside_them(typed: str, person: str, day: date | None) -> None:
    assert read_person(typed, TODAY) == (person, day)


@each_row(
    ("typed", "said"),
    [
        ("Mia by fir", '"fir" isn\'t a day followme knows. Try fri, '),
        ("Mia by 12/4", "Dec 4 or Apr 12? Type one of them."),
        ("by fri", '"by fri" names no one. Type a name, such as Mia or Mia by fri.'),
        ("by fri Mia", '"fri Mia" isn\'t a day followme knows. Try fri, '),
    ],
)
def test_what_names_no_one_or_no_day_is_said_in_one_row(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        read_person(typed, TODAY)
    assert len(str(caught.value)) <= 80


@each_row(
    ("typed", "example"),
    [
        ("@Priya, she wants to", "Priya"),
        ("@Priya she wants to", "Priya"),
        ("@Priya, Ben", "Priya"),
        ("Priya, she wants to", "Priya"),
        ("Priya because she wants to", "Priya"),
        ("@Priya, she wants to, by fri", "Priya"),
        ("@Ana2", "Mia"),
        ("@here", "Mia"),
        ("@", "Mia"),
        (f"{'Priya' * 9}, she wants to", "Mia"),
    ],
)
def test_a_name_has_nothing_but_a_day_beside_it(typed: str, example: str) -> None:
    with pytest.raises(ValueError, match=r"^Only a name fits here, ") as caught:
        person_alone(typed, TODAY)
    assert str(caught.value).endswith(f"Type {example} or {example} by fri.")
    assert len(str(caught.value)) <= 80
    with pytest.raises(ValueError, match=rf"^Only a name fits here.* Type {example}, for example"):
        name_alone(typed)


@each_row(
    ("typed", "person"),
    [
        ("Mia", "Mia"),
        ("@Mia", "Mia"),
        ("@Mia_Ruiz", "Mia Ruiz"),
        ("@Maria_del_Carmen_Ruiz_Lopez", "Maria del Carmen Ruiz Lopez"),
        ("my manager", "my manager"),
        ("@Ana and @Ben_Fox", "Ana and Ben Fox"),
        ("Ana, Ben and cleo", "Ana, Ben and cleo"),
        ("Ana von der Au, Ben Fox", "Ana von der Au, Ben Fox"),
    ],
)
def test_a_name_is_kept_without_its_mark_and_fits_again(typed: str, person: str) -> None:
    name_alone(typed)
    person_alone(f"{typed} by fri", TODAY)
    assert read_person(f"{typed} by fri", TODAY) == (person, FRIDAY)
    person_alone(person, TODAY)


@each_row(
    ("line", "today", "said"),
    [
        ("call Ana by fri", THURSDAY, '"fri" is in this week. "next fri" is Fri, Dec 4.'),
        ("call Ana by Sunday @Ben", THURSDAY, '"Sunday" is in this week. "next Sunday" is Sun, Dec 6.'),
        # These say which one they mean, or can mean only one.
        *[
            (f"call Ana by {day}", THURSDAY, "")
            for day in ("next fri", "tomorrow", "dec 4", "mon", "thu", "eow", "fir")
        ],
        ("call Ana by fri", FRIDAY, ""),
        ("call Ana", THURSDAY, ""),
    ],
)
def test_of_a_weekday_in_this_week_the_one_after_is_named(line: str, today: date, said: str) -> None:
    assert this_week(line, today) == said
    if said:
        word = said.split('"')[3]
        assert said.endswith(f"{shown_day(coming_day(word, today), today)}.")


def test_a_day_that_is_tomorrow_says_so() -> None:
    assert day_words(FRIDAY, THURSDAY) == "tomorrow, Fri, Nov 27"
    assert day_words(FRIDAY, THURSDAY - timedelta(days=1)) == "Fri, Nov 27"


PIECES = st.sampled_from(
    ["ask", "legal", "by", "By", "fri", "dec 4", "4 dec", "2m", "2026", "@Ben", "@Ana", "@all", "@", "ana@corp.example",
     ",", ", ", " ", "  ", " by fri", " @Ben", ", by next fri", "\u3000", "and", "İ", "@José", "Freitag"]
)  # fmt: skip
LINES = (
    st.lists(PIECES, max_size=8).map(" ".join)
    | st.lists(PIECES, max_size=8).map("".join)
    | st.text(max_size=40)
)


@given(line=LINES, today=st.dates())
@example("a @Ben by fri", TODAY)
@example("+ a @Ben by fri", TODAY)
@example("+ + a", TODAY)
@example("a @Ben by fri +", TODAY)
def test_whatever_the_line_the_words_are_what_was_typed_less_the_marks_at_the_end(
    line: str, today: date
) -> None:
    found = read_line(line, today)
    typed = line.strip().removeprefix("+ ").removesuffix(" +").strip()
    assert typed.startswith(found.words)
    rest = typed[len(found.words) :]
    if found.to:
        mark = "@" + found.to.replace(" ", "_")
        assert rest.count("@") == 1
        assert is_name(mark[1:])
        rest = re.sub(rf"\s*,?\s*{re.escape(mark)}(?=,|\s|\Z)", "", rest, count=1)
    if found.by:
        day = re.sub(r"^\s*,?\s*by\s", "", rest, count=1, flags=re.I)
        assert day != rest
        assert certain_day(day, today) == found.by > today
        rest = ""
    assert rest == ""
    assert found.words or not typed
