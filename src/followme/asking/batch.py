"""The batch asker: answers from a TOML text and the command line, with everything wrong said at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from followme.asking.items import Item, typed_outcome
from followme.asking.walk import NEXT, Move
from followme.errors import WrongUsage
from followme.insight.promises import OpenPromise
from followme.kinds import KINDS
from followme.kinds.base import Field, Typed, Value, toml_word
from followme.model import RESULTS, Outcome, PromptSet, Question

MAX_BYTES = 16_000_000

_OUTCOME = ("promise", "result", "note", "told")


@dataclass(slots=True)
class Batch:
    """An asker that never waits: it answers from `typed`, and gathers what is missing or does not fit."""

    typed: Mapping[str, Typed]
    skips: frozenset[str]
    faults: list[str] = field(default_factory=list)
    here: Item | None = None

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        """Turn to an item; one that must be answered and is not is missing."""
        self.here = item
        question = item.question
        if item.key not in self.typed and item.key not in self.skips and question and not question.optional:
            self.faults.append(
                f"{item.key}: it has no answer; answer it, or pass it over with --skip {item.key}."
            )

    def ask(self, field: Field, value: Value, typing: Callable[[Value], None]) -> Move:
        """What was given for this field."""
        return Move(NEXT, self.typed.get(self.here.key, {}).get(field.name, "") if self.here else "")

    def accept(self, field: Field, value: Value) -> None:
        """Nobody watches."""

    def complain(self, sentence: str) -> bool:
        """Note it and go on; nothing can be asked again."""
        if self.here:
            self.faults.append(f"{self.here.key}: {sentence}")
        return False


def read_table(text: str, name: str) -> dict[str, Any]:
    """The table of an answers file called `name`. Raises WrongUsage with the line where it is not TOML."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise WrongUsage(f"The answers in {name} are not TOML: {error}. Nothing was stored.") from None


def prepare(
    found: PromptSet,
    due: Sequence[OpenPromise],
    table: Mapping[str, Any],
    words: Sequence[str],
    skips: Sequence[str],
) -> Batch:
    """An asker for these answers: `table` from a file, `words` as KEY=TEXT; its faults say what does not fit."""
    questions = {question.key: question for question in found.questions}
    batch = Batch({}, frozenset(skips))
    typed: dict[str, Typed] = {}
    given, spoken = dict(table), _pairs(words, batch.faults)
    outcomes = given.pop("outcome", []) if "outcome" not in questions else []
    for key in dict.fromkeys([*given, *spoken, *skips]):
        if key not in questions:
            known = ", ".join(questions)
            batch.faults.append(f"{key}: the set {found.name} has no such question; its keys are {known}.")
        elif (key in given) + (key in spoken) + (key in skips) > 1:
            batch.faults.append(f"{key}: it is given more than once; say it in one place.")
        elif key not in skips:
            _fit(questions[key], given.get(key), spoken.get(key, []), typed, batch.faults)
    _fit_outcomes(outcomes, {each.ref: each for each in due}, typed, batch.faults)
    batch.typed = typed
    return batch


def refuse(faults: Sequence[str]) -> None:
    """Raise WrongUsage naming everything that is wrong with the answers; nothing if nothing is."""
    if faults:
        lines = "\n".join(f"  {fault}" for fault in faults)
        raise WrongUsage(f"The answers do not fit, and nothing was stored:\n{lines}")


def _pairs(words: Sequence[str], faults: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in words:
        key, equals, text = pair.partition("=")
        if equals:
            found.setdefault(key.strip(), []).append(text)
        else:
            faults.append(f"--answer {pair[:40]}: it needs the form KEY=TEXT.")
    return found


def _fit(
    question: Question, value: Any, words: list[str], typed: dict[str, Typed], faults: list[str]
) -> None:
    kind = KINDS[question.kind]
    try:
        typed[question.key] = kind.from_words(question, words) if words else kind.from_toml(question, value)
    except ValueError as error:
        faults.append(f"{question.key}: {error}")


def _fit_outcomes(
    tables: Any, due: Mapping[str, OpenPromise], typed: dict[str, Typed], faults: list[str]
) -> None:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        faults.append("outcome: write [[outcome]] before each, with promise and result.")
        return
    for table in tables:
        try:
            outcome = _outcome(table)
            if outcome.promise not in due:
                raise ValueError(f"no open promise is called {outcome.promise!r}.")
            typed[outcome.promise] = typed_outcome(due[outcome.promise], outcome)
        except ValueError as error:
            faults.append(f"outcome: {error}")


def _outcome(table: Mapping[str, Any]) -> Outcome:
    unknown = sorted(table.keys() - set(_OUTCOME))
    if unknown:
        raise ValueError(f"it has no {unknown[0]!r}; it has {', '.join(_OUTCOME)}.")
    for key in ("promise", "result", "note"):
        if not isinstance(table.get(key, ""), str):
            raise ValueError(f"{key} must be text, not {toml_word(table[key])}.")
    if not isinstance(table.get("told", False), bool):
        raise ValueError(f"told must be true or false, not {toml_word(table['told'])}.")
    if table.get("result") not in RESULTS:
        raise ValueError(f"result must be one of {', '.join(RESULTS)}.")
    return Outcome(
        promise=table.get("promise", ""),
        result=table["result"],
        note=table.get("note", ""),
        told=table.get("told"),
    )
