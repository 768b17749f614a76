"""The person's own editor: it edits a text on a sheet, and followme takes the saved text however the editor ends."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import field
from pathlib import Path
from typing import IO, Any, Protocol

from followme import quoting
from followme.asking.walk import Walk
from followme.env.signals import left_to_the_other_program
from followme.errors import NotEdited
from followme.frozen import frozen, mutable
from followme.journal.file.modes import why
from followme.journal.sheets import Sheet, Unread, sheet_of
from followme.kinds.base import Field
from followme.model import Typed

WAITING = {
    **dict.fromkeys(
        ("atom", "bbedit", "code", "code-insiders", "codium", "cursor", "gedit", "mate"), "--wait"
    ),
    **dict.fromkeys(("subl", "windsurf", "zed"), "--wait"),
    "gvim": "-f",
    "kate": "--block",
    "mvim": "-f",
    "open": "-W",
}
"""Editors with windows of their own, each with the option to wait until its window is closed."""

AT_ONCE, AT_ONCE_WITH_A_WINDOW = 1.0, 3.0
"""Seconds: an editor that ends sooner than this without a change was not used."""

PATIENCE = 2.0
"""Seconds that an editor has to end when followme must end."""


@frozen
class Ended:
    """How an editor ended: its name, what went wrong, and whether it ended too soon to have been used.

    `lost` says that it may still be running, and so may still save. `remedy` is the advice for an editor that ends at
    once.
    """

    name: str
    trouble: str = ""
    lost: bool = False
    at_once: bool = False
    remedy: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it ended well, and can't save any more."""
        return not (self.trouble or self.at_once)

    def let_go(self, sheet: Sheet) -> None:
        """Remove a sheet without a change, unless a window may still be open or the sheet has unsaved words."""
        if self.is_over or not (self.lost or self.at_once or sheet.has_words()):
            sheet.remove()

    def about_nothing(self, otherwise: str) -> str:
        """Return the sentence to show if nothing was changed; "" if none is needed."""
        if self.trouble:
            return f"{self.trouble} {otherwise}"
        if not self.at_once:
            return ""
        return f"Nothing was changed, and {self.name} returned right away. {self.remedy}".rstrip()


@frozen
class Program:
    """An editor's command line, such as "code --wait", and where it was named: EDITOR, or the settings.

    Within `released`, the terminal is set as other programs expect it.
    """

    command: str
    origin: str
    clock: Callable[[], float]
    screen: IO[str] | None = None
    released: Callable[[], AbstractContextManager[None]] = nullcontext

    def words(self) -> list[str]:
        """Return the words of the command line, the first one as the path of the program. Raises NotEdited."""
        try:
            words = quoting.resolved(self.command, _which, windows=os.name == "nt")
        except ValueError:
            raise NotEdited(f"The editor's command can't be read: {self.command}. Fix its quotes.") from None
        except LookupError as missing:
            raise NotEdited(
                f"The editor {missing.args[0]} wasn't found. Name another one in EDITOR or in the settings."
            ) from None
        if not words:
            raise NotEdited("No editor is set. Set EDITOR, such as EDITOR=nano, before you start followme.")
        return words

    def open(self, words: list[str], file: Path) -> Ended:
        """Let the person edit this file."""
        name = Path(words[0]).stem.lower()
        begun = self.clock()
        try:
            with self.released():
                code = _wait_for([*words, str(file)], self.screen)
        except OSError as error:
            if error.filename is not None:
                return Ended(name, f"{name} couldn't be run ({error.strerror}).")
            # The system failed after the editor had started.
            trouble = f"{name} may still be open ({error.strerror}), with {file} in it."
            return Ended(name, trouble, lost=True)
        if code:
            return Ended(name, f"{name} ended with an error.")
        soon = AT_ONCE_WITH_A_WINDOW if name in WAITING else AT_ONCE
        return Ended(name, at_once=self.clock() - begun < soon, remedy=self._remedy(name, words))

    def _remedy(self, name: str, words: list[str]) -> str:
        """What to do if the editor doesn't wait until its window is closed."""
        option = WAITING.get(name)
        if option is None:
            return "If it opens its own window, add the option that makes it wait, such as --wait."
        if option in words:
            return ""
        return (
            f'To make it wait, set {self.origin} to "{self.command} {option}"; if its window is open, save there '
            "and open the editor again."
        )


class OnDisk(Protocol):
    """Something that is kept on the disk while someone types."""

    @property
    def path(self) -> Path:
        """Its file."""


@frozen
class Desk:
    """The parts of a sitting that its editor needs: the draft, beside which the sheets are, and the walk."""

    draft: OnDisk
    walk: Walk[Any]

    @property
    def spot(self) -> tuple[str, str]:
        """Return the key and the field that are being asked. Raises NotEdited if nothing is."""
        return self.walk.progress.at, self._field.name

    def sheet(self) -> Sheet:
        """Return the sheet of the field that is being asked."""
        return sheet_of(self.draft.path, *self.spot)

    def begin(self, sheet: Sheet, text: str) -> None:
        """Put the answer so far on the sheet. Raises OSError."""
        key, name = self.spot
        sheet.begin(text, key=key, field=name, way=self._field.input)

    def take(self, text: str) -> bool:
        """Take a text as if it was typed; return whether it is on disk."""
        self.walk.progress = self.walk.progress.with_typed(*self.spot, text)
        return bool(self.walk.keep(self.walk.state))

    def shaped(self, text: str) -> str:
        """Return the text in the form that the field takes."""
        return text if self._field.input == "text" else " ".join(text.split("\n"))

    @property
    def _field(self) -> Field:
        if self.walk.asked is None:
            raise NotEdited("There's no editor here. Your text hasn't changed.")
        return self.walk.asked


@frozen
class Taken:
    """A text taken from a sheet that may not be in the prompt yet; `well` says whether its editor ended well."""

    sheet: Sheet
    saved: str
    well: bool
    key: str
    field: str
    text: str

    def let_go(self) -> None:
        """Let go of the sheet, because the person can see the text now."""
        if self.well:
            self.sheet.remove()
        else:
            # The editor may look here for words that it had not saved.
            with suppress(OSError):
                self.sheet.settle(self.saved)


@mutable
class Editor:
    """The editor for answers. A text it saves is in the draft before the person sees it.

    `desk` is set while a sitting goes on.
    """

    program: Program
    desk: Desk | None = None
    taken: list[Taken] = field(default_factory=list)

    def __call__(self, text: str) -> str:
        """Return the text that the editor saved, without the newline at its end.

        Raises NotEdited if something went wrong, with the text that was saved anyway.
        """
        if self.desk is None:
            raise NotEdited("There's no editor here. Your text hasn't changed.")
        self.let_go()
        words, sheet = self.program.words(), self.desk.sheet()
        if (saved := _saved(sheet)) is not None:
            # An editor that seemed to end at once has saved since then.
            return self._take(self.desk, sheet, saved, well=True)
        try:
            self.desk.begin(sheet, text)
        except OSError as error:
            raise NotEdited(f"The editor's file couldn't be created. {why(error, sheet.file)}") from None
        ended = self.program.open(words, sheet.file)
        saved = _saved(sheet)
        if saved is None:
            ended.let_go(sheet)
            if said := ended.about_nothing("Your text hasn't changed."):
                raise NotEdited(said)
            return text
        taken = self._take(self.desk, sheet, saved, well=ended.is_over)
        if ended.trouble:
            raise NotEdited(f"{ended.trouble} The text it saved is in your answer.", taken)
        return taken

    def let_go(self, typed: Mapping[str, Typed] | None = None) -> None:
        """Let go of the sheets whose texts were taken; with `typed`, only of those whose text is in it."""
        for one in list(self.taken):
            if typed is None or typed.get(one.key, {}).get(one.field) == one.text:
                one.let_go()
                self.taken.remove(one)

    def _take(self, desk: Desk, sheet: Sheet, saved: str, *, well: bool) -> str:
        text = desk.shaped(saved)
        if desk.take(text):
            self.taken.append(Taken(sheet, saved, well, *desk.spot, text))
        return text


def _saved(sheet: Sheet) -> str | None:
    try:
        return sheet.saved()
    except Unread as error:
        raise NotEdited(f"{error} It is kept in {sheet.keep()}; your answer hasn't changed.") from None


def _which(name: str) -> str | None:
    return shutil.which(os.path.expanduser(name))


def _wait_for(words: list[str], screen: IO[str] | None) -> int:
    """Run an editor until it ends and return its exit code. If followme must end, it ends the editor too."""
    running = subprocess.Popen(words, stdout=screen)
    try:
        with left_to_the_other_program():
            return running.wait()
    except BaseException:
        if os.name != "nt":  # On Windows, it could not save what is open.
            running.terminate()
            with suppress(subprocess.TimeoutExpired):
                running.wait(PATIENCE)
        raise
