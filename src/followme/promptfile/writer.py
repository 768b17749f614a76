"""A prompt set turned back into a table, as the plan in a draft keeps it."""

from __future__ import annotations

from typing import Any

from followme import records
from followme.model import PromptSet, Question


def to_table(prompt_set: PromptSet) -> dict[str, Any]:
    """Return a set as a table in the form of its file, without settings that are at their default."""
    table = records.to_table(prompt_set)
    del table["name"]
    table["section"] = [
        {**records.to_table(section), "question": [_question(each) for each in section.questions]}
        for section in prompt_set.sections
    ]
    return table


def _question(question: Question) -> dict[str, Any]:
    table = records.to_table(question)
    if question.formerly:
        table["formerly"] = dict(question.formerly)
    if question.when:
        value = question.when.value
        test = {question.when.test: list(value) if isinstance(value, tuple) else value}
        table["when"] = {"key": question.when.key, **test}
    return table
