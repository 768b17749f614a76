"""What Tab offers where a verb or an option takes an entry, a week, a person, a question, a promise or a prompt set.

The words are found in the bytes of the newest entries, which aren't parsed, so a Tab press costs the same in a
journal of any size. What can't be found that way isn't offered, and neither is a word that isn't safe as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from followme.clean import one_line
from followme.dates import iso_week
from followme.env import Env
from followme.errors import FollowmeError
from followme.journal.file.modes import tail_of
from followme.names import listed, marked, spelled
from followme.promptfile.folders import all_files

Offer = tuple[str, str]
"""A word to type, and what it means; the shells that show meanings get it."""

Offers = Callable[[Env, str], Iterable[Offer]]
"""Gives the offers, from the environment and what was typed of the word so far."""

NEWEST, LOOKED_AT = 200, 520
"""How many of the newest entries are offered, and how many are looked at for everything else."""

_A_BLOCK = 4096
"""How many bytes of the journal's end are read for each of them; usual entries have fewer."""

SELDOM = "followme.shell.seldom_offers"
"""The module of what is seldom offered; its code is loaded only then."""

ENDED = "followme.insight.promises"
"""The module that has the words for endings, loaded only then."""

_HEAD = b"\n[[entry]]"
_ANSWER, _PROMISE = b"\n[[entry.answer]]\nkey = ", b"\n[[entry.promise]]\nref = "
_OUTCOME, _PERSON = b"\n[[entry.outcome]]\npromise = ", b"\nperson = true\n"
_ABOUT_WITHIN = 4096
"""How much of a set's file is looked at for what it's about."""


def entries(env: Env, begun: str) -> Iterator[Offer]:
    """The newest entries by the end of their ids, or by ids and weeks where someone types these."""
    yield "last", "your latest reflection"
    whole = begun.startswith("20")
    for block in _blocks(env, NEWEST):
        name, week, of, words = (_text(block, b"\n%b = " % key) for key in (b"id", b"week", b"set", b"reply"))
        yield (name if whole else name.rpartition("-")[2]), f"{week} {of}: {words}"
        if whole:
            yield week, ""


def weeks(env: Env, begun: str) -> Iterator[Offer]:
    """This week, and the weeks of the newest entries."""
    yield iso_week(env.now().date()), ""
    for block in _blocks(env):
        yield _text(block, b"\nweek = "), ""


def days(env: Env, begun: str) -> Iterator[Offer]:
    """Words for days gone by, and the weeks of the newest entries."""
    for word in ("today", "yesterday", "last-week", "this-month", "2w", "3m", "1y"):
        yield word, ""
    yield from weeks(env, begun)


def quarters(env: Env, begun: str) -> Iterable[Offer]:
    """The quarters of the newest entries, each with its months."""
    return import_module(SELDOM).quarters(env, weeks(env, begun))  # type: ignore[no-any-return]


def years(env: Env, begun: str) -> Iterable[Offer]:
    """The years of the newest entries."""
    return import_module(SELDOM).years(env, weeks(env, begun))  # type: ignore[no-any-return]


def people(env: Env, begun: str) -> Iterator[Offer]:
    """The people that the newest entries name in a promise, as the one they are about, or by a mark."""
    for block in _blocks(env):
        fields = [_text(part) for key in (b"\nto = ", b"\nwho = ") for part in block.split(key)[1:]]
        fields += [
            _text(part[part.rfind(b"\nreply = ") :], b"\nreply = ") for part in block.split(_PERSON)[:-1]
        ]
        for words in fields:
            yield from ((spelled(words, spot), "") for spot in listed(words))
        if b"@" in block:
            text = block.decode(errors="replace")
            yield from ((spelled(text, spot), "") for spot in marked(text))


def questions(env: Env, begun: str) -> Iterator[Offer]:
    """The questions of the newest entries by their keys, each with its latest wording."""
    seen = set()
    for block in _blocks(env):
        for part in block.split(_ANSWER)[1:]:
            key = part[: part.find(b"\n")]
            if key not in seen and b'\nkind = "promise"\n' not in part:
                seen.add(key)
                yield _text(part), _text(part, b"\nquestion = ")


def promises(env: Env, begun: str) -> Iterator[Offer]:
    """The promises of the newest entries that are open, the newest first."""
    blocks = _blocks(env)
    latest: dict[str, str] = {}
    for block in blocks:
        for part in block.split(_OUTCOME)[1:]:
            latest.setdefault(_text(part), _text(part, b"\nresult = "))
    for block in blocks:
        name = _text(block, b"\nid = ")
        for part in block.split(_PROMISE)[1:]:
            ref, result = _text(part), latest.get(f"{name}/{_text(part)}", "not-yet")
            if result == "not-yet" or (result == "partly" and b'\nkind = "ask"\n' in part):
                yield f"{name.rpartition('-')[2]}/{ref}", _text(part, b"\ntext = ")


def endings(env: Env, begun: str) -> Iterator[Offer]:
    """The ways in which a promise or a question can end."""
    for words in import_module(ENDED).ENDINGS:
        yield words, ""


def sets(env: Env, begun: str) -> Iterator[Offer]:
    """Every prompt set by its name, with what it's about."""
    for path in all_files(env.prompt_folders):
        yield path.stem, _about(path)


def backups(env: Env, begun: str) -> Iterable[Offer]:
    """The backups of the journal, the newest first, by their names."""
    return import_module(SELDOM).backups(env)  # type: ignore[no-any-return]


ARGUMENTS: dict[str, tuple[Offers, ...]] = {
    "show": (entries,),
    "edit": (entries, questions),
    "delete": (entries,),
    "lookback": (questions,),
    "people": (people,),
    "forget": (people,),
    "promises close": (promises,),
    "reflect": (sets,),
    "prompts show": (sets,),
    "prompts check": (sets,),
    "prompts edit": (sets,),
}
"""What the arguments of a verb are, in their order; the last one may be repeated."""

OPTIONS: dict[str, Offers] = {
    "--since": days,
    "--until": days,
    "--week": weeks,
    "--set": sets,
    "--person": people,
    "--ending": endings,
    "--question": questions,
    "--skip": questions,
    "--before": days,
    "--quarter": quarters,
    "--year": years,
    "--on": entries,
    "--to": backups,
}
"""What follows an option, whatever the verb."""

_OTHERS = ("--journal", "-n")
"""Options whose value isn't offered, but isn't an argument either."""


def offers(env: Env, given: Sequence[str], begun: str) -> list[Offer] | None:
    """Return what may stand after the words given, each word once; None if the tables don't have it.

    Only what begins like `begun` is there, in any case.
    """
    found = OPTIONS.get(given[-1]) if given else None
    if not found and not begun.startswith("-"):
        found = _argument(env, given)
    if not found:
        return None
    unique: dict[str, str] = {}
    with suppress(FollowmeError, OSError, ValueError):
        for word, meaning in found(env, begun):
            if word.casefold().startswith(begun.casefold()) and _is_harmless(word):
                unique.setdefault(word, one_line(meaning))
    return list(unique.items())


def _argument(env: Env, given: Sequence[str]) -> Offers | None:
    """What the next argument is, if the tables have it; a journal that is named is the one to look at."""
    words = []
    before = ""
    for word in given:
        if before == "--journal":
            env.options.journal = Path(word)
        elif before not in _OTHERS and before not in OPTIONS and not word.startswith("-"):
            words.append(word)
        before = word
    if before.startswith("-") and before in _OTHERS:
        return None
    for length in (2, 1):
        if found := ARGUMENTS.get(" ".join(words[:length])) if len(words) >= length else None:
            return found[min(len(words) - length, len(found) - 1)]
    return None


def _is_harmless(word: str) -> bool:
    """Whether it can be offered: safe as it is, and no option where a word is wanted."""
    return bool(word) and one_line(word) == word and word.strip() == word and not word.startswith("-")


def _blocks(env: Env, count: int = LOOKED_AT) -> list[bytes]:
    """The bytes of about `count` of the newest entries, newest first, each from the end of its header line on."""
    data = tail_of(env.journal, count * _A_BLOCK).replace(b"\r\n", b"\n")
    return data.split(_HEAD)[:0:-1][:count]


def _text(data: bytes, key: bytes = b"") -> str:
    """The text right after this key, "" if it isn't there: in its one line, or the first one of several."""
    at = data.find(key)
    if at < 0:
        return ""
    line, _, rest = data[at + len(key) :].lstrip(b"\n").partition(b"\n")
    if line == b'"""':
        return rest[: rest.find(b"\n")].removesuffix(b'"""').decode(errors="replace")
    # Of the escapes, those of quotes are undone; others stand as they are.
    return re.sub(r'\\(["\\])', r"\1", line[1:-1].decode(errors="replace"))


def _about(path: Path) -> str:
    with suppress(OSError), path.open("rb") as file:
        return _text(b"\n" + file.read(_ABOUT_WITHIN), b"\nabout = ")
    return ""
