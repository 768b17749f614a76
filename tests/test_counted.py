"""A usual week, counted as the asker is asked: how many prompts there are, and how many keys besides the writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from asking.asking_samples import ENTER, Fingers, Later
from followme.asking.rich.asker import RichAsker
from followme.kinds.base import Field
from playing import play
from running import Run
from test_sets_timed import weeks_before

PROMISE = "ask legal for the short contract @Ben by fri"


@dataclass
class Counted:
    """What a person was asked, and how many keys they pressed besides the writing."""

    fields: list[Field]
    keys: int = 0

    @property
    def prompts(self) -> list[Field]:
        """All prompts of its questions: of the row that shows what was understood, and at the end, only keys count.

        The screen that Enter leaves after saving is no question.
        """
        return [each for each in self.fields if each.input not in ("row", "enter") and each.name != "end"]

    def answer(self) -> str:
        """The keys that answer what is asked now: everything kept and heard, and no promise but one."""
        field = self.fields[-1]
        written = field.input in ("text", "line")
        keys = {
            "verdicts": "".join(row.keys[0] for row in field.rows),
            "digit": "4",
            "yesno": "y",
            "row": "y" if field.hint else ENTER,
            "text": f"Ana stayed for the demo.{ENTER}",
            "line": f"{PROMISE if field.name == 'line' else 'Ana.'}{ENTER}",
        }.get(field.input, ENTER)
        self.keys += 0 if field.input == "enter" else 1 if written else len(keys)
        return Later(keys) if keys == ENTER else keys


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    found = Counted([])
    ask, press = RichAsker.ask, Fingers.press

    def asked(asker: RichAsker, field: Field, *more: Any) -> Any:
        found.fields.append(field)
        return ask(asker, field, *more)

    def pressed(fingers: Fingers) -> None:
        fingers.presses[:] = [found.answer()]
        press(fingers)

    monkeypatch.setattr(RichAsker, "ask", asked)
    monkeypatch.setattr(Fingers, "press", pressed)
    return found


@pytest.mark.parametrize(
    ("name", "weeks", "prompts", "keys"), [("weekly", 4, 11, 14), ("three-minutes", 1, 6, 14)]
)
def test_a_usual_week_takes_few_prompts_and_few_keys(
    run: Run,
    counted: Counted,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    weeks: int,
    prompts: int,
    keys: int,
):
    weeks_before(run, weeks, ask=True)
    played = play(["reflect", name], [], monkeypatch, now=run.now)
    assert played.code == 0, played.text
    entry = run.entries[-1]
    asked = [answer["key"] for answer in entry["answer"]]
    assert ("unseen" in asked, "signs" in asked) == (True, False)
    assert [each["result"] for each in entry["outcome"]] == ["kept", "kept"]
    assert len(entry["promise"]) == 1
    assert len(counted.prompts) <= prompts
    assert counted.keys <= keys
