"""docs/writing-questions.md: its examples are what it says of them, and it names every setting and every kind."""

from __future__ import annotations

import re
from pathlib import Path

from followme.env.folders import shipped_prompts
from followme.kinds import KINDS
from followme.model import PromptSet, Question, Section
from followme.promptfile import reader, timing
from followme.promptfile.craft import examine, remarks
from followme.promptfile.example import example
from followme.promptfile.load import load
from running import Run
from test_docs_examples import fences, names, rows, text_of

PAGE = "docs/writing-questions.md"


def remarked(words: str) -> bool:
    """Whether something is remarked on this wording of an open question."""
    question = Question(key="one", kind="text", ask=words, variants=("What?", "Which?"))
    found = PromptSet(
        name="own", title="Own", minutes=2, sections=(Section(title="One", questions=(question,)),)
    )
    return bool(list(remarks(found)))


def pairs(after_words: str) -> list[list[str]]:
    """The rows of the table that follows these words."""
    _, _, after = text_of(PAGE).partition(after_words)
    table = re.findall(r"^\|.*\|$", re.split(r"\n\n(?!\|)", after.lstrip("\n"))[0], re.MULTILINE)[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table]


SEEN = pairs("These befores get a remark from `prompts check`:")
UNSEEN = pairs("And these are what no checker sees:")


SKIP_THE_REST = ("--skip", "visit-said", "--skip", "visit-credit", "--skip", "promise")


def test_there_are_examples():
    assert len(SEEN) >= 5
    assert len(UNSEEN) >= 5


def test_a_before_gets_a_remark_where_the_page_says_so_and_an_after_never():
    assert [before for before, *_ in SEEN if not remarked(before)] == []
    assert [before for before, *_ in UNSEEN if remarked(before)] == []
    assert [after for _, after, *_ in SEEN + UNSEEN if remarked(after)] == []


def test_the_whole_set_has_no_fault_and_no_remark(tmp_path: Path):
    (text,) = fences(PAGE, "toml")
    path = tmp_path / "visit.toml"
    path.write_text(text, encoding="utf-8")
    assert examine(path)[1] == []


def test_the_whole_set_is_found_by_name_in_the_folder_of_own_sets(run: Run):
    (text,) = fences(PAGE, "toml")
    (run.prompts / "visit.toml").write_text(text, encoding="utf-8")
    assert run("reflect", "visit", "--answer", "visit-mood=3", *SKIP_THE_REST).code == 0
    assert run.entries[-1]["set"] == "visit"


def test_the_first_lines_write_check_and_ask_a_set(run: Run):
    """The line with `edit` needs a terminal, and says so."""
    codes = [run(*line.split()[1:]).code for line in fences(PAGE, "console")[0].splitlines()[:-1]]
    assert codes == [0, 2, 0]
    assert run("reflect", "friday", "--skip", "moment").code == 2  # Asked for an answer to the others.


def test_every_setting_is_explained_here_and_in_the_example():
    settings = {*reader._SET, *reader._SECTION, *reader._COMMON, *reader._SETTINGS, *reader._TESTS}
    told = {
        each
        for part in names(re.sub(r"(?ms)^```.*?^```$", "", text_of(PAGE)))
        for each in re.findall(r"\w+", part)
    }
    assert settings - told == set()
    assert {each for each in settings if not re.search(rf"\b{each}\b", example("All"))} == set()


def test_the_seconds_are_those_that_are_counted():
    told = {
        names(row[0])[0]: [int(each) for each in re.findall(r"\d+", row[2])]
        for row in rows(PAGE, "## Choosing the kind")
    }
    assert set(told) == set(KINDS)
    for kind, seconds in told.items():
        plain = Question(key="one", kind=kind, ask="What?")
        full = Question(key="one", kind=kind, ask="What?", fact=True)
        other = Question(key="one", kind=kind, ask="What?", promise="ask")
        counted = [KINDS[kind].seconds(full), KINDS[kind].seconds(plain), KINDS[kind].seconds(other)]
        assert list(dict.fromkeys(counted)) == seconds
    assert (
        f"Opening takes {timing.OPENING} seconds, the summary {timing.SUMMARY}, "
        f"and each week that is shown first {timing.WEEK}."
    ) in " ".join(text_of(PAGE).split())


def test_the_readme_tells_the_minutes_of_every_set_and_which_are_private():
    told = re.findall(r"^\| `([\w-]+)` \| (\d+) \| (.*) \|$", text_of("README.md"), re.MULTILINE)
    shipped = [load(path) for path in shipped_prompts().glob("*.toml")]
    assert {(name, int(minutes)) for name, minutes, _ in told} == {
        (each.name, each.minutes) for each in shipped
    }
    assert {name for name, _, words in told if "private" in words} == {
        each.name for each in shipped if each.private
    }
