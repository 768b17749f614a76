"""The walk through a sitting: forward, back, past what does not apply, keeping every answer on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from followme.asking.items import Item, by_words
from followme.asking.talk import in_talk
from followme.errors import Paused
from followme.kinds.base import Field, Typed, Value
from followme.model import Answer, Reply, When

NEXT, BACK, JUMP, FINISH, PAUSE = "next", "back", "jump", "finish", "pause"

END = "."
"""Where a sitting stands when everything has been asked; no question can have this key."""

PROMISED = "promised"
"""What stands for the answer to a question whose promises are stored by themselves."""

_WHICH = Field(name="which", way="one", ask="Which question?", hint="Enter stays here.", empty="stay here")


@dataclass(frozen=True, slots=True)
class Move:
    """What a person did at a field: which way they went, and what stood in it then.

    `number` is the question a JUMP goes to, as it was shown; 0 where they want to choose from a list.
    """

    way: str
    value: Value = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a sitting has come: what was typed for each item, which were left, and where it stands."""

    typed: Mapping[str, Typed] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    at: str = ""

    def with_typed(self, key: str, name: str, value: Value) -> Progress:
        """The same, with this value in this field."""
        return replace(self, typed={**self.typed, key: {**self.typed.get(key, {}), name: value}})

    def left(self, key: str) -> Progress:
        """The same, with this item finished."""
        return self if key in self.done else replace(self, done=(*self.done, key))

    def broken_off(self, key: str) -> Progress:
        """The same, with this item finished as far as it came: a field that is empty by then was not decided."""
        if key in self.done:
            return self
        typed = {name: value for name, value in self.typed.get(key, {}).items() if not _blank(value)}
        return replace(self, typed={**self.typed, key: typed}).left(key)


Keep = Callable[[Progress], object]
"""Puts the progress on disk; tells whether it is there, None where nothing is to be kept."""


class Asker(Protocol):
    """A way to ask a person, or a file, for what an item wants."""

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        """Show the question, "3 of 8"; `first` says that it opens its section."""

    def ask(self, field: Field, value: Value, typing: Callable[[Value], object]) -> Move:
        """Ask for one field, beginning with `value`.

        `typing` hears of every change, and tells whether it is on disk now; None where it is not to be kept.
        """

    def accept(self, field: Field, value: Value) -> None:
        """Show what was taken."""

    def tell(self, words: str) -> None:
        """Show words that want no answer."""

    def complain(self, sentence: str) -> bool:
        """Say why a value does not fit; true if the person can be asked again."""


@dataclass(slots=True)
class Walk:
    """A walk in progress. `keep` writes after each answer, `typing` while one is being typed.

    `section` is the one whose title was shown last, `asked` the field that a person stands at.
    """

    items: Sequence[Item]
    progress: Progress
    asker: Asker
    keep: Keep
    typing: Keep
    section: str = ""
    asked: Field | None = None

    def go(self) -> Progress:
        """Ask everything from where it stands to the end. Raises Paused, with all kept, when the person stops."""
        at = self._position(self.progress.at)
        while (at := self._step(at, +1)) < len(self.items):
            move = self.ask(at)
            if move.way == BACK:
                at = max(self._step(at - 1, -1), 0)
            elif move.way == JUMP:
                at = self._target(move.number, at)
            elif move.way == FINISH:
                at = self._end(at)
            else:
                at += 1
            self._stand_at(at)
        return self.progress

    def ask(self, at: int) -> Move:
        """Ask one item; tells which way the person left it."""
        item = self.items[at]
        self._stand_at(at)
        wanted = self._wanted()
        number, count = wanted.index(item) + 1, len(wanted) + self._undecided()
        first = item.section != self.section
        item = self._with_recalled(as_it_is(item, self.items, self.progress))
        self.asker.introduce(item, number, count, first=first)
        self.section = item.section
        move = self._ask_fields(item)
        if move.way == NEXT:
            self.progress = self.progress.left(item.key)
        self.keep(self.progress)
        if move.way == NEXT and fits(item, self.progress):
            self._tell(item.after(item.give(self._typed(item))))
        return move

    def _tell(self, words: str) -> None:
        if words:
            self.asker.tell(words)

    def _ask_fields(self, item: Item) -> Move:
        at = 0
        while 0 <= at < len(item.fields):
            move = self._ask_field(item, item.fields[at])
            if move.way in (JUMP, FINISH):
                return move
            if move.way == BACK:
                at = self._field_before(item, at)
                continue
            if at == 0 and _blank(move.value):
                break
            at = self._field_after(item, at)
        return Move(BACK if at < 0 else NEXT)

    def _ask_field(self, item: Item, field: Field) -> Move:
        def typing(now: Value) -> object:
            self.progress = self.progress.with_typed(item.key, field.name, now)
            return self.typing(self.progress)

        self.asked = field
        while True:
            value = self._typed(item).get(field.name, "")
            move = self.asker.ask(field, value, typing)
            self.progress = self.progress.with_typed(item.key, field.name, move.value)
            if move.way in (NEXT, FINISH) and not _blank(value) and _blank(move.value):
                self._empty(item, field)
            if move.way == PAUSE:
                self.keep(self.progress)
                raise Paused("")
            fault = "" if move.way in (BACK, JUMP) else _fault(field, move.value)
            if not fault or not self.asker.complain(fault):
                if move.way == NEXT or (move.way == FINISH and not _blank(move.value)):
                    move = self._settled(item, field, move)
                    self.asker.accept(field, move.value)
                return move

    def _settled(self, item: Item, field: Field, move: Move) -> Move:
        """The move with what was taken in words that mean the same tomorrow."""
        if field.settle is None or _blank(move.value):
            return move
        settled = field.settle(move.value)
        self.progress = self.progress.with_typed(item.key, field.name, settled)
        return replace(move, value=settled)

    def _empty(self, item: Item, emptied: Field) -> None:
        """What was typed after an emptied field, and only because of it, goes too."""
        kept: dict[str, Value] = {}
        if emptied is not item.fields[0]:
            typed = self.progress.typed[item.key]
            for each in item.fields:
                kept[each.name] = typed.get(each.name, "") if each.wanted(kept) else ""
        self.progress = replace(self.progress, typed={**self.progress.typed, item.key: kept})

    def _field_before(self, item: Item, at: int) -> int:
        typed = self._typed(item)
        return next((to for to in range(at - 1, -1, -1) if item.fields[to].wanted(typed)), -1)

    def _field_after(self, item: Item, at: int) -> int:
        typed = self._typed(item)
        rest = range(at + 1, len(item.fields))
        return next((to for to in rest if item.fields[to].wanted(typed)), len(item.fields))

    def _end(self, at: int) -> int:
        """The end of the sitting, reached early: all that has words counts as left, the rest as not asked."""
        for item in self._wanted():
            if self._was_reached(item):
                self.progress = self.progress.broken_off(item.key)
        if self.progress.done:
            return len(self.items)
        self.asker.complain("Nothing is answered yet, so there is nothing to finish. Ctrl+C pauses.")
        return at

    def _target(self, number: int, at: int) -> int:
        """Where a jump leads: to a question that was reached, or the next one after these."""
        wanted = self._wanted()
        left = [n for n, item in enumerate(wanted) if self._was_reached(item)]
        reached = wanted[: max(left, default=-1) + 2]
        number = number or self._which(reached)
        if 1 <= number <= len(reached):
            return self.items.index(reached[number - 1])
        if number:
            self.asker.complain(f"You can go to questions 1 to {len(reached)}.")
        return at

    def _which(self, reached: Sequence[Item]) -> int:
        """The number that the person chooses from a list of questions; 0 to stay."""
        options = tuple(by_words(reached))
        field = replace(_WHICH, options=options)
        move = self.asker.ask(field, "", lambda value: None)
        if move.way == PAUSE:
            raise Paused("")
        if move.way != NEXT or not move.value:
            return 0
        self.asker.accept(field, move.value)
        return options.index(str(move.value)) + 1

    def _was_reached(self, item: Item) -> bool:
        return item.key in self.progress.done or any(self._typed(item).values())

    def _wanted(self) -> list[Item]:
        return [item for item in self.items if applies(item.when, self.items, self.progress)]

    def _undecided(self) -> int:
        """How many more questions there may be, as answers decide that are still to come: the most of each one."""
        ways: dict[str, Counter[str]] = {}
        for item in self.items:
            when = item.when
            if when and when.key not in self.progress.done and not applies(when, self.items, self.progress):
                ways.setdefault(when.key, Counter()).update([f"{when.test} {when.value}"])
        return sum(max(ways[item.key].values()) for item in self._wanted() if item.key in ways)

    def _with_recalled(self, item: Item) -> Item:
        if not item.recall.keys:
            return item
        done = [
            each for each in self._wanted() if each.key in self.progress.done and fits(each, self.progress)
        ]
        answers = [each.give(self._typed(each)).answer for each in done]
        return replace(item, quote=item.recall.words([answer for answer in answers if answer]))

    def _typed(self, item: Item) -> Typed:
        return self.progress.typed.get(item.key, {})

    def _step(self, at: int, by: int) -> int:
        """The first item from `at` on, in this direction, that applies."""
        while 0 <= at < len(self.items) and not applies(self.items[at].when, self.items, self.progress):
            at += by
        return at

    def _position(self, key: str) -> int:
        end = len(self.items) if key == END else 0
        return next((at for at, item in enumerate(self.items) if item.key == key), end)

    def _stand_at(self, at: int) -> None:
        self.progress = replace(self.progress, at=self.items[at].key if at < len(self.items) else END)


def person_of(items: Sequence[Item], progress: Progress) -> str | None:
    """Who the sitting is about: "" where that was skipped, None as long as it was not asked."""
    for each in items:
        asks = each.question and each.question.person and each.key in progress.done
        if asks and applies(each.when, items, progress):
            reply = _reply(each.key, items, progress)
            return reply.strip() if isinstance(reply, str) else ""
    return None


def as_it_is(item: Item, items: Sequence[Item], progress: Progress) -> Item:
    """The item as this sitting asks it: once that is about a person, with what is about them and no one else."""
    asks_who = item.question and item.question.person
    person = None if asks_who else person_of(items, progress)
    return item if person is None else in_talk(item.about(person) if item.about else item, person)


def applies(when: When | None, items: Sequence[Item], progress: Progress) -> bool:
    """Whether the condition holds for the answers so far; an unanswered question fulfils only its absence."""
    if when is None:
        return True
    reply = _reply(when.key, items, progress)
    if when.test == "answered":
        return (reply is not None) == when.value
    if reply is None:
        return False
    if when.test == "includes":
        return isinstance(reply, tuple) and when.value in reply
    if when.test == "is":
        return reply == when.value
    return _compare(when, reply)


def _compare(when: When, reply: Reply) -> bool:
    if not isinstance(reply, int) or not isinstance(when.value, int):
        return False
    return reply < when.value if when.test == "below" else reply > when.value


def _reply(key: str, items: Sequence[Item], progress: Progress) -> Reply | None:
    item = next((each for each in items if each.key == key), None)
    if item is None or key not in progress.done:
        return None
    try:
        given = item.give(progress.typed.get(key, {}))
    except ValueError:
        # In a talk, who will be asked is known without being said.
        return PROMISED if item.talk else None
    answer: Answer | None = given.answer
    return answer.reply if answer else (PROMISED if given.promises else None)


def fits(item: Item, progress: Progress) -> bool:
    """Whether what was typed for an item makes an answer; it may not after going back, or a hard stop."""
    try:
        item.give(progress.typed.get(item.key, {}))
    except ValueError:
        return False
    return True


def _fault(field: Field, value: Value) -> str:
    try:
        if field.check and not _blank(value):
            field.check(value)
    except ValueError as error:
        return str(error)
    return ""


def _blank(value: Value) -> bool:
    return not (value.strip() if isinstance(value, str) else value)
