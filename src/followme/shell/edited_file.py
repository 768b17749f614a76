"""A file of the person's own in their editor."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from followme import toml
from followme.decoding import text_of
from followme.env import Env
from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.journal.file.modes import why
from followme.shell import edited_text
from followme.shell.own_file import check_own, replace

# It judges what the editor saved, so it's here before the editor is, even if the disk dies meanwhile.
toml.load_reader()


@frozen
class File:
    """A file as the place of a text."""

    path: Path
    kind: str = "the file"
    home: str = "the file"

    @property
    def name(self) -> str:
        """The name of the file that the editor opens."""
        return self.path.name

    @property
    def mark(self) -> bytes:
        """Its real path: every link to one file means the same one."""
        return os.fsencode(os.path.realpath(self.path))

    @property
    def about(self) -> Mapping[str, str]:
        """Return {}: its path tells all."""
        return {}

    @property
    def title(self) -> str:
        """Its path."""
        return str(self.path)

    def text(self) -> str | None:
        """Return the file's text, None if it doesn't exist. Raises FollowmeError if it can't be read."""
        try:
            return text_of(self.path.read_bytes()).replace("\r\n", "\n")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise FollowmeError(why(error, self.path)) from None
        except ValueError:
            raise FollowmeError(
                f"{self.path} isn't UTF-8 text. Save it as UTF-8 with another editor first."
            ) from None

    def fault(self, text: str) -> str:
        """Return "": what a file of the person's own holds is checked afterwards."""
        return ""

    def put(self, text: str) -> None:
        """Replace the file. Raises OSError."""
        replace(self.path, f"{text.rstrip()}\n".encode())


def edit(env: Env, target: Path, otherwise: str = "") -> bool:
    """Let the person edit the text of a file, or `otherwise` if it doesn't exist; return whether it was changed.

    Raises FollowmeError if the text could not be put in place, with the place where it is kept.
    """
    check_own(target)
    return edited_text.edit(env, File(target), otherwise)
