"""`followme reflect` without a terminal: answers in batch, from a file, stdin or the command line."""

from __future__ import annotations

import json
import tomllib

import pytest

from followme.journal import drafts
from rows import each_row
from sets import SETS, question

ALL = """
moment = "Ana stayed for the demo.\\nI had moved her license request."
care-days = {reply = 4, fact = "License, two calls."}
authority = "The budget went through in one day."
courage = "I told finance."
unseen = "Ben"

[[promise]]
occasion = "Tuesday's deal desk"
text = "Ask legal for the short contract"
to = "Ben"
by = 2026-11-24
told = false

[[ask]]
text = "What would you do in my place?"
to = "Ana"
"""

SKIPPED = ("moment", "care-days", "authority", "courage", "unseen", "promise", "ask")
"""What the first weekly sitting asks."""

ASKED_SECOND = ("moment", "care-days", "reasons", "beside", "promise", "ask")
"""What the second one asks beside `signs` and what hangs on it."""

SIGNS = question("weekly", "signs")

WEEKLY_KEYS = ", ".join(each.key for each in SETS["weekly"].questions)

MINE = """
title = "Mine"
[[section]]
title = "One"
[[section.question]]
key = "went"
kind = "text"
ask = "What went well?"
[[section.question]]
key = "calm"
kind = "scale"
ask = "How calm was it?"
low = 1
high = 5
low_label = "not at all"
high_label = "all week"
"""


def skip(*keys: str) -> list[str]:
    return [word for key in keys for word in ("--skip", key)]


def others(*answered: str) -> list[str]:
    """Skips of all that the first weekly sitting asks, but for what is answered."""
    return skip(*(key for key in SKIPPED if key not in answered))


def nothing_stored(run) -> bool:
    return not run.journal.exists() and run.drafts == []


def test_answers_come_from_a_file(run):
    (run.home / "week.toml").write_text(ALL, encoding="utf-8")
    done = run("reflect", "--answers", "week.toml")
    assert (done.code, done.out) == (0, "")
    assert done.err == (f"Saved: weekly, Nov 16–22, in {run.journal}\nRead it with:\n  followme show last\n")
    (entry,) = run.entries
    assert (entry["week"], entry["set"]) == ("2026-W47", "weekly")
    assert "minutes" not in entry
    replies = {answer["key"]: answer["reply"] for answer in entry["answer"]}
    assert replies == {
        "moment": "Ana stayed for the demo.\nI had moved her license request.",
        "care-days": 4,
        "authority": "The budget went through in one day.",
        "courage": "I told finance.",
        "unseen": "Ben",
    }
    assert entry["answer"][1]["fact"] == "License, two calls."
    first, second = entry["promise"]
    assert first == {
        "ref": "p1", "kind": "do", "occasion": "Tuesday's deal desk", "to": "Ben", "told": False,
        "text": "Ask legal for the short contract", "by": run.now.date().replace(day=24),
    }  # fmt: skip
    assert second == {"ref": "p2", "kind": "ask", "text": "What would you do in my place?", "to": "Ana"}
    assert run.drafts == []


def test_answers_come_from_stdin(run):
    assert run("reflect", "--answers", "-", stdin=ALL).code == 0
    assert len(run.entries[0]["answer"]) == 5


def test_answers_come_from_the_command_line_and_several_places_at_once(run):
    done = run(
        "reflect", "--answers", "-", "--answer", "care-days=2", "--answer", "promise=Call Ben",
        *skip("courage", "unseen", "ask"),
        stdin='moment = "x"\nauthority = "y"',
    )  # fmt: skip
    assert done.code == 0
    (entry,) = run.entries
    assert [(answer["key"], answer.get("reply"), answer.get("skipped")) for answer in entry["answer"]] == [
        ("moment", "x", None), ("care-days", 2, None), ("authority", "y", None), ("courage", None, True),
        ("unseen", None, True), ("ask", None, True),
    ]  # fmt: skip
    assert entry["promise"] == [{"ref": "p1", "kind": "do", "text": "Call Ben"}]


def test_answer_repeats_for_several(run):
    assert run("reflect", *others()).code == 0
    run.later(weeks=1)
    first, *_, last = SIGNS.options
    signs = (last, first)
    done = run(
        "reflect", *(word for sign in signs for word in ("--answer", f"signs={sign}")),
        *skip(*ASKED_SECOND, "signs-act"),
    )  # fmt: skip
    assert done.code == 0, done.err
    assert run.entries[-1]["answer"][4]["reply"] == list(reversed(signs))


def test_none_of_these_goes_alone_in_batch_too(run):
    assert run("reflect", *others()).code == 0
    run.later(weeks=1)
    rest = skip(*ASKED_SECOND)
    both = ("--answer", f"signs={SIGNS.none.upper()}", "--answer", f"signs={SIGNS.options[0]}")
    done = run("reflect", *both, *rest)
    assert done.code == 2
    assert done.err.splitlines()[1:] == [
        f"  signs: {SIGNS.none!r} goes alone; leave out either that or the others."
    ]
    assert len(run.entries) == 1
    assert run("reflect", *both[:2], *rest).code == 0
    assert run.entries[-1]["answer"][4] | {"question": ""} == {
        "key": "signs", "kind": "several", "question": "", "reply": [SIGNS.none],
    }  # fmt: skip


def test_what_came_of_a_sign_is_asked_where_one_was_seen_and_only_there(run):
    assert run("reflect", *others()).code == 0
    run.later(weeks=1)
    rest, seen = skip(*ASKED_SECOND), ("--answer", f"signs={SIGNS.options[1]}")
    missing = run("reflect", *seen, *rest)
    assert missing.code == 2
    assert missing.err.splitlines()[1:] == [
        "  signs-act: it has no answer; answer it, or skip it with --skip signs-act."
    ]
    assert run("reflect", "--answer", f"signs={SIGNS.none}", *rest).code == 0
    assert "signs-act" not in [each["key"] for each in run.entries[-1]["answer"]]
    assert run("reflect", *skip("signs"), *rest).code == 2


def test_the_parts_of_a_promise_are_kept_also_where_a_person_would_not_be_asked_for_them(run):
    """Somebody in a terminal is asked who knows of a promise only if it is made to somebody."""
    table = 'promise = [{text = "Call Ben", told = true}, {text = "Write it down", by = 2026-12-01}]'
    assert run("reflect", "--answers", "-", *others("promise"), stdin=table).code == 0
    assert [(each["text"], each.get("told")) for each in run.entries[0]["promise"]] == [
        ("Call Ben", True), ("Write it down", None),
    ]  # fmt: skip


def test_a_question_that_is_not_asked_this_week_is_stored_when_it_is_answered(run):
    assert run("reflect", "--answer", "spirit=Proud on Monday.", *others()).code == 0
    assert run.entries[0]["answer"][-1]["reply"] == "Proud on Monday."


def test_what_is_not_asked_this_week_may_be_skipped_and_leaves_nothing(run):
    assert run("reflect", *others(), *skip("spirit")).code == 0
    assert "spirit" not in [answer["key"] for answer in run.entries[0]["answer"]]


def test_an_optional_question_need_not_be_named_and_a_condition_decides_what_is_missing(run):
    (run.prompts / "own.toml").write_text(
        MINE
        + '[[section.question]]\nkey = "why"\nkind = "line"\nask = "Why?"\nwhen = {key = "calm", below = 3}\n'
        + '[[section.question]]\nkey = "more"\nkind = "line"\nask = "More?"\noptional = true\n',
        encoding="utf-8",
    )
    calm = run("reflect", "own", "--answer", "went=x", "--answer", "calm=5")
    assert calm.code == 0
    assert [answer["key"] for answer in run.entries[0]["answer"]] == ["went", "calm", "more"]
    tense = run("reflect", "own", "--answer", "went=x", "--answer", "calm=2")
    assert tense.code == 2
    assert "\n  why: it has no answer; answer it, or skip it with --skip why.\n" in tense.err
    anyway = run("reflect", "own", "--answer", "went=x", "--answer", "calm=5", "--answer", "why=So.")
    assert anyway.code == 0
    assert run.entries[1]["answer"][2]["reply"] == "So."


def test_everything_wrong_is_said_at_once_and_each_key_once(run):
    done = run(
        "reflect", "--answer", "care-days=9", "--answer", "moments=x", *skip("unseen"), "--answers", "-",
        stdin='promise = {txt = "x"}\n[[outcome]]\npromise = "p1"\nresult = "kept"\n',
    )  # fmt: skip
    assert done.code == 2
    assert done.err.splitlines() == [
        "The answers don't fit, so nothing was saved:",
        "  promise: A promise has no 'txt'; it has text, occasion, to, by, told.",
        "  care-days: It takes one number from 0 to 5.",
        f"  moments: the set weekly has no such question; its keys are {WEEKLY_KEYS}.",
        "  outcome 1: there's no open promise 'p1'; none are open.",
        "  moment: it has no answer; answer it, or skip it with --skip moment.",
        "  authority: it has no answer; answer it, or skip it with --skip authority.",
        "  courage: it has no answer; answer it, or skip it with --skip courage.",
        "  ask: it has no answer; answer it, or skip it with --skip ask.",
    ]
    assert nothing_stored(run)


WRONG = {
    "missing": (["--answer", "moment=x"], b"", 2),
    "aren't TOML": (["--answers", "-"], b"moment = ", 2),
    "isn't UTF-8": (["--answers", "-"], b"moment = '\xff'", 2),
    "too large": (["--answers", "-"], b" " * 16_000_001, 2),
    "no such file": (["--answers", "nowhere.toml", *others()], b"", 2),
    "a folder": (["--answers", ".", *others()], b"", 2),
    "no such set": (["weakly", *others()], b"", 2),
    "no such week": (["--week", "2026-W54", *others()], b"", 2),
    "not a week": (["--week", "2026-11", *others()], b"", 2),
    "an unreadable week": (["--week", "03/11/2026", *others()], b"", 2),
    "no form": (["--answer", "moment", *others("moment")], b"", 2),
    "a day gone by": (["--answers", "-", *others("promise")], b"promise = {text = 'x', by = 2026-11-01}", 2),
    "a bad set": (["./bad.toml", "--skip", "x"], b"", 1),
    "no such path": (["./nowhere.toml", "--skip", "x"], b"", 1),
}


@each_row(("argv", "stdin", "code"), WRONG.values())
def test_what_is_wrong_stores_nothing(run, argv, stdin, code):
    (run.home / "bad.toml").write_text("title = 3\n")
    done = run("reflect", *argv, stdin=stdin)
    assert (done.code, done.out) == (code, "")
    assert done.err.endswith("\n")
    assert "Traceback" not in done.err
    assert nothing_stored(run)


@pytest.mark.parametrize(("argv", "stdin", "code"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_leaves_the_journal_as_it_is_to_the_byte(run, argv, stdin, code):
    run.journal.parent.mkdir(parents=True)
    by_hand = b"# mine\r\nformat = 1\n\n[[entry]]\ndate = 2026-11-13 # typed by hand\n\n\n"
    run.journal.write_bytes(by_hand)
    (run.home / "bad.toml").write_text("title = 3\n")
    assert run("reflect", *argv, stdin=stdin).code == code
    assert run.journal.read_bytes() == by_hand
    assert run.drafts == []


@each_row(
    ("argv", "stdin", "said"),
    [
        (["nope", *others()], "", "There's no prompt set 'nope'. The sets are: "),
        (["--answers", "a.toml"], "", "a.toml can't be read (No such file or directory), so nothing was "
        "saved. Check where it is and its permissions.\n"),
        (["--answers", "-"], b"\xff", "Stdin isn't UTF-8 text, so nothing was saved. Save it as UTF-8 and "
        "try again.\n"),
        (["--week", "2026-11", *others()], "", "'2026-11' isn't one week; write it as 2026-W47.\n"),
        (["--week", "03/11/2026", *others()], "", "03/11/2026 could mean two dates, November 3 or March 11: "
         "write 2026-11-03 or 2026-03-11.\n"),
        (["--answers", "-"], "a = 1\nb =", "The answers in - aren't TOML: "),
    ],
)  # fmt: skip
def test_a_sentence_names_what_was_wrong(run, argv, stdin, said):
    assert run("reflect", *argv, stdin=stdin).err.startswith(said)


def test_a_line_in_a_pipe_is_no_answer(run):
    done = run.process("reflect", stdin=b"4\n")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        "There's no terminal to ask in, and no answers were given, so nothing was saved. "
        "Give them with --answers FILE or --answer KEY=TEXT.\n"
    )
    assert nothing_stored(run)


def test_no_input_says_why_it_does_not_ask(run):
    for argv in (("--no-input", "reflect"), ("reflect", "--no-input")):
        done = run(*argv)
        assert done.code == 2
        assert done.err.startswith(
            "With --no-input, nothing is asked, and no answers were given, so nothing was saved."
        )
    assert run("reflect", "--no-input", *others()).code == 0


@pytest.mark.parametrize(
    ("words", "week"),
    [("2026-W45", "2026-W45"), ("W45", "2026-W45"), ("last-week", "2026-W46"), ("2026-11-03", "2026-W45")],
)
def test_a_sitting_may_be_for_another_week(run, words, week):
    done = run("reflect", "--week", words, *others())
    assert done.code == 0
    assert run.entries[0]["week"] == week
    assert run.entries[0]["date"] == run.now


def test_next_week_asks_what_became_of_the_promise_and_an_outcome_closes_it(run):
    assert run("reflect", "--answers", "-", stdin=ALL).code == 0
    run.later(weeks=1)
    assert "1 promise and 1 question for someone are open, 1 overdue, 1 due." in run().out
    shown = json.loads(run("show", "--json").out)["entries"][0]["promises"]
    do, ask = (promise["reference"] for promise in shown)
    outcomes = f"""
        [[outcome]]
        promise = "{do}"
        result = "partly"
        note = "Budget call moved."
        told = true
        [[outcome]]
        promise = "{ask}"
        result = "not-yet"
    """
    done = run(
        "reflect", "--answers", "-", *skip(*ASKED_SECOND[:-1], "signs"), stdin=outcomes
    )  # fmt: skip
    assert done.code == 0, done.err
    assert run.entries[1]["outcome"] == [
        {"promise": do, "result": "partly", "note": "Budget call moved.", "told": True},
        {"promise": ask, "result": "not-yet"},
    ]
    assert "1 question for someone comes up on Fri, Dec 4." in run().out
    again = run("reflect", "--answers", "-", stdin=outcomes)
    assert f"outcome 1: there's no open promise '{do[:39]}" in again.err


def test_while_a_question_to_a_person_is_open_no_new_one_is_asked(run):
    assert run("reflect", "--answers", "-", stdin=ALL).code == 0
    run.later(weeks=1)
    missing = run("reflect", "--skip", "moment").err
    assert "promise: it has no answer" in missing
    assert "ask: it has no answer" not in missing


def test_a_promise_may_be_kept_before_its_day(run):
    table = 'promise = {text = "Call Ben", by = 2026-12-24}'
    assert run("reflect", "--answers", "-", *others("promise"), stdin=table).code == 0
    run.later(weeks=1)
    ref = f"{run.entries[0]['id']}/p1"
    done = run(
        "reflect", "--answers", "-", *skip(*ASKED_SECOND, "signs"),
        stdin=f'outcome = [{{promise = "{ref}", result = "kept", note = "He was glad."}}]',
    )  # fmt: skip
    assert done.code == 0, done.err
    assert run.entries[1]["outcome"] == [{"promise": ref, "result": "kept", "note": "He was glad."}]


def test_an_outcome_left_out_leaves_the_promise_open(run):
    assert run("reflect", "--answers", "-", stdin=ALL).code == 0
    run.later(weeks=1)
    assert run("reflect", *skip(*ASKED_SECOND[:-1], "signs")).code == 0
    assert "outcome" not in run.entries[1]
    assert "1 promise and 1 question for someone are open" in run().out


def test_a_set_of_ones_own_gives_its_answers_back_word_for_word(run):
    (run.home / "mine.toml").write_text(MINE, encoding="utf-8")
    words = 'He said "yes".\n\n  Then\tno one else did: 3 < 4 & "\'\'\'" C:\\new ✓ für Zoë'
    table = f"went = {json.dumps(words, ensure_ascii=False)}\ncalm = 2\n"
    done = run("reflect", "./mine.toml", "--answers", "-", stdin=table)
    assert done.code == 0, done.err
    assert tomllib.loads(run.journal.read_text(encoding="utf-8"))["entry"][0]["answer"] == [
        {"key": "went", "kind": "text", "question": "What went well?", "reply": words},
        {"key": "calm", "kind": "scale", "question": "How calm was it?", "reply": 2, "low": 1, "high": 5,
         "low_label": "not at all", "high_label": "all week"},
    ]  # fmt: skip
    assert run("list").rows[0][3] == "mine"
    assert run("list").rows[0][8] == words.replace("\n", " ").replace("\t", " ")
    assert json.loads(run("show", "last", "--json").out)["entries"][0]["answers"][0]["reply"] == words
    assert 'He said "yes".' in run("export").out


def test_a_private_set_makes_a_private_entry(run):
    (run.home / "mine.toml").write_text(f"private = true\n{MINE}", encoding="utf-8")
    assert run("reflect", "./mine.toml", "--answer", "went=Quiet.", "--skip", "calm").code == 0
    assert run.entries[0]["private"] is True
    assert "Quiet." not in run("export").out


def test_an_unfinished_sitting_is_left_alone_and_named(run):
    sitting = {"journal": run.paths.real, "set": "weekly", "week": "2026-W46", "started": run.now}
    drafts.open_new(run.paths, drafts.Draft(id="20261113T150000-aaaaa", **sitting)).close()
    before = [path.read_bytes() for path in run.drafts]
    assert len(before) == 1
    done = run("reflect", *others())
    assert done.code == 0
    assert done.err.startswith(
        "There's an unfinished reflection, which was left alone. Go on with it in a terminal:"
    )
    assert [path.read_bytes() for path in run.drafts] == before
