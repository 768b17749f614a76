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
        list[str] | None, typer.Argument(metavar="TEXT", help="The note; without it, stdin.")
    ] = None,
) -> None:
    """Capture a line for the next sitting, which shows it before its first question.

    See all of them with: followme list --set note
    """
    env: Env = ctx.obj
    text = " ".join(words) if words else _piped(env)
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
    )
    env.say("Noted. The next sitting shows it first.")


def _answer(text: str) -> Answer:
    """The answer that holds a captured line."""
    return Answer(key=NOTE, kind="text" if "\n" in text else "line", question="Note", reply=text)


def _piped(env: Env) -> str:
    """What stands on stdin, unless a person would have to type it unasked."""
    return "" if env.stdin.isatty() else env.stdin.read(MAX_TEXT).strip("\n")
