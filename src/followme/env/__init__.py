"""The only way to the outside: clock, random numbers, environment, paths, streams, and the kind of terminal."""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn, TextIO

import platformdirs

from followme import clean, quoting
from followme.env import clock, folders, pager, started, streams
from followme.env.keyboard import Keyboard
from followme.errors import FollowmeError, WrongUsage
from followme.frozen import mutable
from followme.hints import Command
from followme.model import ID_LETTERS, Config, Entry
from followme.screen import Screen, breaks_rows, command_row, rows_of

DEMO_DAY = datetime.fromisoformat("2026-11-21T09:00:00-05:00")
"""The moment that the demo shows: the morning after its last entry."""

BEGIN = ("reflect",)

_NARROWEST = 20

VARIABLES = {
    "journal": ("FOLLOWME_JOURNAL",),
    "plain": ("FOLLOWME_PLAIN", "ACCESSIBLE"),
    "editor": ("VISUAL", "EDITOR"),
}
"""The settings that `Env` has itself, each with the variables that go before it, the first one first."""


@mutable
class Options:
    """The options that every verb takes, as the command line gave them."""

    journal: Path | None = None
    plain: bool = False
    no_input: bool = False
    no_color: bool = False
    no_pager: bool = False
    debug: bool = False
    yes: bool = False


@mutable
class Env:
    """Everything outside the program.

    `now` returns local time with its offset, `clock` counts seconds from any start, and `program` has the words that
    started the program. `settled` is the exit code of a verb that has stored something, whatever becomes of its output
    after that, and `saved` is the entry. `demo` is the folder of the demo while it is shown in place of all that is the
    person's own.
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
    settled: int | None = None
    saved: Entry | None = None
    demo: Path | None = None
    _config: Config | None = None
    _is_read: bool = False
    _keyboard: Keyboard | None = None
    _said: set[str] = field(default_factory=set)
    _unsaid: list[tuple[str, tuple[Command, ...], bool]] | None = None

    @property
    def config_path(self) -> Path:
        """The configuration file: FOLLOWME_CONFIG, else a file in the platform's folder for settings."""
        named = self.environ.get("FOLLOWME_CONFIG")
        return folders.path_of(named) if named and not self.demo else self._config_folder / "config.toml"

    @property
    def config(self) -> Config:
        """The settings, read at first use. Raises FollowmeError with the line of every fault."""
        if self._config is None:
            self._config = self.read_config(self.config_path)
        return self._config

    def show_demo(self) -> None:
        """Show the shipped demo from now on, on its day, and ask nothing; hints begin with `followme demo`."""
        self.options.plain, self.options.no_input = self.plain, True
        self.demo, self._config, self.now = folders.shipped("demo"), None, lambda: DEMO_DAY

    def do_without_settings(self) -> None:
        """Use the default settings from now on, for a verb that must work even if the settings have a fault."""
        self._config = Config()

    @property
    def journal(self) -> Path:
        """The journal file: --journal, else FOLLOWME_JOURNAL, else the settings, else the data folder."""
        if self.demo and self.options.journal:
            raise WrongUsage("The demo has a journal of its own. Leave --journal out.")
        named = self.options.journal or self._set_in_environ("journal") or self.config.journal
        if str(named) == "-":
            raise WrongUsage("The journal can't be on stdin or stdout. Name a file.")
        if named and not self.demo:
            return folders.path_of(str(named))
        return self._folder(platformdirs.user_data_dir) / "journal.toml"

    @property
    def state(self) -> Path:
        """The folder for drafts, backups and locks; never beside the journal, which may be in a cloud folder."""
        state, data = self._folder(platformdirs.user_state_dir), self._folder(platformdirs.user_data_dir)
        # macOS and Windows have one folder for both.
        return state / "state" if state == data else state

    @property
    def fallbacks(self) -> tuple[Path, ...]:
        """The private folders for drafts and locks if the state folder can't be written, in order."""
        return folders.private(self.environ)

    @property
    def own_prompts(self) -> Path:
        """The folder of the person's own prompt sets, which come before the shipped ones."""
        return self._config_folder / "prompts"

    @property
    def _config_folder(self) -> Path:
        return self._folder(platformdirs.user_config_dir)

    @property
    def prompt_folders(self) -> tuple[Path, ...]:
        """The folders to look for a prompt set by name, in order."""
        return (self.own_prompts, folders.shipped_prompts())

    @property
    def can_ask(self) -> bool:
        """Whether a person can be asked: both stdin and the stream for questions are terminals."""
        return not self.options.no_input and self.stdin.isatty() and self.stderr.isatty()

    @property
    def plain(self) -> bool:
        """Whether to ask without redrawing, because the person wants it or the terminal can't do more."""
        return bool(self.origin_of("plain", "")) or self._settled().plain

    @property
    def breaks_rows(self) -> bool:
        """Whether the terminal breaks rows when its window gets narrower; the few that don't cut them off."""
        return breaks_rows(self.environ)

    @property
    def rows(self) -> int:
        """How many rows the terminal has."""
        return shutil.get_terminal_size().lines

    @property
    def out(self) -> Screen:
        """The stream for data."""
        return self._screen(self.stdout)

    @property
    def err(self) -> Screen:
        """The stream for everything else: questions, notices, errors."""
        return self._screen(self.stderr)

    @property
    def editor(self) -> str:
        """The person's editor as a command line, from VISUAL, EDITOR, or the settings; "" if none is named."""
        return self._set_in_environ("editor") or self._settled().editor

    def command(self, command: Command) -> str:
        """Return the words to type for a command: as followme was started, with --journal if this call had it.

        In the demo, which only reads, a command to begin with is one for the person's own journal.
        """
        named = self.options.journal
        demo = ("demo",) if self.demo and command.words[:1] != BEGIN else ()
        start = (*self.program, *demo, *(("--journal", str(named)) if named else ()))
        return quoting.join(
            (*([command.of] if command.of else start), *command.words), windows=os.name == "nt"
        )

    def origin_of(self, key: str, otherwise: str) -> str:
        """Return the option or variable that sets this key of the settings, `otherwise` if none does."""
        if getattr(self.options, key, None):
            return f"--{key}"
        if named := next(filter(self.environ.get, VARIABLES.get(key, ())), ""):
            return named
        poor = self.environ.get("TERM") in ("dumb", "unknown")
        return "TERM" if key == "plain" and poor else otherwise

    def _set_in_environ(self, key: str) -> str:
        """The value of the first variable that sets this key of the settings; "" if none does."""
        return next(filter(None, map(self.environ.get, VARIABLES[key])), "")

    def _settled(self) -> Config:
        """The settings, or the defaults if they can't be read: the message about that must not need them."""
        try:
            return self.config
        except FollowmeError:
            return Config()

    def say_once(self, words: str, *commands: Command) -> None:
        """Say something about the journal, unless it was said when the journal was read before."""
        if words not in self._said:
            self._said.add(words)
            self.say(words, *commands)

    def say(self, words: str, *commands: Command, exact: bool = False) -> None:
        """Write words to the stream for everything but data, made safe, and in a terminal broken at blanks.

        Each command is written whole on a line of its own, ready to copy. If that stream fails, nothing happens,
        since the work is done.
        """
        if self._unsaid is not None:
            self._unsaid.append((words, commands, exact))
            return
        columns = self._columns() if self.stderr.isatty() and not exact else None
        with suppress(OSError):
            for line in clean.for_terminal(words).split("\n"):
                rows = rows_of(line, columns) if columns else [line]
                self.stderr.write("\n".join(rows or [""]) + "\n")
            for command in commands:
                line = clean.one_line(self.command(command))
                self.stderr.write(f"{command_row(line, columns, 2) if columns else f'  {line}'}\n")
            self.stderr.flush()

    def tell(self, error: FollowmeError) -> None:
        """Write what went wrong, and what to type next."""
        if str(error):
            self.say(str(error), *error.commands)

    @property
    def keyboard(self) -> Keyboard:
        """The keyboard where a person types lines."""
        self._keyboard = self._keyboard or Keyboard(self.stdin, self.stderr)
        return self._keyboard

    def ask(
        self, words: str, *, pasted: bool = False, heard: Callable[[str], object] = lambda text: None
    ) -> str | None:
        """Ask a person for one line; None at the end of the input.

        With `pasted`, lines that arrive together are one answer. `heard` gets the text so far, also if asking stops
        early.
        """
        with self.keyboard.held():
            self.stderr.write(f"{clean.for_terminal(words)} ")
            self.stderr.flush()
            text = self.keyboard.lines(heard, self.say) if pasted else self.keyboard.readline(heard)
        return text.removesuffix("\n") if text else None

    def write(self, text: str) -> None:
        """Write data to stdout, made safe for any reader; `main` reports errors of that stream."""
        self.stdout.write(clean.for_stream(text))

    def write_utf8(self, data: bytes) -> None:
        """Write the UTF-8 of a text that is safe for any reader; a terminal's is looked at once more."""
        if self.out.terminal:
            self.write(data.decode())
        else:
            self.stdout.flush()
            self.stdout.buffer.write(data)

    def read_stdin(self, most: int) -> bytes:
        """Return all of stdin, up to `most` bytes. Raises WrongUsage the second time, when it would be empty."""
        if self._is_read:
            raise WrongUsage("Only one thing can come from stdin, so nothing was saved. Leave one - out.")
        self._is_read = True
        return self.stdin.buffer.read(most)

    def page(self, text: str) -> None:
        """Write data for a person, through a pager if it is taller than the terminal."""
        if self.pages:
            pager.show(text, self.stdout, self.environ, self.rows)
        else:
            self.stdout.write(text)

    @property
    def pages(self) -> bool:
        """Whether a page taller than the terminal goes through a pager."""
        wanted = not (self.options.no_pager or self.plain)
        return wanted and self.stdin.isatty() and self.stdout.isatty() and pager.is_there(self.environ)

    @contextmanager
    def paged(self) -> Iterator[TextIO]:
        """Give a stream for a page that is still being made, and that its pager shows from the first screen on.

        What is said meanwhile is said below the page: it would be written over the pager's screen.
        """
        if not self.pages:
            yield self.stdout
            return
        unsaid: list[tuple[str, tuple[Command, ...], bool]] = []
        self._unsaid = unsaid
        try:
            with pager.paged(self.stdout, self.environ, self.rows) as stream:
                yield stream
        finally:
            self._unsaid = None
            for words, commands, exact in unsaid:
                self.say(words, *commands, exact=exact)

    def abandon_stdout(self) -> None:
        """Stop writing data, because its reader has gone; the rest of it must not raise an error at exit."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())

    def end(self, code: int) -> NoReturn:
        """End the process at once with this exit code; cleaning up all modules first would take 8 ms."""
        for stream in (self.stdout, self.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)

    def new_id(self, at: datetime) -> str:
        """Return an id for an entry begun at this moment: UTC time, and five random letters."""
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

    def _folder(self, find: Callable[..., str]) -> Path:
        """One of the system's folders for programs, or the demo's. Raises FollowmeError if the home is unknown."""
        try:
            return self.demo or Path(find(started.NAME, False))
        except RuntimeError:
            raise FollowmeError("Your home folder is unknown. Set HOME to it.") from None

    def _columns(self) -> int:
        return max(shutil.get_terminal_size().columns, _NARROWEST)


def real_env(read_config: Callable[[Path], Config] = lambda path: Config()) -> Env:
    """Return the real environment; `read_config` reads its settings."""
    stdin, stdout, stderr = streams.standard()
    return Env(
        environ=os.environ,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        now=clock.now,
        clock=time.monotonic,
        chance=random.SystemRandom(),
        read_config=read_config,
        program=started.program(sys.argv, sys.orig_argv),
    )
