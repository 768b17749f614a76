"""A program in a process of its own: what it's given and what it leaves are those of `subprocess.run`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import process

PROGRAM = """
import os, sys
print(sys.argv[1:], os.getcwd(), os.environ.get("SAID"), repr(sys.stdin.read()), flush=True)
print("an error", file=sys.stderr)
os.mkdir("made")
sys.exit(int(sys.argv[1]))
"""


@pytest.fixture
def program(tmp_path: Path) -> str:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return str(path)


def test_it_is_as_if_python_had_started_it(program: str, tmp_path: Path):
    how = {"env": {**os.environ, "SAID": "é"}, "cwd": tmp_path}
    for number in ("0", "3"):
        done = process.run([program, number, "a b"], typed="typed\n", **how)
        (tmp_path / "made").rmdir()
        command = [sys.executable, program, number, "a b"]
        same = subprocess.run(command, input="typed\n", text=True, capture_output=True, check=False, **how)
        (tmp_path / "made").rmdir()
        assert (done.returncode, done.stdout, done.stderr) == (same.returncode, same.stdout, same.stderr)


def test_more_than_a_pipe_holds_goes_in_and_comes_out(tmp_path: Path):
    (tmp_path / "echo.py").write_text(
        "import sys; text = sys.stdin.read(); sys.stdout.write(text); sys.stderr.write(text)",
        encoding="utf-8",
    )
    words = "more than a pipe holds\n" * 20_000
    done = process.run([str(tmp_path / "echo.py")], typed=words, env=os.environ, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, words, words)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed; macOS and Windows have none")
def test_a_fault_strikes_the_call_that_is_meant_before_it_does_anything(program: str, tmp_path: Path):
    quietly = (str(shutil.which("strace")), "-qq", "-f", "-o", "/dev/null", "-e", "trace=mkdir", "-e")
    done = process.run(
        [program, "0"], before=(*quietly, "inject=mkdir:error=EIO:when=1"), env=os.environ, cwd=tmp_path
    )
    assert "Input/output error" in done.stderr
    killed = process.run(
        [program, "0"], before=(*quietly, "inject=mkdir:signal=KILL:when=1"), env=os.environ, cwd=tmp_path
    )
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "made").exists()
    for fault in ("error=EIO", "signal=KILL"):
        with pytest.raises(AssertionError, match=fault):
            process.run(
                [program, "0"],
                before=(*quietly, f"inject=mkdir:{fault}:when=2"),
                env=os.environ,
                cwd=tmp_path,
            )
        (tmp_path / "made").rmdir()
