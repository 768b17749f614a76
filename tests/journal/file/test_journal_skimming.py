"""Skimming: what is found without parsing the answers is exactly what parsing them would have given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_samples import HEADER_LIKE, entries, entry, texts

from followme.insight.ledger import kept, ledger
from followme.insight.promises import open_promises
from followme.insight.weeks import weeks_done
from followme.journal.file import reading, skimming, slicing
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.model import RESULTS, Answer, Entry, Located, Outcome, Promise
from rows import each_row

pytestmark = pytest.mark.usefixtures("sliced_from_the_end")

ZONE = timezone(timedelta(hours=1))
FRIDAY = datetime(2026, 11, 20, 16, 4, 11, tzinfo=ZONE)


def bare(found: Entry) -> Entry:
    return replace(found, answers=())


def short(found: Entry) -> tuple[object, ...]:
    """What is in an entry in brief."""
    head = (found.id, found.moment, found.week, found.set, found.is_sitting, found.conflict)
    return *head, [short_answer(each) for each in found.answers]


def short_answer(answer: Answer) -> Answer:
    if type(answer.reply) is int:
        return answer
    kept = answer.reply if answer.reply is None or answer.kind == "several" else ""
    return replace(answer, reply=kept, fact="")


def whole(path: Path) -> list[Entry]:
    """What parsing everything gives, without the answers, from the end."""
    return [bare(each) for each in reading.newest_first(path) if isinstance(each, Entry)]


def check(path: Path) -> None:
    """Skimming agrees with parsing everything; where that finds damage, each entry beside it is there all the same.

    What was saved of a damaged entry is not compared: without its answers more of it can be saved.
    """
    blocks = list(reading.newest_blocks(path))
    located = [each for each in skimming.skimmed(path) if isinstance(each, Located)]
    found = [bare(each.entry) for each in located]
    if not any(block.error for block in blocks):
        assert [(one.start, one.end) for one in located] == [(one.start, one.end) for one in blocks]
        assert found == whole(path)
        brief = skimming.brief(path)
        parsed = [each for each in reading.newest_first(path) if isinstance(each, Entry)][::-1]
        assert [*map(short, brief.entries)] == [*map(short, parsed)]
        assert brief.kept == kept(ledger(parsed, date(2026, 11, 27)))
        skim = skimming.skim(path)
        assert open_promises(skim.telling) == open_promises(found[::-1])
        assert weeks_done(skim.entries) == weeks_done(found)
        assert [each.set for each in skim.entries] == [each.set for each in reversed(found)]
    else:
        left = iter(found)
        beside = (each for later, each in pairwise([None, *blocks]) if later is None or not later.error)
        assert all(bare(block.entry) in left for block in beside if block.entry)


def is_sliced(data: bytes) -> bool:
    """Is the one entry in these bytes found without parsing all of it?"""
    (each,) = slicing.slices(data, 0)
    return each.sound


# --- What followme writes is sliced -----------------------------------------------------------------------


@each_row(
    "change",
    [
        {},
        {"answers": ()},
        {"promises": ()},
        {"answers": (), "promises": ()},
        {"minutes": None, "private": True, "event": False},
        {"outcomes": tuple(Outcome(promise="20261113T150210-x4d9w/p1", result=each) for each in RESULTS)},
        {"outcomes": (Outcome(promise="20261113T150210-x4d9w/p1", result="kept", note="Yes.", told=True),)},
        {"promises": tuple(Promise(ref=f"p{at}", text="Call", private=bool(at % 2)) for at in range(12))},
        {"promises": (Promise(ref="p1", text='Say "no"\\', who="Jürgen", to="Ben", origin="x/p1"),)},
        {"promises": (Promise(ref="p1", text="What?", kind="ask", to="Ben", by=date(2026, 12, 1)),)},
        {"answers": (Answer(key="note", kind="line", question="Note", reply="Yes [sic] (see [it])"),)},
        {"answers": (Answer(key="a", kind="list", question="a [b] c?", reply=("[x]", "y", "week")),)},
    ],
)
def test_what_followme_writes_is_sliced(change: dict[str, object], path: Path):
    """Else home would be slow, and no one would know why."""
    made = replace(entry(), **change)
    assert is_sliced(to_toml(made).encode())
    path.write_bytes(f"{PREAMBLE}\n{to_toml(entry(-1))}\n{to_toml(made)}".encode())
    check(path)


SAMPLES = (
    Answer(key="a", kind="text", question='Say "no"?', reply='He said "no".\n\\ and ""\n[[entry.answer]]\nkey = "b"'),
    Answer(key="b", kind="scale", question="How?", low=-3, high=100, low_label='"none"', reply=-2, fact="Two\nrows."),
    Answer(key="c", kind="several", question="Which?", reply=("one \\", 'a "two"'), private=True),
    Answer(key="d", kind="several", question="Which?", reply=()),
    Answer(key="e", kind="yesno", question="", reply=False, fact="Why not."),
    Answer(key="f", kind="choice", question="Which?", reply="this"),
    Answer(key="g", kind="list", question="What?", reply=("x", "y [[entry.answer]]"), person=True),
    Answer(key="h", kind="of-a-later-version", question="What?", reply=7),
    Answer(key="i", kind="scale", question="How?", low=0, high=5),
    Answer(key="j", kind="line", question="Who?", reply=""),
)  # fmt: skip


def test_answers_in_brief_are_read_without_parsing_them(path: Path, monkeypatch: pytest.MonkeyPatch):
    made = replace(entry(), answers=SAMPLES)
    path.write_bytes(f"{PREAMBLE}\n{to_toml(entry(-1))}\n{to_toml(made)}\n{to_toml(entry(1))}".encode())
    check(path)
    parsed, real = [], reading.parsing.parse_block
    monkeypatch.setattr(
        reading.parsing, "parse_block", lambda data, **how: parsed.append(data) or real(data, **how)
    )
    found = skimming.brief(path).entries
    assert [short(each) for each in found] == [short(each) for each in (entry(-1), made, entry(1))]
    # Nothing shows that the oldest one isn't part of a text before it.
    assert [block.count(b"20261113T") for block in parsed] == [1]


@each_row("part", ["Which?", "One", "No one."])
def test_an_answer_with_an_escape_that_toml_does_not_have_is_told(path: Path, part: str):
    answers = (
        Answer(key="a", kind="several", question="Which?", reply=("One", "Two")),
        Answer(key="b", kind="scale", question="How many?", reply=2, fact="No one."),
    )
    wrong = to_toml(replace(entry(), answers=answers)).replace(part, rf"\q{part}")
    path.write_bytes("\n".join([PREAMBLE, to_toml(entry(-1)), wrong, to_toml(entry(1))]).encode())
    found = skimming.brief(path)
    assert len(found.entries) == 2
    assert ["Unescaped" in each.reason for each in found.damages] == [True]


def test_lines_with_carriage_returns_are_sliced_too(path: Path):
    data = to_toml(entry()).replace("\n", "\r\n").encode()
    assert is_sliced(data)
    path.write_bytes(PREAMBLE.encode() + data + data)
    check(path)


UNUSUAL: dict[str, Callable[[str], str]] = {
    "an indented header": lambda text: text.replace("[[entry.promise]]", "  [[entry.promise]]"),
    "blanks in a header": lambda text: text.replace("[[entry.promise]]", "[[ entry . promise ]]"),
    "a quoted header": lambda text: text.replace("[[entry.promise]]", '[["entry".promise]]'),
    "an escape in a header": lambda text: text.replace("[[entry.promise]]", r'[[entry."pr\u006fmise"]]'),
    "a remark behind a header": lambda text: text.replace("[[entry.promise]]", "[[entry.promise]] # w"),
    "promises as a list": lambda text: (
        text.replace("minutes = 11\n", 'minutes = 11\npromise = [\n{ ref = "p1", text = "Write" },\n]\n').split(
            "\n[[entry.promise]]"
        )[0]
    ),
    "an outcome as dotted keys": lambda text: text.replace(
        "minutes = 11\n", 'minutes = 11\noutcome = [{promise = "a/p1", result = "kept"}]\n'
    ),
    "a remark between the keys": lambda text: text.replace("told = false", "# told = true\ntold = false"),
    "keys in another order": lambda text: text.replace('ref = "p1"\nkind = "do"\n', 'kind = "do"\nref = "p1"\n'),
    "an escape in a reference": lambda text: text.replace('ref = "p1"', r'ref = "p\u0031"'),
    "literal quotes": lambda text: text.replace('text = "Ask legal"', "text = 'Ask legal'"),
    "a text of several lines": lambda text: text.replace('text = "Ask legal"', 'text = """\nAsk\nlegal"""'),
    "a literal text of several lines": lambda text: text.replace("Ask legal", "x").replace(
        'text = "x"', "text = '''\n[[entry.promise]]\nref = \"p9\"\nkind = \"do\"\ntext = \"Not one\"\n'''"
    ),
    "answers behind the promise": lambda text: text + '\n[[entry.answer]]\nkey = "late"\nreply = "x"\n',
    "a table of one's own behind": lambda text: text + '\n[mine]\nmood = "fine"\n',
    "keys of one's own": lambda text: text.replace("told = false", 'told = false\nmood-of_mine = "[[w]]"'),
    "a table inside a promise": lambda text: text + '\n[entry.promise.more]\nx = 1\n',
    "tables inside a promise": lambda text: text + "\n[[entry.promise.more]]\nx = 1\n",
    "a text with brackets": lambda text: text.replace("She had", "[[She]] [[w]] had"),
    "a text like a promise": lambda text: text.replace(
        "She had asked twice.", '[[entry.promise]]\nref = "p9"\nkind = "do"\ntext = "Not one"\n'
    ),
    "a text like an outcome": lambda text: text.replace(
        "She had asked twice.", '\n[[entry.outcome]]\npromise = "a/p1"\nresult = "kept"\n'
    ),
    "a text like an entry": lambda text: text.replace(
        "She had asked twice.", to_toml(replace(entry(5), answers=(), promises=()))
    ),
    "a text like two entries": lambda text: text.replace(
        "She had asked twice.", to_toml(replace(entry(5), answers=())) + to_toml(replace(entry(6), answers=()))
    ),
    "a lost header": lambda text: text.replace("[[entry]]\n", ""),
    "a day that is none": lambda text: text.replace("date = 2026-11-20", "date = 2026-02-30"),
    "a promise's day that is none": lambda text: text.replace("by = 2026-12-01", "by = 2026-02-30"),
    "an open text": lambda text: text.replace('asked twice."""', "asked twice."),
    "a wrong type": lambda text: text.replace("told = false", 'told = "no"'),
    "an unknown result": lambda text: text + '\n[[entry.outcome]]\npromise = "a/p1"\nresult = "maybe"\n',
}  # fmt: skip


@each_row("change", UNUSUAL.values())
@each_row("at", [0, 1, 2])
def test_whatever_stands_otherwise_is_read_as_by_parsing_it_all(
    change: Callable[[str], str], at: int, path: Path
):
    parts = [to_toml(entry(number)) for number in range(3)]
    changed = change(parts[at].replace(str(entry(at).date.date()), "2026-11-20"))
    assert changed != parts[at]
    parts[at] = changed
    path.write_bytes("\n".join([PREAMBLE, *parts]).encode())
    check(path)


@each_row("name", ["a day that is none", "a promise's day that is none", "a wrong type", "an unknown result"])
def test_tables_that_cannot_be_read_make_the_entry_damaged_as_ever(name: str, path: Path):
    path.write_bytes(
        "\n".join([PREAMBLE, to_toml(entry(-2)), UNUSUAL[name](to_toml(entry())), to_toml(entry(2))]).encode()
    )
    skimmed, parsed = skimming.skimmed(path), reading.located(path)
    bared = (
        [each._replace(entry=bare(each.entry)) if isinstance(each, Located) else each for each in found]
        for found in (skimmed, parsed)
    )
    assert next(bared) == next(bared)


def test_what_is_wrong_in_an_older_answer_costs_no_promise(path: Path):
    wrong = to_toml(entry()).replace("reply = 4", "reply = 4 4")
    path.write_bytes("\n".join([PREAMBLE, to_toml(entry(-1)), wrong, to_toml(entry(1))]).encode())
    assert len(whole(path)) == 2
    assert len(open_promises(skimming.skim(path).telling)) == 3


def test_what_is_wrong_in_one_of_the_newest_is_found(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(skimming, "WHOLE", 2)
    wrong = to_toml(entry()).replace("reply = 4", "reply = 4 4")
    path.write_bytes("\n".join([PREAMBLE, to_toml(entry(-1)), wrong, to_toml(entry(1))]).encode())
    skim = skimming.skim(path)
    (damage,) = skim.damages
    assert "4" in damage.reason
    assert [damage] == [each for each in reading.newest_first(path) if not isinstance(each, Entry)]
    assert len(skim.entries) == 2


def test_a_missing_file_and_an_empty_one_have_nothing(path: Path):
    assert skimming.skim(path) == skimming.Skim()
    path.write_bytes(b"")
    assert list(skimming.skimmed(path)) == []


# --- Any journal at all -----------------------------------------------------------------------------------

REFS = [f"{entry(number).id}/p{ref}" for number in range(4) for ref in (1, 2)]
tales = st.builds(
    lambda number, ago, made, told: replace(
        entry(number),
        date=entry(number).date - timedelta(weeks=ago),
        promises=tuple(
            Promise(ref=f"p{at}", text=f"Call {at}", kind=kind) for at, kind in enumerate(made, 1)
        ),
        outcomes=tuple(Outcome(promise=ref, result=result) for ref, result in told),
    ),
    st.integers(0, 3),
    st.integers(0, 8),
    st.lists(st.sampled_from(["do", "ask"]), max_size=2),
    st.lists(st.tuples(st.sampled_from(REFS), st.sampled_from(RESULTS)), max_size=3),
)


@given(st.lists(tales, max_size=8), st.lists(st.sampled_from([None, *UNUSUAL]), min_size=8, max_size=8))
def test_what_is_open_is_the_same_however_it_is_read(
    tmp_path_factory, tales: list[Entry], changes: list[str | None]
):
    """Few promises, many outcomes, in any order and with any unusual writing among them."""
    parts = [
        UNUSUAL[name](to_toml(tale)) if name else to_toml(tale)
        for tale, name in zip(tales, changes, strict=False)
    ]
    path = tmp_path_factory.mktemp("any") / "journal.toml"
    path.write_bytes("\n".join([PREAMBLE, *parts]).encode())
    check(path)


@given(st.lists(entries, max_size=4), st.sampled_from([1 << 16, 100]))
def test_any_entries_at_all(tmp_path_factory, found: list[Entry], chunk: int):
    path = tmp_path_factory.mktemp("any") / "journal.toml"
    path.write_bytes("\n".join([PREAMBLE, *map(to_toml, found)]).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "CHUNK", chunk)
        check(path)


LINES = [
    *HEADER_LIKE,
    *('[[entry]]\nid = "a-b"\ndate = 2026-11-20T16:04:11+01:00\nweek = "2026-W47"\nset = "weekly"\n', "[[entry]]"),
    *('\n[[entry.answer]]\nkey = "k"\nreply = """\nx', '\n[[entry.answer]]\nkey = "k"\nreply = 1', '"""', "'''"),
    *('\n[[entry.promise]]\nref = "p1"\nkind = "do"\ntext = "Call"', 'id = "c-d"', "date = 2026-11-20"),
    *('\n[[entry.outcome]]\npromise = "a-b/p1"\nresult = "kept"', "minutes = 3", "x = '\"'", "# \"", "promise = []"),
    *('week = "2026-W48"', "told = true", "private = true", "[mine]", "words", ""),
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_any_lines_at_all(tmp_path_factory, lines: list[str], ending: str):
    path = tmp_path_factory.mktemp("any") / "journal.toml"
    path.write_bytes("\n".join(lines).replace("\n", ending).encode(errors="surrogatepass"))
    check(path)


@given(st.lists(texts, max_size=3))
def test_a_text_by_hand_may_hold_anything(tmp_path_factory, held: list[str]):
    path = tmp_path_factory.mktemp("any") / "journal.toml"
    text = "\n".join(held).encode(errors="replace").decode().replace("\0", "").replace("\r", "")
    parts = [to_toml(entry(number)).replace("She had asked twice.", text) for number in range(2)]
    path.write_bytes("\n".join([PREAMBLE, *parts, to_toml(entry(2))]).encode())
    check(path)
