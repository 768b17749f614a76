"""What an accident or a pause left behind: finished entries are completed, unfinished sittings offered."""

from __future__ import annotations

from followme import dates
from followme.asking.sitting import put
from followme.asking.walk import Asker
from followme.commands import sittings
from followme.commands.place import place_of
from followme.env import Env
from followme.errors import FollowmeError, Paused
from followme.journal import drafts, recovery
from followme.journal.drafts import Draft, OpenDraft
from followme.journal.recovery import Recovery
from followme.kinds.base import Field

GO_ON, KEEP, LEAVE, DISCARD = (
    "go on with it",
    "keep its answers as an entry",
    "leave it for later",
    "discard it",
)

_SURE = Field(
    name="sure", way="yesno", ask="Discard all answers of this sitting?", hint="Enter keeps them.", empty="no"
)


def complete(env: Env) -> None:
    """Finish the entries whose sitting was finished but may not have reached the journal, and say so.

    A draft that cannot be read is spoken of too.
    """
    place = place_of(env)
    try:
        found = recovery.recover(place, although_shrunk=env.options.yes)
    except FollowmeError as error:
        # Nobody is kept from writing by what waits; it waits on.
        env.say(str(error))
        found = Recovery()
    for entry in found.completed:
        env.say(
            f"The entry of {dates.day_words(entry.date.date())} had not been saved to the end; it is now."
        )
    for sentence in found.waiting:
        env.say(sentence)
    for damaged in drafts.unreadable(place):
        env.say(f"{damaged.reason} It is left as it is. See what to do with: {env.command('doctor')}")


def tell(env: Env) -> None:
    """Without anybody to ask, say in one line that a sitting waits."""
    waiting = drafts.orphans(place_of(env))
    for each in waiting:
        each.close()
    if waiting:
        env.say(
            "An unfinished sitting waits, and is left alone; go on with it in a terminal: "
            + env.command("reflect")
        )


def choose(env: Env, asker: Asker, named: str = "") -> tuple[str, OpenDraft] | None:
    """Offer each unfinished sitting; gives the one to go on with or to keep, with GO_ON or KEEP, if any.

    Who `named` another set means that one, so Enter leaves the unfinished one.

    What is discarded is removed, what is left is kept. Raises Paused when the person stops.
    """
    waiting = list(drafts.orphans(place_of(env)))
    try:
        while waiting:
            choice = _ask(asker, env, waiting[0].draft, named)
            one = waiting.pop(0)
            if choice in (GO_ON, KEEP):
                return choice, one
            one.discard() if choice == DISCARD else one.close()
        return None
    except Paused:
        raise Paused("\nThe unfinished sitting is kept.") from None
    finally:
        for each in waiting:
            each.close()


def _ask(asker: Asker, env: Env, draft: Draft, named: str) -> str:
    env.say("")
    env.say(_words(draft))
    while True:
        offer = _offer(draft, named)
        choice = str(put(asker, offer).value or offer.empty)
        if choice != DISCARD:
            return choice
        if put(asker, _SURE).value == "yes":
            env.say("Discarded. Nothing of this sitting is kept.")
            return choice


def _offer(draft: Draft, named: str) -> Field:
    """What can be done with it; nothing answered is nothing to keep as an entry."""
    answered = any(any(fields.values()) for fields in draft.typed.values())
    options = (GO_ON, KEEP, LEAVE, DISCARD) if answered else (GO_ON, LEAVE, DISCARD)
    if named and named != draft.set:
        return Field(name="draft", way="one", options=options, hint=f"Enter begins {named}.", empty=LEAVE)
    return Field(name="draft", way="one", options=options, hint="Enter goes on.", empty=GO_ON)


def _words(draft: Draft) -> str:
    """Which sitting this is, without any answer."""
    begun = f"{dates.day_words(draft.started.date())}, {draft.started:%H:%M}"
    try:
        count = len(sittings.plan_of(draft).items)
        are = "is" if len(draft.done) == 1 else "are"
        reached = f"{len(draft.done)} of about {count} questions {are} answered or passed over"
        if draft.at not in draft.done and any(draft.typed.get(draft.at, {}).values()):
            reached += ", and what you began to write is kept"
    except FollowmeError:
        reached = "its questions cannot be read any more"
    return f"An unfinished sitting ({draft.set}) of {begun} waits: {reached}."
