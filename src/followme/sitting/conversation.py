"""The conversation of a sitting: asking a person, with every answer put on disk on the way."""

from __future__ import annotations

from followme.asking.walk import END, Asker, Progress, Walk
from followme.env import Env
from followme.errors import NotSaved, Paused
from followme.hints import Command
from followme.journal import recovery
from followme.journal.draftfile import Draft
from followme.journal.drafts import NoDraft, OpenDraft
from followme.journal.sheets import set_aside
from followme.model import Entry
from followme.shell.editor import Desk, Editor
from followme.shell.signals import ended_by_signals
from followme.sitting import finishing, weeks_before
from followme.sitting.ending import concluded, sit
from followme.sitting.planning import Plan, entry_for, has_words, tell_of_spare, with_progress
from followme.views import view


def converse(env: Env, asking: Asker, planned: Plan, open_draft: OpenDraft, editor: Editor) -> Entry | None:
    """Ask a person, keep every answer in the draft, and save what they save; None if they discard it.

    Raises Paused when the person stops, with everything kept, and NotSaved where it could not be. A signal
    that ends the program keeps everything too. A draft in which nothing was typed is removed.
    """
    draft = open_draft.draft
    keeper = Keeper(env, open_draft, editor)
    progress = Progress(typed=draft.typed, done=draft.done, at=draft.at)
    walk = Walk(planned.items, progress, asking, keeper.keep_left, keeper.keep_quickly)
    editor.desk = Desk(open_draft, walk)
    if not open_draft.is_written:
        # Said before the first question.
        keeper.keep(progress)
    try:
        # What is typed before a question is there waits for it.
        with ended_by_signals(), env.keyboard.held():
            if planned.asked.look_back and progress.at != END:
                weeks_before.show(env, asking, draft.week, planned.asked.look_back)
            ended = sit(walk, lambda now: _show_summary(env, planned, draft, now))
    except BaseException as stop:
        kept = keeper.keep(walk.progress)
        recovery.take_over(open_draft)
        worthless = not has_words(open_draft.latest.typed) and not set_aside(open_draft.path)
        open_draft.discard() if worthless else open_draft.close()
        if not isinstance(stop, (Paused, KeyboardInterrupt)):
            raise
        if worthless:
            words = "\nNothing was typed, so nothing is kept. Begin whenever you like:"
            raise Paused(words, Command("reflect")) from None
        if kept:
            raise Paused("\nPaused. Everything is kept; go on with:", Command("reflect")) from None
        _show_summary(env, planned, draft, concluded(planned.items, walk.progress))
        raise NotSaved("Paused. These answers are not on the disk: copy them from here.") from None
    if ended is None:
        open_draft.discard(with_words=True)
        return None
    keeper.keep(ended)
    ended_draft = with_progress(draft, ended, keeper.seconds)
    entry = entry_for(env, planned, ended_draft)
    finishing.save(env, asking, entry, open_draft, lambda: _show_summary(env, planned, draft, ended))
    for path in set_aside(open_draft.path):
        env.say(
            f"{path} holds what your editor saved and no answer has. Remove it when you need nothing of it."
        )
    return entry


class Keeper:
    """Puts the progress of a sitting into its draft. Where that fails the sitting goes on, and is told."""

    def __init__(self, env: Env, open_draft: OpenDraft, editor: Editor) -> None:
        self._env = env
        self._open_draft = open_draft
        self._editor = editor
        self._begun = env.clock()
        self._seconds = open_draft.draft.seconds
        self._told = False
        self._told_of_spare = open_draft.is_spare

    def keep(self, progress: Progress) -> bool:
        """Put it on disk for certain; tells whether it is there."""
        try:
            self._save(progress, sync=True)
        except NoDraft as error:
            if not self._told:
                self._env.say(
                    f"{error} Go on, if you like: it is tried again after every answer, and at the end you see "
                    "all your answers."
                )
            self._told = True
            return False
        self._told = False
        if not self._told_of_spare:
            tell_of_spare(self._env, self._open_draft)
        self._told_of_spare = self._open_draft.is_spare
        return True

    def keep_left(self, progress: Progress) -> bool:
        """Put it on disk for certain when a question is left, with what its editor gave; tells whether it is there."""
        if kept := self.keep(progress):
            self._editor.let_go()
        return kept

    def keep_quickly(self, progress: Progress) -> bool:
        """Put it on disk while someone types, who is not disturbed if that fails; tells whether it is there."""
        try:
            self._save(progress, sync=False)
        except NoDraft:
            return False
        self._editor.let_go(progress.typed)
        return True

    @property
    def seconds(self) -> float:
        """The active time so far."""
        return self._seconds + self._env.clock() - self._begun

    def _save(self, progress: Progress, *, sync: bool) -> None:
        self._open_draft.save(with_progress(self._open_draft.draft, progress, self.seconds), sync=sync)


def _show_summary(env: Env, planned: Plan, draft: Draft, progress: Progress) -> None:
    entry = entry_for(env, planned, with_progress(draft, progress, draft.seconds))
    promises = {each.ref: each.promise for each in planned.due}
    view("entry").summary(entry, promises, env.err)
