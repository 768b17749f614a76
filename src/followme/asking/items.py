"""The items that a sitting asks: the promises that are due, then the questions of the set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial

from followme.asking.followup import open_with
from followme.asking.item import Item, held
from followme.asking.nudge import offer, with_more
from followme.asking.promised import promised
from followme.asking.recall import NOTHING, Recall, recall_of
from followme.insight.earlier import Earlier, course, earlier
from followme.insight.people import fits_person
from followme.insight.promises import OpenPromise, in_one_key, promise_words
from followme.kinds import KINDS
from followme.kinds.base import Response
from followme.model import Entry, PromptSet, Question, Section, Typed

PRIVATE = "Private: not exported."


def items_of(
    asked: PromptSet,
    due: Sequence[OpenPromise],
    today: date,
    past: Sequence[Entry] = (),
    opened: Sequence[OpenPromise] = (),
) -> tuple[Item, ...]:
    """Return the items of a sitting that began on `today`: the due promises first, then the questions of the set.

    `past` has the latest entries, oldest first, and `opened` all open promises.
    """

    @cache
    def item(question: Question, section: Section, person: str | None = None) -> Item:
        fitting = [entry for entry in past if fits_person(entry, person)]
        before, recall = earlier(fitting, question.key), recall_of(question.recall, fitting)
        return item_of(question, today, section, before, recall, opened, talk=asked.about_talk)

    items = [promised(due, today, brief=in_one_key(asked))] if due else []
    items += [
        replace(item(question, section), about=partial(item, question, section))
        for section in asked.sections
        for question in section.questions
    ]
    return tuple(items)


def item_of(
    question: Question,
    today: date,
    section: Section | None = None,
    before: tuple[Earlier, ...] = (),
    recall: Recall = NOTHING,
    opened: Sequence[OpenPromise] = (),
    *,
    talk: bool = False,
) -> Item:
    """Return a question of a set as an item; `talk` says whether the set is about a talk with a person."""
    kind = KINDS[question.kind]

    def respond(typed: Typed) -> Response:
        return with_more(question, kind.respond(question, typed, today), typed)

    def after(response: Response) -> str:
        answer = response.answer
        if answer and question.kind == "scale":
            return course(before, answer, today)
        if answer and question.person:
            return open_with(str(answer.reply or ""), opened, today)
        return "\n".join(promise_words(each, today) for each in response.promises)

    return Item(
        key=question.key,
        section=section.title if section else "",
        intro=section.intro if section else "",
        ask=question.ask,
        hint=f"{question.hint} {PRIVATE}".strip() if question.private else question.hint,
        fields=(*kind.fields(question, today), *offer(question, before)),
        respond=held(respond),
        when=question.when,
        question=question,
        before=before,
        recall=recall,
        after=after,
        talk=talk and question.kind == "promise",
    )
