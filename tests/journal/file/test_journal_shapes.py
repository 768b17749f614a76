"""The worst shapes that bytes can have: none is read again and again, and whole entries beside it stay."""

from __future__ import annotations

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
from rows import each_row

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


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reading, "PATIENCE", 0)
    return tmp_path / "journal.toml"


EVERY = SHAPES | MORE
every_shape = each_row("name", EVERY)


@pytest.mark.slow
@pytest.mark.parametrize("fast", [True, False], ids=["fast", "standard"])
def test_what_is_parsed_grows_with_the_bytes(fast: bool, path: Path, monkeypatch: pytest.MonkeyPatch):
    """Counted and not timed, so that a busy machine changes nothing; `bench/shapes.py` times it."""
    if not fast:
        monkeypatch.setattr(parsing, "_fast", None)
    parsed: list[int] = []
    real = parsing.decode
    monkeypatch.setattr(parsing, "decode", lambda data: parsed.append(len(data)) or real(data))

    def cost(shape: Shape, size: int) -> tuple[int, int]:
        """How many bytes parsers are given, and how many times, by whatever reads a journal."""
        parsed.clear()
        data = shape(size)
        path.write_bytes(data)
        found = list(reading.newest_first(path))
        assert len(list(skimming.skimmed(path))) <= len(found) + 1
        examine(data, reading.blocks_of(data), datetime(2026, 12, 1, tzinfo=UTC))
        return sum(parsed), len(parsed)

    @every_shape
    def grows(name: str) -> None:
        shape = EVERY[name]
        small, large = cost(shape, SMALL), cost(shape, STEP * SMALL)
        assert large[0] <= 3 * 30 * STEP * SMALL
        assert large[0] <= (STEP + 1) * small[0] + 3_000
        assert large[1] <= (STEP + 1) * small[1]

    grows()


def test_keys_and_brackets_by_the_hundred_thousand_never_reach_a_parser(monkeypatch: pytest.MonkeyPatch):
    """Each would cost up to 200 bytes of memory; a long text is one sign of many."""
    monkeypatch.setattr(parsing, "MOST_SIGNS", 1_000)
    monkeypatch.setattr("followme.toml.loads", lambda text: pytest.fail("asked"))
    monkeypatch.setattr(parsing, "_fast", lambda text: pytest.fail("asked") if len(text) > 3_000 else {})
    for name in (
        "one key of ever more parts",
        "one header of ever more parts",
        "brackets that never close",
        "tables in tables",
        "keys of eight parts before a fault",
    ):
        data = SHAPES[name](30_000)
        with pytest.raises(parsing.NotParsed) as raised:
            parsing.parse(data)
        assert not raised.value.is_open
        line = data.split(b"\n")[raised.value.line - 1]
        assert line.startswith((b"a", b"x", b"[a")), line


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_long_text_of_signs_is_an_answer_like_any_other(quotes: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parsing, "MOST_SIGNS", 1_000)
    text = "a.b = [{c, d}] # 'x'\n" * 1_000
    document = parsing.parse(f"# {text.replace(chr(10), '')}\na = {quotes}\n{text}{quotes}\n".encode())
    assert document == {"a": text}


@every_shape
def test_whole_entries_beside_it_stay(name: str, path: Path):
    shape = EVERY[name]
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
        with pytest.raises(parsing.NotParsed) as raised:
            parsing.parse(text.encode())
        assert (raised.value.line, raised.value.is_open) == (line, is_open)


def test_an_open_text_is_told_with_the_line_where_it_opens():
    data = to_toml(entry()).replace('asked twice."""', "asked twice.").encode()
    (block,) = list(reading._blocks(BytesIO(data), len(data)))
    assert block.error
    assert data.split(b"\n")[block.error.line - 1].startswith(b'reply = """')
