"""The echo: what the end of a reflection gives back, one earlier answer of one's own, and when promises come back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from followme.dates import Interval
from followme.frozen import frozen
from followme.insight.earlier import Earlier, earlier
from followme.insight.promises import OpenPromise
from followme.insight.questions import surely_asked
from followme.insight.strip import strip_of
from followme.insight.weeks import next_review, weeks_done
from followme.model import RETURN, Answer, Entry, Promise, PromptSet

MOMENT = "moment"
"""The question whose earlier answer is given back where this reflection's own questions have none."""

_AGES = ((52, 4), (13, 2), (4, 1))
"""About a year, a quarter, and a few weeks: how many weeks ago, and by how many it may be more or less."""


@frozen(kw_only=True)
class Echo:
    """What the end of a reflection gives back.

    `comes_back` has each promise made in it, with the review day on which a reflection asks about it, None if it
    isn't known; `surely` has those of them that the next reflection asks about however many are open. `strip` has the
    states of the last weeks, and `earlier` an earlier answer; an entry that counts for no week has neither.
    """

    comes_back: tuple[tuple[Promise, date | None], ...] = ()
    surely: Collection[Promise] = ()
    strip: tuple[str, ...] = ()
    earlier: Earlier | None = None


def echo_of(
    saved: Entry,
    past: Sequence[Entry],
    today: date,
    review_day: str,
    breaks: Collection[Interval] = (),
    *,
    opened: Sequence[OpenPromise],
    prompt_set: PromptSet,
) -> Echo:
    """Return what the end of the reflection that was just saved gives back.

    `past` has the entries before it, oldest first. Without a `review_day`, as where reflections are due by days instead
    of by weeks, no day is known, and there is no strip; nor is there one for someone who comes back after missed weeks.
    `opened` has all open promises, oldest first, and `prompt_set` is the set of the reflection.
    """
    entries = (*past, saved)
    done = weeks_done(entries)
    comes_back = [
        (each, asked_again(each.by, today, review_day, done, breaks) if review_day else None)
        for each in saved.promises
    ]
    return Echo(
        comes_back=tuple(comes_back),
        surely=tuple(
            each
            for each, day in comes_back
            if f"{saved.id}/{each.ref}" in {found.ref for found in surely_asked(opened, prompt_set, day)}
        ),
        strip=strip_of(entries, done, today, breaks) if review_day and _is_usual(saved) else (),
        earlier=earlier_answer(saved, past) if saved.is_sitting else None,
    )


def earlier_answer(saved: Entry, past: Iterable[Entry]) -> Earlier | None:
    """Return one earlier answer, to a question that this reflection asked too, else to MOMENT; None if there is none.

    It is from about a year ago, else about a quarter, else a few weeks, else the oldest there is; several of about
    that age take turns. It is never private, of this week or a later one, or of an entry that counts for no week.
    """
    sittings = [entry for entry in past if entry.is_sitting and entry.week < saved.week]
    before = [entry for entry in sittings if not entry.private]
    hidden = {answer.key for answer in saved.answers if answer.private}
    for key in dict.fromkeys((*_themes(saved), MOMENT)):
        given = [each for each in earlier(before, key) if key not in hidden and _is_open(each.answer)]
        if given:
            return _fitting(given, saved.day, len(sittings) + 1)
    return None


def asked_again(
    by: date | None, today: date, review_day: str, done: Collection[str], breaks: Collection[Interval]
) -> date:
    """Return the next review day on which a promise made today is asked about, if it is to be kept by this day.

    Weeks that are done or in a break have none.
    """
    return next_review(max(by or today, today + timedelta(days=1)), review_day, done, breaks)


def _is_usual(saved: Entry) -> bool:
    return saved.is_sitting and saved.set != RETURN


def _themes(saved: Entry) -> Iterator[str]:
    """The keys of this reflection's own questions for words, but for the moment: long answers first."""
    for kind in ("text", "line"):
        for answer in saved.answers:
            if answer.kind == kind and answer.key != MOMENT and not answer.person:
                yield answer.key


def _is_open(answer: Answer) -> bool:
    return not answer.private and isinstance(answer.reply, str) and bool(answer.reply.strip())


def _fitting(given: list[Earlier], now: date, turn: int) -> Earlier:
    """The answer whose turn it is: one of those nearest to the first age that any has reached, or of the two oldest.

    If a question is asked every week, each turn is two weeks after the last one, so no answer comes twice in a row.
    """

    def weeks(each: Earlier) -> int:
        return (now - each.entry.day).days // 7

    near = sorted(given, key=weeks, reverse=True)[:2]
    for age, less in _AGES:
        if weeks(near[0]) >= age + less:
            old = [each for each in given if weeks(each) >= age - less]
            near = sorted(old, key=lambda each: abs(weeks(each) - age))[: 2 * less + 1]
            break
    return sorted(near, key=weeks, reverse=True)[turn % len(near)]
