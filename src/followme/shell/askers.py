"""The asker for this terminal, and the person's editor."""

from __future__ import annotations

from followme.asking import asker
from followme.asking.walk import Asker
from followme.env import Env
from followme.shell.editor import Editor, Program


def asker_for(env: Env, edit: Editor | None = None, *, reflects: bool = False) -> Asker:
    """Return the asker for this terminal; one that `reflects` says how to mark an answer private afterwards."""
    named = env.command if reflects else None
    screen, show_last = env.err, env.config.show_last
    if env.plain:
        columns = screen.columns if screen.terminal else None
        plain: Asker = asker("plain").PlainAsker(
            env.keyboard, env.stderr, columns=columns, edit=edit, show_last=show_last, named=named
        )
        return plain
    rich: Asker = asker("rich").RichAsker(
        env.stderr,
        color=screen.color,
        unicode=screen.unicode,
        edit=edit,
        breaks_rows=env.breaks_rows,
        enter_is_line=env.config.enter == "line",
        show_last=show_last,
        named=named,
    )
    return rich


def editor_for(env: Env) -> Editor:
    """Return the person's editor; its desk is set up when a sitting begins."""
    return Editor(program_for(env))


def program_for(env: Env) -> Program:
    """Return the program that the person named as their editor."""
    origin = env.origin_of("editor", "the settings")
    return Program(env.editor, origin, env.clock, screen=env.stderr, released=env.keyboard.released)
