"""A sitting as it starts, new or from its draft: what it asks, and the draft that it begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from followme.asking.due_tables import due_from_table, due_table
from followme.asking.items import item_of, items_of
from followme.asking.promised import gathered, gone_on_with
from followme.asking.state import State
from followme.env import Env
from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.insight.promises import OpenPromise, to_ask_about
from followme.insight.quarters import CALENDAR, quarter_number
from followme.insight.questions import at_once, due_questions
from followme.journal import drafts
from followme.journal.draftfile import Draft
from followme.journal.opendraft import NoDraft, OpenDraft
from followme.model import Entry, PromptSet, Typed
from followme.promptfile.load import from_table
from followme.promptfile.writer import to_table
from followme.shell.paths import paths_of


@frozen(kw_only=True)
class Sitting(State):
    """The state of one sitting: what it asks, and its draft.

    `asked` is the set, narrowed to this time; `due` are the promises it begins with, `opened` all that are open,
    and `later` those that are due and left for another sitting.
    """

    progress: Draft
    asked: PromptSet
    due: tuple[OpenPromise, ...]
    opened: tuple[OpenPromise, ...] = ()
    later: tuple[OpenPromise, ...] = ()


def new_sitting(
    prompt_set: PromptSet,
    past: Sequence[Entry],
    opened: Sequence[OpenPromise],
    week: str,
    started: datetime,
    year_starts: str = CALENDAR,
) -> Sitting:
    """Return a sitting that begins now, from the latest entries and all open promises, both oldest first.

    Nothing is answered yet, and its draft has no id and no journal. `year_starts` is the month of the settings.
    """
    today = started.date()
    asked = due_questions(
        prompt_set,
        past,
        quarter=quarter_number(week, year_starts),
        ask_is_open=any(each.promise.kind == "ask" and not each.heard for each in opened),
    )
    due = to_ask_about(opened, prompt_set, today)
    some = at_once(due, prompt_set, past, today)
    return Sitting(
        items=items_of(asked, some, today, past, opened),
        progress=Draft(
            id="",
            journal="",
            set=asked.name,
            week=week,
            started=started,
            plan={"due": due_table(some), "set": to_table(asked)},
        ),
        asked=asked,
        due=some,
        opened=tuple(opened),
        later=tuple(each for each in due if each not in some),
    )


def named(env: Env, sitting: Sitting) -> Sitting:
    """Return the sitting with an id of its own, and with its journal."""
    draft = sitting.progress
    return replace(sitting, progress=replace(draft, id=env.new_id(draft.started), journal=paths_of(env).real))


def open_draft(env: Env, draft: Draft) -> OpenDraft:
    """Return the draft of a new sitting, on disk if there is room anywhere; if not, later saves try again."""
    paths = paths_of(env)
    try:
        opened = drafts.open_new(paths, draft)
    except NoDraft:
        return drafts.open_unwritten(paths, draft)
    tell_of_fallback(env, opened)
    return opened


def tell_of_fallback(env: Env, opened: OpenDraft) -> None:
    """Tell the person if a draft is in a folder that a restart empties."""
    if opened.is_fallback:
        env.say(
            f"{env.state} can't be written, so this reflection is kept in {opened.path.parent} until it's "
            f"saved. Restarting the computer empties that folder."
        )


def sitting_of(
    draft: Draft,
    past: Sequence[Entry] = (),
    opened: Sequence[OpenPromise] = (),
    today: date | None = None,
    now: PromptSet | None = None,
) -> Sitting:
    """Return the sitting of a draft. It asks what its plan has, even if its prompt set has changed since.

    `past` holds the latest entries, and `opened` all promises that are open, both oldest first. Days such as
    "friday" are counted from `today`, without it from when the sitting began. What the set marks private `now` is
    private. Raises FollowmeError if it cannot be read.
    """
    try:
        asked = from_table(draft.plan["set"], draft.set)
        due = due_from_table(draft.plan.get("due", []))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise FollowmeError(f"Its questions can't be read anymore ({type(error).__name__}).") from error
    asked = _as_private_as(now, asked) if now else asked
    items = items_of(asked, due, today or draft.started.date(), past, opened)
    return Sitting(items=items, progress=gone_on_with(draft, due), asked=asked, due=due, opened=tuple(opened))


def _as_private_as(now: PromptSet, asked: PromptSet) -> PromptSet:
    """The questions that were planned, with everything private that the set `now` marks private."""
    keys = {question.key for question in now.questions if question.private}
    marked = asked.with_each(lambda each: replace(each, private=each.private or each.key in keys))
    return replace(marked, private=asked.private or now.private)


def widened(sitting: Sitting, prompt_set: PromptSet, typed: Mapping[str, Typed]) -> Sitting:
    """Return the sitting with everything typed, and with items for answers that it would not ask for this time."""
    today = sitting.progress.started.date()
    due = tuple(each for each in sitting.opened if each in sitting.due or each.ref in typed)
    items = items_of(sitting.asked, due, today)
    typed = gathered(due, typed)
    asked = {item.key for item in items}
    more = (each for each in prompt_set.questions if each.key in typed.keys() - asked)
    items += tuple(item_of(each, today, talk=prompt_set.about_talk) for each in more)
    # An answer that is given counts as meeting its condition.
    items = tuple(replace(item, when=None) if item.key in typed else item for item in items)
    return replace(sitting, due=due, items=items, progress=replace(sitting.progress, typed=typed))


def is_about_event(draft: Draft) -> bool:
    """Return whether its set is about one event instead of its week."""
    try:
        return sitting_of(draft).asked.about_event
    except FollowmeError:
        return False
