"""Between sittings: notes, endings, what is due, reminders and settings, as whole commands."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta

from icalendar import Calendar

from followme.env import VARIABLES
from rows import each_row
from sets import skips

ANSWERS = """
care-days = 4
unseen = "Cleo"
promise = [{ occasion = "Tuesday's deal desk", text = "Ask legal", to = "Ben", told = true }]
"""
LINES = skips("three-minutes", "care-days", "unseen", "promise")


def sit(run, **changes):
    done = run("reflect", "three-minutes", "--answers", "-", *LINES, stdin=ANSWERS)
    assert done.code == 0, done.err


# --- note ---


def test_a_note_is_one_entry_of_its_own_set(run):
    done = run("note", "Ana", "stayed for the demo")
    assert (done.code, done.out, done.err) == (
        0,
        "",
        "Noted. You'll see it at the start of your next reflection.\n",
    )
    (entry,) = run.entries
    assert entry["set"] == "note"
    assert [(each["key"], each["kind"], each["reply"]) for each in entry["answer"]] == [
        ("note", "line", "Ana stayed for the demo")
    ]
    assert run("list", "--set", "note").rows[0][8] == "Ana stayed for the demo"


def test_a_note_comes_from_stdin_too(run):
    assert run("note", stdin="one\ntwo\n").code == 0
    assert run.entries[0]["answer"][0]["reply"] == "one\ntwo"


@each_row("argv", [["note"], ["note", " "]])
def test_an_empty_note_stores_nothing(run, argv):
    done = run(*argv)
    assert done.code == 2
    assert "nothing was saved" in done.err
    assert not run.journal.exists()


def test_a_note_is_no_sitting(run):
    run("note", "something")
    assert "This week's reflection is due." in run().out
    assert "1 note for your next reflection." in run().out


# --- promises ---


def test_the_ledger_in_a_pipe(run):
    sit(run)
    (row,) = run("promises").rows
    entry = run.entries[0]["id"]
    assert row == [
        f"{entry}/p1", "2026-W47", "due", "", "do", "Ben", "", "yes",
        "I will: Ask legal · Cue: Tuesday's deal desk · Promised to: Ben", "",
    ]  # fmt: skip
    run.later(weeks=1)
    assert run("promises").rows[0][2] == "due"


def test_a_promise_put_off_between_sittings_is_still_open(run):
    sit(run)
    done = run("promises", "close", run.entries[0]["id"][-5:], "--not-yet")
    assert done.err.startswith("Still open. I will: Ask legal")
    assert run("promises").rows[0][2] == "due"


def test_an_ending_between_sittings(run):
    sit(run)
    run.later(days=4)
    tail = run.entries[0]["id"][-5:]
    done = run("promises", "close", tail, "--partly", "--note", "Half of it.")
    assert (done.code, done.err) == (
        0,
        "Partly. I will: Ask legal · Cue: Tuesday's deal desk · Promised to: Ben\n",
    )
    made, ended = run.entries
    assert ended["set"] == "outcome"
    assert ended["outcome"] == [{"promise": f"{made['id']}/p1", "result": "partly", "note": "Half of it."}]
    assert run("promises").rows == []
    assert run("promises", "--all").rows[0][2:4] == ["closed", "partly"]
    assert json.loads(run("promises", "--json").out)["rate"] == {"whole": 0, "partly": 1, "due": 1}
    again = run("promises", "close", tail, "--kept")
    assert again.code == 1
    assert "is already closed" in again.err
    assert len(run.entries) == 2


@each_row(
    ("argv", "code", "said"),
    [
        (["zzzzz", "--kept"], 1, "There's no promise zzzzz"),
        (["zzzzz"], 2, "Give exactly one of "),
        (["zzzzz", "--kept", "--partly"], 2, "Give exactly one of "),
        (["zzzzz", "--kept", "--note", "a\nb"], 2, "one line"),
    ],
)
def test_an_ending_that_fits_nothing_stores_nothing(run, argv, code, said):
    done = run("promises", "close", *argv)
    assert done.code == code
    assert said in done.err
    assert not run.journal.exists()


def test_the_next_sitting_does_not_ask_about_what_has_ended(run):
    sit(run)
    run("promises", "close", run.entries[0]["id"][-5:], "--kept")
    run.later(weeks=1)
    assert "0 promises" not in run().out
    assert "promise" not in run().out.split("\n\n")[1]


# --- due ---


def test_a_week_is_due_on_friday_and_not_after_its_sitting(run):
    done = run("due")
    assert done.code == 0
    assert done.out == "This week's reflection is due: followme reflect\n"
    sit(run)
    assert (run("due").code, run("due").out) == (3, "")
    run.later(days=3)
    assert run("due").code == 3


def test_a_missed_week_is_due_until_tuesday(run):
    run.later(days=3)
    assert run("due").out.startswith("Last week's reflection is due: ")
    run.later(days=2)
    assert run("due").code == 3


def test_breaks_and_the_review_day_are_settings(run, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('breaks = ["2026-W47"]\n', encoding="utf-8")
    assert run("due", environ={"FOLLOWME_CONFIG": str(config)}).code == 3
    config.write_text('review_day = "sunday"\n', encoding="utf-8")
    assert run("due", environ={"FOLLOWME_CONFIG": str(config)}).code == 3


def test_due_names_nobody_and_nothing(run):
    sit(run)
    run.later(weeks=1)
    shown = run("due").out + run().out
    assert not [word for word in ("Cleo", "Ben", "legal", "desk") if word in shown]


# --- home ---


def test_home_counts_weeks_without_a_word_of_blame(run):
    for _ in range(3):
        sit(run)
        run.later(weeks=1)
    run.later(weeks=1)
    assert "Reflections in the last 4 weeks: 3 done and 1 missed.\n" in run().out


# --- remind ---


def test_the_calendar_file_is_read_by_a_calendar_library(run, tmp_path):
    target = tmp_path / "followme.ics"
    done = run("remind", "--ics", str(target), "--at", "15:30")
    assert (done.code, done.err) == (0, f"The reminder is in {target}. Open it with your calendar.\n")
    text = target.read_bytes()
    assert b"\r\n" in text
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["RRULE"] == {"FREQ": ["WEEKLY"], "BYDAY": ["FR"]}
    assert event["DTSTART"].dt == datetime(2026, 11, 20, 15, 30)
    assert event["DURATION"].dt == timedelta(minutes=10)
    again = run("remind", "--ics", str(target))
    assert again.code == 1
    assert target.read_bytes() == text


def test_the_review_day_is_the_day_of_the_reminder(run, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('review_day = "sunday"\n', encoding="utf-8")
    environ = {"FOLLOWME_CONFIG": str(config)}
    assert "OnCalendar=Sun 16:00" in run("remind", "systemd", environ=environ).out
    assert "\n0 16 * * 0 " in run("remind", "cron", environ=environ).out
    assert "<integer>0</integer>" in run("remind", "launchd", environ=environ).out
    assert "/D SUN /ST 16:00" in run("remind", "windows", environ=environ).out


@each_row("argv", [[], ["outlook"], ["cron", "--at", "noon"], ["cron", "--at", "25:00"]])
def test_a_reminder_for_nothing_is_refused(run, argv):
    assert run("remind", *argv).code == 2


def test_nothing_is_installed(run):
    run("remind", "systemd")
    assert list(run.home.rglob("*")) == []


# --- config ---


def test_the_settings_in_force_and_where_they_come_from(run, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('review_day = "monday"\nbreaks = ["2026-W52"]\neditor = "nano"\n', encoding="utf-8")
    environ = {"FOLLOWME_CONFIG": str(config), "EDITOR": "vi", "FOLLOWME_JOURNAL": "/tmp/j.toml"}
    assert run("config", "path", environ=environ).out == f"{config}\n"
    shown = run("config", "show", "--origin", "--plain", environ=environ).out.splitlines()
    assert shown == [
        'journal = "/tmp/j.toml"  # FOLLOWME_JOURNAL',
        'set = "weekly"  # default',
        'review_day = "monday"  # config',
        'year_starts = "january"  # default',
        'breaks = ["2026-12-21 to 2026-12-27"]  # config',
        "plain = true  # --plain",
        'enter = "next"  # default',
        "show_last = false  # default",
        'editor = "vi"  # EDITOR',
        'inbox = ""  # default',
        'after_save = ""  # default',
        "sync_auto = false  # default",
        'keep = ""  # default',
    ]


def test_a_terminal_that_needs_plain_lines_is_named_as_their_origin(run):
    environ = {"TERM": "dumb"}
    assert "plain = true  # TERM\n" in run("config", "show", "--origin", environ=environ).out
    assert run("config", "set", "plain", "no", environ=environ).err.endswith(
        "TERM overrides this setting here.\n"
    )


@each_row(("key", "name"), [(key, name) for key, names in VARIABLES.items() for name in names])
def test_every_variable_that_is_named_as_an_origin_is_read(run, key, name):
    rows = [run("config", "show", "--origin", environ=environ).out for environ in ({}, {name: "/x"})]
    before, after = ({row.partition(" = ")[0]: row for row in each.splitlines()}[key] for each in rows)
    assert after.endswith(f"  # {name}")
    assert after.partition("  # ")[0] != before.partition("  # ")[0]


def test_what_config_show_prints_is_a_configuration(run, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('breaks = ["2026-W52"]\n', encoding="utf-8")
    shown = run("config", "show", environ={"FOLLOWME_CONFIG": str(config)}).out
    config.write_text(shown, encoding="utf-8")
    assert run("config", "show", environ={"FOLLOWME_CONFIG": str(config)}).out == shown


def test_the_settings_are_not_edited_without_a_terminal(run):
    done = run("config", "edit")
    assert done.code == 2
    assert str(run.home) in done.err


def test_every_setting_is_in_the_example():
    check = "import tomllib, re; from followme.configfile import EXAMPLE, KEYS; "
    check += "text = re.sub(r'(?m)^# (?=\\w+ = )', '', EXAMPLE); assert tuple(tomllib.loads(text)) == KEYS"
    subprocess.run([sys.executable, "-c", check], check=True)


def test_a_private_note_is_shown_to_its_writer_and_to_no_one_else(run):
    assert run("note", "--private", "Ana may leave").code == 0
    assert run.entries[0]["private"] is True
    assert "Ana may leave" in run("show", "last", "--set", "note").out
    done = run("export")
    assert "Ana may leave" not in done.out
    assert done.err == "Exported no entries.\n1 entry marked private was left out; --private includes it.\n"
    assert "Ana may leave" in run("export", "--private").out
    run("note", "Ana stayed")
    assert "private" not in run.entries[1]


OWN = """
title = "Own"
[[section]]
title = "Part"
[[section.question]]
key = "promise"
kind = "promise"
ask = "What do you promise?"
private = true
"""


def test_a_promise_to_a_private_question_is_kept_out_of_exports_also_when_its_set_is_gone(run):
    (run.prompts / "own.toml").write_text(OWN, encoding="utf-8")
    assert run("reflect", "own", "--answer", "promise=Speak up").code == 0
    (run.prompts / "own.toml").unlink()
    run("promises", "close", "p1", "--kept", "--note", "I spoke up.")
    made, ended = run.entries
    assert made["promise"][0]["private"] is True
    done = run("export")
    assert [words for words in ("Speak up", "I spoke up", made["id"], ended["id"]) if words in done.out] == []
    assert done.err.endswith("\n2 promises marked private were left out; --private includes them.\n")
    assert json.loads(run("promises", "--all", "--json").out)["promises"][0]["private"] is True
