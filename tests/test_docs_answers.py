"""docs/answers-from-a-file.md: its examples are stored, and every form of an answer that it names is taken."""

from __future__ import annotations

import json
import shlex
import tomllib
from pathlib import Path

import pytest

from followme.kinds import KINDS
from followme.model import RESULTS
from rows import each_row
from running import Run
from sets import skips
from test_docs_examples import fences, names, rows, text_of

PAGE = "docs/answers-from-a-file.md"
ANSWERS, OUTCOME = fences(PAGE, "toml")
DAILY, DEAL = (shlex.split(block)[1:] for block in fences(PAGE, "console"))


def test_the_examples_are_stored(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    Path("answers.toml").write_text(ANSWERS, encoding="utf-8")
    assert (run(*DAILY).code, run(*DEAL).code) == (0, 0)
    daily, deal = run.entries
    assert [each.get("reply") for each in daily["answer"]] == [4, 2, 3, 1, None]
    assert len(deal["answer"]) == len(tomllib.loads(ANSWERS)) - 1
    assert deal["promise"][0]["to"] == "Ben"


QUESTIONS = {
    "text": "",
    "line": "",
    "choice": 'options = ["…", "other"]\n',
    "scale": 'low = 0\nhigh = 5\nlow_label = "none"\nhigh_label = "all"\nfact = true\n',
    "yesno": "",
    "several": 'options = ["…", "other"]\n',
    "list": "",
    "promise": "most = 3\n",
}
"""What a question of each kind needs besides the rest."""

FORMS = [
    (kind, form.replace('["…", "…"]', '["…"]'))
    for row in rows(PAGE, "## How each kind is answered")
    for kind in names(row[0])
    for form in names(row[1])
    if form != "false"
]
"""Each kind with each form that a file may have, as the page shows it."""


def test_the_page_has_every_kind():
    assert {kind for kind, _ in FORMS} == set(KINDS) == set(QUESTIONS)


@each_row(("kind", "form"), FORMS)
def test_a_file_takes_each_form(kind: str, form: str, run: Run):
    question = f'key = "one"\nkind = "{kind}"\nask = "What?"\n{QUESTIONS[kind]}'
    own = f'title = "Own"\n[[section]]\ntitle = "One"\n[[section.question]]\n{question}'
    (run.prompts / "own.toml").write_text(own, encoding="utf-8")
    done = run("reflect", "own", "--answers", "-", stdin=f"one = {form}\n")
    assert done.code == 0, done.err


SAID = names(text_of(PAGE).partition("and its `result`: ")[2].partition(".")[0])
"""The endings of a promise that the page names."""


def test_the_page_names_every_ending_that_can_be_given():
    assert set(SAID) == set(RESULTS) - {"replaced"}
    assert tomllib.loads(OUTCOME)["outcome"][0]["result"] in SAID


@each_row("ending", SAID)
def test_an_outcome_is_given_as_the_page_tells(ending: str, run: Run):
    some = ("reflect", "three-minutes", *skips("three-minutes", "promise"))
    run(*some, "--answer", "promise=Call legal")
    reference = json.loads(run("promises", "--json").out)["promises"][0]["reference"]
    answers = f'[[outcome]]\npromise = "{reference}"\nresult = "{ending}"\n'

    assert run(*some, "--skip", "promise", "--answers", "-", stdin=answers).code == 0
    assert run.entries[-1]["outcome"] == [{"promise": reference, "result": ending}]


def test_the_example_of_an_outcome_is_stored(run: Run):
    some = ("reflect", "three-minutes", *skips("three-minutes", "promise"))
    run(*some, "--answer", "promise=Call legal")
    reference = run.entries[-1]["id"] + "/p1"
    answers = OUTCOME.replace("20261113T150210-x4d9w/p1", reference)
    assert run(*some, "--skip", "promise", "--answers", "-", stdin=answers).code == 0
    assert run.entries[-1]["outcome"] == [{**tomllib.loads(OUTCOME)["outcome"][0], "promise": reference}]
