"""What every page claims: links lead somewhere, paths are there. Their examples run in test_docs_examples.py."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

import followme
from followme.env import VARIABLES
from voice import avoided

CHECKOUT = Path(__file__).parents[1]
PAGES = sorted(p for p in CHECKOUT.glob("*.md")) + sorted(CHECKOUT.glob("docs/**/*.md"))
README = CHECKOUT / "README.md"
OLD = ("CHANGELOG.md", "decisions.md")
START = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/followme"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"


@cache
def tokens(page: Path) -> list[Token]:
    """Everything on a page, also what stands inside its lines."""
    found = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    return [each for token in found for each in (token, *(token.children or ()))]


def links(page: Path) -> Iterator[str]:
    for token in tokens(page):
        if link := token.attrGet("href") or token.attrGet("src"):
            yield str(link)


def anchors(page: Path) -> set[str]:
    """The names of the headings, as the usual sites build them from the words."""
    found = iter(tokens(page))
    headings = [next(found).content for token in found if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", words).lower().replace(" ", "-") for words in headings}


def is_there(page: Path, link: str) -> bool:
    """Whether a link leads to a file, and to a heading in it where it names one; other sites are not visited."""
    place, _, anchor = link.partition("#")
    if "://" in place or place.startswith("mailto:"):
        return True
    target = (page.parent / place).resolve() if place else page
    return target.exists() and (not anchor or anchor in anchors(target))


def test_every_link_inside_the_project_leads_somewhere():
    assert [(page.name, link) for page in PAGES for link in links(page) if not is_there(page, link)] == []


def test_every_path_named_in_code_marks_exists():
    """A path in code marks is a claim; one with capitals in it, such as NAME.py, is a pattern."""
    rooms = ("src/", "tests/", "bench/", "docs/", "prompts/", ".ci/", ".github/")
    codes = ((page, token.content) for page in PAGES for token in tokens(page) if token.type == "code_inline")
    named = ((page.name, code.split(" ")[0]) for page, code in codes)
    claims = [
        (page, path) for page, path in named if path.startswith(rooms) and not re.search(r"[A-Z*…<]", path)
    ]
    assert [(page, path) for page, path in claims if not (CHECKOUT / path).exists()] == []


def test_every_name_said_to_be_in_a_file_is_in_it():
    """Such as `KINDS`, in `src/followme/kinds/__init__.py`, or in `kinds/__init__.py`, as a page says for short."""
    pattern = re.compile(r"`(\w+)`,? (?:in|of) `([a-z_/]+\.py)`")
    pages = {page.name: " ".join(page.read_text("utf-8").split()) for page in PAGES if page.name not in OLD}
    said = [(page, *each) for page, text in pages.items() for each in pattern.findall(text)]
    code = [(f"/{each.relative_to(CHECKOUT)}", each) for each in CHECKOUT.glob("[st]*/**/*.py")]

    def is_in(name: str, path: str) -> bool:
        files = (file for place, file in code if place.endswith(f"/{path}"))
        return any(re.search(rf"\b{name}\b", file.read_text("utf-8")) for file in files)

    assert len(said) > 20
    assert [(page, name, path) for page, name, path in said if not is_in(name, path)] == []


def test_every_variable_that_followme_reads_is_on_a_page():
    code = "".join(file.read_text("utf-8") for file in Path(followme.__file__).parent.rglob("*.py"))
    read = {*re.findall(r'"(FOLLOWME_[A-Z]+)"', code)}.union(*VARIABLES.values())
    assert len(read) > 6
    told = "".join(page.read_text("utf-8") for page in PAGES if page.name not in OLD)
    assert {name for name in read if f"`{name}" not in told} == set()


def test_no_page_has_a_word_that_has_a_better_one():
    """Words in code marks are no sentences, and what was written down long ago stays as it was."""
    told = ((page.name, *avoided(spoken_on(page))) for page in PAGES if page.name not in OLD)
    assert [words for words in told if len(words) > 1] == []


def spoken_on(page: Path) -> str:
    """The text of a page without its code."""
    return "\n".join(token.content for token in tokens(page) if token.type == "text")


def test_the_readme_prints_its_two_commands_once_each():
    lines = [line.strip() for line in README.read_text(encoding="utf-8").splitlines()]
    assert (lines.count(START), lines.count(TEST)) == (1, 1)


def test_the_changelog_opens_with_what_is_not_released_or_with_this_version():
    first = re.search(r"^## \[?([^\]\s]+)", (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert first
    assert first[1] in {"Unreleased", followme.__version__}


def test_the_changelog_keeps_to_its_six_headings():
    headings = re.findall(r"^### (.+)$", (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert set(headings) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_every_library_has_its_reason_in_the_decisions():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    decisions = (CHECKOUT / "docs" / "decisions.md").read_text(encoding="utf-8").lower()
    names = [re.split(r"[<>=; ]", line)[0].lower() for line in project["dependencies"]]
    assert [name for name in names if name not in decisions and name.replace("_", "-") not in decisions] == []
