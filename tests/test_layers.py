"""The house holds: arrows point one way, and each thing from outside has one door.

The rules read the source with `ast` and import nothing. Each yields sentences, one a fault. The first half
of this file states them, the second shows with small made-up trees that every one of them bites.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from source import tree_of

SOURCE = Path(__file__).parents[1] / "src" / "followme"

LAYERS = (
    {"__main__"},
    {"cli"},
    {"commands"},
    {"sitting"},
    {"shell"},
    {"env", "views", "exports", "imports", "asking", "journal", "git", "promptfile", "configfile"},
    {"insight", "tables"},
    {"kinds", "records"},
    {"days_to_come"},
    {"dates", "clean", "model", "errors", "names", "quoting", "decoding", "screen", "style", "toml"},
    {"hints"},
    {"frozen"},
)
"""From the top down. A unit imports units of lower layers only, so siblings never import each other."""

PURE = {
    *("exports", "insight", "kinds", "records"),
    *("days_to_come", "dates", "clean", "model", "errors", "names", "quoting", "decoding", "style", "toml"),
    *("hints", "frozen"),
}
"""Values in, values or text out: no files, no printing, no operating system."""

LATE_TABLES = (
    "followme.cli",
    "followme.views",
    "followme.asking",
    "followme.exports",
    "followme.commands.list",
    "followme.commands.lookback",
    "followme.commands.reflect",
    "followme.commands.sync",
    "followme.sitting.conversation",
    "followme.shell.leaving",
    "followme.shell.offers",
    "followme.shell.overviews",
    "followme.shell.syncing",
    "followme.toml",
)
"""The modules that may name others in strings and import them when they are wanted."""


# --- Reading the source -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, its syntax tree, and whether it is a package's `__init__`."""

    name: str
    tree: ast.Module
    package: bool

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Everything in the tree."""
        return list(ast.walk(self.tree))

    @property
    def unit(self) -> str:
        """The first name below followme; "" is followme/__init__.py, whose version anybody may read."""
        return [*self.name.split("."), ""][1]

    @property
    def stem(self) -> str:
        return self.name.rsplit(".", 1)[-1]


House = dict[str, Module]


def house_of(texts: Mapping[str, str]) -> House:
    """The modules of these files, which are named as below followme/, by their dotted names."""
    house = {}
    for file, text in texts.items():
        parts = ("followme", *file.removesuffix(".py").split("/"))
        package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if package else parts)
        house[name] = Module(name, tree_of(text), package)
    return house


def followme() -> House:
    """Every module of followme."""
    files = sorted(SOURCE.rglob("*.py"))
    return house_of({path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8") for path in files})


@cache
def imported(module: Module) -> list[tuple[str, str]]:
    """What import statements name, as (module, name in it or ""); relative ones are made whole."""
    found = []
    for node in module.nodes:
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = module.name.split(".")
            above = above[: len(above) - node.level + module.package] if node.level else []
            origin = ".".join([*above, *filter(None, [node.module])])
            found += [(origin, alias.name) for alias in node.names]
    return found


def dotted_imports(module: Module) -> set[str]:
    """All that is imported, each as one dotted name: `from rich import box` is rich.box."""
    return {f"{origin}.{name}".rstrip(".") for origin, name in imported(module)}


def named_late(module: Module) -> set[str]:
    """Modules of ours that the strings of a late table name."""
    if module.name not in LATE_TABLES:
        return set()
    words = {node.value for node in module.nodes if isinstance(node, ast.Constant)}
    return {word for word in words if isinstance(word, str) and word.startswith("followme.")}


def arrows(module: Module, house: House) -> set[str]:
    """The modules of ours that this one imports, now or late."""
    found = set(named_late(module))
    for origin, name in imported(module):
        whole = f"{origin}.{name}"
        found.add(whole if whole in house else origin)
    return {name for name in found if name in house and name != module.name}


def dotted(node: ast.AST) -> str:
    """`a.b.c` for an attribute of an attribute of a name; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        below = dotted(node.value)
        return below and f"{below}.{node.attr}"
    return ""


@cache
def uses(module: Module) -> set[str]:
    """Dotted names the module uses, in full, whatever it called them when it imported them."""
    whole = {}
    for node in module.nodes:
        if isinstance(node, ast.Import):
            whole |= {a.asname: a.name for a in node.names if a.asname}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            whole |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    found = set()
    for node in module.nodes:
        first, _, rest = dotted(node).partition(".")
        found.add(f"{whole.get(first, first)}.{rest}".rstrip("."))
    return found - {""}


def calls(module: Module) -> Iterator[str]:
    """The dotted name, or the bare method, of everything that is called."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            yield dotted(node.func) or getattr(node.func, "attr", "")


def within(name: str, parents: set[str]) -> bool:
    """Is this dotted name one of these, or inside one?"""
    return any(name == parent or name.startswith(parent + ".") for parent in parents)


# --- The rules --------------------------------------------------------------------------------------------

Rule = Callable[[House], Iterator[str]]


def floor(unit: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if unit in layer)


def every_unit_has_a_layer(house: House) -> Iterator[str]:
    known = set().union(*LAYERS, {""})
    for module in house.values():
        if module.unit not in known:
            yield f"{module.name}: say in LAYERS where {module.unit} belongs"


def arrows_point_down(house: House) -> Iterator[str]:
    known = set().union(*LAYERS)
    for module in house.values():
        for name in arrows(module, house):
            there = house[name].unit
            if {module.unit, there} <= known and there != module.unit and floor(there) <= floor(module.unit):
                yield f"{module.name} imports {name}, which is not below it"


def nothing_imports_in_a_circle(house: House) -> Iterator[str]:
    after = {name: arrows(module, house) for name, module in house.items()}
    while free := [name for name, targets in after.items() if not targets & set(after)]:
        for name in free:
            del after[name]
    if circular := [name for name in after if any(name in targets for targets in after.values())]:
        yield f"these import each other in a circle: {', '.join(sorted(circular))}"


def late_tables_name_modules(house: House) -> Iterator[str]:
    for table in LATE_TABLES:
        if table in house:
            yield from (
                f"{table} names {name}, which is not there" for name in named_late(house[table]) - set(house)
            )


def commands_holds_verbs_alone(house: House) -> Iterator[str]:
    verbs = named_late(house["followme.cli"])
    for module in house.values():
        if module.unit == "commands" and not module.package and module.name not in verbs:
            yield f"{module.name} isn't a verb that cli names; what verbs share is in shell"


def env_is_known_to_the_upper_rooms_alone(house: House) -> Iterator[str]:
    for module in house.values():
        above = module.unit in {"cli", "commands", "sitting", "shell", "env"}
        if not above and any(within(name, {"followme.env"}) for name in arrows(module, house)):
            yield f"{module.name} imports env; pass it the value instead"


def each_library_has_its_rooms(house: House) -> Iterator[str]:
    for module in house.values():
        asker = within(module.name, {"followme.asking.rich"})
        rooms = [
            ({"rich"}, module.unit == "views" or asker),
            ({"questionary", "prompt_toolkit", "wcwidth"}, asker),
            ({"typer"}, module.unit in {"cli", "commands", "shell", "__main__"}),
            ({"jinja2", "markupsafe"}, module.name == "followme.exports.page"),
            ({"click", "pydantic"}, False),
        ]
        for libraries, at_home in rooms:
            for name in dotted_imports(module):
                if within(name, libraries) and not at_home:
                    yield f"{module.name} imports {name}"


def typer_is_entered_by_its_open_doors(house: House) -> Iterator[str]:
    for module in house.values():
        for origin, _ in imported(module):
            if within(origin, {"typer"}) and origin not in {"typer", "typer.core", "typer.testing"}:
                yield f"{module.name} imports {origin}, which typer may change"


OUTSIDE = {
    *("os.environ", "os.environb", "os.getenv", "os.putenv", "os.getcwd", "os.urandom"),
    *("sys.stdin", "sys.stdout", "sys.stderr", "sys.__stdin__", "sys.__stdout__", "sys.__stderr__"),
    *("datetime.now", "datetime.today", "datetime.utcnow", "date.today"),
    *("datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow", "datetime.date.today"),
    *("time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter"),
    *("time.localtime", "time.gmtime", "random", "secrets", "uuid", "platformdirs"),
    *("Path.home", "Path.cwd", "pathlib.Path.home", "pathlib.Path.cwd"),
}
"""Clock, chance, environment, streams and a person's folders."""


def the_outside_enters_through_env(house: House) -> Iterator[str]:
    for module in house.values():
        if module.unit != "env":
            for name in sorted(uses(module) | dotted_imports(module)):
                if within(name, OUTSIDE):
                    yield f"{module.name} uses {name}; only env may"


FILE_METHODS = {
    *("read_text", "read_bytes", "write_text", "write_bytes", "open", "touch", "mkdir", "unlink", "rename"),
    *("exists", "is_file", "is_dir", "stat", "iterdir", "glob", "rglob"),
}
SYSTEM = {"os", "shutil", "subprocess", "tempfile", "sys", "glob"}


def pure_units_touch_nothing(house: House) -> Iterator[str]:
    for module in house.values():
        if module.unit in PURE:
            for name in calls(module):
                if name in {"print", "input"} or name.rsplit(".", 1)[-1] in FILE_METHODS:
                    yield f"{module.name} calls {name}, and {module.unit} is pure"
            for name in dotted_imports(module):
                if within(name, SYSTEM):
                    yield f"{module.name} imports {name}, and {module.unit} is pure"


def files_are_opened_in_few_rooms(house: House) -> Iterator[str]:
    openers = {"env", "journal", "promptfile", "commands", "shell"}
    for module in house.values():
        if module.unit not in openers:
            for name in calls(module):
                if name in {"open", "os.open", "io.open"} or name.endswith(("write_text", "write_bytes")):
                    yield f"{module.name} calls {name}; files are opened in {', '.join(sorted(openers))}"


GATES = {
    *("followme.env", "followme.env.streams", "followme.env.keyboard", "followme.env.pager"),
    *("followme.views.terminal", "followme.asking.plain"),
}
"""What writes to a stream, and has every word pass `clean` first; the rich asker, in its files, is one more."""

WRITING = {"print", "write", "writelines", "echo", "secho", "communicate"}


def streams_are_written_at_the_gates_alone(house: House) -> Iterator[str]:
    for module in house.values():
        rich = within(module.name, {"followme.asking.rich"})
        for node in module.nodes:
            if isinstance(node, ast.Call) and module.name not in GATES and not rich:
                owner, _, name = dotted(node.func).rpartition(".")
                name = name or getattr(node.func, "attr", "")
                if name in WRITING and owner not in {"env", "ctx.obj", "os"}:
                    yield f"{module.name}, line {node.lineno}: {name} goes around the gate; use env.write or a Printer"


def present_alone_decides_between_page_and_lines(house: House) -> Iterator[str]:
    asks = {"followme.shell.present", "followme.commands.home"}  # Home offers to begin where someone looks.
    for module in house.values():
        if module.unit in {"commands", "shell"} and module.name not in asks:
            for node in module.nodes:
                if isinstance(node, ast.Attribute) and dotted(node).endswith(".out.terminal"):
                    yield f"{module.name}, line {node.lineno} asks for a terminal; hand the shapes to present.show"


HINT = re.compile(
    r"followme (?:--?[a-z]|reflect|note|list|show|promises|export|doctor|prompts|config|due|remind|help)\b"
)


def a_command_in_a_text_is_a_value(house: House) -> Iterator[str]:
    for module in house.values():
        beginnings = (module.tree, *(each for each in module.tree.body if isinstance(each, ast.ClassDef)))
        about = {ast.get_docstring(each, clean=False) for each in beginnings}
        for node in module.nodes:
            words = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if words not in about and (found := HINT.search(words)):
                yield f"{module.name}, line {node.lineno}: {found[0]} is typed otherwise elsewhere; use Command"


def toml_is_read_behind_its_guards(house: House) -> Iterator[str]:
    rooms = {"tomllib": "followme.toml", "rtoml": "followme.journal.file.parsing", "tomli": ""}
    for module in house.values():
        for name in dotted_imports(module):
            for reader, room in rooms.items():
                if within(name, {reader}) and module.name != room:
                    yield f"{module.name} imports {name}; read TOML with {room or 'followme.toml'}"


def nothing_reaches_the_network(house: House) -> Iterator[str]:
    network = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "xmlrpc", "requests"}
    for module in house.values():
        for name in dotted_imports(module):
            if within(name, network):
                yield f"{module.name} imports {name}; what is written stays on this machine"


def imports_stand_at_the_top(house: House) -> Iterator[str]:
    for module in house.values():
        for function in module.nodes:
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                for node in ast.walk(function):
                    if isinstance(node, ast.Import | ast.ImportFrom):
                        yield f"{module.name}, line {node.lineno}: an import inside a function"


def modules_are_loaded_late_by_the_tables_alone(house: House) -> Iterator[str]:
    for module in house.values():
        late = {"__import__", "importlib.import_module", "importlib.__import__"} & uses(module)
        if late and module.name not in LATE_TABLES:
            yield f"{module.name} uses {', '.join(sorted(late))}"


def every_module_says_what_it_holds(house: House) -> Iterator[str]:
    for module in house.values():
        if not (ast.get_docstring(module.tree) or "").strip():
            yield f"{module.name} has no docstring"


RULES: tuple[Rule, ...] = (
    every_unit_has_a_layer,
    arrows_point_down,
    nothing_imports_in_a_circle,
    late_tables_name_modules,
    commands_holds_verbs_alone,
    env_is_known_to_the_upper_rooms_alone,
    each_library_has_its_rooms,
    typer_is_entered_by_its_open_doors,
    the_outside_enters_through_env,
    pure_units_touch_nothing,
    files_are_opened_in_few_rooms,
    streams_are_written_at_the_gates_alone,
    present_alone_decides_between_page_and_lines,
    a_command_in_a_text_is_a_value,
    toml_is_read_behind_its_guards,
    nothing_reaches_the_network,
    imports_stand_at_the_top,
    modules_are_loaded_late_by_the_tables_alone,
    every_module_says_what_it_holds,
)


def broken(house: House) -> dict[str, list[str]]:
    """The rules that a house breaks, each with its sentences."""
    return {rule.__name__: faults for rule in RULES if (faults := sorted(set(rule(house))))}


def test_followme_keeps_every_rule():
    assert broken(followme()) == {}


PURE_TESTS = (
    "insight/*.py",
    "kinds/*.py",
    "test_clean.py",
    "test_dates.py",
    "test_days_to_come.py",
    "test_records.py",
)
"""Files of tests, below tests/, that try values alone."""

WHOLE = {
    "followme.cli",
    "followme.commands",
    "followme.sitting",
    "followme.shell",
    "running",
    "playing",
    "terminal",
}
"""What runs followme as a person does."""


def test_tests_of_values_run_no_commands():
    for path in sorted(path for pattern in PURE_TESTS for path in Path(__file__).parent.glob(pattern)):
        module = Module(path.stem, tree_of(path.read_text(encoding="utf-8")), package=False)
        fixtures = {node.arg for node in module.nodes if isinstance(node, ast.arg)}
        assert [name for name in dotted_imports(module) if within(name, WHOLE)] == [], path.name
        assert "run" not in fixtures, path.name


# --- Every rule bites -------------------------------------------------------------------------------------

SOUND = {
    "__init__.py": "__version__ = '0'",
    "cli.py": "import importlib, typer, followme.env\nCOMMANDS = {'list': 'followme.commands.list'}",
    "env/__init__.py": "import os, sys, secrets\nfrom datetime import datetime\nNOW = datetime.now",
    "env/streams.py": "import sys\nsys.stdout.flush()",
    "commands/__init__.py": "",
    "sitting/starting.py": "",
    "shell/entries.py": "",
    "commands/list.py": "import typer\nfrom followme import __version__, journal\nfrom followme import env",
    "views/__init__.py": "import importlib\nVIEWS = {'table': ('followme.views.table', 'show')}",
    "views/table.py": "from rich import box\nfrom followme.insight import weeks",
    "asking/__init__.py": "",
    "asking/rich/asker.py": "import questionary\nfrom prompt_toolkit import keys\nfrom followme.asking import walk",
    "asking/walk.py": "from ..kinds import KINDS",
    "journal/__init__.py": "",
    "journal/file/__init__.py": "from followme.journal.file.blocks import cut",
    "journal/file/blocks.py": "import os\ndef cut(path):\n    return os.open(path, os.O_RDONLY)",
    "kinds/__init__.py": "from followme.kinds import text\nKINDS = {'text': text}",
    "kinds/text.py": "from followme.model import Answer",
    "insight/__init__.py": "",
    "insight/weeks.py": "from datetime import datetime\ndef count(now: datetime):\n    return now.date()",
    "model.py": "class Answer: pass",
}
"""A small house in which nothing is wrong; each test below puts one thing wrong."""


def build(**changes: str) -> House:
    """The sound house with some of its files changed."""
    texts = (SOUND | changes).items()
    return house_of(
        {name: text if text.startswith("#") else f'"""A room."""\n{text}\n' for name, text in texts}
    )


def test_a_sound_house_passes():
    assert broken(build()) == {}


BREAKS = [
    (every_unit_has_a_layer, "utils.py", ""),
    (arrows_point_down, "model.py", "import followme.insight.weeks"),
    (arrows_point_down, "journal/file/blocks.py", "from followme.asking import walk"),
    (arrows_point_down, "kinds/text.py", "from ..insight import weeks"),
    (arrows_point_down, "shell/entries.py", "from followme.sitting import starting"),
    (arrows_point_down, "commands/list.py", "from followme import cli"),
    (arrows_point_down, "kinds/text.py", "if TYPE_CHECKING:\n    from followme.journal import cut"),
    (arrows_point_down, "views/__init__.py", "VIEWS = {'rich': 'followme.commands.list'}"),
    (nothing_imports_in_a_circle, "kinds/text.py", "from followme import kinds"),
    (nothing_imports_in_a_circle, "journal/file/blocks.py", "from . import cut"),
    (nothing_imports_in_a_circle, "views/table.py", "from followme.views import VIEWS"),
    (late_tables_name_modules, "cli.py", "COMMANDS = {'list': 'followme.commands.lists'}"),
    (commands_holds_verbs_alone, "commands/common.py", "import typer"),
    (env_is_known_to_the_upper_rooms_alone, "asking/walk.py", "from followme import env"),
    (env_is_known_to_the_upper_rooms_alone, "views/table.py", "from followme.env import NOW"),
    (env_is_known_to_the_upper_rooms_alone, "views/table.py", "from followme.env.streams import out"),
    (each_library_has_its_rooms, "commands/list.py", "import rich.table"),
    (each_library_has_its_rooms, "asking/walk.py", "from prompt_toolkit.keys import Keys"),
    (each_library_has_its_rooms, "views/table.py", "import questionary"),
    (each_library_has_its_rooms, "journal/file/blocks.py", "import typer"),
    (each_library_has_its_rooms, "cli.py", "import click"),
    (typer_is_entered_by_its_open_doors, "cli.py", "from typer._click import Context"),
    (the_outside_enters_through_env, "commands/list.py", "import os\nHOME = os.environ['HOME']"),
    (the_outside_enters_through_env, "commands/list.py", "from os import environ as e\nHOME = e['HOME']"),
    (the_outside_enters_through_env, "views/table.py", "import sys\nsys.stdout.write('')"),
    (the_outside_enters_through_env, "cli.py", "import sys as system\nsystem.stderr.flush()"),
    (the_outside_enters_through_env, "insight/weeks.py", "from datetime import datetime\ndatetime.now()"),
    (the_outside_enters_through_env, "insight/weeks.py", "import datetime as d\nDAY = d.date.today()"),
    (the_outside_enters_through_env, "journal/file/blocks.py", "from time import monotonic\nmonotonic()"),
    (the_outside_enters_through_env, "journal/file/blocks.py", "import random"),
    (the_outside_enters_through_env, "asking/walk.py", "from secrets import choice"),
    (the_outside_enters_through_env, "promptfile.py", "from pathlib import Path\nPLACE = Path.home()"),
    (pure_units_touch_nothing, "insight/weeks.py", "def look(path):\n    return open(path)"),
    (pure_units_touch_nothing, "kinds/text.py", "def look(path):\n    return path.read_text()"),
    (pure_units_touch_nothing, "model.py", "print('hello')"),
    (pure_units_touch_nothing, "exports/html.py", "from os import path"),
    (files_are_opened_in_few_rooms, "views/table.py", "def save(path):\n    open(path, 'w')"),
    (files_are_opened_in_few_rooms, "asking/walk.py", "def save(path):\n    path.write_text('')"),
    (streams_are_written_at_the_gates_alone, "commands/list.py", "def run(env):\n    env.stdout.write('x')"),
    (
        streams_are_written_at_the_gates_alone,
        "views/table.py",
        "def show(screen):\n    screen.stream.write('x')",
    ),
    (streams_are_written_at_the_gates_alone, "commands/list.py", "import typer\ntyper.echo('x')"),
    (streams_are_written_at_the_gates_alone, "cli.py", "print('x')"),
    (
        present_alone_decides_between_page_and_lines,
        "commands/list.py",
        "def run(env):\n    return 1 if env.out.terminal else 2",
    ),
    (
        a_command_in_a_text_is_a_value,
        "insight/weeks.py",
        "def step():\n    return 'Begin with: followme reflect'",
    ),
    (a_command_in_a_text_is_a_value, "views/table.py", "MORE = f'See: followme list -n {3}'"),
    (a_command_in_a_text_is_a_value, "commands/list.py", "def run():\n    'Help.'\n    'Type: followme due'"),
    (toml_is_read_behind_its_guards, "commands/list.py", "import tomllib"),
    (toml_is_read_behind_its_guards, "journal/blocks.py", "from rtoml import loads"),
    (nothing_reaches_the_network, "commands/list.py", "from urllib.request import urlopen"),
    (imports_stand_at_the_top, "commands/list.py", "def run():\n    import typer"),
    (imports_stand_at_the_top, "views/table.py", "async def run():\n    from rich import box"),
    (
        modules_are_loaded_late_by_the_tables_alone,
        "commands/show.py",
        "import importlib as i\ni.import_module('x')",
    ),
    (modules_are_loaded_late_by_the_tables_alone, "kinds/__init__.py", "__import__('followme.kinds.text')"),
    (every_module_says_what_it_holds, "model.py", "# no docstring\nclass Answer: pass"),
]


def test_a_rule_sees_what_breaks_it():
    assert [(rule, name, text) for rule, name, text in BREAKS if not list(rule(build(**{name: text})))] == []


def test_every_rule_has_something_that_breaks_it():
    assert {rule for rule, _, _ in BREAKS} == set(RULES)
