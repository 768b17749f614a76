"""Findings: what a check of the journal and everything around it found. They never contain an answer."""

from __future__ import annotations

from followme.frozen import frozen
from followme.hints import Command
from followme.insight.wording import all_of, counted


@frozen(kw_only=True)
class Finding:
    """One thing that was found: a word for its kind, a sentence on what it is, and a sentence on what to do.

    `commands` has the commands that the remedy says to type. `first_line` and `last_line` are the lines of the
    journal that it is about, if any. `repair` says what `doctor --repair` would do about it; if it is empty, only a
    person can fix it. A `note` isn't a fault: it is good to know, and nothing needs to be done.
    """

    kind: str
    what: str
    remedy: str = ""
    commands: tuple[Command, ...] = ()
    first_line: int | None = None
    last_line: int | None = None
    repair: str = ""
    note: bool = False


@frozen(kw_only=True)
class Report:
    """What was checked, and what was found."""

    journal: str
    entries: int
    drafts: int
    backups: int
    prompt_sets: int
    findings: tuple[Finding, ...] = ()

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that should be fixed."""
        return tuple(one for one in self.findings if not one.note)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The findings that are only good to know."""
        return tuple(one for one in self.findings if one.note)

    @property
    def repairs(self) -> tuple[str, ...]:
        """What `doctor --repair` would do, one sentence for each repair."""
        return tuple(dict.fromkeys(one.repair for one in self.findings if one.repair))

    @property
    def next_steps(self) -> tuple[Command, ...]:
        """The commands to type next, if `doctor --repair` can fix something."""
        return (Command("doctor", "--repair"),) if self.faults and self.repairs else ()

    @property
    def looked_at(self) -> str:
        """What was checked, in words."""
        parts = [counted(self.entries, "entry", "entries")]
        parts += [counted(self.drafts, "unfinished reflection")] if self.drafts else []
        parts += [counted(self.backups, "backup")] if self.backups else []
        return all_of([*parts, counted(self.prompt_sets, "prompt set")])

    @property
    def summary(self) -> str:
        """A sentence on the result, and if there are `next_steps`, the words that introduce them."""
        if not self.faults:
            return f"Everything is in order: {self.looked_at}."
        next_step = " Start with:" if self.next_steps else ""
        return f"{counted(len(self.faults), 'problem')} found in {self.looked_at}.{next_step}"
