"""Bytes from outside as text. The encoding is never guessed, since a wrong guess stores words that no one wrote."""

from __future__ import annotations

import codecs

MOST_WORDS = 1_000_000
"""The most characters of a text that a person gives, such as a note."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(data: bytes) -> str:
    """Return bytes as text: UTF-8, or UTF-16 if a byte order mark says so. The mark isn't part of the text.

    Raises ValueError for anything else.
    """
    if data.startswith(_UTF_16):
        text, _ = codecs.utf_16_decode(data, "strict", True)
    else:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    if "\x00" in text:
        raise ValueError("it has a character that text can't have")
    return text
