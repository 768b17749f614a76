"""Answers that could do harm: they reach the journal as they are, and leave it harmless."""

from __future__ import annotations

import json
import re

import pytest

from followme.clean import for_terminal, one_line

SET = """
title = "Own"
[[section]]
title = "One"
[[section.question]]
key = "went"
kind = "text"
ask = "What went well?"
[[section.question]]
key = "who"
kind = "line"
ask = "Who?"
[[section.question]]
key = "ideas"
kind = "list"
ask = "Ideas?"
[[section.question]]
key = "next"
kind = "promise"
ask = "What next?"
"""

HOSTILE = {
    "rich markup": "[/] [red]x[/red] [link=http://a.example]b[/link]",
    "emoji names": ":smile: :warning:",
    "a header": "before\n[[entry]]\nid = 'x'\nafter",
    "other headers": "[[entry.answer]]\n  [[ entry ]] # c\n[x]\n'''\n\"\"\"\n\\",
    "escape sequences": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://a.example\x1b\\link\x1b]8;;\x1b\\",
    "C1 controls": "\x9b31mred\x9d0;title\x9c \x85 \x7f",
    "C0 controls": "bell \x07 back \x08\x08\x08 form \x0c nul \x00",
    "very long": "word " * 1_999 + "12345",
    "one long word": "x" * 10_000,
    "right to left": "\u202eevil\u202c \u2066isolated\u2069 \u05e9\u05dc\u05d5\u05dd",
    "combining": "e\u0301" + "\u0323" * 40 + " \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "joining": "\u0928\u092e\u0938\u094d\u0924\u0947 a\u00adb a\u200bb",
    "tags": "flag \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f hidden \U000e0041\U000e0042",
    "separators": "a\u2028b\u2029c\ufeffd",
    "markup of others": "<script>alert(1)</script> **bold** | a | b | $x$ [[wiki]] @ana",
    "a formula": "=cmd|' /C calc'!A0",
    "tabs": "a\tb\n\n\n  c  ",
}  # fmt: skip

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u206f]")


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE)
def words(request) -> str:
    """Something that a person, or somebody who writes to them, may put into an answer."""
    return request.param


@pytest.fixture
def kept(run, words):
    """A run in whose journal these words stand wherever words can stand."""
    (run.home / "own.toml").write_text(SET, encoding="utf-8")
    line = " ".join(words.split())
    table = {"went": words, "who": line, "ideas": [line, "else"], "next": {"text": line, "to": name(words)}}
    said = "\n".join(f"{key} = {toml(value)}" for key, value in table.items())
    done = run("reflect", "./own.toml", "--answers", "-", stdin=said)
    assert done.code == 0, done.err
    return run


def name(words: str) -> str:
    """These words in one, since only a few can be a name."""
    return "-".join(words.split())


def toml(value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    # JSON writes neither DEL nor lone surrogates as TOML wants them; only DEL is among the words.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def test_they_reach_the_journal_as_they_are(kept, words):
    (entry,) = kept.entries
    line = " ".join(words.split())
    assert [answer["reply"] for answer in entry["answer"]] == [words, line, [line, "else"]]
    assert (entry["promise"][0]["text"], entry["promise"][0]["to"]) == (line, name(words))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", kept.journal.read_text(encoding="utf-8"))


def test_they_leave_it_harmless_and_whole(kept, words):
    done = {verb: kept(*verb.split()) for verb in ("list", "list --json", "show", "show --json", "export")}
    assert [verb for verb, each in done.items() if FORBIDDEN.search(each.out + each.err)] == []
    line = " ".join(words.split())
    assert done["list"].rows[0][8] == one_line(words)
    replies = [row[4] for row in done["show"].rows]
    assert replies == [one_line(words), one_line(line), one_line(f"{line}\nelse"), ""]
    assert for_terminal(line) in done["show"].rows[3][3]
    (entry,) = json.loads(done["show --json"].out)["entries"]
    assert entry["answers"][0]["reply"] == words
    assert json.loads(done["list --json"].out)["entries"][0]["first_words"] == words


def test_the_command_line_takes_them_and_tells_its_faults_harmlessly(run, words):
    (run.home / "own.toml").write_text(SET, encoding="utf-8")
    words = words.replace("\x00", "")
    own = ("reflect", "./own.toml", "--skip=who", "--skip=ideas", "--skip=next")
    done = run(*own, "--answer", f"{words}=1", "--skip", words)
    assert done.code == 2
    assert FORBIDDEN.findall(done.err) == []
    assert run(*own, "--answer", f"went={words}").code == 0
    assert run.entries[0]["answer"][0]["reply"] == words
