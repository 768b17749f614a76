"""An entry with something else in it: as the command line says, or as the person answers when asked again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from followme.asking.aside import ask_aside, pick_aside
from followme.clean import one_line
from followme.env import Env
from followme.errors import WrongUsage, either, near_names, quoted
from followme.frozen import frozen
from followme.insight.asked_again import Again, marked, of_answer, of_promise
from followme.insight.wording import shortened
from followme.journal.half_edits import HalfEdit, half_edit
from followme.kinds import KINDS
from followme.kinds.base import Field
from followme.model import Answer, Entry, Promise, Question, Typed
from followme.shell import given as given_words
from followme.shell import usable_sets
from followme.shell.askers import asker_for
from followme.shell.asking_again import ask_again
from followme.shell.named_week import week_of
from followme.shell.paths import paths_of

NOTHING, WEEK, MARK = "nothing", "the week it's for", "mark one answer private, or not private"
PRIVATE, PUBLIC = "mark the whole entry private", "mark the whole entry as not private"

_MOST = 60
"""How many characters of a question or a promise stand in the list of what can be changed."""


@frozen
class Asked:
    """The entry as it is meant to be, and what was typed for that on the disk, None if nothing was."""

    meant: Entry
    half: HalfEdit | None = None

    def drop(self) -> None:
        """Remove what was typed from the disk."""
        if self.half:
            self.half.drop()


def given(
    env: Env, entry: Entry, key: str | None, answers: Iterable[str], week: str | None, private: bool | None
) -> Entry:
    """Return the entry with what the options of the command line say. Raises WrongUsage with every fault."""
    meant, faults = entry, list[str]()
    for name, texts in _pairs(answers).items():
        try:
            again = _again(env, meant, name)
            kind = KINDS[again.question.kind]
            words = [given_words.words(env, text, "The answer") for text in texts]
            if not all(map(str.strip, words)):
                raise ValueError("It has no words. Write some.")
            typed = {**_kept(again.typed), **kind.from_words(again.question, words)}
            meant = again.changed(meant, kind.respond(again.question, typed, env.now().date()))
        except ValueError as error:
            faults.append(f"{one_line(name)}: {error}")
    if faults:
        raise WrongUsage(
            "\n".join(["This doesn't fit, so nothing was changed:", *(f"  {each}" for each in faults)])
        )
    if week is not None:
        meant = replace(meant, week=week_of(week, env.now().date()))
    if private is not None and key:
        meant = named(env, meant, key).marked(meant, private=private)
    elif private is not None:
        meant = replace(meant, private=private)
    return meant


def asked(env: Env, entry: Entry, key: str | None) -> Asked:
    """Return the entry with what the person answers now. Without KEY, they choose what to change. Raises Paused."""
    if key is None:
        chosen = _choice(env, entry)
        if isinstance(chosen, Entry):
            return Asked(chosen)
        again = chosen
    else:
        again = named(env, entry, key)
    half = half_edit(paths_of(env), entry.id, again.question.key)
    while True:
        response = ask_again(env, again, half, env.now().date())
        if response is None:
            return Asked(entry, half)
        try:
            return Asked(again.changed(entry, response), half)
        except ValueError as error:
            env.say(str(error))


def _choice(env: Env, entry: Entry) -> Again | Entry:
    """What the person chooses to ask again, or the entry with another week or mark."""
    things = _things(entry)
    offers: dict[str, Answer | Promise | str] = {NOTHING: NOTHING, **things}
    mark = PUBLIC if entry.private else PRIVATE
    offers |= {WEEK: WEEK, **({MARK: MARK} if things else {}), mark: mark}
    names = {offer: offer for offer in offers}
    chosen = offers[
        pick_aside(asker_for(env), "What do you want to change?", "Press Enter for nothing.", names)
    ]
    if isinstance(chosen, str):
        if chosen == WEEK:
            return _other_week(env, entry)
        if chosen == MARK:
            return _other_mark(env, entry, things)
        return entry if chosen == NOTHING else replace(entry, private=not entry.private)
    try:
        return _of(env, entry, chosen)
    except ValueError as error:
        raise WrongUsage(f"{error} Nothing was changed.") from None


def _things(entry: Entry) -> dict[str, Answer | Promise]:
    """The answers and promises of an entry, each by its words in a list."""
    things: dict[str, Answer | Promise] = {}
    each: Iterable[Answer | Promise] = (*entry.answers, *entry.promises)
    for thing in each:
        words = _offered(thing)
        things[words if words not in things else f"{words} ({len(things) + 1})"] = thing
    return things


def _other_mark(env: Env, entry: Entry, things: dict[str, Answer | Promise]) -> Entry:
    """The entry with the other mark on the one that the person picks: private, or not."""
    names = {NOTHING: NOTHING} | {words: words for words in things}
    hint = "A private one isn't exported; pick it again to undo that. Press Enter for nothing."
    chosen = things.get(pick_aside(asker_for(env), "Which one?", hint, names))
    return marked(entry, chosen, private=not chosen.private) if chosen else entry


def _offered(thing: Answer | Promise) -> str:
    """An answer or a promise in a list."""
    private = " (private)" if thing.private else ""
    if isinstance(thing, Promise):
        return shortened(one_line(f"Promise: {thing.text}"), _MOST) + private
    state = " (skipped)" if thing.skipped else " (forgotten)" if thing.forgotten else ""
    return shortened(one_line(thing.question or thing.key), _MOST) + state + private


def named(env: Env, entry: Entry, key: str) -> Again:
    """The answer or the promise that KEY means. Raises WrongUsage."""
    try:
        return _again(env, entry, key)
    except ValueError as error:
        raise WrongUsage(f"{error} Nothing was changed.") from None


def _other_week(env: Env, entry: Entry) -> Entry:
    today = env.now().date()

    def check(value: object) -> None:
        try:
            week_of(str(value), today)
        except WrongUsage as error:
            raise ValueError(str(error)) from None

    field = Field(
        name="week",
        input="line",
        ask="Which week is it for?",
        hint="Such as last-week, nov 16 or 2026-W47.",
        empty="as it is",
        check=check,
        alone=True,
    )
    asker = asker_for(env)
    while True:
        words = str(ask_aside(asker, field).value).strip()
        try:
            check(words) if words else None
        except ValueError as error:
            asker.complain(str(error))
            continue
        return replace(entry, week=week_of(words, today)) if words else entry


def _again(env: Env, entry: Entry, key: str) -> Again:
    """The answer or the promise that KEY means, to be asked again. Raises ValueError with a sentence."""
    for answer in entry.answers:
        if answer.key == key:
            return _of(env, entry, answer)
    for promise in entry.promises:
        if key in (promise.ref, f"{entry.id}/{promise.ref}"):
            return of_promise(promise)
    known = [*(answer.key for answer in entry.answers), *(promise.ref for promise in entry.promises)]
    near = either([quoted(each) for each in near_names(key, known, 3)])
    has = f"Did you mean {near}?" if near else f"It has {one_line(', '.join(known)) or 'none'}."
    raise ValueError(f"That entry has no answer or promise {quoted(key)}. {has}")


def _of(env: Env, entry: Entry, chosen: Answer | Promise) -> Again:
    if isinstance(chosen, Promise):
        return of_promise(chosen)
    return of_answer(chosen, _today(env, entry, chosen.key))


def _today(env: Env, entry: Entry, key: str) -> Question | None:
    """The question with this key as it's asked today: in the set of the entry, else in any set."""
    name = key.encode(errors="replace")
    sets = sorted(usable_sets.usable(env, lambda data: name in data), key=lambda each: each.name != entry.set)
    return next((question for each in sets for question in each.questions if question.key == key), None)


def _kept(typed: Typed) -> Typed:
    """What a new text of an answer leaves as it is: the fact behind a number, and the cue of a promise."""
    return {name: value for name, value in typed.items() if name in ("fact", "occasion")}


def _pairs(answers: Iterable[str]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for pair in answers:
        key, equals, text = pair.partition("=")
        if not equals:
            raise WrongUsage(f"--answer {quoted(pair)} needs the form KEY=TEXT, so nothing was changed.")
        texts.setdefault(key.strip(), []).append(text)
    return texts
