"""`followme show`: the entry that is meant, in lines or as JSON."""

from __future__ import annotations

import json

import pytest

from pieces import SPIRIT, THANKS, entry, scale
from rows import each_row
from running import FRIDAY
from terminal import Terminal

JOURNAL = f"""\
format = 1

{entry("20261113T150210-x4d9w")}
minutes = 11

{scale("care", "Two calls.")}

[[entry.answer]]
key = "ideas"
kind = "list"
question = "Which ideas?"
reply = ["a short list", "a walk"]

{SPIRIT}

[[entry.promise]]
ref = "p1"
occasion = "Monday"
text = "Call him"
to = "Ben"
by = 2026-12-01
told = false

{entry("20261120T150411-k7q2m")}

{THANKS}

[[entry.outcome]]
promise = "20261113T150210-x4d9w/p1"
result = "partly"
note = "He was away."
told = true
"""

MORE_OUTCOMES = """
[[entry.outcome]]
promise = "20261106T150102-b2c8h/p1"
result = "not-needed"

[[entry.promise]]
ref = "p1"
kind = "ask"
text = "What did I miss?"
to = "Ana"

[[entry.promise]]
ref = "p2"
text = "Send the list"
told = true
from = "20261113T150210-x4d9w/p1"
"""

FIRST, LAST = "20261113T150210-x4d9w", "20261120T150411-k7q2m"


@pytest.fixture
def kept(run):
    """A run with two entries in its journal."""
    return run.with_journal(JOURNAL)


def ids(done) -> list[str]:
    return [entry["id"] for entry in json.loads(done.out)["entries"]]


def test_a_pipe_gets_one_line_for_everything_an_entry_holds(kept):
    assert kept("show", "W46").rows == [
        [FIRST, "answer", "care", "How often?", "4 (Two calls.)", ""],
        [FIRST, "answer", "ideas", "Which ideas?", "a short list a walk", ""],
        [FIRST, "skipped", "spirit", "Proud?", "", ""],
        [
            FIRST,
            "promise",
            f"{FIRST}/p1",
            "I will: Call him · Cue: Monday · Promised to: Ben · By Tue, Dec 1",
            "",
            "",
        ],
    ]
    assert kept("show").rows == kept("show", "last").rows == [
        [LAST, "outcome", f"{FIRST}/p1", "I will: Call him · Cue: Monday · Promised to: Ben · By Tue, Dec 1",
         "partly: He was away.", ""],
        [LAST, "answer", "thanks", "Thanked?", "yes", ""],
    ]  # fmt: skip


def test_the_last_column_says_what_is_private(kept):
    text = JOURNAL.replace("minutes = 11", "private = true")
    kept.journal.write_text(text.replace("reply = true", "reply = true\nprivate = true"), encoding="utf-8")
    assert [row[-1] for row in kept("show", "W46").rows] == ["private"] * 4
    assert [row[-1] for row in kept("show", "W47").rows] == ["private", "private"]
    assert [row[9] for row in kept("list").rows] == ["", "private"]
    assert [each["private"] for each in json.loads(kept("list", "--json").out)["entries"]] == [False, True]
    kept.journal.write_text(
        JOURNAL.replace("skipped = true", "skipped = true\nprivate = true"), encoding="utf-8"
    )
    assert [row[-1] for row in kept("show", "W46").rows] == ["", "", "private", ""]
    assert [row[-1] for row in kept("list").rows] == ["", ""]


def test_text_goes_through_a_pipe_as_it_stands_in_a_terminal(kept):
    long = "She said it would take a week, and I said that we have two days, and then no one said a word."
    kept.journal.write_text(JOURNAL.replace("Two calls.", long), encoding="utf-8")
    done = kept("show", "2026-W46", "--text")
    assert (done.code, done.err) == (0, "")
    assert "\t" not in done.out
    assert "\x1b" not in done.out
    lines = done.out.splitlines()
    assert lines[0] == "Week of Nov 9  2026-W46, weekly, 11 minutes"
    assert "How often?" in lines
    assert "   a short list" in lines
    assert max(map(len, lines)) <= 80
    assert long in " ".join(done.out.split())
    assert kept("show", "--text").out == kept("show", "last", "--text").out
    narrow = kept.process("show", "2026-W46", "--text", environ={"COLUMNS": "40"}).stdout.decode()
    assert max(map(len, narrow.splitlines())) <= 40
    # The title breaks where it had a comma.
    assert narrow.replace(",", "").split() == done.out.replace(",", "").split()


def test_how_every_part_of_an_entry_looks(kept, golden):
    """Markdown of the same parts is in tests/exports."""
    changed = JOURNAL.replace('fact = "Two calls."', 'fact = "Two calls."\nprivate = true').replace(
        "told = false", "told = false\nprivate = true"
    )
    kept.journal.write_text(changed + MORE_OUTCOMES, encoding="utf-8")
    golden("show-text.txt", "\n".join(kept("show", ref, "--text").out for ref in ("W46", "W47")))


def test_it_ends_with_the_commands_that_show_the_entries_before_and_after_and_they_work(kept):
    def shown(*argv: str) -> str:
        with Terminal(kept.home, "show", *argv, columns=80, rows=99, now=FRIDAY) as terminal:
            terminal.end()
        return terminal.text

    assert "The entry" not in kept("show", "--text").out
    page = shown("last")
    assert "The entry after" not in page
    assert page.count("The entry before, from ") == 1
    before = page.split("followme show ")[1].split()[0]
    assert shown(before) == shown("last~1")
    assert "The entry after, from " in shown(before)


def test_text_and_json_do_not_go_together(kept):
    done = kept("show", "--text", "--json")
    assert (done.code, done.out) == (2, "")
    assert done.err == "--text and --json can't go together. Leave one out.\n"


@each_row(
    ("ref", "found"),
    [
        ("last", [LAST]),
        ("2026-W46", [FIRST]),
        ("w47", [LAST]),
        ("2026-11-13", [FIRST]),
        ("today", [LAST]),
        (FIRST, [FIRST]),
        ("x4d9w", [FIRST]),
        ("2026112", [LAST]),
        ("202611", [FIRST, LAST]),
    ],
)
def test_an_entry_is_meant_by_last_a_week_a_date_or_an_id(kept, ref, found):
    assert ids(kept("show", ref, "--json")) == found


LATER = """
[[entry]]
id = "20261120T200000-n2n2n"
date = 2026-11-20T21:00:00+01:00
week = "2026-W47"
set = "note"
answer = [{ key = "note", kind = "line", question = "Note", reply = "Ben called." }]

[[entry]]
id = "20261120T210000-c2c2c"
date = 2026-11-20T22:00:00+01:00
week = "2026-W47"
set = "outcome"
outcome = [{ promise = "20261113T150210-x4d9w/p1", result = "kept" }]

[[entry]]
id = "20261106T150000-m2m2m"
date = 2026-11-06T16:00:00+01:00
week = "2026-W45"
set = "weekly"
"""


def test_last_is_a_reflection_by_date_and_neither_a_note_nor_an_ending_nor_what_a_merge_put_at_the_end(kept):
    kept.journal.write_text(JOURNAL + LATER, encoding="utf-8")
    assert ids(kept("show", "--json")) == ids(kept("show", "last", "--json")) == [LAST]
    assert ids(kept("show", "last~1", "--json")) == [FIRST]
    assert ids(kept("show", "last~2", "--json")) == ["20261106T150000-m2m2m"]
    assert kept("show", "last~3").code == 3
    assert ids(kept("show", "--set", "note", "--json")) == ["20261120T200000-n2n2n"]
    assert ids(kept("show", "last", "--set", "outcome", "--json")) == ["20261120T210000-c2c2c"]
    assert ids(kept("show", "W47", "--set", "weekly", "--json")) == [LAST]
    missing = kept("show", "last", "--set", "quarter")
    assert missing.code == 3
    assert (
        missing.err == "There's no entry for 'last' in the set quarter. To see them all:\n  followme list\n"
    )


def test_last_is_found_behind_any_number_of_notes_and_knows_its_promises(kept):
    notes = (LATER.split("\n[[entry]]")[1].replace("n2n2n", f"n{at:04}") for at in range(300))
    kept.journal.write_text(JOURNAL + "".join(f"\n[[entry]]{note}" for note in notes), encoding="utf-8")
    done = kept("show")
    assert [row[0] for row in done.rows] == [LAST, LAST]
    assert "Call him" in done.out


def test_notes_alone_make_no_reflection(run):
    run("note", "Ben called.")
    done = run("show")
    assert (done.code, done.out) == (3, "")
    assert done.err == "There are no reflections yet. Start with:\n  followme reflect\n"


def test_json_has_the_whole_entry(kept):
    found = json.loads(kept("show", "W46", "--json").out)
    assert found["schema"] == 1
    (entry,) = found["entries"]
    assert list(entry) == [
        "id", "week", "date", "set", "minutes", "private", "event", "person",
        "conflict", "imported", "about", "forgotten", "later",
        "answers", "promises", "outcomes",
    ]  # fmt: skip
    assert entry["date"] == "2026-11-13T16:02:10+01:00"
    assert entry["answers"][0] == {
        "key": "care", "kind": "scale", "question": "How often?", "reply": 4, "low": 0, "high": 5,
        "low_label": "no day", "high_label": "every day", "fact": "Two calls.", "forgotten": False,
        "private": False, "person": False, "skipped": False, "later": [],
    }  # fmt: skip
    assert entry["answers"][1]["reply"] == ["a short list", "a walk"]
    assert (entry["answers"][2]["reply"], entry["answers"][2]["skipped"]) == (None, True)
    assert entry["promises"] == [{
        "reference": f"{FIRST}/p1", "ref": "p1", "text": "Call him", "kind": "do", "occasion": "Monday",
        "who": None, "to": "Ben", "by": "2026-12-01", "told": False, "from": None, "private": False,
    }]  # fmt: skip
    (outcome,) = json.loads(kept("show", "last", "--json").out)["entries"][0]["outcomes"]
    assert outcome == {"promise": f"{FIRST}/p1", "result": "partly", "note": "He was away.", "told": True}


def test_an_empty_reply_typed_by_hand_is_no_skip_in_json(kept):
    kept.journal.write_text(JOURNAL.replace('"He was away."', '""').replace("reply = true", 'reply = ""').replace(
        'kind = "yesno"', 'kind = "text"'
    ), encoding="utf-8")  # fmt: skip
    (answer,) = json.loads(kept("show", "--json").out)["entries"][0]["answers"]
    assert (answer["reply"], answer["skipped"]) == ("", False)


@each_row("ref", ["last", "2026-W47", "k7q2m"])
def test_without_entries_it_says_what_to_do(run, ref):
    done = run("show", ref)
    assert (done.code, done.out) == (3, "")
    assert done.err == "There are no entries yet. Start with:\n  followme reflect\n"


@each_row("ref", ["k7q2x", "no-such", ""])
def test_an_entry_that_is_not_there_is_not_found(kept, ref):
    for argv in (["show", ref], ["show", ref, "--json"]):
        done = kept(*argv)
        assert (done.code, done.out) == (3, "")
        assert done.err == f"There's no entry for {ref!r}. To see them all:\n  followme list\n"


NEAREST = {
    "2026-W01": "Nothing was written for Dec 29, 2025–Jan 4, 2026. The nearest entry is from the week of Nov 9:\n"
    "  followme show x4d9w\n",
    "oct 1 2025": "Nothing was written for Sep 29–Oct 5, 2025. The nearest entry is from the week of Nov 9:\n"
    "  followme show x4d9w\n",
    "a year ago": "Nothing was written for Nov 17–23, 2025. The nearest entry is from the week of Nov 9:\n"
    "  followme show x4d9w\n",
    "november 19": "There's no entry for 'november 19'. See the entries of its week with:\n"
    "  followme show 2026-W47\n",
    "yesterday": "There's no entry for 'yesterday'. See the entries of its week with:\n  followme show 2026-W47\n",
    "2026-11": "'2026-11' is more than a week. List its entries with:\n"
    "  followme list --since 2026-11 --until 2026-11\n",
    "2027-W02 ": "Nothing was written for Jan 11–17, 2027. The nearest entry is from this week:\n"
    "  followme show k7q2m\n",
}
"""Days without an entry, and what is said of each."""


@each_row("ref", NEAREST)
def test_days_without_an_entry_name_the_nearest_ones(kept, ref: str):
    done = kept("show", ref)
    assert (done.code, done.out, done.err) == (3, "", NEAREST[ref])
