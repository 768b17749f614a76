"""A prompt set as a table again: the plan of a sitting, kept in its draft."""

from __future__ import annotations

from typing import Any

from followme import records
from followme.model import PromptSet, Question


def to_table(found: PromptSet) -> dict[str, Any]:
    """The table of a set, in the schema of its file; what is at its default is left out."""
    table = records.to_table(found)
    del table["name"]
    table["section"] = [
        {**records.to_table(section), "question": [_question(each) for each in section.questions]}
        for section in found.sections
    ]
    return table


def _question(question: Question) -> dict[str, Any]:
    table = records.to_table(question)
    if question.when:
        table["when"] = {"key": question.when.key, question.when.test: question.when.value}
    return table
