"""`followme doctor`: check the journal and everything around it, and fix what needs no person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from followme.dates import day_words, interval
from followme.env import Env
from followme.errors import FollowmeError, WrongUsage
from followme.hints import Command
from followme.insight.findings import Finding, Report
from followme.insight.forgetting import with_words
from followme.insight.wording import counted
from followme.journal.file import reading
from followme.journal.health import repair as repairing
from followme.journal.health.checkup import check
from followme.journal.health.repair import Repaired
from followme.promptfile.folders import files_in
from followme.promptfile.load import load
from followme.shell import own_sets, present
from followme.shell.confirm import is_agreed
from followme.shell.paths import paths_of
from followme.views import view

_DRY_RUN = Command("doctor", "--repair", "--dry-run")


def run(
    ctx: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="Fix what can be fixed, after a backup and your yes.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --repair: show what it would do, and change nothing.")
    ] = False,
    as_json: present.AsJson = False,
) -> None:
    """Check the journal and its files; list each problem and how to fix it.

    Checks drafts, backups, settings and prompt sets too, and tries what saving needs: disk space, locks, permissions.
    Nothing is changed without --repair. The exit code is 0 if all is well, 1 if something was found.
    """
    env: Env = ctx.obj
    if dry_run and not repair:
        raise WrongUsage("--dry-run needs --repair. To see what it would do:", _DRY_RUN)
    settings = tuple(_settings(env))
    report = _report(env, settings)
    if repair:
        done = _repair(env, report, dry_run)
        report = _report(env, settings)
        env.settled = bool(report.faults) if done else None
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").report(report, env.command),
        page=lambda screen: view("doctor").show(report, screen),
        lines=lambda: _lines(env, report),
    )
    if report.faults:
        raise typer.Exit(1)


def _lines(env: Env, report: Report) -> Iterator[str]:
    """Yield a line for each finding, then say the summary, which isn't data."""
    yield from view("tabs").findings(report.findings, env.command)
    env.say(report.summary, *report.next_steps)


def _settings(env: Env) -> Iterator[Finding]:
    """Yield a finding for each fault of the settings; the rest is checked without them."""
    try:
        _ = env.config
    except FollowmeError as error:
        env.do_without_settings()
        for line in str(error).split("\n"):
            yield Finding(
                kind="settings",
                what=line,
                remedy="Fix that line with:",
                commands=(Command("config", "edit"),),
            )
        yield Finding(
            kind="settings",
            what=f"The settings can't be read, so this checked {env.journal} as the journal.",
            note=True,
        )


def _report(env: Env, settings: tuple[Finding, ...]) -> Report:
    checked = check(paths_of(env), env.now())
    sets = [path for folder in env.prompt_folders for path in files_in(folder)]
    sentence = own_sets.out_of_reach(env)
    lost = (
        [Finding(kind="prompts", what=sentence, remedy="Check where it is and its permissions.")]
        if sentence
        else []
    )
    return Report(
        journal=str(env.journal),
        entries=checked.entries,
        drafts=checked.drafts,
        backups=checked.backups,
        prompt_sets=len(sets),
        findings=(
            *settings,
            *checked.findings,
            *_kept_long(env),
            *lost,
            *(fault for path in sets for fault in _faults(path)),
        ),
    )


def _kept_long(env: Env) -> Iterator[Finding]:
    """Yield a note if entries still have words that the settings keep no longer."""
    keep = env.config.keep
    with suppress(FollowmeError):
        day = interval(keep, env.now().date()).first if keep else None
        count = with_words(reading.read(env.journal).entries, day) if day else 0
        if day and count:
            entries = counted(count, "entry has", "entries have")
            yield Finding(
                kind="keep",
                what=f"{entries} words from before {day_words(day)}; the settings keep words for {keep}.",
                remedy="Forget them with:",
                commands=(Command("forget", "--before", keep),),
                note=True,
            )


def _faults(path: Path) -> Iterator[Finding]:
    """Yield a finding if a prompt set can't be used."""
    try:
        load(path)
    except FollowmeError as error:
        yield Finding(kind="prompts", what=str(error), remedy="Fix the file or remove it.")


# --- Repairing --------------------------------------------------------------------------------------------


def _repair(env: Env, report: Report, dry_run: bool) -> bool:
    """Repair what can be repaired, if the person agrees; return whether anything was done.

    With `dry_run`, only say what would be done.
    """
    if not report.repairs:
        env.say("There's nothing followme can fix on its own.")
        return False
    if any(one.kind == "shrunk" for one in report.findings):
        env.say("The journal has shrunk, so nothing was repaired. The report below says what to do first.")
        return False
    env.say("The repair backs up the journal, then does this:")
    for what in report.repairs:
        env.say(f"- {what}")
    if not is_agreed(env, "a repair", dry_run=dry_run):
        return False
    _tell(env, repairing.repair(paths_of(env), env.now(), env.new_id))
    return True


def _tell(env: Env, done: Repaired) -> None:
    """Say what was done, and where everything is now."""
    if done.moved:
        env.say(f"Moved {counted(done.moved, 'damaged part')} to {done.damaged}")
    if done.named:
        env.say(f"Gave an id to {counted(done.named, 'entry', 'entries')}.")
    if done.recovery.completed:
        count = counted(len(done.recovery.completed), "finished entry is", "finished entries are")
        env.say(f"{count} in the journal now.")
    if done.backup:
        env.say(f"The journal from before the repair is in {done.backup}")
