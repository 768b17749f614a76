"""The page of HTML in a browser: it loads and runs nothing, anyone can read it, and no week is torn apart on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exports.test_export_html import HOSTILE_WORDS, with_words
from exports.test_export_markdown import HOSTILE, LAST_WEEK, NOTES, THIS_WEEK
from followme.exports import Options, format_named
from followme.exports.html import write_numbers
from followme.insight.numbers import numbers_of
from followme.journal.file.reading import read
from held import exported, leaving

pytestmark = pytest.mark.slow

DEMO = Path(__file__).parents[2] / "demo" / "journal.toml"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed here")
    program = shutil.which("chromium")
    if not program:
        pytest.skip("chromium is missing (Debian: chromium)")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of two years."""
    page = tmp_path_factory.mktemp("html") / "demo.html"
    text = b"".join(format_named("html")(leaving(read(DEMO).entries), Options())).decode()
    page.write_text(text, encoding="utf-8")
    return page


def seen(browser: Any, page: Path, **context: Any) -> tuple[Any, list[str]]:
    """The page as it is opened, and everything that it asked for or complained of."""
    tab = browser.new_context(**context).new_page()
    events: list[str] = []
    tab.on("console", lambda message: events.append(message.text))
    tab.on("pageerror", lambda error: events.append(str(error)))
    tab.on("dialog", lambda dialog: events.append(dialog.message))
    tab.on("request", lambda request: events.append(request.url))
    tab.goto(page.as_uri())
    events.remove(page.as_uri())
    return tab, events


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_nothing_is_loaded_or_wider_than_the_screen(browser: Any, demo: Path, scheme: str, width: int):
    tab, events = seen(browser, demo, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert events == []
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_hostile_words_do_nothing(browser: Any, tmp_path: Path):
    page = tmp_path / "hostile.html"
    hostile = [HOSTILE, LAST_WEEK, *map(with_words, HOSTILE_WORDS)]
    page.write_text(exported("html", hostile, private=True), encoding="utf-8")
    tab, events = seen(browser, page)
    tab.wait_for_timeout(300)
    assert events == []
    assert tab.evaluate("document.scripts.length + document.images.length") == 0
    assert HOSTILE_WORDS[0] in tab.inner_text("main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(browser: Any, tmp_path: Path, scheme: str):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe isn't installed here")
    entries = read(DEMO).entries[-16:]
    small = exported("html", (LAST_WEEK, THIS_WEEK, *NOTES), private=True)
    numbers = "".join(write_numbers(numbers_of(entries, entries[-1].day, ()), Options()))
    for name, text in (("demo", exported("html", entries)), ("small", small), ("numbers", numbers)):
        page = tmp_path / f"{name}.html"
        page.write_text(text, encoding="utf-8")
        # axe is a script, which the page's own policy would stop.
        tab, _ = seen(browser, page, color_scheme=scheme, bypass_csp=True)
        tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found = axe.Axe().run(tab).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_the_keyboard_reaches_the_weeks_first(browser: Any, demo: Path):
    tab, _ = seen(browser, demo)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('.ledger, .week') !== null")


@pytest.mark.parametrize(("paper", "width", "height"), [("A4", 176, 267), ("Letter", 182, 249)])
def test_on_paper_no_week_that_fits_a_page_is_split(
    browser: Any, demo: Path, paper: str, width: int, height: int
):
    pdf = pytest.importorskip("pypdfium2", reason="pypdfium2 isn't installed here")
    # The size of what is printed on a page, in pixels of 96 to an inch.
    tab, _ = seen(
        browser, demo, color_scheme="dark", viewport={"width": int(width * 96 / 25.4), "height": 900}
    )
    tab.emulate_media(media="print")
    weeks = tab.evaluate(
        "[...document.querySelectorAll('.week')].map(each => [each.querySelector('.iso').textContent, "
        "each.innerText.trim().split('\\n').pop().trim().slice(-20), each.getBoundingClientRect().height])"
    )
    document = pdf.PdfDocument(tab.pdf(format=paper))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    # The title of a year takes some of the page of its first week.
    fit = [(week, end) for week, end, tall in weeks if tall < height * 96 / 25.4 - 60]
    assert len(fit) > 70
    assert [week for week, end in fit if not any(week in page and end in page for page in pages)] == []
    # It's printed dark on white, whatever the screen is.
    assert bytes(document[1].render().buffer)[:3] == b"\xff\xff\xff"
    document.close()
