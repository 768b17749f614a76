"""Time whole commands, as a person meets them, against journals of different size and beside a peer.

    python bench/run.py > docs/benchmarks.md
    python bench/shapes.py >> docs/benchmarks.md
    python bench/run.py 1                          (another number of rounds, to try it)

Every round runs every command once, in turn, so that a slow moment of the machine falls on all of them alike;
what is printed are medians over the rounds, and ratios of such medians. The peer is jrnl, the journal most
people use in a terminal, installed in an environment of its own in bench/.cache.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
import venv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copyfile, rmtree
from statistics import median

import journals
from followme import __version__
from followme.exports import FORMATS
from followme.model import Answer, Entry

if os.name != "nt":
    import in_terminal
    import several

ROUNDS = 5
CACHE = Path(__file__).parent / ".cache"
RUN = CACHE / "run"
"""The folder of one measurement, emptied before: journals that grow, and the home they are used from."""

SCRIPTS = "Scripts" if os.name == "nt" else "bin"
FOLLOWME = str(Path(sys.executable).with_name("followme"))
PEER = "jrnl==4.6"

FLOOR_NAME = "a program of one command"
FLOOR = """\
import typer

app = typer.Typer(add_completion=False)


@app.callback(invoke_without_command=True)
def main(version: bool = False) -> None:
    print("0.1.0")


app()
"""
"""The least a program made with typer can do: what must be instant is measured against it."""

LIBRARIES_NAME = "importing typer, rich and questionary"
LIBRARIES = "import typer, rich.console, questionary"
"""What a program that asks in a terminal cannot do without: the time to the first question is measured against it."""

FIRST_NAME = "followme reflect until the first question"
ENTER_NAME = "from Enter at home until the first question"
PERSON_NAME = "followme people NAME"
EXACT_NAME = "followme search --exact"
EDIT_NAME = "followme edit"
TAB_NAME = "Tab after followme show"
QUARTER_NAME, QUARTER = "followme lookback --quarter", "2026-Q3"
"""The last quarter that is over in the journals here."""

READ_NAME = "reading all entries"
READ = """\
import sys
from pathlib import Path
from followme.journal.file.places import placed

with placed(Path(sys.argv[1]), print) as journal:
    sum(1 for _ in journal)
"""
"""What an export can't do without; most of its time should go there."""

IMPORT_NAME = "followme import"

WATCHED = """\
import resource, subprocess, sys

subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""

OFFER = "Press Enter to begin."
"""Home's offer, which stands below all else there."""

READY = "Ctrl+C pause · F1 all keys"
"""The end of the line of keys, which is drawn last, below a question that can be answered now."""

NOTHING_DUE = 3
"""The exit code of `followme due` where nothing is due."""

TEN_YEARS, THIRTY_YEARS = 520, 1_560
SYNCS = 6
"""How often a note has the disk say that it is there: draft, journal, and the folders that name them."""

NOWHERE, OFTEN = "xylophone", "courage"
"""A word that isn't in any journal, as a rare one nearly isn't, and one that most entries have."""

ANSWERS = Path(__file__).parents[1] / "tests" / "answers" / "three-minutes.toml"
SAID = """\
On how many days did you clear something out of one of your people's way?
4. Moved Ana's licence request past finance on Tuesday.
Which of your people did you not really speak with this week?
B., since the offsite.
What is the one thing you promise for the coming week?
When Tuesday's deal desk: ask legal for the short contract (Ben, not told)."""
"""What `ANSWERS` says, with its questions, for the peer."""


@dataclass(frozen=True)
class Command:
    """One thing measured: its name in the table, how many entries the journal holds, and what is run.

    `{}` in an argument becomes another number each time. With `until`, it runs in a terminal, and is stopped
    when these words are drawn; with `after`, it counts from Enter, which is pressed below those words.
    """

    name: str
    entries: int
    arguments: list[str]
    until: str = ""
    after: str = ""


def peer() -> Path:
    """The peer's command, installed once."""
    folder = CACHE / "peer"
    command = folder / SCRIPTS / "jrnl"
    ready, taken = CACHE / "peer.ready", CACHE / "peer.lock"
    CACHE.mkdir(exist_ok=True)
    while not ready.exists():
        # Tests that run side by side may all want it first.
        try:
            taken.mkdir()
        except FileExistsError:
            time.sleep(0.2)
            continue
        try:
            venv.create(folder, with_pip=True)
            subprocess.run([folder / SCRIPTS / "python", "-m", "pip", "install", "--quiet", PEER], check=True)
            ready.touch()
        finally:
            taken.rmdir()
    return command


def words(answer: Answer) -> str:
    """All that one answer holds: the question, the reply, the fact behind it."""
    reply = answer.reply
    said = "\n".join(reply) if isinstance(reply, tuple) else str("skipped" if reply is None else reply)
    return f"{answer.question}\n{said}\n{answer.fact}".strip()


def all_words(entry: Entry) -> str:
    """All that an entry holds, as a person would have written it into a journal of plain text."""
    promised = (f"When {each.occasion}: {each.text} ({each.to}, {each.by})" for each in entry.promises)
    became = (f"{each.promise}: {each.result} {each.note}" for each in entry.outcomes)
    return "\n".join([*became, *map(words, entry.answers), *promised])


def as_peer_text(entry: Entry) -> str:
    """The same content as the peer keeps it: a date, a first line, and everything else below it."""
    return f"[{entry.date:%Y-%m-%d %H:%M}] {entry.week} {entry.set}\n{all_words(entry)}\n\n"


def peer_journal(entries: int) -> Path:
    """A journal of the peer with as many entries; return the settings file that names it."""
    journal = RUN / f"jrnl-{entries}.txt"
    journal.write_bytes("".join(map(as_peer_text, journals.entries(entries))).encode())
    return peer_settings(journal, "%Y-%m-%d %H:%M")


def peer_settings(journal: Path, timeformat: str) -> Path:
    """Settings of the peer for this journal, in a file beside it."""
    settings = journal.with_suffix(".yaml")
    wanted = {
        "version": PEER.split("==")[1],
        "journals": {"default": {"journal": str(journal)}},
        "timeformat": timeformat,
        "default_hour": 9,
        "default_minute": 0,
        "tagsymbols": "#@",
        "linewrap": 79,
        "indent_character": "|",
        "highlight": True,
        "encrypt": False,
        "template": False,
        "editor": "",
        "colors": dict.fromkeys(("body", "date", "tags", "title"), "none"),
    }
    # YAML, and every value as JSON writes it; a file that is JSON as a whole the peer takes for an old one.
    lines = [f"{key}: {json.dumps(value)}\n" for key, value in wanted.items()]
    settings.write_text("".join(lines), encoding="utf-8")
    return settings


def commands() -> list[Command]:
    """Everything that is timed, on fresh copies of the journals."""
    floor = RUN / "floor.py"
    floor.write_text(FLOOR, encoding="utf-8")
    chosen = [
        Command(FLOOR_NAME, 0, [sys.executable, str(floor)]),
        Command("followme --version", 0, [FOLLOWME, "--version"]),
        Command(LIBRARIES_NAME, 0, [sys.executable, "-c", LIBRARIES]),
        Command("jrnl --version", 0, [str(peer()), "--version"]),
    ]
    for count in journals.SIZES:
        fresh = copyfile(journals.write(CACHE, count), RUN / f"journal-{count}.toml")
        ours = [FOLLOWME, "--journal", str(fresh), "--no-input"]
        theirs = [str(peer()), "--config-file", str(peer_journal(count))]
        chosen += [
            Command("followme", count, ours),
            Command("followme list", count, [*ours, "list"]),
            Command(TAB_NAME, count, [*ours, "completion", "zsh", "show", ""]),
            Command("followme list -n 10", count, [*ours, "list", "-n", "10"]),
            Command(
                "followme reflect", count, [*ours, "reflect", "three-minutes", "--answers", str(ANSWERS)]
            ),
            Command("followme due", count, [*ours, "due"]),
            Command("followme lookback", count, [*ours, "lookback"]),
            Command(PERSON_NAME, count, [*ours, "people", "Jürgen"]),
            Command(QUARTER_NAME, count, [*ours, "lookback", "--quarter", QUARTER]),
            Command("followme lookback --year", count, [*ours, "lookback", "--year", QUARTER[:4]]),
            Command("followme note", count, [*ours, "note", SAID]),
            # It takes back that note.
            Command("followme undo", count, [*ours, "undo", "--yes"]),
            Command(EDIT_NAME, count, [*ours, "edit", _middle(count), "--answer", "moment=Word {}", "--yes"]),
            *_searches("followme search", [*ours, "search"], count),
            Command(EXACT_NAME, count, [*ours, "search", "--exact", NOWHERE]),
            *_first_question(journals.write(CACHE, count), count),
            Command("jrnl -n 10 --short", count, [*theirs, "-n", "10", "--short"]),
            *_searches("jrnl -contains", [*theirs, "-contains"], count),
            Command("jrnl WORDS", count, [*theirs, SAID]),
            *_out(ours, theirs, count),
            *_in(theirs, count),
        ]
    return chosen


def _middle(count: int) -> str:
    """The id of the entry in the middle of the journal."""
    return list(journals.entries(count))[count // 2].id


def _out(ours: list[str], theirs: list[str], count: int) -> list[Command]:
    """An export in each format beside the peer's, and what every export does first: reading all entries."""
    journal = ours[ours.index("--journal") + 1]
    return [
        Command(READ_NAME, count, [sys.executable, "-c", READ, journal]),
        *(
            Command(f"followme export --format {each}", count, [*ours, "export", "--format", each])
            for each in FORMATS
        ),
        Command("jrnl --export md", count, [*theirs, "--export", "md"]),
        Command("jrnl --export json", count, [*theirs, "--export", "json"]),
    ]


def _in(theirs: list[str], count: int) -> list[Command]:
    """The peer's whole journal brought into a new one, here and by the peer itself."""
    text = str(RUN / f"jrnl-{count}.txt")
    new = [FOLLOWME, "--journal", str(RUN / "imported-{}.toml"), "import", text, "--yes"]
    again = [*theirs, "--config-override", "journals.default.journal", str(RUN / "imported-{}.txt")]
    return [
        Command(IMPORT_NAME, count, new),
        Command("jrnl --import", count, [*again, "--import", "--file", text]),
    ]


def _searches(name: str, words: list[str], count: int) -> list[Command]:
    """A search for a word that isn't there, and for one that most entries have."""
    return [Command(f"{name} {word}", count, [*words, word]) for word in (NOWHERE, OFTEN)]


def _first_question(journal: Path, count: int) -> list[Command]:
    """The way to the first question, where there are terminals; this journal has no reflection for this week yet."""
    if os.name == "nt":
        return []
    home = [FOLLOWME, "--journal", str(journal)]
    words = [*home, "reflect", "three-minutes", "--week", "2026-W47"]
    return [
        Command(FIRST_NAME, count, words, until=READY),
        Command(ENTER_NAME, count, home, until=READY, after=OFFER),
    ]


def clean_environment() -> dict[str, str]:
    """An empty home and no settings, so that everyone's figures mean the same."""
    home = RUN / "home"
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
    return kept | {"HOME": str(home), "USERPROFILE": str(home), "PYTHONUTF8": "1"}


def timed(command: Command, environment: dict[str, str]) -> float:
    """Milliseconds from start to end, output piped; a command that fails stops the measurement."""
    if command.until:
        taken = in_terminal.time_until(command.until, command.arguments, environment, command.after)
        # What was stopped left an unfinished sitting, which the next start would ask about.
        rmtree(next((RUN / "home").rglob("drafts")))
        return taken
    arguments = [each.replace("{}", str(time.time_ns())) for each in command.arguments]
    start = time.perf_counter()
    done = subprocess.run(arguments, capture_output=True, stdin=subprocess.DEVNULL, env=environment)
    taken = (time.perf_counter() - start) * 1_000
    if done.returncode not in (0, NOTHING_DUE):
        sys.exit(f"{command.name} gave {done.returncode}: {done.stderr.decode(errors='replace')}")
    return taken


def measure(chosen: list[Command], rounds: int) -> dict[tuple[str, int], float]:
    """The median of every command, by its name and the size of its journal; one round before warms up."""
    environment = clean_environment()
    times: dict[tuple[str, int], list[float]] = {(command.name, command.entries): [] for command in chosen}
    for number in range(-1, rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
        for command in chosen:
            taken = timed(command, environment)
            if number >= 0:
                times[command.name, command.entries].append(taken)
    return {key: median(values) for key, values in times.items()}


def one_sync(rounds: int) -> float:
    """The median of milliseconds in which the disk takes a line added to a file, as a note waits for it."""
    taken = []
    with (RUN / "synced").open("ab", buffering=0) as file:
        for _ in range(rounds):
            file.write(b"Ana stayed for the demo\n")
            start = time.perf_counter()
            os.fsync(file)
            taken.append((time.perf_counter() - start) * 1_000)
    return median(taken)


def table(medians: dict[tuple[str, int], float]) -> str:
    """One line a command, one column a size, milliseconds."""
    names = list(dict.fromkeys(name for name, _ in medians))
    lines = [
        "| milliseconds | " + " | ".join(f"{size:,} entries" for size in journals.SIZES) + " |",
        "| --- |" + " ---: |" * len(journals.SIZES),
    ]
    for name in names:
        cells = [medians.get((name, size), medians.get((name, 0))) for size in journals.SIZES]
        shown = (
            name if name in (FLOOR_NAME, LIBRARIES_NAME, FIRST_NAME, ENTER_NAME, READ_NAME) else f"`{name}`"
        )
        lines.append(f"| {shown} | " + " | ".join(f"{cell:.0f}" for cell in cells if cell is not None) + " |")
    return "\n".join(lines)


def memory() -> str:
    """The most megabytes that each of these commands has, with two sizes of the journal; "" where none are told."""
    if os.name == "nt":
        return ""
    sizes = journals.SIZES[-2:]
    lines = [
        "| megabytes | " + " | ".join(f"{size:,} entries" for size in sizes) + " |",
        "| --- |" + " ---: |" * len(sizes),
    ]
    looks = ["list", "lookback", f"search {OFTEN}", *(f"export --format {name}" for name in FORMATS)]
    rows = [("followme", _ours, words) for words in looks]
    rows += [("jrnl", _theirs, words) for words in ("--short", f"-contains {OFTEN}")]
    for name, command, words in rows:
        most = [_most_memory(command(size, words)) for size in sizes]
        lines.append(f"| `{name} {words}` | " + " | ".join(f"{each:.0f}" for each in most) + " |")
    return "\n".join(lines)


def _ours(size: int, words: str) -> list[str]:
    return [FOLLOWME, "--journal", str(RUN / f"journal-{size}.toml"), *words.split()]


def _theirs(size: int, words: str) -> list[str]:
    return [str(peer()), "--config-file", str(RUN / f"jrnl-{size}.yaml"), *words.split()]


def _most_memory(command: list[str]) -> float:
    """The megabytes of a command. A small program starts it, since at first a child has the memory of its parent."""
    told = subprocess.run([sys.executable, "-c", WATCHED, *command], capture_output=True, check=True)
    return int(told.stdout) / (1024 if sys.platform == "linux" else 1024**2)


def ratios(medians: dict[tuple[str, int], float]) -> str:
    """What the table means, each as one median divided by another of the same rounds."""
    least, most = journals.SIZES[0], journals.SIZES[-1]
    start, floor, years = ("followme --version", 0), (FLOOR_NAME, 0), THIRTY_YEARS
    home, ten, add, note = "followme", "followme list -n 10", "followme reflect", "followme note"
    undo = "followme undo"
    compared = [
        (f"`followme --version`, against {FLOOR_NAME}", start, floor),
        ("`followme --version`, against `jrnl --version`", start, ("jrnl --version", 0)),
        (f"`followme due` with {years:,} entries, against {FLOOR_NAME}", ("followme due", years), floor),
        (f"`followme note` with {years:,} entries, against {FLOOR_NAME}", (note, years), floor),
        (
            f"The overview of {years:,} entries, against `followme --version`",
            ("followme lookback", years),
            start,
        ),
        (
            f"The overview of {most:,} entries, against a list of them all",
            ("followme lookback", most),
            ("followme list", most),
        ),
        (f"Tab with {most:,} entries, against {FLOOR_NAME}", (TAB_NAME, most), floor),
        (f"Home with {years:,} entries, against home with {least}", (home, years), (home, least)),
        (f"Home with {most:,} entries, against home with {least}", (home, most), (home, least)),
        (f"The last ten of {most:,} entries, against the last ten of {least}", (ten, most), (ten, least)),
        (f"A note into {most:,} entries, against one into {least}", (note, most), (note, least)),
        (f"A note into {most:,} entries, against the same words in jrnl", (note, most), ("jrnl WORDS", most)),
        (
            f"Undo of a note in {most:,} entries, against adding it in jrnl",
            (undo, most),
            ("jrnl WORDS", most),
        ),
        (
            f"A reflection from a file into {most:,} entries, against one into {least}",
            (add, most),
            (add, least),
        ),
        (f"A reflection from a file into {most:,} entries, against jrnl", (add, most), ("jrnl WORDS", most)),
        (
            f"The middle entry of {most:,} edited, against one more entry in jrnl",
            (EDIT_NAME, most),
            ("jrnl WORDS", most),
        ),
        (
            f"A quarter of {most:,} entries, against all of them",
            (QUARTER_NAME, most),
            ("followme list", most),
        ),
        (f"A quarter of {years:,} entries, against `followme --version`", (QUARTER_NAME, years), start),
        *_last_ten(ten, floor),
        (
            f"A rare word in {most:,} entries, against jrnl",
            *_beside_the_peer(f"followme search {NOWHERE}", NOWHERE),
        ),
        ("The same with `--exact`", *_beside_the_peer(EXACT_NAME, NOWHERE)),
        (
            f"A word that most of {most:,} entries have, against jrnl",
            *_beside_the_peer(f"followme search {OFTEN}", OFTEN),
        ),
    ]
    for ours, theirs in (("markdown", "md"), ("json", "json")):
        pair = (f"followme export --format {ours}", most), (f"jrnl --export {theirs}", most)
        compared.append((f"An export of {most:,} entries as {ours}, against jrnl", *pair))
    compared += [
        (
            f"An export of {most:,} entries as markdown, against reading them",
            ("followme export --format markdown", most),
            (READ_NAME, most),
        ),
        (
            f"An export of {TEN_YEARS} entries as html, against `followme --version`",
            ("followme export --format html", TEN_YEARS),
            start,
        ),
        (
            f"An import of {most:,} entries from jrnl, against jrnl",
            (IMPORT_NAME, most),
            ("jrnl --import", most),
        ),
    ]
    compared[3:3] = [
        (f"{name} with {size:,} entries, against {LIBRARIES_NAME}", (name, size), (LIBRARIES_NAME, 0))
        for name in (FIRST_NAME, ENTER_NAME)
        for size in (least, years)
        if (name, size) in medians
    ]
    lines = [f"| {text} | {medians[one] / medians[other]:.2f} |" for text, one, other in compared]
    return "\n".join(["| compared | times |", "| --- | ---: |", *lines])


def _last_ten(ten: str, floor: tuple[str, int]) -> list[tuple[str, tuple[str, int], tuple[str, int]]]:
    """The last ten entries: beside the peer, and of the smallest journal beside the least there is."""
    least, middle, _, most = journals.SIZES
    beside = [
        (f"The last ten of {size:,} entries, against jrnl", (ten, size), ("jrnl -n 10 --short", size))
        for size in (middle, most)
    ]
    return [*beside, (f"The last ten of {least} entries, against {FLOOR_NAME}", (ten, least), floor)]


def _beside_the_peer(name: str, word: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """A search in the largest journal, and the peer's search for the same word."""
    most = journals.SIZES[-1]
    return (name, most), (f"jrnl -contains {word}", most)


PAGE = """\
# Benchmarks

Measured on {day} with followme {version}, {peer}, Python {python} on {system}, {cores} cores. Every
figure is the median of {rounds} runs of a whole command, its output piped; the commands ran in turn, so that
a slow moment of the machine fell on all of them.
`python bench/run.py > docs/benchmarks.md; python bench/shapes.py >> docs/benchmarks.md` makes this page anew.

{table}

{ratios}

{memory}

A program of one command is the least that typer can start and end. `due` is in a shell's start file,
and a note is typed in the middle of something else, so both must be quick. A note waits {syncs} times for the disk
to confirm what it was given; the figures include that, and here it takes {sync:.2f} ms each.

Looking back on a quarter parses the entries of its weeks, and those that tell what became of their promises.

Home counts every open promise, however old, and so do a reflection and its first question: they look through the whole
journal for promises, but don't parse the answers of older entries. For a first question, on Linux, that's done beside
loading.

{together}

The time to the first question is until the line of keys is below it, in a terminal. For `followme reflect` it begins
with Enter in the shell; at home, what a question needs is loaded while someone reads.

The journals come from `bench/journals.py`: ten answers and about 3.7 KB an entry, one word in twenty
accented. 520 entries are ten years of weeks, 1,560 are thirty. `followme list` in a pipe lists all entries,
so its time grows with the journal; in a terminal it lists twenty. `followme reflect` answers a whole
prompt set from a file and waits until the disk has the entry (`fsync`); `jrnl WORDS` stores the same words
and doesn't wait. jrnl's journal has the same content: questions, answers, facts and promises. For both searches, case
doesn't count, and for followme's, accents don't either. jrnl prints each entry it finds whole, followme one line for
each answer, with the words around.

`followme import` and `jrnl --import` bring jrnl's text file into a new journal. An export holds a few entries at a
time, but for a page of HTML all of them, since its contents stand before its weeks. From 5 MB of journal on, an export
in any other format has a worker for each of up to four processors; the megabytes are those of the largest process.
"""


def main(rounds: int) -> None:
    rmtree(RUN, ignore_errors=True)
    RUN.mkdir(parents=True)
    medians = measure(commands(), rounds)
    sync = one_sync(100 * rounds)
    environment = clean_environment()
    facts = {
        "together": "" if os.name == "nt" else several.measured(RUN, environment, rounds),
        "day": f"{date.today().day} {date.today():%B %Y}",
        "version": __version__,
        "peer": PEER.replace("==", " "),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "rounds": rounds,
        "syncs": SYNCS,
        "sync": sync,
    }
    print(PAGE.format(**facts, table=table(medians), ratios=ratios(medians), memory=memory()), end="")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
