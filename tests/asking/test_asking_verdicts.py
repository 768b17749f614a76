"""What you promised, on one screen: its keys, what is on disk after each, its lines, and what older drafts hold."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from io import StringIO
from itertools import chain, pairwise, repeat

import pytest
from asking_samples import (
    BACK_KEY,
    CTRL_C,
    DELETE,
    DOWN,
    ENTER,
    F1,
    MOMENT,
    TODAY,
    UP,
    items,
    pasted,
    sat,
    typing,
    walk,
)
from prompt_toolkit.application import Application
from prompt_toolkit.application.current import set_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.output import DummyOutput

from followme.asking.plain import PlainAsker
from followme.asking.promised import PROMISED, VERDICTS, gathered, gone_on_with, promised
from followme.asking.rich import keys as rich_keys
from followme.asking.rich.keys import AGAIN, REFUSED
from followme.asking.rich.paper import Paper
from followme.asking.rich.verdicts import screen_of
from followme.asking.state import AT_END
from followme.asking.verdicts import OPEN, signs_of, value_of
from followme.asking.walk import BACK, NEXT, PAUSE
from followme.errors import Paused
from followme.insight.promises import OpenPromise
from followme.model import Progress, Promise
from followme.style import marks
from rows import each_row


def made(number: int, **parts: object) -> OpenPromise:
    promise = replace(Promise(ref=f"p{number}", text=f"Do {number}"), **parts)
    return OpenPromise(f"20261113T150210-x4d9w/p{number}", promise, "2026-W46")


DO, TO_BEN = made(1), made(2, to="Ben", told=True)
ASK = made(3, kind="ask", to="Cleo", text="What should I stop?")
DUE = (DO, TO_BEN, ASK)
BOARD = promised(DUE, TODAY).fields[0]


def pressed(*keys: str, value: tuple[str, ...] = ()):
    """The screen after these keys, pressed one by one: the move, what was heard after each, and what was printed."""
    with sat("".join(keys), CTRL_C) as sitting:
        move = sitting.ask(BOARD, value)
        return move, sitting.heard, sitting.printed


@each_row(
    ("keys", "value"),
    [
        ("knd", ("kept", "not kept", "asked, done")),
        ("KXT", ("kept", "no longer needed", "asked, something to do")),
        ("132", ("kept", "not kept", "asked, something to do")),
        ("paa", ("partly", "ask me again", "ask me again")),
        # The arrows leave rows open and come back, Backspace takes back what the row or the one before has.
        (f"{DOWN}pd{UP}{ENTER}", ("", "partly", "asked, done")),
        (f"k{DELETE}pka", ("partly", "kept", "ask me again")),
        (f"kp{UP}{DELETE}nd", ("kept", "not kept", "asked, done")),
        (f"kp{UP}{UP}nx", ("not kept", "partly", "no longer needed")),
        (f"{UP}{UP}{DELETE}{DOWN}{DOWN}{DOWN}{DOWN}x{CTRL_C}", ("", "", "no longer needed")),
    ],
)
def test_one_key_answers_a_row_and_the_last_one_goes_on(keys, value):
    move, heard, _ = pressed(keys)
    assert move.value == value
    assert heard[-1] == value


def test_every_verdict_is_reported_the_moment_it_is_pressed():
    _, heard, _ = pressed("kp", DELETE, "x", CTRL_C)
    found = [heard[0], *(now for before, now in pairwise(heard) if now != before)]
    assert found == [
        ("kept", "", ""),
        ("kept", "partly", ""),
        ("kept", "", ""),
        ("kept", "no longer needed", ""),
    ]


def test_enter_leaves_rows_open_and_leaves_the_screen_after_the_last():
    assert pressed(ENTER, ENTER, ENTER)[0].value == ()
    move, *_ = pressed(ENTER, "p", "d")
    assert (move.action, move.value) == (NEXT, ("", "partly", "asked, done"))


def test_an_enter_out_of_habit_leaves_no_row_open():
    move, _, printed = pressed("k", ENTER, "p", ENTER, "d")
    assert (move.action, move.value) == (NEXT, ("kept", "partly", "asked, done"))
    assert printed.count(AGAIN) == 2


def test_each_answer_counts_the_time_for_a_habit_anew():
    def hear(keys: str) -> None:
        if keys == "p":
            patch.setattr(rich_keys, "HABIT_SECONDS", 3_600)
            # An Enter that is no habit after the first answer any more, but is one after the second.
            press = sitting.asker._prompt.keyboard.send_text
            asyncio.get_running_loop().call_later(0.2, press, ENTER + "d")

    with sat("k" + F1, "p", hear=hear) as sitting, pytest.MonkeyPatch.context() as patch:
        patch.setattr(rich_keys, "HABIT_SECONDS", 0.2)
        assert sitting.ask(BOARD).value == ("kept", "partly", "asked, done")
        assert AGAIN in sitting.printed


@pytest.mark.parametrize("sign", ["y", "q", "k", "5"])
def test_what_is_no_ending_of_the_row_is_refused_and_does_nothing(sign: str):
    with sat("kp" + F1, sign + F1, ENTER + F1, "d") as sitting:
        move = sitting.ask(BOARD)
        printed = sitting.printed
    assert move.value == ("kept", "partly", "asked, done")
    assert "Type d, t, a or x." in printed
    assert REFUSED in printed


@each_row(
    ("word", "taken"),
    [
        ("kept", ()),
        ("not yet", ()),
        ("partly kept", ()),
        # Three endings, and then one sign more.
        ("kpdk", ()),
        # What was answered before stays.
        ("k|not yet", ("kept", "", "")),
    ],
)
def test_a_word_answers_no_row(word, taken):
    with sat(*(each + F1 for each in word.split("|")), CTRL_C) as sitting:
        move = sitting.ask(BOARD)
        assert (move.action, move.value) == (PAUSE, taken)
        assert ", a or x." in sitting.printed


def test_a_paste_answers_nothing():
    assert pressed(pasted("kpd"), CTRL_C)[0].value == ()


def test_pausing_and_going_back_keep_what_is_there():
    move, *_ = pressed("k", CTRL_C)
    assert (move.action, move.value) == (PAUSE, ("kept", "", ""))
    move, *_ = pressed("k", BACK_KEY)
    assert (move.action, move.value) == (BACK, ("kept", "", ""))


def test_a_screen_that_is_answered_goes_on_with_one_enter_and_changes_with_one_key():
    whole = ("kept", "partly", "asked, done")
    assert pressed(ENTER, value=whole)[0].value == whole
    assert pressed(UP, UP, "n", value=whole)[0].value == ("not kept", "partly", "asked, done")


def test_a_screen_half_answered_begins_at_the_first_open_row():
    assert pressed("x", value=("kept", "", "asked, done"))[0].value == (
        "kept",
        "no longer needed",
        "asked, done",
    )


def test_a_window_that_changes_while_the_rows_are_drawn_keeps_the_cursor_among_them():
    wide, narrow = 80, 12
    columns = chain([wide], repeat(narrow))
    rows = Paper(StringIO(), color=False, unicode=True, columns=wide).rows_said
    with set_app(Application(output=DummyOutput())):
        buffer = Buffer(document=Document(OPEN * len(BOARD.rows), len(BOARD.rows) - 1))
        content = screen_of(
            BOARD.rows, buffer, lambda: next(columns), lambda: 20, rows, marks(unicode=True)
        ).content
        drawn = content.create_content(wide, None)
    assert drawn.cursor_position.y == drawn.line_count - 1


def test_signs_and_values_are_the_same_thing():
    for value in ((), ("kept", "", ""), ("", "partly", "ask me again")):
        assert value_of(BOARD, signs_of(BOARD, value)) == value


# --- All verdicts first, then the lines ---

LINES = ("Half of it.", "She said: the calls.")


def test_all_are_answered_before_any_line_is_asked_and_each_line_says_what_it_is_about():
    with sat("kpt", LINES[0] + ENTER, "y", LINES[1] + ENTER, "x" + ENTER) as sitting:
        ended = walk(items(MOMENT, due=DUE), sitting.asker)
        ended.go()
        shown = sitting.printed
    (given,) = [ended.state.response(item) for item in ended.items if item.key == PROMISED]
    assert [(each.result, each.note, each.told) for each in given.outcomes] == [
        ("kept", "", None),
        ("partly", LINES[0], True),
        ("partly", LINES[1], None),
    ]
    order = [
        "1 of 2",
        "I will: Do 1",
        "kept",
        "I will: Do 2",
        "What got in the way?",
        "Have you told Ben",
        "Ask Cleo",
    ]
    places = [shown.rindex(each) for each in order[-4:]]
    assert places == sorted(places)
    assert shown.index("asked, something to do") < shown.index("What got in the way?")


def test_line_by_line_the_same_is_asked_in_words():
    stream = StringIO()
    typed = ["k", "2", ":back", "", "something", "t", LINES[0], "y", LINES[1], "x", ""]
    ended = walk(items(MOMENT, due=DUE), PlainAsker(typing("\n".join(typed)), stream))
    ended.go()
    (given,) = [ended.state.response(item) for item in ended.items if item.key == PROMISED]
    assert [each.result for each in given.outcomes] == ["kept", "partly", "partly"]
    shown = stream.getvalue()
    assert "k kept; p partly; n not kept; a ask me again; x no longer needed" in shown
    assert "Type d, t, a or x." in shown
    assert shown.index("d asked, done") < shown.index("What got in the way?")


def test_from_the_first_question_one_step_back_returns_to_the_screen():
    with sat("kkx", BACK_KEY, CTRL_C) as sitting:
        ended = walk(items(MOMENT, due=DUE), sitting.asker)
        with pytest.raises(Paused):
            ended.go()
    assert ended.progress.at == PROMISED
    assert ended.progress.typed[PROMISED][VERDICTS] == ("kept", "kept", "no longer needed")


# --- Older drafts, and answers from a file ---


def old(**typed: dict[str, str]) -> dict[str, dict[str, str]]:
    refs = {"one": DO.ref, "two": TO_BEN.ref, "three": ASK.ref}
    return {refs[name]: said for name, said in typed.items()}


HALF = old(one={"result": "not yet"}, two={"result": "partly", "note": "Half.", "told": "yes"})
TOGETHER = {VERDICTS: ("ask me again", "partly", ""), "note-2": "Half.", "told-2": "yes"}


def test_what_was_typed_for_each_promise_alone_comes_together():
    assert gathered(DUE, HALF | {"moment": {"reply": "x"}}) == {"moment": {"reply": "x"}, PROMISED: TOGETHER}
    assert gathered(DUE, {PROMISED: TOGETHER}) == {PROMISED: TOGETHER}
    assert gathered(DUE, {}) == {}


@each_row(
    ("done", "at", "found"),
    [
        ((DO.ref,), TO_BEN.ref, ((), PROMISED)),
        ((), DO.ref, ((), PROMISED)),
        ((DO.ref, TO_BEN.ref, ASK.ref), "moment", ((PROMISED,), "moment")),
        ((DO.ref, TO_BEN.ref, ASK.ref, "moment"), DO.ref, ((PROMISED, "moment"), PROMISED)),
        ((DO.ref, TO_BEN.ref), AT_END, ((PROMISED,), AT_END)),
    ],
)
def test_an_older_draft_goes_on_where_it_was_with_every_word(done, at, found):
    went_on = gone_on_with(Progress(typed=HALF, done=done, at=at), DUE)
    assert (went_on.done, went_on.at) == found
    assert went_on.typed == {PROMISED: TOGETHER}
    assert gone_on_with(went_on, DUE) == went_on


def test_a_draft_from_when_a_promise_was_handed_on_keeps_who_takes_it():
    before = {"change-2": "hand it on", "whom-2": "Dora", "note": "hand it on"}
    went_on = gone_on_with(Progress(typed={PROMISED: before}, at=AT_END), DUE)
    assert went_on.typed == {PROMISED: {"change-2": "hand it off", "who-2": "Dora", "note": "hand it on"}}
    assert gone_on_with(went_on, DUE) == went_on
