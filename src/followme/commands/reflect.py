"""`followme reflect`: the sitting, with a person in a terminal or with answers in batch."""

import os
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from followme import dates
from followme.asking.aside import wait_aside
from followme.asking.walk import Asker
from followme.env import Env
from followme.errors import FollowmeError, Paused, WrongUsage
from followme.hints import Command
from followme.insight.notes import notes_since_last
from followme.insight.weeks import breaks_of, lacking, weeks_done
from followme.insight.wording import promise_counts
from followme.journal.file.append import check_can_add
from followme.journal.opendraft import OpenDraft
from followme.model import RETURN, Entry, PromptSet
from followme.promptfile import timing
from followme.promptfile.load import find, load
from followme.shell import inbox
from followme.shell.askers import asker_for, editor_for
from followme.shell.confirm import confirmed
from followme.shell.editor import Editor
from followme.shell.entries import recent
from followme.shell.however_old import look_ahead, still_open
from followme.shell.named_week import week_of
from followme.shell.paths import paths_of
from followme.sitting import choosing, conversation, finishing, starting, unfinished
from followme.views import view

GIVEN, END = "followme.sitting.given_answers", "followme.sitting.giving_back"
"""Loaded only for answers in batch, and only at the end, so that the first question comes sooner."""


def run(
    ctx: typer.Context,
    set_name: Annotated[
        str,
        typer.Argument(metavar="[SET]", help="A name, or a path such as ./mine.toml."),
    ] = "",
    week: Annotated[str | None, typer.Option("--week", help="The week it's for, such as 2026-W47.")] = None,
    answers: Annotated[str | None, typer.Option(help="A TOML file with the answers; - for stdin.")] = None,
    answer: Annotated[
        list[str] | None, typer.Option(help="One answer, as KEY=TEXT; can be repeated. KEY=- reads stdin.")
    ] = None,
    skip: Annotated[list[str] | None, typer.Option(help="Skip this KEY; can be repeated.")] = None,
) -> None:
    """Reflect on the week, one question at a time.

    Every answer is on disk before the next question appears. Ctrl+C pauses; start again, and you go on from there.
    """
    env: Env = ctx.obj
    in_batch = answers is not None or bool(answer) or bool(skip)
    if not in_batch and not env.can_ask:
        why = "With --no-input, nothing is asked" if env.options.no_input else "There's no terminal to ask in"
        raise WrongUsage(
            f"{why}, and no answers were given, so nothing was saved. "
            "Give them with --answers FILE or --answer KEY=TEXT."
        )
    today = env.now().date()
    chosen = week_of(week, today) if week is not None else ""
    if chosen > dates.iso_week(today):
        raise WrongUsage(
            f"Nothing was saved, since {dates.week_name(chosen, today)} hasn't begun yet. Choose this week or an "
            "earlier one."
        )
    if in_batch:
        saved = import_module(GIVEN).take(
            env, set_name, chosen or dates.iso_week(today), answers, answer or [], skip or []
        )
        finishing.tell_saved(env, saved)
    else:
        completed = unfinished.complete(env).entries
        if not set_name and not chosen and _is_done(env, completed):
            return
        begin(env, set_name, chosen)


def begin(env: Env, set_name: str = "", week: str = "") -> None:
    """Continue an unfinished sitting if the person wants to, else begin a new one.

    If no set or week is named, the ones that fit the day are taken; if two fit, the person is asked.
    """
    check_can_add(paths_of(env))
    look_ahead(env)
    editor = editor_for(env)
    asker = asker_for(env, editor, reflects=True)
    past = _past(env)
    with env.keyboard.held():
        chosen = _unfinished(env, asker, set_name, week, past) or _new(env, asker, past, set_name, week)
    _sit(env, asker, editor, past, *chosen, set_name)


def _past(env: Env) -> list[Entry]:
    """The latest entries, oldest first, with the notes that wait in the inbox, which are saved first."""
    inbox.take(env)
    return recent(env)


def _is_done(env: Env, completed: Sequence[Entry]) -> bool:
    """If the reflection that was due has just come into the journal, say so; return whether that's enough."""
    today, settings = env.now().date(), env.config
    weeks = {entry.week for entry in completed if entry.is_sitting}
    if not weeks or unfinished.weeks(env):
        return False
    done = weeks_done(recent(env)) - weeks
    week = lacking(today, settings.review_day, done, breaks_of(settings))
    if week not in weeks:
        return False
    name = dates.week_name(week, today)
    env.say(f"The reflection for {name} is saved. Read it with:", Command("show", "last"))
    return not confirmed(env, "Begin another one?", "Press Enter to leave it at that.")


def go_on(env: Env, asker: Asker, editor: Editor, week: str) -> None:
    """Continue the unfinished sitting of this week without asking; another window may have taken it meanwhile."""
    check_can_add(paths_of(env))
    open_draft = unfinished.take(env, week)
    if open_draft is None:
        words = "That reflection is open in another window, or was finished there. To begin another:"
        env.say(words, Command("reflect"))
        return
    past = _past(env)
    _sit(env, asker, editor, past, _resumed(env, open_draft, past), open_draft)


def begin_usual(env: Env, asker: Asker, editor: Editor) -> None:
    """Begin the sitting that fits the day without asking which: for a return after missed weeks, else the usual one."""
    check_can_add(paths_of(env))
    past = _past(env)
    with env.keyboard.held():
        chosen = _new(env, asker, past, asks=False)
    _sit(env, asker, editor, past, *chosen)


def _sit(
    env: Env,
    asker: Asker,
    editor: Editor,
    past: Sequence[Entry],
    sitting: starting.Sitting,
    open_draft: OpenDraft,
    set_name: str = "",
) -> None:
    """Hold a sitting from its opening to "Saved"; `set_name` is its set as the call named it."""
    asked, draft = sitting.asked, sitting.progress
    if not asked.about_event:
        unfinished.tell_of_other_windows(env, draft.week, draft.id)
    view("opening").opening(
        asked,
        draft.week,
        () if asked.about_event else notes_since_last(past),
        env.now().date(),
        env.err,
        gone_by=draft.week < dates.iso_week(env.now().date()),
        again=not asked.about_event and draft.week in weeks_done(past),
        due=promise_counts(each.kind for each in sitting.due),
        later=promise_counts(each.kind for each in sitting.later),
        questions=sitting.count - bool(sitting.due),
        minutes=timing.minutes_with(asked, len(sitting.due)),
    )
    again = _anew(env, set_name, draft.set, draft.week)
    saved = conversation.converse(env, asker, sitting, open_draft, editor, again)
    if saved:
        import_module(END).give_back(env, asker, saved, past, sitting.opened, asked)
    else:
        env.say("Discarded. Nothing from this reflection was kept.")


def _unfinished(
    env: Env, asker: Asker, set_name: str, week: str, past: Sequence[Entry]
) -> tuple[starting.Sitting, OpenDraft] | None:
    """Return the unfinished sitting to continue, and its draft; None if the person wants none."""
    chosen = unfinished.choose_draft(env, asker, past, Path(set_name).stem, week)
    if chosen is None:
        return None
    how, open_draft = chosen
    sitting = _resumed(env, open_draft, past)
    if how == unfinished.KEEP:
        sitting = sitting.concluded
        open_draft.save(sitting.progress)
    return sitting, open_draft


def _new(
    env: Env, asker: Asker, past: Sequence[Entry], set_name: str = "", week: str = "", *, asks: bool = True
) -> tuple[starting.Sitting, OpenDraft]:
    """Return a new sitting, and its draft; unless it `asks`, what Enter would choose is chosen."""
    prompt_set = load(find(set_name or env.config.set, env.prompt_folders))
    chooser = asker if asks else None
    if not os.path.lexists(env.journal):
        view("opening").first_run(str(env.journal), env.err)
        _wait(asker, _anew(env, set_name, prompt_set.name, week))
    elif not set_name and choosing.choose_set(env, chooser, past, prompt_set) == RETURN:
        prompt_set = load(find(RETURN, env.prompt_folders))
    if not week:
        of_today = prompt_set.name == RETURN or prompt_set.about_event
        week = dates.iso_week(env.now().date()) if of_today else choosing.choose_week(env, chooser, past)
    started = env.now().replace(microsecond=0)
    planned = starting.new_sitting(prompt_set, past, still_open(env), week, started, env.config.year_starts)
    sitting = starting.named(env, planned)
    return sitting, starting.open_draft(env, sitting.progress)


def _anew(env: Env, named: str, set_name: str, week: str) -> Command:
    """The command that begins this set for this week; `named` is the set as the call named it, maybe by a path."""
    usual = env.config.set
    name = next(each for each in (named, usual, set_name) if each == set_name or Path(each).stem == set_name)
    other_week = ("--week", week) if week not in ("", dates.iso_week(env.now().date())) else ()
    return Command("reflect", *([name] if name != usual else ()), *other_week)


def _wait(asker: Asker, again: Command) -> None:
    """Wait for Enter: on a small terminal, the next lines would push these out of sight. Raises Paused."""
    try:
        wait_aside(asker, "Press Enter to begin.")
    except Paused:
        raise Paused("\nNothing was saved. Start whenever you like:", again) from None


def _resumed(env: Env, open_draft: OpenDraft, past: Sequence[Entry]) -> starting.Sitting:
    prompt_set: PromptSet | None = None
    with suppress(FollowmeError):
        prompt_set = load(find(open_draft.draft.set, env.prompt_folders))
    try:
        return starting.sitting_of(open_draft.draft, past, still_open(env), env.now().date(), prompt_set)
    except FollowmeError as error:
        open_draft.close()
        raise FollowmeError(
            f"{error} Your answers are in {open_draft.path}; to begin another reflection, leave this one "
            "for later."
        ) from error
