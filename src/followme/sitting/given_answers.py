"""A sitting from answers in batch, from a file and the command line, without anyone to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from followme.asking.walk import Walk
from followme.env import Env
from followme.journal import saving
from followme.model import Entry
from followme.promptfile.load import find, load
from followme.shell import given, inbox
from followme.shell.entries import recent
from followme.shell.however_old import still_open
from followme.shell.paths import paths_of
from followme.sitting import batch, starting, unfinished
from followme.sitting.entry import entry_for


def take(env: Env, set_name: str, week: str, file: str | None, pairs: list[str], skips: list[str]) -> Entry:
    """Save a sitting from answers in batch. Raises WrongUsage, with nothing stored, if they don't fit."""
    # This may wait for another window, so nothing is read before it that would be lost then.
    unfinished.complete(env)
    unfinished.tell(env)
    text, words = given.content(env, file) if file else "", _answers(env, pairs)
    once = file == given.STDIN or words != pairs
    with given.not_lost(env, "\n".join([text, *words]), once=once):
        table = batch.read_table(text, file) if file else {}
        entry = _entry(env, set_name, week, table, words, skips)
        saving.save(paths_of(env), entry, although_shrunk=env.options.yes)
        env.saved = entry
    return entry


def _entry(
    env: Env, set_name: str, week: str, table: Mapping[str, Any], words: list[str], skips: list[str]
) -> Entry:
    """Return the entry that these answers make. Raises WrongUsage if they don't fit."""
    prompt_set = load(find(set_name or env.config.set, env.prompt_folders))
    if not prompt_set.about_event:
        unfinished.tell_of_other_windows(env, week)
    started = env.now().replace(microsecond=0)
    inbox.take(env)
    past, opened = recent(env), still_open(env)
    sitting = starting.new_sitting(prompt_set, past, opened, week, started, env.config.year_starts)
    asker = batch.prepare(prompt_set, sitting.opened, table, words, skips, started.date())
    # Every answer is typed from the start, so fields that no person would be asked for are kept too.
    sitting = starting.widened(sitting, prompt_set, asker.typed)
    walk = Walk(sitting, replace(asker, typed=sitting.progress.typed), _nowhere, _nowhere)
    walk.go()
    batch.refuse(asker.faults)
    return replace(entry_for(env, starting.named(env, walk.state)), minutes=None)


def _answers(env: Env, pairs: list[str]) -> list[str]:
    """Return the answers of the command line, with stdin for "-". Raises WrongUsage if one isn't text."""
    answers = []
    for pair in pairs:
        key, equals, text = pair.partition("=")
        answers.append(f"{key}{equals}{given.words(env, text, f'The answer to {key}')}")
    return answers


def _nowhere(sitting: starting.Sitting) -> None:
    """Do nothing: answers in batch need no draft."""
