"""`followme promises add`: a promise made between reflections."""

from typing import Annotated

import typer

from followme.env import Env
from followme.errors import WrongUsage
from followme.hints import Command
from followme.journal import saving
from followme.kinds.promise_line import day_words, mistyped_day, read_line, row_words
from followme.model import PROMISE, Promise
from followme.shell import given
from followme.shell.new_entry import new_entry
from followme.shell.paths import paths_of


def run(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="LINE", help="The promise, such as: call Ana @Ben by fri; - for stdin."),
    ],
) -> None:
    """Add a promise between reflections; the line can end with `@Name` and `by DAY`.

    `list --set promise` lists all promises made this way.
    """
    env: Env = ctx.obj
    line = given.words(env, " ".join(words), "The promise")
    if not line.strip() or len(line.splitlines()) > 1:
        example = Command("promises", "add", "call Ana @Ben by fri")
        raise WrongUsage("A promise is one line of text, so nothing was saved. Try:", example)
    with given.not_lost(env, line, once=words == [given.STDIN]):
        today = env.now().date()
        said = read_line(line, today)
        promise = Promise(ref="p1", text=said.words, to=said.to, by=said.by)
        entry = new_entry(env, PROMISE, promises=(promise,))
        saving.save(paths_of(env), entry, although_shrunk=env.options.yes)
        env.saved = entry
    env.say(f"Promised: {said.words}")
    by = day_words(said.by, today) if said.by else ""
    env.say(row_words(said.to, by, mistyped_day(line, today)))
