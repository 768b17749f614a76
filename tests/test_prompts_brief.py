"""The shipped sets ask for every idea behind followme: four ideas, six themes, and what is to be counted."""

from __future__ import annotations

import re

from followme.env import shipped_prompts
from followme.model import OPEN_KINDS, PromptSet, Question
from followme.promptfile.load import load

SETS: dict[str, PromptSet] = {path.stem: load(path) for path in shipped_prompts().glob("*.toml")}
QUESTIONS = [each for found in SETS.values() for each in found.questions]
THEMES = ("authority", "reasons", "choice", "care", "standard", "spirit")

IDEAS = {
    "following is chosen": ("six-questions", "choice"),
    "a title is not a following": ("six-questions", "authority-without"),
    "open disagreement is honesty": ("quarter", "weeks-truth"),
    "care about their success first": ("weekly", "care"),
    "caring is not rescuing": ("six-questions", "care-limit"),
    "be the standard": ("six-questions", "standard"),
    "courage to choose the difficult action": ("six-questions", "standard-gap"),
    "plain discipline": ("weekly", "standard"),
    "give them spirit": ("six-questions", "spirit"),
    "the pride of belonging": ("six-questions", "spirit-belong"),
    "whether people follow is known to them": ("weekly", "ask"),
    "what compliance cannot do": ("six-questions", "reasons-possible"),
    "who one would have to be": ("six-questions", "choice-become"),
    "one concrete event": ("weekly", "moment"),
    "whom one did not reach": ("weekly", "unseen"),
    "one hard moment": ("after", "hard-moment"),
    "a talk before it": ("one-on-one", "talk-begin"),
    "a talk after it": ("one-on-one", "talk-heard"),
    "a way back in": ("return", "since-then"),
}
"""Each idea, and one question that asks for it."""

FIVE_WAYS = {
    "ignoring": "something agreed was quietly left undone",
    "waiting out": "something was put off until nobody asked any more",
    "working against": "somebody acted against a decision",
    "going through the motions": "work was done only as far as it had to be",
    "leaving": "somebody left, or spoke of leaving",
}

FIVE_KINDS = {
    "tools": "tools or material",
    "technology": "technology that works",
    "training": "training, or time to learn",
    "obstacles and ideas": "an obstacle moved, or an idea of theirs supported",
    "standing beside": "support in a hard moment",
}


def question(name: str, key: str) -> Question:
    return next(each for each in SETS[name].questions if each.key == key)


def test_these_sets_come_along():
    assert set(SETS) == {
        "weekly",
        "three-minutes",
        "six-questions",
        "after",
        "one-on-one",
        "quarter",
        "return",
    }


def test_every_idea_is_asked_for():
    asked = {(name, each.key) for name, found in SETS.items() for each in found.questions}
    assert {idea: where for idea, where in IDEAS.items() if where not in asked} == {}


def test_every_theme_is_asked_for_in_its_turn_and_in_depth():
    assert {*THEMES} <= {each.key for each in SETS["weekly"].sections[1].questions}
    assert SETS["weekly"].sections[1].pick == 1
    for theme in THEMES:
        deep = [each.key for each in SETS["six-questions"].questions if each.key.partition("-")[0] == theme]
        assert len(deep) >= 3, theme
        assert deep[0] == theme


def test_the_five_ways_and_as_many_good_signs_can_be_counted():
    signs = question("weekly", "signs")
    assert signs.kind == "several"
    assert set(FIVE_WAYS.values()) < set(signs.options)
    assert len(signs.options) == 2 * len(FIVE_WAYS)
    assert signs.none


def test_the_five_kinds_of_help_can_be_counted_in_the_same_words():
    assert question("weekly", "help").options == question("six-questions", "help-wanting").options
    assert question("weekly", "help").options == tuple(FIVE_KINDS.values())
    assert {question("weekly", "help").kind, question("six-questions", "help-wanting").kind} == {"several"}


def test_a_closed_question_has_the_same_words_in_every_set():
    asked: dict[str, set[str]] = {}
    for each in QUESTIONS:
        if each.kind not in OPEN_KINDS and each.kind != "promise":
            asked.setdefault(each.key, set()).add(each.ask)
    assert {key: words for key, words in asked.items() if len(words) > 1} == {}


def test_three_minutes_leave_no_gap_in_the_course_of_the_weekly_set():
    keys = {each.key for each in SETS["weekly"].questions}
    assert {each.key for each in SETS["three-minutes"].questions} < keys


def test_what_each_set_is():
    assert SETS["one-on-one"].private
    assert SETS["quarter"].look_back == 13
    assert len(list(SETS["after"].questions)) == 4
    assert {name: found.minutes for name, found in SETS.items()} == {
        "weekly": 8,
        "three-minutes": 3,
        "return": 3,
        "after": 5,
        "one-on-one": 5,
        "quarter": 11,
        "six-questions": 26,
    }


JUDGES = re.compile(
    r"\b(great|well done|should you|ought|failed?|failures?|mistakes?|weak\w*|poor|wrong|why)\b", re.I
)


def test_no_question_praises_blames_or_asks_for_a_defence():
    said = [words for each in QUESTIONS for words in (each.ask, *each.variants, each.hint)]
    assert [words for words in said if JUDGES.search(words)] == []


def test_a_number_is_about_what_the_leader_did():
    scales = [each.ask for each in QUESTIONS if each.kind == "scale"]
    assert [ask for ask in scales if " did you " not in ask] == []
