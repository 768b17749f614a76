"""Bytes to and from a remote, by the person's own git and ssh; it knows nothing of journals.

A bare repository is the carrier: files go in as objects, without a work tree, filters, hooks or signatures, and the
person's settings for git decide nothing but how the remote is reached.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from pathlib import Path

from followme.errors import FollowmeError
from followme.frozen import frozen

BRANCH = "refs/heads/main"
"""The branch of the remote that has the files."""

FETCHED = "refs/followme/remote"
"""What the remote's branch was when it was last fetched."""

SYNCED, PUSHING = "refs/followme/synced", "refs/followme/pushing"
"""What this machine last had in common with the remote, and what it was about to push."""

PATIENCE = 120.0
"""Seconds that one call of git may take."""

REPLACES = "followme: this replaces everything before it"
"""The message of a first commit that takes the place of an older history on purpose."""

LOOSE = 200
"""With more objects than this in files of their own, git packs them; each may be a version of the journal."""

_OURS = "followme: synced"
_SETTINGS = (
    *("core.hooksPath=/dev/null", "core.fsmonitor=false", "core.autocrlf=false", "core.symlinks=false"),
    *("commit.gpgSign=false", "push.gpgSign=false", "gc.auto=0", "maintenance.auto=false"),
    *("protocol.ext.allow=never", "user.name=followme", "user.email=followme@localhost.invalid"),
    *("fetch.recurseSubmodules=false", "push.recurseSubmodules=no", "core.logAllRefUpdates=false"),
    *("init.defaultObjectFormat=sha1", "init.defaultRefFormat=files", "core.fsync=committed,reference"),
    "pack.windowMemory=100m",
)
_KEPT_VARIABLES = re.compile(
    r"GIT_(SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|PROXY_COMMAND|SSL_\w+|HTTP_\w+|TERMINAL_PROMPT)\Z"
)
_FASTER = re.compile(
    r"stale info|fetch first|failed to lock|cannot lock ref|incorrect old value|reference already exists"
)
_LEFT = ("*.lock", "refs/followme/*.lock", "objects/*/tmp_*")
"""What git leaves where it is killed: locks that would stop the next one, and half objects."""
_AT = re.compile(r"[0-9a-f]{40,64}\Z")
_NOT_READ = b"fatal: Could not read from remote repository."
_SECRET = re.compile(r"(?i)\b(?:((?:https?|ftps?)://)[^/\s]*@|(ssh://[^/\s:@]*):[^/\s]*@)")
_QUERY = re.compile(r"(://[^\s'\"?]*\?)[^\s'\"]+")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*://|[^/\\]{2,}:", re.IGNORECASE)


class NoGit(FollowmeError):
    """There is no program `git` on this machine."""


class Unreachable(FollowmeError):
    """The remote can't be reached, or doesn't let this machine in; the text says what git said."""


class Faster(Exception):
    """Another machine has pushed in the meantime."""


@frozen
class Repository:
    """A bare repository in a folder of followme's own; `environ` has the variables of this call.

    `asks` says whether git and ssh may ask the person for a password.
    """

    folder: Path
    environ: Mapping[str, str]
    asks: bool = False

    def make(self) -> None:
        """Make the repository if it isn't there, and remove what an interrupted git left in it.

        No other process may use it meanwhile. Raises FollowmeError and OSError.
        """
        for left in chain.from_iterable(map(self.folder.glob, _LEFT)):
            left.unlink(missing_ok=True)
        # Git makes this folder last.
        if not (self.folder / "objects" / "info").is_dir():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._out("init", "--quiet", "--bare", "--initial-branch=main", str(self.folder), inside=False)

    def fetch(self, url: str, known: Collection[str] = ()) -> str:
        """Bring in the remote's branch and return its commit, at once if it's `known`; "" if the remote is empty.

        Raises Unreachable, and FollowmeError for a remote that has other branches, but not this one.
        """
        words = self._remote("ls-remote", "--heads", "--", url).split()
        branches = dict(zip(words[1::2], words[::2], strict=False))
        if BRANCH not in branches:
            if branches:
                raise FollowmeError(
                    f"{shown(url)} has branches, but none named main, so nothing was changed. Name an empty repository."
                )
            return ""
        if branches[BRANCH] in known:
            return branches[BRANCH]
        options = ("--quiet", "--no-tags", "--no-write-fetch-head")
        self._remote("fetch", *options, "--", url, f"+{BRANCH}:{FETCHED}")
        return self.at(FETCHED)

    def push(self, url: str, commit: str, expected: str) -> None:
        """Make this commit the remote's branch if that is still at `expected`, "" for no branch.

        Raises Faster if it isn't, and Unreachable.
        """
        lease = f"--force-with-lease={BRANCH}:{expected}"
        done = self._run(
            "push", "--quiet", "--no-verify", lease, "--", url, f"{commit}:{BRANCH}", remote=True
        )
        if done.returncode and _FASTER.search(done.stderr.decode(errors="replace")):
            raise Faster
        self._check_reached(done)

    def at(self, ref: str) -> str:
        """Return the commit that a reference names; "" if there is none."""
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        found = done.stdout.decode().strip()
        return found if done.returncode == 0 and _AT.match(found) else ""

    def refs(self) -> dict[str, str]:
        """Return followme's own references, each with the commit that it names."""
        listed = self._out("for-each-ref", "--format=%(refname) %(objectname)", "refs/followme/").decode()
        return dict(line.split() for line in listed.splitlines())

    def put(self, ref: str, commit: str) -> None:
        """Let a reference name this commit; "" removes it."""
        if commit:
            self._out("update-ref", ref, commit)
        elif self.at(ref):
            self._out("update-ref", "-d", ref)

    def is_in(self, commit: str, later: str) -> bool:
        """Return whether a commit is this later one, or before it."""
        return bool(commit) and (
            commit == later or self._run("merge-base", "--is-ancestor", commit, later).returncode == 0
        )

    def replaces(self, commit: str) -> bool:
        """Return whether the history of a commit begins with one that takes the place of an older history."""
        roots = self._out("rev-list", "--max-parents=0", commit).decode().split()
        messages = self._out("log", "--no-walk", "--format=%s", *roots).decode().splitlines()
        return messages == [REPLACES]

    def files(self, commit: str) -> dict[str, tuple[str, int]]:
        """Return the ordinary files of a commit: by path, the id and the size in bytes of each."""
        return {
            path: (of, int(size))
            for path, (mode, _, of, size) in self._listed(commit).items()
            if mode in ("100644", "100755")
        }

    def read(self, of: str) -> bytes:
        """Return the bytes of the file with this id."""
        return self._out("cat-file", "blob", of)

    def commit(
        self, files: Mapping[str, bytes], parent: str, *, beside: str = "", replaces: bool = False
    ) -> str:
        """Return a new commit with these files, given by their paths, on top of a parent, "" for none.

        Whatever else the commit `beside` has comes along as it is. The message says nothing about what is in them.
        """
        others = self._listed(beside).items() if beside else ()
        kept = {
            path: f"{mode} {kind} {of}"
            for path, (mode, kind, of, _) in others
            if not any(own == path or own.startswith(f"{path}/") for own in files)
        }
        inside: dict[str, bytes | str] = {**kept, **files}
        tree = self._tree({tuple(path.split("/")): data for path, data in inside.items()})
        parents = ("-p", parent) if parent else ()
        message = REPLACES if replaces else _OURS
        return self._out("commit-tree", tree, *parents, "-m", message).decode().strip()

    def is_loose(self) -> bool:
        """Return whether many objects are in files of their own."""
        return len(list(self.folder.glob("objects/??/*"))) > LOOSE

    def forget_the_rest(self) -> None:
        """Remove all objects that no reference leads to. Raises FollowmeError."""
        self._out("prune", "--expire=now")
        self._out("repack", "-a", "-d", "--quiet")
        self._out("prune-packed", "--quiet")

    def notes(self) -> dict[str, str]:
        """Return the values that were noted in the repository, by name; none if there is no repository."""
        listed = self._run("config", "--local", "-z", "--get-regexp", r"^followme\.").stdout.decode()
        pairs = (each.partition("\n") for each in listed.split("\0") if each)
        return {name.removeprefix("followme."): value for name, _, value in pairs}

    def note(self, name: str, value: str) -> None:
        """Note a value in the repository under this name. Raises FollowmeError."""
        self._out("config", "--local", f"followme.{name}", value)

    def _listed(self, commit: str) -> dict[str, list[str]]:
        """All that a commit has: by its path, the mode, the kind, the id and the size of each."""
        listed = self._out("ls-tree", "-r", "-l", "-z", "--full-tree", commit)
        lines = filter(None, listed.decode(errors="surrogateescape").split("\0"))
        return {path: about.split() for about, _, path in (line.partition("\t") for line in lines)}

    def _tree(self, files: Mapping[tuple[str, ...], bytes | str]) -> str:
        """The id of a tree with these files, each given by its bytes, or by its mode, its kind and its id."""
        lines = []
        for name in sorted({path[0] for path in files}):
            inside = {path[1:]: data for path, data in files.items() if path[0] == name}
            data = inside.get(())
            if data is None:
                about = f"040000 tree {self._tree(inside)}"
            elif isinstance(data, bytes):
                of = self._out("hash-object", "-w", "--no-filters", "--stdin", given=data)
                about = f"100644 blob {of.decode().strip()}"
            else:
                about = data
            lines.append(f"{about}\t{name}\0")
        given = "".join(lines).encode(errors="surrogateescape")
        return self._out("mktree", "-z", given=given).decode().strip()

    def _remote(self, *words: str) -> str:
        done = self._run(*words, remote=True)
        self._check_reached(done)
        return done.stdout.decode(errors="replace")

    def _check_reached(self, done: subprocess.CompletedProcess[bytes]) -> None:
        if done.returncode:
            refused = b"! [" in done.stderr
            what = "The repository refused what was sent." if refused else "The repository can't be reached."
            raise Unreachable(f"{what} Try again later. {_said(done.stderr)}")

    def _out(self, *words: str, given: bytes = b"", inside: bool = True) -> bytes:
        done = self._run(*words, given=given, inside=inside)
        if done.returncode:
            raise FollowmeError(f"git {words[0]} failed. {_said(done.stderr)}")
        return done.stdout

    def _run(
        self, *words: str, given: bytes = b"", inside: bool = True, remote: bool = False
    ) -> subprocess.CompletedProcess[bytes]:
        place = ("--git-dir", str(self.folder)) if inside else ()
        line = ("git", *place, *(word for each in _SETTINGS for word in ("-c", each)), *words)
        try:
            return subprocess.run(
                line, input=given, capture_output=True, env=self._environ(), timeout=PATIENCE, check=False
            )
        except FileNotFoundError:
            raise NoGit("There's no git on this machine. Install it, then sync again.") from None
        except OSError as error:
            raise FollowmeError(f"git can't be started ({error.strerror}).") from None
        except subprocess.TimeoutExpired:
            message = f"git {words[0]} took longer than {PATIENCE:.0f} seconds and was stopped."
            raise (Unreachable if remote else FollowmeError)(message) from None

    def _environ(self) -> dict[str, str]:
        """The variables for git: none that leads it to another repository, and none that lets it ask unasked."""
        environ = {
            name: value
            for name, value in self.environ.items()
            if not name.startswith("GIT_") or _KEPT_VARIABLES.match(name)
        }
        environ |= {"LC_ALL": "C", "GIT_NO_REPLACE_OBJECTS": "1"}
        if not self.asks:
            environ["GIT_TERMINAL_PROMPT"] = "0"
            environ.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
            environ["GIT_ASKPASS"] = environ["SSH_ASKPASS"] = os.devnull if os.name == "nt" else "/bin/false"
        return environ


def shown(text: str) -> str:
    """Return a text without the names, tokens and passwords in the addresses in it."""
    masked = _SECRET.sub(lambda found: f"{found[1] or found[2] + ':'}***@", text)
    return _QUERY.sub(r"\1***", masked)


def has_secret(url: str) -> bool:
    """Return whether an address holds a token or a password."""
    return shown(url) != url


def whole(url: str) -> str:
    """Return an address that means the same in every folder: a path on this machine becomes a whole one."""
    return url if _ELSEWHERE.match(url) else os.path.abspath(os.path.expanduser(url))


def check_url(url: str) -> None:
    """Raise FollowmeError for an address that git would take for an option or a program to run."""
    if not url or url.startswith("-") or "::" in url or any(ord(sign) < 32 for sign in url):
        raise FollowmeError(
            f"{shown(url)!r} isn't an address of a git repository, such as git@host.example:me/journal.git."
        )


def _said(stderr: bytes) -> str:
    """What git said, in one line: why it was rejected, else the last line that names an error.

    What git says after every failed connection is left out where a line before it gives the cause.
    """
    stderr = stderr.partition(_NOT_READ)[0].strip() or stderr
    lines = [line.strip() for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    errors: Sequence[str] = (
        [line for line in lines if line.startswith("! [")]
        or [line for line in lines if line.startswith(("fatal:", "error:", "remote:", "ssh:"))]
        or lines
    )
    return f"git says: {shown(errors[-1])}" if errors else "git didn't say why."
