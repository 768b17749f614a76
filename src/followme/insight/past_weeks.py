"""The weeks of a quarter, of a year or others side by side, in the writer's own words, without judgment or summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from followme.dates import Interval, iso_week, weeks_words
from followme.frozen import frozen
from followme.insight.digest import reply_words
from followme.insight.earlier import Earlier, comparable
from followme.insight.ledger import NONE, Kept, Row, kept, ledger
from followme.insight.promises import promise_words
from followme.insight.quarters import Period
from followme.insight.strip import MISSED, gap_words, longest_gaps
from followme.insight.weeks import by_week, in_break, weeks_done
from followme.insight.wording import all_of, capitalized
from followme.model import OPEN_KINDS, RESULTS, Answer, Entry

MOST = 3
"""How many of its highest and of its lowest answers a scale shows at most."""

NO_REFLECTION = "no reflection"
"""What stands in the place of the words of a week without a reflection."""

_ORDER = (*RESULTS, "")
_COUNTED = ("several", "choice", "yesno")


@frozen
class Week:
    """A week and the first words written in it, "" if there are none; `resting` if it is in a break without any.

    `lacks` says what stands in their place: "no reflection".
    """

    week: str
    words: str
    private: bool = False
    resting: bool = False
    lacks: str = ""


@frozen
class HighsAndLows:
    """The course of one scale, worded as it was last asked, and its highest and lowest answers.

    If many answers have the same number, only the latest ones with a fact are shown.
    """

    asked: Answer
    course: tuple[tuple[Earlier, int], ...]
    highest: tuple[Earlier, ...]
    lowest: tuple[Earlier, ...]


@frozen
class Counts:
    """How often each option of one question was picked, the most frequent first, and the number of answers."""

    asked: Answer
    answered: int
    picks: tuple[tuple[str, int], ...]


@frozen
class Ends:
    """The first and the last answer to one question."""

    first: Earlier
    last: Earlier


@frozen
class Skipped:
    """A question as it was last asked, and how often it was skipped."""

    asked: Answer
    skipped: int
    times: int


@frozen(kw_only=True)
class PastWeeks:
    """What some weeks hold, as read `today`: private answers too, kept out of exports and not from their writer.

    `period` is the quarter or the year they are, None for others; a year has its quarters too. `count` says how many
    weeks they are, `begun` how many of these have begun, and `reflected` how many have a reflection. `weeks` has those
    to show: from the journal's first one, `began`, as far as they have begun. `gap` says the longest gap of a year,
    "" for none, `before` is the rate of the promises made in the year before it, and `filters` says which entries were
    chosen, "" for all.
    """

    period: Period | None
    quarters: tuple[PastWeeks, ...]
    count: int
    begun: int
    reflected: int
    resting: int
    weeks: tuple[Week, ...]
    numbers: tuple[HighsAndLows, ...]
    counts: tuple[Counts, ...]
    ends: tuple[Ends, ...]
    promises: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    today: date
    before: Kept = NONE
    began: str
    gap: str = ""
    filters: str = ""

    @property
    def empty(self) -> bool:
        """Whether these weeks hold nothing at all."""
        parts = (self.numbers, self.counts, self.ends, self.promises, self.skipped)
        return not (self.reflected or any(parts) or any(each.words for each in self.weeks))

    @property
    def title(self) -> str:
        """The name of the quarter or the year; the days of other weeks."""
        if self.period:
            return self.period.title
        return weeks_words([each.week for each in self.weeks], self.today)

    @property
    def summary(self) -> str:
        """How many weeks have a reflection: "8 of 14 weeks have a reflection, 1 was in a break and 5 are to come."."""
        have = f"{'has' if self.reflected < 2 else 'have'} a reflection{' that fits' if self.filters else ''}"
        parts = [f"{self.reflected or 'none'} of {self.count} weeks {have}"]
        parts += (
            [f"{self.resting} {'was' if self.resting == 1 else 'were'} in a break"] if self.resting else []
        )
        to_come = self.count - self.begun
        parts += [f"{to_come} {'is' if to_come == 1 else 'are'} to come"] if to_come else []
        return f"{capitalized(all_of(parts))}."

    @property
    def promised(self) -> tuple[str, ...]:
        """How the promises ended, how those of the year before did, and the questions for someone, a sentence each."""
        rate, own = kept(self.promises), [row for row in self.promises if row.promise.kind != "ask"]
        asked = [row.ending for row in self.promises if row.promise.kind == "ask"]
        promises = rate.sentence or f"Promises made: {len(own)}."
        before = f"The year before, {self.before.sentence[:1].lower()}{self.before.sentence[1:]}"
        return (
            *([promises + _counted_by(row.ending for row in own if not row.is_in_rate)] if own else []),
            *([before] if self.before.due else []),
            *([f"Questions for someone: {len(asked)}.{_counted_by(asked)}"] if asked else []),
        )


def of_period(
    entries: Iterable[Entry],
    told: Iterable[Entry],
    period: Period,
    today: date,
    breaks: Collection[Interval] = (),
    began: str = "",
    filters: str = "",
) -> PastWeeks:
    """Return what a quarter or a year holds. `told` has the entries that say what became of promises.

    `began` is the journal's first week, "" for the first one with words, and `filters` says which entries were chosen.
    Entries of other weeks are left out.
    """
    entries, told = tuple(entries), tuple(told)
    parts = () if period.number else period.quarters
    quarters = tuple(of_period(entries, told, each, today, breaks, began, filters) for each in parts)
    past = _past(entries, told, period.weeks, today, breaks, began, period, quarters)
    return replace(past, filters=filters, gap="" if filters else past.gap)


def of_weeks(
    entries: Iterable[Entry],
    told: Iterable[Entry],
    weeks: Sequence[str],
    today: date,
    breaks: Collection[Interval] = (),
    began: str = "",
) -> PastWeeks:
    """Return what these weeks hold, given oldest first; `began` is the journal's first week, if it's known."""
    return _past(tuple(entries), told, weeks, today, breaks, began)


def _past(
    entries: Collection[Entry],
    told: Iterable[Entry],
    weeks: Sequence[str],
    today: date,
    breaks: Collection[Interval],
    began: str,
    period: Period | None = None,
    quarters: tuple[PastWeeks, ...] = (),
) -> PastWeeks:
    # The other version of an entry, which a merge kept, counts nowhere.
    shown = sorted((each for each in entries if each.week in weeks and not each.conflict), key=by_week)
    answers = _by_key(shown)
    replies = {key: [each for each in given if not each.answer.skipped] for key, given in answers.items()}
    done = weeks_done(shown)
    this = iso_week(today)
    begun = [week for week in weeks if week <= this]
    in_words = [_week(week, shown, resting=week not in done and in_break(week, breaks)) for week in begun]
    # Before the journal began there's nothing to miss, and this week isn't over yet.
    began = began or next((each.week for each in in_words if each.words), "9999")
    to_show = tuple(
        each for each in in_words if each.week >= began and (each.week < this or each.words or each.resting)
    )
    states = [(each.week, "" if each.resting or each.week in done else MISSED) for each in to_show]
    return PastWeeks(
        period=period,
        quarters=quarters,
        count=len(weeks),
        begun=len(begun),
        reflected=len(done),
        resting=sum(each.resting for each in in_words),
        weeks=to_show if to_show or period else tuple(in_words),
        numbers=tuple(_numbers(replies.values())),
        counts=tuple(_counts(replies.values())),
        ends=tuple(_ends(replies.values(), {each.words for each in in_words})),
        promises=_promises((*shown, *_ends_told(entries, weeks), *told), weeks, today),
        skipped=tuple(_skipped(answers.values())),
        today=today,
        began=began,
        gap=gap_words(longest_gaps(states), today) if quarters else "",
    )


def _by_key(entries: Iterable[Entry]) -> dict[str, list[Earlier]]:
    """The answers by the key of their question, oldest first; notes and endings between sittings are left out."""
    answers: dict[str, list[Earlier]] = {}
    for entry in entries:
        for answer in entry.answers if entry.is_reflection else ():
            answers.setdefault(answer.key, []).append(Earlier(entry, answer))
    return answers


def _week(week: str, entries: Iterable[Entry], *, resting: bool) -> Week:
    """The first longer answer of a week, from its sitting if possible; without one, its first promise, or fact."""
    written = [entry for entry in entries if entry.week == week]
    written.sort(key=lambda entry: not entry.is_sitting)
    texts = [
        Earlier(entry, each)
        for entry in written
        for each in entry.answers
        if each.kind == "text" and each.reply
    ]
    if texts:
        return Week(week, str(texts[0].answer.reply), texts[0].private)
    made = [(promise, entry.day) for entry in written for _, promise in entry.made if promise.text]
    if made:
        return Week(week, promise_words(*made[0]), made[0][0].private)
    facts = [Earlier(entry, each) for entry in written for each in entry.answers if each.fact]
    if facts:
        return Week(week, facts[0].answer.fact, facts[0].private)
    return Week(
        week, "", resting=resting, lacks=_lack([each for each in written if each.is_reflection], resting)
    )


def _lack(reflections: Sequence[Entry], resting: bool) -> str:
    """What stands in the place of the words of a week."""
    if not reflections:
        return "in a break" if resting else NO_REFLECTION
    replied = any(not answer.skipped for each in reflections for answer in each.answers)
    return "only short answers" if replied else "no answers"


def _counted_by(endings: Iterable[str]) -> str:
    """How often there is each of these endings: " Open: 2. No longer needed: 1."."""
    return "".join(f" {capitalized(ending)}: {number}." for ending, number in Counter(endings).items())


def _ends_told(entries: Iterable[Entry], weeks: Collection[str]) -> Iterator[Entry]:
    """What entries of other weeks say of promises."""
    return (replace(each, promises=()) for each in entries if each.outcomes and each.week not in weeks)


def _promises(entries: Iterable[Entry], weeks: Collection[str], today: date) -> tuple[Row, ...]:
    """The promises that were made in these weeks, by how they ended; open ones come last."""
    made = (row for row in ledger(entries, today) if row.week in weeks)
    return tuple(
        sorted(made, key=lambda row: (_ORDER.index(row.result), row.ending != row.result, row.ending))
    )


def _numbers(questions: Iterable[Sequence[Earlier]]) -> Iterator[HighsAndLows]:
    for answers in questions:
        asked = answers[-1].answer if answers else None
        if asked is None or asked.low is None:
            continue
        if course := comparable(answers, asked):
            ends = (min(value for _, value in course), max(value for _, value in course))
            lowest, highest = (_some([each for each, value in course if value == end]) for end in ends)
            yield HighsAndLows(asked, tuple(course), highest, lowest if ends[0] < ends[1] else ())


def _some(answers: Sequence[Earlier]) -> tuple[Earlier, ...]:
    """A few of these answers, oldest first: the latest, those with a fact before others."""
    chosen = [each for each in answers if each.answer.fact][-MOST:]
    return tuple(chosen or answers[-1:])


def _counts(questions: Iterable[Sequence[Earlier]]) -> Iterator[Counts]:
    for answers in questions:
        if answers and answers[-1].answer.kind in _COUNTED:
            picks = Counter(pick for each in answers for pick in _picks(each.answer))
            if picks:
                yield Counts(answers[-1].answer, len(answers), tuple(picks.most_common()))


def _picks(answer: Answer) -> tuple[str, ...]:
    """What was picked; nothing where that was forgotten."""
    if answer.reply is None:
        return ()
    return answer.reply if isinstance(answer.reply, tuple) else (reply_words(answer),)


def _ends(questions: Iterable[Sequence[Earlier]], shown: Collection[str]) -> Iterator[Ends]:
    """The first and last answers to open questions, unless both are shown already; a name alone says nothing."""
    for given in questions:
        answers = [each for each in given if not each.answer.forgotten]
        if answers[1:] and answers[-1].answer.kind in OPEN_KINDS and not answers[-1].answer.person:
            ends = Ends(answers[0], answers[-1])
            if any(each.answer.reply not in shown for each in (ends.first, ends.last)):
                yield ends


def _skipped(questions: Iterable[Sequence[Earlier]]) -> Iterator[Skipped]:
    """The questions that were skipped, the one skipped most often first."""
    found = [
        Skipped(answers[-1].answer, sum(each.answer.skipped for each in answers), len(answers))
        for answers in questions
        # A promise leaves no answer, so no one can count how often it was asked for.
        if answers[-1].answer.kind != "promise"
    ]
    yield from sorted((each for each in found if each.skipped), key=lambda each: -each.skipped)
