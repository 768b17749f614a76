"""Eleven ways in which one spot of a journal is damaged, and a journal to do it to."""

from __future__ import annotations

import random

from journal_samples import entry

from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml


def journal(count: int) -> bytes:
    return "\n".join([PREAMBLE, *(to_toml(entry(number)) for number in range(count))]).encode()


def spot(data: bytes, chance: random.Random) -> int:
    """A place after the preamble."""
    return chance.randrange(data.index(b"[[entry]]"), len(data))


def line_at(data: bytes, chance: random.Random) -> tuple[int, int]:
    at = spot(data, chance)
    return data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at) + 1 or len(data)


def byte_deleted(data: bytes, chance: random.Random) -> bytes:
    at = spot(data, chance)
    return data[:at] + data[at + 1 :]


def byte_changed(data: bytes, chance: random.Random) -> bytes:
    at = spot(data, chance)
    return data[:at] + bytes([chance.randrange(32, 127)]) + data[at + 1 :]


def stray_mark(data: bytes, chance: random.Random) -> bytes:
    at = spot(data, chance)
    return data[:at] + chance.choice([b'"', b"'", b"[", b"]", b"\\", b"\n", b'"""']) + data[at:]


def line_deleted(data: bytes, chance: random.Random) -> bytes:
    start, end = line_at(data, chance)
    return data[:start] + data[end:]


def line_break_deleted(data: bytes, chance: random.Random) -> bytes:
    _, end = line_at(data, chance)
    return data[: end - 1] + data[end:]


def nul_run(data: bytes, chance: random.Random) -> bytes:
    at = spot(data, chance)
    return data[:at] + b"\0" * chance.randrange(1, 60) + data[at + 60 :]


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(data.rindex(b"[[entry]]"), len(data))]


def free_line(data: bytes, chance: random.Random) -> bytes:
    start, _ = line_at(data, chance)
    return data[:start] + b"Remember to call Ana\n" + data[start:]


def conflict_marks(data: bytes, chance: random.Random) -> bytes:
    start, end = line_at(data, chance)
    return data[:start] + b"<<<<<<< HEAD\n" + data[start:end] + b"=======\nx\n>>>>>>> other\n" + data[end:]


def line_doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = line_at(data, chance)
    return data[:end] + data[start:end] + data[end:]


def bytes_cut_out(data: bytes, chance: random.Random) -> bytes:
    at = spot(data, chance)
    return data[:at] + data[at + 300 :]


DAMAGES = [
    *(byte_deleted, byte_changed, stray_mark, line_deleted, line_break_deleted, nul_run),
    *(cut_off, free_line, conflict_marks, line_doubled, bytes_cut_out),
]
