"""Makes the pictures in docs/images from real screens: `python docs/make_screens.py [FOLDER [NAME…]]` writes them.

Each is followme itself, run in a terminal of 24 rows and 80 columns with an empty home, a journal of two weeks or
the demo's, and a clock that stands still, so the same code gives the same bytes. Needs the `test` extra and a POSIX
system.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drawing import Sight, film, sight, still
from run_in_terminal import Sitting

DOCS = Path(__file__).parent
IMAGES = DOCS / "images"
JOURNAL = DOCS / "sample-journal.toml"

ROWS, COLUMNS = 24, 80
ENTER = "\r"

A_WORD, A_KEY, A_LOOK, THE_END = 0.12, 0.5, 1.8, 8.0
"""How many seconds of the film a typed word, a key, a new question and the last screen stay."""


@dataclass(frozen=True)
class Picture:
    """One picture: the words of the command, pairs of what to wait for and what to type, and the last sight.

    In a film each word that is typed and each key is a screen of its own.
    """

    words: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    last: str
    title: str
    about: str
    rows: int = ROWS
    moves: bool = False


def typed(sight: str, words: str) -> tuple[tuple[str, str], ...]:
    """An answer: what to wait for with the words to type, and then Enter."""
    return (sight, words), (words.split()[-1], ENTER)


BEGIN = (("Press Enter to begin", ENTER),)
PROMISED = (("What became of each?", "k"), ("● kept", "p"))
STEPS = (
    *BEGIN,
    *PROMISED,
    *typed("What got in the way?", "I answered two questions that were meant for him."),
    ("Have you told Chris", "y"),
    *typed(
        "2 of 8",
        "Ana asked if we could stop the pilot. I had said in March that stopping is fine, and she believed me.",
    ),
    ("3 of 8", "4"),
    *typed("behind that number", "The access request, two calls, a room."),
    *typed(
        "4 of 8",
        "Ben stayed to test the short contract. I had told him why it matters.",
    ),
    *typed("5 of 8", "Chris, on Tuesday. He got an hour from me, on Thursday."),
    *typed("6 of 8", "1 6"),
    *typed("7 of 9", "I asked who needs the report. No one did, so we dropped it."),
    *typed("8 of 9", "stay quiet in the Tuesday call @Chris by wed"),
    ("Have you told Chris?", "y"),
    *typed("your cue", "when he opens the agenda"),
    *typed("9 of 9", "what would you stop doing if you were me? @Ana"),
    ("Tab name", ENTER),
    ("What now?", ENTER),
)

PICTURES = {
    "home.svg": Picture(
        words=(),
        keys=(),
        last="Press Enter to begin",
        title="followme",
        about="Home: this week's reflection is due, two promises are open, and what to type next.",
    ),
    "promise.svg": Picture(
        words=("reflect",),
        keys=PROMISED[:1],
        last="● kept",
        title="followme reflect, in week two",
        about="Last week's two promises, with the keys for what became of each; the first one was kept.",
    ),
    "question.svg": Picture(
        words=("reflect",),
        keys=STEPS[1:7],
        last="believed me",
        title="followme reflect, in week two",
        about="A question with its answer, and below it the keys.",
    ),
    "end.svg": Picture(
        words=(),
        keys=STEPS,
        last="Press Enter to close",
        title="followme reflect, at its end",
        about="The end: what comes back next Friday, the weeks so far, and an earlier answer.",
    ),
    "show.svg": Picture(
        words=("--no-pager", "show", "last"),
        keys=(),
        last="let Chris run it",
        title="followme show last",
        about="An entry: what became of a promise, the answers under their questions, and the new promises.",
        rows=48,
    ),
    "lookback.svg": Picture(
        words=("demo", "lookback"),
        keys=(),
        last="Space next page",
        title="followme demo lookback",
        about="Two years at a glance: the strip of weeks, and a number that rises after June 2026.",
        rows=22,
    ),
    "lookback-key.svg": Picture(
        words=("--no-pager", "demo", "lookback", "courage", "--since", "2026"),
        keys=(),
        last="It's one sentence.",
        title="followme demo lookback courage --since 2026",
        about="One question with its answers over a year, each with its week, below the wording it was asked in.",
        rows=40,
    ),
    "lookback-quarter.svg": Picture(
        words=("demo", "lookback", "--quarter", "2026-Q3"),
        keys=(),
        last="Space next page",
        title="followme demo lookback --quarter 2026-Q3",
        about="A quarter on one page: a line from each week, and the number with its best and worst weeks.",
        rows=47,
    ),
    "week-two.svg": Picture(
        words=(),
        keys=STEPS,
        last="Press Enter to close",
        title="followme, a whole week two",
        about="A whole reflection in week two, from the promises of last week to the new one.",
        moves=True,
    ),
}


def make(name: str) -> str:
    """One picture of PICTURES, as the text of its file."""
    wanted = PICTURES[name]
    with _sitting(wanted) as sitting:
        scenes = list(_scenes(wanted, sitting))
    if wanted.moves:
        return film(scenes, wanted.title, wanted.about)
    return still(scenes[-1][0], wanted.title, wanted.about)


@contextmanager
def _sitting(wanted: Picture) -> Iterator[Sitting]:
    with tempfile.TemporaryDirectory() as place:
        shutil.copy(JOURNAL, Path(place) / "journal.toml")
        sitting = Sitting(wanted.words, Path(place), wanted.rows, COLUMNS)
        try:
            yield sitting
        finally:
            sitting.end()


def _scenes(wanted: Picture, sitting: Sitting) -> Iterator[tuple[Sight, float]]:
    """The screens on the way, each with the seconds that it stays; a still needs only the last."""
    written = False
    for words, keys in wanted.keys:
        sitting.wait_for(words)
        # An answer just typed has been read already; whatever else comes is new.
        yield sight(sitting.terminal), A_KEY if written else A_LOOK
        written = wanted.moves and keys != ENTER
        # A word at a time: typing looks like typing, and the film stays small.
        for part in re.finditer(r"\S+\s*", keys) if written else ():
            sitting.type(part[0])
            sitting.wait_for(" ".join(keys[: part.end()].split()))
            yield sight(sitting.terminal), A_WORD
        if not written:
            sitting.type(keys)
    sitting.wait_for(wanted.last)
    yield sight(sitting.terminal), THE_END


def main(folder: Path, *names: str) -> None:
    """Write these pictures into a folder, or all of them."""
    with ThreadPoolExecutor(2) as pool:
        for name, drawn in zip(names or PICTURES, pool.map(make, names or PICTURES), strict=True):
            (folder / name).write_bytes(drawn.encode())
            print(f"{folder / name} is made.")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2] or [IMAGES]), *sys.argv[2:])
