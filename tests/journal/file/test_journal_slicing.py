"""Slicing a damaged journal: it tells what parsing all of it tells, but for damage in answers that it never reads."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from damages import DAMAGES, byte_deleted
from hypothesis import example, given
from hypothesis import strategies as st
from journal_samples import entry

from followme.insight import entry_tables
from followme.insight.ledger import Kept, kept, ledger
from followme.insight.promises import open_promises
from followme.journal.file import parsing, reading, skimming
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.journal.file.reading import Damage
from followme.model import RESULTS, Entry, Located, Outcome

pytestmark = pytest.mark.usefixtures("sliced_from_the_end")

DAYS = [date(2026, 11, 20) + timedelta(weeks=weeks) for weeks in range(-8, 9)]


def journal(count: int, results: list[str]) -> bytes:
    """A journal in which each entry but the first says what became of a promise of the one before."""
    made = [entry(number) for number in range(count)]
    told = [
        replace(each, outcomes=(Outcome(promise=f"{before.id}/p1", result=result),))
        for before, each, result in zip(made, made[1:], results, strict=False)
    ]
    return "\n".join([PREAMBLE, *map(to_toml, [*made[:1], *told])]).encode()


def unanswered(data: bytes) -> Entry:
    """The entry in these bytes, read without its answers, whatever their headers look like. Raises ValueError."""
    name = r"entry(?:\.promise|\.outcome)?\]\]$"
    kept = re.sub(rf"(?ms)^\[\[(?!{name}).*?(?=^\[\[{name}|\Z)".encode(), b"", data)
    return entry_tables.from_table(parsing.parse_block(kept))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the tables in each part that is parsed, where the newest blocks are parsed whole as ever."""
    monkeypatch.setattr(skimming, "WHOLE", 10)
    real, found = parsing.parse, []
    monkeypatch.setattr(
        parsing, "parse", lambda data, **how: found.append(data.count(b"\n[[")) or real(data, **how)
    )
    return found


def test_what_home_parses_does_not_grow_with_the_open_promises(path: Path, parsed: list[int]):
    """Counted and not timed: the newest blocks whole, and the promises that these tell of."""

    def tables(count: int) -> int:
        parsed.clear()
        path.write_bytes(journal(count, ["not-yet"] * count))
        skim = skimming.skim(path)
        assert len(skim.maybe_due) == count
        assert skim.kept == Kept(0, 0, 0)
        return sum(parsed)

    assert tables(300) == tables(50) > 0
    # A reflection needs their words: without answers, and many of them parsed in one go.
    path.write_bytes(journal(300, ["not-yet"] * 300))
    skim = skimming.skim(path)
    parsed.clear()
    assert len(skim.telling) == 300
    assert len(parsed) <= 300 / skimming.AT_ONCE + 1
    assert sum(parsed) < 300 * 3


def test_what_home_parses_does_not_grow_with_the_promises_that_are_closed(path: Path, parsed: list[int]):
    def tables(count: int) -> int:
        results = (["kept", "partly", "not-kept", "not-needed"] * count)[: count - 1]
        path.write_bytes(journal(count, results))
        parsed.clear()
        found = skimming.skim(path).kept
        told, ended = sum(parsed), [result for result in results if result != "not-needed"]
        assert found == Kept(results.count("kept"), results.count("partly"), len(ended))
        return told

    assert tables(400) == tables(40) > 0


@pytest.mark.parametrize(
    "damage",
    [
        b"a\0\0b",
        b"\xe4",
        b"\x1b[1m",
        b'."""\n<<<<<<< HEAD\nfact = """\n',
        b'."""\n>>>>>>> other\nfact = """\n',
    ],
    ids=["NUL bytes", "Latin-1", "an escape", "a conflict", "the end of one"],
)
def test_damage_that_bytes_show_is_told_from_old_answers_too(damage: bytes, path: Path):
    data = journal(4, ["kept"] * 4).replace(b"She had asked", b"She had " + damage, 1)
    path.write_bytes(data)
    (told,) = skimming.skim(path).damages
    assert [told] == [each for each in reading.newest_first(path) if isinstance(each, Damage)]
    assert [told] == [each for each in skimming.skimmed(path) if isinstance(each, Damage)]


@pytest.mark.parametrize("damage", [b"\xe4", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc3"])
def test_a_promise_that_is_not_utf_8_is_told(damage: bytes, path: Path):
    data = journal(4, ["kept"] * 4)
    assert data.count(b'\ntext = "') == 4
    path.write_bytes(data.replace(b'\ntext = "', b'\ntext = "' + damage, 1))
    (told,) = skimming.skim(path).damages
    assert [told] == [each for each in reading.newest_first(path) if isinstance(each, Damage)]


def lines_of(damage: Damage) -> tuple[int, int]:
    return damage.first_line, damage.last_line


def check(data: bytes, path: Path) -> None:
    """All that parsing finds sound is found by slicing too; what it finds damaged is told, or was not read."""
    path.write_bytes(data)
    parsed, sliced = list(reading.located(path)), list(skimming.skimmed(path))
    healthy, found = (
        [each._replace(entry=replace(each.entry, answers=())) for each in parts if isinstance(each, Located)]
        for parts in (parsed, sliced)
    )
    told = [each for each in sliced if isinstance(each, Damage)]
    more = [each for each in found if each not in healthy]
    for each in more:
        assert each.entry == unanswered(data[each.start : each.end])
    spans = [(data.count(b"\n", 0, each.start) + 1, data.count(b"\n", 0, each.end)) for each in more]
    for each in healthy:
        line = data.count(b"\n", 0, each.start) + 1
        assert each in found or any(first <= line <= last for first, last in spans)
    # The same lines; a block that is looked at beside one that wasn't parsed may have another fault named.
    damaged = [lines_of(each) for each in parsed if isinstance(each, Damage)]
    for first_line, last_line in damaged:
        assert (first_line, last_line) in map(lines_of, told) or any(
            first <= last_line and first_line <= last for first, last in spans
        )
    assert all(lines_of(damage) in damaged for damage in told)

    skim = skimming.skim(path)
    opened = open_promises([each.entry for each in reversed(found)])
    assert list(skim.damages) == told
    assert open_promises(skim.telling) == opened
    for day in DAYS:
        assert sum(each.is_due(day) for each in skim.maybe_due) == sum(each.is_due(day) for each in opened)
    assert len(skim.maybe_due) == len(opened)
    assert skim.kept == kept(ledger([each.entry for each in reversed(found)], DAYS[0]))


@given(
    st.lists(st.tuples(st.sampled_from(DAMAGES), st.integers(0, 2**32)), max_size=3),
    st.lists(st.sampled_from(RESULTS), min_size=4, max_size=4),
)
@example([(byte_deleted, 10312)], ["not-kept", "not-needed", "kept", "kept"])
def test_whatever_is_damaged_is_sliced_as_it_is_parsed(
    tmp_path_factory,
    damages: list[tuple[Callable[[bytes, random.Random], bytes], int]],
    results: list[str],
):
    data = journal(5, results)
    for damage, seed in damages:
        data = damage(data, random.Random(seed))
    check(data, tmp_path_factory.mktemp("any") / "journal.toml")
