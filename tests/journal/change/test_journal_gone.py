"""The list `gone`: what leaves the journal through followme is named there, and what comes back isn't."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import journal_samples as samples
import pytest

from followme import toml
from followme.journal.change import gone, rewrite
from followme.journal.change.rewrite import Change
from followme.journal.change.swap import NotRewritten
from followme.journal.file import codec, reading
from followme.journal.file.paths import Paths

NOW = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)
ONE, TWO, THREE = (samples.entry(number) for number in range(3))
BLOCKS = [codec.to_toml(one).encode() for one in (ONE, TWO, THREE)]


def written(paths: Paths, head: bytes, blocks: list[bytes] = BLOCKS) -> None:
    paths.journal.parent.mkdir(exist_ok=True)
    paths.journal.write_bytes(head + b"\n".join(blocks))


def delete(paths: Paths, *numbers: int) -> None:
    blocks = reading.blocks_of(paths.journal.read_bytes())
    changes = [Change(blocks[number].start, blocks[number].data) for number in numbers]
    rewrite.rewrite(paths, changes, gain=-len(numbers), now=NOW)


def put_back(paths: Paths, block: bytes) -> None:
    size = paths.journal.stat().st_size
    rewrite.rewrite(paths, [Change(size, b"", block)], gain=1, now=NOW)


def test_ids_come_and_go_and_the_file_before_the_first_entry_is_as_it_was(paths: Paths):
    head = b"# followme journal - safe to edit by hand\nformat = 1 # ours\nmine = 1\n\n"
    written(paths, head)
    delete(paths, 0, 2)
    text = paths.journal.read_bytes()
    assert text.startswith(
        b"# followme journal - safe to edit by hand\nformat = 1 # ours\ngone = [\n"
        + f'    "{ONE.id}",\n    "{THREE.id}",\n'.encode()
        + b"]\nmine = 1\n\n[[entry]]\n"
    )
    assert gone.listed(text) == (ONE.id, THREE.id)
    put_back(paths, BLOCKS[0])
    assert gone.listed(paths.journal.read_bytes()) == (THREE.id,)
    put_back(paths, BLOCKS[2])
    assert paths.journal.read_bytes().startswith(head + b"[[entry]]")


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xef\xbb\xbfformat = 1\r\n\r\n",
        b"mine = '''\nformat = 2\n'''\n",
        b"[[own]]\nformat = 7\n",
        b"format = 1\n" + b"# long\n" * 20_000,
        b"format = 1\ngone = 'not a list'\n",
        b'gone = ["x"] # by hand\nformat = 1\n',
    ],
    ids=["nothing", "Windows", "a text", "a table", "long", "another type", "a comment"],
)
def test_whatever_is_before_the_first_entry(paths: Paths, head: bytes):
    written(paths, head)
    before = toml.loads(head.decode("utf-8-sig").replace("\r\n", "\n"))
    delete(paths, 1)
    text = paths.journal.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    table = toml.loads(text)
    ids = [*(before["gone"] if isinstance(before.get("gone"), list) else ()), TWO.id]
    assert {name: value for name, value in table.items() if name != "entry"} == {**before, "gone": ids}
    assert [one["id"] for one in table["entry"]] == [ONE.id, THREE.id]


@pytest.mark.parametrize(("head", "words"), [(b"broken\n", "fix them"), (b"gone = [ # x\n]\n", "comments")])
def test_a_list_that_cannot_be_changed_is_told_and_nothing_is_deleted(paths: Paths, head: bytes, words: str):
    written(paths, head)
    with pytest.raises(NotRewritten, match=words):
        delete(paths, 1)
    assert paths.journal.read_bytes() == head + b"\n".join(BLOCKS)


def test_an_id_that_another_entry_still_has_is_not_gone(paths: Paths):
    written(paths, b"format = 1\n\n", [*BLOCKS, BLOCKS[1].replace(b"demo", b"talk")])
    delete(paths, 1)
    assert gone.listed(paths.journal.read_bytes()) == ()
    delete(paths, 2)
    assert gone.listed(paths.journal.read_bytes()) == (TWO.id,)


def test_every_entry_may_go_and_come_back(paths: Paths):
    for away, back in product([(0, 1, 2), (2, 1)], [0, 1]):
        written(paths, b"")
        delete(paths, *away)
        put_back(paths, BLOCKS[away[back]])
        found = reading.read(paths.journal)
        assert not found.damages
        ids = {one.id for one in found.entries}
        assert set(gone.listed(paths.journal.read_bytes())) == {ONE.id, TWO.id, THREE.id} - ids
