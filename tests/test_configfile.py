"""The configuration file: settings, and every fault of it with its line."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from followme.configfile import KEYS, load
from followme.errors import FollowmeError
from followme.model import Config
from rows import each_row
from sets import skips


def test_without_a_file_everything_is_at_its_default(tmp_path: Path):
    assert load(tmp_path / "config.toml") == Config()


def test_every_setting_can_be_made(tmp_path: Path):
    assert set(KEYS) == {field.name for field in fields(Config)}
    path = tmp_path / "config.toml"
    path.write_text(
        """
journal = "~/work/journal.toml"
set = "three-minutes"
review_day = "thursday"
year_starts = "february"
keep = "2y"
breaks = ["2026-W52", "2027-07-05 to 2027-07-23", "2027-08"]
plain = true
enter = "line"
show_last = true
editor = "nano -w"
""",
        encoding="utf-8",
    )
    assert load(path) == Config(
        journal="~/work/journal.toml",
        set="three-minutes",
        review_day="thursday",
        year_starts="february",
        keep="2y",
        breaks=(
            (date(2026, 12, 21), date(2026, 12, 27)),
            (date(2027, 7, 5), date(2027, 7, 23)),
            (date(2027, 8, 1), date(2027, 8, 31)),
        ),
        plain=True,
        enter="line",
        show_last=True,
        editor="nano -w",
    )


@each_row(
    ("line", "said"),
    [
        ('jurnal = "x"', "jurnal: the key isn't known; did you mean 'journal'?"),
        ("plain = 3", "plain: it must be true or false, not a number"),
        ('review_day = "thurs"', "review_day: 'thurs' isn't known; did you mean 'thursday'?"),
        ('keep = "long"', "keep: 'long' isn't a time such as "),
        ('year_starts = "2"', "year_starts: '2' isn't known; it can be january, february, "),
        ('year_starts = "febuary"', "year_starts: 'febuary' isn't known; did you mean 'february'?"),
        ('enter = "tab"', "enter: 'tab' isn't known; it can be next or line"),
        ('breaks = "2026-W52"', "breaks: it must be a list in brackets, not text"),
        ('breaks = ["3d"]', "breaks: '3d' isn't a break; write a week or two days, such as \"2026-W52\" or "),
        ('breaks = ["2026-12-24 to 2026-12-20"]', "breaks: '2026-12-24 to 2026-12-20' isn't a break"),
        ('breaks = ["24/12/2026"]', "breaks: '24/12/2026' isn't a break"),
        ("set = ", "this isn't TOML (invalid value); fix this line or the one before"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, line: str, said: str):
    path = tmp_path / "config.toml"
    path.write_text(f"# mine\n{line}\n", encoding="utf-8")
    with pytest.raises(FollowmeError) as error:
        load(path)
    assert str(error.value).startswith(f"{path}:2: {said}")


def test_all_faults_are_named_at_once(run):
    folder = run.home / ".config" / "followme"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("plain = 1\nenter = 2\nseat = 3\n", encoding="utf-8")
    done = run("list")
    assert done.code == 1
    assert [line.split(": ")[0].rpartition(":")[2] for line in done.err.splitlines()] == ["1", "2", "3"]


def test_the_journal_of_the_settings_is_used_after_the_option_and_the_environment(run, tmp_path):
    config = tmp_path / "mine.toml"
    config.write_text(f"journal = {str(tmp_path / 'a.toml')!r}\nset = 'three-minutes'\n", encoding="utf-8")
    environ = {"FOLLOWME_CONFIG": str(config)}
    words = ("reflect", *skips("three-minutes"))
    assert run(*words, environ=environ).code == 0
    assert (tmp_path / "a.toml").exists()
    assert run(*words, environ=environ | {"FOLLOWME_JOURNAL": str(tmp_path / "b.toml")}).code == 0
    assert (tmp_path / "b.toml").exists()
    assert run("--journal", str(tmp_path / "c.toml"), *words, environ=environ).code == 0
    assert (tmp_path / "c.toml").exists()
