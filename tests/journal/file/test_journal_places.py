"""Entries parsed one at a time by their places: the same ones, and the same damage, as in reading the whole file."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from damages import DAMAGES
from journal_samples import entry

from followme.journal.file import reading
from followme.journal.file.codec import to_toml
from followme.journal.file.places import placed
from followme.journal.file.reading import Damage
from followme.model import Entry
from rows import each_row

PREAMBLE = "# followme journal - safe to edit by hand\nformat = 1\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.toml"


def written(path: Path, entries: Iterable[Entry]) -> None:
    path.write_text("\n".join([PREAMBLE, *map(to_toml, entries)]), encoding="utf-8")


def test_they_come_from_either_end_and_by_their_ids_and_what_is_about_them(path: Path):
    first, second = entry(1), entry(2)
    later = replace(entry(3), set="note", about=f"{first.id}/moment")
    twin = replace(second, minutes=5)
    bare = replace(entry(4), id="")
    journal = (first, second, later, twin, bare)
    written(path, journal)
    with placed(path, lambda damages: None) as places:
        assert (len(places), places.whole) == (5, True)
        assert tuple(places) == journal
        assert tuple(reversed(places)) == journal[::-1]
        assert tuple(places.with_id(first.id)) == (first,)
        assert tuple(places.with_id(second.id)) == (twin, second)
        assert tuple(places.with_id("")) == (bare,)
        assert tuple(places.with_id("nowhere")) == ()
        assert tuple(places.about(first.id)) == (later,)
        assert tuple(places.about(second.id)) == ()


@each_row("key", ["'about'", '"about" \t', r'"abo\u0075t"', r'"\u0061bout"', r'"\U00000061bout"'])
def test_a_later_word_is_found_however_its_key_is_written(path: Path, key: str):
    first = entry(1)
    later = replace(entry(2), set="note", about=first.id)
    lines = to_toml(later).replace("about =", f"{key} =")
    path.write_text(f"{to_toml(first)}\n{lines}", encoding="utf-8")
    with placed(path, lambda damages: None) as places:
        assert tuple(places.about(first.id)) == (later,)


def test_a_missing_journal_has_none(path: Path):
    with placed(path, lambda damages: None) as places:
        assert (list(places), list(places.with_id("x")), places.whole) == ([], [], True)


@each_row("damage", DAMAGES)
@each_row("seed", range(6))
def test_damage_is_told_once_and_costs_no_other_entry(
    path: Path, damage: Callable[..., bytes], seed: int
) -> None:
    written(path, map(entry, range(6)))
    path.write_bytes(damage(path.read_bytes(), random.Random(seed)))
    known = list(reading.newest_first(path))
    told: list[Damage] = []
    with placed(path, told.extend) as places:
        assert list(reversed(places)) == [each for each in known if isinstance(each, Entry)]
        assert list(reversed(places)) == list(places)[::-1]
        assert places.whole == (not told)
    damages = [each for each in known if isinstance(each, Damage)]
    assert sorted(told, key=lambda each: each.first_line) == damages[::-1]
