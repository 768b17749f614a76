"""Entries to test with: ready-made ones, and strategies for any entry at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from hypothesis import strategies as st

from followme.model import RESULTS, Answer, Entry, Outcome, Promise

ZONE = timezone(timedelta(hours=1))


def entry(number: int = 0, reply: str = "Ana stayed for the demo.\n\nShe had asked twice.") -> Entry:
    """A small entry, another one for each number."""
    moment = datetime(2026, 11, 20, 16, 4, 11, tzinfo=ZONE) + timedelta(weeks=number)
    year, week, _ = moment.isocalendar()
    return Entry(
        id=f"{moment:%Y%m%dT%H%M%S}-k7q2m",
        date=moment,
        week=f"{year}-W{week:02}",
        set="weekly",
        minutes=11,
        answers=(
            Answer(key="moment", kind="text", question="What went well?", reply=reply),
            Answer(key="care-days", kind="scale", question="How often?", low=0, high=5, reply=4),
            Answer(key="spirit", kind="text", question="And then?"),
        ),
        promises=(Promise(ref="p1", text="Ask legal", to="Ben", by=date(2026, 12, 1), told=False),),
    )


HEADER_LIKE = (
    "[[entry]]",
    "  [[entry]] # mine",
    "[[ entry ]]",
    "[['entry']]",
    '[["entry"]]',
    "\ufeff[[entry]]",
    "[[entry.answer]]",
    '"""',
    "'''",
    "\\",
    "\r\n",
    "\r",
    "\x00\x1b\x7f\x85\u2028",
    "\ud83d",
    "\ud83d\ude00",
)
"""What could break a file if it were written as it is."""

texts = st.one_of(
    st.text(st.characters(codec=None), max_size=40),
    st.lists(st.sampled_from([*HEADER_LIKE, "words", " ", "\n"]), max_size=8).map("".join),
    st.lists(st.sampled_from([*HEADER_LIKE, "words", "# x", "id = 1"]), max_size=6).map("\n".join),
)
some = texts.filter(bool)
told = st.none() | st.booleans()
replies = {
    "text": texts,
    "scale": st.integers(-(2**40), 2**40),
    "yesno": st.booleans(),
    "list": st.lists(texts, max_size=3).map(tuple),
}
answers = st.sampled_from(sorted(replies)).flatmap(
    lambda kind: st.builds(
        Answer,
        key=some,
        kind=st.just(kind),
        question=texts,
        reply=st.none() | replies[kind],
        low=st.none() | st.integers(0, 9),
        high=st.none() | st.integers(0, 9),
        low_label=texts,
        high_label=texts,
        fact=texts,
        private=st.booleans(),
        person=st.booleans(),
    )
)
promises = st.builds(
    Promise,
    ref=texts,
    text=texts,
    kind=st.sampled_from(["do", "ask"]),
    occasion=texts,
    who=texts,
    to=texts,
    by=st.none() | st.dates(),
    told=told,
    origin=texts,
    private=st.booleans(),
)
outcomes = st.builds(Outcome, promise=texts, result=st.sampled_from(RESULTS), note=texts, told=told)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1900, 1, 1), datetime(9998, 12, 31), timezones=st.none() | offsets)
entries = st.builds(
    Entry,
    id=st.from_regex(r"[0-9]{8}T[0-9]{6}-[a-z]{5}", fullmatch=True),
    date=moments,
    week=st.just("") | st.just("2026-W47"),
    set=texts,
    minutes=st.none() | st.integers(0, 999),
    private=st.booleans(),
    event=st.none() | st.booleans(),
    answers=st.lists(answers, max_size=3).map(tuple),
    promises=st.lists(promises, max_size=2).map(tuple),
    outcomes=st.lists(outcomes, max_size=2).map(tuple),
)
