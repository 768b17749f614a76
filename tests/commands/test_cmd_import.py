"""`followme import`: what other programs wrote comes in once, with its place named where it can't."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree

import pytest

from followme.insight.ids import id_from
from followme.journal.file import parsing
from running import Run

JRNL = "[2026-07-03 16:04] Ana stayed.\nShe had asked twice.\n\n[2026-07-10 16:00] A good week *\n"


@pytest.fixture
def jrnl(run: Run) -> Path:
    path = run.home / "journal.txt"
    path.write_text(JRNL, encoding="utf-8")
    return path


def zipped(run: Run) -> Path:
    path = run.home / "export.zip"
    entries = [
        {
            "creationDate": "2026-07-03T21:30:00Z",
            "timeZone": "Europe/Berlin",
            "text": "Alone\\!",
            "tags": ["q3"],
        },
        {"creationDate": "2026-07-04T21:30:00Z", "photos": [{}]},
        {"creationDate": "never"},
    ]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Journal.json", json.dumps({"metadata": {}, "entries": entries}))
    return path


def words(run: Run) -> list[str]:
    return [row[8] for row in run("list").rows]


def test_entries_come_in_once_and_undo_takes_them_back(run: Run, jrnl: Path):
    run("note", "Mine")
    old = run.journal.read_bytes()
    done = run("import", str(jrnl), "--yes")
    assert (done.code, done.out) == (0, "")
    assert "This would come:\n- 2 entries of Jul 3 and Jul 10\n" in done.err
    assert words(run) == ["Mine", "A good week", "Ana stayed. She had asked twice."]
    assert {(entry["imported"], entry["set"]) for entry in run.entries[:2]} == {("jrnl", "jrnl")}
    assert run("import", str(jrnl), "--yes").err == "Nothing new: 2 entries are here already.\n"
    assert run("undo", "--yes").code == 0
    assert len(run.entries) == 1
    assert old.split(b"[[entry]]")[1] in run.journal.read_bytes()


def test_each_new_entry_is_parsed_once_from_the_bytes_that_are_written(
    run: Run, jrnl: Path, monkeypatch: pytest.MonkeyPatch
):
    run("note", "Mine")
    parsed: list[bytes] = []
    parse = parsing.parse_block

    def noted(data: bytes, **options: bool) -> Mapping[str, object]:
        parsed.append(data.strip())
        return parse(data, **options)

    monkeypatch.setattr(parsing, "parse_block", noted)
    assert run("import", str(jrnl), "--yes").code == 0
    written = [part.strip() for part in run.journal.read_bytes().split(b"\n\n[[entry]]\n")]
    new = [b"[[entry]]\n" + part for part in written if b'imported = "jrnl"' in part]
    assert len(new) == 2
    assert [parsed.count(block) for block in new] == [1, 1]


def test_they_count_for_weeks_only_as_reflections(run: Run, jrnl: Path):
    run("import", str(jrnl), "--yes")
    assert run("show", "last").code == 3
    assert "event" not in run.entries[0]
    run("undo", "--yes")
    run("import", str(jrnl), "--yes", "--as-reflections")
    assert [entry["event"] for entry in run.entries] == [False, False]
    shown = run("show", "last")
    assert "A good week" in shown.out


def test_a_dry_run_and_a_missing_yes_change_nothing(run: Run, jrnl: Path):
    assert run("import", str(jrnl)).code == 2
    assert run("import", str(jrnl), "--dry-run").code == 0
    assert not run.journal.exists()


def test_what_stays_behind_is_named_and_stops_nothing(run: Run):
    done = run("import", str(zipped(run)), "--yes")
    assert done.code == 0
    assert "Journal.json, entry 2: The entry of 2026-07-04 has 1 attachment and nothing else." in done.err
    assert 'Journal.json, entry 3: Its "creationDate" isn\'t a time: never' in done.err
    (entry,) = run.entries
    assert entry["date"].isoformat() == "2026-07-03T23:30:00+02:00"
    assert [answer["reply"] for answer in entry["answer"]] == ["Alone!", ["q3"]]


def test_a_folder_of_notes_and_stdin(run: Run):
    folder = run.home / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / "daily").mkdir()
    (folder / ".obsidian" / "2026-07-01.md").write_text("Not a note")
    (folder / "daily" / "2026-07-03.md").write_text("---\ntags: [team]\n---\nAna stayed.")
    (folder / "2026-W30.md").write_text("A good week.")
    (folder / "Ideas.md").write_text("No day.")
    done = run("import", str(folder), "--yes")
    assert "Ideas.md: It has no date in its name or its front matter." in done.err
    assert words(run) == ["A good week.", "Ana stayed."]
    assert run("import", "-", "--yes", stdin=JRNL).code == 0
    assert len(run.entries) == 4


def test_what_cannot_be_imported_is_refused_with_a_sentence(run: Run):
    run("note", "Mine")
    old = run.journal.read_bytes()
    (run.home / "diary.txt").write_text("Dear diary")
    (run.home / "empty").mkdir()
    for argv, code, says in (
        (["diary.txt"], 1, "It isn't a file that followme can import."),
        (["missing.txt"], 1, "There's no file"),
        (["empty"], 1, "There are no Markdown notes"),
        (["diary.txt", "--format", "word"], 2, "There's no format 'word'"),
        (["diary.txt", "--format", "jrnl"], 1, "There was nothing to import."),
        ([str(run.journal)], 1, "followme merge"),
    ):
        done = run("import", *argv, "--yes")
        assert done.code == code
        assert says in done.err
    assert run.journal.read_bytes() == old


def test_a_note_under_another_ending_is_named_with_the_command_that_imports_it(run: Run):
    for name, text in (
        ("2026-07-03.jrnl", "# Friday\n\nA good day.\n"),
        ("mine.txt", "---\ndate: 2026-07-04\n---\nWell.\n"),
    ):
        (run.home / name).write_text(text)
        done = run("import", name, "--yes")
        assert done.code == 1
        assert "It looks like Markdown, but its name doesn't end in .md. To import it:" in done.err
        *_, command = done.err.splitlines()
        assert run(*command.split()[1:], "--yes").code == 0
    assert words(run) == ["Well.", "# Friday  A good day."]


def test_an_import_is_shown_as_one(run: Run, jrnl: Path):
    run("import", str(jrnl), "--yes")
    entry = run.entries[0]["id"]
    assert "imported from jrnl" in run("show", entry, "--text").out
    assert [row[11] for row in run("list").rows] == ["jrnl", "jrnl"]
    assert id_from(run.entries[0]["date"], "Ana stayed. She had asked twice.") == entry


def test_an_export_as_json_comes_back_as_it_was(run: Run):
    run("note", "Mine @Ana")
    run("promises", "add", "Call legal @Ben by fri")
    run("note", "--private", "Mine alone")
    text = run("export", "--format", "json", "--private", "--oldest-first").out
    entries, old = run.entries, run.journal.read_bytes()
    run.journal.unlink()
    rmtree(run.paths.state)
    (run.home / "journal.json").write_text(text, encoding="utf-8")
    assert run("import", "journal.json", "--yes").code == 0
    assert run.entries == entries
    assert run.journal.read_bytes() == old
    assert run("import", "journal.json", "--yes").err == "Nothing new: 3 entries are here already.\n"
    numbers = run("export", "--format", "json", "--only", "numbers").out
    done = run("import", "-", "--yes", stdin=numbers)
    assert (done.code, "It has only numbers" in done.err) == (1, True)
