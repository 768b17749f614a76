"""The blocks that have a text, found without reading the others, are the same as in the whole journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_samples import HEADER_LIKE, entry

from followme.journal.file import finding
from followme.journal.file.codec import to_toml
from followme.journal.file.finding import blocks_with, latest_blocks
from followme.journal.file.reading import read

replies = st.lists(st.sampled_from([*HEADER_LIKE, "words", "\n"]), max_size=8).map("".join)
damages = st.sampled_from(
    [b"", b"", b"", b"[[entry]]\nid = 'x\n", b'"""\n', b"[[ entry ]]\n", b"\n\n# mine\n"]
)


@given(parts=st.lists(st.tuples(replies, damages), min_size=1, max_size=5), chunk=st.integers(1, 400))
def test_every_entry_is_found_as_it_is_in_the_whole_journal(tmp_path_factory, parts, chunk: int) -> None:
    path = tmp_path_factory.mktemp("finding") / "journal.toml"
    data = b"format = 1\n"
    for number, (reply, damage) in enumerate(parts):
        data += b"\n" + to_toml(entry(number, reply)).encode() + damage
    path.write_bytes(data)
    for each in read(path).located:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finding, "CHUNK", chunk)
            blocks = blocks_with(path, each.entry.id.lower())
        if blocks is not None:
            assert [(one.entry, one.start, one.end) for one in blocks] == [tuple(each)]


def test_what_is_nowhere_and_what_is_not_certain(tmp_path: Path) -> None:
    path = tmp_path / "journal.toml"
    assert blocks_with(path, "x") == ()
    path.write_text("format = 1\n\n" + to_toml(entry()), encoding="utf-8")
    assert blocks_with(path, "nowhere") == ()
    assert blocks_with(path, "format") is None  # Before the first entry.
    assert blocks_with(path, "") is None
    assert blocks_with(path, "é") is None
    path.write_text(path.read_text(encoding="utf-8").replace("weekly", "week\\u006cy"), encoding="utf-8")
    assert blocks_with(path, "k7q2m") is None


def test_one_of_several_texts(tmp_path: Path) -> None:
    path = tmp_path / "journal.toml"
    path.write_text(
        "format = 1\n\n" + "\n".join(to_toml(entry(number)) for number in range(3)), encoding="utf-8"
    )
    ids = [each.id for each in read(path).entries]
    for texts in ((ids[2], ids[0]), (ids[0], ids[2], ids[2][:9])):
        blocks = blocks_with(path, *(text.lower() for text in texts))
        assert blocks is not None
        found = [one.entry.id for one in blocks if one.entry]
        assert found == [each for each in ids if any(text in each for text in texts)]


moments = st.lists(st.tuples(st.integers(0, 200), st.integers(-12, 14)), min_size=1, max_size=12)


@given(moments=moments, number=st.integers(0, 4))
def test_the_latest_are_found_wherever_they_are(tmp_path_factory, moments, number: int) -> None:
    path = tmp_path_factory.mktemp("finding") / "journal.toml"
    dated = [
        replace(
            entry(at),
            date=datetime(2026, 11, 20, tzinfo=timezone(timedelta(hours=zone))) + timedelta(hours=hours),
        )
        for at, (hours, zone) in enumerate(moments)
    ]
    path.write_text("format = 1\n\n" + "\n".join(map(to_toml, dated)), encoding="utf-8")
    blocks = latest_blocks(path, lambda some: len(some) > number)
    assert blocks is not None
    found = [one.entry for one in blocks if one.entry]
    latest = sorted(dated, key=lambda one: one.moment)[-number - 1 :]
    assert {one.moment for one in latest} <= {one.moment for one in found}
    assert [one.id for one in found] == [one.id for one in dated if one in found]
