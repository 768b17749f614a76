"""A bar that shows how far long work has come, gone when the work is done."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from followme import style
from followme.screen import Screen


class Bar:
    """A bar in the terminal, there within its `with` statement; `total` is how much there is to do."""

    def __init__(self, screen: Screen, total: int):
        console = Console(file=screen.stream, width=screen.columns, no_color=not screen.color, markup=False)
        words = (TextColumn("Exporting"), TextColumn("{task.percentage:>3.0f}%"))
        bar = BarColumn(complete_style=style.HEADING, finished_style=style.HEADING, style=style.REPEATED)
        self._progress = Progress(words[0], bar, words[1], console=console, transient=True)
        self._task = self._progress.add_task("", total=total)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._progress.stop()

    def move(self, done: int) -> None:
        """Show how much is done."""
        self._progress.update(self._task, completed=done)
