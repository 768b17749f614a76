"""Every test module can be read on Windows: what that system has not is named only inside the tests that need it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from source import nodes_of, tree_of
from test_layers import dotted

TESTS = Path(__file__).parent

MODULES = {"fcntl", "grp", "pty", "pwd", "pyte", "resource", "termios", "tty"}

NAMES = {
    *(f"os.{name}" for name in ("chown", "fork", "getegid", "geteuid", "getgid", "getuid", "killpg", "mkfifo")),
    *(f"os.{name}" for name in ("openpty", "setsid", "statvfs", "sysconf", "uname", "waitstatus_to_exitcode")),
    *(f"signal.SIG{name}" for name in ("ALRM", "CHLD", "CONT", "HUP", "KILL", "PIPE", "QUIT", "STOP", "TSTP")),
    *(f"signal.SIG{name}" for name in ("USR1", "USR2", "WINCH")),
    *("socket.AF_UNIX", "socket.SOCK_SEQPACKET", "socket.send_fds"),
}  # fmt: skip

ANY = re.compile(rf"\b(?:{'|'.join(name.rpartition('.')[2] for name in MODULES | NAMES)})\b")
"""A first sieve: most modules have none of these words."""

SKIPS = "allow_module_level"


def evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is read: all but the bodies of functions, and what is tried or asked for first."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            parts = [
                *getattr(inner, "decorator_list", []),
                *inner.args.defaults,
                *filter(None, inner.args.kw_defaults),
            ]
        elif isinstance(inner, ast.Try | ast.If):
            parts = []
        else:
            parts = [inner]
        for part in parts:
            yield part
            yield from evaluated(part)


def lacking(source: str) -> list[str]:
    """The names that Windows has not, and that are needed as soon as the module is read."""
    if not ANY.search(source):
        return []
    tree, found = tree_of(source), []
    # After a module said where it is skipped, it may name what it likes.
    nodes = nodes_of(source) if SKIPS in source else ()
    ended = next((node.lineno for node in nodes if isinstance(node, ast.keyword) and node.arg == SKIPS), None)
    for node in evaluated(tree):
        if ended and getattr(node, "lineno", 0) > ended:
            continue
        if dotted(node) in NAMES:
            found.append(dotted(node))
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name in MODULES]
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            found.append(node.module)
    return found


def test_every_module_is_read_without_what_windows_lacks():
    # The server of forks is imported where there are terminals alone, by terminal.py.
    read = {
        path: path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py") if path.name != "forked.py"
    }
    assert {path.name: names for path, text in read.items() if (names := lacking(text))} == {}


def test_the_rule_bites():
    assert lacking("import os, pty\nX = os.geteuid()") == ["pty", "os.geteuid"]
    assert lacking("@mark(signal.SIGHUP)\ndef test(number=os.fork):\n    os.killpg()") == [
        "signal.SIGHUP",
        "os.fork",
    ]
    assert (
        lacking("try:\n    import pty\nexcept ImportError:\n    pty = None\ndef f():\n    import fcntl") == []
    )
    assert lacking("if here:\n    skip('no', allow_module_level=True)\nX = signal.SIGHUP") == []
