"""Turns the numbers that a person types into the options they mean, and back."""

from __future__ import annotations

import re

from followme.asking.verdicts import signs_of, value_of
from followme.kinds.base import Field
from followme.model import Value

YES, NO = "yes", "no"
BETWEEN = ", "
"""What stands between the numbers of an answer, and is none by itself."""

_YES_OR_NO = {"y": YES, YES: YES, "n": NO, NO: NO, "not yet": NO}


def typed_text(field: Field, value: Value) -> str:
    """Return the text to type for this value: the numbers of the options, or the words themselves."""
    if field.input == "one":
        return str(field.options.index(str(value)) + 1) if value in field.options else ""
    if field.input == "some":
        return " ".join(str(field.options.index(label) + 1) for label in value if label in field.options)
    if field.input == "verdicts":
        return signs_of(field, value)
    return said(field, value) if isinstance(value, str) else ""


def said(field: Field, value: Value) -> str:
    """Return a value in words for a person."""
    words = value if isinstance(value, str) else ", ".join(value)
    return field.shown(words) if field.shown and words.strip() else words


def picked(field: Field, text: str, was: Value = "") -> Value:
    """Return the value that a typed text means for this field, `was` where it is still the text of that value.

    Raises ValueError with a sentence if it means none.
    """
    if field.input == "one":
        return _option(field, text) if text.strip() else ""
    if field.input == "some":
        return _options(field, text)
    if field.input == "verdicts":
        return value_of(field, text)
    if field.input in ("yesno", "row"):
        return _yes_or_no(field, text)
    if field.input == "digit":
        return _digit(field, text)
    return was if field.shown and text == typed_text(field, was) else text


def single_keys(field: Field) -> tuple[str, ...]:
    """Return the keys that answer this field at once, without Enter."""
    if field.input == "digit" and field.low >= 0 and field.high <= 9:
        return tuple(str(digit) for digit in range(field.low, field.high + 1))
    if field.input == "one" and len(field.options) <= 9:
        return (*field.keys, *(str(number) for number in range(1, len(field.options) + 1)))
    return ("y", "n") if _asks_yes_or_no(field) else ()


def signs(field: Field) -> str:
    """Return the characters that an answer to this field can have, if it is picked and not written."""
    if field.input == "some":
        return f"0123456789{BETWEEN}"
    if field.input in ("one", "digit") and not single_keys(field):
        return "-0123456789" if field.low < 0 else "0123456789"
    return "".join(single_keys(field))


def is_word(field: Field, text: str) -> bool:
    """Return whether this is a whole word that answers yes or no, at a field that asks for that."""
    return _asks_yes_or_no(field) and text.casefold() in _YES_OR_NO


def begins_word(field: Field, text: str) -> bool:
    """Return whether a word that answers yes or no begins like this, at a field that asks for that."""
    return _asks_yes_or_no(field) and any(word.startswith(text.casefold()) for word in _YES_OR_NO)


def how(field: Field) -> str:
    """Return how to answer this field, in a few words, if it isn't by writing."""
    if field.input == "some":
        most = f", at most {field.most}" if field.most else ""
        return f"Type the numbers that fit{most}, such as 1 3."
    if field.alone and field.input == "yesno":
        return f"Type n {field.no}." if field.empty == YES else "Type y for yes."
    digit = "Type one digit." if single_keys(field) else "Type a number, then Enter."
    one = "Type its letter." if field.keys else "Type its number."
    return {"one": one, "yesno": "Type y or n.", "digit": digit}.get(field.input, "")


def offered(field: Field) -> str:
    """Return the question with the letters that answer it, in one row; the one that an empty answer means has none."""
    ways = [f"{key} {way}" for key, way in zip(field.keys, field.options, strict=True) if way != field.empty]
    return " · ".join((f"{field.ask} {field.hint.removesuffix('.')}", *ways))


def takes(field: Field) -> str:
    """Return the sentence that says what this field takes, for when something else was typed."""
    if field.input == "digit":
        return f"Type a number from {field.low} to {field.high}."
    if _asks_yes_or_no(field):
        return "Only y or n fits here."
    if field.input == "row":
        return "Press Enter to keep it."
    if field.input == "enter":
        return "Press Enter to go on."
    if field.keys:
        return f"Type {', '.join(field.keys[:-1])} or {field.keys[-1]}."
    return f"Type a number from 1 to {len(field.options)}."


def _asks_yes_or_no(field: Field) -> bool:
    return field.input == "yesno" or (field.input == "row" and bool(field.hint))


def _option(field: Field, word: str) -> str:
    number = word.strip()
    if number.lower() in field.keys:
        return field.options[field.keys.index(number.lower())]
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(field.options):
        return field.options[int(number) - 1]
    if label := _label(field, word):
        return label
    raise ValueError(takes(field))


def _options(field: Field, text: str) -> tuple[str, ...]:
    """The options that numbers mean, or labels with commas between them; an option's number comes first."""
    words = text.replace(",", " ").split()
    if text.strip() and not words:
        raise ValueError(takes(field))
    if not all(map(str.isdigit, words)):
        whole = [text] if _label(field, text) else text.split(",")
        words = [word for part in whole for word in ([part] if _label(field, part) else part.split())]
    return tuple(_option(field, word) for word in words)


def _label(field: Field, text: str) -> str:
    """The option whose label was typed whole, in capitals or not; "" if none was."""
    typed = " ".join(text.split()).casefold()
    return next((label for label in field.options if " ".join(label.split()).casefold() == typed), "")


def _digit(field: Field, text: str) -> str:
    number = text.strip()
    if number and not (re.fullmatch("-?[0-9]{1,4}", number) and field.low <= int(number) <= field.high):
        raise ValueError(takes(field))
    return number


def _yes_or_no(field: Field, text: str) -> str:
    word = " ".join(text.split()).casefold()
    if word and not is_word(field, word):
        raise ValueError(takes(field))
    return _YES_OR_NO[word] if word else ""


def in_one_line(text: str) -> str:
    """Return a text as an answer of one line: one blank for a tab, or for ends of lines beside each other."""
    return re.sub(r" *[\t\n][ \t\n]*", " ", text)
