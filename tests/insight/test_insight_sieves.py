"""Sieves: they never say no to a block that has what is looked for, however it was typed, and say no to most others."""

from __future__ import annotations

from hypothesis import given

from followme.insight.sieves import OfWeeks, may_tell_of
from followme.journal.file.codec import to_toml
from followme.journal.file.reading import blocks_of
from followme.model import Entry
from journal.journal_samples import entries
from rows import each_row

ID = "20261120T150411-k7q2m"
DATE = "date = 2026-11-20T16:04:11+01:00\n"
TOLD = f'promise = "{ID}/p1"\nresult = "kept"\n'


@each_row(
    "lines",
    [
        f'{DATE}week = "2026-W47"\n',
        f"{DATE}week = '2026-W47'\n",
        f'{DATE}week="2026-W47"\n',
        f'"week" = "2026-W47"\n{DATE}',
        f'{DATE}"we\\u0065k" = "2026-W47"\n',
        f'{DATE}week = "2026-\\u005747"\n',
        f'{DATE}week = """\n2026-W47"""\n',
        DATE,
        f'{DATE}note = """\nweek = "2026-W01"\n"""\nweek = "2026-W47"\n',
        f'{DATE}week = "2026-W47"\n[[entry.answer]]\nkey = "a"\nreply = "x"\n',
        f'{DATE}week = "2026-W47"\r\n',
        f'{DATE}week = "2026-W47" # mine\n',
    ],
)
def test_an_entry_of_a_week_passes_however_its_week_was_typed(lines: str):
    (block,) = blocks_of(f"[[entry]]\n{lines}".encode())
    assert block.entry
    assert block.entry.week == "2026-W47"
    assert OfWeeks({"2026-W47"})(block.data)


@each_row(
    "lines",
    [
        f"[[entry.outcome]]\n{TOLD}",
        f"[[ entry . outcome ]]\n{TOLD}".replace('"', "'"),
        f'[[entry."outcom\\u0065"]]\n{TOLD}',
        f"[[entry.outcome]]\n{TOLD}".replace("2026", "\\u0032026", 1),
        f'outcome = [{{promise="{ID}/p1", result="kept"}}]\n',
        f'[[entry.outcome]]\npromise = """\n{ID}/p1"""\nresult = "kept"\n',
    ],
)
def test_an_entry_that_tells_of_a_promise_passes_however_that_was_typed(lines: str):
    (block,) = blocks_of(f"[[entry]]\n{DATE}{lines}".encode())
    assert block.entry
    assert [each.promise for each in block.entry.outcomes] == [f"{ID}/p1"]
    assert may_tell_of({ID})(block.data)


@given(entries)
def test_an_entry_as_followme_writes_it_passes_for_its_own_week_and_promises(entry: Entry):
    (block,) = blocks_of(to_toml(entry).encode())
    data, read = block.data, block.entry
    assert read
    assert OfWeeks({read.week})(data)
    for outcome in read.outcomes:
        assert may_tell_of({outcome.promise.rpartition("/")[0]})(data)


def test_an_entry_that_tells_of_others_does_not_pass():
    data = f'[[entry]]\n{DATE}week = "2026-W47"\n[[entry.outcome]]\n{TOLD}'.encode()
    assert not may_tell_of({"20261120T150411-other"})(data)
    assert not OfWeeks({"2026-W46"})(data)
    assert not may_tell_of({ID})(data[: data.index(b"[[entry.outcome")])
