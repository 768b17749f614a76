"""The conversation of a sitting: it asks a person, and puts every answer on disk on the way."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from followme.asking.state import AT_END
from followme.asking.walk import Asker, Walk
from followme.env import Env
from followme.env.signals import ended_by_signals
from followme.errors import NotSaved, Paused
from followme.hints import Command
from followme.journal import recovery
from followme.journal.opendraft import NoDraft, OpenDraft
from followme.journal.sheets import set_aside
from followme.model import Entry
from followme.shell.editor import Desk, Editor
from followme.sitting import finishing
from followme.sitting.entry import entry_for, show_summary
from followme.sitting.starting import Sitting, tell_of_fallback
from followme.sitting.summary import sit

WEEKS = "followme.sitting.weeks_before"
"""Loaded only for a set that looks back."""


def converse(
    env: Env, asking: Asker, sitting: Sitting, open_draft: OpenDraft, editor: Editor, again: Command
) -> Entry | None:
    """Ask a person, keep every answer in the draft, and return the entry they save, None if they discard it.

    Raises Paused, with everything kept, if the person stops, and NotSaved if the entry could not be saved. A signal
    that ends the program keeps everything too. A draft without any words is removed, and `again` begins another.
    """
    keeper = Keeper(env, open_draft, editor)
    walk = Walk(sitting, asking, keeper.keep_left, keeper.keep_quickly)
    editor.desk = Desk(open_draft, walk)
    if not open_draft.is_written:
        # Said before the first question.
        keeper.keep(sitting)
    try:
        # Keys pressed before a question appears wait for it.
        with ended_by_signals(env.keyboard.stop), env.keyboard.held():
            if sitting.asked.look_back:
                _look_back(env, asking, sitting, sitting.asked.look_back)
            ended = sit(walk, lambda now: show_summary(env, now, fits=True))
    except BaseException as stop:
        kept = keeper.keep(walk.state)
        worthless = _left(open_draft)
        if not isinstance(stop, (Paused, KeyboardInterrupt)):
            raise
        if worthless:
            words = "\nYou didn't answer anything, so nothing is kept. Start whenever you like:"
            raise Paused(words, again) from None
        raise _paused(env, walk.state, kept=kept) from None
    if ended is None:
        open_draft.discard(with_words=True)
        return None
    ended = keeper.timed(ended)
    open_draft.go_on_from(ended.progress)
    entry = entry_for(env, ended)
    finishing.save(env, asking, entry, open_draft, lambda: show_summary(env, ended))
    for path in set_aside(open_draft.path):
        env.say(
            f"{path} holds text that your editor saved and that isn't in any answer. Remove it when you "
            f"don't need it anymore."
        )
    return entry


def _look_back(env: Env, asking: Asker, sitting: Sitting, look_back: int | str) -> None:
    """Show the weeks that a sitting asks about, unless it has asked everything, and have them at hand."""
    before = import_module(WEEKS).WeeksBefore(env, look_back, sitting.progress.week)
    if sitting.progress.at != AT_END:
        before.show(asking)
    asking.keep_at_hand(before.rows)


def _paused(env: Env, sitting: Sitting, *, kept: bool) -> Paused | NotSaved:
    """The error that ends a paused sitting; answers that aren't kept are shown first."""
    if kept:
        return Paused("\nPaused. Everything is kept; go on with:", Command("reflect"))
    show_summary(env, sitting.concluded)
    return NotSaved("Paused. These answers aren't on the disk: copy them from here.")


def _left(open_draft: OpenDraft) -> bool:
    """Close a draft; remove it if nothing was typed, and return whether it was removed."""
    recovery.take_over(open_draft)
    worthless = not open_draft.latest.has_words and not set_aside(open_draft.path)
    open_draft.discard() if worthless else open_draft.close()
    return worthless


class Keeper:
    """Puts the progress of a sitting into its draft. If that fails, the sitting goes on, and a message says so."""

    def __init__(self, env: Env, open_draft: OpenDraft, editor: Editor) -> None:
        self._env = env
        self._open_draft = open_draft
        self._editor = editor
        self._begun = env.clock()
        self._seconds = open_draft.draft.seconds
        self._loss_said = False
        self._fallback_said = open_draft.is_fallback

    def keep(self, sitting: Sitting) -> bool:
        """Put it on disk, synced; return whether it is there."""
        try:
            self._open_draft.save(self.timed(sitting).progress)
        except NoDraft as error:
            if not self._loss_said:
                self._env.say(
                    f"{error} You can go on; followme tries again after every answer, and shows all your answers "
                    "at the end."
                )
            self._loss_said = True
            return False
        self._loss_said = False
        if not self._fallback_said:
            tell_of_fallback(self._env, self._open_draft)
        self._fallback_said = self._open_draft.is_fallback
        return True

    def keep_left(self, sitting: Sitting) -> bool:
        """Put it on disk, synced, with what the editor saved, when a question is left; return whether it is there."""
        if kept := self.keep(sitting):
            self._editor.let_go()
        return kept

    def keep_quickly(self, sitting: Sitting) -> bool:
        """Put it on disk while someone types, without a message if that fails; return whether it is there."""
        try:
            self._open_draft.save(self.timed(sitting).progress, sync=False)
        except NoDraft:
            return False
        self._editor.let_go(sitting.progress.typed)
        return True

    def timed(self, sitting: Sitting) -> Sitting:
        """Return the sitting with the active time so far in its draft."""
        seconds = self._seconds + self._env.clock() - self._begun
        return replace(sitting, progress=replace(sitting.progress, seconds=seconds))
