"""The guard before the standard reader of TOML: what would take it hours is refused at once, all else is read."""

from __future__ import annotations

import re
import time
import tomllib

import pytest

from followme import toml
from rows import each_row

LONG = 100_000


@each_row(
    ("text", "line"),
    [
        ("a." * LONG + "a = 1", 1),
        ("x = 1\n\n[" + "a." * LONG + "a]\n", 3),
        ("x = 1\n[[ " + 'a . "b c" . ' * LONG + "a ]]\n", 2),
        ('x = { y = 1, "a".' + "'b'." * LONG + "a = 1 }", 1),
        ("x = {" + "a." * LONG + "a=1}", 1),
        ("a.b.c.d.e.f.g.h.i = 1", 1),
    ],
)
def test_a_key_of_too_many_parts_is_refused_at_once_with_its_line(text: str, line: int):
    begun = time.process_time()
    with pytest.raises(
        ValueError, match=re.escape(f"a key has more than 8 parts (at line {line}, column 1)")
    ):
        toml.loads(text)
    assert time.process_time() - begun < 2


@each_row(
    "text",
    [
        "a.b.c.d.e.f.g.h = 1\n[b.c.d.e.f.g.h.i]\n",
        'x = "a.b.c.d.e.f.g.h.i.j.k = 1"',
        'x = """\na.b.c.d.e.f.g.h.i.j.k and so on\n' + "No. " * 40 + '\n"""',
        "x = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5]",
        "# a.b.c.d.e.f.g.h.i.j.k = 1",
        "x = '''\n" + "1.2.3.4.5.6.7.8.9.10\n" * 3 + "'''",
        "",
    ],
)
def test_dots_elsewhere_are_no_parts_of_keys(text: str):
    assert toml.loads(text) == tomllib.loads(text)


@each_row(
    ("text", "said"),
    [
        ("x = " + "[" * LONG, "it has brackets nested too deeply"),
        ("x = " + "{a=" * LONG, "it has brackets nested too deeply"),
        ("x = " + "1" * LONG, "it has a value that is out of range"),
        ('x = """\n' + "\n" * LONG, "Unterminated string (at end of document)"),
        ("x = 1\nx = 2\n", "Cannot overwrite a value (at line 2, column 6)"),
    ],
)
def test_everything_else_is_refused_in_words(text: str, said: str):
    with pytest.raises(ValueError, match=re.escape(said)):
        toml.loads(text)


@each_row("unit", ["a", "a.", "a. ", '"', "'", '"\\', "[", "{", ",a", "\n[", "a.b ", '"a".', "\t"])
def test_the_guard_itself_takes_no_longer_than_the_text_is(unit: str):
    """Of every short pattern over and over, since a pattern that looks again and again hides in one of these."""

    def taken(length: int) -> float:
        text, begun = unit * (length // len(unit)), time.process_time()
        list(re.finditer(toml._LONG, text))
        return time.process_time() - begun

    assert taken(300_000) < 0.5
