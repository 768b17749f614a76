"""What every test stands on: a home of its own, and golden files that can be written anew."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# Hundreds of processes begin here, and each would compile what it imports, wherever the machine forbids to keep that.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import hypothesis
import pytest

from compiling import compile_all
from once import work_out_once
from running import FOLDERS, Run

try:
    from forked import share
except ImportError:
    share = None  # type: ignore[assignment]

work_out_once()

# Looking for garbage took a tenth of the time. A worker of the quick tests ends before it has made so much, 200 MB.
gc.set_threshold(2_000_000, 20, 50)

GOLDEN = Path(__file__).parent / "golden"

PERSONAL = ("FOLLOWME_", "XDG_", "TYPER_", "_TYPER_")
"""Beginnings of the variables that could lead a test to the developer's own files or habits."""

# fmt: off
INFLUENCES = {
    "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "PY_COLORS", "COLORTERM", "COLUMNS",
    "LINES", "ACCESSIBLE", "VISUAL", "EDITOR", "PAGER", "LESS", "TTY_COMPATIBLE",
    "TTY_INTERACTIVE", "GITHUB_ACTIONS",
}
# fmt: on
"""Variables that change how a terminal program looks or what it starts."""

FEW, MANY = 10, 1_000
"""How many examples a test of any input tries by default, and with `--hypothesis-profile=long`."""

for name, examples in (("quick", FEW), ("long", MANY)):
    hypothesis.settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
hypothesis.settings.load_profile("quick")


@contextmanager
def in_memory() -> Iterator[Path]:
    """An empty folder in memory, where the system has one with room."""
    shared = Path("/dev/shm")
    place = shared if shared.is_dir() and shutil.disk_usage(shared).free > 1 << 30 else None
    with TemporaryDirectory(prefix="followme-", dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def homes() -> Iterator[Iterator[Path]]:
    """Names for new folders in memory, one after the other: tests sync tens of thousands of times.

    What the disk itself may do differently is tried in `tmp_path`, which is on it.
    """
    with in_memory() as base:
        yield (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test an empty home, so that none can reach the journal of whoever runs it."""
    place = next(homes)
    place.mkdir()
    for name in list(os.environ):
        if name.startswith(PERSONAL) or name in INFLUENCES:
            monkeypatch.delenv(name)
    for name, folder in FOLDERS.items():
        monkeypatch.setenv(name, str(place / folder))
    # A shell that finds followme by its name, so that it is called so in what it says.
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    return place


def toolkit() -> list[Any]:
    """The modules of prompt_toolkit that have been read so far."""
    return [module for name, module in list(sys.modules.items()) if name.startswith("prompt_toolkit.")]


@cache
def lasting_filters(read: int) -> list[Any]:
    """The filters in the `read` modules that are there for good, and remember every filter joined to them."""
    modules = toolkit()
    base = sys.modules["prompt_toolkit.filters.base"]
    found = [each for module in modules for each in vars(module).values() if isinstance(each, base.Filter)]
    return found + [each._invert_result for each in found if each._invert_result is not None]


@pytest.fixture(autouse=True)
def prompts_forgotten() -> Iterator[None]:
    """Let go of the prompts of a test, 5,000 objects each; Python looks through all that is kept, again and again."""
    yield
    if "prompt_toolkit.shortcuts.prompt" in sys.modules:
        for each in lasting_filters(len(toolkit())):
            each._and_cache.clear()
            each._or_cache.clear()


@pytest.fixture
def memory() -> Iterator[Path]:
    """An empty folder in memory: for tests that write and sync thousands of times."""
    with in_memory() as folder:
        yield folder


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run command lines in that home, on a Friday in November 2026: `run("list")` gives code, out and err."""
    monkeypatch.chdir(home)
    return Run(home, monkeypatch)


@pytest.fixture(scope="session")
def own_mounts(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The words before a command that give it mounts of its own, which end with it."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        pytest.skip("only Linux has mounts of one's own; Windows and macOS have not")
    words = ("unshare", "-m" if os.geteuid() == 0 else "-Urm")
    mount = ["mount", "-t", "tmpfs", "tmpfs", str(tmp_path_factory.mktemp("tried"))]
    tried = subprocess.run([*words, *mount], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"only root may mount here: {tried.stderr.strip()}")
    return words


TOGETHER = {
    "test_export_html_browser.py": "browser",
    "test_bench_journals.py": "journals",
    "test_wheel.py": "wheel",
    "test_year.py": "years",
    "test_claims.py": "source",
    "test_words.py": "source",
    "test_voice.py": "source",
    "test_layers.py": "source",
    "test_shape.py": "source",
    "test_style.py": "source",
}
"""Files whose tests share something that takes long to make, which it is named after: one worker runs all of them."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each worker one test after the other; by pytest-xdist's own groups, pytest 9.2 groups nothing."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return TOGETHER.get(nodeid.partition("::")[0].rpartition("/")[2], nodeid)

    return Together(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Four times as many as there are processors, because tests in terminals wait for half of their time."""
    return (os.cpu_count() or 1) * 4


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Compile a fresh checkout, and read what processes are forked from, once and not in each worker."""
    if not config.option.file_or_dir:
        compile_all(Path(__file__).parent)
    if share is not None and sys.platform == "linux":
        share()


def pytest_sessionfinish() -> None:
    """Spare pytest its five last searches for garbage: a second each, with all that the tests have left."""
    gc.freeze()


DEAR = 1.0
"""Seconds of processor time from which on a quick test is named; half of that is much already."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Note how much processor time the test takes, which a busy machine changes little."""
    before = sum(os.times()[:4])
    try:
        return (yield)
    finally:
        item.user_properties.append(("processor", round(sum(os.times()[:4]) - before, 2)))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Name the quick tests that take long, so that the quick ones stay quick; none fails for it."""
    passed = terminalreporter.stats.get("passed", ())
    taken = [(dict(one.user_properties).get("processor", 0), one.nodeid) for one in passed]
    if (dear := sorted((one for one in taken if one[0] > DEAR), reverse=True)) and _all_quick(config):
        terminalreporter.section("make these cheaper, or mark them slow")
        for seconds, name in dear:
            terminalreporter.line(f"{seconds:.1f} s of processor time: {name}")


def _all_quick(config: pytest.Config) -> bool:
    """Whether all quick tests are run, and no others: no file is named, no word with -k, no marks with -m."""
    option = config.option
    return not (option.file_or_dir or option.keyword) and option.markexpr == "not long"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; read the difference in git"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow tests to those who choose: who names a file, a word with -k, or marks of their own with -m."""
    if _all_quick(config):
        slow = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=slow)
        left = set(items) - set(slow)
        items[:] = mixed([item for item in items if item in left])


def mixed(items: list[pytest.Item]) -> list[pytest.Item]:
    """Tests in terminals evenly among the others: if all workers had one, all would wait."""
    groups: dict[bool, list[pytest.Item]] = {True: [], False: []}
    for item in items:
        groups[hasattr(getattr(item, "module", None), "Terminal")].append(item)
    placed = [(at / len(group), item) for group in groups.values() for at, item in enumerate(group)]
    return [item for _, item in sorted(placed, key=lambda one: one[0])]


def pytest_collection_finish() -> None:
    """Look for no garbage among what the tests themselves are made of."""
    gc.freeze()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in tests/golden, or write it with --update-golden."""

    def same(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"{path} is missing: run pytest --update-golden, and read what it wrote"
        assert text == path.read_bytes().decode()

    return same
