"""One block with another content: what differs changes, and every other byte stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_samples import entries

from followme.insight.entry_tables import from_table
from followme.journal.change.splice import NotSpliced, spliced
from followme.journal.file.codec import settled, to_toml
from followme.journal.file.parsing import parse_block
from followme.model import Answer, Entry, Outcome, Promise
from rows import each_row

BLOCK = """\
[[entry]] # mine
id = "20261120T150411-k7q2m"
date = 2026-11-20T16:04:11+01:00   # a Friday
week = "2026-W47"
set = 'weekly'
mood = "calm" # a key of my own

# the first answer
[[ entry.answer ]]
key = "moment"
kind = "text"
question = "What # happened?"
reply = \'\'\'
Ana stayed.
# not a comment\'\'\'   # but this is
color = { red = 1, blue = [2, 3] }

[entry.answer.more]
deep = true

[[entry.answer]]
key = "ask"
kind = "promise"
question = "What will you ask?"
skipped = true
# last words on the answers

# a promise
[[entry.promise]]
ref = "p1"
text = "Call Ben" # soon
to = "Ben"

# the next entry
"""


def entry_of(block: str | bytes) -> Entry:
    return from_table(parse_block(block.encode() if isinstance(block, str) else block))


ENTRY = entry_of(BLOCK)
MOMENT, ASK = ENTRY.answers
(PROMISE,) = ENTRY.promises


def with_moment(**values: object) -> Entry:
    return replace(ENTRY, answers=(replace(MOMENT, **values), ASK))


@each_row(
    ("meant", "old", "new"),
    [
        (with_moment(reply="Ana left."), "\'\'\'\nAna stayed.\n# not a comment\'\'\'", '"Ana left."'),
        (with_moment(reply="Ana\nleft."), "\'\'\'\nAna stayed.\n# not a comment\'\'\'", '"""\nAna\nleft."""'),
        (with_moment(private=True), "# but this is\n", "# but this is\nprivate = true\n"),
        (replace(ENTRY, week="2026-W46"), "2026-W47", "2026-W46"),
        (replace(ENTRY, private=True), "'weekly'\n", "'weekly'\nprivate = true\n"),
        (replace(ENTRY, promises=(replace(PROMISE, text="Call him"),)), '"Call Ben" #', '"Call him" #'),
        (replace(ENTRY, promises=(replace(PROMISE, to=""),)), 'to = "Ben"\n', ""),
        (replace(ENTRY, promises=(replace(PROMISE, by=date(2026, 12, 4)),)), '"Ben"\n', '"Ben"\nby = 2026-12-04\n'),
        (replace(ENTRY, promises=()), '[[entry.promise]]\nref = "p1"\ntext = "Call Ben" # soon\nto = "Ben"\n', ""),
        (
            replace(ENTRY, answers=(MOMENT,)),
            '[[entry.answer]]\nkey = "ask"\nkind = "promise"\nquestion = "What will you ask?"\nskipped = true\n',
            "",
        ),
        (
            replace(ENTRY, promises=(PROMISE, Promise(ref="p2", text="Rest"))),
            'to = "Ben"\n',
            'to = "Ben"\n\n[[entry.promise]]\nref = "p2"\nkind = "do"\ntext = "Rest"\n',
        ),
        (
            replace(ENTRY, outcomes=(Outcome(promise="x/p1", result="kept"),)),
            'to = "Ben"\n',
            'to = "Ben"\n\n[[entry.outcome]]\npromise = "x/p1"\nresult = "kept"\n',
        ),
        (
            replace(ENTRY, answers=(MOMENT, replace(ASK, reply="So."))),
            "skipped = true",
            'reply = "So."',
        ),
    ],
)  # fmt: skip
def test_only_what_differs_changes(meant: Entry, old: str, new: str) -> None:
    assert BLOCK.count(old) >= 1
    wanted = BLOCK.replace(old, new, 1)
    for text, target in ((BLOCK, wanted), (BLOCK.replace("\n", "\r\n"), wanted.replace("\n", "\r\n"))):
        found = spliced(text.encode(), meant).decode()
        assert [line for line in found.splitlines() if line] == [line for line in target.splitlines() if line]
        assert entry_of(found) == meant


def test_without_a_change_every_byte_stays() -> None:
    assert spliced(BLOCK.encode(), ENTRY) == BLOCK.encode()


def test_at_the_end_of_a_file_without_a_line_feed() -> None:
    block = BLOCK[: BLOCK.index("\n\n# the next")]
    meant = replace(ENTRY, promises=(replace(PROMISE, told=True), Promise(ref="p2", text="Rest")))
    assert (
        spliced(block.encode(), meant)
        .decode()
        .endswith('to = "Ben"\ntold = true\n\n[[entry.promise]]\nref = "p2"\nkind = "do"\ntext = "Rest"\n')
    )


@each_row(
    "block",
    [
        '[[entry]]\ndate = 2026-11-20\nanswer = [{key = "moment", reply = "a"}]\n',
        '[[entry]]\ndate = 2026-11-20\n[[entry.answer]]\nkey = "moment"\nreply = [\n  "a", # why\n]\n',
    ],
)
def test_what_cannot_be_changed_alone_is_refused(block: str) -> None:
    entry = entry_of(block)
    answer = replace(entry.answers[0], reply="b", kind="text")
    with pytest.raises(NotSpliced):
        spliced(block.encode(), replace(entry, answers=(answer,)))


@given(before=entries, after=entries)
def test_any_entry_can_be_given_the_content_of_any_other(before: Entry, after: Entry) -> None:
    block, meant = to_toml(before).encode(), settled(replace(after, date=before.date))
    assert entry_of(spliced(block, meant)) == meant


@given(before=entries, reply=st.text(max_size=20))
def test_one_answer_of_any_entry_changes_alone(before: Entry, reply: str) -> None:
    before = settled(
        replace(before, answers=(Answer(key="own", kind="text", question="?", reply="a"), *before.answers))
    )
    meant = settled(replace(before, answers=(replace(before.answers[0], reply=reply), *before.answers[1:])))
    block = to_toml(before)
    found = spliced(block.encode(), meant).decode()
    assert entry_of(found) == meant
    assert found == to_toml(meant)
