"""Words of every kind and size, through whole commands: what is stored is what was given."""

from __future__ import annotations

import json

import pytest
from two_questions import write_set

LARGE = {
    "a megabyte": "Ana stayed for the demo. " * 42_000,
    "a hundred thousand lines": "A line.\n" * 100_000 + "The end.",
    "one line of a megabyte": "x" * 1_000_000,
    "lines like headers": "[[entry]]\n" * 20_000 + "end",
}
TEXTS = {
    "quotes and backslashes": '"""\\"""\'\'\'\\' * 5000 + "end",
    "every sign below a blank": "".join(map(chr, range(32))) + "\x7f\x80\x9f end",
    "emoji and their joints": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 e\u0301 " * 500 + "end",
    "from right to left": "שלום עולם، مرحبا بالعالم\u200f\u202eabc\u202c " * 500 + "end",
    "line ends of every kind": "one\r\ntwo\rthree\nfour\u2028five\u0085six",
    "nothing but marks of order": "\ufeff\ufeff\u2066\u2069end",
}


def settled(text: str) -> str:
    """What followme makes of a text, and nothing else: LF line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def reflect(run, text: str):
    write_set(run.prompts)
    answers = "went = " + json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f") + '\ncalm = "Ben"\n'
    return run("reflect", "two", "--answers", "-", stdin=answers.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "text",
    [*TEXTS.values(), *(pytest.param(text, marks=pytest.mark.slow) for text in LARGE.values())],
    ids=[*TEXTS, *LARGE],
)
def test_any_text_is_stored_as_it_is(run, text: str):
    done = reflect(run, text)
    assert done.code == 0, done.err[:500]
    assert run.entries[0]["answer"][0]["reply"] == settled(text)
    shown = json.loads(run("show", "last", "--json").out)
    assert settled(text) in replies(shown)
    assert run("reflect", "two", "--answer", "went=x", "--answer", "calm=y").code == 0
    assert len(run.entries) == 2


def replies(found: object) -> list[object]:
    """All values below a JSON value."""
    if isinstance(found, dict):
        return [one for value in found.values() for one in replies(value)]
    if isinstance(found, list):
        return [one for value in found for one in replies(value)]
    return [found]


@pytest.mark.parametrize("given", [b'went = "\xff\xfe"', b"went = '\xed\xa0\x80'", bytes(range(256))])
def test_bytes_that_are_no_text_are_refused_and_nothing_is_stored(run, given: bytes):
    write_set(run.prompts)
    done = run("reflect", "two", "--answers", "-", stdin=given)
    assert done.code == 2
    assert "nothing was saved" in done.err.casefold()
    assert not run.journal.exists()


def test_bytes_that_are_no_text_on_the_command_line_are_refused(run):
    """A terminal or a script may hand over half a character; what it stood for cannot be guessed."""
    write_set(run.prompts)
    done = run("reflect", "two", "--answer", "went=half \udced a sign", "--answer", "calm=well")
    assert (done.code, done.out) == (2, "")
    assert "isn't UTF-8" in done.err
    assert not run.journal.exists()
