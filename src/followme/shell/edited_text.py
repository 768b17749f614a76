"""A text in the person's editor: edited as a copy, put in its place whole, and never lost on the way."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import Protocol

from followme.asking.aside import pick_aside
from followme.env import Env
from followme.errors import FollowmeError, NotEdited, Paused
from followme.insight.wording import capitalized
from followme.journal.file.lock import FileLock, Taken
from followme.journal.file.modes import private_folder, why
from followme.journal.kept import is_ours, listed
from followme.journal.sheets import Sheet, Unread
from followme.shell.askers import asker_for, program_for
from followme.shell.paths import folders_of

GO_ON, REPLACE, AGAIN = "go on with it", "replace it with mine", "open it again"

_WINDOWS = 9
"""How many windows may edit one text at the same time."""


class Place(Protocol):
    """The place of a text that a person edits: a file, or an entry of the journal."""

    @property
    def name(self) -> str:
        """The name of the file that the editor opens."""

    @property
    def mark(self) -> bytes:
        """What tells this place from all others."""

    @property
    def about(self) -> Mapping[str, str]:
        """What a text that is left behind is about, by which it can be found."""

    @property
    def title(self) -> str:
        """Its name in a sentence, such as its path."""

    @property
    def kind(self) -> str:
        """What it is: "the file", "the entry"."""

    @property
    def home(self) -> str:
        """What it stands in: "the file", "the journal"."""

    def text(self) -> str | None:
        """Return the text that is there now, None if there is nothing. Raises FollowmeError if it can't be read."""

    def fault(self, text: str) -> str:
        """Return why this text can't be put there, "" if it can."""

    def put(self, text: str) -> None:
        """Put the text there. Raises OSError and FollowmeError."""


def edit(env: Env, place: Place, otherwise: str = "") -> bool:
    """Let the person edit the text of a place, or `otherwise` if there is none; return whether it was changed.

    A text that can't be put there is offered again. Raises FollowmeError if it doesn't get there, with the place where
    it is kept.
    """
    program = program_for(env)
    words = program.words()
    with _sheet(env, place) as sheet:
        before = _begin(env, sheet, place, otherwise)
        while True:
            ended = program.open(words, sheet.file)
            saved = _saved(sheet, place)
            if saved is None:
                ended.let_go(sheet)
                said = ended.about_nothing("Nothing was changed.")
                if ended.trouble:
                    raise NotEdited(said)
                env.say(said or "Nothing was changed.")
                return False
            if not _is_open_again(env, sheet, place, saved):
                break
        _put_in_place(env, sheet, place, saved, before)
    if ended.trouble:
        raise NotEdited(f"{ended.trouble} The text it saved is in {place.title}")
    return True


def _saved(sheet: Sheet, place: Place) -> str | None:
    """What the editor saved, None if nothing changed. Raises FollowmeError if it isn't a text, which is kept then."""
    try:
        return sheet.saved()
    except Unread as error:
        raise FollowmeError(f"{error} It's in {sheet.keep()}; {place.title} hasn't changed.") from None


def _is_open_again(env: Env, sheet: Sheet, place: Place, saved: str) -> bool:
    """Return whether the person opens a text again that can't be put in its place; False for a text that can.

    Raises FollowmeError if they leave it.
    """
    fault = place.fault(saved)
    if fault and _ask(env, fault, "Press Enter to open it again.", (AGAIN, _leave(place))) != AGAIN:
        raise FollowmeError(f"{capitalized(place.kind)} hasn't changed. Your text is in {sheet.file}")
    return bool(fault)


def _begin(env: Env, sheet: Sheet, place: Place, otherwise: str) -> str | None:
    """Put the place's text on the sheet, unless the person continues a text that could not be put in place before.

    Returns the text that was there when the sheet was begun, None if there was none.
    """
    now, left = place.text(), None
    try:
        left = sheet.saved()
    except Unread as error:
        env.say(f"{error} It's in {sheet.keep()}")
    if left is not None and left.rstrip() != (now or "").rstrip():
        what = f"An earlier edit of {place.title} was never saved in {place.home}."
        anew = f"discard it and start from {place.kind}"
        if _ask(env, what, "Press Enter to go on with it.", (GO_ON, anew)) == GO_ON:
            known = sheet.before
            return known.get("text") if known.get("there") else None
    try:
        there = "" if now is None else "yes"
        sheet.begin(otherwise if now is None else now, there=there, **place.about)
    except OSError as error:
        raise FollowmeError(f"The editor's file couldn't be created. {why(error, sheet.file)}") from None
    return now


def _put_in_place(env: Env, sheet: Sheet, place: Place, saved: str, before: str | None) -> None:
    """Put the saved text in its place if that has not changed, or if the person wants it anyway."""
    kept = f"Your text is in {sheet.file}"
    try:
        now = place.text()
        if now != before:
            what = f"{place.title} was changed elsewhere while you were editing it."
            hint = f"Press Enter to leave {place.kind} alone."
            if _ask(env, what, hint, (_leave(place), REPLACE)) != REPLACE:
                raise FollowmeError(f"{place.title} was changed elsewhere and left alone.")
        place.put(saved)
    except OSError as error:
        raise FollowmeError(f"{why(error, place.title)} {kept}") from None
    except FollowmeError as error:
        raise FollowmeError(f"{error} {kept}", *error.commands) from None
    sheet.remove()


def _leave(place: Place) -> str:
    return f"leave {place.kind} alone"


def _ask(env: Env, what: str, hint: str, offers: tuple[str, str]) -> str:
    """Ask what to do; a person who stops at the question gets the first offer."""
    env.say(what)
    try:
        env.config  # noqa: B018
    except FollowmeError:
        env.do_without_settings()
    try:
        return pick_aside(asker_for(env), "What now?", hint, {offer: offer for offer in offers})
    except (Paused, KeyboardInterrupt):
        return offers[0]


@contextmanager
def _sheet(env: Env, place: Place) -> Iterator[Sheet]:
    """A sheet for this place that no other window uses: one that was left behind, else a new one."""
    sheet, lock = _held(env, place)
    try:
        yield sheet
    finally:
        with suppress(OSError):
            if not os.path.lexists(sheet.folder):
                lock.path.unlink()
        lock.release()


def _held(env: Env, place: Place) -> tuple[Sheet, FileLock]:
    """The sheet and its lock, in the first folder where it can be made. Raises FollowmeError if there is none."""
    mark = sha256(place.mark).hexdigest()[:12]
    refused: OSError | None = None
    for home in folders_of(env):
        folder = home / "edits"
        try:
            private_folder(folder)
            if home != env.state and not is_ours(home):
                continue
            left = [path for path in listed(folder, "") if fnmatchcase(path.name, f"{mark}-?")]
            free = (folder / f"{mark}-{number}" for number in range(1, _WINDOWS + 1))
            for path in (*left, *(each for each in free if each not in left)):
                lock = FileLock(path.with_name(f"{path.name}.lock"))
                with suppress(Taken):
                    lock.acquire()
                    return Sheet(path, place.name), lock
        except OSError as error:
            refused = refused or error
    why_not = why(refused, folder) if refused else f"{place.title} is open in {_WINDOWS} windows."
    raise FollowmeError(f"The editor's file couldn't be created. {why_not}")
