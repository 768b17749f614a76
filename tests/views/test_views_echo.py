"""The end of a reflection, in words."""

from __future__ import annotations

from datetime import date

from followme.insight.echo import Echo
from followme.model import Promise
from followme.views.echo import sentences
from rows import each_row

FRIDAY = date(2026, 11, 20)


@each_row(
    ("parts", "day", "surely", "words"),
    [
        ({}, date(2026, 11, 27), True, "Next Friday you'll be asked: call Ana."),
        ({}, date(2026, 11, 27), False, "Open for next Friday: call Ana."),
        ({}, date(2026, 12, 4), False, "Open for Fri, Dec 4: call Ana."),
        ({"who": "Jonas"}, None, False, "Open for next time: whether Jonas took it on: call Ana."),
        ({"kind": "ask", "to": "Ana"}, None, True, "Next time you'll be asked what Ana answered: call Ana."),
        (
            {"kind": "ask", "to": "Ana", "text": "Ask Ana whether it helps"},
            None,
            True,
            "Next time you'll be asked what Ana answered: whether it helps.",
        ),
        (
            {"who": "Jonas"},
            date(2026, 12, 4),
            True,
            "On Fri, Dec 4 you'll be asked whether Jonas took it on: call Ana.",
        ),
    ],
)
def test_it_says_what_is_asked_and_when_and_claims_no_more_than_is_sure(parts, day, surely, words):
    promise = Promise(**{"ref": "p1", "text": "call Ana."} | parts)
    assert list(sentences(Echo(comes_back=((promise, day),), surely=(promise,) * surely), FRIDAY)) == [words]
