"""The shipped sets ask for every idea behind followme: four ideas, six themes, and what is to be counted."""

from __future__ import annotations

import re

from followme.model import OPEN_KINDS
from rows import each_row
from sets import SETS, question

QUESTIONS = [each for found in SETS.values() for each in found.questions]
THEMES = ("authority", "reasons", "choice", "care", "standard", "spirit")

IDEAS = {
    "following is chosen": ("six-questions", "choice"),
    "a title is not a following": ("six-questions", "authority-without"),
    "open disagreement is honesty": ("quarter", "weeks-truth"),
    "care about their success first": ("weekly", "care"),
    "care before they give it back": ("six-questions", "care-first"),
    "caring is not rescuing": ("six-questions", "care-limit"),
    "standing beside them": ("weekly", "beside"),
    "selling for them inside": ("weekly", "inside"),
    "be the standard": ("six-questions", "standard"),
    "courage to choose the difficult action": ("weekly", "courage"),
    "taking on more than your size": ("weekly", "reach"),
    "plain discipline": ("weekly", "plow"),
    "give them spirit": ("six-questions", "spirit"),
    "what the work is for": ("six-questions", "spirit-purpose"),
    "the pride of belonging": ("weekly", "spirit"),
    "good work named aloud": ("weekly", "credit"),
    "whether people follow is known to them": ("weekly", "ask"),
    "what compliance cannot do": ("six-questions", "reasons-possible"),
    "who one would have to be": ("six-questions", "choice-become"),
    "one concrete event": ("weekly", "moment"),
    "whom one did not reach": ("weekly", "unseen"),
    "one hard moment": ("after", "hard-moment"),
    "a hard conversation before it": ("before", "before-open"),
    "a conversation before it": ("one-on-one", "talk-begin"),
    "a conversation after it": ("one-on-one", "talk-heard"),
    "a deal won or lost": ("deal", "deal-turn"),
    "effort, day by day": ("daily", "try-success"),
    "taking over a team": ("first-month", "first-told"),
    "a year of one's own": ("year", "year-record"),
    "a way back in": ("return", "mattered"),
}
"""Each idea, and one question that asks about it."""

FIVE_WAYS = {
    "ignoring": "something we agreed on quietly didn't get done",
    "waiting out": "something was put off until no one asked anymore",
    "working against": "someone worked against a decision",
    "going through the motions": "people did only what they had to",
    "leaving": "someone left, or talked about leaving",
}

SIX_KINDS = {
    "tools": "tools or material",
    "technology": "a system fixed",
    "training": "training, or time to learn",
    "obstacles": "an obstacle removed",
    "ideas sold inside": "backing inside the company for a request or idea of theirs",
    "standing beside": "someone beside them when it got hard",
}


def test_every_idea_is_asked_for():
    asked = {(name, each.key) for name, found in SETS.items() for each in found.questions}
    assert {idea: where for idea, where in IDEAS.items() if where not in asked} == {}


def test_every_theme_is_asked_for_in_its_turn_and_in_depth():
    turns = SETS["weekly"].sections[1]
    assert [each.key for each in turns.questions] == list(THEMES)
    assert turns.pick == 1
    deep = [(text.key.partition("-")[0], text.kind, line.kind) for text, line in DEPTH]
    assert deep == [(theme, "text", "line") for theme in THEMES]


DEPTH = [section.questions for section in SETS["six-questions"].sections[:-1]]
"""The six of the essay, one text and one line each; one promise follows."""


def test_six_questions_end_with_one_promise():
    (last,) = SETS["six-questions"].sections[-1].questions
    assert (last.kind, last.most) == ("promise", None)


def test_the_five_ways_and_as_many_good_signs_can_be_counted():
    signs = question("weekly", "signs")
    assert signs.kind == "several"
    assert set(FIVE_WAYS.values()) < set(signs.options)
    assert len(signs.options) == 2 * len(FIVE_WAYS)
    assert signs.none


def test_what_you_did_about_a_sign_is_asked_after_every_sign_and_after_no_other_answer():
    when = question("weekly", "signs-act").when
    assert when is not None
    assert (when.key, when.test, when.value) == ("signs", "includes", question("weekly", "signs").options)


def test_the_kinds_of_help_can_be_counted():
    help_ = question("quarter", "help")
    assert (help_.kind, help_.options) == ("several", tuple(SIX_KINDS.values()))


WERE = {
    ("weekly", "signs"): (
        "bad news came early",
        "somebody disagreed openly",
        "what was agreed was done without a reminder",
        "somebody did more than was asked",
        "somebody wanted to stay, or to join",
        "something agreed was quietly left undone",
        "something was put off until nobody asked any more",
        "somebody acted against a decision",
        "work was done only as far as it had to be",
        "somebody left, or spoke of leaving",
        "none that I could see",
    ),
    ("quarter", "help"): (
        "tools or material",
        "technology that works",
        "training, or time to learn",
        "an obstacle moved, or an idea of theirs supported",
        "support in a hard moment",
        "none of these",
    ),
    ("one-on-one", "talk"): ("it is still to come", "it has just been"),
}
"""The options of the first sets, which journals have."""

SINCE = {
    "people did what they'd agreed to without a reminder",
    "a request or idea of theirs won inside the company",
}
"""Options that these sets had for a while after that."""


@each_row("where", WERE)
def test_an_option_of_the_first_sets_counts_as_one_of_today(where: tuple[str, str]):
    asked = question(*where)
    today = [dict(asked.formerly).get(option, option) for option in WERE[where]]
    assert set(today) <= set(asked.offered)
    assert len(set(today)) == len(today)
    assert {old for old, _ in asked.formerly} <= {*WERE[where], *SINCE}


def test_a_closed_question_has_the_same_words_in_every_set():
    asked: dict[str, set[str]] = {}
    for each in QUESTIONS:
        if each.kind not in OPEN_KINDS and each.kind != "promise":
            asked.setdefault(each.key, set()).add(each.ask)
    assert {key: words for key, words in asked.items() if len(words) > 1} == {}


def test_a_line_has_the_same_words_in_both_weekly_sets():
    for each in SETS["three-minutes"].questions:
        other = question("weekly", each.key)
        assert (each.kind, each.ask, each.variants, each.idea) == (
            other.kind,
            other.ask,
            other.variants,
            other.idea,
        )


def test_what_each_set_is():
    assert {name for name, each in SETS.items() if each.private} == {"after", "before", "one-on-one"}
    assert {name: each.look_back for name, each in SETS.items() if each.look_back} == {
        "quarter": "quarter",
        "year": "year",
    }
    assert {name for name, each in SETS.items() if each.event} == {"after", "before", "deal", "one-on-one"}
    assert {name: each.cadence for name, each in SETS.items() if each.cadence != "any"} == {
        "weekly": "weekly",
        "three-minutes": "weekly",
        "first-month": "weekly",
        "daily": "daily",
        "quarter": "quarterly",
        "six-questions": "half-yearly",
        "year": "yearly",
    }
    assert {name: found.minutes for name, found in SETS.items()} == {
        "weekly": 8,
        "three-minutes": 3,
        "return": 3,
        "daily": 2,
        "first-month": 6,
        "after": 5,
        "before": 5,
        "one-on-one": 5,
        "deal": 6,
        "quarter": 11,
        "year": 15,
        "six-questions": 15,
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
