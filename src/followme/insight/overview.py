"""The overview of a journal: its weeks, each scale over time, picks by month or quarter, and all questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import partial

from followme.dates import MONTHS as MONTH_NAMES
from followme.dates import Interval, iso_week, monday, thursday
from followme.frozen import frozen
from followme.insight.earlier import Earlier, comparable
from followme.insight.ledger import Kept
from followme.insight.quarters import quarter, quarter_number, weeks_of_last
from followme.insight.question_counts import QuestionCounts, questions_of
from followme.insight.strip import states_of
from followme.insight.weeks import by_week, weeks_done, weeks_to
from followme.model import Answer, Entry

YEARS, QUARTERS, MONTHS = 3, 8, 12
"""How many years of weeks the strip has at most, and of how many quarters or months picks are counted."""

ALWAYS = Interval(date.min, date.max)
"""The days of entries that no filter chose."""

MONTHLY = 1.5
"""From how many answers a quarter on, on average, picks are counted by month."""


@frozen
class Value:
    """A number that was given: the week and the id of its entry, the number, and the fact behind it, "" for none."""

    week: str
    id: str
    number: int
    fact: str


@frozen(kw_only=True)
class Course:
    """A scale over time: the question as it was last asked, and its values, at least one, oldest week first.

    `others` counts answers that were given on a scale with other ends; they aren't among the values.
    """

    asked: Answer
    values: tuple[Value, ...]
    others: int

    @property
    def highest(self) -> Value:
        """The latest of its highest values."""
        return max(reversed(self.values), key=lambda each: each.number)

    @property
    def lowest(self) -> Value:
        """The latest of its lowest values."""
        return min(reversed(self.values), key=lambda each: each.number)

    @property
    def by_week(self) -> dict[str, float]:
        """The average of each week that has a value."""
        weeks: dict[str, list[int]] = {}
        for each in self.values:
            weeks.setdefault(each.week, []).append(each.number)
        return {week: average(numbers) for week, numbers in weeks.items()}


@frozen
class Span:
    """A month or a quarter: its name as people type it ("2026-11", "2026-Q4"), its name in words, and its answers."""

    name: str
    title: str
    answers: int


@frozen(kw_only=True)
class Tally:
    """The options of one question over time: the latest months or quarters, and how often each was picked in each.

    There is no gap between the `spans`, and the last one has an answer. The option picked most often comes first.
    """

    asked: Answer
    quarters: bool
    spans: tuple[Span, ...]
    picks: tuple[tuple[str, tuple[int, ...]], ...]


@frozen(kw_only=True)
class Overview:
    """What a journal adds up to, as read `today`.

    `reflections` counts those on weeks and on events, and `first` is the week of the earliest; `last` is that of the
    latest if they end before today, else "". `weeks` are the weeks to draw, the latest ones that have something,
    without a gap. `strip` has each week's state. `last_quarter` says whether these weeks are all there are, and last
    quarter has a reflection.
    """

    today: date
    reflections: int
    first: str
    last: str
    weeks: tuple[str, ...]
    strip: tuple[tuple[str, str], ...]
    courses: tuple[Course, ...]
    tallies: tuple[Tally, ...]
    kept: Kept
    questions: tuple[QuestionCounts, ...]
    last_quarter: bool


def overview(
    entries: Iterable[Entry],
    kept: Kept,
    today: date,
    *,
    year_starts: str,
    breaks: Collection[Interval] = (),
    of_weeks: bool = True,
    with_picks: bool = True,
    whole: Collection[Entry] = (),
    days: Interval = ALWAYS,
) -> Overview:
    """Return the overview of these entries; the other version of an entry that a merge kept counts nowhere.

    `kept` is the rate of their promises. Without `of_weeks`, the states of the weeks are left out, and without
    `with_picks` what was picked of options. Of answers, only the replies to scales and to options are looked at, and
    whether others were skipped.

    If these entries are those of some `days`, `whole` has all: a week has its reflection even if it was made later.
    """
    counted = sorted((each for each in entries if each.is_reflection and not each.conflict), key=by_week)
    questions = questions_of(counted)
    answers = _answers(counted)
    given = [answers[each.key] for each in questions if each.key in answers]
    picked = [each for each in given if each[-1].answer.kind == "several"] if with_picks else []
    courses = tuple(course_of(each) for each in given if each[-1].answer.kind == "scale")
    done = weeks_done(counted)
    strip = _strip(whole or counted, done, today, breaks, days) if of_weeks else ()
    valued = (each.week for course in courses for each in course.values)
    return Overview(
        today=today,
        reflections=len(counted),
        first=counted[0].week if counted else "",
        last=counted[-1].week if counted and days.last < today else "",
        weeks=drawn({*dict(strip), *valued}, iso_week(today)),
        strip=strip,
        courses=courses,
        tallies=tuple(filter(None, (_tally(each, year_starts) for each in picked))),
        kept=kept,
        questions=questions,
        last_quarter=of_weeks and not set(done).isdisjoint(weeks_of_last(today, year_starts)),
    )


def average(numbers: Collection[float]) -> float:
    """Return the mean of at least one number."""
    return sum(numbers) / len(numbers)


def drawn(weeks: Collection[str], this: str) -> tuple[str, ...]:
    """Return all weeks from the first of these to the last, up to this week, at most those of the latest years."""
    past = {week for week in weeks if week <= this}
    earliest = _earliest(max(past, default=this))
    shown = sorted(week for week in past if week >= earliest and _month_number(week))
    if not shown:
        return ()
    return weeks_to(shown[-1], (monday(shown[-1]) - monday(shown[0])).days // 7 + 1)


def _strip(
    whole: Collection[Entry], done: Collection[str], today: date, breaks: Collection[Interval], days: Interval
) -> tuple[tuple[str, str], ...]:
    """The state of each week whose Thursday is one of these days, and of those with a reflection from these days."""
    if not done:
        return ()
    # A week that has ended is in its strip even without a reflection.
    end = today if days.last >= today else monday(iso_week(days.last)) + timedelta(weeks=1)
    span = max(min(YEARS * 53, end.toordinal() // 7 - 2), 1)
    states = states_of(whole, weeks_done(whole), end, breaks, span)
    return tuple(each for each in states if each[0] in done or days.first <= thursday(each[0]) <= days.last)


def _earliest(latest: str) -> str:
    """The first of the calendar years that end with the year of this week."""
    return f"{int(latest[:4]) - YEARS + 1:04}"


def _answers(entries: Iterable[Entry]) -> dict[str, list[Earlier]]:
    """The answers to scales and options by the key of their question, in the order of the entries, but skipped ones."""
    answers: dict[str, list[Earlier]] = {}
    for entry in entries:
        for answer in entry.answers:
            if answer.kind in ("scale", "several") and answer.reply is not None:
                answers.setdefault(answer.key, []).append(Earlier(entry, answer))
    return answers


def course_of(given: Sequence[Earlier]) -> Course:
    """Return the course of a scale from its answers, oldest week first, at least one of them with a number."""
    asked = given[-1].answer
    values = tuple(
        Value(each.entry.week, each.entry.id, number, each.answer.fact)
        for each, number in comparable(given, asked)
    )
    return Course(asked=asked, values=values, others=len(given) - len(values))


def _tally(given: Sequence[Earlier], year_starts: str) -> Tally | None:
    """What was picked of one question; None if no answer is in a week of the calendar."""
    weeks = {each.entry.week for each in given}
    earliest = _earliest(max(weeks))
    months = {week: at for week in weeks if week >= earliest and (at := _month_number(week))}
    dated = [(each.entry.week, each.answer) for each in given if each.entry.week in months]
    if not dated:
        return None
    quarters = {week: quarter_number(week, year_starts) for week in months}
    by_quarter = len(dated) < MONTHLY * len(set(quarters.values()))
    numbers = quarters if by_quarter else months
    last = max(numbers.values())
    first = max(min(numbers.values()), last + 1 - (QUARTERS if by_quarter else MONTHS))
    shown = range(first, last + 1)
    answered = Counter(numbers[week] for week, _ in dated)
    picks: dict[str, Counter[int]] = {}
    for week, answer in dated:
        for option in answer.reply if isinstance(answer.reply, tuple) and numbers[week] in shown else ():
            picks.setdefault(option, Counter())[numbers[week]] += 1
    named = partial(_quarter_names, year_starts) if by_quarter else _month_names
    return Tally(
        asked=given[-1].answer,
        quarters=by_quarter,
        spans=tuple(Span(*named(at), answered[at]) for at in shown),
        picks=tuple(
            (option, tuple(times[at] for at in shown))
            for option, times in sorted(picks.items(), key=lambda pick: -pick[1].total())
        ),
    )


def _month_number(week: str) -> int:
    """The month of a week's Thursday, counted from the year 0; 0 for a week that isn't in the calendar."""
    try:
        day = thursday(week)
    except ValueError:
        return 0
    return day.year * 12 + day.month - 1 if MINYEAR < day.year < MAXYEAR else 0


def _month_names(number: int) -> tuple[str, str]:
    year, month = divmod(number, 12)
    return f"{year:04}-{month + 1:02}", f"{MONTH_NAMES[month][:3]} {year}"


def _quarter_names(starts: str, number: int) -> tuple[str, str]:
    named = quarter((number - 1) // 4, (number - 1) % 4 + 1, starts)
    return named.name, named.title
