"""The one door to the outside: clock, chance, environment, paths, streams, and what kind of terminal this is."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from textwrap import wrap
from typing import NoReturn, TextIO

import platformdirs

from followme import clean, quoting
from followme.env import started, streams
from followme.env.keyboard import Keyboard
from followme.errors import FollowmeError, WrongUsage, quoted
from followme.hints import Command
from followme.model import Config

ID_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"

_NAME = "followme"
_NARROWEST = 20
_PAGER_LINE = "Space goes on, q leaves"
_VARIABLES = {
    "journal": ("FOLLOWME_JOURNAL",),
    "plain": ("FOLLOWME_PLAIN", "ACCESSIBLE"),
    "editor": ("VISUAL", "EDITOR"),
}


@dataclass(slots=True)
class Options:
    """The options every verb takes; the command line fills them in."""

    journal: Path | None = None
    plain: bool = False
    no_input: bool = False
    no_color: bool = False
    no_pager: bool = False
    debug: bool = False
    yes: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """A stream and what it can show.

    `terminal` says that a person looks at it, `styles` that it understands escape sequences at all, `color`
    that it may use colours, `unicode` that it shows signs beyond ASCII; `columns` is its width. `command` says
    how a command is typed here.
    """

    stream: TextIO
    terminal: bool
    styles: bool
    color: bool
    unicode: bool
    columns: int
    command: Callable[[Command], str]


@dataclass(slots=True)
class Env:
    """What is outside the program.

    `now` is local time with its offset, `clock` counts seconds of no date, `program` are the words that started it.
    """

    environ: Mapping[str, str]
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    now: Callable[[], datetime]
    clock: Callable[[], float]
    chance: random.Random
    read_config: Callable[[Path], Config] = lambda path: Config()
    program: tuple[str, ...] = (started.NAME,)
    options: Options = field(default_factory=Options)
    _config: Config | None = None
    _is_read: bool = False
    _keyboard: Keyboard | None = None

    @property
    def config_path(self) -> Path:
        """The configuration file: FOLLOWME_CONFIG, else the platform's folder for such files."""
        named = self.environ.get("FOLLOWME_CONFIG")
        return _path(named) if named else self._config_folder / "config.toml"

    @property
    def config(self) -> Config:
        """The settings, read when first asked for. Raises FollowmeError, naming every fault with its line."""
        if self._config is None:
            self._config = self.read_config(self.config_path)
        return self._config

    def do_without_settings(self) -> None:
        """From now on the defaults count, for a verb that must work while the file of settings is at fault."""
        self._config = Config()

    @property
    def journal(self) -> Path:
        """The journal file: --journal, else FOLLOWME_JOURNAL, else the settings, else the data folder."""
        named = self.options.journal or self.environ.get("FOLLOWME_JOURNAL") or self.config.journal
        if str(named) == "-":
            raise WrongUsage("The journal cannot be on stdin or stdout. Name a file.")
        if named:
            return _path(str(named))
        return _folder(platformdirs.user_data_dir) / "journal.toml"

    @property
    def state(self) -> Path:
        """The folder for drafts, backups and locks; never beside the journal, which may lie in a cloud folder."""
        state, data = _folder(platformdirs.user_state_dir), _folder(platformdirs.user_data_dir)
        # macOS and Windows have one folder for both.
        return state / "state" if state == data else state

    @property
    def spares(self) -> tuple[Path, ...]:
        """The private folders that take drafts and locks where the state folder cannot be written, in order.

        The first is in memory, if the system has such a folder, the other is for temporary files.
        """
        temporary = "TEMP" if os.name == "nt" else "TMPDIR"
        named = (
            (self.environ.get("XDG_RUNTIME_DIR", ""), _NAME),
            (self.environ.get(temporary, "" if os.name == "nt" else "/tmp"), _own_name()),
        )
        return tuple(Path(folder) / name for folder, name in named if os.path.isdir(folder))

    @property
    def own_prompts(self) -> Path:
        """The user's own prompt sets, which go before the shipped ones."""
        return self._config_folder / "prompts"

    @property
    def _config_folder(self) -> Path:
        return _folder(platformdirs.user_config_dir)

    @property
    def prompt_folders(self) -> tuple[Path, ...]:
        """Where prompt sets are looked for by name, in order."""
        return (self.own_prompts, shipped_prompts())

    @property
    def can_ask(self) -> bool:
        """Whether a person sits at both ends: the keyboard, and the stream the questions go to."""
        return not self.options.no_input and self.stdin.isatty() and self.stderr.isatty()

    @property
    def plain(self) -> bool:
        """Whether to ask without redrawing: wished for, or all that the terminal can do."""
        wished = any(self.environ.get(name) for name in ("FOLLOWME_PLAIN", "ACCESSIBLE"))
        poor = self.environ.get("TERM", "") in ("dumb", "unknown")
        return self.options.plain or wished or poor or self._settled().plain

    @property
    def out(self) -> Screen:
        """Where data goes."""
        return self._screen(self.stdout)

    @property
    def err(self) -> Screen:
        """Where everything else goes: questions, notices, errors."""
        return self._screen(self.stderr)

    @property
    def editor(self) -> str:
        """The person's editor as a command line, "" if none is named: VISUAL, EDITOR, else the settings."""
        return self.environ.get("VISUAL") or self.environ.get("EDITOR") or self._settled().editor

    def command(self, command: Command) -> str:
        """What to type: as followme was started, with the journal where this call named another one."""
        named = self.options.journal
        start = (*self.program, *(("--journal", str(named)) if named else ()))
        return quoting.join(
            (*([command.of] if command.of else start), *command.words), windows=os.name == "nt"
        )

    def origin_of(self, key: str, otherwise: str) -> str:
        """Which option or variable settles this key of the settings, if one does."""
        options = {"journal": self.options.journal, "plain": self.options.plain}
        if options.get(key):
            return f"--{key}"
        return next((name for name in _VARIABLES.get(key, ()) if self.environ.get(name)), otherwise)

    def _settled(self) -> Config:
        """The settings, or the defaults where they cannot be read: to say so must not need them."""
        try:
            return self.config
        except FollowmeError:
            return Config()

    def say(self, words: str, *commands: Command, exact: bool = False) -> None:
        """Write lines to the stream for everything that is not data, safe and in a terminal broken at blanks.

        Each command stands on a line of its own, whole, to be copied from there. Where that stream fails, nothing
        happens: what was done is done.
        """
        columns = self._columns() if self.stderr.isatty() and not exact else None
        with suppress(OSError):
            for line in clean.for_terminal(words).split("\n"):
                rows = wrap(line, columns, break_on_hyphens=False) if columns else [line]
                self.stderr.write("\n".join(rows or [""]) + "\n")
            for command in commands:
                self.stderr.write(f"  {clean.one_line(self.command(command))}\n")
            self.stderr.flush()

    def tell(self, error: FollowmeError) -> None:
        """Say what went wrong, and what to type next."""
        if str(error):
            self.say(str(error), *error.commands)

    @property
    def keyboard(self) -> Keyboard:
        """Where a person types lines."""
        self._keyboard = self._keyboard or Keyboard(self.stdin, self.stderr)
        return self._keyboard

    def ask(
        self, words: str, *, pasted: bool = False, heard: Callable[[str], object] = lambda text: None
    ) -> str | None:
        """Ask a person for one line; None at the end of the input, where not even an empty line comes.

        With `pasted`, lines that come at once belong together. `heard` is told of what there is so far, also where
        the asking is broken off.
        """
        with self.keyboard.held():
            self.stderr.write(f"{clean.for_terminal(words)} ")
            self.stderr.flush()
            line = text = self.keyboard.readline(heard, ahead=pasted)
            heard(text)
            while line and pasted and (self.keyboard.cut or self.keyboard.follows()):
                if self.keyboard.cut:
                    self.say(self.keyboard.cut)
                    text = text.removesuffix("\n")
                told = partial(lambda before, line: heard(before + line), text)
                text += (line := self.keyboard.readline(told, ahead=True))
                heard(text)
        return text.removesuffix("\n") if text else None

    def write(self, text: str) -> None:
        """Write data to stdout, safe for whatever looks at it; what may go wrong there is for `main` to say."""
        self.stdout.write(clean.for_stream(text))

    def read_stdin(self, most: int) -> bytes:
        """All of stdin, up to so many bytes. Raises WrongUsage the second time: then it would be empty."""
        if self._is_read:
            raise WrongUsage("Only one thing can be on stdin, so nothing was stored. Leave one - out.")
        self._is_read = True
        return self.stdin.buffer.read(most)

    def page(self, text: str) -> None:
        """Write data for a person: through a pager if it is taller than the terminal."""
        pager = self._pager()
        if not pager or text.count("\n") < shutil.get_terminal_size().lines:
            self.stdout.write(text)
            return
        settings = {"LESS": f"FRX-Ps{_PAGER_LINE}$", "LESSHISTFILE": "-", "LESSSECURE": "1"}
        environ = {**settings, **self.environ}
        try:
            running = subprocess.Popen(pager, stdin=subprocess.PIPE, env=environ, encoding="utf-8")
        except OSError:
            self.stdout.write(text)
            return
        with suppress(BrokenPipeError, KeyboardInterrupt):
            running.communicate(text)
        running.wait()

    def _pager(self) -> list[str]:
        """The pager's words: FOLLOWME_PAGER, else PAGER, else less; none where it is empty, cat, or missing."""
        if self.options.no_pager or self.plain or not (self.stdin.isatty() and self.stdout.isatty()):
            return []
        named = next(
            (self.environ[name] for name in ("FOLLOWME_PAGER", "PAGER") if name in self.environ), "less"
        )
        try:
            words = quoting.resolved(named, shutil.which, windows=os.name == "nt")
        except (ValueError, LookupError):
            return []
        if not words or [Path(words[0]).stem, *words[1:]] == ["cat"]:
            return []
        # As an argument it counts whatever LESS says: colors are shown, and no code reaches the screen raw.
        return [words[0], "-R", *words[1:]] if Path(words[0]).stem.lower() == "less" else words

    def abandon_stdout(self) -> None:
        """Stop writing data: whoever read it has gone, and what is left must not raise again at exit."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())

    def end(self, code: int) -> NoReturn:
        """End the process with this exit code, at once: taking all modules apart first takes 8 ms."""
        for stream in (self.stdout, self.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)

    def new_id(self, at: datetime) -> str:
        """An id for an entry begun at this moment: UTC time, and five letters of chance."""
        letters = "".join(self.chance.choice(ID_LETTERS) for _ in range(5))
        return f"{at.astimezone(UTC):%Y%m%dT%H%M%S}-{letters}"

    def _screen(self, stream: TextIO) -> Screen:
        terminal = stream.isatty()
        styles = (terminal or bool(self.environ.get("FORCE_COLOR"))) and not self.plain
        color = styles and not self.options.no_color and not self.environ.get("NO_COLOR")
        encoding = (getattr(stream, "encoding", None) or "").lower()
        return Screen(
            stream, terminal, styles, color, encoding.startswith("utf"), self._columns(), self.command
        )

    def _columns(self) -> int:
        return max(shutil.get_terminal_size().columns, _NARROWEST)


def _folder(find: Callable[..., str]) -> Path:
    """One of the folders that the system has for programs. Raises FollowmeError where no home leads there."""
    try:
        return Path(find(_NAME, False))
    except RuntimeError:
        raise FollowmeError("Your home folder is unknown. Set HOME to it.") from None


def _path(words: str) -> Path:
    """A path as a person writes it, with ~ for a home. Raises FollowmeError where it can be none."""
    try:
        if "\0" not in words:
            return Path(words).expanduser()
    except RuntimeError:
        pass
    raise FollowmeError(f"{quoted(words)} is no path on this computer. Write it out, beginning at the top.")


def _own_name() -> str:
    """A name for a folder of one's own in a folder that everyone shares."""
    if sys.platform == "win32":
        return _NAME
    return f"{_NAME}-{os.getuid()}"


def _now() -> datetime:
    """Local time with its offset; UTC where TZ names an offset that no clock has."""
    try:
        return datetime.now().astimezone()
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)


def shipped_prompts() -> Path:
    """The prompt sets that came along: inside the package, or in the checkout it runs from."""
    package = Path(__file__).parents[1]
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parents[1] / "prompts"


def real_env(read_config: Callable[[Path], Config] = lambda path: Config()) -> Env:
    """The world as it is, with the settings as this function reads them."""
    stdin, stdout, stderr = streams.standard()
    return Env(
        environ=os.environ,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        now=_now,
        clock=time.monotonic,
        chance=random.SystemRandom(),
        read_config=read_config,
        program=started.program(sys.argv, sys.orig_argv),
    )
