"""Whole commands with a fault at every call they make: never a word lost, never a false sentence, never a traceback."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import every_call
import mend_one
import pytest
import save_one
from test_faults_disks import apart
from test_faults_repair import BROKEN
from two_questions import ALL, write_set

import process
from followme.journal import drafts, kept, recovery, saving
from followme.journal.file import codec
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.health import checkup, repair
from rows import each_row
from sets import skips

FAULTS = ("EIO", "ENOSPC", "EDQUOT", "EINTR")

KILL = "KILL"
"""The fault that ends the command at once; what it does to words that are being stored is in test_faults_kills."""

CALLS = (
    "openat read pread64 write fsync rename unlink mkdir rmdir flock ftruncate lseek close newfstatat fstat getdents64 "
    "readlink link linkat fchmod fchown chmod fchmodat statfs listxattr access faccessat2 ioctl"
).split()
"""The calls by which a command touches files and streams."""


WORDS = "Ana stayed for the demo, unasked."

SAVED = ("Noted", "Saved:", "Saved.")
KEPT = ("kept in a draft", "Your words are in", "still in the draft")
SHOWN = "Copy your words from here:"
WAITING = codec.to_toml(save_one.entry(7)).encode()
"""The entry that a repair finds in a finished draft."""

KEPT_FILES = re.compile(
    r"journal\.toml|damaged-[\d-]+\.toml|[0-9a-f]{16}\.(lock|holder|jsonl?)|\d{8}T\d{6}Z(-\d{3})?\.toml"
)

"""The files that may be there when all is done."""

DOUBT = ("may be in a draft", "could still undo it", "can't tell whether")
"""What is said where so much is broken that the system does not say how things are."""


@dataclass
class Verb:
    """A command that stores these words, or mends."""

    name: str
    argv: Sequence[str]
    stdin: str = ""


VERBS = [
    Verb("note", ["note"], WORDS),
    Verb("answers", ["reflect", "two", "--answers", "-"], f'went = "{WORDS}"\ncalm = "Ben"\n'),
    Verb("close", ["promises", "close", "REF", "--kept", "--note", "-"], WORDS),
    Verb("repair", ["doctor", "--repair", "--yes"]),
]


def faults_of(verb: Verb) -> tuple[str, ...]:
    """What breaks this command: a repair may be killed at any call as well."""
    return (*FAULTS, KILL) if verb.name == "repair" else FAULTS


each_verb = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)


@dataclass
class Home:
    """A home with two entries and a promise in it."""

    folder: Path
    old: bytes = b""

    @property
    def paths(self) -> Paths:
        local = self.folder / ".local"
        return Paths(
            local / "share" / "followme" / "journal.toml", local / "state" / "followme", self.fallbacks
        )

    @property
    def fallbacks(self) -> tuple[Path, ...]:
        return tuple(path for path in (self.folder / "tmp").glob("followme-*"))

    def command(self, verb: Verb) -> list[str]:
        words = [self.ref if word == "REF" else word for word in verb.argv]
        return [sys.executable, "-m", "followme", *words]

    @property
    def ref(self) -> str:
        """The one promise that was made in it."""
        return f"{read(self.paths.journal).entries[0].id}/p1"

    @property
    def environ(self) -> dict[str, str]:
        """What a command in it is given: its folders are those that HOME leads to."""
        steady = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        steady |= {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        return steady | {"HOME": str(self.folder), "TMPDIR": str(self.folder / "tmp")}

    def run(self, verb: Verb, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        return process.run(self.command(verb)[1:], before=before, typed=verb.stdin, env=self.environ)


@pytest.fixture
def sound(tmp_path: Path) -> Home:
    """The home from which others are copied: a promise, answers to a set of its own, and memory of both."""
    home = Home(tmp_path / "sound")
    prompts = home.folder / ".config" / "followme" / "prompts"
    prompts.mkdir(parents=True)
    write_set(prompts)
    promise = ("three-minutes", *skips("three-minutes", "promise"), "--answer", "promise=Call Ben")
    for answers in (promise, ("two", *ALL)):
        done = home.run(Verb("reflect", ["reflect", *answers]))
        assert done.returncode == 0, done
    home.old = home.paths.journal.read_bytes()
    return home


def copied(sound: Home, name: str, verb: Verb, *, fallback: bool = False) -> Home:
    home = Home(sound.folder.with_name(name), sound.old)
    shutil.copytree(sound.folder, home.folder)
    if fallback:
        (home.folder / "tmp").mkdir()
    if verb.name == "repair":
        home.paths.journal.write_bytes(home.old + BROKEN)
        finished = saving._bare(home.paths, save_one.entry(7), WAITING.decode())
        drafts.open_new(home.paths, finished).close()
    return home


# --- What is left -----------------------------------------------------------------------------------------


def wrong(home: Home, verb: Verb, done: subprocess.CompletedProcess[str]) -> Iterator[str]:
    """What is not as it was said, and which words are nowhere, or twice, whatever was broken."""
    said = done.stdout + done.stderr
    if "Traceback" in said or "internal error" in said:
        yield "it did not know what to do"
    yield from wrong_repair(home, done, said) if verb.name == "repair" else wrong_words(home, done, said)


def there(home: Home) -> int:
    return home.paths.journal.read_bytes().count(WORDS.encode())


def wrong_words(home: Home, done: subprocess.CompletedProcess[str], said: str) -> Iterator[str]:
    kept_there = any(word in said for word in KEPT)
    before = there(home)
    doubt = any(word in said for word in DOUBT)
    if not doubt and (
        (done.returncode == 0) is not (before == 1) or (any(word in said for word in SAVED) and before != 1)
    ):
        yield f"exit code {done.returncode}, and {before} times in the journal"
    if "is not saved" in said and before:
        yield "it is called not saved, and is in the journal"
    if kept_there and not any(WORDS in path.read_text() for path in drafted(home)):
        yield "it is called kept, and is in no draft"
    recovery.recover(home.paths)
    after = there(home)
    if after > 1 or after < before or (kept_there and not after):
        yield f"{after} times in the journal after recovery"
    shown = SHOWN in said and WORDS in said.partition(SHOWN)[2]
    if shown and after and not doubt:
        yield "it is shown to be copied, and in the journal after all"
    # Stdin itself may be what couldn't be read, or what comes before it.
    if not after and not shown and not re.search(r"(Stdin|config\.toml: it) can't be read", said):
        yield "the words are lost"
    if read(home.paths.journal).damages or not home.paths.journal.read_bytes().startswith(home.old):
        yield "the journal is damaged"


def drafted(home: Home) -> list[Path]:
    return [path for one in kept.homes(home.paths) for path in (one / "drafts").glob("*.toml")]


def wrong_repair(home: Home, done: subprocess.CompletedProcess[str], said: str) -> Iterator[str]:
    spoilt = home.old + BROKEN
    added, mended = spoilt + b"\n" + WAITING, home.old + b"\n" + WAITING
    # A draft whose lock was not let go of is left to whoever has it.
    before = {mended: added, home.old + b"\n": spoilt}
    text = home.paths.journal.read_bytes()
    if text not in (spoilt, added, *before):
        yield "the journal is neither the old nor the new one"
    if text != spoilt and ("The journal is as it was" in said or "Nothing was changed" in said):
        yield "it is called as it was, and is not"
    if WAITING not in text and "in the journal now" in said:
        yield "the entry that waited is called added, and is not"
    if text not in before and ("Moved 1" in said or "Everything is in order" in said or not done.returncode):
        yield f"exit code {done.returncode}, and it is not repaired"
    if text in before:
        if BROKEN[1:] not in damaged_in(home):
            yield "the damaged part is lost"
        if before[text] not in [path.read_bytes() for path in home.paths.backups.glob("*.toml")]:
            yield "there is no backup"
    if (named := re.search("from before the repair is in (.*)", said)) and Path(
        named[1]
    ).read_bytes() != before.get(text):
        yield "what is called the backup is none"
    yield from wrong_after(home, mended)


def wrong_after(home: Home, mended: bytes) -> Iterator[str]:
    """What is not brought to its end, or left lying about, when followme and doctor have started again."""
    recovery.recover(home.paths)
    now = datetime.now().astimezone()  # Of one day, so that the damaged part has one file.
    repair.repair(home.paths, now, mend_one.new_id)
    checkup.check(home.paths, now)
    if home.paths.journal.read_bytes() != mended:
        yield "a second repair does not bring it to an end"
    if damaged_in(home).count(BROKEN[1:]) != 1:
        yield "the damaged part is not there once"
    if any(path.samefile(home.paths.journal) for path in home.paths.backups.glob("*")):
        yield "the journal is its own backup"
    kept_there = [home.paths.journal.parent, home.paths.state, home.folder / "tmp"]
    left = [path for folder in kept_there for path in folder.rglob("*") if path.is_file()]
    if left := [path.name for path in left if not KEPT_FILES.fullmatch(path.name)]:
        yield f"{left} is left"


def damaged_in(home: Home) -> bytes:
    return b"".join(path.read_bytes() for path in home.paths.state.glob("damaged-*.toml"))


# --- A fault at a call ------------------------------------------------------------------------------------


def calls_of(strace: str, sound: Home, verb: Verb, *, fallback: bool = False) -> list[tuple[str, int, str]]:
    """Each call once its files are touched: its name, its number since the program began, and what it is about.

    What is about neither its files nor its streams, such as the loading of modules, is left out.
    """
    home = copied(sound, f"trace-{verb.name}", verb, fallback=fallback)
    log = home.folder.with_name("trace.log")
    assert (
        home.run(
            verb, (strace, "-qq", "-f", "-y", "-o", str(log), "-e", f"trace={','.join(CALLS)}")
        ).returncode
        == 0
    )
    found = []
    begun = False
    for call, line in every_call.counted(log.read_text(errors="replace").splitlines()):
        rest = line.partition("(")[2]
        ours = str(home.folder) in rest
        begun = begun or ours
        if begun and (ours or re.match(r"[012]<", rest)):
            about = re.sub(r"[0-9a-z]*\d[0-9a-z]*", "#", rest.replace(str(home.folder), "~"))
            found.append((*call, about[:60]))
    assert len(found) > 30
    return found


def broken(
    strace: str, sound: Home, verb: Verb, fallback: bool, fault: tuple[str, int | str, str, str]
) -> str:
    """Run with this fault, and say what is wrong afterwards, if anything is."""
    name, when, error, about = fault
    home = copied(sound, f"{verb.name}-{name}-{when}-{error}-{fallback}", verb, fallback=fallback)
    what = f"signal={error}" if error == KILL else f"error={error}"
    done = home.run(verb, every_call.striking(strace, f"{name}:{what}:when={when}"))
    found = list(wrong(home, verb, done))
    shutil.rmtree(home.folder)
    return f"{error} at {name} {when} ({about}): {found} {done.stdout}{done.stderr}" if found else ""


def break_all(
    strace: str, sound: Home, verb: Verb, faults: Iterator[tuple[str, int | str, str, str]], *, fallback: bool
) -> None:
    with ThreadPoolExecutor(2) as pool:
        found = list(filter(None, pool.map(partial(broken, strace, sound, verb, fallback), faults)))
    assert not found, "\n".join(found)


@pytest.mark.slow
@each_verb
def test_one_fault_at_each_kind_of_call(strace: str, sound: Home, verb: Verb):
    """The faults take turns; a repair is killed too."""
    calls = {(name, about): when for name, when, about in reversed(calls_of(strace, sound, verb))}
    all_faults = faults_of(verb)
    chosen = (
        (*one, all_faults[number % len(all_faults)]) for number, one in enumerate(sorted(calls.items()))
    )
    faults = ((name, when, error, about) for (name, about), when, error in chosen)
    break_all(strace, sound, verb, faults, fallback=False)


@pytest.mark.slow
@each_row("argv", [VERBS[1].argv, ["prompts", "show", "two"], ["prompts", "new", "two"]])
def test_a_set_that_the_disk_says_nothing_of_is_not_called_missing(strace: str, sound: Home, argv: list[str]):
    """Nor is another written in its place."""
    (two,) = sound.folder.rglob("two.toml")
    before = two.read_bytes()
    strike = every_call.striking(strace, "newfstatat:error=EIO", path=two)
    done = sound.run(Verb("blind", argv, VERBS[1].stdin), strike)
    assert done.returncode == 1
    assert str(two) in done.stderr
    assert re.search("Input/output error|The disk reported an error", done.stderr)
    assert two.read_bytes() == before


@pytest.mark.long
@pytest.mark.parametrize(
    ("verb", "error", "fallback"),
    [
        pytest.param(
            verb,
            error,
            fallback,
            id=f"{verb.name}-{error}-{'a temporary' if fallback else 'no other'} folder",
        )
        for verb in VERBS
        for error in faults_of(verb)
        # What is killed goes to no other folder, nor does a repair; and a spent quota is a full disk.
        for fallback in ((False,) if error in (KILL, "EDQUOT") or verb.name == "repair" else (False, True))
    ],
)
def test_every_fault_at_every_call(strace: str, sound: Home, verb: Verb, error: str, fallback: bool):
    calls = calls_of(strace, sound, verb, fallback=fallback)
    faults = ((name, when, error, about) for name, when, about in calls)
    break_all(strace, sound, verb, faults, fallback=fallback)


@pytest.mark.long
@pytest.mark.parametrize("fallback", [False, True], ids=["no other folder", "a temporary folder"])
@pytest.mark.parametrize("verb", VERBS[:-1], ids=lambda verb: verb.name)
def test_a_call_that_fails_from_some_moment_on(strace: str, sound: Home, verb: Verb, fallback: bool):
    """The disk has died. What loads modules, and shows words, is left out."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, when, about in calls_of(strace, sound, verb, fallback=fallback):
        if name not in ("openat", "read", "write", "ioctl"):
            found.setdefault(name, []).append((when, about))
    faults = (
        (name, f"{when}+", FAULTS[number % 3], about)
        for name, calls in found.items()
        for number, (when, about) in enumerate(calls[:: max(1, len(calls) // 12)])
    )
    break_all(strace, sound, verb, faults, fallback=fallback)


# --- Files that may not grow, and small disks -------------------------------------------------------------

LIMITED = str(Path(__file__).with_name("limited_one.py"))


@pytest.mark.slow
@each_verb
def test_a_file_that_may_not_grow_takes_a_part_of_what_is_written(sound: Home, verb: Verb):
    """The system writes what fits, which is a real short write, and refuses the rest."""
    longest = len(sound.old) + 2000
    found = []
    for room in [
        *range(0, longest, 150 if verb.name == "repair" else 90),
        len(sound.old),
        len(sound.old) + 1,
    ]:
        home = copied(sound, f"{verb.name}-{room}", verb)
        program = [LIMITED, str(room), *home.command(verb)[3:]]
        done = process.run(program, typed=verb.stdin, env=home.environ)
        found += [f"{room} bytes: {what} {done.stdout}{done.stderr}" for what in wrong(home, verb, done)]
    assert not found, "\n".join(found)


@pytest.mark.slow
@each_verb
def test_a_disk_with_little_room(own_mounts: tuple[str, ...], sound: Home, verb: Verb):
    """The whole home is on it, with another number of pages free each time, so that it is full at another step."""
    found = []
    for pages in range(0, 96, 4) if verb.name == "repair" else range(12):
        home = copied(sound, f"{verb.name}-{pages}", verb)
        told = home.folder.with_name(f"told-{pages}")
        # The disk is gone with the command, so what is on it is brought back first.
        then = (
            f'cp -a "$1/." "$1.copy"; mount -t tmpfs -o size=8m tmpfs "$1"; cp -a "$1.copy/." "$1"; cd "$1"\n'
            f"dd if=/dev/zero of=filler bs=4k 2>/dev/null; truncate -s -{pages * 4}k filler\n"
            f"{shlex.join(home.command(verb))} > {told}.out 2> {told}.err <<< {shlex.quote(verb.stdin)}\n"
            f'echo $? > {told}.rc; rm filler; find "$1.copy" -mindepth 1 -delete; cp -a "$1/." "$1.copy"\n'
        )
        apart(own_mounts, home.folder, "", then, environ=home.environ)
        done = subprocess.CompletedProcess(
            pages,
            int(told.with_suffix(".rc").read_text()),
            *(told.with_suffix(end).read_text() for end in (".out", ".err")),
        )
        shutil.rmtree(home.folder)
        home.folder.with_name(f"{home.folder.name}.copy").rename(home.folder)
        found += [f"{pages} pages: {what} {done.stdout}{done.stderr}" for what in wrong(home, verb, done)]
    assert not found, "\n".join(found)
