"""`followme forget --before`: the words of old entries go for good, from every copy, and everything counted stays."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from followme.journal.change import purge
from pieces import SPIRIT, THANKS, entry, moment, scale
from running import Run

OLD, MIDDLE, NEW = "20241108T150210-a2b3c", "20241115T150210-x4d9w", "20261119T150411-k7q2m"
JOURNAL = f"""\
# head stays
format = 1

{entry(OLD, beside=" # SECRET comment")}
minutes = 11
mood = "SECRET mood"

{moment("SECRET moment")}

{scale("care-days", "SECRET fact")}

[[entry.answer]]
key = "signs"
kind = "several"
question = "Which?"
reply = ["one", "two"]

{THANKS}

{SPIRIT}

[[entry.promise]]
ref = "p1"
kind = "do"
occasion = "SECRET cue"
text = "SECRET promise"
to = "SECRET Ben"
by = 2024-11-20
told = true

[[entry.promise]]
ref = "p2"
kind = "do"
text = "still open"
who = "Jonas"

{entry(MIDDLE)}
forgiven = 3

[[entry.outcome]]
promise = "{OLD}/p1"
result = "kept"
note = "SECRET note"

{entry(NEW)}

{moment("Ana stayed.")}
"""
COUNTED = [("lookback", "care-days"), ("lookback", "signs")]


@pytest.fixture
def kept(run: Run) -> Run:
    """A run with two old entries and a new one, and with a backup that an edit made."""
    run.with_journal(JOURNAL)
    assert run("edit", "a2b3c", "--answer", "moment=SECRET moment again", "--yes").code == 0
    return run


def holding(run: Run, words: bytes = b"SECRET") -> list[Path]:
    """The files in the whole home that have these words."""
    return [path for path in run.home.rglob("*") if path.is_file() and words in path.read_bytes()]


def test_a_dry_run_names_all_that_would_go(kept: Run) -> None:
    before = kept.journal.read_bytes()
    done = kept("forget", "--before", "2025", "--dry-run")
    assert (done.code, done.out) == (0, "")
    words = "1 answer, 1 fact, 1 promise and 1 note on an ending"
    assert f"These words of 2 entries from before Wed, Jan 1, 2025 would go: {words}." in done.err
    assert "1 open promise keeps its words until you close it and forget again." in done.err
    for extra in ("# SECRET comment", "mood = SECRET mood", "forgiven = 3"):
        assert f"- {extra}\n" in done.err
    assert "Nothing was changed" in done.err
    assert kept("forget", "--before", "2025").code == 2
    assert kept.journal.read_bytes() == before


def test_words_go_from_everywhere_and_counts_stay(kept: Run) -> None:
    (kept.paths.state / "edits").mkdir(exist_ok=True)
    half = {"entry": OLD, "typed": {"reply": "SECRET half"}}
    (kept.paths.state / "edits" / "0123456789ab.json").write_text(json.dumps(half))
    shown = {name: [row[:5] for row in kept(*name).rows] for name in COUNTED}
    assert len(holding(kept)) > 2
    done = kept("forget", "--before", "2025", "--yes")
    assert (done.code, done.out) == (0, "")
    assert "Forgotten in 2 entries and 2 backups." in done.err
    assert holding(kept) == []
    assert {name: [row[:5] for row in kept(*name).rows] for name in COUNTED} == shown
    old, middle, *_ = kept.entries
    assert old["forgotten"].isoformat() == middle["forgotten"].isoformat() == "2026-11-20"
    moment, care, signs, thanks, spirit = old["answer"]
    assert (moment["forgotten"], "reply" in moment, moment["question"]) == (True, False, "What happened?")
    assert (care["reply"], "fact" in care, "forgotten" in care) == (4, False, False)
    assert (signs["reply"], thanks["reply"], spirit["skipped"]) == (["one", "two"], True, True)
    closed, still_open = old["promise"]
    assert closed == {"ref": "p1", "kind": "do", "text": "", "by": closed["by"], "told": True}
    assert (still_open["text"], still_open["who"]) == ("still open", "Jonas")
    assert middle["outcome"] == [{"promise": f"{OLD}/p1", "result": "kept"}]
    text = kept.journal.read_text(encoding="utf-8")
    assert text.startswith("# head stays\nformat = 1\n")
    assert text.endswith(JOURNAL.partition(f'id = "{NEW}"')[2])


def test_pages_say_forgotten_where_the_words_were(kept: Run) -> None:
    kept("forget", "--before", "2025", "--yes")
    page = kept("show", "a2b3c", "--text").out
    assert "What happened?\n   forgotten\n" in page
    assert "I will: (forgotten)" in page
    assert kept("show", "a2b3c").rows[0][1] == "forgotten"
    assert "(forgotten)" in kept("export").out
    (entry,) = json.loads(kept("show", "a2b3c", "--json").out)["entries"]
    answer = entry["answers"][0]
    assert (entry["forgotten"], answer["forgotten"], answer["skipped"]) == ("2026-11-20", True, False)
    assert kept("list").rows[-1][5] == "4"


def test_a_promise_that_was_closed_since_goes_with_the_next_one(kept: Run) -> None:
    kept("forget", "--before", "2025", "--yes")
    assert kept("forget", "--before", "2025", "--yes").err.startswith("There are no words from before")
    kept("promises", "close", "a2b3c/p2", "--kept")
    assert "1 promise" in kept("forget", "--before", "2025", "--dry-run").err
    kept("forget", "--before", "2025", "--yes")
    assert holding(kept, b"still open") == []
    # Someone else's promise doesn't become one of the writer's own.
    assert kept.entries[0]["promise"][1]["who"] == "someone"


def test_undo_never_brings_words_back(kept: Run) -> None:
    kept("forget", "--before", "2025", "--yes")
    before = kept.journal.read_bytes()
    assert kept("undo", "--yes").code == 1
    assert kept.journal.read_bytes() == before


def test_what_a_kill_left_in_the_copies_goes_with_a_second_call(kept: Run) -> None:
    def killed(*given: object) -> int:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(purge, "rewrite_backups", killed)
        kept("forget", "--before", "2025", "--yes")
    assert {path.parent.parent.name for path in holding(kept)} == {"backups"}
    done = kept("forget", "--before", "2025", "--yes")
    assert "The journal has no words from before" in done.err
    assert holding(kept) == []


def test_windows_line_ends_stay(kept: Run) -> None:
    kept.journal.write_bytes(JOURNAL.replace("\n", "\r\n").encode())
    kept("forget", "--before", "2025", "--yes")
    data = kept.journal.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    tomllib.loads(data.decode())


@pytest.mark.parametrize("argv", [[], ["--before", "soon"]])
def test_without_a_day_it_says_what_it_wants(kept: Run, argv: list[str]) -> None:
    assert kept("forget", *argv).code == 2


def test_doctor_reminds_of_words_that_the_settings_keep_no_longer(kept: Run) -> None:
    def told() -> str:
        return kept("doctor").out

    assert "keep" not in told()
    kept("config", "set", "keep", "2y")
    assert "\tkeep\t" in told()
    assert (
        "2 entries have words from before Wednesday, November 20, 2024; the settings keep words for 2y."
        in told()
    )
    assert "followme forget --before 2y" in told()
    assert kept("forget", "--before", "2y", "--yes").code == 0
    assert "\tkeep\t" not in told()


def test_what_was_forgotten_can_be_answered_again(kept: Run) -> None:
    kept("forget", "--before", "2025", "--yes")
    assert kept("edit", "a2b3c", "--answer", "moment=In new words", "--yes").code == 0
    answer = kept.entries[0]["answer"][0]
    assert (answer["reply"], "forgotten" in answer) == ("In new words", False)


def test_every_open_promise_that_keeps_its_words_is_counted_and_the_list_of_changes_names_no_count(
    kept: Run,
) -> None:
    assert kept("promises", "add", "call Ana").code == 0
    assert "2 open promises keep their words" in kept("forget", "--before", "2027", "--dry-run").err
    assert kept("forget", "--before", "2025", "--yes").code == 0
    (change,) = (row for row in kept("undo", "--list").rows if row[0] == "change")
    assert change[2:] == ["forget", "", "for good", ""]
    assert kept("undo", "--yes").err.startswith("The last change left is a forget.")
