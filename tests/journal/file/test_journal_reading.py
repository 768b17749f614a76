"""Reading a journal file: lazily from the end, whatever hands and accidents did to it, and saying where."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

import pytest
from damages import DAMAGES
from journal_samples import entry

from followme.journal.file import parsing, reading
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.journal.file.modes import CannotOpen, open_to_read
from followme.journal.file.reading import Damage, NotText, newest_first, read
from followme.model import Entry, Located
from rows import each_row

FIRST = to_toml(entry(0))
SECOND = to_toml(entry(1))
BOTH = f"{PREAMBLE}\n{FIRST}\n{SECOND}"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The bytes of every block that is parsed."""
    blocks: list[bytes] = []
    real = parsing.parse_block

    def counting(data: bytes, **how: bool) -> Mapping[str, object]:
        blocks.append(data)
        return real(data, **how)

    monkeypatch.setattr(parsing, "parse_block", counting)
    return blocks


def reasons(path: Path) -> list[str]:
    return [damage.reason for damage in read(path).damages]


# --- From the end -----------------------------------------------------------------------------------------


def test_a_missing_file_has_nothing(path: Path):
    assert list(newest_first(path)) == []
    assert read(path) == reading.Loaded((), (), ())


def test_an_empty_file_has_nothing(path: Path):
    path.write_text("")
    assert read(path).entries == ()


def test_the_newest_comes_first_and_read_gives_file_order(path: Path):
    path.write_text(BOTH)
    assert list(newest_first(path)) == [entry(1), entry(0)]
    assert read(path).entries == (entry(0), entry(1))


def test_an_entry_comes_with_the_place_of_its_block(path: Path):
    """Also beside damage; its bytes are the block that a rewrite is told of."""
    path.write_bytes((BOTH + "\n[[entry]]\nbroken\n\n" + to_toml(entry(2))).encode())
    data = path.read_bytes()
    found = read(path)
    assert [each.entry for each in found.located] == list(found.entries) == [entry(0), entry(1), entry(2)]
    assert len(found.damages) == 1
    for each in found.located:
        assert data[each.start : each.end].strip() == to_toml(each.entry).strip().encode()
    located = [each for each in reading.located(path) if isinstance(each, Located)]
    assert tuple(reversed(located)) == found.located


def test_the_newest_ten_of_five_hundred_cost_ten_parses(path: Path, parsed: list[bytes]):
    path.write_text("\n".join([PREAMBLE, *(to_toml(entry(number)) for number in range(500))]))
    assert list(islice(newest_first(path), 10)) == [entry(number) for number in range(499, 489, -1)]
    assert len(parsed) == 10


@each_row("chunk", [1, 2, 7, 64, 1000])
def test_it_does_not_matter_where_the_chunks_are_cut(path: Path, chunk: int, monkeypatch: pytest.MonkeyPatch):
    path.write_text(BOTH)
    monkeypatch.setattr(reading, "CHUNK", chunk)
    assert list(newest_first(path)) == [entry(1), entry(0)]


def test_an_entry_larger_than_many_chunks(path: Path):
    large = entry(0, reply="words without any end " * 20_000 + "\n[[entry]]\n" * 20_000)
    path.write_text(f"{PREAMBLE}\n{to_toml(large)}\n{SECOND}")
    assert read(path).entries == (large, entry(1))


def test_reading_ten_from_a_pipe_does_not_load_the_lock():
    code = "import sys, followme.journal.file.reading; print('followme.journal.file.lock' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# --- Hand edits and accidents -----------------------------------------------------------------------------

HAND_EDITS = {
    "a table of one's own at the end": (f"{BOTH}\n[mine]\nx = 1\n", 2, ""),
    "a table inside the entry": (f"{BOTH}\n[entry.extra]\nx = 1\n", 2, ""),
    "another list of tables": (f"{BOTH}\n[[other]]\nx = 1\n", 2, ""),
    "a key after the last entry": (f'{BOTH}mood = "fine"\n', 2, ""),
    "comments and odd spacing": (BOTH.replace("minutes = 11", "minutes=   11   # or so"), 2, ""),
    "no line feed at the end": (BOTH.rstrip("\n"), 2, ""),
    "CRLF everywhere": (BOTH.replace("\n", "\r\n"), 2, ""),
    "a CRLF file with an LF entry": (f"{PREAMBLE}\n{FIRST}".replace("\n", "\r\n") + "\n" + SECOND, 2, ""),
    "a byte order mark": ("\ufeff" + BOTH, 2, ""),
    "a byte order mark and no preamble": ("\ufeff" + FIRST, 1, ""),
    "two files put together": (f"{BOTH}\n\ufeff{FIRST}", 3, ""),
    "U+2028 and U+0085": (BOTH.replace("Ana", "A\u2028n\u0085a"), 2, ""),
    "a text never closed": (
        BOTH.replace('twice."""', "twice.", 1),
        1,
        "The entry of 2026-11-20 (lines 4-40) couldn't be read. It has a text that is never closed. See "
        "line 15.",
    ),
    "a quote never closed": (
        BOTH.replace('set = "weekly"', 'set = "weekly', 1),
        1,
        "The entry of 2026-11-20 (lines 4-40) couldn't be read. "
        "It has a text that isn't closed on its line. See line 8.",
    ),
    "single brackets": (
        BOTH.replace("[[entry]]\nid = " + f'"{entry(1).id}"', "[entry]\nid = " + f'"{entry(1).id}"'),
        1,
        "The entry of 2026-11-27 (lines 42-78) couldn't be read. "
        "Its header has single brackets; write [[entry]] with two. See line 42.",
    ),
    "single brackets in the first entry": (
        BOTH.replace("[[entry]]", "[entry]", 1),
        1,
        "The entry of 2026-11-20 (lines 1-40) couldn't be read. "
        "The first entry has single brackets; write [[entry]] with two.",
    ),
    "no header for the first entry": (
        BOTH.replace("[[entry]]\n", "", 1),
        1,
        "The entry of 2026-11-20 (lines 1-39) couldn't be read. The [[entry]] line is missing or misspelled.",
    ),
    "an empty list on top": (
        BOTH.replace("format = 1", "format = 1\nentry = []"),
        2,
        "A part of the journal (lines 1-3) couldn't be read. "
        'Nothing named "entry" may stand before the first [[entry]] line.',
    ),
    "a lone carriage return": (
        BOTH.replace("minutes = 11", "minutes = 11\r", 1).replace("minutes = 11\r\n", "minutes = 11\r#\n"),
        1,
        "The entry of 2026-11-20 (lines 4-40) couldn't be read. ",
    ),
    "NUL bytes in the middle": (
        BOTH.replace("weekly", "\0\0\0", 1),
        1,
        "The entry of 2026-11-20 (lines 4-40) couldn't be read. "
        "It holds NUL bytes, as a power cut can leave where text was. See line 8.",
    ),
    "NUL bytes at the end": (
        BOTH + "\n" + "\0" * 4096,
        2,
        "A part of the journal (line 80) couldn't be read. "
        "There are only NUL bytes here, as a power cut can leave where text was.",
    ),
    "conflict marks between entries": (
        f"{PREAMBLE}\n{FIRST}\n<<<<<<< HEAD\n{SECOND}",
        2,
        "A part of the journal (line 42) couldn't be read. "
        "There are conflict markers from a version control tool here; remove those lines.",
    ),
    "smart quotes": (
        BOTH.replace('set = "weekly"', "set = “weekly”", 1),
        1,
        "The entry of 2026-11-20 (lines 4-40) couldn't be read. Invalid value (column 7). See line 8.",
    ),
    "a Windows path": (BOTH.replace("weekly", "C:\\Users", 1), 1, "The entry of 2026-11-20 (lines 4-40)"),
    "a doubled key": (
        BOTH.replace("minutes = 11", "minutes = 11\nminutes = 12", 1),
        1,
        "The entry of 2026-11-20 (lines 4-41) couldn't be read. Cannot overwrite a value (column 13). See "
        "line 10.",
    ),
    "30 February": (BOTH.replace("2026-12-01", "2026-02-30", 1), 1, "See line 39."),
    "a raw escape character": (BOTH.replace("Ana", "\x1b[31mAna", 1), 1, "(lines 4-40) couldn't be read."),
    "2,000 brackets": (
        BOTH.replace("minutes = 11", f"minutes = {'[' * 2000}", 1),
        1,
        "brackets nested too deeply",
    ),
    "5,000 digits": (
        BOTH.replace("minutes = 11", f"minutes = {'9' * 5000}", 1),
        1,
        "a value that is out of range",
    ),
    "an entry with nothing in it": (f"{BOTH}\n[[entry]]\n", 2, 'It has no "date".'),
    "a wrong type": (
        BOTH.replace("minutes = 11", 'minutes = "11"', 1),
        1,
        'The entry of 2026-11-20 (lines 4-40) couldn\'t be read. "minutes" must be a whole number.',
    ),
}


@each_row(("text", "count", "reason"), HAND_EDITS.values())
def test_a_hand_edit_costs_at_most_its_own_entry_and_is_told(path: Path, text: str, count: int, reason: str):
    path.write_bytes(text.encode())
    loaded = read(path)
    assert len(loaded.entries) == count
    assert reason in " ".join(damage.reason for damage in loaded.damages)
    assert bool(loaded.damages) is bool(reason)
    assert path.read_bytes() == text.encode()


def test_lines_of_several_damages_are_counted_from_the_top(path: Path):
    text = BOTH.replace("minutes = 11", "minutes = x")
    path.write_text(text)
    assert [(damage.first_line, damage.last_line) for damage in read(path).damages] == [(4, 40), (42, 78)]
    assert text.splitlines()[3] == text.splitlines()[41] == "[[entry]]"


def test_latin_1_costs_only_its_own_entry(path: Path):
    path.write_bytes(BOTH.replace("Ana", "An\xe4", 1).encode("latin-1"))
    assert read(path).entries == (entry(1),)
    assert "isn't UTF-8 text; another program" in reasons(path)[0]
    assert "See line 16." in reasons(path)[0]


@each_row("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_utf_16_file_is_refused_with_its_name(path: Path, encoding: str):
    path.write_bytes(BOTH.encode(encoding))
    with pytest.raises(NotText, match="is stored as UTF-16"):
        list(newest_first(path))


def test_old_mac_line_ends_are_told(path: Path):
    path.write_bytes(BOTH.replace("\n", "\r").encode())
    assert read(path).entries == ()
    assert len(reasons(path)) == 1


# --- Formats ----------------------------------------------------------------------------------------------


def test_a_newer_format_is_read_with_a_notice(path: Path):
    path.write_text(BOTH.replace("format = 1", "format = 2"))
    loaded = read(path)
    assert loaded.entries == (entry(0), entry(1))
    (notice,) = loaded.notices
    assert "has format 2, and this followme knows format 1" in notice


def test_no_format_is_no_fault(path: Path):
    path.write_text(FIRST)
    assert read(path) == reading.Loaded((Located(entry(0), 0, len(FIRST.encode())),), (), ())


def test_other_tools_can_read_the_file_or_the_doctor_says_why(path: Path):
    assert reading.strict_error(path, BOTH.encode()) is None
    assert "can't read" in str(
        reading.strict_error(path, BOTH.replace("minutes = 11", "minutes = x", 1).encode())
    )


# --- What isn't a file -------------------------------------------------------------------------------------


def test_a_folder_is_refused(tmp_path: Path):
    with pytest.raises(CannotOpen, match="is a folder, so it can't be a journal"):
        read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_never_waited_for(path: Path):
    os.mkfifo(path)
    with pytest.raises(CannotOpen, match="isn't an ordinary file"):
        read(path)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_followed_but_not_into_nothing_or_in_circles(path: Path, tmp_path: Path):
    real, lost, round_about = tmp_path / "real.toml", tmp_path / "lost", tmp_path / "round"
    real.write_text(BOTH)
    path.symlink_to(real)
    assert len(read(path).entries) == 2
    lost.symlink_to(tmp_path / "nowhere")
    with pytest.raises(CannotOpen, match="is a link to a file that isn't there"):
        read(lost)
    round_about.symlink_to(round_about)
    with pytest.raises(CannotOpen):
        read(round_about)


def test_a_device_is_refused():
    with pytest.raises(CannotOpen):
        read(Path(os.devnull))


# --- A second look ----------------------------------------------------------------------------------------


def grow_while_waiting(path: Path, monkeypatch: pytest.MonkeyPatch, more: str) -> None:
    """Let another process finish its write in the moment that the reader waits."""

    def grown(seconds: float) -> None:
        with path.open("a") as file:
            file.write(more)

    monkeypatch.setattr(reading.time, "sleep", grown)


def test_an_entry_caught_in_the_middle_of_being_added_is_no_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    path.write_text(BOTH[:-43])
    grow_while_waiting(path, monkeypatch, BOTH[-43:])
    assert list(newest_first(path)) == [entry(1), entry(0)]


def test_what_is_begun_meanwhile_is_left_for_the_next_reader(path: Path, monkeypatch: pytest.MonkeyPatch):
    path.write_text(BOTH[:-43])
    grow_while_waiting(path, monkeypatch, BOTH[-43:] + "\n" + to_toml(entry(2))[:-43])
    assert list(newest_first(path)) == [entry(1), entry(0)]


def test_a_torn_end_that_stays_is_damage(path: Path):
    path.write_text(BOTH[:-43] + '"""')
    damage, first = newest_first(path)
    assert isinstance(damage, Damage)
    assert isinstance(first, Entry)


# --- Only what is wanted ----------------------------------------------------------------------------------


def numbered(count: int) -> bytes:
    """A journal in which each reply has a word of its own, word0 and so on."""
    blocks = (to_toml(entry(number, reply=f"Ana stayed, word{number}.\n\nYes.")) for number in range(count))
    return "\n".join([PREAMBLE, *blocks]).encode()


def test_of_five_hundred_only_the_wanted_are_parsed(path: Path, parsed: list[bytes]):
    path.write_bytes(numbered(500))
    found = list(newest_first(path, lambda data: b"word7." in data or b"word77." in data))
    assert [each.date for each in found if isinstance(each, Entry)] == [entry(77).date, entry(7).date]
    assert len(parsed) == 2


@each_row("damage", DAMAGES)
@each_row("seed", range(4))
def test_damage_hides_no_wanted_entry(tmp_path: Path, damage: Callable[..., bytes], seed: int):
    path = tmp_path / "journal.toml"
    path.write_bytes(damage(numbered(6), random.Random(seed)))
    whole = [each for each in newest_first(path) if isinstance(each, Entry)]
    for number in range(6):
        word = f"word{number}."
        found = newest_first(path, lambda data, word=word: word.encode() in data)
        assert [each for each in found if isinstance(each, Entry) and word in str(each)] == [
            each for each in whole if word in str(each)
        ]


@each_row("quotes", ['"""', "'''"])
@each_row("word", ["before", "after", "last"])
def test_an_entry_that_quotes_another_is_read_whole(path: Path, quotes: str, word: str):
    """Pasted by hand: followme itself never writes a line like a header into an answer."""
    pasted = f'before\n[[entry]]\nid = "20261101T150411-ppppp"\nafter\n[[entry]]\nid = "x"\nlast{quotes}'
    block = f'[[entry]]\nid = "hand"\ndate = 2026-11-21\n[[entry.answer]]\nkey = "k"\nreply = {quotes}{pasted}\n\n'
    path.write_text(f"{PREAMBLE}\n{FIRST}\n{block}{SECOND}")
    found = newest_first(path, lambda data: word.encode() in data)
    assert [each.id for each in found if isinstance(each, Entry) and word in str(each.answers)] == ["hand"]


def test_a_file_that_cannot_be_closed_has_been_read_all_the_same(path: Path):
    path.write_text(BOTH, encoding="utf-8")
    opened = open_to_read(path)
    assert opened.read().decode() == BOTH
    os.close(opened.fileno())
    opened.close()
    assert opened.closed
