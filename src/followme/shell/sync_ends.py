"""How the last sync ended, so that home can say what a sync in the background couldn't."""

from __future__ import annotations

from contextlib import suppress

from followme.env import Env
from followme.journal import kept
from followme.journal.file.modes import private_folder, write_private
from followme.shell.paths import paths_of


def note_end(env: Env, failure: str = "") -> None:
    """Note for home how a sync ended: with this failure, or well."""
    failed = paths_of(env).sync_failed
    with suppress(OSError):
        if failure:
            private_folder(failed.parent)
            write_private(failed, failure.encode(), sync=False)
        else:
            failed.unlink(missing_ok=True)


def last_failure(env: Env) -> str:
    """Return the sentence on why the last sync failed; "" if it didn't."""
    with suppress(OSError, ValueError):
        return kept.read(paths_of(env).sync_failed).decode(errors="replace")
    return ""
