"""A Python program in a process of its own, maybe under strace, as cheaply as this system can start it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

try:
    from forked import BEGIN, Forked
except ImportError:
    Forked = None  # type: ignore[assignment, misc]


def run(
    program: Sequence[str],
    *,
    before: Sequence[str] = (),
    typed: str = "",
    env: Mapping[str, str],
    cwd: Path | str = ".",
    timeout: float = 60,
) -> subprocess.CompletedProcess[str]:
    """Do what `subprocess.run` does with `before`, Python and `program`, without the time in which Python starts.

    `program` is a file and its words, or `-m followme` and its words. `before` is strace and its options: it sees no
    call of Python's start and none that loads a module of followme, so that the same calls have the same numbers.
    If it's another program, all of them are started.
    A fault that strikes no call is an error.
    """
    is_traced = bool(before) and Path(before[0]).name == "strace"
    if Forked is None or sys.platform != "linux" or (before and not is_traced):
        return subprocess.run(
            [*before, sys.executable, *program],
            input=typed, capture_output=True, text=True, env=env, cwd=cwd, timeout=timeout, check=False,
        )  # fmt: skip
    with ExitStack() as stack:
        # A pipe holds 64 KB, so whoever writes more waits until someone reads.
        pool = stack.enter_context(ThreadPoolExecutor(3))
        stdin, typing = os.pipe()
        pool.submit(_write, typing, typed.encode())
        heard = [os.pipe(), os.pipe()]
        path, words = ("", program[2:]) if program[0] == "-m" else (program[0], program[1:])
        streams = [stdin, *(end for _, end in heard)]
        process = Forked(cwd, env, streams, words, program=path, terminal=False, traced=is_traced)
        for end in streams:
            os.close(end)
        out, err = (pool.submit(_read, end) for end, _ in heard)
        struck = stack.enter_context(open(os.memfd_create("struck"), "rb"))
        tracer = _attached(before, process, struck.fileno()) if is_traced else None
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            if tracer:
                tracer.communicate()
        rules = " ".join(before)
        assert "signal=KILL" not in rules or code == -signal.SIGKILL, rules
        assert "error=" not in rules or b"(INJECTED)" in struck.read(), rules
        return subprocess.CompletedProcess([*before, *program], code, out.result(), err.result())


def _write(end: int, data: bytes) -> None:
    with suppress(BrokenPipeError), open(end, "wb", buffering=0) as stream:
        while data:
            data = data[stream.write(data) :]


def _read(end: int) -> str:
    with open(end, encoding="utf-8", errors="replace") as stream:
        return stream.read()


def _attached(before: Sequence[str], process: Forked, struck: int) -> subprocess.Popen[bytes]:
    """Begin to trace a process that waits for it, and let it go on. What no one wants to read goes to `struck`."""
    # strace says when it has begun, unless it is quiet.
    options = [word for word in before if word != "-qq"]
    options = [f"/dev/fd/{struck}" if word == os.devnull else word for word in options]
    tracer = subprocess.Popen([*options, "-p", str(process.pid)], stderr=subprocess.PIPE, pass_fds=[struck])
    assert tracer.stderr
    said = tracer.stderr.readline()
    process.send_signal(BEGIN if b"attached" in said else signal.SIGKILL)
    assert b"attached" in said, said
    return tracer
