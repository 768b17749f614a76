"""The pages of help: the first one, all commands, and a command's own, made of what Typer knows of the commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from followme.hints import Command
from followme.shell.present import write_page
from followme.views import view

USUAL = (
    *("reflect", "note", "promises", "list", "show", "search"),
    *("lookback", "people", "export", "edit", "undo", "doctor", "demo"),
)
"""The verbs of most weeks, in the order of the first page."""

PANELS = ("Write", "Read", "Move", "Fix", "Set up")
"""The panels of all commands, in order."""

_GLOBAL, _OPTIONS, _ARGUMENTS = "Global options", "Options", "Arguments"
_KINDS = {"<str>": "TEXT", "<path>": "FILE", "<int>": "NUMBER", "<int range>": "NUMBER"}
_REMARK = re.compile(r"\[(?:required|x[<>=0-9]+)\]$")


def show_first(ctx: Any) -> None:
    """Print the page of followme itself: the verbs of most weeks, and how to see the others."""
    root, env = ctx.command, ctx.obj
    there = [name for name in USUAL if name in root.list_commands(ctx)]
    rows = [(name, _first(root.get_command(ctx, name))) for name in there]
    more = [
        (env.command(Command("help", "VERB")), "Show how to use one of them."),
        (env.command(Command("help", "all")), "Show every command and option."),
    ]
    _print(ctx, _paragraphs(root)[:1], [("", rows), ("", more)])


def show_all(ctx: Any) -> None:
    """Print the page with every command in its panel, and the global options."""
    root = ctx.command
    panels: dict[str, list[tuple[str, str]]] = {name: [] for name in PANELS}
    for name in root.list_commands(ctx):
        command = root.get_command(ctx, name)
        panels[command.rich_help_panel] += [(name, _first(command)), *_inside(ctx, name, command)]
    _print(ctx, _paragraphs(root)[:1], [*panels.items(), (_GLOBAL, list(_records(ctx)))])


def show(ctx: Any) -> None:
    """Print the page of a verb, or of a group such as `prompts`."""
    command = ctx.command
    panels: dict[str, list[tuple[str, str]]] = {"Commands": list(_inside(ctx, "", command))}
    panels |= {_ARGUMENTS: [], _OPTIONS: []}
    for param in command.get_params(ctx):
        named = _GLOBAL if param.name == "help" else param.rich_help_panel
        usual = _ARGUMENTS if param.param_type_name == "argument" else _OPTIONS
        panels.setdefault(named or usual, []).extend(_record(ctx, param))
    everywhere = panels.pop(_GLOBAL)
    _print(ctx, _paragraphs(command), [*panels.items(), (_GLOBAL, everywhere)])


def _print(ctx: Any, about: list[str], panels: list[tuple[str, list[tuple[str, str]]]]) -> None:
    pages = view("help")
    # Typer puts what is required in braces, which a shell would read.
    pieces = [piece.strip("{}") for piece in ctx.command.collect_usage_pieces(ctx)]
    usage = " ".join([ctx.command_path, *pieces])
    shown = tuple(pages.Panel(title, tuple(rows)) for title, rows in panels if rows)
    page = pages.Page(usage, tuple(about), shown)
    write_page(ctx.obj, lambda screen: pages.show(page, screen))


def _inside(ctx: Any, name: str, command: Any) -> Iterator[tuple[str, str]]:
    """The verbs of a group with the first sentence of each; none for a verb."""
    for verb in command.list_commands(ctx) if hasattr(command, "list_commands") else ():
        yield f"{name} {verb}".strip(), _first(command.get_command(ctx, verb))


def _records(ctx: Any) -> Iterator[tuple[str, str]]:
    for param in ctx.command.get_params(ctx):
        yield from _record(ctx, param)


def _record(ctx: Any, param: Any) -> Iterator[tuple[str, str]]:
    """How an option or argument is typed, and what it means; nothing for a hidden one."""
    record = param.get_help_record(ctx)
    if record:
        name, meaning = record
        for kind, word in _KINDS.items():
            name = name.replace(kind, word)
        yield name, " ".join(_REMARK.sub("", meaning).split())


def _paragraphs(command: Any) -> list[str]:
    return [" ".join(part.split()) for part in cleandoc(command.help or "").split("\n\n")]


def _first(command: Any) -> str:
    return _paragraphs(command)[0]
