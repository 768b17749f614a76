"""What's always the same is worked out once, though followme or a library works it out for each command or prompt.

A process of followme has one command and a few prompts; a process of tests has thousands of both.
"""

from __future__ import annotations

import pickle
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2
import typer.main
from prompt_toolkit.application import application
from prompt_toolkit.key_binding import key_bindings
from prompt_toolkit.styles import style

from followme.tables import tomlfile


def work_out_once() -> None:
    """Keep what Typer reads from a function's signature, the keys and styles of prompts, templates, and prompt sets."""
    for module, name in (
        (typer.main, "get_params_from_function"),
        (application, "load_key_bindings"),
        (application, "load_page_navigation_bindings"),
        (key_bindings, "_parse_key"),
        (style, "_parse_style_str"),
    ):
        setattr(module, name, cache(getattr(module, name)))
    style._MergedStyle._merged_style = property(_merged)  # type: ignore[assignment]
    jinja2.Environment.compile = _compiled  # type: ignore[assignment, method-assign]
    tomlfile._table = lambda *given: pickle.loads(_packed(*given))


@cache
def _style(rules: tuple[tuple[str, str], ...]) -> style.Style:
    return style.Style(list(rules))


def _merged(self: style._MergedStyle) -> style.Style:
    return self._style.get(self.invalidation_hash(), lambda: _style(tuple(self.style_rules)))


_compile = jinja2.Environment.compile
_codes: dict[tuple[Any, ...], Any] = {}


def _compiled(self: jinja2.Environment, source: str, *place: Any) -> Any:
    """The code of a template; all environments of followme have the same options."""
    if (source, *place) not in _codes:
        _codes[source, *place] = _compile(self, source, *place)
    return _codes[source, *place]


_table = tomlfile._table


@lru_cache(100)
def _packed(path: Path, text: str, what: str) -> bytes:
    """The table in a text, packed, because whoever unpacks it may change it."""
    return pickle.dumps(_table(path, text, what), pickle.HIGHEST_PROTOCOL)
