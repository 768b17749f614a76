"""A prompt set as a table again: the plan of a sitting, kept in its draft."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from followme.model import PromptSet, Question, Section


def to_table(found: PromptSet) -> dict[str, Any]:
    """The table of a set, in the schema of its file; what is at its default is left out."""
    return {
        **_plain(found, ("sections", "name")),
        "section": [
            {**_plain(section, ("questions",)), "question": [_question(each) for each in section.questions]}
            for section in found.sections
        ],
    }


def _question(question: Question) -> dict[str, Any]:
    table = _plain(question, ("when",))
    if question.when:
        table["when"] = {"key": question.when.key, question.when.test: question.when.value}
    return table


def _plain(record: PromptSet | Section | Question, left_out: tuple[str, ...]) -> dict[str, Any]:
    table = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name not in left_out and value != field.default:
            table[field.name] = list(value) if isinstance(value, tuple) else value
    return table
