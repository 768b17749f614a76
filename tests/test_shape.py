"""Files and functions stay short enough to be read in one go."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
FILES = sorted(SOURCE.rglob("*.py"))
MOST_LINES_OF_CODE, MOST_LINES_OF_A_FUNCTION = 250, 40

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(text: str) -> list[Function]:
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, Function)]


def docstring(node: ast.AST) -> ast.stmt | None:
    """The statement that is the docstring of a module, class or function."""
    owner = isinstance(node, ast.Module | ast.ClassDef | Function) and ast.get_docstring(node) is not None
    return node.body[0] if owner else None


def lines_of_code(text: str, node: ast.AST) -> set[int]:
    """The numbers of the lines below a node that hold code: no docstring, no comment, nothing empty."""
    told = {number for inner in ast.walk(node) if (said := docstring(inner)) for number in span(said)}
    lines = text.splitlines()
    written = {n for n, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#")}
    return (set(span(node)) if hasattr(node, "lineno") else written) & written - told


def span(node: ast.AST) -> range:
    return range(node.lineno, node.end_lineno + 1)


@every_file
def test_a_file_is_short(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(lines_of_code(text, ast.parse(text))) <= MOST_LINES_OF_CODE


@every_file
def test_a_function_is_short(path: Path):
    text = path.read_text(encoding="utf-8")
    lengths = {function.name: len(lines_of_code(text, function)) for function in functions(text)}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FUNCTION} == {}


def test_nine_functions_in_ten_have_at_most_twenty_lines():
    lengths = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        lengths += [len(lines_of_code(text, function)) for function in functions(text)]
    assert sorted(lengths)[len(lengths) * 9 // 10] <= 20


def test_every_folder_is_a_package():
    folders = {path.parent for path in FILES}
    assert [folder.name for folder in folders if not (folder / "__init__.py").exists()] == []


def test_lines_are_counted_without_words_about_them():
    text = 'def f():\n    """Say\n    it."""\n    # why\n\n    return (\n        1\n    )\n'
    assert lines_of_code(text, functions(text)[0]) == {1, 6, 7, 8}
