"""`followme note`: one line captured between sittings."""

from dataclasses import replace
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import WrongUsage
from followme.hints import Command
from followme.journal import saving
from followme.journal.drafts import OpenDraft
from followme.model import NOTE, Answer, Entry
from followme.shell import given
from followme.shell.new_entry import new_entry
from followme.shell.paths import paths_of
from followme.shell.signals import ended_by_signals, undisturbed


def run(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT", help="The note; leave it out, or give -, to type it or to use stdin."),
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Mark it private: not exported.")] = False,
) -> None:
    """Jot something down; it appears at the start of your next reflection.

    `list --set note` lists all your notes.
    """
    env: Env = ctx.obj
    once = words in (None, [], [given.STDIN])
    if once and env.stdin.isatty():
        _ask(env, private)
    else:
        text = given.words(env, " ".join(words or [given.STDIN]), "The note")
        _store(env, new_entry(env, NOTE, private=private), text, once=once)


def _ask(env: Env, private: bool) -> None:
    """Ask for the note, so that no shell keeps it in its history; if the window is closed, save what was typed."""
    # Errors in the settings must come before anything is typed.
    jotted = saving.Jotted(paths_of(env))
    entry, typed = new_entry(env, NOTE, private=private), [""]

    def heard(text: str) -> None:
        typed.append(text)
        jotted.keep(_with(entry, text))

    try:
        with ended_by_signals(env.keyboard.stop):
            if env.can_ask:
                env.ask("What do you want to remember?", pasted=True, heard=heard)
    except SystemExit:
        with undisturbed():
            if typed[-1].strip():
                _store_typed(env, entry, typed[-1], jotted)
            jotted.drop()
        raise
    except KeyboardInterrupt:
        jotted.drop()
        env.say("\nNothing was noted.")
        raise
    _store_typed(env, entry, typed[-1], jotted)


def _store_typed(env: Env, entry: Entry, typed: str, jotted: saving.Jotted) -> None:
    """Save what was typed; if it can't be saved as it is, leave no draft behind."""
    try:
        _store(env, entry, given.text(typed, "The note"), once=True, draft=jotted.draft)
    except WrongUsage:
        jotted.drop()
        raise


def _store(env: Env, entry: Entry, text: str, *, once: bool, draft: OpenDraft | None = None) -> None:
    if not text.strip():
        raise WrongUsage("The note is empty, so nothing was saved. Try:", Command("note", "what happened"))
    with given.not_lost(env, text, once=once):
        saving.save(paths_of(env), _with(entry, text), draft, although_shrunk=env.options.yes)
    env.say("Noted. You'll see it at the start of your next reflection.")


def _with(entry: Entry, text: str) -> Entry:
    """Return the entry with the captured line."""
    answer = Answer(key=NOTE, kind="text" if "\n" in text else "line", question="Note", reply=text)
    return replace(entry, answers=(answer,))
