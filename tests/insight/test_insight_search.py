"""Searching: what the words are found in, where they are marked, and that no block with them is left unparsed."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_samples import entries as any_entries

from followme.insight import entry_tables
from followme.insight.search import Hit, Search, fold, hits
from followme.journal.file import codec, parsing
from followme.model import Answer, Entry, Outcome, Promise
from rows import each_row, first_quick

ENTRY = Entry(
    id="20261120T150411-k7q2m",
    date=datetime.fromisoformat("2026-11-20T16:04:11+01:00"),
    week="2026-W47",
    set="weekly",
    answers=(
        Answer(key="moment", kind="text", question="One moment?", reply="Zoë stayed for the\ndemo."),
        Answer(key="days", kind="scale", question="How often?", reply=4, fact="A license for Ben."),
        Answer(key="wins", kind="list", question="What else?", reply=("a deal", "a laugh")),
        Answer(key="told", kind="yesno", question="Do they know?", reply=True),
        Answer(key="spirit", kind="text", question="Proud, and why?"),
    ),
    promises=(Promise(ref="p1", text="Ask legal", occasion="Tuesday's desk", to="Ben", who="Dana"),),
    outcomes=(Outcome(promise="20261113T150411-x4d9w/p1", result="partly", note="The call moved."),),
)


def found(*words: str, **how: object) -> list[str]:
    """The keys of what is found in the entry."""
    return [hit.key for hit in hits([ENTRY], Search(words, **how))]


@each_row(
    ("words", "how", "keys"),
    [
        (("demo",), {}, ["moment"]),
        (("zoe",), {}, ["moment"]),
        (("ZOË", "DEMO"), {}, ["moment"]),
        (("demo", "license"), {}, []),
        (("demo", "license"), {"any_word": True}, ["moment", "days"]),
        (("the demo",), {}, ["moment"]),
        (("stayed the",), {}, []),
        (("a",), {"key": "wins"}, ["wins"]),
        (("a",), {"key": "none"}, []),
        (("deal", "laugh"), {}, ["wins"]),
        (("deal a",), {}, []),
        (("ben",), {}, ["days", "promise"]),
        (("ben",), {"key": "promise"}, ["promise"]),
        (("ben",), {"exact": True}, []),
        (("Zoë",), {"exact": True}, ["moment"]),
        (("Zoe\u0308",), {"exact": True}, ["moment"]),
        (("Zoe",), {"exact": True}, []),
        (("dana",), {}, ["promise"]),
        (("tuesday's desk",), {}, ["promise"]),
        (("moved",), {}, ["outcome"]),
        (("moved",), {"key": "outcome"}, ["outcome"]),
        (("yes",), {}, []),
        (("4",), {}, []),
        (("why",), {}, []),
        (("why",), {"in_questions": True}, ["spirit"]),
        (("moment",), {"in_questions": True, "key": "spirit"}, []),
    ],
)
def test_which_texts_have_the_words(words: tuple[str, ...], how: dict[str, object], keys: list[str]):
    assert found(*words, **how) == keys


@each_row(
    ("words", "text", "marked"),
    [
        (("demo",), "The Demo, demonstrated", ["Demo", "demo"]),
        (("zoe",), "Zoë, ZOË", ["Zoë", "ZOË"]),
        (("Straße",), "STRASSE, straße", ["STRASSE", "straße"]),
        (("stras",), "Straße.", ["Straß"]),
        (("strass",), "Straße.", ["Straß"]),
        (("\u1e9e",), "Gruß", ["ß"]),
        (("fi",), "\ufb01ne", ["\ufb01"]),
        (("it's",), "it\u2019s", ["it\u2019s"]),
        (("the demo",), "the \n\tdemo", ["the \n\tdemo"]),
        (("lukasz", "soren"), "Łukasz, Søren", ["Łukasz", "Søren"]),
        (("q",), "Q\u0308x", ["Q\u0308"]),
        (("x",), "ßQ\u0308x", ["x"]),
        (("дана",), "Дана", ["Дана"]),
        (("b", "a"), "a b", ["a", "b"]),
        (("a.c",), "abc a.c", ["a.c"]),
    ],
)
def test_exactly_the_words_are_marked(words: tuple[str, ...], text: str, marked: list[str]):
    search = Search(words)
    assert [text[start:end] for start, end in search.found(text)] == marked
    assert search.places(text) == search.found(text)


def test_blanks_and_accents_alone_are_no_words():
    assert [Search((word,)).is_empty for word in ("", " \n", "\u0301", "'", "\\")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert not Search(("", "demo")).is_empty


# --- Excerpts ---------------------------------------------------------------------------------------------


def excerpt(text: str, word: str, most: int) -> str:
    search = Search((word,))
    return Hit(ENTRY, "moment", "", text, search.places(text)).excerpt(most)


@each_row(
    ("text", "most", "shown"),
    [
        ("the demo went", 13, "the demo went"),
        ("so then the demo went and on", 14, "…the demo went…"),
        ("the demo went and on", 14, "the demo went…"),
        ("so then the demo", 10, "…the demo"),
        ("so\nthen the\ndemo\nwent and on", 14, "…the\ndemo\nwent…"),
        ("x" * 20 + "demo" + "y" * 20, 10, "…xxxdemoyyy…"),
        ("a demo and a second demo", 8, "a demo…"),
        ("a demo", 2, "…de…"),
    ],
)
def test_an_excerpt_is_cut_between_words_around_the_first(text: str, most: int, shown: str):
    assert excerpt(text, "demo", most) == shown


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60), st.integers(1, 50))
def test_an_excerpt_has_the_word_and_never_more_than_it_may(before: str, after: str, most: int):
    text = f"{before}demo{after}"
    shown = excerpt(text, "demo", most)
    assert len(shown.strip("…")) <= most
    assert most < len("demo") or "demo" in shown
    assert shown.strip("…") in text


# --- Blocks -----------------------------------------------------------------------------------------------

SIGNS = (
    "aekoszKAEO éËßøŁıİſ\u0308\u0301\u212a\u212b\ufb01\u1e9e’“”'\"\\`;\u037e<≠"
    "\xa0\u2003\x85\n\t\r.нЙ漢\U0001f600\x07\x1c"
)
"""Letters that fold to others, marks, quotes and blanks of all sorts, and what TOML escapes."""

signs = st.text(SIGNS, min_size=1, max_size=30)
forms = st.sampled_from(["", "NFC", "NFD"])
changes = st.sampled_from([str, str.upper, str.lower, fold, lambda word: normalize("NFD", word)])


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and how a hand or another program may write it in TOML."""
    text = draw(signs)
    escaped = draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)) | st.none())
    form = draw(forms)
    toml = ""
    for sign, hidden in zip(text, escaped or [False] * len(text), strict=True):
        if hidden or sign in '"\\\n\r' or ord(sign) < 0x20:
            toml += f"\\{sign}" if sign in '"\\' and not hidden else f"\\U{ord(sign):08x}"
        else:
            toml += normalize(form, sign) if form else sign
    return text, f'"{toml}"'


@st.composite
def words_of(draw: st.DrawFn, text: str) -> tuple[str, ...]:
    """Words and phrases that are in a text, as others may type them."""
    cuts = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    parts = draw(st.lists(cuts, min_size=1, max_size=3))
    return tuple(draw(changes)(text[start:end]) for start, end in parts)


@given(st.data())
def test_no_block_that_has_the_words_stays_unparsed(data: st.DataObject):
    text, toml = data.draw(written())
    block = f'[[entry]]\ndate = 2026-11-20\n[[entry.answer]]\nkey = "k"\nreply = {toml}\n'
    if data.draw(st.booleans()):
        block = block.replace("\n", "\r\n")
    search = Search(
        data.draw(words_of(text)),
        any_word=data.draw(st.booleans()),
        exact=data.draw(st.booleans()),
        key=data.draw(st.sampled_from([None, "k"])),
    )
    entry = entry_tables.from_table(parsing.parse_block(block.encode()))
    has = [hit for hit in hits([entry], search) if not search.is_empty]
    assert search.is_empty or search.exact or has
    assert not has or search.may_be_in(block.encode())
    for hit in has:
        for start, end in hit.places:
            marked = hit.text[start:end] if search.exact else fold(hit.text[start:end])
            typed = [normalize("NFC", word) if search.exact else fold(word) for word in search.words]
            assert any(" ".join(word.split()) in " ".join(marked.split()) for word in typed)


@given(any_entries, st.lists(signs, min_size=6, max_size=6), st.booleans(), st.data())
def test_no_block_as_followme_writes_it_stays_unparsed(
    entry: Entry, texts: list[str], exact: bool, data: st.DataObject
):
    entry = replace(
        entry,
        answers=(
            *entry.answers,
            Answer(key="a", kind="text", question=texts[0], reply=texts[1]),
            Answer(key="b", kind="list", question="", reply=(texts[2], texts[3]), fact=texts[4]),
        ),
        promises=(*entry.promises, Promise(ref="p9", text=texts[4], occasion=texts[5], to=texts[1])),
        outcomes=(*entry.outcomes, Outcome(promise="x", result="kept", note=texts[5])),
    )
    block = codec.to_toml(entry).encode()
    stored = entry_tables.from_table(parsing.parse_block(block))
    search = Search(
        data.draw(words_of("\n".join(texts))),
        any_word=True,
        exact=exact,
        in_questions=data.draw(st.booleans()),
    )
    assert search.may_be_in(block) or not list(hits([stored], search))


@pytest.mark.parametrize("end", first_quick([0x3000, sys.maxunicode + 1]), ids=["scripts", "all"])
def test_no_sign_that_folds_to_ascii_hides_a_word(end: int):
    """Also taken apart, and beside other letters. Characters that Unicode leaves unassigned have no ASCII form."""
    missed = []
    for sign in map(chr, range(0x80, end)):
        if category(sign) in ("Cn", "Co", "Cs") or not (plain := fold(sign)).strip() or not plain.isascii():
            continue
        missed += [
            shape
            for shape in {sign, normalize("NFC", sign), normalize("NFD", sign)}
            if not Search((f"x{plain}y",)).may_be_in(f"Ax{shape}yé".encode())
        ]
    assert missed == []


@each_row(
    ("words", "how", "may"),
    [
        (("zoe",), {}, True),
        (("zoes",), {}, False),
        (("zoë", "legal"), {}, True),
        (("zoë", "budget"), {}, False),
        (("zoë", "budget"), {"any_word": True}, True),
        (("ZOË",), {"exact": True}, True),  # Accents are left to the parser.
        (("Stayed",), {"exact": True}, False),
        (("stayed",), {"exact": True, "key": "budget"}, False),
        (("stayed",), {"key": "moment"}, True),
        (("moved",), {"key": "outcome"}, True),
    ],
)
def test_most_blocks_without_the_words_are_refused(words: tuple[str, ...], how: dict[str, object], may: bool):
    assert Search(words, **how).may_be_in(codec.to_toml(ENTRY).encode()) == may
