"""A sitting from its plan to its entry: what `reflect` does with a person, or with answers in batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from followme import dates
from followme.asking import asker
from followme.asking.items import Item, due_from_table, due_table, item_of, items_of
from followme.asking.sitting import Frame, entry_of, sit
from followme.asking.walk import Asker, Progress, Walk
from followme.env import Env
from followme.errors import Paused
from followme.insight.plan import plan
from followme.insight.promises import OpenPromise, open_promises, promise_words
from followme.journal import saving
from followme.journal.drafts import Draft, OpenDraft
from followme.journal.place import Place
from followme.model import Entry, PromptSet
from followme.promptfile.load import from_table
from followme.promptfile.plan import to_table
from followme.views import view


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one sitting will ask, the promises it begins with, and all that are open."""

    asked: PromptSet
    due: tuple[OpenPromise, ...]
    items: tuple[Item, ...]
    opened: tuple[OpenPromise, ...] = ()


def place_of(env: Env) -> Place:
    """Where the journal and its drafts lie."""
    return Place(journal=env.journal, state=env.state)


def plan_for(found: PromptSet, past: Sequence[Entry], week: str, started: datetime) -> Plan:
    """The plan of a sitting that begins now, from the latest entries, oldest first."""
    opened = open_promises(past)
    today = started.date()
    asked = plan(
        found,
        past,
        quarter=_quarter(week),
        ask_is_open=any(each.promise.kind == "ask" for each in opened),
    )
    due = tuple(each for each in opened if each.is_due(today))
    return Plan(asked=asked, due=due, items=items_of(asked, due, today), opened=opened)


def new_draft(env: Env, planned: Plan, week: str, started: datetime) -> Draft:
    """The draft of a sitting in which nothing has been answered yet."""
    return Draft(
        id=env.new_id(started),
        journal=str(env.journal.resolve()),
        set=planned.asked.name,
        week=week,
        started=started,
        seconds=0.0,
        plan={"due": due_table(planned.due), "set": to_table(planned.asked)},
        typed={},
        done=(),
        at="",
    )


def plan_of(draft: Draft) -> Plan:
    """The plan kept in a draft, as it was when the sitting began, whatever became of the prompt set since.

    Raises FollowmeError if it cannot be read.
    """
    asked = from_table(draft.plan["set"], draft.set)
    due = due_from_table(draft.plan.get("due", []))
    return Plan(asked=asked, due=due, items=items_of(asked, due, draft.started.date()))


def widened(planned: Plan, found: PromptSet, given: Iterable[str], started: datetime) -> Plan:
    """The plan with what is not asked this week but was answered all the same: questions, and promises kept early."""
    today, said = started.date(), set(given)
    due = tuple(each for each in planned.opened if each in planned.due or each.ref in said)
    items = items_of(planned.asked, due, today)
    asked = {item.key for item in items}
    items += tuple(item_of(each, today) for each in found.questions if each.key in said - asked)
    # Who gives an answer has met its condition.
    items = tuple(replace(item, when=None) if item.key in said else item for item in items)
    return replace(planned, due=due, items=items)


def converse(env: Env, asking: Asker, planned: Plan, open_draft: OpenDraft) -> Entry | None:
    """Ask a person, keep every answer in the draft, and save what they save; None if they discard it.

    Raises Paused when the person stops, with everything kept.
    """
    begun = env.clock()
    draft = open_draft.draft

    def keep(progress: Progress, *, sync: bool = True) -> None:
        seconds = draft.seconds + env.clock() - begun
        open_draft.save(with_progress(draft, progress, seconds), sync=sync)

    progress = Progress(typed=draft.typed, done=draft.done, at=draft.at)
    walk = Walk(planned.items, progress, asking, keep, lambda now: keep(now, sync=False))
    try:
        ended = sit(walk, lambda now: _show_summary(env, planned, open_draft.draft, now))
    except Paused:
        open_draft.close()
        raise Paused("\nPaused. Everything is kept; go on with: followme reflect") from None
    except BaseException:
        open_draft.close()
        raise
    if ended is None:
        open_draft.discard()
        return None
    keep(ended)
    entry = entry_for(env, planned, open_draft.draft)
    saving.save(place_of(env), entry, open_draft)
    return entry


def asker_for(env: Env) -> Asker:
    """The asker that fits this terminal."""
    if env.plain:
        plain: Asker = asker("plain").PlainAsker(env.stdin, env.stderr)
        return plain
    screen = env.err
    rich: Asker = asker("rich").RichAsker(env.stderr, color=screen.color, unicode=screen.unicode)
    return rich


def entry_for(env: Env, planned: Plan, draft: Draft) -> Entry:
    """The entry that a draft makes if its sitting ends now."""
    frame = Frame(
        id=draft.id,
        date=env.now().replace(microsecond=0),
        week=draft.week,
        set=draft.set,
        minutes=round(draft.seconds / 60),
        private=planned.asked.private,
    )
    return entry_of(planned.items, Progress(typed=draft.typed, done=draft.done, at=draft.at), frame)


def with_progress(draft: Draft, progress: Progress, seconds: float) -> Draft:
    """The draft with what was typed by now."""
    return replace(draft, typed=progress.typed, done=progress.done, at=progress.at, seconds=seconds)


def saved_words(env: Env, entry: Entry) -> str:
    """What is said after saving: what, which week, where."""
    return f"Saved: {entry.set}, {dates.week_words(entry.week)}, in {env.journal}"


def _show_summary(env: Env, planned: Plan, draft: Draft, progress: Progress) -> None:
    entry = entry_for(env, planned, with_progress(draft, progress, draft.seconds))
    promises = {each.ref: promise_words(each.promise) for each in planned.due}
    view("entry").summary(entry, promises, env.err)


def _quarter(week: str) -> int:
    """A number that grows by one each quarter; the Thursday decides to which a week belongs, as in ISO 8601."""
    thursday = dates.monday(week) + timedelta(days=3)
    year, quarter = dates.quarter_of(thursday).split("-Q")
    return int(year) * 4 + int(quarter)
