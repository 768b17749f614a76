"""The worst shapes that bytes can have: none is read again and again, and whole entries beside it stay."""

from __future__ import annotations

import gc
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from journal_samples import entry

from bench.shapes import ANSWER, ENTRY, SHAPES, Shape, filled
from followme.journal.file import parsing, reading, skimming
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.journal.health.examine import examine
from followme.model import Entry

SMALL, STEP = 6_000, 4
MORE: dict[str, Shape] = {
    "NUL bytes": lambda n: ENTRY + filled(b"\0", n),
    "lines of NUL bytes": lambda n: ENTRY + filled(b"\0\n", n),
    "half headers": lambda n: ENTRY + filled(b"[[\n", n),
    "half headers in one line": lambda n: ENTRY + filled(b"[[", n) + b"\n",
    "quotes": lambda n: ENTRY + b"x = " + filled(b'"', n) + b"\n",
    "conflict marks": lambda n: ENTRY + filled(b"<<<<<<< HEAD\n\n", n),
    "Latin-1": lambda n: ENTRY + ANSWER + b'"""\n' + filled(b"\xe4\n\n", n) + b'"""\n',
    "carriage returns": lambda n: ENTRY + ANSWER + b'"""\n' + filled(b"a\r", n) + b'"""\n',
    "entries without an id": lambda n: filled(b"[[entry]]\ndate = 2026-11-20\n\n", n),
    "headers of other tables": lambda n: ENTRY + filled(b"[[entry.answer]]\n", n),
    "blank lines alone": lambda n: filled(b"\n", n),
    "no line break at all": lambda n: filled(b"a", n),
}
shapes = pytest.mark.parametrize("shape", [*SHAPES.values(), *MORE.values()], ids=[*SHAPES, *MORE])


@shapes
def test_what_is_parsed_grows_with_the_bytes(shape: Shape, monkeypatch: pytest.MonkeyPatch):
    """Counted and not timed, so that a busy machine changes nothing."""
    parsed: list[int] = []
    real = parsing.decode
    monkeypatch.setattr(parsing, "decode", lambda data: parsed.append(len(data)) or real(data))

    def cost(size: int) -> int:
        parsed.clear()
        reading.blocks_of(shape(size))
        return sum(parsed)

    small, large = cost(SMALL), cost(STEP * SMALL)
    assert large <= 30 * STEP * SMALL
    assert large <= (STEP + 1) * small + 1_000


@shapes
@pytest.mark.long
@pytest.mark.parametrize("fast", [True, False], ids=["fast", "standard"])
def test_no_shape_takes_the_square_of_its_length(
    shape: Shape, fast: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Sixteen times the bytes may take twenty-five times as long; a square would take 256 times."""
    monkeypatch.setattr(reading, "PATIENCE", 0)
    if not fast:
        monkeypatch.setattr(parsing, "_fast", None)
    path = tmp_path / "journal.toml"

    def taken(size: int) -> float:
        data = shape(size)
        path.write_bytes(data)
        # As a command runs: what looks for circles among objects takes time that is not the reader's.
        gc.disable()
        begun = time.process_time()
        try:
            found = list(reading.newest_first(path))
            assert len(list(skimming.skimmed(path))) <= len(found) + 1
            examine(data, reading.blocks_of(data), datetime(2026, 12, 1, tzinfo=UTC))
            return time.process_time() - begun
        finally:
            gc.enable()

    assert taken(16 * SMALL) < 25 * max(min(taken(SMALL) for _ in range(2)), 0.01)


@shapes
def test_whole_entries_beside_it_stay(shape: Shape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "PATIENCE", 0)
    path = tmp_path / "journal.toml"
    before, after = to_toml(entry(0)).encode(), to_toml(entry(1)).encode()
    path.write_bytes(
        PREAMBLE.encode() + b"\n" + before + b"\n" + shape(5_000).rstrip(b"\n") + b"\n\n" + after
    )
    found = [each for each in reading.newest_first(path) if isinstance(each, Entry)]
    assert found[0] == entry(1)
    # Bytes without a header of their own belong to the entry before, and may damage it.
    assert found[-1] == entry(0) or not shape(100).startswith(b"[")


def test_a_block_that_is_too_large_for_the_standard_reader_is_told_by_the_fast_one(
    monkeypatch: pytest.MonkeyPatch,
):
    if not parsing._fast:
        pytest.skip("There is no fast reader here.")
    monkeypatch.setattr(parsing, "LARGE", 10)
    monkeypatch.setattr("followme.toml.loads", lambda text: pytest.fail("asked"))
    for text, line, is_open in (
        ("a = 1\nb = 1 1\n", 2, False),
        ('a = 1\nb = """\nc', 2, True),
        ("a = 1\nb = '''\n", 2, True),
    ):
        with pytest.raises(parsing.Fault) as raised:
            parsing.parse(text.encode())
        assert (raised.value.line, raised.value.is_open) == (line, is_open)


def test_an_open_text_is_told_with_the_line_where_it_opens():
    data = to_toml(entry()).replace('asked twice."""', "asked twice.").encode()
    (block,) = list(reading._blocks(BytesIO(data), len(data)))
    assert block.fault
    assert data.split(b"\n")[block.fault.line - 1].startswith(b'reply = """')
