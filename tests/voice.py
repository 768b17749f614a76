"""How followme speaks, as far as that can be counted: words that have a better one, and the length of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followme.model import PromptSet

AVOID = (
    "pass(?:es|ed|ing)? over|pull(?:ed|s)? rank|mend(?:s|ed|ing)?",
    "somebody|nobody|anybody|everybody|whom|of which|so many|as it stands",
    # A key of the journal, which keeps its name.
    r"(?<![.\"'`])occasion(?![\"'`=:,)\]]| =)",
    "stands behind|a fault of its own|waits for its|lies in|is no (?:file|day|entry|ending|time|date)",
    "colour|licen[c]e|judgement|grey",
    "Enter (?:goes|takes|keeps|waits|changes|leaves|begins|saves|brings)",
)  # fmt: skip
"""Words that people don't say, or that have a better one."""

SELLING = r"customers?|clients?|deals?|quotas?|reps?|prospects?|pipelines?"
"""Words of selling, which one set alone has."""

MOST_WORDS = 25
MOST_SENTENCES = 2

_AVOID = re.compile(rf"\b(?:{'|'.join(AVOID)})\b", re.IGNORECASE)
_SELLING = re.compile(rf"\b(?:{SELLING})\b", re.IGNORECASE)
_ENDS = re.compile(r"[.?!](?=\s|$)")


def avoided(words: str) -> list[str]:
    """Return the words in a text that have a better one, in their order."""
    return [found[0] for found in _AVOID.finditer(words)]


def selling(words: str) -> list[str]:
    """Return the words of selling in a text."""
    return [found[0] for found in _SELLING.finditer(words)]


def sentences(words: str) -> int:
    """Return how many sentences a text has; one without a stop is one."""
    return max(1, len(_ENDS.findall(words)))


def spoken(prompt_set: PromptSet) -> Iterator[str]:
    """Yield every text of a set that a person reads, but for the old names of options."""
    yield from (prompt_set.title, prompt_set.about)
    for section in prompt_set.sections:
        yield from (section.title, section.intro)
        for each in section.questions:
            yield from (each.ask, *each.variants, each.hint, *each.offered, each.low_label, each.high_label)
