"""Text given to a verb: in words, on stdin, or in a file. It is read whole or refused, and never guessed at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from followme.decoding import MOST_WORDS, text_of
from followme.env import Env
from followme.errors import NotSaved, Paused, WrongUsage

STDIN = "-"
"""The word for stdin in place of a text or a file to read, and for stdout in place of a file to write."""

MOST_BYTES = 16_000_000
"""The most bytes of a file."""


def words(env: Env, given: str, what: str) -> str:
    """Return the text given in words, or stdin for "-". Raises WrongUsage as `text` does."""
    return text(content(env, STDIN) if given == STDIN else given, what)


def text(words: str, what: str) -> str:
    """Return these words without the newlines around them; `what` names them, such as "The note".

    Raises WrongUsage if they aren't text or are too long.
    """
    if any("\ud800" <= sign <= "\udfff" for sign in words):
        # Python keeps bytes that it could not read as surrogates; if it expected ASCII, they are bytes of UTF-8.
        try:
            words = os.fsencode(words).decode()
        except UnicodeError:
            raise WrongUsage(f"{what} isn't UTF-8 text, so nothing was saved. Write it in UTF-8.") from None
    if len(words) > MOST_WORDS:
        raise WrongUsage(
            f"{what} has more than {MOST_WORDS:,} characters, so nothing was saved. Shorten it or split it."
        )
    return words.replace("\r", "\n").strip("\n")


def content(env: Env, file: str) -> str:
    """Return the text of a file, or of stdin for "-"; CRLF becomes LF. Raises WrongUsage as `text` does."""
    origin = "Stdin" if file == STDIN else file
    try:
        data = env.read_stdin(MOST_BYTES + 1) if file == STDIN else _head(Path(file))
    except OSError as error:
        raise WrongUsage(
            f"{origin} can't be read ({error.strerror}), so nothing was saved. Check where it is and its "
            "permissions."
        ) from None
    if len(data) > MOST_BYTES:
        raise WrongUsage(f"{origin} is larger than 16 MB, so nothing was saved. Shorten it.")
    try:
        return text_of(data).replace("\r\n", "\n")
    except ValueError:
        raise WrongUsage(
            f"{origin} isn't UTF-8 text, so nothing was saved. Save it as UTF-8 and try again."
        ) from None


@contextmanager
def not_lost(env: Env, text: str, *, once: bool) -> Iterator[None]:
    """Within this, show the text for copying if an error keeps it from being saved on disk.

    A text that exists only `once`, typed or on stdin, is also shown after a bug or Ctrl+C. A text in a file or on the
    command line is not, since it is still there. A text that doesn't fit isn't shown, as it must change anyway.
    """
    try:
        yield
    except BaseException as error:
        safe = error.kept if isinstance(error, NotSaved) else isinstance(error, WrongUsage | Paused)
        lost = not safe and (once or isinstance(error, NotSaved))
        if lost and text.strip():
            env.say("Copy your words from here:")
            env.say(text, exact=True)
        raise


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)
