"""The journals that are measured with: always the same, of the promised size, and readable by anybody."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bench import journals
from followme.insight import entry_tables

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def years() -> str:
    return journals.journal(520)


def test_every_machine_makes_the_same_journal():
    """Figures from two machines are comparable only then; a new digest means a new layout or generator."""
    digest = hashlib.sha256(journals.journal(10).encode()).hexdigest()
    assert digest == "82ebefaf54ec3f16d2d22ee3d9deb4056e6b03d0f8358ae0a0305bc6612b687f"


def test_an_entry_takes_about_3_7_kilobytes(years: str):
    assert 3_300 < len(years.encode()) / 520 < 4_100


def test_one_word_in_twenty_has_an_accent(years: str):
    words = [word for answer in answers(years) for word in written(answer)]
    accented = [word for word in words if not word.isascii()]
    assert 0.04 < len(accented) / len(words) < 0.06


def test_every_entry_holds_ten_answers_of_every_kind(years: str):
    entries = tomllib.loads(years)["entry"]
    assert {len(entry["answer"]) for entry in entries} == {10}
    kinds = {"text", "line", "scale", "choice", "several", "yesno", "list"}
    assert {answer["kind"] for answer in entries[0]["answer"]} == kinds
    assert 0.04 < sum("skipped" in answer for answer in answers(years)) / 5_200 < 0.08


def test_every_promise_meets_an_outcome_in_each_entry_until_it_is_closed(years: str):
    """Else a journal of ten years would have hundreds of open promises, as nobody has."""
    entries = tomllib.loads(years)["entry"]
    waiting: list[str] = []
    for entry in entries:
        told = {outcome["promise"]: outcome["result"] for outcome in entry.get("outcome", [])}
        assert list(told) == waiting
        waiting = [ref for ref in waiting if told[ref] == "not-yet"] + [f"{entry['id']}/p1"]
    assert len(waiting) < 5


def test_what_is_read_back_is_what_was_made():
    made = list(journals.entries(10))
    tables = tomllib.loads(journals.journal(10))["entry"]
    assert [entry_tables.from_table(table) for table in tables] == made


@pytest.mark.parametrize(("count", "step"), [(520, timedelta(weeks=1)), (2_000, timedelta(days=1))])
def test_dates_go_back_from_one_fixed_friday(count: int, step: timedelta):
    dates = [entry.date for entry in journals.entries(count)]
    assert dates[-1] == journals.NEWEST
    assert {later - earlier for earlier, later in pairwise(dates)} == {step}


def test_the_script_writes_what_it_says(tmp_path: Path):
    path = journals.write(tmp_path, 10)
    assert path.read_bytes() == journals.journal(10).encode()


def test_the_script_says_how_it_is_called():
    done = subprocess.run([sys.executable, journals.__file__], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, "usage: python bench/journals.py FOLDER\n")


def answers(journal: str) -> list[dict[str, object]]:
    return [answer for entry in tomllib.loads(journal)["entry"] for answer in entry["answer"]]


def written(answer: dict[str, object]) -> list[str]:
    """The words made up for an answer; those of choices are taken from a fixed list and not counted."""
    reply = answer.get("reply", "")
    if answer["kind"] == "list":
        reply = " ".join(reply)
    return reply.split() if isinstance(reply, str) and answer["kind"] != "choice" else []
