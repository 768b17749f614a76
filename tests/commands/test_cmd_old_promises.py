"""However much was written since: a promise is open until it is closed, and weeks stay done, wherever that is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from asking.asking_samples import CTRL_C
from followme.dates import iso_week
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.model import Answer, Entry, Outcome, Promise
from playing import play
from running import FRIDAY, Run
from sets import skips

MADE = Entry(
    id="20260605T150000-aaaaa",
    date=FRIDAY - timedelta(weeks=24),
    week=iso_week(FRIDAY.date() - timedelta(weeks=24)),
    set="three-minutes",
    answers=(Answer(key="unseen", kind="line", question="Who?", reply="Cleo"),),
    promises=(Promise(ref="p1", text="Ask legal", to="Ben", told=True),),
)
CLOSED = replace(
    MADE,
    id="20260612T150000-bbbbb",
    date=FRIDAY - timedelta(weeks=23),
    promises=(),
    outcomes=(Outcome(promise=f"{MADE.id}/p1", result="kept"),),
)


def notes(count: int) -> list[Entry]:
    """So many notes, the last one an hour ago."""
    return [
        Entry(
            id=f"20261120T{number:06}-ccccc",
            date=FRIDAY - timedelta(hours=count - number),
            week="2026-W47",
            set="note",
            answers=(Answer(key="note", kind="line", question="Note", reply=f"Note {number}"),),
        )
        for number in range(count)
    ]


def write(run: Run, entries: Iterable[Entry]) -> None:
    run.with_journal("\n".join([PREAMBLE, *map(to_toml, entries)]))


def opened(run: Run, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int, bool]:
    """How many promises are open by home, and by the ledger, and whether a sitting asks about one."""
    home = "1 promise is due." in run().out
    ledger = json.loads(run("promises", "--json").out)["promises"]
    asked = play(["reflect", "three-minutes", "--plain"], [CTRL_C], monkeypatch, lines=(), now=run.now)
    return int(home), len(ledger), "Ask legal" in asked.text


@pytest.mark.parametrize("count", [0, 104, 300])
def test_a_due_promise_is_forgotten_by_none_of_the_three(
    run: Run, monkeypatch: pytest.MonkeyPatch, count: int
):
    write(run, [MADE, *notes(count)])
    assert opened(run, monkeypatch) == (1, 1, True)


@pytest.mark.parametrize("count", [0, 300])
def test_an_outcome_may_stand_before_its_promise(run: Run, monkeypatch: pytest.MonkeyPatch, count: int):
    write(run, [CLOSED, *notes(count), MADE])
    assert opened(run, monkeypatch) == (0, 0, False)


def test_batch_closes_it_however_old_it_is(run: Run, monkeypatch: pytest.MonkeyPatch):
    write(run, [MADE, *notes(300)])
    answers = f'care-days = 4\nunseen = "Cleo"\noutcome = [{{promise = "{MADE.id}/p1", result = "kept"}}]'
    done = run(
        "reflect",
        "three-minutes",
        "--answers",
        "-",
        *skips("three-minutes", "care-days", "unseen"),
        stdin=answers,
    )
    assert (done.code, run.entries[-1]["outcome"][0]["result"]) == (0, "kept"), done.err
    assert opened(run, monkeypatch) == (0, 0, False)


def test_notes_push_no_sitting_out_of_the_weeks(run: Run):
    weeks = [replace(MADE, id=f"2026{at:04}T150000-ddddd", promises=(), date=FRIDAY - timedelta(weeks=at),
                     week=iso_week(FRIDAY.date() - timedelta(weeks=at))) for at in range(13, 0, -1)]  # fmt: skip
    write(run, [*weeks, *notes(300)])
    out = run().out
    assert "Reflections in the last 13 weeks: 13 done.\n" in out
    assert "300 notes for your next reflection." in out


def test_a_question_rests_as_long_as_ever_however_many_notes_came_between(run: Run):
    """What was asked last week is not asked again because notes push that sitting out of sight."""
    (run.prompts / "own.toml").write_text(
        'title = "Own"\n[[section]]\ntitle = "One"\npick = 1\n'
        + "".join(
            f'[[section.question]]\nkey = "{key}"\nkind = "line"\nask = "{key}?"\n' for key in ("a", "b")
        ),
        encoding="utf-8",
    )
    asked = replace(
        MADE, set="own", promises=(), answers=(Answer(key="a", kind="line", question="a?", reply="x"),)
    )
    write(run, [asked, *notes(300)])
    assert run("reflect", "own", "--answer", "b=y").code == 0
    assert [each["key"] for each in run.entries[-1]["answer"]] == ["b"]


def test_the_ledger_reads_only_what_it_needs_and_still_has_every_word(run: Run):
    made = replace(
        MADE, promises=(replace(MADE.promises[0], text='Say "no" to Jürgen\\Ann', occasion="noon"),)
    )
    write(run, [made, *notes(30)])
    (row,) = json.loads(run("promises", "--json").out)["promises"]
    assert (row["text"], row["occasion"], row["to"]) == ('Say "no" to Jürgen\\Ann', "noon", "Ben")
