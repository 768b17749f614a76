"""The values of a sync: what the remote has of the journal, what a sync finds when it begins, and what it did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from followme.env import Env
from followme.frozen import frozen
from followme.promptfile.folders import files_in, is_there
from followme.tables import MAX_BYTES

JOURNAL = "journal.toml"
"""The file of the remote that has the journal."""

SET = re.compile(r"prompts/([\w-]{1,60})\.toml")
"""The files of the remote that are the person's own prompt sets; others are left alone."""


class ChangedHere(Exception):
    """The journal has changed during this round of a sync, so it's done again."""


@frozen
class Synced:
    """What a sync did: what came in and what went out, in words; `replaced` if older versions are gone.

    `conflicts` has the ids of entries that came in and stay in both of their versions. `older` are the ids of entries
    that another machine removed words from for good; backups here may still have them.
    """

    came: str
    went: str
    replaced: bool = False
    conflicts: tuple[str, ...] = ()
    older: tuple[str, ...] = ()


@frozen
class Content:
    """What a commit has: a journal, and prompt sets by their names."""

    journal: bytes
    sets: Mapping[str, bytes]

    @property
    def files(self) -> dict[str, bytes]:
        """The files of the commit, by their paths."""
        return {JOURNAL: self.journal, **{f"prompts/{name}.toml": data for name, data in self.sets.items()}}

    @property
    def digest(self) -> str:
        """A digest of all that it has."""
        whole = sha256()
        for path, data in sorted(self.files.items()):
            whole.update(b"%s %d\n%s" % (path.encode(), len(data), data))
        return whole.hexdigest()


@frozen
class Found:
    """What a sync finds: the remote's address, and its commit, "" if it's empty.

    `notes` is what earlier syncs noted in the repository, and `logged` marks the newest change of the journal here.
    """

    url: str
    commit: str
    notes: Mapping[str, str]
    logged: str

    @property
    def older(self) -> tuple[str, ...]:
        """The ids noted by earlier syncs of entries that may have older words in the backups here."""
        return tuple(self.notes.get("older", "").split())

    def is_settled(self, here: Content) -> bool:
        """Return whether all is as the last sync left it: the remote, what this machine has, and what was logged."""
        return (
            bool(self.commit)
            and self.notes.get("settled") == f"{self.commit} {here.digest}"
            and self.notes.get("logged", "") == self.logged
            and not self.notes.get("unpruned")
            and not self.older
        )


def own_sets(env: Env) -> dict[str, bytes]:
    """The person's own prompt sets on this machine, by their names."""
    return {
        path.stem: path.read_bytes()
        for path in files_in(env.own_prompts)
        if is_there(path) and SET.fullmatch(f"prompts/{path.name}") and path.stat().st_size <= MAX_BYTES
    }
