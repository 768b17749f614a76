"""Files and functions stay short enough to be read in one go."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from source import nodes_of

SOURCE = Path(__file__).parents[1] / "src"
FILES = sorted(SOURCE.rglob("*.py"))
MOST_LINES_OF_CODE, MOST_LINES_OF_A_FUNCTION, USUAL_LINES_OF_A_FUNCTION = 250, 40, 20

Function = ast.FunctionDef | ast.AsyncFunctionDef


def docstring(node: ast.AST) -> ast.stmt | None:
    """The statement that is the docstring of a module, class or function."""
    owner = isinstance(node, ast.Module | ast.ClassDef | Function) and ast.get_docstring(node) is not None
    return node.body[0] if owner else None


def span(node: ast.AST) -> range:
    return range(node.lineno, node.end_lineno + 1)


def lines_of_code(text: str) -> tuple[int, dict[str, int]]:
    """How many lines of a file hold code (no docstring, no comment, nothing empty), and of each function in it."""
    nodes = nodes_of(text)
    told = {number for node in nodes if (said := docstring(node)) for number in span(said)}
    lines = enumerate(text.splitlines(), 1)
    written = {n for n, line in lines if line.strip() and not line.lstrip().startswith("#")} - told
    functions = [node for node in nodes if isinstance(node, Function)]
    return len(written), {f"{one.name}:{one.lineno}": len(written & {*span(one)}) for one in functions}


@cache
def counted() -> dict[Path, tuple[int, dict[str, int]]]:
    return {path: lines_of_code(path.read_text(encoding="utf-8")) for path in FILES}


def functions() -> dict[str, int]:
    return {
        f"{path}:{name}": count for path, (_, found) in counted().items() for name, count in found.items()
    }


def test_files_are_short():
    assert {str(path): count for path, (count, _) in counted().items() if count > MOST_LINES_OF_CODE} == {}


def test_functions_are_short():
    assert {name: count for name, count in functions().items() if count > MOST_LINES_OF_A_FUNCTION} == {}


def test_nine_functions_in_ten_have_at_most_twenty_lines():
    lengths = sorted(functions().values())
    assert lengths[len(lengths) * 9 // 10] <= USUAL_LINES_OF_A_FUNCTION


def test_every_folder_is_a_package():
    folders = {path.parent for path in FILES}
    assert [str(folder) for folder in folders if folder / "__init__.py" not in FILES] == []


def test_lines_are_counted_without_words_about_them():
    text = 'def f():\n    """Say\n    it."""\n    # why\n\n    return (\n        1\n    )\n'
    assert lines_of_code(text) == (4, {"f:1": 4})


def test_every_field_of_every_record_has_a_line_that_says_what_it_is():
    lines = (SOURCE / "followme" / "model.py").read_text(encoding="utf-8").splitlines()
    records = [node for node in ast.parse("\n".join(lines)).body if isinstance(node, ast.ClassDef)]
    fields = [field for record in records for field in record.body if isinstance(field, ast.AnnAssign)]
    assert len(fields) > 50
    assert [
        ast.unparse(field) for field in fields if not lines[field.lineno - 2].lstrip().startswith("# ")
    ] == []
