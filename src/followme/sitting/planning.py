"""A sitting from its plan to its entry: what `reflect` does with a person, or with answers in batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from followme import dates
from followme.asking.followup import due_from_table, due_table
from followme.asking.items import Item, item_of, items_of
from followme.asking.walk import Progress
from followme.env import Env
from followme.errors import FollowmeError
from followme.hints import Command
from followme.insight.plan import plan, quarter_number
from followme.insight.promises import OpenPromise, at_once, to_ask_about
from followme.journal import drafts
from followme.journal.draftfile import Draft, Typed
from followme.journal.drafts import NoDraft, OpenDraft
from followme.model import Entry, PromptSet
from followme.promptfile.load import from_table
from followme.promptfile.plan import to_table
from followme.shell.paths import place_of
from followme.sitting.ending import Frame, concluded, entry_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one sitting will ask, the promises it begins with, and all that are open.

    `later` counts the promises that are due and left for another sitting.
    """

    asked: PromptSet
    due: tuple[OpenPromise, ...]
    items: tuple[Item, ...]
    opened: tuple[OpenPromise, ...] = ()
    later: int = 0


def plan_for(
    found: PromptSet, past: Sequence[Entry], opened: Sequence[OpenPromise], week: str, started: datetime
) -> Plan:
    """The plan of a sitting that begins now, from the latest entries and all open promises, both oldest first."""
    today = started.date()
    asked = plan(
        found,
        past,
        quarter=quarter_number(week),
        ask_is_open=any(each.promise.kind == "ask" and not each.heard for each in opened),
    )
    due = to_ask_about(opened, found, today)
    some = tuple(due[-at_once(found) :])
    items = items_of(asked, some, today, past, opened)
    return Plan(asked=asked, due=some, items=items, opened=tuple(opened), later=len(due) - len(some))


def new_draft(env: Env, planned: Plan, week: str, started: datetime) -> Draft:
    """The draft of a sitting in which nothing has been answered yet."""
    return Draft(
        id=env.new_id(started),
        journal=place_of(env).real,
        set=planned.asked.name,
        week=week,
        started=started,
        seconds=0.0,
        plan={"due": due_table(planned.due), "set": to_table(planned.asked)},
        typed={},
        done=(),
        at="",
    )


def open_draft(env: Env, draft: Draft) -> OpenDraft:
    """The draft of a new sitting, on the disk wherever there is room; else it is tried again while they answer."""
    place = place_of(env)
    try:
        opened = drafts.open_new(place, draft)
    except NoDraft:
        return drafts.open_unwritten(place, draft)
    tell_of_spare(env, opened)
    return opened


def tell_of_spare(env: Env, opened: OpenDraft) -> None:
    """Say so where a draft is in a folder that a restart empties."""
    if opened.is_spare:
        env.say(
            f"{env.state} cannot be written, so this sitting is kept in {opened.path.parent} until it is saved. "
            "A restart of the computer empties that folder."
        )


def plan_of(
    draft: Draft,
    past: Sequence[Entry] = (),
    opened: Sequence[OpenPromise] = (),
    today: date | None = None,
    now: PromptSet | None = None,
) -> Plan:
    """The plan kept in a draft, as it was when the sitting began, whatever became of the prompt set since.

    `past` holds the latest entries, and `opened` all promises that are open, both oldest first. Days such as
    "friday" are counted from `today`, without it from when the sitting began. What the set marks private `now` is
    private. Raises FollowmeError if it cannot be read.
    """
    try:
        asked = from_table(draft.plan["set"], draft.set)
        due = due_from_table(draft.plan.get("due", []))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise FollowmeError(f"Its questions cannot be read any more ({type(error).__name__}).") from error
    asked = _as_private_as(now, asked) if now else asked
    items = items_of(asked, due, today or draft.started.date(), past, opened)
    return Plan(asked=asked, due=due, items=items)


def _as_private_as(now: PromptSet, asked: PromptSet) -> PromptSet:
    """The plan, with all private that the set has come to call so since it was made."""
    keys = {question.key for question in now.questions if question.private}
    found = asked.with_each(lambda each: replace(each, private=each.private or each.key in keys))
    return replace(found, private=asked.private or now.private)


def widened(planned: Plan, found: PromptSet, given: Iterable[str], started: datetime) -> Plan:
    """The plan with what is not asked this week but was answered all the same: questions, and promises kept early."""
    today, said = started.date(), set(given)
    due = tuple(each for each in planned.opened if each in planned.due or each.ref in said)
    items = items_of(planned.asked, due, today)
    asked = {item.key for item in items}
    more = (each for each in found.questions if each.key in said - asked)
    items += tuple(item_of(each, today, talk=found.about_talk) for each in more)
    # Who gives an answer has met its condition.
    items = tuple(replace(item, when=None) if item.key in said else item for item in items)
    return replace(planned, due=due, items=items)


def entry_for(env: Env, planned: Plan, draft: Draft) -> Entry:
    """The entry that a draft makes if its sitting ends now."""
    frame = Frame(
        id=draft.id,
        date=env.now().replace(microsecond=0),
        week=draft.week,
        set=draft.set,
        minutes=round(draft.seconds / 60),
        private=planned.asked.private,
        event=planned.asked.event,
    )
    return entry_of(planned.items, Progress(typed=draft.typed, done=draft.done, at=draft.at), frame)


def with_progress(draft: Draft, progress: Progress, seconds: float) -> Draft:
    """The draft with what was typed by now."""
    return replace(draft, typed=progress.typed, done=progress.done, at=progress.at, seconds=seconds)


def is_about_event(draft: Draft) -> bool:
    """Whether its set is about one event, and so not about its week."""
    try:
        return plan_of(draft).asked.about_event
    except FollowmeError:
        return False


def has_words(typed: Typed) -> bool:
    """Whether anything was typed or picked, going by what was typed for each question's fields."""
    return any(any(fields.values()) for fields in typed.values())


def concluded_draft(planned: Plan, draft: Draft) -> Draft:
    """The draft as if its sitting ended here: what is left is the summary."""
    progress = Progress(typed=draft.typed, done=draft.done, at=draft.at)
    return with_progress(draft, concluded(planned.items, progress), draft.seconds)


def tell_saved(env: Env, entry: Entry) -> None:
    """Say after saving what, which week, where, and how to read it."""
    saved = f"Saved: {entry.set}, {dates.week_words(entry.week)}, in {env.journal}"
    env.say(f"{saved}\nRead it with:", Command("show", "last"))
