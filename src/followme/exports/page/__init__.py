"""The template of the page, which cleans and escapes every value, and what it needs to write one."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from itertools import islice
from types import CodeType
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, compiler
from markupsafe import Markup, escape

from followme.clean import for_terminal
from followme.exports.figures import CELL, HEIGHT, WIDTH
from followme.exports.parts import EMPTY, made_lines, outcome_lines, title_of_later
from followme.insight.outline import OUTCOMES_TITLE, PROMISES_TITLE, Number

NAME = "page"
PAGE, STYLE = (f"{__path__[0]}/{NAME}.{ending}" for ending in ("html", "css"))

AT_ONCE = 500
"""How many values and the text between them are one piece of the page."""

AT_HAND = 1000
"""How many days and parts of promises are kept escaped, since they come again and again."""

PARAGRAPH = '</p>\n<p class="said" dir="auto">'
"""The markup between the paragraphs of a text."""

LINE = "<br>"
"""The markup between the lines of a paragraph."""

DOT = '</span> <span aria-hidden="true">·</span> <span>'
"""The markup between the parts of a line."""


class _Loader(SourceFileLoader):
    """Compiles the template as Python compiles a module: once, and kept in `__pycache__` if that can be written."""

    def __init__(self, environment: Environment):
        super().__init__(NAME, PAGE)
        self._environment = environment

    def template(self) -> Template:
        """Return the template."""
        code: Any = self.get_code(NAME)
        return Template.from_code(self._environment, code, self._environment.make_globals(None))

    def source_to_code(self, data: Any, path: Any, *_: Any) -> CodeType:  # type: ignore[override]
        """Return the code of the template with this text."""
        return self._environment.compile(data.decode(), NAME, path)

    def path_stats(self, path: str) -> dict[str, float]:
        """Return the size and the time that kept code must fit; the time changes with what compiles it, too."""
        facts, compilers = super().path_stats(path), super().path_stats(compiler.__file__)
        return {**facts, "mtime": facts["mtime"] + compilers["mtime"]}


def written(**parts: Any) -> Iterator[str]:
    """Yield the page with these parts, piece by piece; it has none of the others."""
    environment = Environment(
        autoescape=True,
        finalize=_cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "said": _said,
        "dotted": _dotted,
        "links": _links,
        "ends": _ends,
        "made_lines": made_lines,
        "outcome_lines": outcome_lines,
        "later_title": title_of_later,
    }
    loader = _Loader(environment)
    # A browser makes the digest of line feeds, whatever a checkout has.
    style = loader.get_data(STYLE).decode().replace("\r\n", "\n")
    none = dict.fromkeys(("years", "index", "ledger", "keys", "table", "endings", "curves"), ())
    page = loader.template().generate(
        {"strip": None, "kept": ""} | none | parts,
        style=Markup(style),
        digest=b64encode(sha256(style.encode()).digest()).decode(),
        figure={"width": WIDTH, "height": HEIGHT, "cell": CELL},
        words={"promises": PROMISES_TITLE, "outcomes": OUTCOMES_TITLE, "empty": EMPTY},
    )
    while piece := "".join(islice(page, AT_ONCE)):
        yield piece


def _cleaned(value: object) -> object:
    """A value as it may be written: every text passes the gate, and what remains to do is escaping."""
    return for_terminal(value) if type(value) is str else value


@lru_cache(AT_HAND)
def _escaped(text: str) -> Markup:
    """A text, cleaned and escaped."""
    return escape(for_terminal(text))


def _said(text: str) -> Markup:
    """The paragraphs of a text, cleaned and escaped; if it has none, one that says so."""
    # As a plain text, since each step of the other kind would escape again.
    words = str(escape(for_terminal(text))).strip("\n")
    parts = re.split(r"\n(?:[ \t]*\n)+", words) if "\n" in words else [words]
    return Markup(PARAGRAPH.join([part.replace("\n", LINE) for part in parts if part.strip()]) or EMPTY)


def _links(answers: Iterable[tuple[str, str]]) -> Markup:
    """A link to each answer, by the days of its week; these are escaped, and its place is a name made here."""
    links = [f'<li><a href="#{place}">{_escaped(days)}</a></li>' for days, place in answers]
    return Markup("\n".join(links))


def _dotted(parts: Iterable[str]) -> Markup:
    """The parts of a line, cleaned and escaped."""
    return Markup(DOT.join(map(_escaped, parts)))


def _ends(number: Number) -> list[str]:
    """The two ends of a scale: "0 no days"."""
    return [f"{end} {label}" if label else str(end) for end, label in number.ends]
