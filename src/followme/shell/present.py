"""Output to stdout: one function decides between JSON, a page for a person, and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import StringIO
from typing import Annotated

import typer

from followme.clean import ascii_json
from followme.env import Env
from followme.screen import Screen

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; docs/json.md describes it.")]
"""The option of every verb that looks."""


def show(
    env: Env,
    *,
    as_json: bool,
    json: Callable[[], str],
    page: Callable[[Screen], None],
    lines: Callable[[], Iterable[str]],
    as_page: bool = False,
    at_once: bool = False,
) -> None:
    """Write one of three forms: JSON if `as_json`, a page in a terminal, else lines.

    Only the form that is written is made, so a pipe loads no code that draws. With `as_page`, the page is written
    even without a terminal. A page taller than the terminal goes through the pager; with `at_once`, its first
    screen is shown while the rest is made.
    """
    if as_json:
        write_json(env, json())
    elif not (as_page or env.out.terminal):
        write_lines(env, lines())
    elif at_once:
        with env.paged() as stream:
            page(replace(env.out, stream=stream))
    else:
        write_page(env, page)


def write_page(env: Env, page: Callable[[Screen], None]) -> None:
    """Write a page to stdout, through the pager if it is taller than the terminal."""
    drawn = StringIO()
    page(replace(env.out, stream=drawn))
    env.page(drawn.getvalue())


def write_json(env: Env, text: str) -> None:
    """Write JSON to stdout, in ASCII if it has nothing else."""
    env.write(text if env.out.unicode else ascii_json(text))


def write_lines(env: Env, lines: Iterable[str]) -> None:
    """Write lines of data to stdout."""
    for line in lines:
        env.write(line + "\n")
