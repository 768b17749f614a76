"""Journals to measure with: ten answers an entry, about 3.7 KB each, the same bytes every time.

    python bench/journals.py FOLDER        writes journal-10.toml … journal-10000.toml, and prints their sizes

520 entries are ten years of weeks, 1,560 are thirty. 10,000 would be 192 years of weeks, so that journal has
an entry a day, which makes 27 years. One word in twenty carries an accent. The newest entry is always that of
Friday, 20 November 2026.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

from followme.journal.file import codec
from followme.model import RESULTS, Answer, Entry, Outcome, Promise

SIZES = (10, 520, 1_560, 10_000)
NEWEST = datetime(2026, 11, 20, 16, 4, 11, tzinfo=timezone(timedelta(hours=1)))
WEEKS_UP_TO = 1_560
"""A journal with more entries than this has one a day instead of one a week."""

PREAMBLE = "# followme journal - safe to edit by hand\nformat = 1\n"
TAIL = "23456789abcdefghjkmnpqrstvwxyz"

PLAIN = """
after again against answer asked before behind between brought budget call called careful chance change
client clear contract courage customer deal decide demo desk early enough error estimate evening every
explain fact fault figures finance finished forecast found gave hard head heard help honest hour idea
invoice kept known later launch lead learned legal licence list listened long made meant meeting minute
missed moment morning moved never number offer once open opened order outside own paid part plan price
product promise proposal question quick quiet ready reason release report request review risk room said
sales same season second sent short showed side signed simple sold spoke spirit stage standard stayed stood
story team template term thing third thought time told took training tried trust turned unfinished until
visit voice waited walked week went whole wording work worked write
""".split()

ACCENTED = """
über für größer Gespräch nächste schön später Rückruf müde Büro café résumé déjà après équipe clientèle
réunion très à naïve Zoë señal mañana reunión decisión façade coração não própria řešení žádost świeży
później öppen
""".split()

PEOPLE = ("Ana", "Ben", "Chloé", "Dev", "Elif", "Jürgen")
SIGNS = ("They brought bad news early", "They waited me out", "They objected to my face", "None I could see")
TOLD = ("Yes, in so many words", "Not yet", "They asked me first")


def sentence(chance: Random, words: int) -> str:
    """Return this many words as one sentence; one in twenty has an accent."""
    drawn = [chance.choice(ACCENTED if chance.random() < 0.05 else PLAIN) for _ in range(words)]
    return " ".join(drawn).capitalize() + "."


def text(chance: Random, words: int) -> str:
    """Return about this many words, in sentences of 6 to 18, with a new paragraph every four sentences."""
    lines: list[list[str]] = [[]]
    while words > 0:
        length = chance.randint(6, 18)
        words -= length
        if len(lines[-1]) == 4:
            lines.append([])
        lines[-1].append(sentence(chance, length))
    return "\n\n".join(" ".join(line) for line in lines)


def answers(chance: Random) -> Iterator[Answer]:
    """Ten answers of all kinds; one text in five was skipped, but never the first."""

    def open_text(key: str, question: str, words: int) -> Answer:
        skipped = chance.random() < 0.2
        return Answer(key=key, kind="text", question=question, reply=None if skipped else text(chance, words))

    ask = "Think of one moment when someone did more, or less, than they had to. What had you done before it?"
    yield Answer(key="moment", kind="text", question=ask, reply=text(chance, 76))
    yield Answer(
        key="care-days",
        kind="scale",
        question="On how many days did you clear something out of one of your people's way?",
        reply=chance.randint(0, 5),
        low=0,
        high=5,
        low_label="no days",
        high_label="every day",
        fact=sentence(chance, 8),
    )
    yield open_text("standard", "Where did they see you do what you ask of them, and where not?", 68)
    ask = "Which of these did you see this week?"
    yield Answer(key="signs", kind="several", question=ask, reply=tuple(chance.sample(SIGNS, 2)))
    ask = "Do they know what you will do next?"
    yield Answer(key="told", kind="choice", question=ask, reply=chance.choice(TOLD))
    ask = "Who on your team had no one-on-one time with you this week?"
    yield Answer(key="unseen", kind="line", question=ask, reply=sentence(chance, 9))
    ask = "What stood in their way?"
    yield Answer(
        key="obstacles", kind="list", question=ask, reply=tuple(sentence(chance, 5) for _ in range(3))
    )
    ask = "Did you bring one of them a chance they had not asked for?"
    yield Answer(key="chance", kind="yesno", question=ask, reply=chance.random() < 0.5)
    yield open_text("spirit", "When was the team proud to be this team, and what had come before?", 68)
    yield open_text("hard", "What did you put off because it was hard, and what did that teach them?", 62)


def promise(chance: Random, day: datetime) -> Promise:
    """One promise, due at the next sitting or in two weeks."""
    return Promise(
        ref="p1",
        text=sentence(chance, 7).rstrip("."),
        occasion=f"{chance.choice(('Monday', 'Tuesday', 'Thursday'))}'s {chance.choice(PLAIN)}",
        to=chance.choice(PEOPLE),
        by=(day + timedelta(days=14)).date() if chance.random() < 0.3 else None,
        told=chance.random() < 0.6,
    )


def outcomes(chance: Random, waiting: Iterable[str]) -> tuple[Outcome, ...]:
    """What became of the promises that wait."""

    def outcome(promise: str) -> Outcome:
        note = sentence(chance, 6) if chance.random() < 0.5 else ""
        return Outcome(promise=promise, result=chance.choice(RESULTS), note=note)

    return tuple(map(outcome, waiting))


def entries(count: int) -> Iterator[Entry]:
    """Yield this many entries, the oldest first, always the same."""
    chance = Random(count)
    step = timedelta(weeks=1) if count <= WEEKS_UP_TO else timedelta(days=1)
    waiting: list[str] = []
    for number in reversed(range(count)):
        day = NEWEST - number * step
        year, week, _ = day.isocalendar()
        name = day.astimezone(UTC).strftime("%Y%m%dT%H%M%S-") + "".join(chance.choices(TAIL, k=5))
        told = outcomes(chance, waiting)
        # What was put off is asked about again.
        waiting = [each.promise for each in told if each.result == "not-yet"] + [f"{name}/p1"]
        yield Entry(
            id=name,
            date=day,
            week=f"{year}-W{week:02}",
            set="weekly",
            minutes=chance.randint(6, 14),
            answers=tuple(answers(chance)),
            promises=(promise(chance, day),),
            outcomes=told,
        )


def text_of(some: Iterable[Entry]) -> str:
    """A whole journal of these entries as its file holds it."""
    return PREAMBLE + "".join("\n" + codec.to_toml(entry) for entry in some)


def journal(count: int) -> str:
    """The journal of that many entries."""
    return text_of(entries(count))


def write(folder: Path, count: int) -> Path:
    """Write the journal of that many entries into the folder, unless it is there already."""
    path = folder / f"journal-{count}.toml"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(journal(count).encode())
    return path


def main(folder: str) -> None:
    for count in SIZES:
        path = write(Path(folder), count)
        size = path.stat().st_size
        print(f"{path}: {count:,} entries, {size:,} bytes, {size / count:,.0f} an entry")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python bench/journals.py FOLDER")
    main(sys.argv[1])
