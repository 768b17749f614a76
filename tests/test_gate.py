"""The gate: nothing that followme prints, by whatever function, could steer a terminal or turn or hide other words.

The first half calls every function that prints with words that could do harm in every place where words can
stand; the values are made from the functions' own types, so a new view is walked too. The second half runs
every verb in a home where such words stand in every file.
"""

from __future__ import annotations

import ast
import collections.abc
import inspect
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.output.vt100 import Vt100_Output

from asking.asking_samples import ENTER, fingers, items
from followme.asking.plain import PlainAsker
from followme.asking.rich.asker import RichAsker
from followme.cli import COMMANDS
from followme.env.keyboard import Keyboard
from followme.hints import Command
from followme.kinds import KINDS
from followme.model import Answer, Entry, Question
from followme.screen import Screen
from followme.views import VIEWS
from followme.views.terminal import Printer
from rows import each_row, first_quick
from test_layers import Module, imported

SIGNS = (
    "\x1b]0;t\x07 \x9b31m \x9d0;t\x9c \x85 \x7f \x08\x08\x0c\x0b \x00 "
    "\u2028\u2029\ufeff \u202eevil \u2066open \U000e0041 \ufff9"
)
HOSTILE = f"Ask {SIGNS} now"

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
COLORS = re.compile(r"\x1b\[[0-9;]*m")


def harm(printed: str) -> list[str]:
    """What was printed and could do harm, with what stands around it; colours are followme's own."""
    text = COLORS.sub("", printed)
    return [text[max(found.start() - 20, 0) : found.end() + 10] for found in FORBIDDEN.finditer(text)]


# --- Every function that prints ---------------------------------------------------------------------------

WORDS = {
    "drafts": "2026-W47",
    "week": "2026-W47",
    "weeks": "2026-W47",
    "waits": "2026-W46",
    "goes_on": "2026-W47",
    "state": "open",
    "result": "kept",
    "way": "text",
    "test": "answered",
    "style": "bold",
    "ends": "Ask \x1b[31m\u202e",
}
"""Words that only followme gives, by the name of the place where they stand; and harmful ones where few have room."""

NUMBERS = {"low": 0, "high": 5, "pick": 1, "width": 12, "indent": 2, "rows": 2, "columns": 60}


def screen_of(*, styles: bool) -> Screen:
    """A screen that keeps what it is shown, in a folder with a hostile name."""
    return Screen(StringIO(), True, styles, styles, True, 60, lambda command: f"{HOSTILE} {command.words}")


def hostile(kind: Any, name: str, screen: Screen) -> Any:
    """A value of this type with words that could do harm wherever it has words."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any or (inner and str in inner and origin in (typing.Union, types.UnionType)):
        kind, origin = str, None
    if origin in (typing.Union, types.UnionType):
        return hostile(next(each for each in inner if each is not type(None)), name, screen)
    if origin is typing.Literal:
        return inner[0]
    if origin in (collections.abc.Mapping, dict):
        return {hostile(inner[0], name, screen): hostile(inner[1], name, screen)}
    if origin is collections.abc.Callable:
        return lambda *given: hostile(inner[1], name, screen) if inner else None
    if origin is tuple and inner[-1] is not ...:
        return tuple(hostile(each, name, screen) for each in inner)
    if origin is not None:
        return (tuple if origin is tuple else list)((hostile(inner[0], name, screen),))
    return plain_value(kind, name, screen)


def plain_value(kind: Any, name: str, screen: Screen) -> Any:
    if kind is str:
        return WORDS.get(name, HOSTILE)
    if kind is bool:
        return True
    if kind is int:
        return NUMBERS.get(name, 3)
    if kind in (datetime, date, time):
        return {datetime: datetime(2026, 11, 20, 16, tzinfo=UTC), date: date(2026, 11, 20), time: time(16)}[
            kind
        ]
    if kind is Printer:
        return Printer(screen)
    if kind is Screen:
        return screen
    if kind is Command:
        return Command(HOSTILE)
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        # A record within one of its own kind has no further ones.
        return kind(
            **{
                each.name: ()
                if hints[each.name] == tuple[kind, ...] and name == "quarters"
                else hostile(hints[each.name], each.name, screen)
                for each in fields(kind)
                if each.init
            }
        )
    return None


def functions() -> Iterator[tuple[str, Any]]:
    """The public functions of all views, and the ways in which they print."""
    for name in VIEWS.values():
        module = import_module(name)
        for own, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == name and not own.startswith("_"):
                yield f"{name.removeprefix('followme.views.')}.{own}", function
    for own, function in inspect.getmembers(Printer, inspect.isfunction):
        if not own.startswith("_"):
            yield f"Printer.{own}", function


FUNCTIONS = dict(functions())


@cache
def imported_names(module: types.ModuleType) -> dict[str, Any]:
    """Return all that a module imports by name, also for the type checker alone."""
    found = imported(Module(module.__name__, ast.parse(inspect.getsource(module)), package=False))
    return {name: getattr(import_module(origin), name) for origin, name in found if name}


@each_row("styles", [True, False])
@each_row("name", FUNCTIONS)
def test_a_view_prints_nothing_harmful(name: str, styles: bool):
    function, screen = FUNCTIONS[name], screen_of(styles=styles)
    hints = typing.get_type_hints(function, localns=imported_names(inspect.getmodule(function)))
    values, named = [], {}
    for each, parameter in inspect.signature(function).parameters.items():
        value = Printer(screen) if each == "self" else hostile(hints[each], each, screen)
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[each] = value
        else:
            values.append(value)
    returned = function(*values, **named)
    parts = [returned] if isinstance(returned, str) else list(returned or ())
    printed = screen.stream.getvalue()
    if screen in values or name.startswith("Printer."):
        assert "Ask " in printed or name in ("home.show", "Printer.rule")
    assert harm(printed) == []
    assert styles or "\x1b" not in printed
    if name.startswith(("lines.", "tabs.", "json.")):
        assert harm("".join(parts)) == []


ENTRY = Entry(
    id=HOSTILE,
    date=datetime(2026, 11, 13, tzinfo=UTC),
    week="2026-W46",
    set=HOSTILE,
    answers=(Answer(key="asked", kind="text", question=HOSTILE, reply=HOSTILE),),
)


def question(kind: str) -> Question:
    """A question of this kind whose every word could do harm."""
    return Question(
        key="asked", kind=kind, ask=HOSTILE, hint=HOSTILE, low=0, high=5, low_label=HOSTILE, high_label=HOSTILE,
        fact=kind == "scale", options=(HOSTILE, f"{HOSTILE} 2") if kind in ("choice", "several") else (),
    )  # fmt: skip


@each_row("kind", KINDS)
def test_the_askers_print_nothing_harmful(kind: str):
    (item,) = items(question(kind), past=(ENTRY,))
    plain, printed, drawn = StringIO(), StringIO(), StringIO()
    keyboard = Keyboard(StringIO(":help\n:last\n:back\n" * 20), plain)
    with fingers(*[ENTER] * 20) as found:
        askers = [
            PlainAsker(keyboard, plain, columns=60, show_last=True),
            RichAsker(
                printed, keyboard=found.pipe, columns=60, show_last=True,
                screen=Vt100_Output(drawn, lambda: Size(rows=24, columns=60), term="xterm"),
            ),
        ]  # fmt: skip
        for asker in askers:
            asker.introduce(item, 1, 2, first=True)
            for field in item.fields:
                asker.ask(field, HOSTILE if field.input in ("text", "line") else "", lambda value: None)
                asker.accept(field, HOSTILE)
            asker.tell(HOSTILE)
            asker.complain(HOSTILE)
    assert "Ask " in plain.getvalue()
    assert "Ask " in printed.getvalue()
    assert harm(plain.getvalue() + printed.getvalue()) == []
    # The prompt itself steers the terminal; what was typed must not.
    own = re.compile(r"\x1b\[[?0-9;]*[a-zA-Z]|\x1b[=>78]|\r|\x08|\x1b\]2;\x07")
    assert FORBIDDEN.findall(own.sub("", drawn.getvalue())) == []


def test_a_pasted_name_is_typed_and_shown_without_its_isolates():
    (item,) = items(Question(key="who", kind="line", ask="Who?"))
    printed, drawn, heard = StringIO(), StringIO(), []
    with fingers(ENTER) as found:
        screen = Vt100_Output(drawn, lambda: Size(rows=24, columns=60), term="xterm")
        asker = RichAsker(printed, keyboard=found.pipe, columns=60, screen=screen)
        move = asker.ask(item.fields[0], "\u2068Ana\u2069", heard.append)
        asker.accept(item.fields[0], move.value)
    assert move.value == "\u2068Ana\u2069"
    assert "Ana" in drawn.getvalue().replace("\u200b", "")
    assert not re.search("[\u2066-\u2069\ufffd]", drawn.getvalue())
    assert COLORS.sub("", printed.getvalue()) == " ▎ Ana\n"


# --- Every verb -------------------------------------------------------------------------------------------


def quoted(words: str) -> str:
    """The words as TOML that holds the signs themselves wherever TOML lets them stand."""
    unwritable = re.compile('[\x00-\x08\x0a-\x1f\x7f"\\\\]')
    return '"' + unwritable.sub(lambda found: f"\\u{ord(found[0]):04x}", words) + '"'


SET = f"""
title = {quoted(HOSTILE)}
about = {quoted(HOSTILE)}
source = {quoted(HOSTILE)}
private = true
[[section]]
title = {quoted(HOSTILE)}
intro = {quoted(HOSTILE)}
[[section.question]]
key = "asked"
kind = "choice"
ask = {quoted(HOSTILE)}
hint = {quoted(HOSTILE)}
options = [{quoted(HOSTILE)}, "no"]
"""

JOURNAL = f"""format = 1

[[entry]]
id = "20261113T150210-x4d9w"
date = 2026-11-13T16:02:10+01:00
week = "2026-W46"
set = {quoted(HOSTILE)}

[[entry.answer]]
key = {quoted(HOSTILE)}
kind = {quoted(HOSTILE)}
question = {quoted(HOSTILE)}
reply = {quoted(HOSTILE)}
fact = {quoted(HOSTILE)}

[[entry.answer]]
key = "care"
question = {quoted(HOSTILE)}
low = 0
high = 5
low_label = {quoted(HOSTILE)}
high_label = {quoted(HOSTILE)}
reply = 4

[[entry.promise]]
ref = {quoted(HOSTILE)}
text = {quoted(HOSTILE)}
to = {quoted(HOSTILE)}
occasion = {quoted(HOSTILE)}

[[entry.outcome]]
promise = {quoted(HOSTILE)}
result = "kept"
note = {quoted(HOSTILE)}

[[entry]]
id = {quoted(HOSTILE)}
date = {quoted(HOSTILE)}
week = {quoted(HOSTILE)}
{quoted(HOSTILE)} = 1

[[entry]]
nonsense = {quoted(HOSTILE)} x
"""

ARGUMENT = HOSTILE.replace("\x00", "")

VERBS = (
    [], ["list"], ["list", "--json"], ["list", "--set", ARGUMENT], ["show"], ["show", "2026-W46"],
    ["show", "2026-W46", "--json"], ["export"], ["export", "--private"], ["promises", "--all"],
    ["promises", "--all", "--json"], ["prompts", "list"], ["prompts", "list", "--json"], ["prompts", "show", "own"],
    ["prompts", "show", "own", "--json"], ["prompts", "check", "own"], ["prompts", "check", "bad"], ["config", "show"],
    ["config", "show", "--origin"], ["config", "path"], ["doctor"], ["doctor", "--json"], ["doctor", "--repair"],
    ["due"],
    [ARGUMENT], ["list", ARGUMENT], ["list", f"--{ARGUMENT}"], ["list", "-n", ARGUMENT], ["list", "--since", ARGUMENT],
    ["show", ARGUMENT], ["show", "--json", ARGUMENT], ["search", "a", "--any", "evil"], ["search", "evil", "--json"],
    ["lookback"], ["lookback", "--json"], ["lookback", "care"], ["lookback", "care", "--json"], ["lookback", HOSTILE],
    ["lookback", "asked"], ["lookback", f"{ARGUMENT}s"], ["lookback", "care", "--set", ARGUMENT],
    ["search", "Ask", "--question-text"], ["search", ARGUMENT], ["search", ARGUMENT, "--set", ARGUMENT, "--exact"],
    ["export", "--format", ARGUMENT], ["export", f"/none/{ARGUMENT}"],
    ["reflect", ARGUMENT], ["reflect", "--week", ARGUMENT], ["reflect", "--answers", ARGUMENT],
    ["reflect", "own", "--answer", ARGUMENT], ["reflect", "own", "--answer", f"asked={ARGUMENT}"],
    ["promises", "close", ARGUMENT, "--kept"], ["promises", ARGUMENT], ["prompts", "show", ARGUMENT],
    ["prompts", "check", f"./{ARGUMENT}.toml"], ["prompts", "new", ARGUMENT], ["prompts", "edit", ARGUMENT],
    ["remind", ARGUMENT], ["remind", "cron", "--at", ARGUMENT], ["remind", "cron"], ["remind", "--ics", "-"],
    ["people"], ["people", "--json"], ["people", ARGUMENT], ["people", "evil"], ["note", "x", "--on", ARGUMENT],
    ["lookback", "--quarter", "2026-Q4"], ["lookback", "--quarter", ARGUMENT], ["lookback", "--year", "2026"],
    ["promises", "add", "--by", ARGUMENT], ["promises", "add", ARGUMENT], ["edit", ARGUMENT],
    ["edit", "2026-W46", ARGUMENT],
    ["delete", ARGUMENT, "--dry-run"], ["delete", "2026-W46", "--dry-run"], ["undo", "--list"],
    ["undo", "--to", ARGUMENT],
    ["forget", ARGUMENT, "--dry-run"], ["import", f"/none/{ARGUMENT}"], ["merge", f"/none/{ARGUMENT}"],
    ["sync", "--init", ARGUMENT],
    ["completion", ARGUMENT], ["completion", "zsh", "show", ""], ["completion", "bash", "list", "--person", ""],
    ["demo", ARGUMENT], ["demo", "show", ARGUMENT], ["help", ARGUMENT], ["config", "set", ARGUMENT], ["config", "edit"],
    ["--journal", f"/none/{ARGUMENT}", "show"], ["--journal", f"/none/{ARGUMENT}", "note", "x"],
)  # fmt: skip


def test_no_verb_is_forgotten():
    tried = {" ".join(argv[:length]) for argv in VERBS for length in (1, 2)}
    assert set(COMMANDS) - tried == set()


@pytest.mark.parametrize("terminal", first_quick([True, False]), ids=["terminal", "pipe"])
def test_no_verb_prints_anything_harmful(run, terminal: bool):
    (run.prompts / "own.toml").write_text(SET, encoding="utf-8")
    (run.prompts / "bad.toml").write_text(f"title = 3\n{quoted(HOSTILE)} = 1\n", encoding="utf-8")
    settings = f"editor = {quoted(HOSTILE)}\nset = {quoted(HOSTILE)}\n"
    (run.prompts.parent / "config.toml").write_text(settings, encoding="utf-8")
    run.with_journal(JOURNAL)
    told = {}
    for argv in VERBS:
        done = run(*argv, columns=80 if terminal else None, environ={"TERM": "xterm"})
        printed = (done.out + done.err).replace("\r\n", "\n")
        told[" ".join(argv)] = harm(printed)
        assert "Traceback" not in printed
    assert {verb: found for verb, found in told.items() if found} == {}
