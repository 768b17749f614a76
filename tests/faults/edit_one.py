"""A program that opens an editor for one answer of a draft, for tests that break it: edit_one.py FOLDER.

The editor is FOLDER/editor. Prints what came back, and what is said.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from save_one import BEGIN, END, mark

from followme.asking.walk import Progress, Walk
from followme.errors import NotEdited
from followme.journal import drafts
from followme.journal.draftfile import Draft
from followme.journal.file.paths import Paths
from followme.journal.opendraft import NoDraft, OpenDraft
from followme.kinds.base import Field
from followme.shell.editor import Desk, Editor, Program

BEFORE = "Ana stayed."


def place_in(folder: Path) -> Paths:
    return Paths(folder / "journal.toml", folder / "state")


def begun(folder: Path) -> OpenDraft:
    paths = place_in(folder)
    draft = Draft(
        id="20261120T150411-k7q2m",
        journal=paths.real,
        set="two",
        week="2026-W47",
        started=datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC),
        typed={"went": {"reply": BEFORE}},
        at="went",
    )
    return drafts.open_new(paths, draft)


@dataclass(frozen=True)
class State:
    """As much of a sitting as the editor looks at."""

    progress: Progress


def main(folder: Path) -> None:
    own = begun(folder)

    def keep(state: State) -> bool:
        try:
            own.save(Draft(**{**_fields(own.draft), "typed": state.progress.typed}))
        except NoDraft as error:
            print(error)
            return False
        return True

    progress = Progress(typed=own.draft.typed, at="went")
    field = Field(name="reply", input="text")
    walk: Walk[Any] = Walk(State(progress), None, keep, keep, asked=field)  # type: ignore[arg-type]
    editor = Editor(Program(str(folder / "editor"), "EDITOR", lambda: 0.0), Desk(own, walk))
    mark(BEGIN)
    try:
        text: str | None = editor(BEFORE)
    except NotEdited as error:
        text = error.text
        print(error)
    if text is not None:
        # As a prompt does that shows it.
        keep(State(progress.with_typed("went", "reply", text)))
        editor.let_go({"went": {"reply": text}})
    mark(END)
    print(repr(text), flush=True)


def _fields(draft: Draft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in Draft.__slots__}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
