"""Folders that are out of reach: what saving needs is tried elsewhere, and words that can be kept nowhere are shown.

Root may do everything, so each command runs as another user.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import as_other
import pytest

from followme.journal.file.reading import read
from running import TEMPORARY
from sets import one_question, skips

if os.name == "nt":
    pytest.skip("Windows has no such modes and owners", allow_module_level=True)

pytestmark = pytest.mark.slow

OTHER = 54321 if os.geteuid() == 0 else os.geteuid()
STRANGER = 12345

WORDS = "Ana stayed for the demo, unasked."
SET = ("three-minutes", *skips("three-minutes", "promise"))


@dataclass
class Person:
    """Someone who is not root, with a home of their own, a journal in it, and folders for what must not be lost."""

    home: Path
    has_runtime: bool = True
    has_temporary: bool = True

    @property
    def journal(self) -> Path:
        return self.home / ".local" / "share" / "followme" / "journal.toml"

    @property
    def state(self) -> Path:
        return self.home / ".local" / "state" / "followme"

    @property
    def runtime(self) -> Path:
        return self.home.parent / "runtime"

    @property
    def temporary(self) -> Path:
        return self.home.parent / "temporary"

    @property
    def fallbacks(self) -> list[Path]:
        found = [self.runtime / "followme"] if self.has_runtime else []
        return [*found, *([self.temporary / f"followme-{OTHER}"] if self.has_temporary else [])]

    def run(self, *argv: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        steady = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        steady |= {"HOME": str(self.home), TEMPORARY: str(self.temporary if self.has_temporary else "")}
        steady |= {"XDG_RUNTIME_DIR": str(self.runtime)} if self.has_runtime else {}
        steady |= {"TMPDIR": str(self.temporary if self.has_temporary else self.home / "missing")} | environ
        return subprocess.run(
            [sys.executable, as_other.__file__, str(OTHER), *argv],
            input=stdin, capture_output=True, text=True, env=steady, check=False, timeout=60, cwd="/",
        )  # fmt: skip

    @property
    def replies(self) -> list[object]:
        return [answer.reply for one in read(self.journal).entries for answer in one.answers]

    @property
    def entry(self) -> str:
        """The id of the first entry."""
        return read(self.journal).entries[0].id

    def make(self, folder: Path, mode: int = 0o700, owner: int = OTHER) -> Path:
        """Make a folder of theirs, or of someone else's."""
        folder.mkdir(exist_ok=True)
        folder.chmod(mode)
        if os.geteuid() == 0:
            os.chown(folder, owner, owner)
        elif owner != OTHER:
            pytest.skip("only root can give a folder to someone else")
        return folder


@pytest.fixture
def person() -> Iterator[Person]:
    """A person with one note in their journal; the folder is under /tmp itself, which all may enter."""
    top = Path(mkdtemp(prefix="followme-reach-", dir="/tmp"))
    top.chmod(0o755)
    found = Person(top / "home")
    for folder in (found.home, found.runtime):
        found.make(folder)
    found.make(found.temporary, 0o1777, 0 if os.geteuid() == 0 else OTHER)
    assert found.run("note", "The first one.").returncode == 0
    yield found
    for folder in (top, *(path for path in top.rglob("*") if path.is_dir())):
        folder.chmod(0o700)
    shutil.rmtree(top)


# --- A state folder out of reach --------------------------------------------------------------------------


def no_state(person: Person) -> None:
    person.state.chmod(0)


def no_drafts(person: Person) -> None:
    (person.state / "drafts").chmod(0)


def no_locks(person: Person) -> None:
    (person.state / "locks").chmod(0)


def read_only_state(person: Person) -> None:
    for folder in (person.state, *person.state.iterdir()):
        folder.chmod(0o500)


def state_of_root(person: Person) -> None:
    """As one `sudo followme note` leaves it."""
    if os.geteuid():
        pytest.skip("only root can give a folder to someone else")
    for path in (person.state, *person.state.rglob("*")):
        os.chown(path, STRANGER, STRANGER)


def a_file_for_state(person: Person) -> None:
    shutil.rmtree(person.state)
    person.state.write_text("")


WAYS = [no_state, no_drafts, no_locks, read_only_state, state_of_root, a_file_for_state]
out_of_reach = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


@out_of_reach
@pytest.mark.parametrize("first", ["runtime", "temporary"])
def test_a_note_is_saved_although_the_state_folder_is_out_of_reach(person, way: Callable, first: str):
    person.has_runtime = first == "runtime"
    way(person)
    done = person.run("note", stdin=WORDS)
    assert (done.returncode, done.stderr) == (
        0,
        "Noted. You'll see it at the start of your next reflection.\n",
    )
    assert person.replies == ["The first one.", WORDS]
    assert [path for fallback in person.fallbacks for path in fallback.rglob("*.toml")] == []


@pytest.mark.parametrize("way", [way for way in WAYS if way is not no_locks], ids=lambda way: way.__name__)
def test_words_that_can_be_kept_nowhere_are_shown_to_be_copied(person, way: Callable):
    person.has_runtime = person.has_temporary = False
    way(person)
    for argv, stdin in (
        (("note",), WORDS),
        (("note", WORDS), ""),
        (("reflect", *SET, "--answer", f"promise={WORDS}"), ""),
        (("reflect", *SET, "--answers", "-"), f'promise = [{{text = "{WORDS}"}}]'),
    ):
        done = person.run(*argv, stdin=stdin)
        assert done.returncode == 1
        assert "copy them before you close this window" in done.stderr
        assert WORDS in done.stderr
        assert "kept" not in done.stderr
    assert person.replies == ["The first one."]


def test_without_a_lock_words_wait_in_a_draft(person):
    person.has_runtime = person.has_temporary = False
    no_locks(person)
    done = person.run("note", stdin=WORDS)
    assert done.returncode == 1
    assert "The journal can't be locked." in done.stderr
    assert "Your words are kept in a draft" in done.stderr
    assert WORDS not in done.stderr
    (person.state / "locks").chmod(0o700)
    assert "it is now" in person.run().stderr
    assert person.replies == ["The first one.", WORDS]


def test_so_is_what_became_of_a_promise(person):
    assert person.run("reflect", *SET, "--answer", "promise=Call Ben").returncode == 0
    ref = f"{read(person.journal).entries[-1].id}/p1"
    person.has_runtime = person.has_temporary = False
    no_state(person)
    done = person.run("promises", "close", ref, "--kept", "--note", "-", stdin=WORDS)
    assert done.returncode == 1
    assert WORDS in done.stderr


def findings(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The kinds of faults that doctor found."""
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return [row[1] for row in rows if row[0] == "fault"]


@out_of_reach
def test_doctor_says_where_words_are_kept_meanwhile_or_that_nothing_can_be_saved(person, way: Callable):
    assert person.run("doctor").returncode == 0
    way(person)
    done = person.run("doctor")
    assert (done.returncode, findings(done)) == (1, ["state"])
    assert f"Until that's fixed, they're in {person.fallbacks[0]}, which a restart empties." in done.stdout
    person.has_runtime = False
    assert f"they're in {person.fallbacks[0]}" in person.run("doctor").stdout
    person.has_temporary = False
    done = person.run("doctor")
    assert "No other folder can hold them either, so nothing can be saved." in done.stdout
    assert [path for fallback in (person.runtime, person.temporary) for path in fallback.iterdir()] == []


def test_what_doctor_says_to_do_about_it_helps(person):
    person.has_runtime = person.has_temporary = False
    for way in (no_state, no_drafts, no_locks, read_only_state):
        way(person)
        (remedy,) = (line.split("\t")[5] for line in person.run("doctor").stdout.splitlines())
        assert remedy == f"Give yourself the right to write there with: chmod -R u+rwX {person.state}"
        subprocess.run(remedy.partition(": ")[2], shell=True, check=True)
        assert person.run("doctor").returncode == 0
    if os.geteuid() == 0:
        state_of_root(person)
        (remedy,) = (line.split("\t")[5] for line in person.run("doctor").stdout.splitlines())
        assert remedy == f"Make it yours again with: sudo chown -R {OTHER} {person.state}"


@pytest.mark.parametrize("of", ["the journal", "its folder"])
def test_doctor_says_that_nothing_can_be_added(person, of: str):
    if of == "the journal":
        person.journal.chmod(0o400)
    else:
        person.journal.unlink()
        shutil.rmtree(person.state)
        person.journal.parent.chmod(0o500)
    done = person.run("doctor")
    assert (done.returncode, findings(done)) == (1, ["cannot-add"])
    assert "Nothing could be added there" in done.stdout


def test_words_for_a_journal_out_of_reach_wait_in_a_draft(person):
    person.journal.parent.chmod(0)
    done = person.run("note", stdin=WORDS)
    assert done.returncode == 1
    assert done.stderr.startswith("The entry isn't saved.")
    assert "Your words are kept in a draft" in done.stderr
    person.journal.parent.chmod(0o700)
    assert "it is now" in person.run().stderr
    assert person.replies == ["The first one.", WORDS]


# --- A home out of reach ----------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["runtime", "temporary"])
def test_in_a_home_that_is_read_only_words_wait_elsewhere_and_reach_the_journal_once(person, first: str):
    person.has_runtime = first == "runtime"
    shutil.rmtree(person.home / ".local")
    person.home.chmod(0o500)
    done = person.run("note", stdin=WORDS)
    assert done.returncode == 1
    (draft,) = person.fallbacks[0].rglob("*.toml")
    assert f"Your words are in {draft} until a restart empties that folder" in done.stderr
    assert WORDS not in done.stderr
    person.home.chmod(0o700)
    assert "it is now" in person.run().stderr
    assert person.replies == [WORDS]
    assert not draft.exists()


def test_in_a_home_that_is_read_only_without_any_other_folder_words_are_shown(person):
    person.has_runtime = person.has_temporary = False
    shutil.rmtree(person.home / ".local")
    person.home.chmod(0o500)
    done = person.run("note", stdin=WORDS)
    assert done.returncode == 1
    assert WORDS in done.stderr


@pytest.mark.parametrize("mode", [0, 0o600])
def test_a_home_that_cannot_be_entered(person, mode: int):
    person.home.chmod(mode)
    done = person.run("note", stdin=WORDS)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert WORDS in done.stderr or "Your words are in" in done.stderr


# --- A folder for temporary files that others prepared ----------------------------------------------------


@pytest.mark.parametrize("way", ["theirs", "open to all", "a link", "a file"])
def test_a_temporary_folder_that_is_not_ours_alone_is_not_used(person, way: str):
    """Who made it could read the words, or put a finished draft there that followme would take for its own."""
    person.has_runtime = False
    (fallback,) = person.fallbacks
    if way == "theirs":
        person.make(fallback, 0o777, STRANGER)
    elif way == "open to all":
        person.make(fallback, 0o777)
    elif way == "a link":
        fallback.symlink_to(person.make(person.home.parent / "elsewhere"))
    else:
        fallback.write_text("")
    before = sorted(person.home.parent.rglob("*"))
    no_state(person)
    done = person.run("note", stdin=WORDS)
    assert done.returncode == 1
    assert WORDS in done.stderr
    assert sorted(person.home.parent.rglob("*")) == before


def test_a_draft_planted_by_someone_else_is_not_taken(person):
    person.has_runtime = False
    shutil.rmtree(person.home / ".local")
    person.home.chmod(0o500)
    person.run("note", stdin=WORDS)
    person.home.chmod(0o700)
    (fallback,) = person.fallbacks
    person.make(fallback, 0o755, STRANGER)
    person.run()
    assert not person.journal.exists()


# --- Settings and clocks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["wrong", "out of reach", "a folder", "no text"])
def test_settings_that_cannot_be_read_cost_no_words(person, way: str):
    folder = person.make(person.home / ".config")
    folder = person.make(folder / "followme")
    file = folder / "config.toml"
    if way == "a folder":
        file.mkdir()
    else:
        file.write_bytes(b"\xff" if way == "no text" else b"journal = 3\n")
    if way == "out of reach":
        folder.chmod(0)
    done = person.run("note", stdin=WORDS)
    assert done.returncode == 1
    assert "config.toml" in done.stderr
    assert WORDS in done.stderr
    assert "internal error" not in done.stderr
    assert person.replies == ["The first one."]


@pytest.mark.parametrize("variable", ["HOME", "FOLLOWME_JOURNAL"])
def test_a_home_that_is_unknown_costs_no_words(person, variable: str):
    environ = {"HOME": ""} if variable == "HOME" else {"FOLLOWME_JOURNAL": "~who-is-that/journal.toml"}
    done = person.run("note", stdin=WORDS, **environ)
    assert done.returncode == 1
    assert WORDS in done.stderr
    assert "internal error" not in done.stderr
    assert person.replies == ["The first one."]


@pytest.mark.parametrize("zone", ["XXX+24:59:59", "XXX-167:59:59", ":/etc/passwd", "../../x", "A" * 5000, ""])
def test_a_time_zone_that_is_none_costs_no_words(person, zone: str):
    done = person.run("note", stdin=WORDS, TZ=zone)
    assert (done.returncode, done.stderr) == (
        0,
        "Noted. You'll see it at the start of your next reflection.\n",
    )
    assert person.replies == ["The first one.", WORDS]


LOOKS = (
    *("", "list", "show last", "doctor", "prompts list", "prompts show mine", "prompts new own"),
    *("prompts edit mine", "config show", "config edit", "export {home}/out.md"),
)
"""Command lines that look for files in several folders."""


@pytest.mark.parametrize("mode", [0, 0o600], ids=["closed", "only listed"])
@pytest.mark.parametrize("of", ["prompts", "config", "data", "state"])
def test_a_folder_out_of_reach_is_named_and_never_a_fault_of_ours(person, of: str, mode: int):
    """Whether a file is there can't be told then, and asking raises."""
    config = person.home / ".config" / "followme"
    prompts = config / "prompts"
    for folder in (config.parent, config, prompts):
        person.make(folder)
    (prompts / "mine.toml").write_text(one_question("line", "Which moment?"), encoding="utf-8")
    folder = {"prompts": prompts, "config": config, "data": person.journal.parent, "state": person.state}[of]
    folder.chmod(mode)
    for line in LOOKS:
        done = person.run(*line.format(home=person.home).split())
        for fault in ("Traceback", "internal error", "The system refused"):
            assert fault not in done.stderr, (line, done)
        if line == "doctor":
            assert str(folder) in done.stdout, done
        elif of == "prompts" and line.endswith("mine"):
            assert f"{folder} can't be read." in done.stderr, (line, done)


def test_a_backup_out_of_reach_is_told_and_the_others_are_listed(person):
    for words in ("Ana stayed.", "Ben stayed."):
        assert person.run("edit", person.entry, "--answer", f"note={words}", "--yes").returncode == 0
    newest = max(person.state.glob("backups/*/*.toml"), key=lambda path: path.stem)
    newest.chmod(0)
    listed = person.run("undo", "--list")
    assert (listed.returncode, listed.stdout.count("\nbackup\t")) == (0, 1)
    assert listed.stderr.startswith(f"The backup {newest.stem} can't be read. The system doesn't allow it: ")
    undone = person.run("undo", "--yes")
    assert undone.returncode == 1
    assert undone.stderr.startswith(listed.stderr.strip())
    assert f"{newest} can't be read." in person.run("doctor").stdout
    newest.chmod(0o600)
    assert person.run("undo", "--yes").returncode == 0
    assert person.replies == ["Ana stayed."]
