"""Files that are written whole or not at all."""

from __future__ import annotations

import sys

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
