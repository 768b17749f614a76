"""The one block that ENTRY means, found without parsing the answers of all other entries."""

from __future__ import annotations

from dataclasses import replace

from followme.env import Env
from followme.errors import FollowmeError
from followme.journal.file import reading
from followme.journal.file.blocks import Block
from followme.model import Entry
from followme.shell.however_old import located_without_answers
from followme.shell.one_entry import found_entry


def one_block(env: Env, ref: str) -> tuple[Block, Entry]:
    """Return the block of the entry that `ref` means, and that entry, whole. Raises FollowmeError as `found_entry`."""
    found = found_entry(env, ref, located_without_answers)
    block = reading.block_at(env.journal, found.start, found.end)
    if block and block.entry and replace(block.entry, answers=()) == replace(found.entry, answers=()):
        return block, block.entry
    raise FollowmeError("The journal changed at this moment, so nothing else was done. Try again.")
