"""A prompt set of two questions whose words never change, and a sitting with it in a terminal."""

from __future__ import annotations

from pathlib import Path

from terminal import Terminal

SET = """
title = "Two"
[[section]]
title = "Both"
[[section.question]]
key = "went"
kind = "text"
ask = "What went well?"
[[section.question]]
key = "calm"
kind = "line"
ask = "Who was calm?"
"""

ALL = ("--answer", "went=Ana stayed for the demo.", "--answer", "calm=Ben")


def write_set(prompts: Path) -> None:
    """Put the set `two` into the folder of a person's own sets."""
    (prompts / "two.toml").write_text(SET)


def to_the_summary(window: Terminal, went: str = "Ana stayed.", calm: str = "Ben") -> None:
    """Answer both questions; what is left is to say what now."""
    reply(window, "What went well?", f"{went}\r")
    reply(window, "Who was calm?", f"{calm}\r")
    window.see("What now?")


def reply(window: Terminal, question: str, typed: str) -> None:
    """Wait until the question can be answered, and type; what is typed sooner, the system may drop."""
    window.see(question)
    window.answer("▎", typed)
