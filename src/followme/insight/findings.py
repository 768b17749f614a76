"""Findings: what a look at the journal and all around it brought up, without any answer in it."""

from __future__ import annotations

from dataclasses import dataclass

from followme.hints import Command
from followme.insight.wording import all_of, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was found: a word for its kind, a sentence on what it is, and one on what to do.

    `commands` are what to type, where the remedy says so. `first_line` and `last_line` are lines of the
    journal, if it is about some. `repair` says what `doctor --repair` would do about it; where it is empty,
    only a person can. A `note` is no fault: it is good to know, and nothing needs to be done.
    """

    kind: str
    what: str
    remedy: str = ""
    commands: tuple[Command, ...] = ()
    first_line: int | None = None
    last_line: int | None = None
    repair: str = ""
    note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was looked at, and what was found."""

    journal: str
    entries: int
    drafts: int
    backups: int
    prompt_sets: int
    findings: tuple[Finding, ...] = ()

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What should be mended."""
        return tuple(one for one in self.findings if not one.note)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is only good to know."""
        return tuple(one for one in self.findings if one.note)

    @property
    def repairs(self) -> tuple[str, ...]:
        """What `doctor --repair` would do, a sentence each."""
        return tuple(dict.fromkeys(one.repair for one in self.findings if one.repair))

    @property
    def next_steps(self) -> tuple[Command, ...]:
        """What to type next, if there is something that `doctor --repair` can do."""
        return (Command("doctor", "--repair"),) if self.faults and self.repairs else ()

    @property
    def looked_at(self) -> str:
        """What was looked at, in words."""
        parts = [counted(self.entries, "entry", "entries")]
        parts += [counted(self.drafts, "unfinished sitting")] if self.drafts else []
        parts += [counted(self.backups, "backup")] if self.backups else []
        return all_of([*parts, counted(self.prompt_sets, "prompt set")])

    @property
    def summary(self) -> str:
        """One sentence on how things stand, and where `next_steps` has one the beginning of the next."""
        if not self.faults:
            return f"Everything is in order: {self.looked_at}."
        next_step = " Begin with:" if self.next_steps else ""
        count = counted(len(self.faults), "thing needs", "things need")
        return f"{count} mending; looked at {self.looked_at}.{next_step}"
