"""A screen: a stream and what it can show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from followme.hints import Command


@dataclass(frozen=True, slots=True)
class Screen:
    """A stream and what it can show.

    `terminal` says whether a person looks at it, `styles` whether it understands escape sequences, `color` whether it
    may use colors, and `unicode` whether it shows characters beyond ASCII. `columns` is its width. `command` turns a
    command into the words to type here.
    """

    stream: TextIO
    terminal: bool
    styles: bool
    color: bool
    unicode: bool
    columns: int
    command: Callable[[Command], str]
