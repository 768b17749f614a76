"""What the tests of asking share: questions, an asker that follows a script, and keys pressed one by one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache, wraps
from io import StringIO
from typing import Any, TextIO

import pytest
from prompt_toolkit.application import application
from prompt_toolkit.input import Input, create_pipe_input
from prompt_toolkit.output import DummyOutput, Output

from followme.asking.item import Item
from followme.asking.items import item_of, items_of
from followme.asking.rich import asker as rich
from followme.asking.rich import keys as rich_keys
from followme.asking.rich.asker import RichAsker
from followme.asking.rich.footer import Footer, Rows
from followme.asking.rich.keys import FieldKeys
from followme.asking.state import State
from followme.asking.walk import BACK, NEXT, PAUSE, Move, Walk
from followme.env.keyboard import Keyboard
from followme.errors import NotEdited
from followme.insight.promises import OpenPromise
from followme.kinds.base import Field, answered
from followme.model import Entry, Progress, PromptSet, Question, Reply, Section, Value, When

# The library's own keys, Vi's among them, which it makes anew for each prompt: 10 ms each time.
application.load_key_bindings = cache(application.load_key_bindings)

TODAY = date(2026, 11, 20)

MOMENT = Question(key="moment", kind="text", ask="One moment?")
CARE = Question(
    key="care",
    kind="scale",
    ask="How often?",
    low=0,
    high=5,
    low_label="never",
    high_label="daily",
    fact=True,
)
PULSE = Question(
    key="pulse",
    kind="scale",
    ask="How many?",
    low=-20,
    high=120,
    low_label="few",
    high_label="many",
    fact=True,
)
WHY = Question(key="why", kind="line", ask="Why so rarely?", when=When(key="care", test="below", value=2))
SIGNS = Question(key="signs", kind="several", ask="Which?", options=("calm", "tense", "loud"), most=2)
MOOD = Question(key="mood", kind="choice", ask="Which one?", options=("good", "bad"))
THANKS = Question(key="thanks", kind="yesno", ask="Thanked anybody?")
IDEAS = Question(key="ideas", kind="list", ask="Ideas?", most=3)
PROMISE = Question(key="promise", kind="promise", ask="What next?", most=2)
ASK = Question(key="ask", kind="promise", promise="ask", ask="Which one question?")


def items(
    *questions: Question, due: Sequence[OpenPromise] = (), past: Sequence[Entry] = ()
) -> tuple[Item, ...]:
    """The items of a sitting with these questions in one section; `past` is what was answered before."""
    return items_of(
        PromptSet(name="test", title="Test", sections=(Section(title="Part", questions=questions),)),
        due,
        TODAY,
        past,
    )


def before(week: str, question: Question, reply: Reply | None, fact: str = "") -> Entry:
    """An entry of that week with one answer to this question."""
    given = answered(question, reply, fact=fact, scale=question.kind == "scale").answer
    assert given
    return Entry(
        id=f"id-of-{week}", date=datetime(2026, 11, 13, tzinfo=UTC), week=week, set="test", answers=(given,)
    )


def first_field(question: Question) -> Field:
    """The first thing a question asks for."""
    return item_of(question, TODAY).fields[0]


back = Move(BACK)
pause = Move(PAUSE)


@dataclass
class Script:
    """An asker that answers from a list: words go on, a Move goes its way with what stands in the field."""

    answers: list[Any]
    asked: list[str] = field(default_factory=list)
    shown: list[Value] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    taken: list[Value] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        self.asked.append(f"{number}/{count} {item.ask}")

    def ask(self, field: Field, value: Value, typing: Callable[[Value], object]) -> Move:
        self.shown.append(value)
        answer = self.answers.pop(0)
        if isinstance(answer, Move):
            return answer if answer.value else replace(answer, value=value)
        return Move(NEXT, answer)

    def accept(self, field: Field, value: Value) -> None:
        self.taken.append(value)

    def keep_at_hand(self, pages: Callable[[int], list[str]]) -> None:
        pass

    def tell(self, words: str) -> None:
        self.told.append(words)

    def complain(self, sentence: str) -> bool:
        self.said.append(sentence)
        return True


def walk(questions: Sequence[Item], asker: Any, progress: Progress | None = None) -> Walk[State]:
    """A walk that keeps its progress in no draft."""
    return Walk(State(questions, progress or Progress()), asker, lambda now: None, lambda now: None)


def typing(lines: str = "") -> Keyboard:
    """A keyboard on which these lines are typed; what it shows is not looked at."""
    return Keyboard(StringIO(lines), StringIO())


# Keys, by the names under which people know them.
ENTER, NEW_LINE, ALT_ENTER, BACK_KEY = "\r", "\n", "\x1b\r", "\x1b[Z"
F1, F2, F3, UP, DOWN = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1b[A", "\x1b[B"
LAST, LIST, FINISH_KEY = "\x12", "\x18g", "\x18f"
EDITOR, CTRL_C, CTRL_D, TAB, DELETE = "\x0f", "\x03", "\x04", "\t", "\x7f"
PATIENCE = 20


def pasted(text: str) -> str:
    """What a terminal sends when a text is pasted, and it says so."""
    return f"\x1b[200~{text}\x1b[201~"


class Later(str):
    """Keys that are pressed after a while, when an Enter is no habit any more; nobody waits for that here."""


@dataclass
class Fingers:
    """Presses the next keys each time something begins to listen; when there are none left, Ctrl+C."""

    pipe: Input
    presses: list[str]
    hear: Callable[[str], None] = lambda keys: None
    pressed: FieldKeys | None = None
    unanswered: list[str] = field(default_factory=list)

    def press(self) -> None:
        loop = asyncio.get_running_loop()
        keys = self.presses.pop(0) if self.presses else CTRL_C
        self.hear(keys)
        if isinstance(keys, Later) and self.pressed:
            loop.call_soon(self.pressed._hear)
        loop.call_soon(self.pipe.send_text, keys)
        loop.call_later(PATIENCE, self._give_up, keys)

    def _give_up(self, keys: str) -> None:
        """End what still listens: a script that does not answer is a failure, and must not wait for ever."""
        self.unanswered.append(keys)
        self.pipe.send_text(CTRL_C)

    def pressing_after(self, show: Callable[..., None]) -> Callable[..., None]:
        """The same function, after which the next keys are pressed if it ran in the middle of typing."""

        @wraps(show)
        def shown(*given: Any) -> None:
            show(*given)
            with suppress(RuntimeError):
                self.press()

        return shown


@contextmanager
def fingers(*presses: str, hear: Callable[[str], None] = lambda keys: None) -> Iterator[Fingers]:
    """A keyboard with fingers on it."""
    with create_pipe_input() as pipe:
        found = Fingers(pipe, list(presses), hear)
        attach = pipe.attach

        def listened(ready: Callable[[], None]) -> Any:
            found.press()
            return attach(ready)

        pipe.attach = listened  # type: ignore[method-assign]
        yield found
        assert not found.unanswered, f"These keys answered nothing, and it listened on: {found.unanswered!r}"


@contextmanager
def footers_read(stream: TextIO, fingers: Fingers) -> Iterator[None]:
    """What is shown below the typing is printed too, and after a part was asked for the next keys are pressed.

    Habits are over when keys come later, and not before, however slow the machine is.
    """
    attach = FieldKeys.attach

    def attached(keys: FieldKeys, *more: Any) -> None:
        fingers.pressed = keys
        attach(keys, *more)

    class Read(Footer):
        def say(self, words: str) -> None:
            super().say(words)
            self._print(words)

        def turn(self, key: str, rows: Rows) -> None:
            super().turn(key, rows)
            self._print(*self.part)

        def _print(self, *rows: str) -> None:
            stream.writelines(f"{row}\n" for row in rows if row)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rich, "Footer", Read)
        patch.setattr(rich_keys, "HABIT_SECONDS", 3_600)
        # What follows in the same press still does.
        patch.setattr(rich_keys, "ALONE_SECONDS", 0)
        patch.setattr(FieldKeys, "attach", attached)
        for name in ("_show_keys", "_show_last", "_show_pages"):
            patch.setattr(FieldKeys, name, fingers.pressing_after(getattr(FieldKeys, name)))
        yield


@dataclass
class Sat:
    """What a person did with keys: the asker, what it printed, and what it heard while they typed."""

    asker: RichAsker
    stream: StringIO
    heard: list[Value] = field(default_factory=list)

    @property
    def printed(self) -> str:
        """What was printed, without colours."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.stream.getvalue())

    def ask(self, field: Field, value: Value = "") -> Move:
        """Ask for one field."""
        return self.asker.ask(field, value, self.heard.append)


@contextmanager
def sat(
    *presses: str,
    edit: Callable[[str], str] | None = None,
    columns: int = 80,
    screen: Output | None = None,
    hear: Callable[[str], None] = lambda keys: None,
    **settings: Any,
) -> Iterator[Sat]:
    """A rich asker whose keys are pressed, one string each time it listens, after the editor, and after help."""
    stream = StringIO()
    with fingers(*presses, hear=hear) as found:

        def edited(text: str) -> str:
            found.press()
            if edit is None:
                raise NotEdited("There is no editor here.")
            return edit(text)

        asker = RichAsker(
            stream,
            edit=edited,
            keyboard=found.pipe,
            screen=screen or DummyOutput(),
            columns=columns,
            **settings,
        )
        with footers_read(stream, found):
            yield Sat(asker, stream)
