"""Drafts left by an accident or a pause: finished ones become entries, unfinished ones are offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followme import dates
from followme.asking.aside import ask_aside, is_sure
from followme.asking.walk import Asker
from followme.env import Env
from followme.errors import FollowmeError, Paused
from followme.frozen import frozen
from followme.hints import Command
from followme.insight.weeks import breaks_of, lacking, weeks_done
from followme.journal import drafts, recovery
from followme.journal.draftfile import Draft
from followme.journal.opendraft import OpenDraft
from followme.journal.recovery import Recovery
from followme.kinds.base import Field
from followme.model import RESERVED_SETS, Entry
from followme.shell.paths import paths_of
from followme.sitting import starting

GO_ON, KEEP, LEAVE, DISCARD = (
    "go on with it",
    "save what I have",
    "leave it for later",
    "discard it",
)


@frozen
class Completed:
    """Entries that an interrupted save had left out of the journal and are in it now, and whether these are all."""

    entries: tuple[Entry, ...]
    all_in: bool


def complete(env: Env) -> Completed:
    """Save the entries of finished sittings that may not have reached the journal, and say so.

    Also reports drafts that can't be read.
    """
    paths = paths_of(env)
    busy = False
    try:
        recovered = recovery.recover(paths, although_shrunk=env.options.yes)
    except FollowmeError as error:
        # A draft that can't be saved yet keeps no one from writing; it stays.
        env.tell(error)
        recovered, busy = Recovery(), True
    for entry in recovered.completed:
        env.say(f"The entry of {dates.day_words(entry.date.date())} hadn't been saved completely; it is now.")
    for sentence in recovered.waiting:
        env.say(sentence)
    for damaged in drafts.unreadable(paths):
        env.say(f"{damaged.reason} It was left alone. To see what to do:", Command("doctor"))
    return Completed(recovered.completed, not (busy or recovered.waiting))


def weeks(env: Env) -> list[str]:
    """Return the week of each unfinished sitting that no window has open, the oldest sitting first."""
    waiting = drafts.orphans(paths_of(env))
    for each in waiting:
        each.close()
    return [each.draft.week for each in waiting]


def take(env: Env, week: str) -> OpenDraft | None:
    """Return the oldest unfinished sitting of this week, to go on with it; None if no window lets it go."""
    chosen: OpenDraft | None = None
    for each in drafts.orphans(paths_of(env)):
        if chosen is None and each.draft.week == week:
            recovery.take_over(each)
            chosen = each
        else:
            each.close()
    return chosen


def tell(env: Env) -> None:
    """If there is no one to ask, say in one line that there is an unfinished sitting."""
    if weeks(env):
        env.say(
            "There's an unfinished reflection, which was left alone. Go on with it in a terminal:",
            Command("reflect"),
        )


def tell_of_other_windows(env: Env, week: str, own: str = "") -> None:
    """Say which other windows have a sitting of this week open; `own` is the id of this window's draft."""
    today = env.now().date()
    for other in drafts.elsewhere(paths_of(env)):
        is_reflection = other.set not in RESERVED_SETS and not starting.is_about_event(other)
        if other.week == week and other.id != own and is_reflection:
            env.say(
                f"Another window has a reflection for {dates.week_name(week, today)} open: {other.set}, begun "
                f"{_begun(other, today)}. If you save both, both are kept."
            )


def choose_draft(
    env: Env, asker: Asker, past: Sequence[Entry], named: str = "", week: str = ""
) -> tuple[str, OpenDraft] | None:
    """Offer each unfinished sitting; return the one to continue or to keep, with GO_ON or KEEP, if any.

    The choice of Enter is to continue it, or to leave it for later if the call named another set (`named`) or another
    `week`, or if a later week still lacks its sitting. Discarded ones are removed, others are kept. Raises Paused if
    the person stops.
    """
    today, settings = env.now().date(), env.config
    lacks = lacking(today, settings.review_day, weeks_done(past), breaks_of(settings))
    waiting = list(drafts.orphans(paths_of(env)))
    for each in waiting:
        recovery.take_over(each)
    try:
        while waiting:
            draft = waiting[0].draft
            choice = _ask(asker, env, draft, _rather(draft, named, week, lacks, today))
            one = waiting.pop(0)
            if choice in (GO_ON, KEEP):
                return choice, one
            if choice == DISCARD:
                one.discard(with_words=True)
                env.say("Discarded. Nothing from this reflection was kept.")
            one.close()
        return None
    except Paused:
        kept = all(each.has_it_all for each in waiting)
        raise Paused("\nThe unfinished reflection is kept." if kept else "") from None
    finally:
        for each in waiting:
            each.close()


def _rather(draft: Draft, named: str, week: str, lacks: str | None, today: date) -> str:
    """The sitting to begin at Enter instead of continuing this draft, in words; "" to continue it."""
    if named and named != draft.set:
        return f"the set {named}"
    if week and week != draft.week:
        return f"the reflection for {dates.week_name(week, today)}"
    if not week and lacks and draft.week < lacks:
        return f"the reflection for {dates.week_name(lacks, today)}"
    return ""


def _ask(asker: Asker, env: Env, draft: Draft, rather: str) -> str:
    env.say("")
    env.say(_words(draft, env.now().date()))
    while True:
        offer = _offer(draft, rather)
        choice = str(ask_aside(asker, offer).value or offer.empty)
        if choice != DISCARD:
            return choice
        if is_sure(asker):
            return choice


def _offer(draft: Draft, rather: str) -> Field:
    """The field with what can be done with it; a draft without an answer can't be kept as an entry."""
    options = (GO_ON, KEEP, LEAVE, DISCARD) if draft.has_words else (GO_ON, LEAVE, DISCARD)
    if rather:
        return Field(
            name="draft", input="one", options=options, hint=f"Press Enter to begin {rather}.", empty=LEAVE
        )
    return Field(name="draft", input="one", options=options, hint="Press Enter to go on.", empty=GO_ON)


def _words(draft: Draft, today: date) -> str:
    """The name of this sitting in words, without any answer."""
    try:
        sitting = starting.sitting_of(draft)
        done = len(sitting.done)
        reached = f"you've answered or skipped {done} of {sitting.count}"
        if draft.at not in draft.done and any(draft.typed.get(draft.at, {}).values()):
            reached += ", and the answer you'd started is kept"
    except FollowmeError:
        reached = "its questions can't be read anymore"
    which = f"({draft.set}) for {dates.week_name(draft.week, today)}, begun {_begun(draft, today)}"
    return f"There's an unfinished reflection {which}: {reached}."


def _begun(draft: Draft, today: date) -> str:
    """When a draft was begun: "Fri, Nov 20 at 16:04"."""
    return f"{dates.shown_day(draft.started.date(), today)} at {draft.started:%H:%M}"
