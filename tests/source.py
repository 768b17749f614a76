"""Python that tests look through: what is read by several of them is parsed once in a process."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def tree_of(text: str) -> ast.Module:
    """The tree of a module. Whoever asks must not change it."""
    return ast.parse(text)


@cache
def nodes_of(text: str) -> tuple[ast.AST, ...]:
    """All nodes of that tree, as `ast.walk` finds them."""
    return tuple(ast.walk(tree_of(text)))


def nodes_in(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of a file."""
    return nodes_of(path.read_text(encoding="utf-8"))
