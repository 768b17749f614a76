"""A look at the journal and all that belongs to it: what is wrong, where, and what to do. Nothing is changed."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.hints import Command
from followme.insight.findings import Finding
from followme.insight.wording import counted
from followme.journal import drafts, kept, memory
from followme.journal.change import backups
from followme.journal.change.swap import read_snapshot
from followme.journal.draftfile import Draft
from followme.journal.file import parsing, reading
from followme.journal.file.blocks import Block
from followme.journal.file.modes import why
from followme.journal.file.paths import Paths
from followme.journal.health import copies, trial
from followme.journal.health.examine import examine
from followme.journal.memory import Shrunk
from followme.journal.opendraft import OpenDraft
from followme.model import Entry


@frozen(kw_only=True)
class Checkup:
    """How much was checked, and the findings."""

    entries: int
    drafts: int
    backups: int
    findings: tuple[Finding, ...]


def check(paths: Paths, now: datetime) -> Checkup:
    """Look at everything that followme keeps for this journal.

    No finding holds a name or an answer. A journal that can't be opened or read at all is a finding too.
    """
    entries: tuple[Entry, ...] = ()
    findings: list[Finding] = []
    try:
        data, blocks = _at_rest(paths)
        entries = tuple(one.entry for one in blocks if one.entry)
        findings += [
            *_text(paths, data, blocks, now),
            *_memory(paths),
            *copies.findings(Path(paths.real)),
        ]
    except FollowmeError as error:
        findings.append(Finding(kind="unreadable", what=str(error)))
    except OSError as error:
        findings.append(Finding(kind="unreadable", what=why(error, error.filename or paths.journal)))
    findings += [
        *trial.tried(paths, readable=not any(one.kind == "unreadable" for one in findings)),
        *_kept(paths),
    ]
    finished, unfinished = _let_go(drafts.finished(paths)), _let_go(drafts.orphans(paths))
    findings += [*_modes(paths), *_drafts(paths, finished, unfinished)]
    return Checkup(
        entries=len(entries),
        drafts=len(unfinished),
        backups=len(backups.listed(paths)),
        findings=tuple(findings),
    )


def _at_rest(paths: Paths) -> tuple[bytes, list[Block]]:
    """The journal's bytes and blocks. At a damaged end, waits a moment, since another process may be adding there."""
    data = read_snapshot(paths.journal).data
    reading.check_is_text(paths.journal, data[: reading.HEAD])
    blocks = reading.blocks_of(data)
    if blocks and blocks[-1].error:
        time.sleep(reading.PATIENCE)
        data = read_snapshot(paths.journal).data
        blocks = reading.blocks_of(data)
    return data, blocks


def _text(paths: Paths, data: bytes, blocks: list[Block], now: datetime) -> Iterator[Finding]:
    findings = examine(data, blocks, now)
    yield from findings
    for notice in reading.notices(paths.journal):
        yield Finding(kind="format", what=notice, note=True)
    # Damage is the reason, and is reported already.
    damaged = any(one.kind in ("damaged", "encoding") for one in findings)
    if not damaged and (error := reading.strict_error(paths.journal, data)):
        remedy = "Fix that line in a text editor; followme itself can read every entry."
        if data.startswith(parsing.BOM):
            remedy = "Save it without a byte order mark; followme itself can read every entry."
        yield Finding(kind="toml", what=error, remedy=remedy)


def _memory(paths: Paths) -> Iterator[Finding]:
    try:
        memory.check_not_shrunk(paths)
    except Shrunk as error:
        remedy = f"If you shortened it yourself, remove {paths.memory}, and followme will take it as it is."
        yield Finding(kind="shrunk", what=str(error), remedy=remedy)
        return
    if memory.changed_elsewhere(paths):
        yield Finding(
            kind="changed", what="The journal has changed since followme last wrote to it.", note=True
        )


def _modes(paths: Paths) -> Iterator[Finding]:
    """Findings if others on this computer may read the journal or its state folder. Windows has no such modes."""
    if os.name == "nt":
        return
    for path, mode in ((Path(paths.journal), "600"), (paths.state, "700")):
        try:
            known = os.stat(path)
        except OSError:
            continue
        fits = stat.S_ISREG(known.st_mode) if mode == "600" else stat.S_ISDIR(known.st_mode)
        if fits and stat.S_IMODE(known.st_mode) & 0o077:
            others = f"Others on this computer can look into {path} (mode {stat.S_IMODE(known.st_mode):04o})."
            yield Finding(
                kind="mode",
                what=others,
                remedy="Keep it to yourself with:",
                commands=(Command(mode, str(path), of="chmod"),),
            )


def _drafts(paths: Paths, finished: list[Draft], unfinished: list[Draft]) -> Iterator[Finding]:
    for one in drafts.unreadable(paths):
        yield Finding(
            kind="draft",
            what=one.reason,
            remedy="It was left where it is. Look at it in a text editor, and remove it if you don't need "
            "it.",
        )
    if finished:
        count = counted(len(finished), "finished entry hasn't", "finished entries haven't")
        yield Finding(
            kind="waiting",
            what=f"{count} reached the journal yet, since {_oldest(finished)}.",
            remedy="The words are in a draft, and followme adds them the next time it starts.",
            repair="Move finished entries from their drafts into the journal.",
        )
    if unfinished:
        count = counted(len(unfinished), "unfinished reflection", "unfinished reflections")
        yield Finding(
            kind="unfinished",
            what=f"{count}, since {_oldest(unfinished)}.",
            remedy="Go on with:",
            commands=(Command("reflect"),),
            note=True,
        )


def _kept(paths: Paths) -> Iterator[Finding]:
    """Findings for files in the state folder that can't be used. followme ignores them and leaves them there."""
    remedy = "followme works around it. Look at it, and remove it if you don't need it."
    for path in kept.strange(paths):
        yield Finding(kind="kept", what=f"{path} isn't an ordinary file.", remedy=remedy)
    for one in backups.listed(paths):
        if not os.access(one.path, os.R_OK):
            opened = Command("u+r", str(one.path), of="chmod")
            yield Finding(
                kind="kept", what=f"{one.path} can't be read.", remedy="Allow it with:", commands=(opened,)
            )
    try:
        # A folder that is out of reach as a whole has a finding of its own.
        if os.path.lexists(paths.memory):
            memory.load(paths.memory)
    except FileNotFoundError:
        pass
    except ValueError as error:
        what = f"{error} Until it's fixed, followme can't tell whether the journal has lost its end."
        yield Finding(kind="kept", what=what, remedy="Remove it; your next entry creates a new one.")


def _let_go(held: Iterable[OpenDraft]) -> list[Draft]:
    """The drafts, with their locks released."""
    alone = []
    for one in held:
        one.close()
        alone.append(one.draft)
    return alone


def _oldest(drafts: Iterable[Draft]) -> str:
    return min(one.started for one in drafts).date().isoformat()
