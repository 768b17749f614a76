"""`followme note`: one line captured between sittings."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from followme.clean import one_line
from followme.env import Env
from followme.env.signals import ended_by_signals, undisturbed
from followme.errors import FollowmeError, WrongUsage, quoted
from followme.hints import Command
from followme.journal import saving
from followme.journal.opendraft import OpenDraft
from followme.model import NOTE, Answer, Entry
from followme.shell import given, inbox
from followme.shell.entries import loaded
from followme.shell.new_entry import new_entry
from followme.shell.one_entry import found_entry
from followme.shell.paths import paths_of

_ASKED = ("What do you want to remember?", "What do you want to add?")
_REPAIR = Command("doctor", "--repair")


def run(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT", help="The note; leave it out, or give -, to type it or to use stdin."),
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Mark it private: not exported.")] = False,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="ENTRY", help="An earlier entry that this is a later word on: last, W47, an id."
        ),
    ] = None,
    question: Annotated[
        str | None,
        typer.Option("--question", metavar="KEY", help="With --on: the question whose answer it's on."),
    ] = None,
    take: Annotated[bool, typer.Option("--take", help="Take the notes in your inbox now.")] = False,
) -> None:
    """Jot something down; it appears at the start of your next reflection.

    With --on, you add a later word to an earlier entry: it's shown there with its date, and the entry itself stays as
    you wrote it. `list --set note` lists all your notes.
    """
    env: Env = ctx.obj
    if take:
        _take(env, alone=not (words or private or on or question))
        return
    if question is not None and on is None:
        raise WrongUsage("--question needs the entry too. Add --on ENTRY.")
    about: dict[str, Any] = {} if on is None else _about(env, on, question)
    if about.get("private") and not private:
        env.say("This note is private too, like what it's on.")
    entry = new_entry(env, NOTE, **about | ({"private": True} if private else {}))
    once = words in (None, [], [given.STDIN])
    if once and env.stdin.isatty():
        _ask(env, entry)
    else:
        text = given.words(env, " ".join(words or [given.STDIN]), "The note")
        _store(env, entry, text, once=once)


def _take(env: Env, *, alone: bool) -> None:
    """Save the notes in the inbox now. Raises WrongUsage if there's more than --take, or if no inbox is set."""
    if not alone:
        raise WrongUsage("--take goes alone, so nothing was saved. Leave the rest out.")
    if not env.config.inbox:
        raise WrongUsage("No inbox is set. To set one:", Command("config", "set", "inbox", "FOLDER"))
    if not inbox.take(env, at_once=True):
        env.say("There's nothing new in your inbox.")


def _about(env: Env, on: str, key: str | None) -> dict[str, Any]:
    """What the note is about, and whether that is private. Raises FollowmeError if there's no such answer."""
    entry = found_entry(env, on, lambda env: loaded(env).located).entry
    if not entry.id:
        raise FollowmeError("That entry has no id, so a note can't name it. Give it one with:", _REPAIR)
    if key is None:
        return {"about": entry.id, "private": entry.private}
    answers = [each for each in entry.answers if each.key == key]
    if not answers:
        keys = ", ".join(one_line(each.key) for each in entry.answers) or "none"
        raise WrongUsage(
            f"That entry has no question {quoted(key)}, so nothing was saved. Its questions: {keys}."
        )
    private = entry.private or any(each.private for each in answers)
    return {"about": f"{entry.id}/{key}", "private": private}


def _ask(env: Env, entry: Entry) -> None:
    """Ask for the note, so that no shell keeps it in its history; if the window is closed, save what was typed."""
    # Errors in the settings must come before anything is typed.
    jotted = saving.Jotted(paths_of(env))
    typed = [""]

    def heard(text: str) -> None:
        typed.append(text)
        jotted.keep(_with(entry, text))

    try:
        with ended_by_signals(env.keyboard.stop):
            if env.can_ask:
                env.ask(_ASKED[bool(entry.about)], pasted=True, heard=heard)
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
        env.saved = entry
    if entry.about:
        env.say("Noted. To see it where it belongs:", Command("show", entry.about_id))
    else:
        env.say("Noted. You'll see it at the start of your next reflection.")


def _with(entry: Entry, text: str) -> Entry:
    """Return the entry with the captured line."""
    answer = Answer(key=NOTE, kind="text" if "\n" in text else "line", question="Note", reply=text)
    return replace(entry, answers=(answer,))
