"""What a worker does: another process of followme, which makes stretches of a long export."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterable
from typing import BinaryIO

from followme.journal.file.places import Survey, placed
from followme.journal.file.reading import Damage
from followme.shell.stretches import Work, make


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Work for another process: read what is wanted and the survey of the journal, then make one stretch after another.

    An answer is None from the first damage on, which only the other process may tell, and which what leaves can depend
    on. Ends when the other one does.
    """
    # Entries and what's made of them hold no cycles.
    gc.disable()
    work: Work
    survey: Survey
    work, survey = pickle.load(asked)
    damages: list[Damage] = []

    def told(found: Iterable[Damage]) -> None:
        damages.extend(found)

    with placed(work.journal, told, survey) as journal:
        while numbers := pickle.load(asked):
            made = make(journal, numbers, work)
            pickle.dump(None if damages else made, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
