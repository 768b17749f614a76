"""`config set`: one setting is written, and every other byte of the file, its mode and its link stay."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from followme import configfile
from followme.configfile import EXAMPLE, KEYS, load
from rows import each_row

OWN = """\
# Mine, \ttyped by hand.
plain  =  true   # for the train
breaks = [
  "2026-W52",
  "2027-07-05 to 2027-07-23",
]
# review_day = "friday"

editor = "nano # not a comment"
# the end"""


@pytest.fixture
def path(run, tmp_path) -> Path:
    run.environ = {"FOLLOWME_CONFIG": str(tmp_path / "config.toml")}
    return tmp_path / "config.toml"


def set_in(run, path: Path, text: str, *argv: str) -> str:
    """The file's text after `config set` with these words."""
    path.write_bytes(text.encode())
    done = run("config", "set", *argv)
    assert (done.code, done.out) == (0, ""), done.err
    return path.read_bytes().decode()


@each_row(
    ("argv", "old", "new"),
    [
        (["plain", "no"], "plain  =  true   #", "plain  =  false   #"),
        (["plain"], "plain  =  true   # for", "# for"),
        (
            ["breaks", "2026-12-21..2027-01-03"],
            OWN[OWN.index("[") : OWN.index("]") + 1],
            '["2026-12-21 to 2027-01-03"]',
        ),
        (["breaks", "--unset"], OWN[OWN.index("breaks") : OWN.index("# review")], ""),
        (["editor", "vim -w"], '"nano # not a comment"', '"vim -w"'),
        (["editor"], 'editor = "nano # not a comment"\n', ""),
        (
            ["review_day", "monday"],
            '# review_day = "friday"\n',
            '# review_day = "friday"\nreview_day = "monday"\n',
        ),
        (["show_last", "true"], "# the end", "# the end\nshow_last = true\n"),
        (["enter"], "# the end", "# the end"),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_other_byte_stays(run, path, argv, old, new, newline, mark):
    def typed(text: str) -> str:
        return mark + text.replace("\n", newline)

    assert OWN.count(old) == 1
    changed = set_in(run, path, typed(OWN), *argv)
    assert changed.replace(newline, "\n") == typed(OWN.replace(old, new)).replace(newline, "\n")
    assert changed.count("\r") == (changed.count("\n") if newline == "\r\n" else 0)


@each_row(
    ("argv", "line"),
    [
        (["breaks", "2026-12-21..2027-01-03"], 'breaks = ["2026-12-21 to 2027-01-03"]'),
        (["breaks", "2026-12-21", "to", "2027-01-03"], 'breaks = ["2026-12-21 to 2027-01-03"]'),
        (["breaks", "2026-W52,2027-08"], 'breaks = ["2026-W52", "2027-08"]'),
        (
            ["breaks", "2026-W52", "2027-07-05..2027-07-23"],
            'breaks = ["2026-W52", "2027-07-05 to 2027-07-23"]',
        ),
        (["editor", "code -n"], 'editor = "code -n"'),
        (["editor", 'a "b" \\ ü'], 'editor = "a \\"b\\" \\\\ ü"'),
        (["show_last", "on"], "show_last = true"),
        (["set", "three-minutes"], 'set = "three-minutes"'),
    ],
)
def test_without_a_file_the_example_is_made_with_the_setting_below_its_comment(run, path, argv, line):
    path.unlink(missing_ok=True)
    done = run("config", "set", *argv)
    assert (done.code, done.out, done.err) == (0, "", f"{line} is now in {path}\n")
    rows = path.read_text(encoding="utf-8").splitlines()
    at = rows.index(line)
    assert rows[at - 1].startswith(f"# {argv[0]} = ")
    assert [*rows[:at], *rows[at + 1 :]] == EXAMPLE.splitlines()
    load(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@each_row(
    ("argv", "said"),
    [
        (["brakes", "2026-W52"], "'brakes' isn't a setting. Did you mean breaks?"),
        (["zzz", "1"], "'zzz' isn't a setting. The settings are journal, set, "),
        (["breaks", "2026-13"], "breaks: '2026-13' isn't a break; write a week or two days"),
        (["breaks", "2027-01-03..2026-12-21"], "breaks: '2027-01-03 to 2026-12-21' isn't a break"),
        (["plain", "maybe"], "plain: it must be true or false, not text."),
        (["review_day", "fryday"], "review_day: 'fryday' isn't known; did you mean 'friday'?"),
        (["year_starts", "02"], "year_starts: '02' isn't known; it can be january, february, "),
        (["plain", "true", "--unset"], "Give a value or --unset, not both."),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(run, path, argv, said):
    path.write_text(OWN, encoding="utf-8")
    done = run("config", "set", *argv)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert path.read_text(encoding="utf-8") == OWN


@each_row(
    ("text", "argv", "said"),
    [
        ("plain = 3\nenter = 4\n", ["plain", "true"], "{path}:2: enter: it must be text"),
        ("plain = \n", ["plain", "true"], "{path}:1: this isn't TOML"),
        (
            'breaks = [\n  "2026-W52", # Christmas\n]\n',
            ["breaks", "2027-08"],
            "breaks in {path} has comments inside",
        ),
        ("'set' = 'a'\n'\\u0065nter' = 1\n", ["enter", "line"], "{path}:2: "),
        ('"\\u0065nter" = "line"\n', ["enter", "next"], "enter in {path} has comments inside"),
        ("plain = true\n[other]\nx = 1\n", ["enter", "line"], "enter in {path} has comments inside"),
    ],
)
def test_a_file_that_cannot_be_changed_without_loss_is_left(run, path, text, argv, said):
    path.write_text(text, encoding="utf-8")
    done = run("config", "set", *argv)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(said.format(path=path))
    assert path.read_text(encoding="utf-8") == text


def test_a_setting_at_fault_is_put_right(run, path):
    assert set_in(run, path, "# a\nplain = 3 # b\n", "plain", "yes") == "# a\nplain = true # b\n"


def test_the_old_value_is_told_and_what_goes_before_it(run, path):
    set_in(run, path, 'breaks = ["2026-W52"]\n', "enter", "line")
    assert run("config", "set", "breaks", "2027-08").err == (
        f'breaks = ["2027-08"] is now in {path}\nBefore, it was ["2026-W52"]\n'
    )
    assert run("config", "set", "editor", "nano", environ={"VISUAL": "vi", **run.environ}).err == (
        f'editor = "nano" is now in {path}\nVISUAL overrides this setting here.\n'
    )
    assert run("config", "set", "breaks", "--unset").err == (
        f'breaks is no longer set in {path}\nBefore, it was ["2027-08"]\n'
    )
    assert run("config", "set", "breaks").err == f"breaks isn't set in {path}\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes and links")
def test_a_link_and_a_mode_of_its_own_stay(run, path):
    real = path.with_name("dotfiles.toml")
    real.write_text("# mine\n", encoding="utf-8")
    real.chmod(0o644)
    path.symlink_to(real)
    assert run("config", "set", "plain", "true").code == 0
    assert path.is_symlink()
    assert real.read_text(encoding="utf-8") == "# mine\nplain = true\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o644
    assert sorted(each.name for each in path.parent.iterdir()) == ["config.toml", "dotfiles.toml"]


def test_a_file_that_changes_at_this_moment_is_left(run, path, monkeypatch):
    path.write_text("plain = true\n", encoding="utf-8")
    real = configfile.with_setting

    def meanwhile(*given: object) -> bytes:
        path.write_text("plain = true\n# theirs\n", encoding="utf-8")
        return real(*given)

    monkeypatch.setattr(configfile, "with_setting", meanwhile)
    done = run("config", "set", "plain", "false")
    assert done.code == 1
    assert done.err == f"Another program changed {path} at this moment, so it's left as it is. Try again.\n"
    assert path.read_text(encoding="utf-8") == "plain = true\n# theirs\n"


def test_a_journal_and_a_folder_are_never_taken_for_settings(run, path):
    run("note", "something")
    before = run.journal.read_bytes()
    for place in (run.journal, run.journal.parent):
        done = run("config", "set", "plain", "true", environ={"FOLLOWME_CONFIG": str(place)})
        assert done.code == 1
    assert run.journal.read_bytes() == before


def test_every_setting_can_be_set_and_removed(run, path):
    values = {
        "review_day": "monday",
        "year_starts": "july",
        "keep": "2y",
        "enter": "line",
        "sync_auto": "true",
        "breaks": "2026-W52",
        "plain": "true",
        "show_last": "true",
    }
    for key in KEYS:
        assert run("config", "set", key, values.get(key, "x")).code == 0, key
    assert configfile.named_in(path) == frozenset(KEYS)
    for key in KEYS:
        assert run("config", "set", key).code == 0, key
    assert path.read_text(encoding="utf-8") == EXAMPLE
