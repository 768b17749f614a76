"""`followme help`: the help of every command, or of one."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from followme.shell import help_pages

ALL = "all"


def _known(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """The words that may stand next, for the shell's completion."""
    root: Any = ctx.find_root().command
    return [word for word in (ALL, *root.list_commands(ctx)) if word.startswith(incomplete)]


def run(
    ctx: typer.Context,
    verb: Annotated[
        list[str] | None,
        typer.Argument(metavar="[VERB|all]", help="A verb, or all for every command.", autocompletion=_known),
    ] = None,
) -> None:
    """Show how to use a command, or every command and option."""
    root: Any = ctx.find_root()
    if verb == [ALL]:
        help_pages.show_all(root)
        return
    here = root
    for word in verb or ():
        if not hasattr(here.command, "resolve_command"):
            break
        _, command, _ = here.command.resolve_command(here, [word])
        # Nothing of the verb's own is asked for; a word that it lacks must still be a usage error.
        here = command.make_context(word, [], parent=here, resilient_parsing=True)
        here.resilient_parsing = False
    here.get_help()
