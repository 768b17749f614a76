"""Cutting bytes into blocks: what a header is, what joins, and what one damaged spot costs."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from damages import DAMAGES, journal
from hypothesis import given
from hypothesis import strategies as st
from journal_samples import HEADER_LIKE, entry

from followme.journal.file import blocks, reading
from followme.journal.file.blocks import Block, Piece
from followme.journal.file.codec import to_toml
from rows import each_row

IDS = [entry(number).id for number in range(9)]


def pieces(data: bytes) -> list[Piece]:
    """The pieces of a file as the reader makes them, from the end."""
    ends = [*blocks.headers(data), len(data)]
    return [Piece(a, data[a:b]) for a, b in pairwise(ends)][::-1]


def resolved(data: bytes) -> list[Block]:
    return list(blocks.resolved(pieces(data)))[::-1]


def ids(found: list[Block]) -> list[str | None]:
    """The ids in file order; None is a part that couldn't be read."""
    return [block.entry.id if block.entry else None for block in found]


# --- Headers ----------------------------------------------------------------------------------------------


@each_row(
    "line",
    [
        *(b"[[entry]]", b"  [[entry]]", b"\t[[ entry ]]\t", b'[["entry"]]', b"[['entry']]"),
        *(b"[[entry]] # a note", b"[[entry]]\r", b"\xef\xbb\xbf[[entry]]"),
    ],
)
def test_a_header(line: bytes):
    assert blocks.headers(b"x = 1\n" + line + b"\ny = 2\n") == [6]


@each_row(
    "line",
    [
        *(b"[[entry.answer]]", b"[entry]", b"[[entry]", b"x [[entry]]", b"[[entry]] x", b"[[entries]]"),
        *(b"# [[entry]]", b"[ [entry]]", b"\\u005b[entry]]", b"[[[entry]]]", b"[["),
    ],
)
def test_no_header(line: bytes):
    assert blocks.headers(b"x = 1\n" + line + b"\ny = 2\n") == []


def test_a_header_may_be_the_first_and_the_last_line():
    assert blocks.headers(b"[[entry]]\na = 1\n[[entry]]") == [0, 16]


# --- Blocks -----------------------------------------------------------------------------------------------


def test_blocks_of_a_sound_file():
    assert ids(resolved(journal(3))) == IDS[:3]


@each_row("line", [line for line in HEADER_LIKE if "[[" in line and '"' not in line])
def test_a_hand_written_text_may_hold_a_line_like_a_header(line: str):
    text = f'[[entry]]\ndate = 2026-11-20\n[[entry.answer]]\nkey = "a"\nreply = """\none\n{line}\ntwo"""\n'
    found = resolved(journal(1) + b"\n" + text.encode() + b"\n" + to_toml(entry(1)).encode())
    assert ids(found) == [IDS[0], "", IDS[1]]
    assert found[1].entry
    assert found[1].entry.answers[0].reply == f"one\n{line}\ntwo"


def test_a_text_never_closed_costs_only_its_own_entry():
    data = (
        journal(3)
        .replace(b'asked twice."""', b"asked twice.", 2)
        .replace(b"asked twice.", b'asked twice."""', 1)
    )
    assert ids(resolved(data)) == [IDS[0], None, IDS[2]]


@each_row("header", [b"[entry]", b"[[entry]", b"[[entrx]]", b"entry", b"", b"#[[entry]]", b"\0\0"])
def test_a_lost_header_leaves_the_neighbour_whole(header: bytes):
    first, second = journal(3).split(b'[[entry]]\nid = "20261127')
    data = first + header + b'\nid = "20261127' + second
    found = resolved(data)
    assert ids(found) == [IDS[0], None, IDS[2]]
    assert found[0].entry == entry(0)


@each_row(
    ("sound", "damaged"),
    [
        (b"reply = 4", b"reply = 4 4"),
        (b'\n[[entry.answer]]\nkey = "care', b"\n\n\n[[entry.answer]]\nkey = care"),
        (b'[[entry.answer]]\nkey = "care', b"# and\n\n# this\n[[entry.answer]]\nkey = care"),
        (b"[[entry.promise]]", b"[[entry.promise]"),
        (b"[[entry.promise]]", b"entry.promise]]"),
        (b'twice."""', b"twice."),
    ],
)
def test_half_an_entry_is_never_shown_as_a_whole_one(sound: bytes, damaged: bytes):
    assert ids(resolved(journal(2).replace(sound, damaged, 1))) == [None, IDS[1]]


@each_row("foreign", [b"a thought\n", b"\0" * 4096 + b"\n", b"<<<<<<< HEAD\n", b"=======\n", b"x = [\n"])
def test_foreign_lines_between_entries_cost_no_entry(foreign: bytes):
    first, second = to_toml(entry(0)).encode(), to_toml(entry(1)).encode()
    assert ids(resolved(first + b"\n" + foreign + second)) == [IDS[0], None, IDS[1]]


def test_the_entry_below_a_table_of_ones_own_is_untouched():
    data = journal(1) + b'\n[mine]\nmood = "fine"\n\n' + to_toml(entry(1)).encode()
    assert ids(resolved(data)) == IDS[:2]


def test_a_fault_in_an_answers_type_is_told():
    (block,) = resolved(to_toml(entry()).replace("minutes = 11", 'minutes = "11"').encode())
    assert str(block.error) == '"minutes" must be a whole number.'


# --- Any bytes at all -------------------------------------------------------------------------------------

FRAGMENTS = [
    *("[[entry]]\n", 'id = "a"\n', 'id = "b"\n', "date = 2026-11-20\n", "[[entry.answer]]\n", 'key = "k"\n'),
    *(
        'reply = "x"\n',
        'reply = """\n',
        '"""\n',
        "'''\n",
        "words\n",
        "\n",
        "[entry]\n",
        "[[entry\n",
        "x = [\n",
    ),
    *(
        "[[entry]]\ndate = 2026-11-20\n\n",
        '[[entry]]\nid = "c"\ndate = 2026-11-20\n\n',
        "\ufeff",
        "\r\n",
        "\0",
    ),
]
journals = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(lambda parts: "".join(parts).encode())


@given(journals)
def test_blocks_join_to_the_same_bytes(data: bytes):
    heads = blocks.headers(data)
    assert b"".join(block.data for block in resolved(data)) == (data[heads[0] :] if heads else b"")


@given(journals)
def test_early_certainty_changes_nothing(data: bytes):
    """What is given out as soon as it is certain is what seeing the whole file would have said."""
    whole: list[Block] = []
    run: list[Piece] = []
    for piece in pieces(data)[::-1]:
        if piece.stands_alone:
            whole += [*blocks._in_order(run), blocks._block(piece.start, piece.data, piece.parsed)]
            run = []
        else:
            run.append(piece)
    whole += blocks._in_order(run)
    assert [(one.start, one.data, one.entry) for one in resolved(data)] == [
        (one.start, one.data, one.entry) for one in whole
    ]


# --- Eleven kinds of damage -------------------------------------------------------------------------------

MANY = 30


def alike(one: bytes, other: bytes) -> int:
    """How many bytes they begin with are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def untouched(sound: bytes, damaged: bytes) -> list[int]:
    """The entries all of whose bytes, the blank line below included, are before or after the damaged spot."""
    before = alike(sound, damaged)
    after = alike(sound[::-1], damaged[::-1])
    starts = blocks.headers(sound)
    spans = enumerate(pairwise([*starts, len(sound)]))
    return [number for number, (start, end) in spans if end <= before or start >= len(sound) - after]


@pytest.mark.parametrize("trials", [15, pytest.param(1_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_costs_next_to_nothing_else(
    damage: Callable[..., bytes], trials: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Of the entries that were not touched 99.8 percent are read, and at most one is missed at a time."""
    monkeypatch.setattr(reading, "PATIENCE", 0)
    chance = random.Random(damage.__name__)
    sound, path = journal(MANY), tmp_path / "journal.toml"
    whole = [entry(number) for number in range(MANY)]
    missed = all_of_them = 0
    for _ in range(trials):
        damaged = damage(sound, chance)
        path.write_bytes(damaged)
        found = reading.read(path).entries
        hale = untouched(sound, damaged)
        lost = [number for number in hale if whole[number] not in found]
        assert len(lost) <= 1
        missed += len(lost)
        all_of_them += len(hale)
    assert missed <= 0.002 * all_of_them


def test_what_can_have_no_date_is_not_parsed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(blocks.parsing, "parse_block", lambda data, **how: pytest.fail("parsed"))
    (found,) = resolved(b'[[entry]]\n"\n')
    assert found.error
    assert (found.error.sentence, found.error.is_open) == ('It has no "date".', False)


@pytest.mark.parametrize("line", ['"d\\u0061te" = 2026-11-20', 'x = """', "x = '''", "x = \0", "x = \xe4"])
def test_what_may_have_one_is_told_as_the_parser_tells_it(line: str):
    (found,) = resolved(f"[[entry]]\n{line}\n".encode("latin-1"))
    assert found.entry or (found.error and "date" not in found.error.sentence)
