"""A command that a text tells a person to type, as a value: who prints it knows how it is typed here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, init=False)
class Command:
    """The words of a command line after the program's name, such as Command("doctor", "--repair").

    `of` names the program, where it is another one than followme.
    """

    words: tuple[str, ...]
    of: str

    def __init__(self, *words: str, of: str = "") -> None:
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "of", of)
