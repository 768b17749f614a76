"""Data on its way to stdout: lines, JSON, or pages for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import StringIO

from followme.clean import ascii_json
from followme.env import Env, Screen


def page(env: Env, draw: Callable[[Screen], None]) -> None:
    """Draw for a person, through a pager if it is taller than the terminal."""
    drawn = StringIO()
    draw(replace(env.out, stream=drawn))
    env.page(drawn.getvalue())


def write_lines(env: Env, lines: Iterable[str]) -> None:
    """Write data to stdout, a line each."""
    for line in lines:
        env.write(line + "\n")


def write_json(env: Env, text: str) -> None:
    """Write JSON to stdout, in ASCII where the stream has no other signs."""
    env.write(text if env.out.unicode else ascii_json(text))
