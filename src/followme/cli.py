"""The command line: COMMANDS names the module of every verb, a group loads them late, main returns the exit code."""

import copy
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import (  # type: ignore[attr-defined]
    CompletionItem,
    TyperCommand,
    TyperGroup,
)

from followme import __version__
from followme.env import Env, real_env
from followme.env.streams import reader_left
from followme.errors import FollowmeError, WrongUsage, near_names
from followme.hints import Command
from followme.model import Config
from followme.shell import ending, present

COMMANDS = {
    "reflect": ("followme.commands.reflect", "Write"),
    "note": ("followme.commands.note", "Write"),
    "list": ("followme.commands.list", "Read"),
    "show": ("followme.commands.show", "Read"),
    "search": ("followme.commands.search", "Read"),
    "lookback": ("followme.commands.lookback", "Read"),
    "people": ("followme.commands.people", "Read"),
    "promises add": ("followme.commands.promises_add", ""),
    "promises close": ("followme.commands.promises_close", ""),
    "export": ("followme.commands.export", "Move"),
    "import": ("followme.commands.import_", "Move"),
    "merge": ("followme.commands.merge", "Move"),
    "sync": ("followme.commands.sync", "Move"),
    "edit": ("followme.commands.edit", "Fix"),
    "delete": ("followme.commands.delete", "Fix"),
    "undo": ("followme.commands.undo", "Fix"),
    "forget": ("followme.commands.forget", "Fix"),
    "doctor": ("followme.commands.doctor", "Fix"),
    "prompts list": ("followme.commands.prompts_list", ""),
    "prompts show": ("followme.commands.prompts_show", ""),
    "prompts new": ("followme.commands.prompts_new", ""),
    "prompts check": ("followme.commands.prompts_check", ""),
    "prompts edit": ("followme.commands.prompts_edit", ""),
    "config show": ("followme.commands.config_show", ""),
    "config set": ("followme.commands.config_set", ""),
    "config edit": ("followme.commands.config_edit", ""),
    "config path": ("followme.commands.config_path", ""),
    "due": ("followme.commands.due", "Set up"),
    "demo": ("followme.commands.demo", "Set up"),
    "remind": ("followme.commands.remind", "Set up"),
    "completion": ("followme.commands.completion", "Set up"),
    "help": ("followme.commands.help", "Set up"),
}
"""Each verb with its module and its panel in the help; a verb of two words belongs to a group."""

GROUPS = {
    "promises": (
        "Show your promises: what's due, what's open, and how many were kept.",
        "Read",
        "followme.commands.promises",
    ),
    "prompts": ("List, read, start, check and edit prompt sets.", "Set up", ""),
    "config": ("Show and change the settings.", "Set up", ""),
}
"""Each group with its purpose, its panel, and the module to run if no verb follows, "" for none."""

YOUNG = 250_000
"""Python looks for cycles after this many new objects; most commands end before that."""

HOME, SETTINGS, HELP = "followme.commands.home", "followme.configfile", "followme.shell.help_pages"
"""The module to run if no verb is given, the one that reads the settings, and the one that shows help."""

AFTER_SAVING = "followme.shell.after_saving"
"""The module to run after an entry was saved, since only then its code is loaded."""

# ClickException, the second parent of BadParameter; Typer exports no name for it.
_COMPLAINT: Any = typer.BadParameter.__mro__[2]

_EVERYWHERE = "Global options"
_SETTINGS = {"help_option_names": ["-h", "--help"]}


class Verb(TyperCommand):
    """A verb whose help is followme's own page."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help."""
        import_module(HELP).show(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, and refuse an option given twice; a usage error gets the verb that it's about."""
        try:
            heads = [
                word.partition("=")[0] if word[:2] == "--" else word[:2] for word in args if word[:1] == "-"
            ]
            if len(set(heads)) < len(heads):
                self._refuse_twice(ctx, args)
            return super().parse_args(ctx, args)
        except _COMPLAINT as error:
            error.ctx = error.ctx or ctx
            raise

    def _refuse_twice(self, ctx: Any, args: list[str]) -> None:
        """Raise WrongUsage if an option that takes one value has two: the first one would count for nothing."""
        parsed: Any = self.make_parser(ctx).parse_args(list(args))
        given = parsed[2]
        for param in given:
            single = param.param_type_name == "option" and not (param.is_flag or param.multiple)
            if single and given.count(param) > 1:
                raise WrongUsage(f"Give {param.opts[0]} once: only one of its values can count.")


class Verbs(TyperGroup):
    """A group that imports a verb's module only when the verb is called or its help is shown."""

    prefix = ""
    commands: Any

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help: of followme itself, the verbs of most weeks."""
        pages = import_module(HELP)
        pages.show(ctx) if self.prefix else pages.show_first(ctx)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the verbs of this group, in the order of COMMANDS; in the demo only those that go with it."""
        own = (verb.removeprefix(self.prefix).split()[0] for verb in COMMANDS if verb.startswith(self.prefix))
        names = list(dict.fromkeys(own))
        return [name for name in names if _reads(self.prefix + name)] if ctx.obj and ctx.obj.demo else names

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Return what Tab offers: the names alone, since what they mean is in modules that would be loaded for it."""
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        return [*map(CompletionItem, names), *TyperCommand.shell_complete(self, ctx, incomplete)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the verb's command, with the options that every verb accepts before and after it."""
        verb = self.prefix + cmd_name
        if ctx.obj and ctx.obj.demo and not _reads(verb):
            raise WrongUsage(
                f"The demo only reads. For {verb} with your own journal, leave out the word demo."
            )
        if verb in GROUPS:
            return _group(cmd_name, ctx.find_root().command)
        if verb not in COMMANDS:
            # Only "did you mean" reads this, and only the names.
            self.commands = dict.fromkeys(near_names(cmd_name, self.list_commands(ctx), 3))
            return None
        name, panel = COMMANDS[verb]
        app = _app()
        module = import_module(name)
        settings = _SETTINGS | getattr(module, "SETTINGS", {})
        app.command(cmd_name, cls=Verb, context_settings=settings, rich_help_panel=panel or "Commands")(
            module.run
        )
        command = typer.main.get_command(app)
        root = ctx.find_root().command
        command.params += [_again(param) for param in root.params if param.name in (*_GLOBAL, "version")]
        return command


def _panel(verb: str) -> str | None:
    """The panel of a verb or a group, "" for a verb of two words; None if there's no such verb."""
    return GROUPS[verb][1] if verb in GROUPS else COMMANDS.get(verb, (None, None))[1]


def _reads(verb: str) -> bool:
    """Whether a verb or a group goes with the demo: it only reads, or it's the export; so does what isn't a verb."""
    return verb == "export" or _panel(verb) in (None, "Read")


def _app(**settings: Any) -> typer.Typer:
    return typer.Typer(
        add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, **settings
    )


def _group(name: str, root: Any) -> Any:
    """A group of verbs, such as `prompts`."""
    about, panel, module = GROUPS[name]
    app = _app(cls=type(name, (Verbs,), {"prefix": f"{name} "}), no_args_is_help=not module)
    home = import_module(module).run if module else lambda: None
    app.callback(help=about, context_settings=_SETTINGS, invoke_without_command=bool(module))(home)
    group: Any = typer.main.get_command(app)
    group.params += [_again(param) for param in root.params if param.name in (*_GLOBAL, "version")]
    group.rich_help_panel = panel
    group.name = name
    return group


def _again(param: Any) -> Any:
    """A copy of a global option, for use after the verb."""
    param = copy.copy(param)
    param.expose_value = False
    if param.name in _GLOBAL:
        param.callback = lambda ctx, again, value: _set(ctx.obj, again.name, value)
    return param


def _set(env: Env, name: str, value: Any) -> Any:
    if value:
        setattr(env.options, name, value)
    return value


def _version(ctx: typer.Context, value: bool) -> None:
    if value:
        ctx.obj.write(f"followme {__version__}\n")
        raise typer.Exit


_GLOBAL = ("journal", "plain", "no_input", "no_color", "no_pager", "debug", "yes")

app = typer.Typer(
    cls=Verbs,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=_SETTINGS,
)


def _option(*names: str, about: str) -> Any:
    return typer.Option(*names, help=about, rich_help_panel=_EVERYWHERE)


@app.callback(invoke_without_command=True)
def home(
    ctx: typer.Context,
    journal: Annotated[Path | None, _option("--journal", about="The journal file to use.")] = None,
    plain: Annotated[
        bool, _option("--plain", about="Print line by line, without color or redrawing.")
    ] = False,
    no_input: Annotated[
        bool, _option("--no-input", about="Never ask; take answers from the command line.")
    ] = False,
    no_color: Annotated[bool, _option("--no-color", about="Print without color.")] = False,
    no_pager: Annotated[bool, _option("--no-pager", about="Never open a pager.")] = False,
    debug: Annotated[bool, _option("--debug", about="Show a traceback when something goes wrong.")] = False,
    yes: Annotated[bool, _option("--yes", about="Assume yes for every confirmation.")] = False,
    version: Annotated[
        bool,
        typer.Option(
            *("-V", "--version"),
            help="Show the version.",
            is_eager=True,
            callback=_version,
            rich_help_panel=_EVERYWHERE,
        ),
    ] = False,
    as_json: present.AsJson = False,
) -> None:
    """A weekly reflection journal for people who lead a team."""
    for name in _GLOBAL:
        _set(ctx.obj, name, ctx.params[name])
    if ctx.invoked_subcommand is None:
        import_module(HOME).run(ctx, as_json)
    elif as_json:
        raise WrongUsage("--json goes after the command, such as:", Command("list", "--json"))


def main(argv: Sequence[str] | None, env: Env) -> int:
    """Run one command line and return the exit code.

    `argv` has no program name; with None, the process's own command line is run.
    """
    # Help and usage errors are printed before all options are read.
    words = list(sys.argv[1:] if argv is None else argv)
    code = _run(words, env, given=argv is not None)
    if env.saved and (env.config.after_save or env.config.sync_auto):
        import_module(AFTER_SAVING).run(env)
    return code


def _run(words: list[str], env: Env, *, given: bool) -> int:
    """Run one command line, and return its exit code when everything is written."""
    early = words[: words.index("--")] if "--" in words else words
    env.options.plain, env.options.no_color = "--plain" in early, "--no-color" in early
    env.options.no_pager = "--no-pager" in early
    try:
        args = words if given else None
        code = app(args=args, obj=env, prog_name=env.command(Command()), standalone_mode=False)
        return ending.flush(env, code or 0)
    except _COMPLAINT as error:
        ending.complain(env, error)
        return ending.flush(env, error.exit_code)
    except SystemExit as end:
        # Typer exits with code 1 if a reader such as `head` left, but that one has everything it wanted.
        if reader_left(end.__context__):
            env.abandon_stdout()
            return 0
        return ending.flush(env, end.code if isinstance(end.code, int) else 0)
    except FollowmeError as error:
        env.tell(error)
        return ending.flush(env, error.code)
    except Exception as error:
        return ending.report_failure(env, error)


def settings(path: Path) -> Config:
    """Return the settings in this file; without a file, the defaults, and the code that reads it isn't loaded."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return Config()
    except OSError:
        pass  # Reading it raises the error: the defaults may be wrong, since it may name another journal.
    config: Config = import_module(SETTINGS).load(path)
    return config


def run() -> None:
    """The entry point of the `followme` command."""
    gc.set_threshold(YOUNG)
    gc.enable()
    env = real_env(settings)
    code = main(None, env)
    env.end(code)
