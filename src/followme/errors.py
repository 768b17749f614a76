"""The errors a person may see: a sentence or more, and the exit code that goes with it."""

from __future__ import annotations


class FollowmeError(Exception):
    """Something the user can mend; the text says what happened and what to do next. Exit code 1."""

    code = 1


class WrongUsage(FollowmeError):
    """The call itself does not fit: an unreadable date, answers that do not fit the set. Exit code 2."""

    code = 2


class NothingFound(FollowmeError):
    """What was looked for is not there. Exit code 3."""

    code = 3


class NotSaved(FollowmeError):
    """The entry did not reach the journal; its draft is kept. Exit code 1."""


class Paused(FollowmeError):
    """The person stopped in the middle of a sitting; the draft is kept. Exit code 130."""

    code = 130
