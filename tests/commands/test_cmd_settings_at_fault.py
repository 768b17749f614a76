"""A file of settings with faults: what must work without it works, and what needs it names every fault."""

from __future__ import annotations

import json
import os

import pytest

from terminal import Terminal

FAULTS = 'review_day = "freitag"\nbreaks = ["someday"]\ncolour = "red"\n'


@pytest.fixture
def settings(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(FAULTS, encoding="utf-8")
    return path


@pytest.fixture
def environ(settings):
    return {"FOLLOWME_CONFIG": str(settings)}


def test_doctor_names_each_fault_with_its_line(run, settings, environ):
    run("note", "something")
    done = run("doctor", "--json", environ=environ)
    assert done.code == 1
    report = json.loads(done.out)
    found = [each for each in report["findings"] if each["kind"] == "settings" and not each["note"]]
    assert [each["what"].split(": ")[0] for each in found] == [f"{settings}:{line}" for line in (1, 2, 3)]
    assert {each["remedy"] for each in found} == {"Fix that line with: followme config edit"}
    assert (report["in_order"], report["entries"]) == (False, 1)
    assert f"{run.journal} as the journal" in done.out


def test_doctor_looks_at_everything_else_too(run, settings, environ):
    run("note", "something")
    with run.journal.open("ab") as file:
        file.write(b'\n[[entry]]\nid = "unclosed\n')
    done = run("doctor", environ=environ)
    assert done.code == 1
    assert f"{settings}:1: " in done.out
    assert "couldn't be read" in done.out


@pytest.mark.parametrize(
    "content", [b"plain = ", b"\xff\xfe", b"a = [" * 3000], ids=["toml", "utf-16", "deep"]
)
def test_doctor_works_whatever_stands_in_the_file(run, settings, environ, content):
    settings.write_bytes(content)
    done = run("doctor", environ=environ)
    assert done.code == 1
    assert f"{settings}:1: " in done.out


def test_doctor_says_nothing_of_sound_settings(run, settings, environ):
    settings.write_text("plain = true\n", encoding="utf-8")
    run("note", "something")
    assert run("doctor", environ=environ).code == 0


def test_the_path_is_printed_all_the_same(run, settings, environ):
    assert run("config", "path", environ=environ).out == f"{settings}\n"


@pytest.mark.parametrize("argv", [["due"], ["note", "x"], ["list"], ["promises"], ["config", "show"], []])
def test_what_depends_on_settings_names_them_all_and_does_nothing(run, settings, environ, argv):
    done = run(*argv, environ=environ)
    assert (done.code, done.out) == (1, "")
    assert all(f"{settings}:{line}: " in done.err for line in (1, 2, 3))
    assert not run.journal.exists()


def edit(run, settings, command):
    environ = {"FOLLOWME_CONFIG": str(settings), "EDITOR": command}
    with Terminal(run.home, "config", "edit", columns=100, environ=environ) as screen:
        return screen.end(), screen.words


def test_faults_are_mended_in_the_editor(run, settings):
    code, said = edit(run, settings, "sed -i -e s/freitag/friday/ -e /breaks/d -e /colour/d")
    assert code == 0
    assert "The settings are in" in said
    assert settings.read_text(encoding="utf-8") == 'review_day = "friday"\n'


def test_what_is_left_of_them_is_named(run, settings):
    code, said = edit(run, settings, "sed -i -e s/freitag/friday/ -e /breaks/d")
    assert code == 1
    assert "config.toml:2: colour: the key isn't known" in said


def test_without_a_file_the_editor_shows_every_setting_as_a_comment(run, tmp_path):
    path = tmp_path / "new" / "config.toml"
    code, _ = edit(run, path, "sed -i -e s/^..plain.=.false/plain=true/")
    assert code == 0
    assert "\nplain=true\n" in path.read_text(encoding="utf-8")
    assert os.stat(path).st_mode & 0o077 == 0


def test_an_editor_that_changes_nothing_changes_nothing(run, settings):
    code, said = edit(run, settings, "true")
    assert code == 0
    assert "Nothing was changed, and true returned right away." in said
    assert settings.read_text(encoding="utf-8") == FAULTS


def test_settings_that_are_no_text_are_left_alone(run, settings):
    settings.write_bytes(b"editor = \xff\xfe")
    code, said = edit(run, settings, "true")
    assert code == 1
    assert "isn't UTF-8 text" in said
    assert settings.read_bytes() == b"editor = \xff\xfe"
