"""The shipped sets speak as people do, as far as that can be counted."""

from __future__ import annotations

import re
import tomllib

import pytest

from followme.env.folders import shipped_prompts
from followme.model import PromptSet
from followme.promptfile.example import example
from followme.promptfile.load import load
from rows import each_row
from sets import SETS
from voice import MOST_SENTENCES, MOST_WORDS, avoided, selling, sentences, spoken

FILES = {path.stem: path for path in shipped_prompts().glob("*.toml")}


@pytest.fixture(scope="module")
def every_set(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PromptSet]:
    """The shipped sets, and the example of a new one."""
    path = tmp_path_factory.mktemp("sets") / "new.toml"
    path.write_text(example("New"), encoding="utf-8")
    return {**SETS, "new": load(path)}


def test_no_set_holds_a_word_that_has_a_better_one(every_set: dict[str, PromptSet]):
    said = {
        name: [each for words in spoken(found) for each in avoided(words)]
        for name, found in every_set.items()
    }
    assert {name: words for name, words in said.items() if words} == {}


def test_no_comment_of_a_set_does_either():
    texts = {name: path.read_text(encoding="utf-8") for name, path in FILES.items()} | {"new": example("New")}
    comments = {name: re.findall(r"(?:^|\s)#(.*)", text) for name, text in texts.items()}
    said = {name: [each for words in lines for each in avoided(words)] for name, lines in comments.items()}
    assert {name: words for name, words in said.items() if words} == {}


def test_words_of_selling_stand_in_one_set_alone():
    said = {
        name: [each for words in spoken(found) for each in selling(words)] for name, found in SETS.items()
    }
    assert {name for name, words in said.items() if words} == {"deal"}


def test_every_question_and_hint_is_short(every_set: dict[str, PromptSet]):
    for found in every_set.values():
        for each in found.questions:
            for words in (each.ask, *each.variants):
                assert len(words.split()) <= MOST_WORDS, words
                assert (sentences(words), words[-1]) == (1, "?"), words
            assert sentences(each.hint) <= MOST_SENTENCES + ("?" in each.hint), each.hint
            assert not each.hint or each.hint.endswith((".", "?", ".”")), each.hint
            assert len(each.hint.split()) <= MOST_WORDS, each.hint


def test_no_title_ends_like_a_sentence_and_every_about_does(every_set: dict[str, PromptSet]):
    titles = [
        words
        for found in every_set.values()
        for words in (found.title, *(each.title for each in found.sections))
    ]
    assert [words for words in titles if words.endswith((".", ":"))] == []
    assert [found.about for found in every_set.values() if not found.about.endswith(".")] == []


def test_all_that_is_shown_has_been_read():
    """A new text of a set must be among those that these rules see."""
    for name, path in FILES.items():
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        assert shown_in(table) <= set(spoken(SETS[name])), name


NOT_SHOWN = {
    "key",
    "kind",
    "cadence",
    "look_back",
    "idea",
    "vary",
    "when",
    "recall",
    "promise",
    "formerly",
    "source",
}


def shown_in(value: object) -> set[str]:
    """All texts in a table but those that stand for something else."""
    if isinstance(value, dict):
        return {each for key, inner in value.items() if key not in NOT_SHOWN for each in shown_in(inner)}
    if isinstance(value, list):
        return {each for inner in value for each in shown_in(inner)}
    return {value} if isinstance(value, str) else set()


@each_row(
    ("words", "found"),
    [
        ("Whom did you pass over?", ["Whom", "pass over"]),
        ("Nobody mended the colour.", ["Nobody", "mended", "colour"]),
        ("On what occasion will you do it?", ["occasion"]),
        ('`occasion` and occasion = "x" keep their names.', []),
        ("Enter keeps it. Press Enter to keep it.", ["Enter keeps"]),
        ("The license was moved; someone recommends it.", []),
    ],
)
def test_the_list_bites(words: str, found: list[str]):
    assert avoided(words) == found


def test_sentences_are_counted():
    assert [sentences(words) for words in ("None", "One.", "One? Two.", "At 1.5 days.")] == [1, 1, 2, 1]
    assert selling("Your reps won a deal; report on the ideal.") == ["reps", "deal"]
