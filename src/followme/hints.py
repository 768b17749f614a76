"""Parts of a sentence: a command to type, as a value, and words from elsewhere in quotes.

The code that prints a command turns it into what the person types on this system.
"""

from __future__ import annotations

from followme.frozen import frozen


@frozen
class Command:
    """The words of a command line after the program's name, such as Command("doctor", "--repair").

    `of` is the name of the program, "" for followme.
    """

    words: tuple[str, ...]
    of: str

    def __init__(self, *words: str, of: str = "") -> None:
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "of", of)


def arguments(*words: str) -> tuple[str, ...]:
    """Return words as arguments of a command: after `--` if one of them would be taken for an option."""
    return ("--", *words) if any(word.startswith("-") for word in words) else words


def quoted(words: str) -> str:
    """Return the words in quotes, cut to 40 characters, so that a pasted page doesn't fill the message."""
    # repr shows blanks and control characters.
    return repr(words if len(words) <= 40 else words[:39] + "…")
