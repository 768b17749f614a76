"""`followme note`: one line captured between sittings."""

from typing import Annotated

import typer

from followme.commands.place import place_of
from followme.env import Env
from followme.errors import WrongUsage
from followme.journal import saving
from followme.journal.codec import iso_week
from followme.model import NOTE, Answer, Entry

MAX_TEXT = 1_000_000


def run(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT", help="The note; without it, you are asked, or stdin is read."),
    ] = None,
) -> None:
    """Capture a line for the next sitting, which shows it before its first question.

    See all of them with: followme list --set note
    """
    env: Env = ctx.obj
    text = " ".join(words) if words else _typed(env)
    if not text.strip():
        raise WrongUsage('The note is empty, so nothing was stored. Write: followme note "what happened"')
    now = env.now().replace(microsecond=0)
    saving.save(
        place_of(env),
        Entry(
            id=env.new_id(now),
            date=now,
            week=iso_week(now.date()),
            set=NOTE,
            answers=(_answer(text),),
        ),
        although_shrunk=env.options.yes,
    )
    env.say("Noted. The next reflection shows it first.")


def _answer(text: str) -> Answer:
    """The answer that holds a captured line."""
    return Answer(key=NOTE, kind="text" if "\n" in text else "line", question="Note", reply=text)


def _typed(env: Env) -> str:
    """What stands on stdin, or what a person types when they are asked: then it is in no shell's history."""
    if not env.stdin.isatty():
        return env.stdin.read(MAX_TEXT).strip("\n")
    if not env.can_ask:
        return ""
    env.stderr.write("What do you want to keep? ")
    env.stderr.flush()
    return env.stdin.readline(MAX_TEXT).strip("\n")
