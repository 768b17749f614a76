"""What an import is given and what it gives back: files, entries, and the parts that it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from followme.dates import iso_week
from followme.frozen import frozen
from followme.insight.ids import id_from
from followme.insight.incoming import STARRED, TAGS, TEXT
from followme.model import Answer, Entry


class File(NamedTuple):
    """A file to import: its name as the person gave it, or below the folder they gave, and its bytes."""

    name: str
    data: bytes


class NotRead(NamedTuple):
    """Something that wasn't taken over: its place, such as "journal.txt, line 12", and why."""

    place: str
    reason: str


@frozen
class Taken:
    """The entries of the files, in their order, and what was left."""

    entries: tuple[Entry, ...] = ()
    left: tuple[NotRead, ...] = ()


def taken(files: Iterable[File], found: Callable[[File], Iterable[Entry | NotRead]]) -> Taken:
    """Return what is found in each of these files: the first entry with each id, and what was left.

    From a file for which `found` raises ValueError, the rest is left, with that reason.
    """
    entries: dict[str, Entry] = {}
    left = []
    for file in files:
        try:
            for each in found(file):
                if isinstance(each, Entry):
                    entries.setdefault(each.id, each)
                else:
                    left.append(each)
        except ValueError as error:
            left.append(NotRead(file.name, str(error)))
    return Taken(tuple(entries.values()), tuple(left))


Format = Callable[[Sequence[File]], Taken]
"""Reads the entries in files. Whatever is wrong in one entry costs that entry alone."""


class Unreadable(ValueError):
    """A file isn't what its format says; the text is a sentence without the file's name.

    `likely` is the format that the file seems to have, if one can be named.
    """

    def __init__(self, sentence: str, likely: str = ""):
        super().__init__(sentence)
        self.likely = likely


def imported(
    program: str,
    moment: datetime,
    text: str,
    *,
    week: str = "",
    tags: Sequence[str] = (),
    starred: bool = False,
) -> Entry:
    """Return an entry from another program.

    Its id follows from its minute and its words, so that importing it again, also from the program's other format,
    gives the same id.
    """
    minute = moment.replace(second=0, microsecond=0)
    words = text.strip("\n")
    answers = [Answer(key=TEXT, kind="text", question="", reply=words)]
    if tags:
        answers.append(Answer(key=TAGS, kind="list", question="Tags", reply=tuple(tags)))
    if starred:
        answers.append(Answer(key=STARRED, kind="yesno", question="Starred", reply=True))
    return Entry(
        id=id_from(minute, " ".join(words.split())),
        date=moment.replace(microsecond=0),
        week=week or iso_week(moment),
        set=program,
        imported=program,
        answers=tuple(answers),
    )


def words_of(file: File) -> str:
    """Return the text of a file, with LF line ends. Raises Unreadable."""
    try:
        return file.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"It isn't UTF-8 text (line {line}). Save it as UTF-8 first.") from None
