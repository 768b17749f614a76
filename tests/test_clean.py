"""What is typed shows as typed: on a terminal, in one line, and in Markdown."""

from __future__ import annotations

import html
import json
import re
import tomllib
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from followme.clean import (
    ascii_json,
    for_heading,
    for_json,
    for_markdown,
    for_stream,
    for_terminal,
    for_toml,
    one_line,
)
from rows import each_row

FAMILY = "👨‍👩‍👧"
DEVANAGARI = "क्‍ष"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"

# The terminal


@each_row(
    "text",
    [
        "Ana stayed for the demo.\n\tI had moved her request.",
        "[/] [red]x[/red] :smile: C:\\Users",
        "naïve 日本語 שלום مرحبا",
        "e\u0301 combining, soft\xadhyphen, zero\u200bwidth, mark\u200e, Persian می\u200cخواهم",
        FAMILY + DEVANAGARI + SCOTLAND + "❤️",
        "",
    ],
)
def test_what_is_only_words_passes_unchanged(text: str) -> None:
    assert for_terminal(text) == text


@each_row(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]52;c;cm0gLXJm\x07", "␛]52;c;cm0gLXJm␇"),
        ("over\rwritten\x08", "over␍written␈"),
        ("\x00\x0b\x0c\x1f", "␀␋␌␟"),
        ("\x7f", "\\x7f"),
        ("\x9b31m\x85", "\\x9b31m\\x85"),
        ("pay \u202eneB\u202c", "pay \\u202eneB\\u202c"),
        ("opened \u2066only", "opened \\u2066only"),
        ("closed\u2069 only", "closed\\u2069 only"),
        ("over \u2067the\nline\u2069", "over \\u2067the\nline\\u2069"),
        ("one \u2066of \u2068two\u2069", "one \\u2066of two"),
        ("line\u2028para\u2029", "line\\u2028para\\u2029"),
        ("in\ufeffside", "in\\ufeffside"),
        ("half\ud83d", "half\\ud83d"),
        ("\U000e0041\U000e0042", "\\U000e0041\\U000e0042"),
        ("\U0001f3f4\U000e0041\U000e007f", "\U0001f3f4\\U000e0041\\U000e007f"),
    ],
)
def test_what_could_steer_a_terminal_or_hide_is_made_visible(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


@each_row(
    ("text", "shown"),
    [
        ("Ask \u2068Ana\u2069 first.", "Ask Ana first."),
        ("\u2066isolated\u2069", "isolated"),
        ("\u2067one \u2068in\u2069 another\u2069", "one in another"),
        ("\u2068Ana\u2069\n\u2068Ben\u2069", "Ana\nBen"),
        ("\u2068\u202eneB\u2069", "\\u202eneB"),
        ("\u2068" * 20_000 + "x" + "\u2069" * 20_000, "x"),
    ],
)
def test_isolates_that_enclose_words_are_dropped(text: str, shown: str) -> None:
    assert for_terminal(text) == shown
    assert json.loads(for_json(json.dumps(text, ensure_ascii=False))) == text


@given(st.text(st.characters()))
def test_toml_is_read_as_before(text: str) -> None:
    text = text.encode(errors="replace").decode()
    safe = for_toml(json.dumps(text, ensure_ascii=False))
    assert for_terminal(safe) == safe
    assert tomllib.loads(f"x = {safe}") == {"x": text}


def test_a_stream_takes_crlf_as_a_lines_end() -> None:
    assert for_stream("a\r\nb\rc\x1b\r\n") == "a\r\nb␍c␛\r\n"


@given(st.text(st.characters()))
def test_nothing_dangerous_is_left_and_a_second_pass_changes_nothing(text: str) -> None:
    shown = for_terminal(text)
    shown.encode()
    for sign in shown.replace("\n", "").replace("\t", ""):
        assert unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(sign) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
    assert for_terminal(shown) == shown


def test_one_line_has_a_blank_for_each_tab_and_newline() -> None:
    assert one_line("first\tand\n\nlast\r\n\x1b") == "first and  last␍ ␛"


@given(st.text())
def test_one_line_is_one_field_of_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert "\t" not in one_line(text)


# Markdown


HOSTILE = [
    "[/]", "[red]x", ":smile:", "[[entry]]", "![[entry]]", "<script>alert(1)</script>", "# title",
    "#tag and #12", "1. x", "1) x", "12. x", "- [ ] task", "- x\n- y", "+ x", "* x", "---", "- - -", "***",
    "* * *", "_ _ _", "title\n===", "title\n=", "title\n---", "title\n-",
    "| a | b |\n| --- | --- |\n| 1 | 2 |", "a | b\n--- | ---\n1 | 2", "a | b\n:-: | ---", "a\n:-",
    "```\ncode\n```", "~~~\ncode\n~~~", "    code", "\tcode", "x\n\n    code", "> quote", "x\n> quote",
    "&lt; &amp; &#35; &#x41; &copy", "![x](http://e)", "[x](http://e)", "[x]: http://e\n\n[x]",
    "<http://x>", "<a@b.c>", "<!-- x -->", "<?php ?>", "a < b", "a<b>c", "a*b*c", "**b**", "***b***",
    "5 * 3 * 2", "a *b* c", "__init__", "snake_case_name", "_x_", "a_ _b", "_(x)_", "~~x~~", "~x~", "$x$",
    "$$\nx\n$$", "$5 and $6", "==mark==", "%%comment%%", "^[footnote]", "[^1]\n\n[^1]: x", "text ^block",
    "`code`", "``a`b``", "a\\*b", "\\", "a\\\nb", "\\\\", "\\`", "C:\\Users\\new", "http://x.org/a_b",
    "http://x.org/*a*", "www.\xa0*", "www.x.org/~b~", "a_b@x.org", "two  \nblanks", "x\\  \ny",
    "  \n\n\n  x  \n \n\n y\n", "# a #", "a\n# b", "<div>\n\n*x*\n\n</div>", "\x1b[31mred\x1b[0m", "\x9b",
    "\u202eRTL", "שלום *עולם*", "e\u0301*e\u0301*", FAMILY, SCOTLAND, DEVANAGARI, "\xa0# x", "\u3000- x",
    "\xa0", "*\xa0x\xa0*", "", "\n", " ",
]  # fmt: skip

SCRAPS = [
    "*", "_", "`", "~", "#", "-", "+", "=", "|", ":", "<", ">", "&", "[", "]", "(", ")", "!", "\\", "$",
    "%", "^", ".", "1", "10.", "--", "```", "  ", "    ", " ", "\n", "\n\n", "\t", "a", "b c", "é", "amp;",
    "http://", "www.", "@", "x.org", "\xa0", "\u3000", "\r", "\x1b", "\u202e", "\u200d", "\u0301", "[ ]",
    "---", "===",
]  # fmt: skip
ANY_TEXT = st.text() | st.lists(st.sampled_from(SCRAPS)).map("".join)

RENDERERS = {
    "commonmark": MarkdownIt("commonmark", {"html": True}),
    "github": MarkdownIt("gfm-like", {"html": True, "linkify": False}),
}


def paragraphs(text: str) -> list[str]:
    """What a reader should see: lines without blanks at their ends, in paragraphs."""
    lines = [line.rstrip() for line in for_terminal(text).split("\n")]
    parts = re.split("\n{2,}", "\n".join(lines).strip("\n"))
    return [visible(part) for part in parts if part]


def visible(part: str) -> str:
    """The part with every line's indentation as no-break spaces; the renderer takes the first."""
    lines = [
        before.expandtabs(4).replace(" ", "\xa0") + words
        for before, words in (re.fullmatch(r"(\s*)(.*)", line).groups() for line in part.split("\n"))
    ]
    return "\n".join(lines).strip()


def read_back(rendered: str) -> list[str]:
    """The paragraphs of rendered text; a tag of any other kind stays in them and shows up."""
    parts = re.findall("<p>(.*?)</p>\n", rendered, re.DOTALL)
    assert "".join(f"<p>{part}</p>\n" for part in parts) == rendered
    for part in parts:
        assert "<" not in part.replace("<br />\n", "")
    return [html.unescape(part.replace("<br />\n", "\n")) for part in parts]


@each_row("renderer", RENDERERS.values())
@each_row("text", HOSTILE)
def test_hostile_text_comes_back_word_for_word(text: str, renderer: MarkdownIt) -> None:
    assert read_back(renderer.render(for_markdown(text))) == paragraphs(text)


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=RENDERERS)
@given(text=ANY_TEXT)
@example(text="a\n\n\nb")
def test_any_text_comes_back_word_for_word(text: str, renderer: MarkdownIt) -> None:
    assert read_back(renderer.render(for_markdown(text))) == paragraphs(text)


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=RENDERERS)
@given(text=ANY_TEXT)
def test_any_text_makes_one_list_item(text: str, renderer: MarkdownIt) -> None:
    rendered = renderer.render(
        "- " + for_markdown("x" + text).replace("\n", "\n  ").replace("\n  \n", "\n\n")
    )
    assert rendered.count("<li>") == rendered.count("<ul>") == 1
    assert not re.findall(r"<(?!/?(?:ul|li|p)>|br />)", rendered)


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=RENDERERS)
@given(text=ANY_TEXT)
@example(text="a #")
@example(text="\\")
def test_any_text_makes_one_heading(text: str, renderer: MarkdownIt) -> None:
    heading = for_heading(text)
    assert "\n" not in heading
    rendered = re.fullmatch("<h2>([^<]*)</h2>\n", renderer.render(f"## {heading}"))
    assert rendered is not None
    assert html.unescape(rendered[1]) == one_line(text).strip()


@each_row(
    "text",
    [
        'Plain words, with a well-kept hyphen: and a colon - or two; (brackets) and "marks", isn\'t it?',
        "3.5 - 4 + 1 = 5, 3 * 4, a < b > c, 50 % of it, R&D, C#, 5 $ today, and/or, 2^10",
        "snake_case_name at https://example.org/a_b?c=1&d=2 or ana@example.org!",
        "-5 degrees, +1 from Ben, --fast\n2026 was good.",
        "C:\\Users -> D:\\Home",
        "12.5 hours\n1.5 more",
    ],
)
def test_plain_prose_stays_as_readable_as_it_was(text: str) -> None:
    assert for_markdown(text) == text.replace("\n", "  \n")


@each_row(
    ("text", "markdown"),
    [
        ("1. x", "1\\. x"),
        ("- [ ] task", "\\- \\[ ] task"),
        ("[[entry]]", "\\[\\[entry]]"),
        ("a*b*c", "a\\*b\\*c"),
        ("title\n---", "title  \n\\---"),
        ("==mark== %%hidden%%", "\\=\\=mark\\=\\= \\%\\%hidden\\%\\%"),
        ("#tag for $5", "\\#tag for \\$5"),
        ("  indented\n\twords", "\xa0\xa0indented  \n\xa0\xa0\xa0\xa0words"),
        ("one\n\n\n\ntwo\n", "one\n\ntwo"),
        ("one\ntwo\n\nthree\nfour · five", "one  \ntwo\n\nthree  \nfour · five"),
        ("one\n\n- two", "one\n\n\\- two"),
        ("one \n\u3000two\n 3. three", "one  \n\u3000two  \n\xa03\\. three"),
        ("https://example.org/*a*", "https\\://example.org/\\*a\\*"),
        ("@ana :smile:", "@ana :smile:"),
    ],
)
def test_the_raw_file_has_a_backslash_only_where_it_is_needed(text: str, markdown: str) -> None:
    assert for_markdown(text) == markdown


def test_a_long_hostile_text_is_no_trap() -> None:
    for scrap in ("http://", "http://\\*", "*", "www.", "\\", "&#", "- ", "|", "=", " \n"):
        assert for_markdown(scrap * 5_000) is not None


# JSON


@each_row(
    ("text", "written"),
    [
        ("für ✓ " + FAMILY + SCOTLAND, "für ✓ " + FAMILY + SCOTLAND),
        ("\x9b31m\x7f\x85", "\\u009b31m\\u007f\\u0085"),
        ("\u202eevil\u2028", "\\u202eevil\\u2028"),
        ("\U000e0041", "\\udb40\\udc41"),
        ("\ud83d", "\\ud83d"),
    ],
)
def test_json_spells_out_what_could_steer_a_terminal(text: str, written: str) -> None:
    assert for_json(json.dumps(text, ensure_ascii=False)) == f'"{written}"'


@given(st.text(st.characters(codec=None)))
@example("\x00\x1b\x9b\u2029\ufeff\U0001d173 für ✓ \U0001f600")
def test_a_parser_reads_json_as_it_was(text: str) -> None:
    written = json.dumps({text: [text]}, ensure_ascii=False, indent=2)
    assert json.loads(for_json(written)) == json.loads(ascii_json(written)) == json.loads(written)
    assert for_terminal(for_json(written)) == for_json(written)
    assert ascii_json(written).isascii()


@given(st.text(st.characters(codec=None), max_size=30), st.integers(0, 300))
def test_a_long_text_is_cleaned_as_a_short_one_is(text: str, more: int) -> None:
    """Long texts are looked at in another way first."""
    rest = "x" * more
    assert for_terminal(rest + text) == rest + for_terminal(text)
    assert for_json(rest + text) == rest + for_json(text)
