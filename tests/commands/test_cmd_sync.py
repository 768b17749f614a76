"""`followme sync`: several machines come to the same journal, and whatever goes wrong is one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest

from followme import git
from followme.journal.change import merging, purge
from followme.journal.file.lock import FileLock
from followme.shell import sync_round
from followme.shell.sync_sets import merged_sets
from machines import REMOTE, Machine, bare, machine
from running import Run

pytestmark = pytest.mark.slow

SYNCED = "Came in: {}.\nWent out: {}.\n"


@pytest.fixture
def two(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Machine, Machine]:
    """Two machines with a note each, synced until both have both."""
    url = str(bare(home))
    one, other = machine(home, "one", monkeypatch), machine(home, "other", monkeypatch, hours=5)
    one("note", "From one")
    other("note", "From other")
    assert one("sync", "--init", url, "--yes").err.endswith(SYNCED.format("nothing", "1 note"))
    assert other("sync", "--init", url, "--yes").err.endswith(SYNCED.format("1 note", "1 note"))
    assert one("sync").err == SYNCED.format("1 note", "nothing")
    assert one.journal.read_bytes() == other.journal.read_bytes()
    return one, other


def purge_elsewhere(one: Machine, other: Machine, row: int) -> None:
    """Purge the note in this row on one machine, and sync it, after the other one has made backups."""
    entry = other("list", "--set", "note").rows[row][0]
    other("note", "Later")
    other("undo", "--yes")
    other("sync")
    one("sync")
    assert one("delete", entry, "--purge", "--yes").code == 0
    one("sync")


def notes(of: Machine) -> list[str]:
    return [row[8] for row in of("list", "--set", "note").rows][::-1]


def commits(home: Path) -> list[str]:
    words = ["git", "--git-dir", str(home / REMOTE), "log", "--format=%s", "main"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()


def test_both_have_everything_and_then_nothing_is_new(two, home: Path):
    one, other = two
    assert notes(one) == notes(other) == ["From one", "From other"]
    before = commits(home)
    assert one("sync").err == "Nothing new, here or there.\n"
    assert other("sync").err == "Nothing new, here or there.\n"
    assert commits(home) == before
    assert set(before) == {"followme: synced"}
    if os.name == "posix":
        assert one.journal.stat().st_mode & 0o777 == 0o600
    assert not [path for path in one.journal.parent.iterdir() if path.name.startswith(".git")]


def test_a_deletion_goes_everywhere_and_an_edit_made_meanwhile_stays(two):
    one, other = two
    first, second = (row[0] for row in one("list", "--set", "note").rows)
    one("delete", first, second, "--yes")
    text = other.journal.read_text(encoding="utf-8")
    other.journal.write_text(text.replace("From one", "From one, edited"), encoding="utf-8")
    assert one("sync").err == SYNCED.format("nothing", "2 entries were deleted here and go there too")
    assert "1 entry was deleted there and goes here too" in other("sync").err
    assert notes(other) == ["From one, edited"]
    assert one("sync").code == 0
    assert notes(one) == ["From one, edited"]


def test_the_same_answer_changed_on_both_stays_twice_on_both(two):
    one, other = two
    for each in two:
        text = each.journal.read_text(encoding="utf-8")
        each.journal.write_text(text.replace("From one", f"Edited on {each.home.name}"), encoding="utf-8")
    changed = "1 entry was changed here and changes there too"
    twice = "1 entry was changed in both places; both versions stay until you delete one"
    assert one("sync").err == SYNCED.format("nothing", changed)
    both = "To see both versions:\n  followme list\n"
    assert other("sync").err == SYNCED.format(twice, twice) + both
    assert one("sync").err == SYNCED.format(twice, "nothing") + both
    assert one.journal.read_bytes() == other.journal.read_bytes()
    assert sorted(notes(one)) == ["Edited on one", "Edited on other", "From other"]


def test_what_is_gone_without_followme_comes_back(two):
    one, _ = two
    whole = one.journal.read_bytes()
    one.journal.write_bytes(whole[: whole.index(b"[[entry]]")])
    done = one("sync")
    assert done.code == 0
    assert (
        "2 entries are missing here, though followme didn't delete them. This sync brings them back."
        in done.err
    )
    assert one.journal.read_bytes() == whole


def test_own_prompt_sets_travel_along(two):
    one, other = two
    with one.there() as run:
        (run.prompts / "mine.toml").write_text('title = "Mine"\n', encoding="utf-8")
    one("sync")
    other("sync")
    with other.there() as run:
        assert (run.prompts / "mine.toml").read_text(encoding="utf-8") == 'title = "Mine"\n'
        (run.prompts / "mine.toml").write_text('title = "Theirs"\n', encoding="utf-8")
    with one.there() as run:
        (run.prompts / "mine.toml").write_text('title = "Ours"\n', encoding="utf-8")
    for each in (one, other, one):
        each("sync")
    for each in two:
        with each.there() as run:
            texts = sorted(path.read_text(encoding="utf-8") for path in run.prompts.iterdir())
            assert texts == ['title = "Ours"\n', 'title = "Theirs"\n']


def test_a_purge_leaves_no_word_in_the_remote_nor_on_the_other_machine(two, home: Path):
    one, other = two
    entry = one("list", "--set", "note").rows[1][0]
    assert one("delete", entry, "--purge", "--yes").code == 0
    assert "gone from the repository's history too" in one("sync").err
    assert commits(home) == [git.REPLACES]
    assert other("sync").code == 0
    assert notes(one) == notes(other) == ["From other"]
    for folder in (home / REMOTE, one.state / "sync", other.state / "sync"):
        if folder == home / REMOTE:
            subprocess.run(["git", "--git-dir", str(folder), "gc", "-q", "--prune=now"], check=True)
        assert b"From one" not in b"".join(objects(folder))
    other("note", "Later")
    other("sync")
    one("sync")
    assert notes(one) == ["From other", "Later"]


@pytest.mark.parametrize("how", ["plain", "killed before it is noted", "set up anew"])
def test_after_a_forget_no_object_of_any_of_three_machines_has_the_words(
    two, how: str, home: Path, monkeypatch: pytest.MonkeyPatch
):
    one, other = two
    three = machine(home, "three", monkeypatch)
    url = str(home / REMOTE)
    assert three("sync", "--init", url, "--yes").code == 0
    old = three.journal.read_text(encoding="utf-8")
    three.journal.write_text(old.replace("From one", "From one, edited"), encoding="utf-8")
    assert one("--yes", "forget", "--before", "2026-12-01").code == 0
    if how == "set up anew":
        assert one("sync", "--init", url, "--yes").code == 0
    with monkeypatch.context() as patch:
        if how == "killed before it is noted":
            patch.setattr(git.Repository, "forget_the_rest", interrupted)
            for each in (one, other, three):
                assert each("sync").code != 0
    for each in (one, other, three, one, other):
        assert each("sync").code == 0
    assert commits(home)[-1] == git.REPLACES
    subprocess.run(["git", "--git-dir", url, "gc", "-q", "--prune=now"], check=True)
    for folder in (home / REMOTE, *(each.state / "sync" for each in (one, other, three))):
        assert b"From one" not in b"".join(objects(folder)), folder
    assert one.journal.read_bytes() == other.journal.read_bytes() == three.journal.read_bytes()
    assert b"From one" not in one.journal.read_bytes()


def interrupted(*words: object, **more: object) -> None:
    raise KeyboardInterrupt


def test_a_forget_while_a_sync_runs_is_for_the_next_one(two, home: Path, monkeypatch: pytest.MonkeyPatch):
    one, _ = two
    real = git.Repository.push
    entry = one("list", "--set", "note").rows[1][0]

    def forgets(*given: object) -> None:
        real(*given)  # type: ignore[arg-type]
        assert one("delete", entry, "--purge", "--yes").code == 0

    one("note", "Here")
    with monkeypatch.context() as patch:
        patch.setattr(git.Repository, "push", forgets)
        one("sync")
    assert one("sync").code == 0
    assert commits(home) == [git.REPLACES]


def objects(folder: Path) -> list[bytes]:
    """All objects in the repositories of a folder, unpacked."""
    found = []
    repositories = [folder] if folder.suffix == ".git" else [*folder.glob("*.git")]
    for repository in repositories:
        listed = subprocess.run(
            ["git", "--git-dir", str(repository), "cat-file", "--batch-all-objects", "--batch"],
            capture_output=True, check=True,
        )  # fmt: skip
        found.append(listed.stdout)
        found += [zlib.decompress(path.read_bytes()) for path in repository.glob("objects/??/*")]
    return found


def test_a_push_that_loses_the_race_is_done_again(two, monkeypatch: pytest.MonkeyPatch):
    one, other = two
    real, raced = git.Repository.push, []

    def late(self: git.Repository, url: str, commit: str, expected: str) -> None:
        if not raced:
            raced.append(url)
            other("note", "Faster")
            assert other("sync").code == 0
        real(self, url, commit, expected)

    monkeypatch.setattr(git.Repository, "push", late)
    one("note", "Slower")
    assert one("sync").code == 0
    other("sync")
    assert notes(one) == notes(other)
    assert {"Faster", "Slower"} <= {*notes(one)}


@pytest.mark.parametrize("moment", ["commit", "push", "settle"])
def test_a_sync_that_dies_anywhere_is_finished_by_the_next(two, moment, monkeypatch: pytest.MonkeyPatch):
    one, other = two
    one("note", "Here")
    other("note", "There")
    other("sync")
    with monkeypatch.context() as patch:

        def dies(*words: object, **more: object) -> None:
            raise KeyboardInterrupt

        if moment == "settle":
            patch.setattr(sync_round, "_settle", dies)
        else:
            patch.setattr(git.Repository, moment, dies)
        assert one("sync").code != 0
    first = notes(one)
    assert one("sync").code == 0
    other("sync")
    assert first == notes(one) == notes(other) == ["From one", "From other", "There", "Here"] or {
        *notes(one)
    } == {"From one", "From other", "There", "Here"}
    assert one.journal.read_bytes() == other.journal.read_bytes()


def test_an_edit_elsewhere_is_not_lost_with_what_a_sync_that_died_had_brought(
    two, monkeypatch: pytest.MonkeyPatch
):
    """The sync died right after the journal was written, and what it had brought was deleted here before the next."""
    one, other = two
    other("note", "Draft of Tuesday")
    other("sync")
    with monkeypatch.context() as patch:
        real = merging.replace_with

        def dies(*given: object, **more: object) -> None:
            real(*given, **more)  # type: ignore[arg-type]
            raise KeyboardInterrupt

        patch.setattr(merging, "replace_with", dies)
        assert one("sync").code != 0
    entry = next(row[0] for row in one("list", "--set", "note").rows if row[8] == "Draft of Tuesday")
    assert one("delete", entry, "--yes").code == 0
    text = other.journal.read_text(encoding="utf-8")
    other.journal.write_text(text.replace("Draft of Tuesday", "Final of Tuesday"), encoding="utf-8")
    for each in (other, one, other):
        assert each("sync").code == 0
    assert "Final of Tuesday" in notes(one)
    assert notes(one) == notes(other)


# --- What can go wrong ------------------------------------------------------------------------------------


def refused(of: Machine, *argv: str) -> str:
    old = of.journal.read_bytes()
    done = of(*argv)
    assert done.code in (1, 2)
    assert of.journal.read_bytes() == old
    assert "Traceback" not in done.err
    return done.err


def test_without_an_address_it_says_how_to_begin(home: Path, monkeypatch: pytest.MonkeyPatch):
    one = machine(home, "one", monkeypatch)
    one("note", "Here")
    assert "followme sync --init URL" in refused(one, "sync")
    assert "isn't an address" in refused(one, "sync", "--init", "ext::sh -c true", "--yes")
    assert "isn't an address" in refused(one, "sync", "--init=--upload-pack=x", "--yes")
    url = str(bare(home))
    assert "needs your yes" in refused(one, "sync", "--init", url)
    assert one("sync", "--init", url, "--dry-run").code == 0
    assert not (one.state / "sync").exists()


def test_a_dry_run_alone_syncs_nothing(two):
    one, other = two
    one("note", "Not yet")
    assert "--dry-run needs --init" in refused(one, "sync", "--dry-run")
    assert other("sync").err == "Nothing new, here or there.\n"


def test_a_remote_that_is_away_changes_nothing_and_a_later_sync_catches_up(two, home: Path):
    one, other = two
    (home / REMOTE).rename(home / "away.git")
    one("note", "Offline")
    said = refused(one, "sync")
    assert "The repository can't be reached. Try again later. git says: fatal:" in said
    assert REMOTE in said, "the cause, and not that the remote could not be read"
    (home / "away.git").rename(home / REMOTE)
    assert one("sync").code == 0
    other("sync")
    assert "Offline" in notes(other)


def test_a_remote_with_something_else_or_another_history_is_left_alone(two, home: Path):
    one, _ = two
    for name, words in (
        ("empty.git", "is empty now"),
        ("other.git", "no longer has your last sync"),
        ("code.git", "something other than a journal"),
    ):
        bare(home, name)
        if name != "empty.git":
            other_history(home / name, "journal.toml" if name == "other.git" else "main.c")
        (home / REMOTE).rename(home / "kept.git")
        (home / name).rename(home / REMOTE)
        assert words in refused(one, "sync")
        (home / REMOTE).rename(home / name)
        (home / "kept.git").rename(home / REMOTE)


def other_history(repository: Path, name: str) -> None:
    carrier = git.Repository(repository, os.environ)
    commit = carrier.commit({name: b"format = 1\n"}, "")
    carrier.put(git.BRANCH, commit)


def test_a_journal_of_a_newer_followme_and_a_giant_are_left_alone(
    two, home: Path, monkeypatch: pytest.MonkeyPatch
):
    one, _ = two
    carrier = git.Repository(home / REMOTE, os.environ)
    head = carrier.at(git.BRANCH)
    carrier.put(git.BRANCH, carrier.commit({"journal.toml": b"format = 2\n"}, head))
    assert "has format 2" in refused(one, "sync")
    carrier.put(git.BRANCH, head)
    monkeypatch.setattr(sync_round, "MOST_BYTES", 10)
    assert "too many to read" in refused(one, "sync")


def test_other_files_of_the_remote_stay_as_they_are(two, home: Path):
    one, other = two
    carrier = git.Repository(home / REMOTE, os.environ)
    files = {
        "journal.toml": one.journal.read_bytes(),
        "README.md": b"Mine.\n",
        "prompts/notes/é.txt": b"Too.\n",
    }
    carrier.put(git.BRANCH, carrier.commit(files, carrier.at(git.BRANCH)))
    one("note", "Here")
    for each in (one, other, one):
        assert each("sync").code == 0
    there = carrier.files(carrier.at(git.BRANCH))
    assert {*there} == {*files}
    assert all(carrier.read(there[path][0]) == files[path] for path in ("README.md", "prompts/notes/é.txt"))
    entry = one("list", "--set", "note").rows[0][0]
    assert one("delete", entry, "--purge", "--yes").code == 0
    assert one("sync").code == 0
    assert commits(home) == [git.REPLACES]
    assert {*carrier.files(carrier.at(git.BRANCH))} == {*files}


def test_a_remote_that_has_only_other_branches_is_left_alone(two, home: Path):
    one, _ = two
    url = bare(home, "other.git")
    carrier = git.Repository(url, os.environ)
    carrier.put("refs/heads/master", carrier.commit({"main.c": b""}, ""))
    assert "none named main" in refused(one, "sync", "--init", str(url), "--yes")
    assert carrier.at(git.BRANCH) == ""


def test_a_host_that_refuses_is_quoted_and_the_next_sync_goes_on(two, home: Path):
    one, other = two
    hook = home / REMOTE / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    one("note", "Refused")
    done = one("sync")
    assert done.code == 1
    assert "The repository refused what was sent. Try again later. git says: ! [remote rejected]" in done.err
    hook.unlink()
    assert one("sync").code == other("sync").code == 0
    assert "Refused" in notes(other)


def test_what_a_killed_git_left_stops_no_later_sync(two):
    one, other = two
    with one.there() as run:
        carrier = run.paths.carrier
    left = ("config.lock", "HEAD.lock", "refs/followme/synced.lock", "refs/followme/remote.lock")
    objects = carrier / "objects" / "pack" / "tmp_pack_x"
    for path in (*(carrier / name for name in left), objects):
        path.write_bytes(b"")
    one("note", "Here")
    assert one("sync").code == other("sync").code == 0
    assert not objects.exists()
    # Git makes the head before the folders of the objects.
    shutil.rmtree(carrier / "objects" / "info")
    assert one("sync").code == 0
    assert notes(one) == notes(other)


def test_a_machine_without_git_is_told(two, home: Path):
    one, _ = two
    with one.there() as run:
        done = run("sync", environ={"PATH": str(home / "nowhere")})
    assert done.code == 1
    assert "There's no git on this machine" in done.err


def test_variables_that_lead_git_elsewhere_do_nothing(two, home: Path, run: Run):
    one, _ = two
    elsewhere = bare(home, "elsewhere.git")
    one("note", "Here")
    with one.there() as there:
        environ = {
            "PATH": os.environ["PATH"],
            "GIT_DIR": str(elsewhere),
            "GIT_INDEX_FILE": str(home / "index"),
            "GIT_OBJECT_DIRECTORY": str(elsewhere / "objects"),
        }
        assert there("sync", environ=environ).code == 0
    assert not list((elsewhere / "objects").glob("??/*"))


def test_two_syncs_at_once_are_one(two):
    one, _ = two
    with one.there() as run:
        lock = FileLock(run.paths.carrier.with_suffix(".lock"))
        lock.acquire()
    try:
        assert "Another sync of this journal is running" in refused(one, "sync")
    finally:
        lock.release()


def test_damage_here_is_told_with_the_way_on(two):
    one, other = two
    other("note", "There")
    other("sync")
    sound = one.journal.read_bytes()
    one.journal.write_bytes(b"broken\n" + sound)
    assert "can't read the lines there" in (said := refused(one, "sync"))
    assert said.endswith("followme doctor\n")
    # A damaged part among the entries is carried as it is.
    one.journal.write_bytes(sound + b'\n[[entry]]\nid = """\n')
    assert "1 part can't be read and comes as it is" in one("sync").err
    assert "There" in notes(one)


def test_a_path_is_the_same_repository_in_every_folder(home: Path, monkeypatch: pytest.MonkeyPatch):
    bare(home)
    one = machine(home, "one", monkeypatch)
    one("note", "Here")
    monkeypatch.chdir(home)
    assert f"{home / REMOTE} will carry" in one("sync", "--init", f"./{REMOTE}", "--yes").err
    monkeypatch.chdir(one.home)
    one("note", "There")
    assert one("sync").err == SYNCED.format("nothing", "1 note")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://me:hunter2@host.example/j.git", "https://***@host.example/j.git"),
        ("https://hunter2@host.example/j.git", "https://***@host.example/j.git"),
        ("HTTPS://me:hunt@er2@host.example/j.git", "HTTPS://***@host.example/j.git"),
        ("ssh://git:hunter2@host.example/j.git", "ssh://git:***@host.example/j.git"),
        ("https://host.example/j.git?token=hunter2", "https://host.example/j.git?***"),
        ("git@host.example:me/j.git", "git@host.example:me/j.git"),
        ("ssh://git@host.example/j.git", "ssh://git@host.example/j.git"),
    ],
)
def test_no_password_in_an_address_is_shown(url: str, told: str):
    assert git.shown(url) == told
    assert git.shown(f"fatal: unable to access '{url}': x") == f"fatal: unable to access '{told}': x"
    assert git.has_secret(url) == (url != told)


def test_a_password_in_the_address_is_neither_printed_nor_noted_for_home(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    one = machine(home, "one", monkeypatch)
    one("note", "Here")
    done = one("sync", "--init", "https://me:hunter2@127.0.0.1:1/j.git", "--yes")
    assert done.code == 1
    assert "The address holds a password or token. It's kept in" in done.err
    assert "hunter2" not in done.err
    assert "hunter2" not in "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in one.state.rglob("*") if path.is_file()
    )


def test_a_sync_that_dies_while_it_renews_the_backups_is_finished_by_the_next(
    two, monkeypatch: pytest.MonkeyPatch
):
    one, other = two
    purge_elsewhere(one, other, 0)
    with monkeypatch.context() as patch:
        patch.setattr(purge, "from_drafts", interrupted)
        assert other("sync", "--yes").code != 0
    assert "Removed from 4 backups." in other("sync", "--yes").err
    # The log begins anew, so that no digest in it could confirm a guess.
    assert "deleted for good" in other("undo", "--yes").err
    one("sync")
    assert [each("sync").err for each in (other, one)] == ["Nothing new, here or there.\n"] * 2


def test_words_removed_on_one_machine_are_offered_to_go_from_the_backups_of_the_other(two):
    one, other = two
    entry, later = (row[0] for row in other("list", "--set", "note").rows)
    assert other("delete", later, "--yes").code == 0
    assert other("undo", "--yes").code == 0
    other("sync")
    one("sync")
    assert one("delete", entry, "--purge", "--yes").code == 0
    words = next(row[8] for row in other("list", "--set", "note").rows if row[0] == entry).encode()
    assert one("sync").code == 0
    done = other("sync")
    assert "Another machine removed words for good." in done.err
    assert done.err.endswith("followme sync --yes\n")
    kept = [path for path in other.state.rglob("*.toml") if words in path.read_bytes()]
    assert kept
    # It's asked again until there is an answer.
    again = other("sync", "--yes")
    assert again.err.endswith(f"Removed from {len(kept)} backups.\n")
    assert "The remote" not in again.err
    assert not [path for path in other.state.rglob("*.toml") if words in path.read_bytes()]
    assert other("sync").err == "Nothing new, here or there.\n"
    assert one("sync").err == "Nothing new, here or there.\n"


def test_a_sync_that_dies_after_a_purge_elsewhere_still_prunes_and_offers(
    two, monkeypatch: pytest.MonkeyPatch
):
    one, other = two
    purge_elsewhere(one, other, 1)
    with monkeypatch.context() as patch:
        real = git.Repository.put

        def dies(self: git.Repository, ref: str, commit: str) -> None:
            real(self, ref, commit)
            raise KeyboardInterrupt

        patch.setattr(git.Repository, "put", dies)
        assert other("sync").code != 0
    assert "Removed from" in other("sync", "--yes").err
    assert b"From one" not in b"".join(objects(other.state / "sync"))


def test_a_forgotten_entry_loses_its_words_in_the_backups_of_the_other_machine(two):
    one, other = two
    other("edit", "last", "--answer", "note=From other, edited", "--yes")
    other("sync")
    one("sync")
    assert one("--yes", "forget", "--before", "2026-12-01").code == 0
    one("sync")
    assert "Removed from" in other("sync", "--yes").err
    texts = b"".join(path.read_bytes() for path in other.state.rglob("*.toml"))
    assert b"From " not in texts
    assert b"forgotten" in texts


def test_the_clone_is_packed_now_and_then(two, monkeypatch: pytest.MonkeyPatch):
    one, other = two
    monkeypatch.setattr(git, "LOOSE", 12)
    counts = []
    for number in range(8):
        one("note", f"Note {number}")
        assert one("sync").code == 0
        counts.append(len(list((one.state / "sync").rglob("objects/??/*"))))
    assert max(counts) <= 12
    assert 0 in counts
    assert other("sync").code == 0
    assert notes(one) == notes(other)


def test_sets_whose_names_differ_by_case_never_overwrite_each_other(two):
    one, other = two
    for of, names in ((one, {"mine": "A"}), (other, {"Mine": "B", "mine": "C"})):
        with of.there() as run:
            for name, title in names.items():
                (run.prompts / f"{name}.toml").write_text(f'title = "{title}"\n', encoding="utf-8")
    one("sync")
    said = other("sync").err
    assert "can't tell Mine.toml from mine.toml, so Mine.toml stays here alone" in said
    one("sync")
    found = []
    for each in two:
        with each.there() as run:
            found.append({path.read_text(encoding="utf-8") for path in run.prompts.iterdir()})
    assert found == [{'title = "A"\n', 'title = "C"\n'}, {'title = "A"\n', 'title = "B"\n', 'title = "C"\n'}]
    assert other("sync").err == "Nothing new, here or there.\n"


@pytest.mark.parametrize(
    ("here", "there", "known", "carried", "written"),
    [
        ({"a": b"1"}, {}, {}, {"a": b"1"}, {"a": b"1"}),
        ({}, {"a": b"1"}, {}, {"a": b"1"}, {"a": b"1"}),
        ({"a": b"2"}, {"a": b"1"}, {"a": b"1"}, {"a": b"2"}, {"a": b"2"}),
        ({"a": b"1"}, {"a": b"2"}, {"a": b"1"}, {"a": b"2"}, {"a": b"2"}),
        # On a disk where case doesn't count, the file keeps its name, and the remote its own.
        ({"a": b"2"}, {"A": b"1"}, {"A": b"1"}, {"A": b"2"}, {"a": b"2"}),
        ({"a": b"1"}, {"A": b"2"}, {"A": b"1"}, {"A": b"2"}, {"a": b"2"}),
        ({"a": b"1"}, {"A": b"2", "a": b"1"}, {}, {"A": b"2", "A-6b86b": b"1"}, {"a": b"2", "A-6b86b": b"1"}),
    ],
)
def test_prompt_sets_are_merged_three_ways(here, there, known, carried, written):
    assert merged_sets(here, there, known)[:2] == (carried, written)
