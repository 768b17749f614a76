"""No export and no calendar ever takes the place of followme's own files, by whatever name they are reached."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rows import each_row

OWN = 'title = "Mine"\n\n[[section.question]]\nkey = "went"\nkind = "text"\nask = "What went well?"\n'

VERBS = {"export": ["export"], "remind": ["remind", "--ics"]}


@pytest.fixture
def kept(run) -> dict[str, Path]:
    """A home in which everything that followme keeps is there."""
    run("note", "Ana stayed.")
    settings = run.prompts.parent / "config.toml"
    settings.write_text("plain = false\n", encoding="utf-8")
    (run.prompts / "mine.toml").write_text(OWN, encoding="utf-8")
    elsewhere = run.home / "dotfiles" / "linked.toml"
    elsewhere.parent.mkdir()
    elsewhere.write_text(OWN, encoding="utf-8")
    (run.prompts / "linked.toml").symlink_to(elsewhere)
    other = run.home / "work journal"
    run("--journal", str(other), "note", "Jonas called.")
    kept = run.paths.state
    draft, backup = (
        kept / "drafts" / "20261120T150411-k7q2m.toml",
        kept / "backups" / "x" / "20261120T150411Z.toml",
    )
    for path in (draft, backup):
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("kept", encoding="utf-8")
    return {
        "journal": run.journal,
        "another journal": other,
        "settings": settings,
        "prompt set": run.prompts / "mine.toml",
        "prompt set behind a link": elsewhere,
        "draft": draft,
        "backup": backup,
    }


FILES = (
    "journal",
    "another journal",
    "settings",
    "prompt set",
    "prompt set behind a link",
    "draft",
    "backup",
)


def reached(path: Path, way: str, home: Path) -> str:
    """The path, or another name for the same file."""
    link = home / "notes.md"
    if way == "symbolic link":
        link.symlink_to(path)
    elif way == "link to a link":
        (home / "first").symlink_to(path)
        link.symlink_to("first")
    elif way == "hard link":
        os.link(path, link)
    elif way == "linked folder":
        (home / "folder").symlink_to(path.parent)
        link = home / "folder" / path.name
    elif way == "by the way":
        link = path.parent / ".." / path.parent.name / path.name
    return str(path if way == "itself" else link)


@each_row("way", ["itself", "by the way", "symbolic link", "link to a link", "hard link", "linked folder"])
@each_row("file", FILES)
@each_row("verb", VERBS)
def test_force_replaces_nothing_of_ours(run, kept, verb, file, way):
    path, place = kept[file], run.home / f"{verb}, {file}, {way}"
    place.mkdir()
    before, target = path.read_bytes(), reached(path, way, place)
    done = run(*VERBS[verb], target, "--force")
    assert done.code == 1
    assert done.err.startswith(f"{target} holds ")
    assert "so nothing else goes there. Name another file." in done.err
    assert path.read_bytes() == before
    assert os.path.samefile(target, path)


@each_row("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
@each_row("verb", VERBS)
def test_a_journal_in_another_encoding_is_known(run, kept, verb, encoding):
    copy = run.home / "copy.toml"
    copy.write_bytes(kept["journal"].read_text(encoding="utf-8").encode(encoding))
    stays(run, VERBS[verb], copy)


@each_row("verb", VERBS)
def test_so_is_one_with_old_line_ends_or_much_before_its_first_entry(run, kept, verb):
    text = kept["journal"].read_text(encoding="utf-8").split("\n", 1)[1]
    for before, copied in (("", text.replace("\n", "\r")), ("# A line of mine.\n" * 8_000, text)):
        copy = run.home / "copy.toml"
        copy.write_bytes(f"{before}{copied}".encode())
        stays(run, VERBS[verb], copy)


def stays(run, verb, path: Path) -> None:
    before = path.read_bytes()
    done = run(*verb, str(path), "--force")
    assert done.code == 1
    assert done.err.startswith(f"{path} holds a journal, so nothing else goes there.")
    assert path.read_bytes() == before


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_put_where_something_of_ours_belongs(run, verb, force):
    """A journal of Markdown could not be added to, and an export among the prompt sets would hide a set."""
    state = run.paths.state
    places = [run.journal, run.prompts.parent / "config.toml", run.prompts / "weekly.toml"]
    for folder in (run.journal.parent, state / "drafts"):
        folder.mkdir(parents=True, exist_ok=True)
    link = run.home / "notes.md"
    link.symlink_to(run.journal)
    for target in (*places, state / "drafts" / "x.toml", state / "x.md", link):
        done = run(*VERBS[verb], str(target), *force)
        assert (done.code, done.out) == (1, "")
        assert f"{target} is kept for " in done.err
        assert not target.exists()


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_the_persons_own_is_replaced_as_before(run, kept, verb):
    target = run.home / "week.toml"
    target.write_text('title = "something else"\n', encoding="utf-8")
    assert run(*VERBS[verb], str(target), "--force").code == 0
    assert "something else" not in target.read_text(encoding="utf-8")


def test_a_file_beside_the_target_stays_whatever_its_name(run, kept):
    """What is written first gets a name that nothing has."""
    part = run.home / "week.md.part"
    part.write_text("mine", encoding="utf-8")
    assert run("export", str(run.home / "week.md")).code == 0
    assert part.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in run.home.glob("week.md*")) == ["week.md", "week.md.part"]


@pytest.mark.parametrize("file", ["journal", "settings", "draft"])
def test_a_new_prompt_set_goes_nowhere_else_of_ours(run, file):
    places = {"journal": run.journal, "settings": run.prompts.parent / "config.toml"}
    path = places.get(file, run.paths.drafts / "mine.toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    done = run("prompts", "new", str(path))
    assert done.code == 1
    assert f"{path} is kept for " in done.err
    assert not path.exists()
