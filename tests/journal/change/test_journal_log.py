"""The log of changes: every write is noted, without a word of it, and a line that can't be trusted isn't."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import journal_samples as samples
import pytest

from followme.journal import drafts, recovery, saving
from followme.journal.change import log, rewrite
from followme.journal.change.log import Logged, Touched, digest
from followme.journal.change.rewrite import Change
from followme.journal.change.swap import NotRewritten
from followme.journal.draftfile import Draft, Pending
from followme.journal.file import codec, reading
from followme.journal.file.paths import Paths
from followme.journal.health.repair import repair
from followme.journal.saving import save, save_all

NOW = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)


def logged(paths: Paths) -> list[Logged | None]:
    """The log, oldest first."""
    return list(log.newest(paths))[::-1]


def digest_of(number: int) -> str:
    return digest(codec.to_toml(samples.entry(number)).encode())


def test_every_add_is_noted_however_it_came(paths: Paths):
    save(paths, samples.entry(0))
    save_all(paths, [samples.entry(1), samples.entry(2)])
    one = samples.entry(3)
    pending = Pending(record=codec.to_toml(one))
    draft = Draft(
        id=one.id, journal=paths.real, set=one.set, week=one.week, started=one.date, pending=pending
    )
    drafts.open_new(paths, draft).close()
    recovery.recover(paths)
    ids = [samples.entry(number).id for number in range(4)]
    found = [one for one in logged(paths) if one]
    assert [one.verb for one in found] == [log.ADD] * 3
    assert [one.blocks for one in found] == [
        (Touched(ids[0], "", digest_of(0)),),
        (Touched(ids[1], "", digest_of(1)), Touched(ids[2], "", digest_of(2))),
        (Touched(ids[3], "", digest_of(3)),),
    ]
    assert found[0].time == samples.entry(0).moment


def test_a_rewrite_is_noted_with_its_verb_and_its_backup(paths: Paths):
    save_all(paths, [samples.entry(number) for number in range(3)])
    blocks = reading.blocks_of(paths.journal.read_bytes())
    edited = blocks[0].data.replace(b"Ana", b"Ben")
    changes = [Change(blocks[0].start, blocks[0].data, edited), Change(blocks[2].start, blocks[2].data)]
    backup = rewrite.rewrite(paths, changes, verb=log.MERGE, gain=-1, now=NOW)
    last = logged(paths)[-1]
    assert last == Logged(
        time=NOW,
        verb=log.MERGE,
        blocks=(
            Touched(samples.entry(0).id, digest_of(0), digest(edited)),
            Touched(samples.entry(2).id, digest_of(2), ""),
        ),
        backup=backup.name,
    )


def test_a_repair_is_noted(paths: Paths):
    save(paths, samples.entry(0))
    spoilt = b'\n[[entry]]\ndate = "unclosed\n'
    paths.journal.write_bytes(paths.journal.read_bytes() + b"\n[[entry]]\ndate = 2026-11-20\n" + spoilt)
    repair(paths, NOW, lambda moment: "20261120T000000-aaaaa")
    last = logged(paths)[-1]
    assert last
    assert (last.verb, last.backup) == (log.REPAIR, "20261120T150411Z.toml")
    assert [(one.id, bool(one.before), bool(one.after)) for one in last.blocks] == [
        ("", True, False),
        ("20261120T000000-aaaaa", True, True),
    ]


def test_the_log_has_none_of_the_words(paths: Paths):
    one = samples.entry(0)
    save(paths, one)
    block = reading.blocks_of(paths.journal.read_bytes())[0]
    rewrite.rewrite(paths, [Change(block.start, block.data)], verb=log.DELETE, gain=-1, now=NOW)
    text = paths.changes.read_text()
    assert one.id in text
    words = {word for each in one.answers for word in f"{each.reply} {each.question} {each.key}".split()}
    assert not [word for word in words if len(word) > 3 and word in text]
    if os.name != "nt":
        assert paths.changes.stat().st_mode & 0o777 == 0o600


def test_a_rewrite_that_is_refused_is_not_noted(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    save(paths, samples.entry(0))
    before = paths.changes.read_bytes()
    block = reading.blocks_of(paths.journal.read_bytes())[0]

    def refuse(new: Path, path: Path) -> None:
        raise OSError(5, os.strerror(5), str(path))

    monkeypatch.setattr("followme.journal.change.swap.replace_file", refuse)
    with pytest.raises(NotRewritten):
        rewrite.rewrite(paths, [Change(block.start, block.data)], gain=-1, now=NOW)
    assert paths.changes.read_bytes() == before


def test_without_a_line_in_the_log_nothing_is_rewritten_and_everything_is_added(paths: Paths):
    save(paths, samples.entry(0))
    paths.changes.unlink()
    paths.changes.mkdir()
    save(paths, samples.entry(1))
    old = paths.journal.read_bytes()
    block = reading.blocks_of(old)[0]
    with pytest.raises(NotRewritten, match="The journal is as it was"):
        rewrite.rewrite(paths, [Change(block.start, block.data)], gain=-1, now=NOW)
    assert paths.journal.read_bytes() == old


@pytest.mark.parametrize("half", [b'{"time": "2026', b"\0\0\0\0", b"{}"])
def test_half_a_line_goes_and_a_spoilt_one_is_known_for_one(paths: Paths, half: bytes):
    save(paths, samples.entry(0))
    first = paths.changes.read_bytes()
    paths.changes.write_bytes(first + half)
    save(paths, samples.entry(1))
    assert paths.changes.read_bytes().startswith(first + b'{"time"')
    paths.changes.write_bytes(first + half + b"\n" + first)
    assert [bool(one) for one in logged(paths)] == [True, False, True]


def test_the_log_stays_small_and_keeps_the_newest(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(log, "MOST", 2_000)
    paths.journal.parent.mkdir()
    lines = [Logged(time=NOW + timedelta(seconds=n), verb=log.ADD, backup=f"id-{n}") for n in range(200)]
    for one in lines:
        log.add(paths, one, sync=False)
        assert paths.changes.stat().st_size < 2_200
    kept = logged(paths)
    assert kept == lines[-len(kept) :]
    assert len(kept) > 10
    large = replace(lines[0], blocks=tuple(Touched(f"id-{n}", "", "x") for n in range(500)))
    log.add(paths, large, sync=False)
    assert logged(paths)[-1] == large
    log.add(paths, lines[0], sync=False)
    assert logged(paths) == [lines[0]]


def test_an_entry_that_was_added_before_a_kill_is_noted_after_it(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
):
    save(paths, samples.entry(0))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(recovery, "end_draft", killed)
        with pytest.raises(BaseException):  # noqa: B017 - whatever it becomes, the process is over
            saving.save(paths, samples.entry(1))
    recovery.recover(paths)
    found = [each.id for one in logged(paths) if one for each in one.blocks]
    assert found == [samples.entry(0).id, samples.entry(1).id]
