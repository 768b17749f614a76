"""Running followme: in process, with a world that a test can set, and as a process of its own."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from followme import configfile
from followme.cli import main
from followme.env import Env
from followme.journal.file.paths import Paths

FRIDAY = datetime(2026, 11, 20, 16, 4, 11, tzinfo=timezone(timedelta(hours=1)))


TEMPORARY = "TEMP" if os.name == "nt" else "TMPDIR"
"""The variable that names the folder for temporary files."""


FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "WIN_PD_OVERRIDE_APPDATA": "AppData/Roaming",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    # A folder that is not there: only tests that make it let drafts be kept in it.
    TEMPORARY: "tmp",
}
"""Where programs look for a person's files, as places under the test's own home; WIN_PD is for platformdirs."""


class Seen(TextIOWrapper):
    """A stream that someone looks at."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Done:
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[list[str]]:
        """The tab-separated cells of the output."""
        return [line.split("\t") for line in self.out.splitlines()]


@dataclass
class Run:
    """Runs command lines one after the other, in one home; `now` may be moved between them."""

    home: Path
    monkeypatch: pytest.MonkeyPatch
    now: datetime = FRIDAY
    environ: Mapping[str, str] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def __call__(
        self,
        *argv: str,
        stdin: str | bytes = b"",
        environ: Mapping[str, str] | None = None,
        columns: int | None = None,
    ) -> Done:
        """Run in this process, with real files, and streams that are no terminal.

        With `columns`, stdout and stderr are a terminal that wide, which no one sits at.
        """
        typed = stdin.encode() if isinstance(stdin, str) else stdin
        kinds = (TextIOWrapper, *(Seen if columns else TextIOWrapper,) * 2)
        streams = [
            kind(BytesIO(data), "utf-8", newline="\n")
            for kind, data in zip(kinds, (typed, b"", b""), strict=True)
        ]
        env = Env(
            environ={TEMPORARY: os.environ[TEMPORARY], **self.environ, **(environ or {})},
            stdin=streams[0],
            stdout=streams[1],
            stderr=streams[2],
            now=lambda: self.now,
            clock=lambda: 0.0,
            chance=self.chance,
            read_config=configfile.load,
        )
        with self.monkeypatch.context() as patch:
            if columns:
                patch.setenv("COLUMNS", str(columns))
            # Help and complaints about usage go to the streams that Python has.
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            code = main(argv, env)
        return Done(code, *(_written(stream) for stream in streams[1:]))

    def process(
        self, *argv: str, stdin: bytes = b"", environ: Mapping[str, str] | None = None, **streams: Any
    ) -> subprocess.CompletedProcess[bytes]:
        """Run as a process of its own, in the test's home; `streams` as for `subprocess.run`."""
        streams = streams or {"capture_output": True}
        return subprocess.run(
            [sys.executable, "-m", "followme", *argv],
            input=stdin,
            cwd=self.home,
            env=os.environ | {"PYTHONUTF8": "1", **(environ or {})},
            **streams,
        )

    def later(self, **span: float) -> None:
        """Let time go by: `weeks`, `days`, `hours`."""
        self.now += timedelta(**span)

    @property
    def journal(self) -> Path:
        """The journal file."""
        return Path(os.environ["XDG_DATA_HOME"]) / "followme" / "journal.toml"

    def with_journal(self, text: str) -> Run:
        """Put a journal with this text in the home, and return the run."""
        self.journal.parent.mkdir(parents=True, exist_ok=True)
        self.journal.write_text(text, encoding="utf-8")
        return self

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The entries as the standard TOML reader finds them in the journal."""
        found: list[dict[str, Any]] = tomllib.loads(self.journal.read_bytes().decode())["entry"]
        return found

    @property
    def paths(self) -> Paths:
        """Where the journal and its drafts lie."""
        return Paths(journal=self.journal, state=Path(os.environ["XDG_STATE_HOME"]) / "followme")

    @property
    def drafts(self) -> list[Path]:
        """The drafts that are kept."""
        return sorted(self.paths.drafts.glob("*.toml"))

    @property
    def prompts(self) -> Path:
        """The folder of the person's own prompt sets."""
        folder = Path(os.environ["XDG_CONFIG_HOME"]) / "followme" / "prompts"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def _written(stream: TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
