"""The pictures in docs/images: what followme shows today, each on a page, small, and with nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

DOCS = Path(__file__).parents[1] / "docs"
IMAGES = DOCS / "images"
PAGES = (DOCS.parent / "README.md", DOCS / "screens.md")
MOST_BYTES = 300_000
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(
    "names",
    [
        ["home.svg", "question.svg"],
        ["end.svg", "promise.svg", "show.svg", "week-two.svg"],
        ["lookback.svg", "lookback-key.svg", "lookback-quarter.svg"],
    ],
    ids=" ".join,
)
def test_pictures_are_what_followme_shows(names: list[str], tmp_path: Path):
    subprocess.run([sys.executable, str(DOCS / "make_screens.py"), str(tmp_path), *names], check=True)
    fresh, kept = (
        [(folder / name).read_text(encoding="utf-8") for name in names] for folder in (tmp_path, IMAGES)
    )
    assert [*map(_words, fresh)] == [*map(_words, kept)], "make them anew with: python docs/make_screens.py"
    assert fresh == kept, "make them anew with: python docs/make_screens.py"


def test_every_picture_is_on_a_page_with_words_for_those_who_do_not_see_it():
    shown = [
        found for page in PAGES for found in re.findall(r"!\[([^]]*)\]\((\S+)\)", page.read_text("utf-8"))
    ]
    assert {Path(link).name for _, link in shown} == {path.name for path in IMAGES.iterdir()}
    assert all(len(words.split()) > 5 for words, _ in shown)


@pytest.mark.parametrize("path", sorted(IMAGES.iterdir()), ids=lambda path: path.name)
def test_a_picture_is_small_text_with_nothing_from_elsewhere(path: Path):
    text = path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert path.stat().st_size < MOST_BYTES
    assert set(re.findall(r"[a-z]+://[^\s\"']+", text)) == {"http://www.w3.org/2000/svg"}
    assert {each.tag for each in root.iter()} <= {
        SVG + tag for tag in "svg title desc style rect circle text g defs use".split()
    }
    assert all(each.get("href", "#").startswith("#") for each in root.iter())
    assert "prefers-color-scheme: dark" in text


def test_the_recording_stands_still_on_its_last_screen_for_who_wants_no_motion():
    """Its own style, without the animation, has the last screen in view."""
    text = (IMAGES / "week-two.svg").read_text(encoding="utf-8")
    at = r"translateX\((-?\d+)px\)"
    resting = re.search(rf"\.film {{ transform: {at}; animation: ", text)
    assert resting
    assert "@media (prefers-reduced-motion: reduce) { .film { animation: none } }" in text
    steps = [int(step) for step in re.findall(rf"% {{ transform: {at} }}", text)]
    assert steps == [-818 * at for at in range(len(steps))]
    assert int(resting[1]) == steps[-1]
    last = text.rpartition('<g transform="translate(')[2]
    assert last.startswith(f"{-steps[-1]})")
    rows = dict(re.findall(r'<g id="(r\d+)">\n(.*?)\n</g>\n(?=<g |</defs>)', text, re.DOTALL))
    assert "Press Enter to close." in "".join(rows[name] for name in re.findall(r"#(r\d+)", last))


def _words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)
