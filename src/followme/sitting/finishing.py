"""The end of a sitting: saving its entry, and what a person can do if that fails."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from followme import dates
from followme.asking.aside import ask_aside, pick_aside
from followme.asking.walk import Asker
from followme.env import Env
from followme.errors import NotSaved, Paused
from followme.hints import Command
from followme.journal import saving
from followme.journal.memory import Shrunk
from followme.journal.opendraft import NoDraft, OpenDraft
from followme.kinds.base import Field
from followme.model import Entry
from followme.shell.paths import paths_of

AGAIN, SHOW, LEAVE = "try again", "show my answers, so I can copy them", "leave it for later"

_CHOICES = {choice: choice for choice in (AGAIN, SHOW, LEAVE)}
_SHRUNK = Field(
    name="shrunk",
    input="yesno",
    ask="Add the entry to the file as it is?",
    hint="Press Enter to wait.",
    empty="no",
)


def save(env: Env, asker: Asker, entry: Entry, open_draft: OpenDraft, show: Callable[[], None]) -> None:
    """Save the entry; if that fails, try again as often as the person wants. `show` shows all answers.

    The draft's latest state need not be on disk: saving puts it there with the entry. Raises NotSaved,
    with everything said already, if they leave it, and Paused at Ctrl+C. If no draft could keep the answers, they are
    shown once more.
    """
    insist = env.options.yes
    while True:
        try:
            saving.save(paths_of(env), entry, open_draft, although_shrunk=insist)
            env.saved = entry
            return
        except NotSaved as error:
            _keep(open_draft)
            env.tell(error)
            insist = _what_now(asker, show, shrunk=isinstance(error, Shrunk), kept=error.kept)
        except KeyboardInterrupt:
            # It was only waiting for another window to finish; no part of the entry is written.
            _keep(open_draft)
            if open_draft.has_it_all:
                raise Paused("\nPaused. Everything is kept; go on with:", Command("reflect")) from None
            show()
            raise NotSaved("Paused. These answers aren't on the disk: copy them from here.") from None


def _keep(open_draft: OpenDraft) -> None:
    """Put the latest state of the draft on disk if possible, unless saving has already done that."""
    if open_draft.draft.pending is None:
        with suppress(NoDraft):
            open_draft.save(open_draft.draft)


def _what_now(asker: Asker, show: Callable[[], None], *, shrunk: bool, kept: bool) -> bool:
    """Ask what to do after a failure; return whether to save although the journal has shrunk. Raises NotSaved."""
    try:
        if shrunk:
            if ask_aside(asker, _SHRUNK).value == "yes":
                return True
            raise Paused("")
        while (choice := pick_aside(asker, "What now?", "Press Enter to try again.", _CHOICES)) == SHOW:
            show()
        if choice != LEAVE:
            return False
    except (Paused, KeyboardInterrupt):
        pass
    if not kept:
        show()
    raise NotSaved("")


def tell_saved(env: Env, entry: Entry) -> None:
    """After saving, print what was saved, for which week, where, and how to read it."""
    saved = f"Saved: {entry.set}, {dates.week_words(entry.week, env.now().date())}, in {env.journal}"
    env.say(f"{saved}\nRead it with:", Command("show", "last"))
