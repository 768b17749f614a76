"""What an editor saves reaches the draft, however the editor ends and whatever it saves."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from followme.asking.state import State
from followme.asking.walk import Walk
from followme.decoding import MOST_WORDS
from followme.errors import NotEdited
from followme.journal.sheets import set_aside, sheet_of, with_saved
from followme.kinds.base import Field
from followme.model import Progress
from followme.shell.editor import AT_ONCE, Desk, Editor, Program

pytestmark = pytest.mark.skipif(not shutil.which("sh"), reason="the editor here is a shell script")

TEXT = Field(name="reply", input="text")
LINE = Field(name="fact", input="line")


class Sitting:
    """A sitting that stands at one field, and keeps what is taken as a draft would."""

    def __init__(
        self, folder: Path, body: str, field: Field = TEXT, *, seconds: float = 60, full: bool = False
    ):
        self.path = folder / "drafts" / "20261120T150411-k7q2m.toml"
        self.kept: list[Progress] = []
        program = folder / "my editor"
        program.write_text(f"#!/bin/sh\nfile=$2\n{body}\n")
        program.chmod(0o700)
        state = State((), Progress(at="moment"))
        self.walk = Walk(state, None, self._keep, self._keep, asked=field)  # type: ignore[arg-type]
        self._full = full
        times = iter([0.0, seconds] * 9)
        self.editor = Editor(
            Program(command=f"'{program}' --slowly", origin="EDITOR", clock=lambda: next(times)),
            Desk(self, self.walk),  # type: ignore[arg-type]
        )

    def _keep(self, state: State) -> bool:
        if not self._full:
            self.kept.append(state.progress)
        return not self._full

    def edit(self, text: str = "Ana stayed.") -> tuple[str | None, str]:
        """The text that came back, and what is told."""
        try:
            return self.editor(text), ""
        except NotEdited as error:
            return error.text, str(error)

    @property
    def taken(self) -> list[str]:
        """What the draft got."""
        return [progress.typed["moment"][self.walk.asked.name] for progress in self.kept]

    @property
    def left(self) -> list[str]:
        """What is left beside the draft."""
        return sorted(path.name for path in self.path.parent.iterdir())


def test_the_editor_gets_the_text_and_what_it_saves_is_in_the_draft(tmp_path):
    sitting = Sitting(tmp_path, 'sed s/stayed/left/ "$file" > "$file.new"; mv "$file.new" "$file"')
    assert sitting.edit() == ("Ana left.", "")
    assert sitting.taken == ["Ana left."]
    assert sitting.walk.progress.typed == {"moment": {"reply": "Ana left."}}


def test_its_file_goes_once_the_person_sees_the_text_and_not_before(tmp_path):
    """A signal between the editor's end and the first drawing of its text finds the draft as it was."""
    sitting = Sitting(tmp_path, 'printf saved > "$file"')
    before = {"moment": {"reply": "Ana stayed."}}
    assert sitting.edit() == ("saved", "")
    sitting.editor.let_go(before)
    assert with_saved([sitting.path], before) == {"moment": {"reply": "saved"}}
    sitting.editor.let_go({"moment": {"reply": "saved"}})
    assert sitting.left == []
    assert with_saved([sitting.path], before) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of this kind")
@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_its_file_is_beside_the_draft_for_its_owner_alone(tmp_path, mask):
    sitting = Sitting(
        tmp_path, 'ls -ldR "$(dirname "$file")" "$file" > "$file.seen"; cp "$file.seen" "$file"'
    )
    before = os.umask(mask)
    try:
        text, _ = sitting.edit()
    finally:
        os.umask(before)
    folder, file = sorted(text.splitlines(), key=len)
    assert (folder[:10], file[:10]) == ("drwx------", "-rw-------")
    assert f" {sitting.path.parent}/" in folder


@pytest.mark.parametrize("ends", ["exit 1", "kill -9 $$", "kill $$"])
def test_an_editor_that_fails_gives_what_it_saved(tmp_path, ends):
    sitting = Sitting(tmp_path, f'printf saved > "$file"; {ends}')
    assert sitting.edit() == ("saved", "my editor ended with an error. The text it saved is in your answer.")
    assert sitting.taken == ["saved"]


def test_an_editor_that_fails_and_saves_nothing_leaves_the_text_as_it_was(tmp_path):
    sitting = Sitting(tmp_path, "exit 1")
    assert sitting.edit() == (None, "my editor ended with an error. Your text hasn't changed.")
    assert sitting.taken == []


WORDS = "Für Ana: 日本語"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_encoding_that_the_file_itself_says_is_read(tmp_path, encoding):
    (tmp_path / "source").write_bytes(f"{WORDS}\r\nzwei\r\n".encode(encoding))
    sitting = Sitting(tmp_path, f'cp "{tmp_path}/source" "$file"')
    assert sitting.edit() == (f"{WORDS}\nzwei", "")


@pytest.mark.parametrize(
    "data",
    [
        "Für Ana".encode("latin-1"),
        WORDS.encode("utf-16-le"),
        WORDS.encode("utf-32"),
        b"\x00",
        b"x" * (MOST_WORDS + 1),
    ],
    ids=["latin-1", "utf-16 without a mark", "utf-32", "nul", "too long"],
)
def test_what_cannot_be_taken_is_kept_and_its_place_is_said(tmp_path, data):
    (tmp_path / "source").write_bytes(data)
    sitting = Sitting(tmp_path, f'cp "{tmp_path}/source" "$file"')
    text, said = sitting.edit()
    assert text is None
    why, _, where = said.removesuffix("; your answer hasn't changed.").partition(" It is kept in ")
    assert why.startswith("The text from the editor ")
    assert Path(where).read_bytes() == data
    assert Path(where).parent.parent == sitting.path.parent
    # Who opens the editor once more doesn't lose it.
    sitting.edit()
    assert Path(where).read_bytes() == data
    assert len(set_aside(sitting.path)) == 2


@pytest.mark.parametrize("then", ["", '; mkdir "$file"', '; mkfifo "$file"', '; ln -s nowhere "$file"'])
def test_whatever_becomes_of_the_file_the_answer_stays(tmp_path, then):
    text, _ = Sitting(tmp_path, f'rm "$file"{then}').edit()
    assert text in (None, "Ana stayed.")


def test_a_line_stays_one_line(tmp_path):
    sitting = Sitting(tmp_path, 'printf "one\\ntwo\\n" > "$file"', LINE)
    assert sitting.edit() == ("one two", "")
    assert sitting.taken == ["one two"]


def test_where_the_draft_cannot_be_written_the_file_stays(tmp_path):
    sitting = Sitting(tmp_path, 'printf saved > "$file"', full=True)
    assert sitting.edit() == ("saved", "")
    assert with_saved([sitting.path], {"moment": {"reply": "Ana stayed."}}) == {"moment": {"reply": "saved"}}


def test_where_no_file_can_be_made_the_text_is_as_it_was(tmp_path):
    sitting = Sitting(tmp_path, "true")
    sitting.path.parent.write_text("a file where the folder belongs")
    text, said = sitting.edit()
    assert text is None
    assert said.startswith("The editor's file couldn't be created. ")


# --- An editor that comes back at once --------------------------------------------------------------------


def test_an_editor_that_comes_back_at_once_is_told_and_what_it_saves_later_is_taken(tmp_path):
    sitting = Sitting(tmp_path, "true", seconds=AT_ONCE / 2)
    text, said = sitting.edit()
    assert text is None
    assert said.startswith("Nothing was changed, and my editor returned right away.")
    sheet = sheet_of(sitting.path, "moment", "reply")
    sheet.file.write_text("Saved in its window.\n")
    assert sitting.edit() == ("Saved in its window.", "")
    assert sitting.taken == ["Saved in its window."]


def test_an_editor_that_was_used_and_changes_nothing_needs_no_word(tmp_path):
    sitting = Sitting(tmp_path, "true")
    assert sitting.edit() == ("Ana stayed.", "")
    assert sitting.left == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            "code -n",
            'To make it wait, set VISUAL to "code -n --wait"; if its window is open, save there and open the '
            "editor again.",
        ),
        ("code --wait", ""),
        (
            "joe",
            "If it opens its own window, add the option that makes it wait, such as --wait.",
        ),
    ],
)
def test_the_remedy_fits_the_editor(tmp_path, command, said):
    times = iter([0.0, AT_ONCE / 2])
    program = Program(command=command, origin="VISUAL", clock=lambda: next(times))
    path = tmp_path / command.split()[0]
    path.write_text("#!/bin/sh\n")
    path.chmod(0o700)
    ended = program.open([str(path), *command.split()[1:]], tmp_path / "answer.md")
    came_back = f"Nothing was changed, and {path.name} returned right away."
    assert ended.about_nothing("") == f"{came_back} {said}".rstrip()


# --- Its name ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("", "No editor is set."),
        ("no-such-editor -w", "The editor no-such-editor wasn't found."),
        ("'unfinished", "Fix its quotes."),
        (os.devnull, f"The editor {os.devnull} wasn't found."),
    ],
)
def test_without_an_editor_a_sentence_says_so_and_no_other_one_opens(tmp_path, command, sentence):
    sitting = Sitting(tmp_path, "true")
    sitting.editor.program = Program(command=command, origin="EDITOR", clock=time.monotonic)
    text, said = sitting.edit()
    assert (text, sentence in said) == (None, True)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script is no program there")
@pytest.mark.parametrize(
    "command", ["{path}", "{path} --slowly", "'{path}' --slowly", "~/{path.name} --slowly"]
)
def test_a_path_with_blanks_needs_no_quotes(tmp_path, command, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    sitting = Sitting(tmp_path, 'for file; do :; done; printf saved > "$file"')
    command = command.format(path=tmp_path / "my editor")
    sitting.editor.program = Program(command=command, origin="EDITOR", clock=time.monotonic)
    assert sitting.edit() == ("saved", "")


def test_a_program_that_cannot_be_run_leaves_the_text_as_it_was(tmp_path):
    sitting = Sitting(tmp_path, "true")
    program = tmp_path / "broken"
    program.write_bytes(b"\x00\x01")
    program.chmod(0o700)
    sitting.editor.program = Program(command=str(program), origin="EDITOR", clock=time.monotonic)
    text, said = sitting.edit()
    assert text is None
    assert said.startswith("broken couldn't be run")
    assert sitting.left == []
