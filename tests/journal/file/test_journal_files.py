"""Files that are written whole or not at all."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from itertools import count

import pytest

from followme.journal.file import modes
from followme.journal.file.modes import write_private


def test_what_was_left_beside_the_file_neither_leaks_nor_stays(tmp_path):
    path, left = tmp_path / "journal.md", tmp_path / "journal.md.part"
    left.write_text("longer than what is written now")
    left.chmod(0o666)
    write_private(path, b"words", sync=False, temporary=".part")
    assert path.read_bytes() == b"words"
    assert [each.name for each in tmp_path.iterdir()] == ["journal.md"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


@contextmanager
def ctrl_c_at(step):
    """Within this, Ctrl+C comes at this instruction of the module, counted from 0, or never if there are fewer."""
    steps = count()

    def trace(frame, event, value):
        if frame.f_code.co_filename != modes.__file__:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode" and next(steps) == step:
            raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


@pytest.mark.parametrize("data", [b"new words", (b"new ", b"words")], ids=["at once", "in pieces"])
def test_ctrl_c_at_any_instruction_leaves_the_old_or_the_new_file_and_nothing_beside_it(tmp_path, data):
    path = tmp_path / "journal.md"
    for step in count():
        path.write_bytes(b"old words")
        try:
            with ctrl_c_at(step):
                write_private(path, data, sync=True, temporary=".part", like=path.stat())
        except KeyboardInterrupt:
            assert path.read_bytes() in (b"old words", b"new words")
            assert [each.name for each in tmp_path.iterdir()] == ["journal.md"], step
        else:
            break
    assert step > 50
    assert path.read_bytes() == b"new words"
