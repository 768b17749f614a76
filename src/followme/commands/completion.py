"""`followme completion`: the lines that let a shell complete followme's commands, and the words it offers then."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from followme.env import Env
from followme.errors import WrongUsage, either, quoted
from followme.shell import present, tab

# The rest of the line is a command line that isn't finished.
SETTINGS = {"allow_interspersed_args": False}


def run(
    ctx: typer.Context,
    shell: Annotated[
        str,
        typer.Argument(metavar="bash|zsh|fish", help="Your shell.", autocompletion=lambda: list(tab.SHELLS)),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORD…]", help="For the shell: the words so far. Prints what Tab offers."),
    ] = None,
) -> None:
    """Print the lines that let your shell complete commands, entries, people and questions with Tab.

    Put them where your shell looks for completions; docs/tab.md says where. Once is enough.
    """
    env: Env = ctx.obj
    if shell not in tab.SHELLS:
        raise WrongUsage(f"followme has no completion for {quoted(shell)}, only for {either(tab.SHELLS)}.")
    if not words:
        env.write(tab.lines(shell))
        return
    root: Any = ctx.find_root().command
    present.write_lines(env, tab.offered(root, env, shell, words))
