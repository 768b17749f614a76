"""The shipped prompt sets, for tests that need their words or keys, and a small set of a test's own."""

from __future__ import annotations

from followme.env.folders import shipped_prompts
from followme.model import PromptSet, Question
from followme.promptfile.load import load

SETS: dict[str, PromptSet] = {path.stem: load(path) for path in sorted(shipped_prompts().glob("*.toml"))}
"""Every shipped set, by its name."""

NOT_YET, JUST_NOW = next(each for each in SETS["one-on-one"].questions if each.key == "talk").options
"""Whether a one-on-one is still to come, in the words of its first question."""


def question(name: str, key: str) -> Question:
    """Return the question of a set."""
    return next(each for each in SETS[name].questions if each.key == key)


def skips(name: str, *but: str) -> list[str]:
    """Return the options that skip every question of a set but these, whichever of them are asked this time."""
    asked = [each.key for each in SETS[name].questions]
    assert set(but) <= set(asked)
    return [word for key in asked if key not in but for word in ("--skip", key)]


def one_question(kind: str, ask: str) -> str:
    """Return the text of a prompt set that asks one question, with the key `moment`."""
    return f"""\
title = "One"

[[section]]
title = "Part"

[[section.question]]
key = "moment"
kind = "{kind}"
ask = "{ask}"
"""


PROMISE = """
[[section.question]]
key = "promise"
kind = "promise"
ask = "What do you promise?"
"""
"""The question for a promise, to add to such a set."""
