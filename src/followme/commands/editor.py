"""The person's own editor: it gets a text, and gives it back; whatever goes wrong, the text stays as it was."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from followme.errors import FollowmeError


class NotEdited(FollowmeError):
    """The editor gave nothing back."""


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor's command line, such as "code --wait". Its file lies in `folder`, seen by its owner alone."""

    command: str = ""
    folder: Path | None = None
    screen: IO[str] | None = None

    def __call__(self, text: str) -> str:
        """The text as the editor leaves it, without the newline at its end. Raises NotEdited."""
        words = self._words()
        try:
            # The folder is made for its owner alone, and goes with everything an editor leaves in it.
            with TemporaryDirectory(prefix="followme-", dir=self.folder) as folder:
                file = Path(folder) / "answer.md"
                file.touch(0o600)
                file.write_bytes(text.encode("utf-8", "replace"))
                self._run(words, file, "Your text is as it was.")
                found = file.read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            raise NotEdited(f"What {words[0]} wrote could not be read. Your text is as it was.") from None
        return found.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")

    def open(self, file: Path) -> None:
        """Let the person edit this very file. Raises NotEdited where the editor cannot be run."""
        words = self._words()
        try:
            self._run(words, file, "")
        except OSError as error:
            raise NotEdited(f"{words[0]} could not be run ({error.strerror}).") from None

    def _run(self, words: list[str], file: Path, otherwise: str) -> None:
        if subprocess.run([*words, str(file)], stdout=self.screen).returncode:
            raise NotEdited(f"{words[0]} ended with an error. {otherwise}".rstrip())

    def _words(self) -> list[str]:
        try:
            words = shlex.split(self.command)
        except ValueError:
            raise NotEdited(
                f"The editor's command cannot be read: {self.command}. Mend its quotes."
            ) from None
        if not words:
            raise NotEdited("No editor is named. Set EDITOR, such as EDITOR=nano, before you start followme.")
        if not shutil.which(words[0]):
            raise NotEdited(
                f"The editor {words[0]} was not found. Name another one in EDITOR, or in the settings."
            )
        return words
