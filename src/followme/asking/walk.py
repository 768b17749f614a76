"""The walk through a sitting: it goes forward and back, leaves out what doesn't apply, and keeps every answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from followme.asking.item import Item, by_words
from followme.asking.state import AT_END, State
from followme.errors import Paused
from followme.frozen import frozen, mutable
from followme.kinds.base import ADD, ADJUST, REWORD, Field
from followme.model import Progress, Typed, Value, is_blank

NEXT, BACK, JUMP, FINISH, PAUSE = "next", "back", "jump", "finish", "pause"

S = TypeVar("S", bound=State)

_FINISHED = "Finished early. The rest isn't asked, and doesn't count as skipped."

_PLUS = (
    '"+" alone isn\'t an answer. It adds a promise at the row or the cue of one, if the question takes more.'
)

_WHICH = Field(
    name="which", input="one", ask="Which question?", hint="Press Enter to stay here.", empty="stay here"
)


@frozen
class Move:
    """A person's move at a field: which way they went, and the field's value at that moment.

    At a row, ADJUST, REWORD and ADD are ways too; at a cue, ADD is.
    `number` is the shown number of the question that a JUMP goes to; 0 if they want to choose from a list.
    """

    action: str
    value: Value = ""
    number: int = 0


Keep = Callable[[S], object]
"""Puts a sitting on disk and returns whether it is there, None if nothing should be kept."""


Rows = Callable[[int], list[str]]
"""A function that breaks words into rows of at most the given number of columns."""


class Asker(Protocol):
    """A way to ask a person, or a file, for the fields of an item."""

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        """Show the question, with "3 of 8"; `first` says whether it is the first of its section."""

    def ask(self, field: Field, value: Value, typing: Callable[[Value], object]) -> Move:
        """Ask for one field, beginning with `value`.

        `typing` gets every change and returns whether it is on disk, None if it should not be kept.
        """

    def accept(self, field: Field, value: Value) -> None:
        """Show the value that was taken."""

    def keep_at_hand(self, pages: Rows) -> None:
        """Have these pages at hand from now on, for the person to look at while answering."""

    def tell(self, words: str) -> None:
        """Show words that need no answer."""

    def complain(self, sentence: str) -> bool:
        """Say why a value doesn't fit; return True if the person can be asked again."""


@mutable
class Walk(Generic[S]):
    """A walk in progress. `keep` writes after each answer, `typing` while one is being typed.

    `section` is the section whose title was shown last, `asked` the field being asked.
    """

    state: S
    asker: Asker
    keep: Keep[S]
    typing: Keep[S]
    section: str = ""
    asked: Field | None = None

    @property
    def items(self) -> Sequence[Item]:
        """Everything that the sitting can ask."""
        return self.state.items

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        return self.state.progress

    @progress.setter
    def progress(self, progress: Progress) -> None:
        self.state = replace(self.state, progress=progress)

    def go(self, *, back: bool = False) -> Progress:
        """Ask everything from the current item to the end; `back` if the person comes to it from what follows.

        Raises Paused, with everything kept, if the person stops.
        """
        at = self._position(self.progress.at)
        while (at := self._step(at, +1)) < len(self.items):
            move = self.ask(at, back=back)
            before = self._step(at - 1, -1)
            back = move.action == BACK and before >= 0
            if move.action == BACK:
                at = max(before, 0)
            elif move.action == JUMP:
                at = self._target(move.number, at)
            elif move.action == FINISH:
                at = self._end(at)
            else:
                at += 1
            self._stand_at(at)
        return self.progress

    def ask(self, at: int, *, back: bool = False) -> Move:
        """Ask one item, if the person comes `back` to it, from its last field; return the move that left it."""
        item = self.items[at]
        self._stand_at(at)
        number, count = self.state.number(item), self.state.count
        first = item.section != self.section
        item = self.state.with_recalled(self.state.as_it_is(item))
        self.asker.introduce(item, number, count, first=first)
        self.section = item.section
        move = self._ask_fields(item, self._last_asked(item) if back else 0)
        if move.action == NEXT:
            self.progress = self.progress.left(item.key)
        self.keep(self.state)
        if (
            move.action == NEXT
            and (response := self.state.response(item))
            and (words := item.after(response))
        ):
            self.asker.tell(words)
        return move

    def _ask_fields(self, item: Item, at: int) -> Move:
        if at:
            # The answer itself isn't asked for, so it's shown.
            self.asker.accept(item.fields[0], self._begin_with(item, item.fields[0]))
        while 0 <= at < len(item.fields):
            field = item.fields[at]
            aside = field.aside(self.state.typed(item))
            move = self._ask_field(item, field)
            if move.action in (JUMP, FINISH):
                return move
            if move.action in (ADJUST, REWORD, ADD):
                turn = self._as_asked(item, field).turns[move.action]
                at = [each.name for each in item.fields].index(turn)
            elif move.action == BACK:
                at = self._field(item, range(at - 1, -1, -1), -1, aside=aside)
            elif at == 0 and is_blank(move.value):
                break
            else:
                at = self._field(item, range(at + 1, len(item.fields)), len(item.fields), aside=aside)
        return Move(BACK if at < 0 else NEXT)

    def _last_asked(self, item: Item) -> int:
        """The last field that was asked: the first one if that was left empty, or has what doesn't fit."""
        value = self._begin_with(item, item.fields[0])
        if is_blank(value) or fault_of(item.fields[0], value):
            return 0
        return self._field(item, range(len(item.fields) - 1, 0, -1), 0, aside=False)

    def _field(self, item: Item, places: Sequence[int], otherwise: int, *, aside: bool) -> int:
        """The first of these fields that must still be asked, given what was typed."""
        typed, fields = self.state.typed(item), item.fields
        ways = (at for at in places if fields[at].applies(typed) and (aside or not fields[at].aside(typed)))
        return next(ways, otherwise)

    def _ask_field(self, item: Item, field: Field) -> Move:
        on_disk: S | None = None

        def take(now: Value) -> None:
            self._take(item, field, before, first, now)

        def typing(now: Value) -> object:
            nonlocal on_disk
            take(now)
            kept = self.typing(self.state)
            on_disk = self.state if kept else None
            return kept

        self.asked = field
        before, first, drops = self.state.typed(item), self._begin_with(item, field), field.drops
        while True:
            value = self._begin_with(item, field)
            move = self.asker.ask(self._as_asked(item, field), value, typing)
            take(move.value)
            self._read(item, field, before, move.value)
            if move.action in (NEXT, FINISH) and not is_blank(first) and is_blank(move.value):
                self._empty(item, field)
            if move.action == PAUSE:
                self.keep(self.state)
                raise Paused("")
            fault = "" if move.action in (BACK, JUMP) else fault_of(field, move.value)
            if move.action == NEXT and is_blank(move.value):
                # The Enter may have come out of habit, after the line before.
                fault, drops = fault or drops, ""
            if fault and self.asker.complain(fault):
                continue
            if move.action == ADD:
                self._add(item, self._as_asked(item, field).turns[ADD])
            if move.action == NEXT or (move.action in (ADD, FINISH) and not is_blank(move.value)):
                move = replace(move, value=self._accept(item, field, move.value))
            if move.action in (NEXT, ADD, FINISH) and self.state != on_disk:
                # One key may have answered, and a line been read.
                self.typing(self.state)
            return move

    def _as_asked(self, item: Item, field: Field) -> Field:
        return field.now(self.state.typed(item)) if field.now else field

    def _accept(self, item: Item, field: Field, typed: Value) -> Value:
        """Keep and show a value in words that mean the same tomorrow, and say what may surprise in it; return it."""
        value = field.settle(typed) if field.settle and not is_blank(typed) else typed
        self.progress = self.progress.with_typed(item.key, field.name, value)
        self.asker.accept(field, value)
        if field.remark and (words := field.remark(str(typed))):
            self.asker.tell(words)
        return value

    def _add(self, item: Item, name: str) -> None:
        """Have this field asked, by putting it among those that were typed."""
        now = self.state.typed(item).get(name, "")
        self.progress = self.progress.with_typed(item.key, name, now)

    def _begin_with(self, item: Item, field: Field) -> Value:
        """What was typed for a field, or what it begins with."""
        typed = self.state.typed(item)
        return field.start(typed) if field.start and field.name not in typed else typed.get(field.name, "")

    def _take(self, item: Item, field: Field, before: Typed, first: Value, now: Value) -> None:
        """Keep what is typed now beside what was typed before; another value than the first one is read anew."""
        said = field.read(now, before) if field.read and now != first else {}
        typed = {name: words for name, words in {**before, **said}.items() if words or name not in said}
        self._keep_typed(item, {**typed, field.name: now})

    def _keep_typed(self, item: Item, typed: Typed) -> None:
        self.progress = replace(self.progress, typed={**self.progress.typed, item.key: typed})

    def _read(self, item: Item, field: Field, before: Typed, value: Value) -> None:
        """Keep what a value says for other fields, unless they were read from it, and maybe changed, before.

        A value that settles says it only once.
        """
        typed = self.state.typed(item)
        said = field.read(value, before) if field.read else {}
        if field.settle or not any(map(typed.get, said)):
            for name in filter(said.get, said):
                self.progress = self.progress.with_typed(item.key, name, said[name])

    def _empty(self, item: Item, emptied: Field) -> None:
        """Remove the fields after an emptied field that were only asked because of it."""
        kept = {} if emptied is item.fields[0] else dict(self.state.typed(item))
        for each in item.fields:
            if each.name in kept and not any(
                other.applies(kept) for other in item.fields if other.name == each.name
            ):
                del kept[each.name]
        self._keep_typed(item, kept)

    def _end(self, at: int) -> int:
        """End the sitting early: every item with words counts as finished, the rest as not asked."""
        for item in self.state.applicable:
            if self.state.was_reached(item):
                self.progress = self.progress.broken_off(item.key)
        if self.progress.done:
            if len(self.state.done) < len(self.state.applicable):
                self.asker.tell(_FINISHED)
            return len(self.items)
        self.asker.complain("You haven't answered anything yet, so there's nothing to finish. Ctrl+C pauses.")
        return at

    def _target(self, number: int, at: int) -> int:
        """The target of a jump: a question that was reached, or the next one after these."""
        applicable = self.state.applicable
        left = [n for n, item in enumerate(applicable) if self.state.was_reached(item)]
        reached = applicable[: max(left, default=-1) + 2]
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
        if move.action == PAUSE:
            raise Paused("")
        if move.action != NEXT or not move.value:
            return 0
        self.asker.accept(field, move.value)
        return options.index(str(move.value)) + 1

    def _step(self, at: int, by: int) -> int:
        """The first item from `at` on, in this direction, that applies."""
        while 0 <= at < len(self.items) and not self.state.applies(self.items[at].when):
            at += by
        return at

    def _position(self, key: str) -> int:
        end = len(self.items) if key == AT_END else 0
        return next((at for at, item in enumerate(self.items) if item.key == key), end)

    def _stand_at(self, at: int) -> None:
        self.progress = replace(self.progress, at=self.items[at].key if at < len(self.items) else AT_END)


def fault_of(field: Field, value: Value) -> str:
    """Return the sentence that says why a value doesn't fit a field; "" if it does."""
    if field.input in ("text", "line") and isinstance(value, str) and value.strip() == "+":
        return _PLUS
    try:
        if field.check and not is_blank(value):
            field.check(value)
    except ValueError as error:
        return str(error)
    return ""
