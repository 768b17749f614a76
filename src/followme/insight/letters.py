"""Letters in the place of names: "Person A" wherever an entry names someone, in every text it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count, product
from string import ascii_uppercase
from typing import Any

from followme.insight.people import introduced
from followme.insight.wording import capitalized, counted
from followme.model import Answer, Entry
from followme.names import Known, Spot, listed, same_name, spelled


class Letters:
    """Gives each person that a journal names a letter, in the order of their first places."""

    def __init__(self, journal: Iterable[Entry]):
        self._known = Known(name for entry in journal for name in introduced(entry))
        self._letters: dict[str, str] = {}
        self._free = ("".join(signs) for size in count(1) for signs in product(ascii_uppercase, repeat=size))

    @property
    def sentence(self) -> str:
        """What was done, and what may remain."""
        people = counted(len(self._letters), "person appears as a letter", "people appear as letters")
        return (
            f"{capitalized(people)} instead of by name. Other names may remain, since followme knows only "
            "those marked with @, in promises and in one-on-ones."
        )

    def disguised(self, entry: Entry) -> Entry:
        """Return the entry with letters in the place of names, wherever it has words."""
        return replace(
            entry,
            answers=tuple(map(self._answer, entry.answers)),
            promises=tuple(
                replace(
                    each,
                    text=self._text(each.text),
                    occasion=self._text(each.occasion),
                    to=self._names(each.to),
                    who=self._names(each.who),
                )
                for each in entry.promises
            ),
            outcomes=tuple(replace(each, note=self._text(each.note)) for each in entry.outcomes),
        )

    def _answer(self, answer: Answer) -> Answer:
        change = self._names if answer.names_person else self._text
        reply: Any = answer.reply
        if isinstance(reply, str):
            reply = change(reply)
        elif isinstance(reply, tuple):
            reply = tuple(map(change, reply))
        return replace(
            answer,
            question=self._text(answer.question),
            reply=reply,
            low_label=self._text(answer.low_label),
            high_label=self._text(answer.high_label),
            fact=self._text(answer.fact),
        )

    def _names(self, text: str) -> str:
        """A text that has nothing but names, with letters for them."""
        return self._with_letters(text, listed(text))

    def _text(self, text: str) -> str:
        """A text with letters for the names in it."""
        return self._with_letters(text, self._known.spots(text)) if text else text

    def _with_letters(self, text: str, spots: Iterable[Spot]) -> str:
        done, end = [], 0
        for spot in sorted(spots):
            done += [text[end : spot.start - spot.marked], self._person(spelled(text, spot))]
            end = spot.end
        return "".join([*done, text[end:]]) if done else text

    def _person(self, name: str) -> str:
        same = same_name(name)
        if same not in self._letters:
            self._letters[same] = next(self._free)
        return f"Person {self._letters[same]}"
