"""Time the worst shapes that a journal's bytes can have: four times the bytes may take five times as long at most.

    python bench/shapes.py >> docs/benchmarks.md     (after python bench/run.py > docs/benchmarks.md)
    python bench/shapes.py 10000 40000               (other sizes in bytes, to try it)

Each shape is read by `followme list`. What is counted is processor time, which other programs on the machine disturb
least, and the most memory the process ever had.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import count, pairwise
from pathlib import Path

SIZES = (1_000_000, 4_000_000, 16_000_000)
CACHE = Path(__file__).parent / ".cache"
MOST = 5

ENTRY = b'[[entry]]\nid = "20261120T150411-k7q2m"\ndate = 2026-11-20T16:04:11+01:00\nset = "weekly"\n'
ANSWER = b'\n[[entry.answer]]\nkey = "moment"\nreply = '


def filled(unit: bytes, size: int) -> bytes:
    """Return this many bytes: the unit over and over."""
    return (unit * (size // len(unit) + 1))[:size]


def numbered(line: bytes, size: int) -> bytes:
    """Return about this many bytes: the line over and over, numbered."""
    found, length = [], 0
    for number in count():
        found.append(line % number)
        length += len(found[-1])
        if length >= size:
            return b"".join(found)
    raise AssertionError


Shape = Callable[[int], bytes]

SHAPES: dict[str, Shape] = {
    "one key of ever more parts": lambda n: ENTRY + filled(b"a.", n) + b"a = 1\n",
    "one header of ever more parts": lambda n: ENTRY + b"[" + filled(b"a.", n) + b"a]\n",
    "brackets that never close": lambda n: ENTRY + b"x = " + filled(b"[", n) + b"\n",
    "tables in tables": lambda n: ENTRY + b"x = " + filled(b"{a=", n) + b"\n",
    "an open text before blank lines": lambda n: ENTRY + ANSWER + b'"""\n' + filled(b"\n", n),
    "an open text before paragraphs": lambda n: ENTRY + ANSWER + b'"""\n' + filled(b"a\n\n", n),
    "an open literal text before remarks": lambda n: ENTRY + ANSWER + b"'''\n" + filled(b"\n#\n", n),
    "an open text full of escaped quotes": lambda n: ENTRY + ANSWER + b'"""' + filled(b'\\"""', n) + b"\n",
    "headers alone": lambda n: filled(b"[[entry]]\n", n),
    "headers with an open text each": lambda n: filled(b'[[entry]]\nx = """\n', n),
    "headers with a stray quote each": lambda n: filled(b'[[entry]]\n"\n', n),
    "headers with a remark each": lambda n: filled(b"[[ entry ]] # x\n", n),
    "one line": lambda n: ENTRY + ANSWER + b'"' + filled(b"word ", n) + b'"\n',
    "paragraphs before a fault": lambda n: ENTRY + ANSWER + b'"""\n' + filled(b"a\n\n", n) + b'"""\nx\n',
    "keys of eight parts before a fault": lambda n: ENTRY + numbered(b"a%d.b.c.d.e.f.g.h = 1\n", n) + b"x\n",
}
"""Bytes of about this length, which hurt one reader or another."""


def cost(*arguments: str) -> tuple[float, float]:
    """Seconds of processor time that a command takes, and the most megabytes it has."""
    command = [str(Path(sys.executable).with_name("followme")), *arguments]
    environment = {"PATH": os.environ["PATH"], "HOME": str(CACHE / "home"), "PYTHONUTF8": "1"}
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, _, used = os.wait4(program.pid, 0)
    program.returncode = 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def row(name: str, shape: Shape, sizes: Sequence[int]) -> str:
    """One line of the table: seconds, megabytes, and the largest ratio of each for four times the bytes."""
    path = CACHE / "shape.toml"
    found = []
    for size in sizes:
        path.write_bytes(shape(size))
        found.append(cost("--journal", str(path), "list"))
    path.unlink()
    cells = [name]
    for kind, layout in enumerate(("{:.2f}", "{:.0f}")):
        values = [each[kind] for each in found]
        cells += [layout.format(value) for value in values]
        cells.append(f"{max((later / earlier for earlier, later in pairwise(values)), default=1):.1f}")
    return "| " + " | ".join(cells) + " |"


def heading(sizes: Sequence[int]) -> str:
    """The two lines above the rows."""
    named = [f"{size / 1_000_000:g} MB" for size in sizes]
    cells = ["shape", *(f"{each}: s" for each in named), "step", *(f"{each}: MB" for each in named), "step"]
    return "| " + " | ".join(cells) + " |\n| --- |" + " ---: |" * (len(cells) - 1)


PAGE = f"""
## The worst shapes

The worst that an editor, a merge or a stranger can do to a journal's bytes, read by `followme list`: processor seconds
and megabytes of memory for 1, 4 and 16 MB, and the larger step of the two, at most {MOST} for four times the bytes.
Less than 57 MB can't be told apart. `python bench/shapes.py` makes this table.
"""


def main(sizes: Sequence[int]) -> None:
    (CACHE / "home").mkdir(parents=True, exist_ok=True)
    print(PAGE)
    print(heading(sizes))
    for name, shape in SHAPES.items():
        print(row(name, shape, sizes), flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
