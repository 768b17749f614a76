"""The wheel is whole: it carries the prompt sets and its metadata, and works where no checkout is near."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

import pytest

import followme
from source import nodes_in

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).parents[1]
SOURCE = CHECKOUT / "src"
PROMPTS = sorted(path.name for path in (CHECKOUT / "prompts").glob("*.toml"))
ANSWERS = Path(__file__).parent / "answers" / "three-minutes.toml"


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a program and read what it says; a failure shows both streams."""
    done = subprocess.run([str(part) for part in command], capture_output=True, encoding="utf-8", **options)
    assert done.returncode == 0, f"{command} gave {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `followme` of a fresh environment with the wheel; it sees our libraries but not the checkout."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip()
    # A path in a .pth file is added without reading the .pth files in it: the editable install stays unseen.
    Path(site, "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return scripts / "followme"


@pytest.fixture
def call(command: Path, home: Path, tmp_path: Path):
    """Run the installed followme in an empty home, in a folder outside the checkout."""

    def run_followme(*arguments: str | Path) -> str:
        options = {"cwd": tmp_path, "env": os.environ | {"PYTHONUTF8": "1"}}
        return run(command, "--journal", tmp_path / "journal.toml", *arguments, **options).stdout

    return run_followme


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return HeaderParser().parsestr(archive.read(name).decode())


def test_every_prompt_set_is_in_it_and_nothing_else_from_that_folder(wheel: Path):
    files = sorted(path.name for path in (CHECKOUT / "prompts").iterdir())
    names = zipfile.ZipFile(wheel).namelist()
    assert files == PROMPTS
    assert sorted(Path(name).name for name in names if name.startswith("followme/prompts/")) == files


@pytest.mark.parametrize("folder", ["demo", "completion"])
def test_the_demo_and_the_lines_for_shells_are_in_it(wheel: Path, folder: str):
    files = sorted(path.name for path in (CHECKOUT / folder).iterdir())
    names = zipfile.ZipFile(wheel).namelist()
    assert sorted(Path(name).name for name in names if name.startswith(f"followme/{folder}/")) == files


def test_every_module_and_the_type_marker_are_in_it(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "followme/py.typed" in names
    assert {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py")} <= names
    assert {"followme/exports/page/page.html", "followme/exports/page/page.css"} <= names


def test_it_holds_the_package_alone(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "followme",
        f"followme_journal-{followme.__version__}.dist-info",
    }
    assert not [name for name in names if "__pycache__" in name]


def test_its_metadata_says_what_it_is(wheel: Path):
    facts = metadata(wheel)
    assert facts["Name"] == "followme-journal"
    assert facts["Version"] == followme.__version__
    assert facts["Requires-Python"] == ">=3.11"
    assert facts["License-Expression"] == "MIT"
    assert facts["License-File"] == "LICENSE"


def test_it_asks_for_the_libraries_it_imports_and_no_others(wheel: Path):
    asked = [line for line in metadata(wheel).get_all("Requires-Dist", []) if "extra ==" not in line]
    names = {re.split(r"[^\w-]", line)[0].replace("-", "_") for line in asked}
    assert names == {name for path in SOURCE.rglob("*.py") for name in libraries(path)}


def libraries(path: Path) -> set[str]:
    """The libraries a file imports: neither Python's own nor ours."""
    found = set()
    for node in nodes_in(path):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - {"followme"}


def test_the_command_is_the_one_entry_point(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert archive.read(name).decode().split() == [
            "[console_scripts]",
            "followme",
            "=",
            "followme.__main__:run",
        ]


def test_the_installed_command_is_not_the_checkout(command: Path, tmp_path: Path):
    python = command.parent / "python"
    place = run(python, "-c", "import followme; print(followme.__file__)", cwd=tmp_path).stdout
    assert not Path(place.strip()).is_relative_to(CHECKOUT)


def test_it_knows_its_version_and_its_prompt_sets(call):
    assert followme.__version__ in call("--version")
    listed = call("prompts", "list")
    assert [name for name in PROMPTS if Path(name).stem not in listed] == []


def test_it_shows_the_demo(command: Path, home: Path, tmp_path: Path):
    assert run(command, "demo", "list", cwd=tmp_path).stdout.count("\n") > 100


def test_a_whole_sitting_from_the_wheel(call, tmp_path: Path):
    """Answer the short set from a file, then find the entry in the list, in the export and in the journal."""
    call("reflect", "three-minutes", "--answers", ANSWERS)
    assert call("list").count("\n") == 1
    assert "Ana" in call("export", "--format", "markdown")
    with (tmp_path / "journal.toml").open("rb") as journal:
        assert [entry["set"] for entry in tomllib.load(journal)["entry"]] == ["three-minutes"]
