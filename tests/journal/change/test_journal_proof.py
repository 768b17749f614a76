"""The proof of a rewrite: it says what reading both journals whole would say, and parses only what is near a change."""

from __future__ import annotations

import random
from collections.abc import Sequence

import journal_samples as samples
import pytest

from followme.journal.change import proof
from followme.journal.change.proof import Span
from followme.journal.change.swap import NotRewritten
from followme.journal.file import parsing, reading
from followme.journal.file.append import PREAMBLE
from followme.journal.file.blocks import Block
from followme.journal.file.codec import to_toml
from rows import first_quick

ENTRY = to_toml(samples.entry(50)).encode()
BY_HAND = b"[[entry]]\ndate = 2026-11-20\n"
PARTS = (
    *(to_toml(samples.entry(number)).encode() for number in range(4)),
    *(BY_HAND, BY_HAND + b"mine = '''\n", BY_HAND + b'mine = """\n', b"[[entry]]\nit's = 1 # '''\n"),
    *(
        b"[[entry]]\nbroken\n",
        b"stray = 1\n",
        b"'''\n",
        b'"""\n',
        b"\0\0\0",
        b"[[entry.answer]]\nkey = 'a'\n",
    ),
)
WEIGHTS = (*(6 for _ in PARTS[:5]), *(1 for _ in PARTS[5:]))
NEW = (b"", ENTRY, b"\n" + ENTRY, ENTRY + b"\n", BY_HAND, b"\n", b"# a comment\n", *PARTS[5:])


def spliced(old: bytes, spans: Sequence[Span]) -> bytes:
    for span in reversed(spans):
        old = old[: span.start] + span.new + old[span.end :]
    return old


def gain_by_reading_all(old: bytes, new: bytes, spans: Sequence[Span]) -> int | None:
    """How many entries more a journal has that may take the place of the old one; None where it may not."""
    before, after = reading.blocks_of(old), {one.start: one for one in reading.blocks_of(new)}
    for one in before:
        if not any(start < one.end and one.start < end for start, end, _ in spans):
            moved = one.start + sum(span.growth for span in spans if span.start <= one.start)
            same = after.pop(moved, None)
            if same is None or (same.data, same.entry) != (one.data, one.entry):
                return None
    if any(one.error for one in after.values()):
        return None
    return count(reading.blocks_of(new)) - count(before)


def count(found: Sequence[Block]) -> int:
    return sum(one.entry is not None for one in found)


def some_spans(chance: random.Random, old: bytes) -> list[Span]:
    """Up to three changes that share no bytes, most of them of whole blocks."""
    blocks = reading.blocks_of(old)
    places = sorted({0, len(old), *(one.start for one in blocks), *(one.end for one in blocks)})
    if chance.random() < 0.3:
        places = sorted({*places, chance.randrange(len(old))})
    spans, at = [], 0
    for _ in range(chance.randint(1, 3)):
        later = [place for place in places if place >= at]
        start = chance.choice(later)
        end = chance.choice([place for place in later if place >= start][:3])
        spans.append(Span(start, end, chance.choice(NEW)))
        at = end
    return sorted(spans)


@pytest.mark.parametrize(
    "seed",
    [
        *first_quick(range(6), 2),
        *(pytest.param(seed, marks=pytest.mark.long) for seed in range(6, 99)),
    ],
)
def test_the_proof_says_what_reading_both_journals_whole_says(seed: int):
    chance = random.Random(seed)
    told = set()
    for _ in range(60):
        old = PREAMBLE.encode() * chance.randint(0, 1) + b"\n".join(
            chance.choices(PARTS, WEIGHTS, k=chance.randint(1, 9))
        )
        spans = some_spans(chance, old)
        new = spliced(old, spans)
        right = gain_by_reading_all(old, new, spans)
        told.add(right)
        if right is None:
            for gain in (-1, 0, 1):
                with pytest.raises(NotRewritten):
                    proof.check(old, new, spans, gain)
        else:
            proof.check(old, new, spans, right)
            with pytest.raises(NotRewritten, match=f"instead of {count(reading.blocks_of(old)) + right + 1}"):
                proof.check(old, new, spans, right + 1)
    assert None in told
    assert len(told) > 1


def test_bytes_that_no_change_is_about_must_be_the_same():
    old = PREAMBLE.encode() + b"\n".join([b"", *PARTS[:4]])
    at = reading.blocks_of(old)[1].start
    span = Span(at, at, ENTRY + b"\n")
    new = spliced(old, [span])
    proof.check(old, new, [span], 1)
    for word in (b"safe", b"moment"):
        for where in (new.index(word), new.rindex(word)):
            other = new[:where] + b"X" + new[where + 1 :]
            with pytest.raises(NotRewritten, match="another entry"):
                proof.check(old, other, [span], 1)


def test_only_what_is_near_a_change_is_parsed(monkeypatch: pytest.MonkeyPatch):
    old = PREAMBLE.encode() + b"\n".join(
        [b"", *(to_toml(samples.entry(number)).encode() for number in range(200))]
    )
    blocks = reading.blocks_of(old)
    spans = [Span(one.start, one.end, one.data.replace(b"Ana", b"Ben")) for one in blocks[10:100:10]]
    parsed: list[bytes] = []
    real = parsing.parse_block

    def counting(data: bytes, **how: bool) -> object:
        parsed.append(data)
        return real(data, **how)

    monkeypatch.setattr(parsing, "parse_block", counting)
    proof.check(old, spliced(old, spans), spans, 0)
    assert len(parsed) == 4 * len(spans)
