"""What the settings ask for after an entry was saved: a command of the person's own, and a sync in the background."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import partial

from followme import quoting
from followme.env import Env
from followme.errors import FollowmeError
from followme.shell.sync_repository import url_of


def run(env: Env) -> None:
    """Run the command in `after_save`, then start a sync if `sync_auto` is on. Failures are told and change nothing."""
    with suppress(FollowmeError):
        if env.config.after_save:
            _run(env, env.config.after_save)
        if env.config.sync_auto and url_of(env):
            _sync(env)


def _run(env: Env, line: str) -> None:
    entry = env.saved
    assert entry is not None, "this runs after an entry was saved"
    about = {"JOURNAL": str(env.journal), "ENTRY": entry.id, "SET": entry.set}
    environ = {**env.environ, **{f"FOLLOWME_{name}": value for name, value in about.items()}}
    try:
        words = quoting.resolved(
            line, partial(shutil.which, path=env.environ.get("PATH")), windows=os.name == "nt"
        )
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environ,
            check=False,
        )
    except LookupError as error:
        _tell(env, f"there's no program {error.args[0]}.")
    except (OSError, ValueError) as error:
        _tell(env, f"it couldn't be started ({getattr(error, 'strerror', None) or error}).")
    else:
        if said := done.stdout.decode(errors="replace").strip():
            env.say(said)
        if done.returncode:
            _tell(env, f"it ended with code {done.returncode}.")


def _tell(env: Env, what: str) -> None:
    env.say(f"Your entry is saved, but the command in after_save didn't work: {what}")


def _sync(env: Env) -> None:
    """Start a sync that goes on after this process ends, asks nothing, and notes its failure for home."""
    journal = ("--journal", str(env.options.journal)) if env.options.journal else ()
    detached = {"creationflags": 0x8 | 0x200} if sys.platform == "win32" else {"start_new_session": True}
    with suppress(OSError):
        subprocess.Popen(
            [*env.program, *journal, "sync", "--no-input"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(env.environ),
            cwd=os.path.expanduser("~"),
            **detached,
        )
