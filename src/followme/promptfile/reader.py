"""Turns TOML tables into a PromptSet and collects every fault instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from followme.errors import quoted, toml_word
from followme.kinds import KINDS
from followme.model import OPEN_KINDS, QUARTER, YEAR, PromptSet, Question, Section, When
from followme.promptfile.cadences import CADENCES
from followme.tables.reader import Reader

MAX_QUESTIONS = 500

_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
_SET = ("title", "about", "cadence", "minutes", "look_back", "private", "event", "source", "section")
_SECTION = ("title", "intro", "pick", "spare", "question")
_COMMON = (
    *("key", "kind", "ask", "hint", "variants", "vary", "idea", "recall", "every", "when", "private"),
    "optional",
)
_SETTINGS = (
    *("low", "high", "low_label", "high_label", "fact", "options", "none", "formerly", "most", "promise"),
    "person",
)
_TESTS: dict[str, tuple[type, ...]] = {
    "below": (int,),
    "above": (int,),
    "is": (str, int, bool),
    "not": (str, int, bool),
    "includes": (str, list),
    "answered": (bool,),
}


def read_set(reader: Reader, name: str) -> PromptSet:
    """Return the set in the table of a whole file, as far as it can be read; the reader collects the faults."""
    reader.known(_SET)
    seen: dict[str, Question] = {}
    prompt_set = PromptSet(
        name=name,
        title=reader.text("title", needed=True),
        sections=tuple(_section(each, seen) for each in reader.inside("section")),
        about=reader.text("about"),
        cadence=reader.one_of("cadence", CADENCES, "any"),
        minutes=reader.number("minutes", 1, 240),
        look_back=_look_back(reader),
        private=bool(reader.value("private", bool)),
        event=reader.value("event", bool),
        source=reader.text("source"),
    )
    count = sum(1 for _ in prompt_set.questions)
    if not count:
        reader.fault("", "the set has no questions; add a [[section]] with a [[section.question]]")
    if count > MAX_QUESTIONS:
        reader.fault("", f"the set has {count} questions, and {MAX_QUESTIONS} is the limit; split it")
    return prompt_set


def _look_back(reader: Reader) -> int | str | None:
    if isinstance(reader.table.get("look_back"), str):
        return reader.one_of("look_back", (QUARTER, YEAR), QUARTER)
    return reader.number("look_back", 1, 53)


def _section(reader: Reader, seen: dict[str, Question]) -> Section:
    reader.known(_SECTION)
    section = Section(
        title=reader.text("title", needed=True),
        questions=tuple(_question(each, seen) for each in reader.inside("question")),
        intro=reader.text("intro"),
        pick=reader.number("pick", 1, MAX_QUESTIONS),
        spare=bool(reader.value("spare", bool)),
    )
    if section.pick is not None and section.pick > len(section.questions):
        reader.fault(
            "pick", f"it picks {section.pick} of {len(section.questions)} questions; lower it or remove it"
        )
    return section


def _question(reader: Reader, seen: dict[str, Question]) -> Question:
    reader.known(_COMMON + _SETTINGS)
    question = Question(
        key=_key(reader, seen),
        kind=reader.one_of("kind", tuple(KINDS)),
        ask=reader.text("ask", needed=True),
        hint=reader.text("hint"),
        low=reader.value("low", int),
        high=reader.value("high", int),
        low_label=reader.text("low_label"),
        high_label=reader.text("high_label"),
        fact=bool(reader.value("fact", bool)),
        options=reader.texts("options"),
        none=reader.text("none"),
        formerly=_formerly(reader),
        most=reader.value("most", int),
        promise=reader.text("promise") or "do",
        variants=reader.texts("variants"),
        vary=reader.one_of("vary", ("sitting", "quarter"), "sitting"),
        idea=reader.text("idea"),
        recall=_recall(reader, seen),
        every=reader.number("every", 1, 104) or 1,
        when=_when(reader, seen),
        private=bool(reader.value("private", bool)),
        optional=bool(reader.value("optional", bool)),
        person=bool(reader.value("person", bool)),
    )
    _check(reader, question, seen)
    if question.key:
        seen[question.key] = question
    return question


def _check(reader: Reader, question: Question, seen: Mapping[str, Question]) -> None:
    """Note what doesn't fit the question's kind, and a second question for the person of an entry."""
    if question.kind:
        _fits_kind(reader, question)
    if question.person and (other := next((each.key for each in seen.values() if each.person), "")):
        reader.fault("person", f"{other!r} already names the entry's person; mark only one question")


def _key(reader: Reader, seen: Mapping[str, Question]) -> str:
    key = reader.text("key", needed=True)
    if not key:
        return ""
    if not _KEY.fullmatch(key):
        reader.fault(
            "key", f"{quoted(key)} must be at most 40 small letters, digits and hyphens, the first a letter"
        )
        return ""
    if key in seen:
        reader.fault("key", f"{key!r} is used twice in this set; give each question its own key")
    return key


def _fits_kind(reader: Reader, question: Question) -> None:
    """Note settings that belong to other kinds, and faults that the kind finds, unless the type was already wrong."""
    wrong = {fault.key for fault in reader.faults if fault.position == reader.position}
    settings = KINDS[question.kind].SETTINGS
    for key in reader.table:
        if key in _SETTINGS and key not in settings:
            reader.fault(key, f"a question of kind {question.kind} doesn't have this setting; remove it")
    for key, text in KINDS[question.kind].faults(question):
        if key not in wrong:
            reader.fault(key, text)
    for key, what in (("variants", "them"), ("vary", "it")):
        if key in reader.table and key not in wrong and question.kind not in OPEN_KINDS:
            reader.fault(
                key, f"a {question.kind} keeps its wording, so that its answers compare; remove {what}"
            )


def _recall(reader: Reader, seen: Mapping[str, Question]) -> tuple[str, ...]:
    keys = reader.texts("recall")
    for key in keys:
        if key not in seen:
            reader.fault(
                "recall", f"no earlier question in this set has the key {quoted(key)}; name one that has"
            )
    return keys


def _formerly(reader: Reader) -> tuple[tuple[str, str], ...]:
    table = reader.value("formerly", dict) or {}
    if not all(isinstance(option, str) for option in table.values()):
        reader.fault("formerly", 'write each as "old option" = "new option", in braces')
        return ()
    return tuple(table.items())


def _when(reader: Reader, seen: Mapping[str, Question]) -> When | None:
    when: Any = reader.value("when", dict)
    if when is None:
        return None
    tests = [name for name in when if name != "key"]
    if not isinstance(when.get("key"), str) or len(tests) != 1 or tests[0] not in _TESTS:
        reader.fault("when", 'write a key and one test, such as when = { key = "care-days", below = 2 }')
        return None
    test = tests[0]
    value = when[test]
    if type(value) not in _TESTS[test]:
        reader.fault("when", f"{test!r} can't be compared with {toml_word(value)}")
        return None
    if isinstance(value, list) and not (value and all(isinstance(each, str) for each in value)):
        reader.fault("when", f'{test!r} takes words, or a list of them; write {test} = ["…", "…"]')
        return None
    condition = When(key=when["key"], test=test, value=tuple(value) if isinstance(value, list) else value)
    if condition.key not in seen:
        reader.fault(
            "when", f"no earlier question in this set has the key {quoted(condition.key)}; name one that has"
        )
    elif never := _never(condition, seen[condition.key]):
        reader.fault(
            "when", f"it's never true, because {never}; change it, or the question will never be asked"
        )
    elif strange := _strange(condition, seen[condition.key]):
        reader.fault("when", f"{strange}; change it or remove it")
    return condition


def _never(when: When, asked: Question) -> str:
    """Why no answer to this question can meet the condition; "" if one can."""
    by_value: dict[type, tuple[str, ...]] = {
        bool: ("yesno",),
        int: ("scale",),
        str: ("text", "line", "choice"),
    }
    by_test = {
        "below": ("scale",),
        "above": ("scale",),
        "includes": ("several", "list"),
        "answered": tuple(KINDS),
    }
    if asked.kind and asked.kind not in (by_test.get(when.test) or by_value[type(when.value)]):
        remedy = "; of a yesno, write is = true or is = false" if asked.kind == "yesno" else ""
        return f"no answer to {asked.key!r}, which is of kind {asked.kind}, can be compared this way{remedy}"
    return _strange(when, asked) if not set(when.words) & set(asked.offered) else ""


def _strange(when: When, asked: Question) -> str:
    """A sentence on a text it compares with that isn't an option of this question; "" if there is none."""
    strange = next((each for each in when.words if asked.options and each not in asked.offered), "")
    return f"{quoted(strange)} isn't one of the options of {asked.key!r}" if strange else ""
