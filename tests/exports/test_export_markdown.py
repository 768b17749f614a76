"""The journal as Markdown: how it looks, and that no word is lost or takes on a meaning of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from followme.clean import for_terminal
from followme.model import Answer, Entry, Outcome, Promise, Reply
from held import exported

Golden = Callable[[str, str], None]


def write(entries: Sequence[Entry], *, private: bool = False, oldest_first: bool = False) -> str:
    """The entries of a journal that has no others."""
    return exported("markdown", entries, private=private, oldest_first=oldest_first)


def entry(when: str, week: str, name: str = "weekly", **parts) -> Entry:
    moment = datetime.fromisoformat(when)
    return Entry(id=f"{moment:%Y%m%dT%H%M%S}-aaaaa", date=moment, week=week, set=name, **parts)


def answer(reply: Reply | None, question: str = "One moment?", kind: str = "text", **parts) -> Answer:
    return Answer(key="moment", kind=kind, question=question, reply=reply, **parts)


LAST_WEEK = entry(
    "2026-11-13T16:02:10+01:00",
    "2026-W46",
    minutes=1,
    answers=(answer("Quiet.\n\nToo quiet."), answer(None, "What gave you energy?")),
    promises=(
        Promise(
            ref="p1", occasion="Tuesday's deal desk", text="Ask legal for the short contract",
            to="Ben", by=date(2026, 12, 1), told=False,
        ),
        Promise(ref="p2", text="What would you do in my place?", kind="ask", to="Ana"),
    ),
)  # fmt: skip
THIS_WEEK = entry(
    "2026-11-20T16:04:11+01:00",
    "2026-W47",
    minutes=11,
    answers=(
        answer(
            "Ana stayed for the demo.\nI had moved her licence request past finance on Tuesday.",
            "Think of one moment when somebody did more, or less, than they had to. What had you done before it?",
        ),
        answer(
            4, "On how many days did you clear something out of one of your people's way?", "scale",
            low=0, high=5, low_label="no day", high_label="every day",
            fact="Licence, forecast template, two calls.",
        ),
        answer(3, "How much energy was left on Friday?", "scale", low=1, high=5),
        answer(True, "Did you say thank you?", "yesno"),
        answer("A deal", "What took most of the week?", "choice"),
        answer(("Ana", "Ben"), "Whom did you speak with alone?", "several"),
        answer(("Fewer meetings", "- a short list\n  of two lines"), "What would help?", "list"),
        answer("The forecast is *not* sure.", "What do you keep to yourself?", private=True),
        answer(None, "What did you learn?"),
        answer(None, "Who was left out?"),
    ),
    promises=(
        Promise(ref="p1", text="Send the short contract", told=True, origin="20261113T160210-aaaaa/p1"),
        Promise(ref="p2", text="What did I miss?", kind="ask"),
    ),
    outcomes=(
        Outcome(promise="20261113T160210-aaaaa/p1", result="partly", note="Budget call moved.", told=True),
        Outcome(promise="20261113T160210-aaaaa/p2", result="kept"),
        Outcome(promise="20261106T150102-b2c8h/p1", result="not-needed"),
    ),
)  # fmt: skip
NOTES = (
    entry("2026-11-18T09:00:00+01:00", "2026-W47", "note", answers=(answer("Ben asked twice", "Note"),)),
    entry("2026-11-18T09:00:30+01:00", "2026-W47", "note", answers=(answer("And again", "Note"),)),
    entry("2026-11-19T09:00:00+01:00", "2026-W47", "note", answers=(answer("", ""),), private=True),
)
BY_HAND = Entry(id="", date=datetime(2026, 11, 20, 10, 0), week="", set="", answers=(answer(()),))
HOSTILE = entry(
    "2026-11-20T17:00:00+01:00",
    "2026-W47",
    "<b>set</b>",
    answers=(
        answer(
            "# title\n---\n- [ ] task\n1. x\n> quote\n    code\n```\n| a | b |\n| --- | --- |", "# [x](y) #"
        ),
        answer("<script>alert(1)</script> &lt; [[entry]] ==mark== %%no%% #tag $x$ ~~x~~ `y`", "---"),
        answer(("[ ] task\n\n    code", "- - x", " "), "1. <!-- x", "list"),
        answer("\x1b[31mred\x1b[0m \u202enothgir", "\x9b2J\nsecond line"),
        answer(2, "|", "scale", low=0, high=3, low_label="*none*\n", high_label="_all_"),
    ),
    promises=(Promise(ref="p1", text="- [x] done\n\n# no", occasion="> when", to="@ben\n# x"),),
    outcomes=(Outcome(promise="[x]: y", result="<i>", note="===\n---"),),
)


@pytest.mark.parametrize(
    ("name", "entries", "options"),
    [
        ("weeks", (LAST_WEEK, THIS_WEEK), {}),
        ("oldest-first-private", (LAST_WEEK, THIS_WEEK, *NOTES), {"oldest_first": True, "private": True}),
        ("by-hand", (*NOTES, BY_HAND), {}),
        ("hostile", (HOSTILE,), {}),
        ("empty", (), {}),
    ],
)
def test_how_it_looks(
    name: str, entries: tuple[Entry, ...], options: dict[str, bool], golden: Golden
) -> None:
    golden(f"export-markdown-{name}.md", write(entries, **options))


GITHUB = MarkdownIt("gfm-like", {"html": True, "linkify": False})
OUR_TAGS = {"h1", "h2", "h3", "p", "ul", "li", "br"}

SCRAPS = [
    "*", "_", "`", "#", "-", "+", "=", "|", "<b>", ">", "&amp;", "[", "](", "\\", "$", "1.", "---", "```", "[ ]",
    " ", "    ", "\n", "\n\n", "\t", "\r", "\x1b", "a", "b c", "é",
]  # fmt: skip
WORDS = st.text(max_size=6) | st.lists(st.sampled_from(SCRAPS), max_size=6).map("".join)
REPLIES = WORDS | st.integers(-9, 9) | st.booleans() | st.lists(WORDS, max_size=3).map(tuple) | st.none()
ANSWERS = st.builds(
    Answer, key=st.just("key"), kind=st.just("text"), question=WORDS, reply=REPLIES, fact=WORDS,
    low=st.none() | st.just(0), high=st.none() | st.just(5), low_label=WORDS, high_label=WORDS,
)  # fmt: skip
PROMISES = st.builds(
    Promise, ref=st.sampled_from(["p1", "p2"]), text=WORDS, kind=st.sampled_from(["do", "ask"]), occasion=WORDS,
    who=WORDS, to=WORDS, by=st.none() | st.dates(), told=st.none() | st.booleans(), origin=st.just("id-1/p1"),
)  # fmt: skip
OUTCOMES = st.builds(Outcome, promise=WORDS | st.just("id-1/p1"), result=WORDS | st.just("kept"), note=WORDS)
ENTRIES = st.lists(
    st.builds(
        Entry, id=st.sampled_from(["", "id-1"]), date=st.datetimes(), week=st.just("2026-W47") | WORDS, set=WORDS,
        minutes=st.none() | st.integers(0, 90), answers=st.lists(ANSWERS, max_size=2).map(tuple),
        promises=st.lists(PROMISES, max_size=2).map(tuple), outcomes=st.lists(OUTCOMES, max_size=2).map(tuple),
    ),
    max_size=3,
)  # fmt: skip


def words_in(one: Entry) -> list[str]:
    """All the words of an entry that its writer typed and an export must show."""
    found = []
    for each in one.answers:
        found.append(each.question if for_terminal(each.question).strip() else each.key)
        if not each.skipped:
            found += [each.fact, *(each.reply if isinstance(each.reply, tuple) else [str(each.reply)])]
    for each in one.promises:
        # Who is asked is the one who answers; no one else took it on.
        found += [each.text, each.occasion, each.to, "" if each.kind == "ask" else each.who]
    for each in one.outcomes:
        found += [each.note]
    return [words for words in found if words not in ("True", "False")]


def bare(text: str) -> str:
    """The text without blanks of any kind."""
    return "".join(text.split())


@given(entries=ENTRIES)
def test_every_word_is_found_again_and_nothing_but_our_own_layout(entries: list[Entry]) -> None:
    rendered = GITHUB.render(write(entries, private=True))
    assert set(re.findall("<([a-z0-9]+)", rendered)) <= OUR_TAGS
    assert rendered.count("<h2>") == len(entries)
    answered = sum(not each.skipped for one in entries for each in one.answers)
    assert rendered.count("<h3>") == answered + sum(
        bool(one.promises) + bool(one.outcomes) for one in entries
    )
    seen = bare(html.unescape(re.sub("<[^>]*>", "", rendered)))
    for one in entries:
        for words in words_in(one):
            assert bare(for_terminal(words)) in seen


@given(entries=ENTRIES)
def test_the_file_is_tidy(entries: list[Entry]) -> None:
    text = write(entries)
    assert text.startswith("# Reflections\n")
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    assert "\r" not in text
    assert all(line == line.rstrip() or re.search(r"\S  $", line) for line in text.split("\n"))
    titles = [line for line in text.split("\n") if line.startswith("## ")]
    assert len(titles) == len(entries)


def test_titles_stay_apart_when_week_and_set_do_not_tell_entries_apart() -> None:
    text = write([LAST_WEEK, *NOTES[:2], NOTES[1]], oldest_first=True)
    assert re.findall("(?m)^## (.*)$", text) == [
        "2026-W46 · weekly",
        "2026-W47 · note · 2026-11-18 09:00",
        "2026-W47 · note · 2026-11-18 09:00 (2)",
        "2026-W47 · note · 2026-11-18 09:00 (3)",
    ]


def test_the_words_of_a_private_promise_do_not_come_back_with_its_outcome() -> None:
    hidden = entry("2026-11-13T16:02:10+01:00", "2026-W46", promises=LAST_WEEK.promises, private=True)
    text = write([hidden, THIS_WEEK])
    assert "Ask legal" not in text
    assert "20261113T160210-aaaaa" not in text


def test_what_people_type_before_their_promise_is_not_said_twice():
    promise = Promise(ref="p1", occasion="When the desk meets", text="I will ask legal")
    entry = Entry(
        id="", date=datetime(2026, 11, 20, tzinfo=UTC), week="2026-W47", set="weekly", promises=(promise,)
    )
    text = write([entry])
    assert "I will: ask legal · Cue: When the desk meets" in text
