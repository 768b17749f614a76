"""The page of HTML: how it looks as text, and that no element and no attribute comes from what was written."""

from __future__ import annotations

import os
import re
import shutil
import sys
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

from exports.test_export_markdown import BY_HAND, HOSTILE, LAST_WEEK, NOTES, THIS_WEEK
from followme.clean import for_terminal
from followme.exports import page
from followme.model import Answer, Entry
from held import exported


class Page(HTMLParser):
    """What a browser finds: the elements with their attributes, the text, the headings and the style."""

    def __init__(self, text: str):
        super().__init__()
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words, self.style = "", ""
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "style":
            self.style += data
        else:
            self.words += data

    def values(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.elements for key, value in attributes if key == name]


def with_words(words: str) -> Entry:
    """An entry that has these words wherever an entry can have some."""
    return Entry(
        id=THIS_WEEK.id,
        date=THIS_WEEK.date,
        week=THIS_WEEK.week,
        set=words,
        imported=words,
        answers=(
            Answer(key="a", kind="text", question=words, reply=words, fact=words),
            Answer(key="b", kind="list", question=words, reply=(words, words)),
            Answer(
                key=words,
                kind="scale",
                question=words,
                reply=2,
                low=0,
                high=3,
                low_label=words,
                high_label=words,
            ),
            Answer(key="d", kind="text", question=words),
        ),
        promises=tuple(
            type(each)(ref=each.ref, text=words, occasion=words, to=words, who=words)
            for each in LAST_WEEK.promises
        ),
        outcomes=tuple(
            type(each)(promise=each.promise, result=words, note=words) for each in THIS_WEEK.outcomes
        ),
    )


HOSTILE_WORDS = (
    "</style></title></svg><script>alert(1)</script>",
    "\"' onmouseover=alert(1) x=\"' autofocus onfocus='alert(1)",
    "<img src=https://example.com/x.png onerror=alert(1)><!-- <a href=javascript:alert(1)>",
    "{{ 7 * 7 }}{% for x in y %}{# no #}&lt;b&gt;&#60;i&#62;",
)


def test_no_element_and_no_attribute_comes_from_what_was_written():
    plain = Page(exported("html", (with_words("plain"), LAST_WEEK)))
    for words in HOSTILE_WORDS:
        page = Page(exported("html", (with_words(words), LAST_WEEK)))
        assert page.elements == plain.elements
        assert page.words.count(words) == plain.words.casefold().count("plain")
    page = exported("html", (HOSTILE, LAST_WEEK))
    assert for_terminal(page) == page


def style() -> str:
    """The style as it is in its file."""
    return (files("followme.exports") / "page" / "page.css").read_text(encoding="utf-8")


def digest_of(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def test_the_page_refers_to_nothing_but_its_own_places():
    page = Page(exported("html", (LAST_WEEK, THIS_WEEK, *NOTES, BY_HAND, HOSTILE), private=True))
    names = page.values("id")
    assert len(names) == len(set(names))
    assert {link.removeprefix("#") for link in page.values("href")} <= set(names)
    assert {name for each in page.values("aria-labelledby") for name in each.split()} <= set(names)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "form", "input", "object", "base"}
    assert "url(" not in page.style
    assert "@import" not in page.style
    assert page.style == style()
    policy = page.values("content")[0]
    allowed = f"style-src 'sha256-{digest_of(page.style)}'"
    assert policy == f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    assert not page.values("style")


def test_headings_come_in_order_and_the_promises_last():
    text = exported("html", (LAST_WEEK, THIS_WEEK, *NOTES), private=True)
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", text)
    assert titles == ["Contents", "In numbers", "2026", "Promises"]


def test_a_small_page_stays_the_same_to_the_byte_but_for_its_style(golden):
    page = exported("html", (LAST_WEEK, THIS_WEEK, *NOTES, BY_HAND))
    for part in (style(), digest_of(style())):
        assert page.count(part) == 1
        page = page.replace(part, "...")
    golden("export-html.html", page)


def test_the_template_is_compiled_once_and_again_when_it_or_its_compiler_changes(tmp_path, monkeypatch):
    compiled = []

    class Counted(page.Environment):
        def compile(self, *given, **options):
            compiled.append(given)
            return super().compile(*given, **options)

    copies = [shutil.copy2(path, tmp_path) for path in (page.PAGE, page.compiler.__file__)]
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(page, "PAGE", copies[0])
    monkeypatch.setattr(page.compiler, "__file__", copies[1])
    monkeypatch.setattr(page, "Environment", Counted)
    first = exported("html", (THIS_WEEK,))
    assert len(compiled) == 1
    assert exported("html", (THIS_WEEK,)) == first
    assert len(compiled) == 1
    for number, path in enumerate(copies, 2):
        os.utime(path, (number, number))
        assert exported("html", (THIS_WEEK,)) == first
        assert len(compiled) == number
    shutil.rmtree(tmp_path / "__pycache__")
    (tmp_path / "__pycache__").write_text("here is no room for code")
    assert exported("html", (THIS_WEEK,)) == first
