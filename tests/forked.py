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
import signal
import socket
import subprocess
import sys
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


_channel: socket.socket | None = None
_opening = threading.Lock()


def _nursery() -> socket.socket:
    """The way to the process that forks; begun when first needed, and ended with this one."""
    with _opening:
        return _opened()


def _opened() -> socket.socket:
    global _channel
    if _channel is None:
        _channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        server = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        atexit.register(lambda: (_channel.close(), server.wait()))
    return _channel


def _serve(channel: socket.socket) -> Callable[[], None]:
    """Fork for each request. Returns only in the new process, with what it is to do."""
    for module in pkgutil.walk_packages(importlib.import_module("followme").__path__, "followme."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    importlib.import_module("once").work_out_once()
    gc.freeze()
    # A new process that waits for it may get it before it waits.
    signal.pthread_sigmask(signal.SIG_BLOCK, {BEGIN})
    while True:
        message, handles, _, _ = socket.recv_fds(channel, 1 << 20, 4)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
        if not message:
            os._exit(0)
        if os.fork() == 0:
            channel.close()
            return _watched(json.loads(message), handles)
        for handle in handles:
            os.close(handle)


def _watched(request: dict[str, Any], handles: list[int]) -> Callable[[], None]:
    """Fork once more, and tell who asked how the new process ended. Returns only in the new one."""
    *streams, telling = handles
    if pid := os.fork():
        for handle in streams:
            os.close(handle)
        _, status = os.waitpid(pid, 0)
        os.write(telling, b"%d\n" % os.waitstatus_to_exitcode(status))
        os._exit(0)
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
    _serve(socket.socket(fileno=int(sys.argv[1])))()
