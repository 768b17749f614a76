"""Merging two versions of a journal: nothing written is lost, deletions hold, and it is the same from both sides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followme.insight.ids import id_from
from followme.insight.merge import Merged, Version, difference, merge
from followme.journal.file.codec import settled, to_toml
from followme.journal.file.parts import tables_of
from followme.model import Answer, Entry, Part
from rows import each_row

BEGAN = datetime(2026, 11, 20, 16, 4, 11, tzinfo=timezone(timedelta(hours=1)))
KEYS = ("moment", "care", "next")


def entry(number: int, **replies: str) -> Entry:
    """An entry of its own week for each number; a reply that isn't given is that of the beginning."""
    moment = BEGAN + timedelta(weeks=number)
    said = {key: f"{key} {number}" for key in KEYS} | replies
    answers = (Answer(key=key, kind="text", question="?", reply=said[key]) for key in KEYS)
    return Entry(
        id=f"{moment:%Y%m%dT%H%M%S}-k7q2m", date=moment, week="", set="weekly", answers=tuple(answers)
    )


def part(of: Entry, comment: str = "") -> Part:
    return Part(of.id, f"{to_toml(settled(of))}{comment}\n".encode())


def version(
    *parts: Part | Entry, gone: tuple[Entry, ...] = (), preamble: bytes = b"format = 1\n\n"
) -> Version:
    made = tuple(each if isinstance(each, Part) else part(each) for each in parts)
    return Version(preamble=preamble, parts=made, gone=tuple(each.id for each in gone))


def merged(ours: Version, theirs: Version, base: Version | None = None) -> Merged:
    return merge(ours, theirs, base, cut=tables_of)


def words(of: Version) -> str:
    return b"".join(each.data for each in of.parts).decode()


A, B, C, D = map(entry, range(4))
A1, A2 = entry(0, moment="changed here"), entry(0, moment="changed there")
A_OTHER = entry(0, care="changed there")
DAMAGE = Part("", b'[[entry]]\nid = "x\n', readable=False)
FORGOTTEN = Part(A.id, part(A).data.replace(b'set = "weekly"\n', b'set = "weekly"\nforgotten = 2026-12-01\n'))


@each_row(
    ("ours", "theirs", "base", "ids"),
    [
        (version(A, B), version(A, C), None, [A, B, C]),
        (version(A, D), version(B, C), None, [A, B, C, D]),
        # Behind the last one with an earlier time, wherever it stands.
        (version(D, A), version(B, D), None, [D, A, B]),
        # Absent is not deleted.
        (version(A), version(A, B), version(A, B), [A, B]),
        (version(A, gone=(B,)), version(A, B), version(A, B), [A]),
        (version(A, gone=(B,)), version(A, B), None, [A]),
        # An entry that was changed meanwhile stays, and so does one that came back.
        (version(B, gone=(A,)), version(A1, B), version(A, B), [A, B]),
        (version(A, B), version(B, gone=(A,)), version(B, gone=(A,)), [A, B]),
        (version(FORGOTTEN), version(A1), version(A), [A]),
        (version(A1), version(FORGOTTEN), None, [A]),
    ],
)
def test_entries_of_both_versions_stay_but_for_those_that_were_deleted(ours, theirs, base, ids):
    result = merged(ours, theirs, base)
    assert [each.id for each in result.parts] == [each.id for each in ids]
    assert not set(result.gone) & {each.id for each in result.parts}


def test_a_deletion_is_known_to_the_next_one_too():
    assert merged(version(gone=(A,)), version(gone=(B,))).gone == (A.id, B.id)


def test_answers_changed_on_both_sides_are_put_together_where_the_common_version_is_known():
    both = entry(0, moment="changed here", care="changed there")
    result = merged(version(A1), version(A_OTHER), version(A))
    assert result.parts == (part(both),)
    assert result.conflicts == ()


def test_what_changed_to_two_things_stays_in_both_the_second_as_another_version():
    for ours, theirs, base in ((A1, A2, version(A)), (A1, A2, None), (A1, A_OTHER, None)):
        result = merged(version(ours), version(theirs), base)
        first, second = result.parts
        assert result.conflicts == (first.id,) == (A.id,)
        assert f'id = "{second.id}"\nconflict = "{A.id}"\n' in second.data.decode()
        assert second.id.startswith("20261120T150411-")
        assert {*result.parts} == {*merged(version(theirs), version(ours), base).parts}


def test_a_conflict_is_kept_once_and_ends_with_the_deletion_of_one_version():
    once = merged(version(A1), version(A2))
    again = merged(once, version(A2))
    assert again.parts == once.parts
    first, second = once.parts
    ended = Version(parts=(first,), gone=(second.id,))
    assert merged(ended, version(A2)).parts == (first,)
    assert merged(ended, once, once).parts == (first,)


def test_comments_are_no_conflict_and_none_is_lost():
    result = merged(version(part(A, "# mine\n")), version(part(A, "# yours\n")), version(A))
    assert len(result.parts) == 1
    assert "# mine" in words(result)
    assert "# yours" in words(result)
    result = merged(version(preamble=b"# mine\nformat = 1\n\n"), version(preamble=b"# yours\nformat = 1\n\n"))
    assert result.preamble == b"# mine\nformat = 1\n# yours\n\n"


def test_forgotten_words_stay_forgotten():
    for ours, theirs in ((FORGOTTEN, part(A1)), (part(A1), FORGOTTEN)):
        for base in (None, version(A)):
            assert merged(version(ours), version(theirs), base).parts == (FORGOTTEN,)


def test_what_cannot_be_read_is_carried_behind_what_it_followed():
    assert merged(version(A, C), version(A, DAMAGE, C)).parts == (part(A), DAMAGE, part(C))
    assert merged(version(A, DAMAGE, C), version(A, B, C)).parts == (part(A), DAMAGE, part(B), part(C))
    assert merged(version(A), version(DAMAGE, A)).parts == (DAMAGE, part(A))
    broken = Part(A.id, part(A).data.replace(b'"weekly"', b'"weekly'), readable=False)
    assert merged(version(broken), version(A1)).parts == (part(A1), broken._replace(id=""))
    # Mended on one side.
    assert merged(version(broken), version(A1), version(broken)).parts == (part(A1),)
    assert merged(version(A), version(A, DAMAGE), version(A, DAMAGE)).parts == (part(A),)


def test_a_difference_tells_what_has_to_be_done():
    found = difference(version(A, B, C), version(A1, B, D))
    assert found == ((part(D),), (part(A1),), (part(C),))


# --- Any history ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    what: str
    number: int
    key: str


steps = st.builds(
    Step,
    what=st.sampled_from(["add", "edit", "edit", "delete", "lose", "damage", "comment"]),
    number=st.integers(0, 5),
    key=st.sampled_from(KEYS),
)
histories = st.lists(steps, max_size=5)


def after(start: Version, history: list[Step], side: str) -> Version:
    parts, gone = {each.id or str(at): each for at, each in enumerate(start.parts)}, {*start.gone}
    for at, step in enumerate(history):
        known = [*parts]
        if step.what == "add":
            new = replace(entry(6 + step.number, moment=f"added {side}{at}"), id="")
            new = replace(new, id=id_from(new.date, f"{side}{at}"))
            parts[new.id] = part(new)
        elif step.what == "damage":
            parts[f"damage {side}{at}"] = Part("", f"[[entry]]\nid = {side}{at}\n".encode(), readable=False)
        elif known and parts[chosen := known[step.number % len(known)]].readable:
            old = parts[chosen]
            if step.what == "edit":
                number = f'key = "{step.key}"'
                head, _, tail = old.data.decode().partition(number)
                before, _, rest = tail.partition("reply = ")
                rest = rest.split("\n", 1)[1]
                parts[chosen] = Part(
                    old.id, f'{head}{number}{before}reply = "edited {side}{at}"\n{rest}'.encode()
                )
            elif step.what == "comment":
                parts[chosen] = Part(old.id, old.data + f"# comment {side}{at}\n".encode())
            else:
                del parts[chosen]
                gone |= {old.id} if step.what == "delete" else set()
    return Version(preamble=start.preamble, parts=tuple(parts.values()), gone=tuple(sorted(gone)))


def contents(of: Version) -> tuple[Counter[bytes], tuple[str, ...]]:
    """The lines of all parts, since an answer that was added on both sides may stand before or after another one."""
    return Counter(line for each in of.parts for line in each.data.split(b"\n") if line), of.gone


def said(of: Version) -> set[str]:
    return {line for line in words(of).split("\n") if line.startswith(("reply", "#"))}


@pytest.mark.hypothesis
@given(mine=histories, yours=histories, known=st.booleans())
def test_whatever_was_done_on_two_machines_both_agree_and_no_new_word_is_lost(mine, yours, known):
    start = version(A, B, C)
    ours, theirs = after(start, mine, "o"), after(start, yours, "t")
    base = start if known else None
    result = merged(ours, theirs, base)
    assert contents(result) == contents(merged(theirs, ours, base))
    if known:
        # What was written since stays, whatever the other side did.
        assert (said(ours) | said(theirs)) - said(start) <= said(result)
    # Merged again, with either side or with itself, nothing changes.
    for side in (ours, theirs):
        assert merged(result, side, side).parts == result.parts
    assert merged(result, result) == replace(result, conflicts=())
    deleted = {*ours.gone, *theirs.gone} - {each.id for each in result.parts}
    assert set(result.gone) == deleted
    assert all(tables_of(each.data) for each in result.parts if each.readable)
