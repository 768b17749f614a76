"""Compiles a fresh checkout once, where each worker would take four seconds of a processor to do it for itself."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import hypothesis

import followme


def compile_all(tests: Path) -> None:
    """Import the tests that pytest has not kept compiled, in as many processes as there are processors."""
    paths = sorted(tests.rglob("test_*.py"), key=lambda path: path.stat().st_size)
    fresh = [path for path in paths if not _is_compiled(path)]
    if not fresh or not hasattr(os, "fork"):
        return
    processors = os.cpu_count() or 1
    shares = [fresh[first::processors] for first in range(processors)]
    begun = [_begin(_read_constants), *(_begin(_import, share) for share in shares)]
    for number in begun:
        os.waitpid(number, 0)


def _is_compiled(path: Path) -> bool:
    kept = (path.parent / "__pycache__").glob(f"{path.stem}.*-pytest-*.pyc")
    return any(each.stat().st_mtime >= path.stat().st_mtime for each in kept)


def _begin(work: Callable[..., None], *given: object) -> int:
    """Fork a process that does this, silently; returns its number."""
    if number := os.fork():
        return number
    try:
        work(*given)
    finally:
        os._exit(0)


def _import(paths: list[Path]) -> None:
    """Import tests as pytest does, which keeps what it compiles; the workers tell what is wrong with one."""
    for path in paths:
        sys.path.insert(0, str(path.parent))
        with suppress(BaseException):
            importlib.import_module(path.stem)


def _read_constants() -> None:
    """Try one example: for it, Hypothesis reads the constants in all modules, and keeps them."""
    for module in pkgutil.walk_packages(followme.__path__, "followme."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    hypothesis.given(hypothesis.strategies.none())(lambda _: None)()
