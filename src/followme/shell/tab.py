"""The Tab key: what may stand next on a command line, for each shell, and the lines that tell a shell to ask."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import typer.core

from followme.env import Env
from followme.env.folders import shipped
from followme.shell import offers

SHELLS = ("bash", "zsh", "fish")
"""The shells that know how to ask; the lines of each are in a shipped file with its name."""

NONE = "''"
"""What a shell reads where it should offer neither words nor files."""

_SHELL: Any = sys.modules[typer.core.CompletionItem.__module__].ShellComplete  # type: ignore[attr-defined]
_UNSAFE = re.compile(r"[^\w@%+:,./-]")


def lines(shell: str) -> str:
    """Return the lines that let this shell ask what Tab offers."""
    return (shipped("completion") / shell).read_text(encoding="utf-8")


def offered(root: Any, env: Env, shell: str, words: Sequence[str]) -> list[str]:
    """Return the lines for this shell, one for each word that may stand in place of the last one.

    NONE alone means that no word begins like the last one, and an empty list that it may be a file. Stored text in them
    is harmless.
    """
    # Bash cuts `--set=weekly` into three words.
    *given, begun = [word for word in words if word != "="] + [""] * (words[-1] == "=")
    option, equals, value = begun.partition("=") if begun.startswith("--") else ("", "", "")
    if equals:
        found = offered(root, env, shell, [*given, option, value])
        return found if found == [NONE] else [f"{option}={line}" for line in found]
    if given[:1] == ["demo"]:
        env.show_demo()
        given = given[1:]
    known = offers.offers(env, given, begun)
    if known is not None:
        return [_line(shell, *each) for each in known] or [NONE]
    asked = SimpleNamespace(cli=root, ctx_args={"obj": env}, prog_name=root.name)
    items = _SHELL.get_completions(asked, given, begun)
    if any(item.type in ("file", "dir") for item in items):
        return []
    if not items and begun and _SHELL.get_completions(asked, given, ""):
        return [NONE]
    return [_line(shell, item.value, item.help or "") for item in items]


def _line(shell: str, word: str, meaning: str) -> str:
    if shell == "bash":
        return _UNSAFE.sub(r"\\\g<0>", word)
    if shell == "zsh":
        return re.sub(r"[:\\]", r"\\\g<0>", word) + f":{meaning}" * bool(meaning)
    return f"{word}\t{meaning}" if meaning else word
