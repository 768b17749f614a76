"""Gathers the words of every screen: what a person may read in src/followme and in the shipped prompt sets.

One rule, not a list of calls: a string with a blank between two words is shown to somebody, and so is a single
word that begins with a capital, ends like a sentence, or stands beside such words. Left out is only what
`Listener` names under "What is not said", so nothing can be added to a screen without turning up here.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from source import tree_of

CHECKOUT = Path(__file__).parents[1]

# fmt: off
HOUSE = (
    "cli", "commands", "views", "asking", "kinds", "insight", "journal", "promptfile", "tables", "configfile",
    "env", "exports", "imports", "model", "dates", "clean", "errors",
)
"""The order of the page; a room that is not named comes after these."""

SAYING = {
    "say": 1, "tell": 1, "complain": 1, "line": 1, "pair": 2, "_heading": 2, "counted": 3, "_counted": 3,
}
"""Calls that say this many of their arguments, also where these are single words."""

SAID_AS = {"ask", "hint", "empty", "required", "options", "help", "about", "metavar", "what", "remedy", "repair"}
"""Keyword arguments that are shown, also where they are single words."""

HELP = {"help", "about", "GROUPS"}
"""Keyword arguments and tables whose words stand in the help."""

TEXT_METHODS = {
    "split", "rsplit", "partition", "rpartition", "replace", "removeprefix", "removesuffix", "startswith",
    "endswith", "strip", "lstrip", "rstrip", "find", "rfind", "count", "index", "strftime", "strptime",
}
"""Methods that look for their arguments in a text; they say nothing."""

NO_SPEECH = {"__all__", "journal/health/examine.py KEYS"}
"""Tables of names: those of Python, and the keys of format 1 in rows that are to be split."""

STANDS_FOR_ITS_ARGUMENT = {
    "join", "len", "str", "int", "repr", "quoted", "quote", "sorted", "round", "one_line", "next", "iter",
}
STANDS_FOR_ITS_OWNER = TEXT_METHODS | {"upper", "lower", "isoformat", "date", "decode"}
"""Calls that are named in a text by what they are given, and methods by what they belong to."""
# fmt: on

_STYLE = re.compile(r"(?:(?:reverse|bold|dim|italic|#[0-9a-f]{6})(?: |$))+")
_HOLE = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ONE_WORD = re.compile(r"[A-Z][a-z]+[.?:…]?|[a-z]+[.?:…]|Ctrl\+.|F\d|Shift\+Tab|:[a-z]+|\([a-z]+\)")

PREFACE = """\
All words that followme shows to a person, gathered by tests/words.py from src/followme and from the titles and
intros of the prompt sets, and written here by: pytest tests/test_words.py --update-golden

{name} stands for what is filled in, [one | the other] for what depends. An indented line belongs to the text
above it. A text stands once under its module, in the order of the file.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """Some words, where they stand, and what they are: "help", "error", "title", "command", or "" for most."""

    path: str
    line: int
    text: str
    role: str = ""

    @property
    def place(self) -> str:
        """FILE:LINE."""
        return f"{self.path}:{self.line}"

    @property
    def spoken(self) -> str:
        """The words, with what is filled in as {}."""
        return _HOLE.sub("{}", self.text)


def is_speech(text: str) -> bool:
    """Is this a text with a blank between two words, or a word that stands for itself?"""
    if _STYLE.fullmatch(text):
        return False
    filled = _HOLE.sub("1", text)
    return bool(_WORD.search(filled) and re.search(r"\S\s+\S", filled)) or bool(_ONE_WORD.fullmatch(text))


def is_word(value: object) -> bool:
    """Is it a single word?"""
    return isinstance(value, str) and bool(re.fullmatch(r"[^\W\d_]+", value))


# --- One module -------------------------------------------------------------------------------------------


class Listener(ast.NodeVisitor):
    """Goes through one module in the order of the file, and notes what it says."""

    def __init__(self, path: str, source: str, errors: frozenset[str]):
        self.path = path
        self.lines = source.encode().split(b"\n")
        self.errors = errors
        self.found: list[Said] = []
        self.role = ""
        self.names: dict[str, str] = {}
        """Local names that stand for one of two words, such as [is | are]."""

    def visit_as(self, role: str, nodes: Iterable[ast.AST]) -> None:
        """Visit these nodes as something of this role; "" keeps the role there is."""
        before, self.role = self.role, role or self.role
        for node in nodes:
            self.visit(node)
        self.role = before

    # What is said.

    def hear(self, node: ast.expr, *, word: bool = False) -> None:
        """Note a text; `word` says that it is shown even if it is a single word."""
        reading = Reading(self.names)
        text = reading.text(node)
        shown = text is not None and (is_speech(text) or (word and bool(_WORD.search(_HOLE.sub("", text)))))
        if text is None or not shown or self.is_raw(node):
            self.generic_visit(node)
            return
        self.found.append(Said(self.path, node.lineno, text, self.role))
        for left in reading.unread(node):
            self.visit(left)

    visit_Constant = visit_JoinedStr = visit_BinOp = hear

    def shown(self, node: ast.expr) -> None:
        """Visit what is shown, whatever it is."""
        if isinstance(node, ast.IfExp):
            self.visit(node.test)
            self.shown(node.body)
            self.shown(node.orelse)
        elif isinstance(node, ast.Tuple | ast.List):
            for one in node.elts:
                self.shown(one)
        elif isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
            self.hear(node, word=True)
        else:
            self.visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if called(node) == "Command":
            words = [Reading(self.names).part(one) for one in node.args]
            self.found.append(Said(self.path, node.lineno, " ".join(["followme", *words]), "command"))
            return
        before, self.role = self.role, "title" if is_title(node) else self.role
        self.visit(node.func)
        said = SAYING.get(called(node), 0)
        for at, argument in enumerate([] if looks_for_text(node) else node.args):
            self.shown(argument) if at < said else self.visit(argument)
        for keyword in node.keywords:
            self.visit(keyword)
        self.role = before

    def visit_keyword(self, node: ast.keyword) -> None:
        before, self.role = self.role, "help" if node.arg in HELP else self.role
        self.shown(node.value) if node.arg in SAID_AS else self.visit(node.value)
        self.role = before

    def visit_Raise(self, node: ast.Raise) -> None:
        is_error = isinstance(node.exc, ast.Call) and called(node.exc) in self.errors
        self.visit_as("error" if is_error else "", filter(None, [node.exc, node.cause]))

    def visit_Tuple(self, node: ast.Tuple | ast.List) -> None:
        self.row(node.elts, beside_texts(node.elts))

    visit_List = visit_Tuple

    def visit_Dict(self, node: ast.Dict) -> None:
        words = beside_texts(node.keys) | beside_texts(node.values)
        for pair in zip(node.keys, node.values, strict=True):
            self.row([one for one in pair if one is not None], words)

    def row(self, nodes: Iterable[ast.expr], words: set[int]) -> None:
        """Visit what stands in one row; these are single words that are shown as what stands beside them."""
        for one in nodes:
            self.hear(one, word=True) if id(one) in words else self.visit(one)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before, self.names = self.names, local_words(node)
        if is_help(self.path, node) and (text := ast.get_docstring(node)):
            self.found.append(Said(self.path, node.body[0].lineno, reflowed(text), "help"))
        self.generic_visit(node)
        self.names = before

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        room = self.path.removeprefix("src/followme/")
        if NO_SPEECH & {*names, *(f"{room} {name}" for name in names)}:
            return
        # One of two words is said by the text that it stands in.
        is_local = isinstance(node.value, ast.IfExp) and bool(names) and names <= set(self.names)
        role = "help" if names & HELP else "title" if any(name.endswith("_TITLE") for name in names) else ""
        self.visit_as(role, [node.value.test if is_local else node.value])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit_Assign(ast.Assign(targets=[node.target], value=node.value))

    # What is not said.

    def visit_Expr(self, node: ast.Expr) -> None:
        """A string that stands alone is a docstring."""
        if not isinstance(node.value, ast.Constant):
            self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        """What is compared with is said elsewhere."""
        for one in (node.left, *node.comparators):
            if not isinstance(one, ast.Constant | ast.Tuple | ast.Set):
                self.visit(one)

    def visit_MatchValue(self, node: ast.MatchValue) -> None:
        """As above."""

    def visit_Assert(self, node: ast.Assert) -> None:
        """A fault of followme's own: a person reads only that it is one."""

    def visit_Yield(self, node: ast.Yield) -> None:
        """A key, and what is wrong with it: the key stands beside words, but is none of them."""
        for one in node.value.elts if isinstance(node.value, ast.Tuple) else filter(None, [node.value]):
            self.visit(one)

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        """The format, such as %H:%M, is left out."""
        self.visit(node.value)

    def is_raw(self, node: ast.expr) -> bool:
        """Is it written with r"…", as patterns are?"""
        begins = self.lines[node.lineno - 1][node.col_offset :]
        return isinstance(node, ast.Constant) and bool(re.match(rb"(?i)b?r[\"']", begins))


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def looks_for_text(node: ast.Call) -> bool:
    """Is it given a pattern, or words to be found in a text?"""
    if not isinstance(node.func, ast.Attribute):
        return False
    owner = node.func.value
    return node.func.attr in TEXT_METHODS or (isinstance(owner, ast.Name) and owner.id == "re")


def is_title(node: ast.Call) -> bool:
    """Does it show a heading: by its name, or by its style?"""
    styles = {one.attr for one in node.args[1:] if isinstance(one, ast.Attribute)}
    return called(node) == "heading" or (called(node) == "line" and bool(styles & {"TITLE", "HEADING"}))


def is_help(path: str, node: ast.FunctionDef) -> bool:
    """Is its docstring a help text: that of a command, or of followme alone?"""
    return (node.name == "run" and "/commands/" in path) or (node.name == "home" and path.endswith("/cli.py"))


def reflowed(text: str) -> str:
    """Each paragraph of a docstring as one line."""
    return "\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def beside_texts(row: Iterable[ast.expr | None]) -> set[int]:
    """The single words of a row in which other members are texts."""
    texts = [one for one in row if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    words = {id(one) for one in texts if is_word(one.value)}
    return words if any(re.search(r"\w \w", one.value) for one in texts) else set()


def local_words(function: ast.FunctionDef) -> dict[str, str]:
    """Local names that stand for one of two single words."""
    found: dict[str, str] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.IfExp):
            sides = (node.value.body, node.value.orelse)
            if all(isinstance(one, ast.Constant) and is_word(one.value) for one in sides):
                words = Reading({}).part(node.value)
                found |= {one.id: words for one in node.targets if isinstance(one, ast.Name)}
    return found


class Reading:
    """Makes one text of a string expression, and remembers which nodes are in it."""

    def __init__(self, names: dict[str, str]):
        self.names = names
        self.read: set[int] = set()

    def text(self, node: ast.expr) -> str | None:
        """The text of a string, an f-string or a sum of such; None for anything else."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.read.add(id(node))
            return node.value
        if isinstance(node, ast.JoinedStr):
            self.read.add(id(node))
            return "".join(self.part(one) for one in node.values)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            sides = {one: self.text(one) for one in (node.left, node.right)}
            if any(side is not None for side in sides.values()):
                self.read.add(id(node))
                return "".join(self.part(one) if side is None else side for one, side in sides.items())
        return None

    def part(self, node: ast.expr) -> str:
        """A part of a text: as it is, or what stands for it."""
        if isinstance(node, ast.FormattedValue):
            self.read.add(id(node))
            return self.part(node.value)
        if (text := self.text(node)) is not None:
            return text
        if isinstance(node, ast.IfExp):
            return self.either(node.body, node.orelse)
        if isinstance(node, ast.BoolOp):
            return self.either(*node.values)
        if isinstance(node, ast.Constant):
            return str(node.value)
        name = hole(node)
        return self.names.get(name, "{" + name + "}")

    def either(self, *nodes: ast.expr) -> str:
        """[one | the other]"""
        return "[" + " | ".join(filter(None, map(self.part, nodes))) + "]"

    def unread(self, node: ast.AST) -> Iterator[ast.AST]:
        """What is inside this expression but not in the text that was made of it."""
        for one in ast.iter_child_nodes(node):
            if id(one) in self.read or isinstance(one, ast.IfExp | ast.BoolOp):
                yield from self.unread(one)
            elif not (isinstance(node, ast.FormattedValue) and one is node.format_spec):
                yield one


def hole(node: ast.expr) -> str:
    """A word for a value that is filled in."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript | ast.Starred):
        return hole(node.value)
    if isinstance(node, ast.Call):
        name = called(node)
        if name in STANDS_FOR_ITS_OWNER and isinstance(node.func, ast.Attribute):
            return hole(node.func.value)
        return hole(node.args[0]) if node.args and name in STANDS_FOR_ITS_ARGUMENT else name
    return "…"


# --- All of them ------------------------------------------------------------------------------------------


@cache
def all_said() -> tuple[Said, ...]:
    """The words of every module in the order of the house, then those of the prompt sets."""
    source = CHECKOUT / "src" / "followme"
    # Its strings are code.
    speaking = set(source.rglob("*.py")) - {source / "frozen.py"}
    texts = {path: path.read_text(encoding="utf-8") for path in speaking}
    errors = error_classes(tree_of(text) for text in texts.values())
    found: list[Said] = []
    for path in sorted(texts, key=lambda path: in_the_house(path.relative_to(source))):
        found += listen(path.relative_to(CHECKOUT).as_posix(), texts[path], errors)
    page = source / "exports" / "page" / "page.html"
    found += on_page(page.relative_to(CHECKOUT).as_posix(), page.read_text(encoding="utf-8"))
    for path in sorted((CHECKOUT / "prompts").glob("*.toml")):
        found += frame(path.relative_to(CHECKOUT).as_posix(), path.read_text(encoding="utf-8"))
    return tuple(found)


_NO_TEXT = re.compile(r"(?s)\{#.*?#\}|\{%.*?%\}|</?[!a-zA-Z][^>]*>")


def on_page(path: str, template: str) -> list[Said]:
    """What a template of HTML says: each piece of text between its tags and statements."""
    bare = _NO_TEXT.sub(lambda match: "\0" + "\n" * match[0].count("\n") + "\0", template)
    found = []
    for number, line in enumerate(bare.split("\n"), 1):
        for piece in line.split("\0"):
            words = re.sub(r"\{\{.*?\}\}", "{}", piece).strip()
            if _WORD.search(words.replace("{}", "")):
                found.append(Said(path, number, words))
    return found


def listen(path: str, source: str, errors: frozenset[str] = frozenset({"FollowmeError"})) -> list[Said]:
    """What one module says."""
    listener = Listener(path, source, errors)
    listener.visit(tree_of(source))
    return listener.found


def in_the_house(path: Path) -> tuple[int, str]:
    """Where a module stands on the page."""
    room = path.with_suffix("").parts[0]
    return HOUSE.index(room) if room in HOUSE else len(HOUSE), path.as_posix()


def error_classes(trees: Iterable[ast.Module]) -> frozenset[str]:
    """FollowmeError and all that come from it."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    parents = {one.name: {base.id for base in one.bases if isinstance(base, ast.Name)} for one in classes}
    known = {"FollowmeError"}
    while more := {name for name, bases in parents.items() if name not in known and known & bases}:
        known |= more
    return frozenset(known)


def frame(path: str, text: str) -> list[Said]:
    """Titles, about and intros of a prompt set; its questions are read in prompts/."""
    found, lines, at = [], text.splitlines(), 0
    table = tomllib.loads(text)
    for part in (table, *table.get("section", [])):
        for key in ("title", "about", "intro"):
            if key in part:
                at = next((n for n in range(at, len(lines)) if part[key].split("\n")[0] in lines[n]), at)
                found.append(Said(path, at + 1, part[key], key))
    return found


def page(said: Iterable[Said]) -> str:
    """All words as a text to read: a heading for each module, a line for each text, none twice in a module."""
    rooms: dict[str, dict[str, None]] = {}
    for one in said:
        rooms.setdefault(one.path, {})[_entry(one.text)] = None
    return PREFACE + "".join(
        f"\n[{path.removeprefix('src/followme/')}]\n\n{''.join(texts)}" for path, texts in rooms.items()
    )


def _entry(text: str) -> str:
    """A text on its line; its further lines are indented."""
    first, *rest = text.strip().split("\n")
    return "".join(f"{line.rstrip()}\n" for line in (first, *(f"    {line}" for line in rest)))
