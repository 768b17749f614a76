"""A file of the person's own in their editor: edited as a copy, put in place whole, and never lost on the way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path

from followme.asking.aside import pick_aside
from followme.decoding import text_of
from followme.env import Env
from followme.errors import FollowmeError, NotEdited, Paused
from followme.journal.file.lock import FileLock, Taken
from followme.journal.file.modes import private_folder, why
from followme.journal.kept import is_ours, listed
from followme.journal.sheets import Sheet, Unread
from followme.shell.askers import asker_for, program_for
from followme.shell.paths import folders_of
from followme.shell.target_file import check_own, replace

GO_ON, ANEW = "go on with it", "discard it and start from the file"
LEAVE, REPLACE = "leave the file alone", "replace it with mine"

_WINDOWS = 9
"""How many windows may edit one file at the same time."""


def edit(env: Env, target: Path, otherwise: str = "") -> bool:
    """Let the person edit the text of a file, or `otherwise` if there is no file; return whether it was changed.

    Raises FollowmeError if the text could not be put in place, with the place where it is kept.
    """
    check_own(target)
    program = program_for(env)
    words = program.words()
    with _sheet(env, target) as sheet:
        before = _begin(env, sheet, target, otherwise)
        ended = program.open(words, sheet.file)
        try:
            saved = sheet.saved()
        except Unread as error:
            raise FollowmeError(f"{error} It's in {sheet.keep()}; {target} hasn't changed.") from None
        if saved is None:
            ended.let_go(sheet)
            said = ended.about_nothing("Nothing was changed.")
            if ended.trouble:
                raise NotEdited(said)
            env.say(said or "Nothing was changed.")
            return False
        _put_in_place(env, sheet, target, saved, before)
    if ended.trouble:
        raise NotEdited(f"{ended.trouble} The text it saved is in {target}")
    return True


def _begin(env: Env, sheet: Sheet, target: Path, otherwise: str) -> str | None:
    """Put the file's text on the sheet, unless the person continues a text that could not be put in place before.

    Returns the text that the file had when the sheet was begun, None if there was no file.
    """
    now, left = _text(target), None
    try:
        left = sheet.saved()
    except Unread as error:
        env.say(f"{error} It's in {sheet.keep()}")
    if left is not None and left.rstrip() != (now or "").rstrip():
        what = f"An earlier edit of {target} never went into the file."
        if _ask(env, what, "Press Enter to go on with it.", (GO_ON, ANEW)) == GO_ON:
            known = sheet.before
            return known.get("text") if known.get("there") else None
    try:
        sheet.begin(otherwise if now is None else now, there="" if now is None else "yes")
    except OSError as error:
        raise FollowmeError(f"The editor's file couldn't be created. {why(error, sheet.file)}") from None
    return now


def _put_in_place(env: Env, sheet: Sheet, target: Path, saved: str, before: str | None) -> None:
    """Put the saved text in the file's place if the file has not changed, or if the person wants it anyway."""
    kept = f"Your text is in {sheet.file}"
    try:
        now = _text(target)
    except FollowmeError as error:
        raise FollowmeError(f"{error} {kept}") from None
    if now != before:
        what = f"{target} was changed elsewhere while you were editing it."
        if _ask(env, what, "Press Enter to leave the file alone.", (LEAVE, REPLACE)) == LEAVE:
            raise FollowmeError(f"{target} was changed elsewhere and left alone. {kept}")
    try:
        replace(target, f"{saved.rstrip()}\n".encode())
    except OSError as error:
        raise FollowmeError(f"{why(error, target)} {kept}") from None
    sheet.remove()


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
def _sheet(env: Env, target: Path) -> Iterator[Sheet]:
    """A sheet for this file that no other window uses: one that was left behind, else a new one."""
    sheet, lock = _held(env, target)
    try:
        yield sheet
    finally:
        with suppress(OSError):
            if not os.path.lexists(sheet.folder):
                lock.path.unlink()
        lock.release()


def _held(env: Env, target: Path) -> tuple[Sheet, FileLock]:
    """The sheet and its lock, in the first folder where it can be made. Raises FollowmeError if there is none."""
    mark = sha256(os.fsencode(os.path.realpath(target))).hexdigest()[:12]
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
                    return Sheet(path, target.name), lock
        except OSError as error:
            refused = refused or error
    why_not = why(refused, folder) if refused else f"{target} is open in {_WINDOWS} windows."
    raise FollowmeError(f"The editor's file couldn't be created. {why_not}")


def _text(target: Path) -> str | None:
    """The file's text, None if there is no file. Raises FollowmeError if it can't be read."""
    try:
        return text_of(target.read_bytes()).replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FollowmeError(why(error, target)) from None
    except ValueError:
        raise FollowmeError(
            f"{target} isn't UTF-8 text. Save it as UTF-8 with another editor first."
        ) from None
