"""`promises add`: a promise made between reflections, in one line."""

from __future__ import annotations

import json
from datetime import date

import pytest

from running import Run


def test_a_promise_is_one_entry_of_its_own_set(run: Run):
    done = run("promises", "add", "ask legal for the short contract", "@Ben", "by", "fri")
    assert (done.code, done.out) == (0, "")
    assert done.err == "Promised: ask legal for the short contract\nTo Ben · By Fri, Nov 27\n"
    (entry,) = run.entries
    assert (entry["set"], entry["week"], "answer" in entry) == ("promise", "2026-W47", False)
    assert entry["promise"] == [
        {
            "ref": "p1",
            "kind": "do",
            "text": "ask legal for the short contract",
            "to": "Ben",
            "by": date(2026, 11, 27),
        }
    ]


@pytest.mark.parametrize(
    "line", ["raise pipeline by 2m", "mail ana@corp.example by hand", "bis Freitag anrufen"]
)
def test_nothing_else_is_taken_out_of_its_words(run: Run, line: str):
    done = run("promises", "add", "-", stdin=f"{line}\n")
    assert done.err == f"Promised: {line}\nTo yourself · By your next reflection\n"
    assert run.entries[0]["promise"] == [{"ref": "p1", "kind": "do", "text": line}]


def test_a_mistyped_day_is_kept_as_words_and_said(run: Run):
    done = run("promises", "add", "ask legal @Ana by fir")
    remark = '"fir" isn\'t a day followme knows, so it stays in the promise.\n'
    assert done.err == f"Promised: ask legal @Ana by fir\n{remark}To yourself · By your next reflection\n"
    assert run.entries[0]["promise"] == [{"ref": "p1", "kind": "do", "text": "ask legal @Ana by fir"}]


@pytest.mark.parametrize("line", ["", " ", "one\ntwo"])
def test_no_line_and_two_lines_store_nothing(run: Run, line: str):
    done = run("promises", "add", "-", stdin=line)
    assert done.code == 2
    assert "A promise is one line of text, so nothing was saved. Try:" in done.err
    assert not run.journal.exists()


def test_it_is_open_until_it_is_closed_and_counts_for_no_week(run: Run):
    run("promises", "add", "call Ana @Ana")
    assert run("promises").rows[0][2:9] == [
        "due",
        "",
        "do",
        "Ana",
        "",
        "",
        "I will: call Ana · Promised to: Ana",
    ]
    assert "This week's reflection is due." in run().out
    assert run("due").code == 0
    ref = f"{run.entries[0]['id']}/p1"
    assert run("promises", "close", ref[-8:], "--kept").code == 0
    assert run("promises").out == ""
    assert (
        json.loads(run("promises", "--all", "--json").out)["promises"][0]["outcomes"][0]["result"] == "kept"
    )


def test_it_is_listed_only_with_its_set_and_is_never_the_last_reflection(run: Run):
    run("promises", "add", "call Ana")
    assert (run("list").out, run("show", "last").code) == ("", 3)
    (row,) = run("list", "--set", "promise").rows
    assert (row[3], row[8]) == ("promise", "call Ana")
    assert run("show", row[0]).code == 0


def test_the_next_reflection_asks_what_became_of_it(run: Run):
    run("promises", "add", "call Ana by tomorrow")
    run.later(weeks=1)
    ref = f"{run.entries[0]['id']}/p1"
    answers = f"""
        care-days = 4
        unseen = "Cleo"
        courage = "I told finance."
        promise = "Write @Ben by fri"
        [[outcome]]
        promise = "{ref}"
        result = "kept"
    """
    assert run("reflect", "three-minutes", "--answers", "-", stdin=answers).code == 0
    assert [row[2] for row in run("promises", "--all").rows] == ["closed", "due"]
    assert run.entries[-1]["promise"][0]["by"] == date(2026, 12, 4)


def test_no_prompt_set_can_have_its_name(run: Run):
    done = run("prompts", "new", "promise")
    assert done.code == 1
    assert "is reserved for followme's own entries" in done.err
