"""Streams: UTF-8 wherever they are no terminal, stdin read whole or refused, and closed ones that harm nothing."""

from __future__ import annotations

import codecs
import errno
import json
import os
import shlex
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from followme import cli
from followme.decoding import MOST_WORDS, text_of
from followme.env.streams import reader_left
from followme.shell import given
from rows import each_row, first_quick
from sets import skips

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no shell that closes streams")
needs_full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="Windows and macOS have no device that is always full"
)

WORDS = "Łukasz’s café – “naïve” → 日本 👩‍👧 ✓ …"
"""Signs of which cp1252 has some, and ASCII none."""

# --- What goes out ----------------------------------------------------------------------------------------

ENCODINGS = {
    "cp1252": {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}

VERBS = (
    *("", "list", "list --json", "show", "show --json", "export", "promises", "promises --json"),
    *("prompts list", "prompts show own", "prompts show own --json", "prompts check own", "prompts check bad"),
    *("config show", "config path", "remind --ics -", "remind cron", "doctor --json", "--help", "note --help"),
    *("lst", "list --sinze", "show Ł", "list --since ‘Ł’", "export --format ‘Ł’", "reflect Ł"),
)  # fmt: skip
"""Everything that prints, and ways to be refused."""

EVERY_VERB = f"""
import random, shlex
from datetime import datetime
from followme import cli
from followme.env import real_env

for verb in {VERBS!r}:
    env = real_env(cli.settings)
    env.now = lambda: datetime.fromisoformat("2026-11-20T16:04:11+01:00")
    print("=====", verb, flush=True)
    code = cli.main(shlex.split(verb), env)
    env.say(f"===== {{verb}}: {{code}}")
env.end(0)
"""

SET = f"""
title = "{WORDS}"
[[section]]
title = "{WORDS}"
[[section.question]]
key = "moment"
kind = "text"
ask = "{WORDS}?"
"""


@pytest.fixture
def full(run):
    """A home in which such signs stand wherever words can stand."""
    (run.prompts / "own.toml").write_text(SET, encoding="utf-8")
    (run.prompts / "bad.toml").write_text(f'title = "{WORDS}', encoding="utf-8")
    (run.prompts.parent / "config.toml").write_text(f'editor = "{WORDS}"\n', encoding="utf-8")
    assert run("note", WORDS).code == 0
    answers = f'promise = {{text = "{WORDS}", to = "Łukasz"}}'
    done = run("reflect", "--answers", "-", *skips("weekly", "promise"), stdin=answers)
    assert done.code == 0, done.err
    return run


def all_verbs(run, **environ: str) -> tuple[bytes, bytes]:
    """Both streams of a process that runs every verb."""
    (run.home / "every_verb.py").write_text(EVERY_VERB, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "every_verb.py"], capture_output=True, cwd=run.home, env=os.environ | environ
    )
    return done.stdout, done.stderr


@pytest.mark.slow
def test_every_verb_prints_utf_8_whatever_is_the_default(full):
    out, err = all_verbs(full, PYTHONUTF8="1")
    assert WORDS.encode() in out
    assert "‘Ł’".encode() in err
    assert b"Traceback" not in err
    assert b"\r" not in out.replace(b"\r\n", b"")
    for name, environ in ENCODINGS.items():
        assert all_verbs(full, **environ) == (out, err), name


def test_an_ascii_terminal_gets_json_with_every_sign_spelled_out(full, monkeypatch):
    class Terminal(TextIOWrapper):
        def isatty(self) -> bool:
            return True

    screen = Terminal(BytesIO(), "ascii", errors="strict", newline="\n")
    env = cli.real_env()
    env.now, env.stdout = (lambda: full.now), screen
    assert cli.main(["show", "last", "--json"], env) == 0
    screen.flush()
    assert json.loads(screen.buffer.getvalue().decode("ascii")) == json.loads(full("show", "--json").out)


# --- What comes in ----------------------------------------------------------------------------------------

READ = {
    "UTF-8": WORDS.encode(),
    "UTF-8 with a mark": WORDS.encode("utf-8-sig"),
    "UTF-16 from PowerShell": codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
    "UTF-16 the other way around": codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
}

REFUSED = {
    "cp1252": "café – naïve".encode("cp1252"),
    "UTF-8 that breaks off": WORDS.encode()[:1],
    "UTF-16 without a mark": "cafe".encode("utf-16-le"),
    "UTF-16 that breaks off": codecs.BOM_UTF16_LE + b"a\x00b",
    "UTF-16 with half a sign": codecs.BOM_UTF16_LE + b"\x00\xd8",
    "UTF-32": "cafe".encode("utf-32"),
    "a surrogate in UTF-8": b"\xed\xa0\x80",
    "a zero": b"a\x00b",
    "a program": b"\x7fELF\x02\x01\x01\x00",
}


@pytest.mark.parametrize("environ", first_quick(ENCODINGS.values()), ids=ENCODINGS)
def test_a_note_from_a_pipe_is_stored_as_it_came(run, environ):
    done = run.process("note", stdin=WORDS.encode(), environ=environ)
    assert (done.returncode, done.stderr) == (
        0,
        b"Noted. You'll see it at the start of your next reflection.\n",
    )
    assert run.entries[0]["answer"][0]["reply"] == WORDS
    assert run.process("note", stdin=b"caf\xe9", environ=environ).returncode == 2
    assert len(run.entries) == 1


@posix
@pytest.mark.parametrize("environ", first_quick(ENCODINGS.values()), ids=ENCODINGS)
def test_a_note_of_the_command_line_is_stored_as_it_was_typed(run, environ):
    argv = [sys.executable, "-m", "followme", "note", WORDS.encode()]
    assert (
        subprocess.run(argv, cwd=run.home, env=os.environ | environ, stderr=subprocess.DEVNULL).returncode
        == 0
    )
    assert run.entries[0]["answer"][0]["reply"] == WORDS


@each_row("data", READ.values())
@each_row("end", ["", "\n", "\r\n"])
def test_bytes_that_say_what_they_are_become_text(run, data, end):
    end = end.encode("utf-16")[2:] if data.startswith(codecs.BOM_UTF16_LE) else end.encode()
    assert text_of(data) == WORDS
    if not data.startswith(codecs.BOM_UTF16_BE):
        assert run("note", stdin=data + end).code == 0
        assert run.entries[-1]["answer"][0] == {
            "key": "note", "kind": "line", "question": "Note", "reply": WORDS
        }  # fmt: skip


@each_row("data", REFUSED.values())
@each_row("argv", [["note"], ["note", "-"], ["reflect", "--answers", "-"]])
def test_bytes_that_are_no_text_store_nothing(run, data, argv):
    done = run(*argv, stdin=data)
    sentence = "Stdin isn't UTF-8 text, so nothing was saved. Save it as UTF-8 and try again.\n"
    assert (done.code, done.out, done.err) == (2, "", sentence)
    assert not run.journal.exists()


@each_row(
    "argv",
    [["note", "caf\udce9"], ["note", "it", "was", "\udcff"], ["promises", "close", "p1", "--kept", "--note", "\udcff"]],
)  # fmt: skip
def test_words_that_are_no_text_store_nothing(run, argv):
    """Python hands over a byte of the command line that is no UTF-8 as half a sign."""
    done = run(*argv)
    assert (done.code, done.out) == (2, "")
    assert done.err == "The note isn't UTF-8 text, so nothing was saved. Write it in UTF-8.\n"
    assert not run.journal.exists()


def test_an_answer_of_the_command_line_that_is_no_text_stores_nothing(run):
    done = run("reflect", "--answer", "moment=caf\udce9")
    assert (done.code, done.out) == (2, "")
    assert "The answer to moment isn't UTF-8 text, so nothing was saved." in done.err
    assert not run.journal.exists()


LONGEST = "ä" * MOST_WORDS


@pytest.mark.parametrize(
    ("argv", "stdin"),
    first_quick([(["note"], LONGEST + "x"), (["note", LONGEST + "x"], ""), (["note", "-"], LONGEST * 2)]),
    ids=["piped", "argument", "dash"],
)
def test_a_note_too_long_is_refused(run, argv, stdin):
    done = run(*argv, stdin=stdin)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "The note has more than 1,000,000 characters, so nothing was saved. Shorten it or split it.\n"
    )
    assert not run.journal.exists()


def test_a_note_that_just_fits_is_kept_whole(run):
    assert run("note", stdin=LONGEST).code == 0
    assert run.entries[0]["answer"][0]["reply"] == LONGEST


def test_what_is_far_too_long_is_not_even_read(run):
    done = run("note", stdin=b"x" * (given.MOST_BYTES + 2))
    assert (done.code, done.err) == (2, "Stdin is larger than 16 MB, so nothing was saved. Shorten it.\n")
    assert not run.journal.exists()


# --- Closed, full, gone -----------------------------------------------------------------------------------

NOT_WRITTEN = "The output couldn't be written (Bad file descriptor), so it's incomplete.\n"
NOTED = "Noted. You'll see it at the start of your next reflection.\n"


def shell(run, verb: str, how: str) -> subprocess.CompletedProcess[str]:
    """Run followme as a shell does, with streams as it leaves them."""
    return subprocess.run(
        ["sh", "-c", f"exec {shlex.quote(sys.executable)} -m followme {verb} {how}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=run.home,
        env=os.environ | {"PYTHONPATH": str(Path(cli.__file__).parents[1]), "PYTHONSAFEPATH": "1"},
        stdin=subprocess.DEVNULL,
    )


@posix
@pytest.mark.parametrize("how", first_quick([">&-", "<&-", "2>&-", "<&- >&- 2>&-"]))
def test_a_note_is_stored_once_whatever_is_closed(run, how):
    done = shell(run, "note 'Ana stayed.'", how)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "" if "2>" in how else NOTED)
    assert [entry["answer"][0]["reply"] for entry in run.entries] == ["Ana stayed."]
    assert run.drafts == []


@posix
@needs_full
@pytest.mark.parametrize("how", first_quick(["2>/dev/full", ">/dev/full 2>/dev/full"]))
def test_a_note_is_stored_once_where_nothing_can_be_said(run, how):
    assert shell(run, "note 'Ana stayed.'", how).returncode == 0
    assert shell(run, f"reflect {' '.join(skips('weekly'))}", how).returncode == 0
    assert [entry["set"] for entry in run.entries] == ["note", "weekly"]


@posix
@pytest.mark.parametrize(
    ("verb", "how", "code", "err"),
    first_quick([
        ("note", "<&-", 2, "The note is empty, so nothing was saved. Try:\n  followme note 'what "
        "happened'\n"),
        ("list", ">&-", 1, NOT_WRITTEN),
        ("export", ">&-", 1, NOT_WRITTEN),
        ("-V", ">&-", 1, NOT_WRITTEN),
        ("list", ">&- 2>&-", 1, ""),
        ("lst", "2>&-", 2, ""),
        ("show 2026-W47", "2>&-", 0, ""),
        ("", "<&-", 0, ""),
        ("doctor", "<&- 2>&-", 0, ""),
    ]),
)  # fmt: skip
def test_a_closed_stream_is_no_fault_of_its_own(run, verb, how, code, err):
    assert run("note", "Ana stayed.").code == 0
    before = run.journal.read_bytes()
    done = shell(run, verb, how)
    assert (done.returncode, done.stderr) == (code, err)
    assert run.journal.read_bytes() == before


@posix
@needs_full
@pytest.mark.parametrize(
    ("verb", "code"), first_quick([("lst", 2), ("show nothing", 3), ("list --since soon", 2)])
)
def test_what_cannot_be_said_keeps_its_exit_code(run, verb, code):
    assert run("note", "Ana stayed.").code == 0
    assert shell(run, verb, "2>/dev/full").returncode == code


@pytest.mark.slow
@posix
@needs_full
@pytest.mark.parametrize("how", [">/dev/full", ">&-", ">/dev/full 2>/dev/full"])
def test_a_repair_is_done_once_where_its_report_cannot_be_written(run, how):
    assert run("note", "Ana stayed.").code == 0
    whole = run.journal.read_text(encoding="utf-8")
    more = whole[whole.rindex("[[entry]]") :].replace('id = "20', 'id = "19')
    run.journal.with_name("journal.toml~").write_text(f"{whole}\n{more}", encoding="utf-8")
    run.journal.write_text(f"{whole}\n[[entry]]\nhalf = ", encoding="utf-8")
    # What the editor kept is only good to know, and told on stdout.
    assert shell(run, "doctor --repair --yes", how).returncode == 0
    assert "half" not in run.journal.read_text(encoding="utf-8")
    assert "journal.toml~" in run("doctor").out
    # Nothing is left to be done, so only the report could not be written.
    assert shell(run, "doctor --repair --yes", how).returncode == 1


@pytest.mark.slow
@posix
def test_a_folder_that_was_removed_matters_only_to_what_is_in_it(run):
    def there(verb: str) -> subprocess.CompletedProcess[str]:
        (run.home / "gone").mkdir()
        moved = f"cd gone && rmdir ../gone && {shlex.quote(sys.executable)} -m followme {verb}"
        return subprocess.run(
            ["sh", "-c", moved],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=run.home,
            stdin=subprocess.DEVNULL,
        )

    done = there("note 'Ana stayed.'")
    assert (done.returncode, done.stderr) == (0, NOTED)
    assert "Ana stayed." in there("list").stdout
    for verb in ("--journal mine.toml note x", "--journal mine.toml list", "--journal mine.toml doctor"):
        done = there(verb)
        assert "Traceback" not in done.stderr
        assert done.returncode in (0, 1)
    done = there("--journal mine.toml note x")
    assert done.returncode == 1
    assert done.stderr == "The folder you're in was removed. Change to another one and try again.\n"
    assert len(run.entries) == 1


def test_a_pipe_without_a_reader_is_known_on_every_system():
    assert reader_left(BrokenPipeError(errno.EPIPE, "Broken pipe"))
    assert reader_left(OSError(errno.EINVAL, "Invalid argument"), windows=True)
    assert not reader_left(OSError(errno.EINVAL, "Invalid argument"), windows=False)
    assert not reader_left(OSError(errno.EINVAL, "Invalid argument", "some file"), windows=True)
    assert not reader_left(OSError(errno.ENOSPC, "No space left on device"), windows=True)
