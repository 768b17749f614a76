"""What a sentence holds besides its own words: a command to type, as a value, and someone else's words in quotes.

Who prints a command knows how it is typed here.
"""

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


def quoted(words: str) -> str:
    """The words in quotes, for a sentence; a pasted page must not become the message."""
    # repr shows blanks and control signs.
    return repr(words if len(words) <= 40 else words[:39] + "…")
