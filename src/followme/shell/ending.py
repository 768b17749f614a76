"""The end of a command line: its exit code, and what is said if it doesn't fit or something goes wrong."""

from __future__ import annotations

import re
import traceback
from typing import Any

from followme.env import Env
from followme.env.streams import reader_left
from followme.hints import Command

_NAME = "No such command '(.+?)'"
"""What is said of a verb that isn't there, which after `promises` may be a name."""


def complain(env: Env, error: Any) -> None:
    """Say what doesn't fit in the command line, and how to see the help of its verb; after help itself, say nothing."""
    words = error.format_message()
    if not words:
        return
    verb: list[str] = []
    ctx = error.ctx
    while ctx and ctx.parent:
        verb.insert(0, ctx.info_name)
        ctx = ctx.parent
    name = re.match(_NAME, words)
    if verb == ["promises"] and name and not name[1].islower():
        person = Command("promises", "--person", name[1].removeprefix("@"))
        env.say("Promises have no such command. See those to someone with:", person)
        return
    env.say(f"{words}{'' if words.endswith(('.', '?')) else '.'} For help:", Command(*verb, "-h"))


def flush(env: Env, code: int) -> int:
    """Write the rest and return the exit code; a reader that has gone isn't an error, a full disk is."""
    try:
        env.stdout.flush()
    except OSError as error:
        if not reader_left(error):
            _broke_off(env, error)
            return code or _unwritten(env)
        env.abandon_stdout()
    return code


def _unwritten(env: Env) -> int:
    """The exit code where the output broke off: what was stored stays stored, and isn't to be tried again."""
    return 1 if env.settled is None else env.settled


def _broke_off(env: Env, error: OSError) -> None:
    env.abandon_stdout()
    env.say(f"The output couldn't be written ({error.strerror}), so it's incomplete.")


def report_failure(env: Env, error: Exception) -> int:
    """Report a failure without a traceback, which could show answers; claim nothing about what is stored."""
    if reader_left(error):
        return flush(env, 0)
    if isinstance(error, OSError) and error.strerror and not env.options.debug:
        if error.filename is None and isinstance(error, FileNotFoundError):  # The current folder is gone.
            env.say("The folder you're in was removed. Change to another one and try again.")
        elif error.filename is None:  # A stream failed.
            _broke_off(env, error)
            return _unwritten(env)
        else:
            env.say(f"The system refused {error.filename}: {error.strerror}. Fix that and try again.")
        return 1
    if env.options.debug:
        env.say(_where(error))
    else:
        env.say(
            f"followme hit an internal error ({type(error).__name__}); --debug shows where. Before you "
            "try again, check what was saved:",
            Command("list"),
        )
    return 1


def _where(error: BaseException | None) -> str:
    """The traceback without the errors' messages."""
    frames = ""
    while error:
        lines = "".join(traceback.format_tb(error.__traceback__))
        frames = f"{lines}{type(error).__name__}\n\n{frames}"
        error = error.__cause__ or error.__context__
    return f"Traceback, without the error's message, since that could contain an answer:\n{frames.rstrip()}"
