"""`undo`: what it would take back is shown first; --list has the changes and the backups, and --to goes back to one."""

from __future__ import annotations

import json

import pytest

from running import Run
from terminal import Terminal


@pytest.fixture
def noted(run: Run) -> Run:
    """Three notes, one an hour."""
    for words in ("one", "two", "three"):
        run("note", words)
        run.later(hours=1)
    return run


def words(run: Run) -> list[str]:
    return [one["answer"][0]["reply"] for one in run.entries]


def test_it_shows_what_goes_back_and_does_it_with_a_yes(noted: Run):
    before = noted.journal.read_bytes()
    done = noted("undo", "--dry-run")
    assert (done.code, done.out) == (0, "")
    shown = [
        "The last change (add, Fri, Nov 20, 18:04) added 1 entry.",
        "Taking it back would do this:",
        f'- remove Fri, Nov 20 · note · {noted.entries[2]["id"][-5:]} · 1 answer: "three"',
    ]
    assert done.err.splitlines() == [*shown, "Nothing was changed, since this is a dry run."]
    done = noted("undo")
    assert done.code == 2
    assert "because an undo needs your yes" in done.err
    assert noted.journal.read_bytes() == before
    done = noted("undo", "--yes")
    assert done.code == 0
    assert done.err.splitlines() == [*shown, "Taken back. To go further back:", "  followme undo"]
    assert words(noted) == ["one", "two"]


def test_again_goes_further_and_what_was_added_since_stays(noted: Run):
    noted("undo", "--yes")
    noted("delete", noted.entries[0]["id"], "--yes")
    noted("note", "four")
    assert words(noted) == ["two", "four"]
    noted("undo", "--yes")
    noted("undo", "--yes")
    assert words(noted) == ["one", "two"]
    noted("note", "five")
    for _ in range(3):
        assert noted("undo", "--yes").code == 0
    done = noted("undo", "--yes")
    assert (done.code, done.err) == (1, "There's nothing to undo: no change in the log is left.\n")


def test_what_was_typed_at_the_end_by_hand_stays_and_is_named(noted: Run):
    typed = '\n[[entry]]\nid = "20261120T190000-hhhhh"\ndate = 2026-11-20T19:00:00Z\nweek = "2026-W47"\nset = "note"\n'
    noted.journal.write_text(noted.journal.read_text() + typed)
    done = noted("undo", "--yes")
    assert done.code == 0
    said = "The journal's last entry, 20261120T190000-hhhhh, isn't in the log of changes, so it stays."
    assert done.err.splitlines()[1] == said
    assert [one["id"][-5:] for one in noted.entries if not one.get("answer")] == ["hhhhh"]
    noted.journal.write_text(noted.journal.read_text().replace("two", "2"))
    done = noted("undo", "--yes")
    assert done.code == 1
    assert "was changed after that, and not by followme." in done.err
    assert done.err.endswith(" To see what you can go back to:\n  followme undo --list\n")


def test_an_edit_is_shown_as_it_was_and_as_it_is(noted: Run):
    before = noted.journal.read_bytes()
    second = noted.entries[1]["id"]
    assert noted("edit", second, "--answer", "note=two and a half", "--yes").code == 0
    done = noted("undo", "--yes")
    assert "The last change (edit, Fri, Nov 20, 19:04) changed 1 entry.\n" in done.err
    assert "\nNote\n  was: two and a half\n  now: two\n" in done.err
    assert noted.journal.read_bytes() == before


def test_in_a_terminal_enter_changes_nothing(noted: Run):
    for keys, left in (("\r", 3), ("y", 2)):
        with Terminal(noted.home, "undo", now=noted.now) as window:
            window.answer("Go ahead?", keys)
            assert window.end() == (0 if left == 2 else 1)
        assert len(words(noted)) == left


def test_the_list_in_a_pipe_as_json_and_on_a_page(noted: Run):
    noted("delete", noted.entries[1]["id"], "--yes")
    noted("undo", "--yes")
    rows = noted("undo", "--list").rows
    assert [row[:1] + row[2:5] for row in rows if row[0] == "change"] == [
        ["change", "undo", "added 1 entry", ""],
        ["change", "delete", "deleted 1 entry", "taken back"],
        *[["change", "add", "added 1 entry", ""]] * 3,
    ]
    assert [row[3:] for row in rows if row[0] == "backup"] == [["2", "0", "1", "0"], ["3", "0", "0", "0"]]
    table = json.loads(noted("undo", "--list", "--json").out)
    assert [(one["verb"], one["undone"], one["final"]) for one in table["changes"]][:3] == [
        ("undo", False, False),
        ("delete", True, False),
        ("add", False, False),
    ]
    assert table["changes"][1]["entries"] == [{"id": noted.entries[1]["id"], "what": "deleted"}]
    assert [(one["name"], one["entries"], one["away"]) for one in table["backups"]] == [
        ("20261120T180411Z-002", 2, 1),
        ("20261120T180411Z", 3, 0),
    ]
    with Terminal(noted.home, "undo", "--list", columns=100, now=noted.now) as window:
        window.end()
        page = window.text
    assert "Fri, Nov 20, 19:04 · delete · deleted 1 entry" in page
    assert "same entries as now" in page


def test_rows_of_the_list_end_between_two_parts(noted: Run):
    tail = noted.entries[1]["id"][-5:]
    noted("delete", noted.entries[1]["id"], "--yes")
    with Terminal(noted.home, "undo", "--list", columns=40, now=noted.now) as window:
        window.end()
        rows = [row.rstrip() for row in window.text.splitlines()]
    assert rows[1:3] == ["   Fri, Nov 20, 19:04 · delete", f"     deleted 1 entry · {tail}"]
    at = rows.index("Backups, newest first")
    assert rows[at + 1 : at + 3] == [
        "   20261120T180411Z · Fri, Nov 20, 19:04",
        "     3 entries · would bring back 1",
    ]


def test_back_to_a_backup_and_back_again(noted: Run):
    first = noted.entries[0]["id"]
    noted("delete", first, "--yes")
    noted("note", "four")
    done = noted("undo", "--to", "20261120T180411Z", "--dry-run")
    assert done.code == 0
    assert f"- bring back 1: {first}\n- remove 1: {noted.entries[-1]['id']}\n" in done.err
    assert noted("undo", "--to", "20261120T180411Z").code == 2
    done = noted("undo", "--to", "20261120T180411Z", "--yes")
    assert done.code == 0
    assert words(noted) == ["one", "two", "three"]
    kept = done.err.rpartition("The journal from before is in ")[2].strip()
    assert "there's nothing to do" in noted("undo", "--to", "20261120T180411Z", "--yes").err
    assert noted("undo", "--yes").code == 0
    assert words(noted) == ["two", "three", "four"]
    assert noted("undo", "--to", kept, "--yes").code == 0
    assert words(noted) == ["two", "three", "four"]


def test_a_wiped_journal_comes_back(noted: Run):
    noted("delete", noted.entries[0]["id"], "--yes")
    noted.journal.write_bytes(b"")
    assert noted("undo", "--yes").code == 1
    assert noted("undo", "--to", "20261120T180411Z", "--yes").code == 0
    assert words(noted) == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["--to", "nothing"], 1, "There's no backup 'nothing', so nothing was changed. To see them:"),
        (["--json"], 2, "--json goes with --list."),
        (["--list", "--to", "x"], 2, "--list only lists"),
    ],
)
def test_what_does_not_fit_is_told(noted: Run, argv: list[str], code: int, said: str):
    done = noted("undo", *argv)
    assert done.code == code
    assert said in done.err


def test_nothing_yet(run: Run):
    done = run("undo", "--yes")
    assert (done.code, done.err) == (1, "There's nothing to undo: no change in the log is left.\n")
    assert json.loads(run("undo", "--list", "--json").out) == {"schema": 1, "changes": [], "backups": []}
    assert not run.journal.exists()


def test_an_entry_from_before_the_log_is_no_surprise(noted: Run):
    noted.paths.changes.unlink()
    last, before = noted.entries[2]["id"], noted.journal.read_bytes()
    noted("delete", last, "--yes")
    done = noted("undo", "--yes")
    assert done.code == 0
    assert "isn't in the log" not in done.err
    assert noted.journal.read_bytes() == before
