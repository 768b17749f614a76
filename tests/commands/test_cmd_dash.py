"""`-` is stdin or stdout wherever a text or a file is expected."""

from __future__ import annotations

import pytest

from followme.promptfile.example import example
from rows import each_row
from sets import skips

OTHERS = skips("weekly", "moment")
PROMISE = skips("weekly", "promise")


def test_a_note_is_on_stdin(run):
    assert run("note", "-", stdin="Ana stayed.\n").code == 0
    assert run("note", stdin="Ben too.\n").code == 0
    assert [entry["answer"][0]["reply"] for entry in run.entries] == ["Ana stayed.", "Ben too."]


def test_a_dash_beside_other_words_is_a_word(run):
    assert run("note", "-", "Ana", "stayed", stdin="no").code == 0
    assert run("note", "--", "Ana - again").code == 0
    assert [entry["answer"][0]["reply"] for entry in run.entries] == ["- Ana stayed", "Ana - again"]


@each_row("data", ["", "\n", " \r\n\n"])
def test_an_empty_stdin_is_an_empty_note(run, data):
    done = run("note", "-", stdin=data)
    assert done.code == 2
    assert done.err.startswith("The note is empty, so nothing was saved.")
    assert not run.journal.exists()


def test_one_answer_is_on_stdin(run):
    assert run("reflect", "--answer", "moment=-", *OTHERS, stdin="Ana stayed.\nLate.\n").code == 0
    assert run.entries[0]["answer"][0]["reply"] == "Ana stayed.\nLate."


def test_what_became_of_a_promise_is_on_stdin(run):
    assert run("reflect", "--answer", "promise=Call Ben", *PROMISE).code == 0
    assert run("promises", "close", "p1", "--partly", "--note", "-", stdin="one\ntwo\n").code == 2
    assert run("promises", "close", "p1", "--partly", "--note", "-", stdin="He was out.\n").code == 0
    assert run.entries[-1]["outcome"][0]["note"] == "He was out."


@each_row(
    "argv",
    [
        ["--answers", "-", "--answer", "moment=-"],
        ["--answer", "moment=-", "--answer", "authority=-"],
    ],
)
def test_one_thing_is_on_stdin(run, argv):
    done = run("reflect", *argv, stdin="moment = 'x'")
    assert (done.code, done.out) == (2, "")
    assert done.err == "Only one thing can come from stdin, so nothing was saved. Leave one - out.\n"
    assert not run.journal.exists()


def test_a_prompt_set_to_check_is_on_stdin(run):
    done = run("prompts", "check", "-", stdin=example("Mine"))
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("stdin has no problems.")
    done = run("prompts", "check", "-", stdin='title = "Mine"\nnonsense = 3\n')
    assert done.code == 1
    assert "stdin:2: nonsense: " in done.err
    assert run("prompts", "check", "-", stdin=b"\xff").err.startswith("stdin:1: the file isn't UTF-8 text")


def test_a_new_prompt_set_goes_to_stdout(run):
    done = run("prompts", "new", "-")
    assert (done.code, done.err) == (0, "")
    assert done.out == example("My own")
    assert list(run.prompts.iterdir()) == []


@pytest.mark.parametrize("argv", [["export"], ["remind", "--ics"]])
def test_what_is_written_goes_to_stdout_or_to_a_file_of_that_name(run, argv):
    run("note", "Ana stayed.")
    piped = run(*argv, "-")
    assert piped.code == 0
    assert piped.out
    assert not (run.home / "-").exists()
    assert run(*argv, "./-").code == 0
    assert (run.home / "-").read_bytes().decode() == piped.out


@each_row("verb", ["note x", "list", "doctor", "export", ""])
def test_a_journal_is_a_file(run, verb):
    sentence = "The journal can't be on stdin or stdout. Name a file.\n"
    for argv, environ in ((["--journal", "-"], {}), ([], {"FOLLOWME_JOURNAL": "-"})):
        done = run(*argv, *verb.split(), environ=environ)
        assert (done.code, done.out, done.err) == (2, "", sentence)
    assert list(run.home.glob("-*")) == []
