"""The look at the journal: everything that can be wrong is found and said, and nothing of it has an answer in it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import journal_samples as samples
import pytest

from followme.hints import Command
from followme.insight.findings import Finding
from followme.journal import drafts
from followme.journal.draftfile import Draft, Pending
from followme.journal.file import codec, reading
from followme.journal.file.paths import Paths
from followme.journal.health.checkup import Checkup, check
from followme.journal.health.copies import copies
from followme.journal.health.examine import KEYS, examine
from followme.journal.saving import save
from followme.model import Answer, Entry, Outcome
from rows import each_row

NOW = datetime(2026, 12, 24, 15, 4, 11, tzinfo=UTC)

posix = pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX systems")


@pytest.fixture
def journal(paths: Paths) -> Path:
    """A journal with two entries in which all is well; its first line is line 1, its entries lines 4 and 34."""
    for number in range(2):
        save(paths, samples.entry(number))
    return paths.journal


def found(paths: Paths, kind: str) -> list[Finding]:
    return [one for one in check(paths, NOW).findings if one.kind == kind]


def one(paths: Paths, kind: str) -> Finding:
    (finding,) = found(paths, kind)
    return finding


def kinds(paths: Paths) -> set[str]:
    return {each.kind for each in check(paths, NOW).findings}


def edit(journal: Path, old: str, new: str, count: int = 1) -> None:
    text = journal.read_bytes()
    assert old.encode() in text
    journal.write_bytes(text.replace(old.encode(), new.encode(), count))


def line_of(journal: Path, words: str) -> int:
    text = journal.read_bytes()
    return text.count(b"\n", 0, text.index(words.encode())) + 1


def test_all_is_well(paths: Paths, journal: Path):
    assert check(paths, NOW) == Checkup(entries=2, drafts=0, backups=0, findings=())


def test_nothing_there_yet_is_well_too_and_nothing_is_made(paths: Paths):
    assert check(paths, NOW) == Checkup(entries=0, drafts=0, backups=0, findings=())
    assert not paths.state.exists()


def test_no_answer_and_no_name_is_in_what_is_said(paths: Paths, journal: Path):
    edit(journal, "minutes = 11", "minuts = 11")
    edit(journal, "set = ", "<<<<<<< mine\nset = ")
    edit(journal, "Ana stayed", ">>>>>>> theirs\nAna stayed", 2)
    for finding in check(paths, NOW).findings:
        assert "Ana" not in finding.what + finding.remedy
        assert "Ben" not in finding.what + finding.remedy
        assert "demo" not in finding.what + finding.remedy


# --- Damage -----------------------------------------------------------------------------------------------


def test_damage_is_named_with_its_lines_and_can_be_moved(paths: Paths, journal: Path):
    edit(journal, 'key = "moment"', "key = moment")
    finding = one(paths, "damaged")
    assert (finding.first_line, finding.last_line) == (4, line_of(journal, 'id = "20261127') - 3)
    assert finding.what.startswith("The entry of 2026-11-20 (lines 4-")
    assert f"See line {line_of(journal, 'key = moment')}." in finding.what
    assert finding.repair.startswith("Move lines 4-")
    assert kinds(paths) == {"damaged", "changed"}


def test_a_damaged_beginning(paths: Paths, journal: Path):
    edit(journal, "format = 1", "format = ")
    assert one(paths, "damaged").first_line == 1


def test_thousands_of_damaged_parts_take_no_longer_each(paths: Paths, journal: Path):
    with journal.open("ab") as file:
        file.write(b"[[entry]]\n" * 6_000)
    blocks = list(reading.blocks_of(journal.read_bytes()))
    begun = time.process_time()
    findings = examine(journal.read_bytes(), blocks, NOW)
    assert time.process_time() - begun < 2
    assert sum(each.kind == "damaged" for each in findings) == 6_000


def test_conflict_marks_in_damage_are_said_there(paths: Paths, journal: Path):
    edit(journal, 'set = "weekly"', '<<<<<<< mine\nset = "weekly"')
    assert "conflict markers" in one(paths, "damaged").remedy


def test_conflict_marks_inside_an_answer_where_the_file_stays_valid(paths: Paths, journal: Path):
    edit(journal, "She had asked", "<<<<<<< HEAD\nShe\n=======\n>>>>>>> laptop\nHe had asked")
    finding = one(paths, "conflict")
    assert f"at line {line_of(journal, '<<<<<<< HEAD')}." in finding.what
    assert finding.repair == ""


@pytest.mark.parametrize("words", ["=======", "<<<<<<<<<<", "a <<<<<<< b", "<<<<<<<b"])
def test_what_only_looks_a_little_like_conflict_marks(paths: Paths, journal: Path, words: str):
    edit(journal, "She had asked", f"\n{words}\nShe had asked")
    assert found(paths, "conflict") == []


def test_another_encoding_is_one_finding_and_nothing_is_to_be_moved(paths: Paths):
    for number in range(2):
        save(paths, samples.entry(number, reply="Änderung, größer."))
    text = paths.journal.read_bytes().decode()
    paths.journal.write_bytes(text.encode("cp1252"))
    finding = one(paths, "encoding")
    assert "Windows-1252" in finding.what
    assert "2 parts" in finding.what
    assert finding.repair == ""
    assert "damaged" not in kinds(paths)


def test_one_entry_in_another_encoding_is_damage_where_others_are_in_utf8(paths: Paths):
    for number in range(2):
        save(paths, samples.entry(number, reply="Änderung, größer."))
    first, second, third = paths.journal.read_bytes().decode().partition('[[entry]]\nid = "20261127')
    paths.journal.write_bytes(first.encode() + (second + third).encode("cp1252"))
    assert one(paths, "damaged").first_line == line_of(paths.journal, 'id = "20261127') - 1


def test_old_line_ends_are_one_finding(paths: Paths, journal: Path):
    journal.write_bytes(journal.read_bytes().replace(b"\n", b"\r"))
    assert "carriage return" in one(paths, "encoding").what


def test_utf16_is_a_finding_and_not_an_error(paths: Paths, journal: Path):
    journal.write_bytes(journal.read_bytes().decode().encode("utf-16"))
    assert "UTF-16" in one(paths, "unreadable").what


def test_a_folder_in_the_journals_place_is_a_finding(paths: Paths):
    paths.journal.mkdir(parents=True)
    assert "is a folder" in one(paths, "unreadable").what


def test_what_other_toml_tools_cannot_read(paths: Paths, journal: Path):
    edit(journal, "format = 1", "format = 1\nfoo = 2")
    journal.write_bytes(journal.read_bytes() + b"\n[meta]\na = 1\n")
    assert found(paths, "toml") == []
    edit(journal, "\n[[entry]]", "\n[meta]\n\n[[entry]]")
    assert "Cannot" in one(paths, "toml").what
    assert check(paths, NOW).entries == 2


def test_a_byte_order_mark_has_a_remedy_of_its_own(paths: Paths, journal: Path):
    journal.write_bytes(b"\xef\xbb\xbf" + journal.read_bytes())
    assert "byte order mark" in one(paths, "toml").remedy


def test_a_newer_format_is_noted(paths: Paths, journal: Path):
    edit(journal, "format = 1", "format = 2")
    assert one(paths, "format").note


# --- Ids, keys, dates -------------------------------------------------------------------------------------


def test_one_id_for_two_entries(paths: Paths, journal: Path):
    edit(journal, samples.entry(1).id, samples.entry(0).id)
    finding = one(paths, "same-id")
    assert finding.what.startswith(f"2 entries have the id {samples.entry(0).id}: lines 4-")
    assert "Change one letter" in finding.remedy


def test_the_same_entry_twice(paths: Paths, journal: Path):
    journal.write_bytes(journal.read_bytes() + b"\n" + codec.to_toml(samples.entry(0)).encode())
    assert one(paths, "same-id").remedy == "They're the same; remove one."


def test_an_entry_without_id(paths: Paths, journal: Path):
    edit(journal, f'id = "{samples.entry(0).id}"\n', "")
    finding = one(paths, "no-id")
    assert finding.what.startswith("The entry of 2026-11-20 (lines 4-")
    assert finding.repair.startswith("Give an id to the entry in lines 4-")


def test_the_known_keys_are_those_that_are_written():
    entry = samples.entry(0)
    answer = Answer(
        key="a",
        kind="scale",
        question="q",
        reply=1,
        low=0,
        high=5,
        low_label="l",
        high_label="h",
        fact="f",
        private=True,
        person=True,
    )
    promise = replace(entry.promises[0], occasion="o", who="w", to="x", told=True, origin="y", private=True)
    full = {
        "private": True,
        "event": True,
        "imported": "jrnl",
        "conflict": samples.entry(1).id,
        "forgotten": entry.day,
        "about": samples.entry(2).id,
        "answers": (answer, Answer(key="b", kind="text", question="q"), replace(answer, forgotten=True)),
        "promises": (promise,),
        "outcomes": (Outcome(promise="p", result="kept", note="n", told=True),),
    }
    names = ("id", "date", "week", "set", "minutes")
    text = codec.to_toml(type(entry)(**{name: getattr(entry, name) for name in names}, **full))
    written: dict[str, set[str]] = {}
    part = ""
    for line in text.splitlines():
        if line.startswith("[[entry"):
            part = line.strip("[]").removeprefix("entry").lstrip(".")
        elif line:
            written.setdefault(part, set()).add(line.split(" ")[0])
    written[""] |= {"answer", "promise", "outcome"}
    assert written == {part: set(keys) for part, keys in KEYS.items()}


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("minutes = 11", "minuts = 11", 'If you meant "minutes"'),
        ('question = "What went well?"', 'qestion = "What went well?"', 'If you meant "question"'),
        ("told = false\n", "told = false\nminutes = 3\n", "right below the [[entry]] line"),
        ("told = false\n", "told = false\nformat = 1\n", "before the first [[entry]] line"),
    ],
)
def test_keys_that_look_like_ours_but_say_nothing(
    paths: Paths, journal: Path, old: str, new: str, meant: str
):
    edit(journal, old, new)
    assert meant in one(paths, "key").remedy


@pytest.mark.parametrize("key", ["mood", "tags", "questions", "x", "weather"])
def test_keys_of_somebodys_own_are_nobodys_business(paths: Paths, journal: Path, key: str):
    edit(journal, 'question = "What went well?"', f'question = "What went well?"\n{key} = 1')
    assert found(paths, "key") == []


def test_dates_in_the_future_are_noted(paths: Paths, journal: Path):
    edit(journal, "date = 2026-11-27", "date = 2036-11-27")
    finding = one(paths, "future")
    assert finding.note
    assert "2036-11-27" in finding.what


def test_dates_that_go_back_are_noted_once(paths: Paths, journal: Path):
    for number in (-3, -2, 4):
        save(paths, samples.entry(number))
    edit(journal, "date = 2026-12-18T16:04:11+01:00", "date = 2026-10-01")
    finding = one(paths, "order")
    assert finding.note
    assert finding.what.startswith("2 entries are after a later one")


def closing(number: int, **outcome: str) -> Entry:
    """An entry that closes the promise of the first one."""
    told = Outcome(promise=f"{samples.entry(0).id}/p1", **outcome)
    return replace(samples.entry(number), promises=(), answers=(), outcomes=(told,))


def test_an_outcome_after_the_promise_was_closed_is_noted(paths: Paths, journal: Path):
    save(paths, closing(4, result="kept"))
    save(paths, closing(3, result="not-yet"))
    assert found(paths, "outcomes") == []
    save(paths, closing(5, result="not-kept"))
    finding = one(paths, "outcomes")
    assert finding.note
    assert samples.entry(0).id in finding.what
    assert all(word in finding.what for word in ("another outcome", "lines"))
    assert finding.last_line == journal.read_bytes().count(b"\n")


# --- Around the journal -----------------------------------------------------------------------------------


def test_a_change_since_our_last_write_is_noted(paths: Paths, journal: Path):
    edit(journal, "minutes = 11", "minutes = 12")
    assert one(paths, "changed").note


def test_a_journal_that_shrank_is_a_fault(paths: Paths, journal: Path):
    journal.write_bytes(b"")
    finding = one(paths, "shrunk")
    assert not finding.note
    assert str(paths.memory) in finding.remedy
    journal.unlink()
    assert "is gone or empty" in one(paths, "shrunk").what


@posix
def test_modes_that_let_others_in_are_said_and_not_changed(paths: Paths, journal: Path):
    journal.chmod(0o640)
    paths.state.chmod(0o755)
    first, second = found(paths, "mode")
    assert first.commands == (Command("600", str(journal), of="chmod"),)
    assert second.commands == (Command("700", str(paths.state), of="chmod"),)
    assert (journal.stat().st_mode & 0o777, paths.state.stat().st_mode & 0o777) == (0o640, 0o755)


def begun(paths: Paths, number: int, *, finished: bool = False) -> None:
    entry = samples.entry(number)
    draft = Draft(id=entry.id, journal=paths.real, set=entry.set, week=entry.week, started=entry.date)
    if finished:
        pending = Pending(record=codec.to_toml(entry))
        draft = Draft(
            id=entry.id,
            journal=paths.real,
            set=entry.set,
            week=entry.week,
            started=entry.date,
            pending=pending,
        )
    drafts.open_new(paths, draft).close()


def test_unfinished_sittings_are_counted_and_noted(paths: Paths, journal: Path):
    begun(paths, 4)
    begun(paths, 5)
    finding = one(paths, "unfinished")
    assert finding.note
    assert finding.what == "2 unfinished reflections, since 2026-12-18."
    assert check(paths, NOW).drafts == 2


def test_finished_drafts_can_be_finished(paths: Paths, journal: Path):
    begun(paths, 4, finished=True)
    finding = one(paths, "waiting")
    assert "1 finished entry hasn't reached the journal yet" in finding.what
    assert finding.repair


def test_looking_leaves_drafts_to_others(paths: Paths, journal: Path):
    begun(paths, 4)
    check(paths, NOW)
    (taken,) = drafts.orphans(paths)
    taken.close()


def test_a_draft_that_cannot_be_read(paths: Paths, journal: Path):
    paths.drafts.mkdir(exist_ok=True)
    (paths.drafts / "torn.toml").write_bytes(b"format = ")
    finding = one(paths, "draft")
    assert "torn.toml" in finding.what
    assert not finding.note


# --- Copies that cloud folders make -----------------------------------------------------------------------

SURE = [
    "journal (Ana's conflicted copy 2026-11-20).toml",
    "journal (conflicted copy 2026-11-20 160411).toml",
    "journal.sync-conflict-20261120-160411-ABCDEFG.toml",
    "journal (Case Conflict).toml",
    "journal [Conflict].toml",
    "journal_conflict-20261120-101500.toml",
    "journal (In Konflikt stehende Kopie von Ana 2026-11-20).toml",
    "journal (Konflikt Kopie 2026-11-20).toml",
    "journal (Copie en conflit de Ana 2026-11-20).toml",
    "journal (Copia en conflicto de Ana).toml",
]
MAYBE = [
    "journal 2.toml",
    "journal_2.toml",
    "journal(1).toml",
    "journal (1).toml",
    "journal-LAPTOP7.toml",
    "journal-MacBook Pro von Ana.toml",
    "kept.toml",
    "journal.toml (1)",
    "Copy of journal.toml",
    "journal.toml.save",
    "#journal.toml#",
]
EARLIER = [
    "journal.toml~",
    "journal.toml.~1~",
    "journal.toml.bak",
    "journal.toml.orig",
    "journal.toml.old",
    "journal.bak",
]


def damaged(data: bytes) -> bytes:
    """The journal with its last entry torn."""
    return data[: data.rindex(b"question")] + b'question = "half'


@contextmanager
def beside(journal: Path, name: str, data: bytes) -> Iterator[None]:
    """For as long as this lasts, the folder of the journal has a file of this name."""
    path = journal.with_name(name)
    path.write_bytes(data)
    try:
        yield
    finally:
        path.unlink()


@each_row("name", SURE + MAYBE)
def test_a_conflict_copy_with_an_entry_that_the_journal_lacks(paths: Paths, journal: Path, name: str):
    extra = b"\n" + codec.to_toml(samples.entry(9)).encode()
    with beside(journal, name, journal.read_bytes().replace(b"\n", b"\r\n") + extra):
        finding = one(paths, "copy")
    assert name in finding.what
    assert finding.remedy.startswith("1 entry of it isn't in the journal.")
    assert finding.repair == ""


@each_row("name", SURE + MAYBE)
def test_what_cannot_be_read_in_a_copy_counts_as_missing(paths: Paths, journal: Path, name: str):
    with beside(journal, name, damaged(journal.read_bytes())):
        assert one(paths, "copy").remedy.startswith("1 unreadable part of it isn't in the journal.")


def test_a_copy_that_lost_its_first_header_holds_something_that_cannot_be_read(paths: Paths, journal: Path):
    torn = journal.read_bytes()
    journal.with_name(SURE[0]).write_bytes(torn[torn.index(b"id = ") :])
    assert "unreadable part of it isn't in the journal" in one(paths, "copy").remedy


def test_an_entry_that_says_the_same_in_another_layout_is_not_missing(paths: Paths, journal: Path):
    same = journal.read_bytes().replace(b'set = "', b'set   =   "')
    journal.with_name(SURE[0]).write_bytes(same)
    assert "All its entries are in the journal" in one(paths, "copy").remedy


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes")
def test_neither_a_pipe_nor_another_name_of_the_journal_is_a_copy(paths: Paths, journal: Path):
    os.mkfifo(journal.with_name(SURE[0]))
    os.link(journal, journal.with_name(SURE[1]))
    assert found(paths, "copy") == []


@each_row("name", SURE)
def test_a_conflict_copy_with_nothing_new(paths: Paths, journal: Path, name: str):
    with beside(journal, name, journal.read_bytes()):
        assert "All its entries are in the journal" in one(paths, "copy").remedy


def test_a_conflict_copy_that_cannot_be_read(paths: Paths, journal: Path):
    journal.with_name(SURE[0]).write_bytes(journal.read_bytes().decode().encode("utf-16"))
    assert "can't be read" in one(paths, "copy").remedy


def reordered(data: bytes) -> bytes:
    """The journal with its entries the other way round."""
    preamble, *entries = data.split(b"[[entry]]\n")
    return preamble + b"\n".join(b"[[entry]]\n" + each for each in reversed(entries))


@each_row("chunk", [1 << 16, 300, 7])
@each_row(
    ("change", "remedy"),
    [
        (lambda data: data, "All its entries are in the journal"),
        (lambda data: data[: data.rindex(b"\n[[entry]]\n")], "All its entries are in the journal"),
        (reordered, "All its entries are in the journal"),
        (damaged, "1 unreadable part of it isn't in the journal."),
        (lambda data: data.replace(b"Ask legal", b"Ask Ben"), "2 entries of it aren't in the journal."),
        (lambda data: data + b"\n[[entry]]\ndate = 2026-01-01\n", "1 entry of it isn't in the journal."),
    ],
)
def test_a_copy_is_compared_from_where_it_parts_from_the_journal(
    paths: Paths, journal: Path, change, remedy: str, chunk: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reading, "CHUNK", chunk)
    with beside(journal, SURE[0], change(journal.read_bytes())):
        assert remedy in one(paths, "copy").remedy


@each_row("name", MAYBE)
@each_row("content", ["the same", "of somebody else", "no journal"])
def test_other_files_with_such_names_are_left_in_peace(paths: Paths, journal: Path, name: str, content: str):
    texts = {
        "the same": journal.read_bytes(),
        "of somebody else": b"format = 1\n\n" + codec.to_toml(samples.entry(9)).encode(),
        "no journal": b"hello",
    }
    with beside(journal, name, texts[content]):
        assert found(paths, "copy") == []


def test_another_journal_in_the_folder_is_not_read_whole(
    paths: Paths, journal: Path, monkeypatch: pytest.MonkeyPatch
):
    """Home looks for copies each time, so a second journal must cost it next to nothing."""
    journal.with_name("work.toml").write_bytes(b"format = 1\n\n" + codec.to_toml(samples.entry(9)).encode())
    monkeypatch.setattr("followme.journal.health.copies._copy", lambda *paths: pytest.fail(str(paths)))
    assert found(paths, "copy") == []


@pytest.mark.parametrize("name", EARLIER)
def test_what_an_editor_kept_from_before_a_change_lacks_only_whole_entries(
    paths: Paths, journal: Path, name: str
):
    """An older wording, or a fault that was fixed since, is why it was kept."""
    before = journal.read_bytes()
    earlier = journal.with_name(name)
    earlier.write_bytes(damaged(before).replace(b"Ask legal", b"Ask Ben"))
    assert found(paths, "copy") == []
    earlier.write_bytes(before + b"\n" + codec.to_toml(samples.entry(9)).encode())
    finding = one(paths, "copy")
    assert (
        finding.what
        == f"{name} is beside the journal, probably saved by an editor or a merge before a change."
    )
    assert finding.remedy.startswith("1 entry in it isn't in the journal. If you didn't delete that")
    assert finding.note
    assert not any(each.waits for each in copies(journal))


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        (SURE[0], "beside the journal, probably left by a cloud folder after two devices wrote at once."),
        (
            "journal.toml (Ana's conflicted copy)",
            "beside the journal, probably left by a cloud folder after two devices wrote at once.",
        ),
        (
            "journal.toml (1)",
            "beside the journal and is a copy of it, made by a cloud folder or by hand.",
        ),
        (
            "journal.toml.save",
            "beside the journal, probably left by an editor that was closed without saving.",
        ),
        ("#journal.toml#", "beside the journal, probably left by an editor that was closed without saving."),
    ],
)
def test_a_copy_is_told_as_what_it_is(paths: Paths, journal: Path, name: str, origin: str):
    journal.with_name(name).write_bytes(journal.read_bytes() + b"\n[[entry]]\ndate = 2026-01-01\n")
    assert one(paths, "copy").what == f"{name} is {origin}"


def test_what_a_rewrite_fills_and_what_cannot_be_looked_at_are_no_copies(paths: Paths, journal: Path):
    paths.replacement.write_bytes(damaged(journal.read_bytes()))
    if os.name != "nt":
        # As Emacs says that a file is open.
        journal.with_name(".#journal.toml").symlink_to("ana@host.123")
    journal.with_name(".journal.toml.swp").write_bytes(b"b0VIM 9.1" + journal.read_bytes())
    assert found(paths, "copy") == []


@pytest.mark.parametrize("name", ["journal-2025.md", "journal"])
def test_files_that_are_no_toml_are_not_looked_at(paths: Paths, journal: Path, name: str):
    journal.with_name(name).write_bytes(journal.read_bytes() + b"\n[[entry]]\ndate = 2026-01-01\n")
    assert found(paths, "copy") == []


def test_a_linked_journal_is_looked_at_where_it_really_is(paths: Paths, journal: Path):
    if os.name == "nt":
        pytest.skip("links need a privilege there")
    cloud = journal.parent.with_name("cloud")
    cloud.mkdir()
    journal.rename(cloud / "journal.toml")
    journal.symlink_to(cloud / "journal.toml")
    (cloud / SURE[0]).write_bytes(b"")
    assert SURE[0] in one(paths, "copy").what


def test_the_moment_counts_for_the_future_only(paths: Paths, journal: Path):
    assert {each.kind for each in check(paths, NOW - timedelta(days=60)).findings} == {"future"}
