"""Processes of followme that need no start-up: one that has read all modules already makes each of them by a fork.

What runs is the same program with the same streams, environment, folder, signals and exit codes, in a process of
its own. Only the 0.2 seconds in which Python reads 400 modules are spent once instead of hundreds of times.
"""

from __future__ import annotations

import atexit
import ctypes
import fcntl
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any


def follow(now: str = "", clock: str = "") -> None:
    """Do what the `followme` command does; at another moment, and with a file as clock, where these are named."""
    from followme import cli
    from followme.env import real_env

    gc.set_threshold(cli.YOUNG)
    env = real_env(cli.settings)
    if now:
        env.now = lambda: datetime.fromisoformat(now)
    if clock:
        env.clock = lambda: float(Path(clock).read_text(encoding="utf-8"))
    env.end(cli.main(None, env))


class Forked:
    """A process of followme, with the methods of `subprocess.Popen` that tests use."""

    def __init__(
        self,
        cwd: Path | str,
        environ: Mapping[str, str],
        streams: Sequence[int],
        argv: Sequence[str],
        *,
        now: str = "",
        clock: str = "",
        program: str = "",
        terminal: bool = True,
        traced: bool = False,
    ) -> None:
        """Begin: followme, or the Python file `program`, with a terminal of its own.

        Where it's `traced`, it waits for `BEGIN` before it does anything.
        """
        self.returncode: int | None = None
        how = {"now": now, "clock": clock, "program": program, "terminal": terminal, "traced": traced}
        os.umask(mask := os.umask(0))
        told, telling = os.pipe()
        request = {"cwd": str(cwd), "environ": dict(environ), "mask": mask, "argv": list(argv), **how}
        socket.send_fds(_nursery(), [json.dumps(request).encode()], [*streams, telling])
        os.close(telling)
        self._told = open(told, "rb", buffering=0)  # noqa: SIM115
        self.pid = int(self._told.readline())

    def poll(self) -> int | None:
        """The exit code, or None while it runs; minus the signal's number where one ended it."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; gives the exit code."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("followme", timeout or 0)
            self.returncode = int(self._told.readline())
            self._told.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            # It may have ended before that is told.
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


BEGIN = signal.SIGUSR1
"""What a traced process waits for."""

TRACED_BY_ANY = 0x59616D61, ctypes.c_ulong(-1)
"""What `prctl` is told, so that strace may trace a process that it did not start."""


PLACE = "FORKED_BY"
"""The variable that names the socket of the process that forks for all workers of a run of tests."""

_channel: socket.socket | None = None
_opening = threading.Lock()


def share() -> None:
    """Begin a process that forks for all that inherit this one's environment; it ends with this one."""
    folder = Path(tempfile.mkdtemp(prefix="followme-forks-"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        try:
            door.bind(str(folder / "door"))
        except OSError:  # The path is too long for a socket, so each begins its own.
            folder.rmdir()
            return
        door.listen()
        _begin(door)
    os.environ[PLACE] = str(folder / "door")


def _nursery() -> socket.socket:
    """The way to the process that forks: the shared one, or one that is begun when first needed."""
    global _channel
    with _opening:
        if _channel is None and PLACE in os.environ:
            _channel = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            _channel.connect(os.environ[PLACE])
        return _channel or _begin()


def _begin(*doors: socket.socket) -> socket.socket:
    """Begin the process that forks, and gives a way to it; more ways lead through the doors. It ends with this one."""
    global _channel
    _channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    handles = [each.fileno() for each in (theirs, *doors)]
    server = subprocess.Popen(
        [sys.executable, __file__, *map(str, handles)],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        pass_fds=handles,
        start_new_session=True,
    )
    theirs.close()
    atexit.register(lambda: (_channel.close(), server.wait()))
    return _channel


def _serve(first: socket.socket, *doors: socket.socket) -> Callable[[], None]:
    """Fork for each request, until the first channel ends. Returns only in a new process, with what it is to do."""
    # Where no test needs a process, none of the modules is read.
    select.select([first, *doors], [], [])
    for module in pkgutil.walk_packages(importlib.import_module("followme").__path__, "followme."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    importlib.import_module("once").work_out_once()
    gc.freeze()
    # A new process that waits for it may get it before it waits.
    signal.pthread_sigmask(signal.SIG_BLOCK, {BEGIN})
    channels = [first, *doors]
    running: dict[int, tuple[int, int]] = {}
    while True:
        for ready in select.select([*channels, *running], [], [])[0]:
            if ready in running:
                _tell_end(ready, *running.pop(ready))
            elif ready in doors:
                channels.append(ready.accept()[0])
            elif request := _heard(ready):
                message, (*streams, telling) = request
                if not (pid := os.fork()):
                    for channel in channels:
                        channel.close()
                    for ending, (_, other) in running.items():
                        _close(ending, other)
                    return _begun(json.loads(message), streams, telling)
                _close(*streams)
                running[os.pidfd_open(pid)] = pid, telling
            elif ready is first:
                for door in doors:
                    shutil.rmtree(Path(door.getsockname()).parent)
                os._exit(0)
            else:
                channels.remove(ready)
                ready.close()


def _heard(channel: socket.socket) -> tuple[bytes, list[int]] | None:
    """A request and its handles; None where whoever could ask has ended."""
    message, handles, _, _ = socket.recv_fds(channel, 1 << 20, 4)
    return (message, handles) if message else None


def _tell_end(ending: int, pid: int, telling: int) -> None:
    """Tell who asked how the process ended."""
    _, status = os.waitpid(pid, 0)
    # Who asked may have ended before.
    with suppress(BrokenPipeError):
        os.write(telling, b"%d\n" % os.waitstatus_to_exitcode(status))
    _close(ending, telling)


def _close(*handles: int) -> None:
    for handle in handles:
        os.close(handle)


def _begun(request: dict[str, Any], streams: list[int], telling: int) -> Callable[[], None]:
    """What the new process is to do, once it is set up as one and who asked has its number."""
    if request["traced"]:
        ctypes.CDLL(None).prctl(*TRACED_BY_ANY, 0, 0, 0)
    os.write(telling, b"%d\n" % os.getpid())
    if request["traced"]:
        signal.sigwait({BEGIN})
    # Only now: whoever traces this sees all that comes after `BEGIN`, and maybe some of what comes before.
    os.close(telling)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {BEGIN})
    _settle(request, streams)
    if request["program"]:
        return lambda: _do(request["program"])
    return lambda: follow(request["now"], request["clock"])


def _do(path: str) -> None:
    """Run a Python file as the program, and end with its exit code."""
    sys.argv[0] = path
    sys.path.insert(0, os.path.dirname(path))
    code = 0
    try:
        runpy.run_path(path, run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _settle(request: dict[str, Any], streams: list[int]) -> None:
    """Be what a new process is: streams, terminal if it has one, signals, folder and environment of its own."""
    for number, handle in enumerate(streams):
        os.dup2(handle, number)
        os.close(handle)
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        old = getattr(sys, name)
        new = open(  # noqa: SIM115
            number, mode, -1 if number < 2 else 1, encoding=old.encoding, errors=old.errors, closefd=False
        )
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    os.setsid()
    if request["terminal"]:
        as_a_terminal_does()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.umask(request["mask"])
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environ"])
    time.tzset()
    sys.argv = ["followme", *request["argv"]]


def as_a_terminal_does() -> None:
    """Give the program its terminal, and signals that mean what they say, although nohup or & stands over the tests."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


if __name__ == "__main__":
    _serve(*(socket.socket(fileno=int(handle)) for handle in sys.argv[1:]))()
