"""An entry, or one answer of it, in the person's editor; it goes into the journal only if it can be read there."""

from __future__ import annotations

from collections.abc import Mapping

from followme.env import Env
from followme.errors import WrongUsage
from followme.frozen import frozen
from followme.insight import entry_tables
from followme.insight.asked_again import Again
from followme.journal.change import log
from followme.journal.change.rewrite import Change, rewrite
from followme.journal.file import parsing
from followme.journal.file.parsing import NotParsed
from followme.kinds import KINDS
from followme.model import Entry
from followme.shell import changing, edited_text
from followme.shell.confirm import YES, is_agreed
from followme.shell.edited_entry import named
from followme.shell.one_block import one_block
from followme.shell.paths import paths_of

WRITTEN = ("text", "line", "list")
"""Kinds of questions whose answers are words to edit."""


@frozen
class Whole:
    """The block of an entry as the place of a text; `ref` names the entry."""

    env: Env
    ref: str
    name: str = "entry.toml"
    kind: str = "the entry"
    home: str = "the journal"

    @property
    def about(self) -> Mapping[str, str]:
        """The entry that it is about."""
        return {"entry": self.ref}

    @property
    def title(self) -> str:
        """Its name in a sentence."""
        return f"the entry {self.ref}"

    @property
    def mark(self) -> bytes:
        """What tells it from all others."""
        return f"{paths_of(self.env).real} {self.ref}".encode(errors="replace")

    def text(self) -> str:
        """Return the block as it is now, with one line feed at its end. Raises FollowmeError."""
        block, _ = one_block(self.env, self.ref)
        return parsing.decode(block.data).rstrip("\n") + "\n"

    def fault(self, text: str) -> str:
        """Return why this text can't be the block of that entry, with the line; "" if it can."""
        _, entry = one_block(self.env, self.ref)
        try:
            new = _entry_of(text)
        except NotParsed as error:
            return f"Line {error.line}: {error.sentence}" if error.line else error.sentence
        except ValueError as error:
            return str(error)
        if new.id != entry.id:
            return f"Its id must stay {entry.id or 'as it was'}, since promises and notes name it."
        return ""

    def put(self, text: str) -> None:
        """Replace the block, after the person has seen what changes and said yes. Raises FollowmeError."""
        block, entry = one_block(self.env, self.ref)
        new = _entry_of(text)
        if new == entry:
            self.env.say("Only comments, blanks or keys that followme doesn't know change.")
        changing.show_changes(self.env, [(block, new)])
        is_agreed(self.env, "a change", dry_run=False, enter=YES)
        change = Change(block.start, block.data, block.with_text(text))
        rewrite(paths_of(self.env), [change], verb=log.EDIT, now=self.env.now())


@frozen
class Words(Whole):
    """The words of one answer as the place of a text."""

    key: str = ""
    name: str = "answer.md"
    kind: str = "the answer"

    @property
    def title(self) -> str:
        """Its name in a sentence."""
        return f"{self.key} in the entry {self.ref}"

    @property
    def mark(self) -> bytes:
        """What tells it from all others."""
        return f"{paths_of(self.env).real} {self.ref} {self.key}".encode(errors="replace")

    def text(self) -> str:
        """Return the answer as it is now. Raises FollowmeError."""
        again = self._again(one_block(self.env, self.ref)[1])
        return str(again.typed.get("reply", ""))

    def fault(self, text: str) -> str:
        """Return why this text can't answer that question; "" if it can."""
        try:
            self._changed(one_block(self.env, self.ref)[1], text)
        except ValueError as error:
            return str(error)
        return ""

    def put(self, text: str) -> None:
        """Replace the answer, after the person has seen what changes and said yes. Raises FollowmeError."""
        block, entry = one_block(self.env, self.ref)
        meant = [(block, self._changed(entry, text))]
        changing.show_changes(self.env, meant)
        is_agreed(self.env, "a change", dry_run=False, enter=YES)
        changing.put(self.env, meant, log.EDIT)

    def _again(self, entry: Entry) -> Again:
        again = named(self.env, entry, self.key)
        if again.question.kind not in WRITTEN:
            raise WrongUsage(f"The answer to {self.key} isn't in your own words. Leave --editor out.")
        return again

    def _changed(self, entry: Entry, text: str) -> Entry:
        again = self._again(entry)
        kind = KINDS[again.question.kind]
        kind.check(again.question, text)
        typed = {**again.typed, "reply": text}
        return again.changed(entry, kind.respond(again.question, typed, self.env.now().date()))


def edit(env: Env, ref: str, key: str | None) -> bool:
    """Let the person edit an entry, or one answer of it, in their editor; return whether it was changed.

    What doesn't fit is offered again with its line. Raises FollowmeError with the place where a text is kept that
    didn't get into the journal.
    """
    if not env.can_ask:
        raise WrongUsage(
            "There's no terminal to open an editor in, so nothing was changed. Use --answer KEY=TEXT."
        )
    _, entry = one_block(env, ref)
    place = Whole(env, entry.id or ref)
    return edited_text.edit(env, Words(env, entry.id or ref, key=key) if key else place)


def _entry_of(text: str) -> Entry:
    """The entry in the text of a block. Raises ValueError."""
    return entry_tables.from_table(parsing.parse_block(text.encode()))
