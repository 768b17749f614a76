"""The batch asker: answers from a TOML text and the command line, with all faults reported at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any

from followme import toml
from followme.asking.followup import FALLS_SHORT, details, typed_outcome
from followme.asking.item import Item
from followme.asking.walk import NEXT, Move, Rows
from followme.errors import WrongUsage, listed_faults, quoted, toml_word
from followme.frozen import mutable
from followme.insight.promises import OpenPromise
from followme.insight.wording import shortened
from followme.kinds import KINDS
from followme.kinds.base import Field, one_line
from followme.model import RESULTS, Outcome, PromptSet, Question, Typed, Value

_CHANGE = ("text", "by", "to")
_OUTCOME = ("promise", "result", "note", "told")


@mutable
class Batch:
    """An asker that never waits: it answers from `typed`, and collects what is missing or doesn't fit.

    `named` has the keys that the answers mention, with or without a fault; these are not reported as missing.
    """

    typed: Mapping[str, Typed]
    named: frozenset[str]
    faults: list[str] = field(default_factory=list)
    here: Item | None = None

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        """Turn to an item; note a fault if it needs an answer and has none."""
        self.here = item
        question = item.question
        if item.key not in self.named and question and not question.optional:
            self.faults.append(f"{item.key}: it has no answer; answer it, or skip it with --skip {item.key}.")

    def ask(self, field: Field, value: Value, typing: Callable[[Value], object]) -> Move:
        """Return the value given for this field."""
        return Move(NEXT, self.typed.get(self.here.key, {}).get(field.name, "") if self.here else "")

    def accept(self, field: Field, value: Value) -> None:
        """Do nothing: no one watches."""

    def keep_at_hand(self, pages: Rows) -> None:
        """Do nothing: no one looks."""

    def tell(self, words: str) -> None:
        """Do nothing: no one listens."""

    def complain(self, sentence: str) -> bool:
        """Note the fault and return False: nothing can be asked again."""
        if self.here:
            self.faults.append(f"{self.here.key}: {sentence}")
        return False


def read_table(text: str, name: str) -> dict[str, Any]:
    """Return the table of an answers file called `name`. Raises WrongUsage with the line if it isn't TOML."""
    try:
        return toml.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except ValueError as error:
        raise WrongUsage(f"The answers in {name} aren't TOML: {error}. Nothing was saved.") from None


def prepare(
    prompt_set: PromptSet,
    opened: Sequence[OpenPromise],
    table: Mapping[str, Any],
    words: Sequence[str],
    skips: Sequence[str],
    today: date,
) -> Batch:
    """Return an asker for these answers: `table` from a file, `words` as KEY=TEXT; its faults say what doesn't fit.

    `opened` has the promises that an outcome may be about; days such as "friday" are counted from `today`.
    """
    questions = {question.key: question for question in prompt_set.questions}
    faults: list[str] = []
    typed: dict[str, Typed] = {}
    in_file, in_words = dict(table), _pairs(words, faults)
    outcomes = in_file.pop("outcome", []) if "outcome" not in questions else []
    named = dict.fromkeys([*in_file, *in_words, *skips])
    for key in named:
        if key not in questions:
            known = ", ".join(questions)
            faults.append(
                f"{shortened(key, 40)}: the set {prompt_set.name} has no such question; its keys are {known}."
            )
        elif (key in in_file) + (key in in_words) + (key in skips) > 1:
            faults.append(f"{key}: it's given more than once; give it in one place.")
        elif key not in skips:
            _fit(questions[key], in_file.get(key), in_words.get(key, []), today, typed, faults)
    _fit_outcomes(outcomes, {each.ref: each for each in opened}, today, typed, faults)
    return Batch(typed, frozenset(named), faults)


def refuse(faults: Sequence[str]) -> None:
    """Raise WrongUsage with everything that is wrong with the answers, if anything is."""
    if faults:
        lines = "\n".join(f"  {fault}" for fault in listed_faults(faults))
        raise WrongUsage(f"The answers don't fit, so nothing was saved:\n{lines}")


def _pairs(words: Sequence[str], faults: list[str]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for pair in words:
        key, equals, text = pair.partition("=")
        if equals:
            texts.setdefault(key.strip(), []).append(text)
        else:
            faults.append(f"--answer {shortened(pair, 40)}: it needs the form KEY=TEXT.")
    return texts


def _fit(
    question: Question, value: Any, words: list[str], today: date, typed: dict[str, Typed], faults: list[str]
) -> None:
    kind = KINDS[question.kind]
    try:
        said = kind.from_words(question, words) if words else kind.from_toml(question, value)
        # A value that makes no answer, such as a day long past, must not reach the sitting.
        kind.respond(question, said, today)
        _checked(said, kind.fields(question, today))
    except ValueError as error:
        faults.append(f"{question.key}: {error}")
    else:
        typed[question.key] = said


def _fit_outcomes(
    tables: Any,
    opened: Mapping[str, OpenPromise],
    today: date,
    typed: dict[str, Typed],
    faults: list[str],
) -> None:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        faults.append("outcome: it must be tables; write [[outcome]] before each, with promise and result.")
        return
    for number, table in enumerate(tables, 1):
        try:
            outcome = _outcome(table)
            change = _change(table)
            if outcome.promise not in opened:
                known = f"the open ones are {', '.join(opened)}" if opened else "none are open"
                raise ValueError(f"there's no open promise {quoted(outcome.promise)}; {known}.")
            if outcome.promise in typed:
                raise ValueError(f"{outcome.promise} has two outcomes; give it one.")
            due = opened[outcome.promise]
            typed[outcome.promise] = _checked(
                typed_outcome(due, outcome, change), details(replace(due, returns=1), today)
            )
        except ValueError as error:
            faults.append(f"outcome {number}: {error}")


def _checked(typed: Typed, fields: Sequence[Field]) -> Typed:
    """The typed text; raises ValueError with a sentence if a value doesn't fit its field."""
    for each in fields:
        if each.check and typed.get(each.name):
            each.check(typed[each.name])
    return typed


def _change(table: Mapping[str, Any]) -> dict[str, str]:
    """The change that replaced a promise, as typed words."""
    change = {key: table[key] for key in _CHANGE if key in table}
    if isinstance(change.get("by"), date):
        change["by"] = change["by"].isoformat()
    for key, words in change.items():
        if not isinstance(words, str) or not words.strip():
            raise ValueError(f"{key} must be text, not {toml_word(words)}.")
        one_line(words)
    return change


def _outcome(table: Mapping[str, Any]) -> Outcome:
    unknown = sorted(table.keys() - {*_OUTCOME, *_CHANGE})
    if unknown:
        raise ValueError(f"it has no {quoted(unknown[0])}; it has {', '.join(_OUTCOME)}.")
    if "promise" not in table:
        raise ValueError('it needs its promise; add promise = "…", as show --json gives it.')
    for key in ("promise", "result", "note"):
        if not isinstance(table.get(key, ""), str):
            raise ValueError(f"{key} must be text, not {toml_word(table[key])}.")
    if not isinstance(table.get("told", False), bool):
        raise ValueError(f"told must be true or false, not {toml_word(table['told'])}.")
    if table.get("result") not in RESULTS:
        raise ValueError(f"result must be one of {', '.join(RESULTS)}.")
    if "told" in table and table["result"] not in FALLS_SHORT:
        raise ValueError(f"told is for {', '.join(FALLS_SHORT)}; leave it out where it is {table['result']}.")
    one_line(table.get("note", ""))
    return Outcome(
        promise=table["promise"],
        result=table["result"],
        note=table.get("note", ""),
        told=table.get("told"),
    )
