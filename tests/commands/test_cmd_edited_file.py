"""What was written into the settings or a prompt set is in place, or in a file that is named."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("these tests sit at a terminal of POSIX", allow_module_level=True)

from rows import first_quick
from terminal import CTRL_C, ENTER, Terminal

SETTINGS = 'review_day = "friday"\n'
SET = """\
title = "Mine"

[[section]]
title = "All"

[[section.question]]
key = "went"
kind = "text"
ask = "What went well?"
"""
MARK = "# written by hand"


@dataclass
class Edited:
    """A file that a verb edits, in a home of its own."""

    home: Path
    argv: tuple[str, ...]
    path: Path
    text: str

    @property
    def edits(self) -> Path:
        """Where texts are while an editor has them."""
        return Path(os.environ["XDG_STATE_HOME"]) / "followme" / "edits"

    def terminal(self, body: str, **more) -> Terminal:
        """The verb, with an editor that does what the body says with "$file"; `$target` is the file itself."""
        editor = self.home / "bin" / "my-editor"
        editor.parent.mkdir(exist_ok=True)
        editor.write_text(
            f'#!/bin/sh\nfor file; do :; done\ntarget="{self.path}"\n{body}\n', encoding="utf-8"
        )
        editor.chmod(0o700)
        return Terminal(self.home, *self.argv, columns=300, environ={"EDITOR": str(editor)}, **more)

    def edit(self, body: str, *answers: str) -> tuple[int, str]:
        """Run it to its end; gives its exit code, and what is seen."""
        with self.terminal(body) as window:
            for answer in answers:
                window.answer("What now?", answer)
            return window.end(), window.words

    def said_to_be_in(self, said: str) -> Path:
        """The file that is named as the one that has the words."""
        found = re.search(r"(?:Your text is|It's) in (\S+?)(?:;|$| )", said)
        assert found, said
        return Path(found[1])


@pytest.fixture(params=["config edit", "prompts edit"])
def edited(run, request) -> Edited:
    if request.param == "config edit":
        path, text = run.prompts.parent / "config.toml", SETTINGS
        argv = ("config", "edit")
    else:
        path, text = run.prompts / "mine.toml", SET
        argv = ("prompts", "edit", "mine")
    path.write_text(text, encoding="utf-8")
    return Edited(run.home, argv, path, text)


WRITES = f'echo "{MARK}" >> "$file"'


def test_what_is_written_is_put_in_place(edited):
    code, _ = edited.edit(WRITES)
    assert (code, edited.path.read_text()) == (0, f"{edited.text}{MARK}\n")
    assert list(edited.edits.iterdir()) == []


@pytest.mark.parametrize("encoding", first_quick(["utf-8", "utf-16"]))
@pytest.mark.parametrize("way", ["itself", "link", "hard link"])
def test_a_journal_is_not_edited_under_another_name(run, edited, way, encoding):
    run("note", "Ana stayed.")
    text = run.journal.read_text(encoding="utf-8")
    run.journal.write_text(text, encoding=encoding)
    edited.path.unlink()
    if way == "itself":
        edited.path.write_bytes(run.journal.read_bytes())
    else:
        (edited.path.symlink_to if way == "link" else edited.path.hardlink_to)(run.journal)
    code, said = edited.edit('echo opened; echo "# mine" > "$file"')
    assert code == 1
    assert "is a journal" in said
    assert "opened" not in said
    assert edited.path.read_text(encoding=encoding) == run.journal.read_text(encoding=encoding) == text


@pytest.mark.parametrize("kind", ["fifo", "device"])
def test_what_is_no_file_is_left_alone_and_never_waited_for(run, kind):
    edited = Edited(run.home, ("config", "edit"), run.prompts.parent / "config.toml", "")
    if kind == "fifo":
        os.mkfifo(edited.path)
    else:
        edited.path.symlink_to("/dev/full")
    code, said = edited.edit("echo opened")
    assert code == 1
    assert f"{edited.path} isn't a file" in said
    assert "opened" not in said


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_it_is_edited_and_kept_for_its_owner_alone(edited, mask):
    before = os.umask(mask)
    try:
        code, _ = edited.edit(f'{WRITES}; ls -ldR "$(dirname "$file")" "$file" > "{edited.home}/seen"')
    finally:
        os.umask(before)
    assert code == 0
    assert {row[:10] for row in (edited.home / "seen").read_text().splitlines()} == {
        "drwx------",
        "-rw-------",
    }
    assert stat.S_IMODE(edited.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("ends", ["exit 3", "kill -9 $$"])
def test_an_editor_that_fails_after_saving(edited, ends):
    code, said = edited.edit(f"{WRITES}; {ends}")
    assert code == 1
    assert f"my-editor ended with an error. The text it saved is in {edited.path}" in said
    assert edited.path.read_text() == f"{edited.text}{MARK}\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_of_an_encoding_is_read_and_left_out(edited, encoding):
    (edited.home / "text").write_bytes(f"{edited.text}{MARK}".encode(encoding))
    code, _ = edited.edit(f'cp "{edited.home}/text" "$file"')
    assert (code, edited.path.read_bytes().decode()) == (0, f"{edited.text}{MARK}\n")


def test_what_is_no_text_is_kept_and_the_file_is_as_it_was(edited):
    text = f"{edited.text}# für Ana".encode("latin-1")
    (edited.home / "text").write_bytes(text)
    code, said = edited.edit(f'cp "{edited.home}/text" "$file"')
    assert code == 1
    assert "The text from the editor isn't UTF-8." in said
    assert edited.said_to_be_in(said).read_bytes() == text
    assert edited.path.read_text() == edited.text
    # The next edit doesn't touch it.
    assert edited.edit(WRITES)[0] == 0
    assert edited.said_to_be_in(said).read_bytes() == text


def test_a_change_of_nothing_but_the_end_of_the_file_is_none(edited):
    code, said = edited.edit('printf %s "$(cat "$file")" > "$file.new"; mv "$file.new" "$file"; sleep 1.1')
    assert (code, said) == (0, "Nothing was changed.")
    assert list(edited.edits.iterdir()) == []


# --- A file that cannot be written ------------------------------------------------------------------------

OUT_OF_REACH = {
    "the folder became a file": 'rm -r "$(dirname "$target")"; echo > "$(dirname "$target")"',
    "the file became a folder": 'rm "$target"; mkdir "$target"',
    "the file became a full folder": 'rm "$target"; mkdir "$target"; echo > "$target/x"',
    "the file became a link to nothing in a file": 'rm "$target"; echo > file; ln -s "$PWD/file/x" "$target"',
    "the file became a circle of links": 'rm "$target"; ln -s "$target" "$target"',
}


@pytest.mark.slow
@pytest.mark.parametrize("happens", OUT_OF_REACH.values(), ids=OUT_OF_REACH)
def test_what_cannot_be_put_in_place_is_kept_and_the_next_edit_goes_on_with_it(edited, happens):
    folder = edited.path.parent
    code, said = edited.edit(f"{WRITES}; {happens}")
    assert code == 1
    assert "Traceback" not in said
    assert edited.said_to_be_in(said).read_text() == f"{edited.text}{MARK}\n"
    # Whoever sets that right goes on where they were.
    if edited.path.is_dir():
        shutil.rmtree(edited.path)
    elif folder.is_dir():
        edited.path.unlink()
    else:
        folder.unlink()
        folder.mkdir()
    edited.path.write_text(edited.text)
    with edited.terminal('echo "# and on" >> "$file"') as window:
        window.answer(f"An earlier edit of {edited.path} was never saved in the file.", ENTER)
        assert window.end() == 0
    assert edited.path.read_text() == f"{edited.text}{MARK}\n# and on\n"
    assert list(edited.edits.iterdir()) == []


@pytest.mark.slow
def test_a_full_disk_keeps_the_text_elsewhere(edited, own_mounts, tmp_path):
    """The file is on a disk of its own, a small one that something else fills meanwhile."""
    folder = edited.path.parent
    inside = (
        f'cp -r "{folder}" "{tmp_path}/kept" && mount -t tmpfs -o size=16k tmpfs "{folder}" && '
        f'cp -r "{tmp_path}/kept/." "{folder}" && exec "{sys.executable}" -m followme "$@"'
    )
    fills = f'{WRITES}; head -c 100000 /dev/zero > "$(dirname "$target")/big" 2> /dev/null'
    with edited.terminal(fills, program=(*own_mounts, "sh", "-c", inside, "sh")) as window:
        code, said = window.end(), window.words
    assert code == 1
    assert "There's no room left on the disk" in said
    assert edited.said_to_be_in(said).read_text() == f"{edited.text}{MARK}\n"


def test_without_a_state_folder_the_spare_one_is_used(edited, run, tmp_path):
    state = Path(os.environ["XDG_STATE_HOME"])
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text("a file where the folder belongs")
    (run.home / "tmp").mkdir()
    with edited.terminal(f'{WRITES}; echo "$file" > "{edited.home}/seen"') as window:
        assert window.end() == 0, window.words
    assert edited.path.read_text() == f"{edited.text}{MARK}\n"
    assert not (edited.home / "seen").read_text().startswith(str(state))


# --- Other windows ----------------------------------------------------------------------------------------

ELSEWHERE = 'echo "# changed elsewhere" >> "$target"'


@pytest.mark.parametrize("answer", [ENTER, "1", CTRL_C])
def test_a_change_from_elsewhere_is_noticed_and_left_unless_the_person_wants_otherwise(edited, answer):
    code, said = edited.edit(f"{WRITES}; {ELSEWHERE}", answer)
    assert code == 1
    assert f"{edited.path} was changed elsewhere while you were editing it." in said
    assert edited.path.read_text() == f"{edited.text}# changed elsewhere\n"
    assert edited.said_to_be_in(said).read_text() == f"{edited.text}{MARK}\n"


@pytest.mark.parametrize("happens", [ELSEWHERE, 'rm "$target"'])
def test_it_is_replaced_where_the_person_says_so(edited, happens):
    code, said = edited.edit(f"{WRITES}; {happens}", "2")
    assert code == 0, said
    assert edited.path.read_text() == f"{edited.text}{MARK}\n"
    assert list(edited.edits.iterdir()) == []


@pytest.mark.slow
def test_two_windows_have_a_text_each(edited):
    waits = 'echo open; while [ ! -e "$HOME/go" ]; do sleep 0.05; done'
    with edited.terminal(f'{waits}; echo "# first" >> "$file"') as first:
        first.see("open")
        code, _ = edited.edit('echo "# second" >> "$file"')
        assert code == 0
        (edited.home / "go").touch()
        first.answer("was changed elsewhere while you were editing it.", ENTER)
        assert first.end() == 1
        kept = edited.said_to_be_in(first.words)
    assert edited.path.read_text() == f"{edited.text}# second\n"
    assert kept.read_text() == f"{edited.text}# first\n"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_window_that_ends_keeps_what_was_saved(edited, number):
    with edited.terminal(f"{WRITES}; echo has saved; echo $$ > pid; sleep 30") as window:
        window.see("has saved")
        window.wait(0.2)
        window.kill(number)
    if number == signal.SIGKILL:
        os.kill(int((edited.home / "pid").read_text()), signal.SIGKILL)
    assert edited.path.read_text() == edited.text
    with edited.terminal("true") as window:
        window.answer("was never saved in the file.", ENTER)
        assert window.end() == 0
    assert edited.path.read_text() == f"{edited.text}{MARK}\n"


def test_who_does_not_want_an_earlier_edit_begins_with_the_file(edited):
    edited.edit(f"{WRITES}; {ELSEWHERE}", ENTER)
    with edited.terminal('echo "# new" >> "$file"') as window:
        window.answer("was never saved in the file.", "2")
        assert window.end() == 0
    assert edited.path.read_text() == f"{edited.text}# changed elsewhere\n# new\n"


# --- Links ------------------------------------------------------------------------------------------------


def test_a_link_stays_a_link(edited):
    real = edited.home / "dotfiles" / "real.toml"
    real.parent.mkdir()
    edited.path.rename(real)
    edited.path.symlink_to(real)
    assert edited.edit(WRITES)[0] == 0
    assert edited.path.is_symlink()
    assert real.read_text() == f"{edited.text}{MARK}\n"


@pytest.mark.parametrize("name", ["weekly", "mine"])
def test_a_link_to_nothing_is_named_before_anything_is_written(run, name):
    edited = Edited(run.home, ("prompts", "edit", name), run.prompts / f"{name}.toml", "")
    nowhere = run.home / "dotfiles" / "gone.toml"
    nowhere.parent.mkdir()
    edited.path.symlink_to(nowhere)
    code, said = edited.edit(WRITES)
    assert code in (1, 2)
    assert edited.path.is_symlink()
    assert not nowhere.exists()
    if name == "weekly":
        assert f"{edited.path} is a link to a file that isn't there." in said


def test_so_is_one_at_the_place_of_the_settings(run):
    edited = Edited(run.home, ("config", "edit"), run.prompts.parent / "config.toml", "")
    edited.path.symlink_to(run.home / "gone.toml")
    code, said = edited.edit(WRITES)
    assert code == 1
    assert f"{edited.path} is a link to a file that isn't there." in said
    assert edited.path.is_symlink()
    assert not (run.home / "gone.toml").exists()


def test_a_journal_is_no_prompt_set(run):
    run("note", "Ana stayed.")
    before = run.journal.read_bytes()
    edited = Edited(run.home, ("prompts", "edit", str(run.journal)), run.journal, "")
    code, said = edited.edit(WRITES)
    assert code == 1
    assert f"{run.journal} is a journal, so nothing else goes there." in said
    assert run.journal.read_bytes() == before
