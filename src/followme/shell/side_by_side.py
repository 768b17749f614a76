"""Workers: processes of followme that make the stretches of a long export, as many at once as there are processors."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain, islice
from queue import SimpleQueue

from followme.env.beside import processors
from followme.journal.file.places import Places
from followme.shell.stretches import Made, Work, make

STRETCH = 512 * 1024
"""About how many bytes of the journal a worker has at a time."""

MOST = 4
"""More workers than this make an export no faster, since one process writes it."""

PROGRAM = "import sys; from followme.shell.worker import serve; serve(sys.stdin.buffer, sys.stdout.buffer)"


@contextmanager
def workers() -> Iterator[Workers | None]:
    """Start as many workers as there are processors, and end them afterwards; None if there's one, or none starts."""
    count = min(processors(), MOST)
    found = Workers(count if count > 1 and sys.executable else 0)
    try:
        yield found if found.all else None
    finally:
        found.end()


class Workers:
    """Processes that wait for work. They write nothing, and end with this process, however that ends."""

    def __init__(self, count: int):
        self._threads = ThreadPoolExecutor(MOST)
        self._free = SimpleQueue[_Worker]()
        self.all: list[_Worker] = []
        # Where no more processes can be started, there are fewer.
        with suppress(OSError):
            self.all += (_Worker() for _ in range(count))

    def made(self, journal: Places, work: Work) -> Iterator[Made]:
        """Yield what each stretch of the journal gives, in the order of the export.

        What a worker can't make, for whatever reason, is made here, and so is all that follows.
        """
        for worker in self.all:
            worker.begin(work, journal)
            self._free.put(worker)
        stretches = journal.stretches(STRETCH, oldest_first=work.options.oldest_first)
        waiting: deque[tuple[range, Future[Made | None]]] = deque()
        while True:
            # One waits for each that is being made, so that no worker does.
            for numbers in islice(stretches, 2 * len(self.all) - len(waiting)):
                waiting.append((numbers, self._threads.submit(self._ask, numbers)))
            if not waiting:
                return
            numbers, answer = waiting.popleft()
            made = answer.result()
            if not made:
                break
            yield made
        self.end()
        for rest in chain([numbers], (each for each, _ in waiting), stretches):
            yield make(journal, rest, work)

    def end(self) -> None:
        """End the processes."""
        for worker in self.all:
            worker.process.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self.all:
            worker.end()

    def _ask(self, numbers: range) -> Made | None:
        """What the next free worker makes of a stretch; None if it can't."""
        worker = self._free.get()
        try:
            return worker.ask(numbers)
        finally:
            self._free.put(worker)


class _Worker:
    """A process that makes one stretch after another, and the pipes to it and from it."""

    def __init__(self) -> None:
        # -P keeps a folder named followme, wherever the person is, from being taken for the program.
        words = [sys.executable, "-P", "-c", PROGRAM]
        to, fro = subprocess.PIPE, subprocess.PIPE
        self.process = subprocess.Popen(words, stdin=to, stdout=fro, stderr=subprocess.DEVNULL)
        assert self.process.stdin
        assert self.process.stdout
        self._asked, self._answers = self.process.stdin, self.process.stdout

    def begin(self, work: Work, journal: Places) -> None:
        """Tell it what is wanted, and where the entries are."""
        with suppress(OSError):
            self._send((work, journal.survey))

    def ask(self, numbers: range) -> Made | None:
        """Return what it makes of a stretch; None if it can't, or if it has ended."""
        try:
            self._send(numbers)
            made: Made | None = pickle.load(self._answers)
        except Exception:
            return None
        return made

    def end(self) -> None:
        """Wait for its end, and close the pipes."""
        self.process.wait()
        for pipe in (self._asked, self._answers):
            with suppress(OSError):
                pipe.close()

    def _send(self, values: object) -> None:
        pickle.dump(values, self._asked, pickle.HIGHEST_PROTOCOL)
        self._asked.flush()
