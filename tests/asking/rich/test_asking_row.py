"""A promise in two prompts, key by key: its line, the row that shows what was understood, and the cue."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from asking_samples import (
    ASK,
    BACK_KEY,
    CTRL_C,
    DELETE,
    ENTER,
    F1,
    FINISH_KEY,
    MOOD,
    PROMISE,
    TAB,
    Later,
    items,
    sat,
    walk,
)

from followme.asking.items import items_of
from followme.asking.key_words import all_keys, toolbar
from followme.errors import Paused
from followme.kinds.base import ADD, Field
from followme.model import Progress, Promise, PromptSet, Question, Section
from rows import each_row, first_quick

LINE = "ask legal @Ben by fri"
UNDERSTOOD = "   To Ben · By Fri, Nov 27 · Have you told Ben? y n\n"
PARTS = {"text": "ask legal", "to": "Ben", "by": "2026-11-27"}
ROW = Field(
    name="told", input="row", ask="To Ben · By Fri, Nov 27", hint="Have you told Ben?", turns={ADD: "line-2"}
)
CUE_FIELD = Field(name="occasion", input="line", ask="What's your cue?", turns={ADD: "line-2"})


def typed(*keys: str, question: Question = PROMISE, before: Progress | None = None, **settings):
    """What is in the draft at the end, and what was printed."""
    with sat(*keys, **settings) as sitting:
        walking = walk(items(question), sitting.asker, before)
        with suppress(Paused):
            walking.go()
        return dict(walking.progress.typed.get(question.key, {})), sitting.printed


def made(*keys: str, question: Question = PROMISE) -> list[Promise]:
    found, _ = typed(*keys, question=question)
    return list(items(question)[0].respond(found).promises)


def test_enter_keeps_what_was_understood_and_the_cue_follows():
    found, printed = typed(LINE + ENTER, ENTER, "the deal desk" + ENTER)
    assert found == {"line": LINE, **PARTS, "told": "", "occasion": "the deal desk"}
    assert f" ▎ {LINE}\n{UNDERSTOOD}What's your cue?\nA day, a meeting, a moment. Enter: none.\n" in printed
    assert "Another" not in printed
    (promise,) = made(LINE + ENTER, ENTER, ENTER)
    assert (promise.text, promise.to, promise.told, promise.occasion) == ("ask legal", "Ben", None, "")


@pytest.mark.parametrize(("key", "told"), [("y", True), ("n", False), ("Y", True)])
def test_y_and_n_answer_at_once_whether_they_were_told(key: str, told: bool):
    (promise,) = made(LINE + ENTER, key, Later(ENTER))
    assert promise.told is told


def test_a_letter_that_is_neither_y_nor_n_says_so():
    found, printed = typed(LINE + ENTER, "s" + ENTER + ENTER, ENTER)
    assert "Only y or n fits here." in printed
    assert found["told"] == ""


def test_where_nothing_was_taken_out_the_row_stands_too_and_asks_nothing():
    found, printed = typed("talk to Ben" + ENTER, "y" + ENTER + ENTER, ENTER)
    assert "  To yourself · By your next reflection · Right? Press Enter to keep it.\n" in printed
    assert "Have you told" not in printed
    assert "Press Enter to keep it." in printed
    assert found["text"] == "talk to Ben"
    assert not found["told"]


def test_a_mistyped_day_is_said_above_the_row():
    found, printed = typed("ask legal @Ana by fir" + ENTER, ENTER, ENTER)
    remark = '   "fir" isn\'t a day followme knows, so it stays in the promise.\n'
    assert f"{remark}   To yourself · By your next reflection · Right? Press Enter to keep it.\n" in printed
    assert found["text"] == "ask legal @Ana by fir"


def test_tab_goes_through_the_person_and_the_day_and_back_to_the_row():
    found, printed = typed(
        "ask legal" + ENTER, TAB, "Ben" + ENTER, "12/4" + ENTER, "\x154 dec" + ENTER, "n", Later(ENTER)
    )
    assert (found["line"], found["to"], found["by"], found["told"]) == (
        "ask legal",
        "Ben",
        "2026-12-04",
        "no",
    )
    assert "Dec 4 or Apr 12? Type one of them.\n" in printed
    assert " ▎ Fri, Dec 4\n   To Ben · By Fri, Dec 4 · Have you told Ben? y n\n" in printed


def test_a_day_typed_beside_the_person_is_the_day():
    found, printed = typed(LINE + ENTER, TAB, "\x15@Mia, by dec 4" + ENTER, ENTER, ENTER, ENTER)
    assert (found["to"], found["by"]) == ("Mia", "2026-12-04")
    assert "To Mia · By Fri, Dec 4 · Have you told Mia? y n" in printed
    (asked,) = made("What first?" + ENTER, "Ana by dec 4" + ENTER, ENTER, question=ASK)
    assert (asked.to, str(asked.by)) == ("Ana", "2026-12-04")
    # Whoever goes back from there, or stops, had typed it all the same.
    for key, *after in ((BACK_KEY, ENTER, ENTER), (FINISH_KEY,), (CTRL_C,)):
        (promise,) = made("call" + ENTER, TAB, f"Mia by dec 4{key}", *after)
        assert (promise.to, str(promise.by)) == ("Mia", "2026-12-04")


def test_what_stands_beside_a_person_and_is_no_day_is_said():
    found, printed = typed(
        "call" + ENTER, TAB, "Mia by fir" + ENTER, DELETE * 3 + "fri" + ENTER, ENTER, ENTER
    )
    assert '"fir" isn\'t a day followme knows. Try fri, dec 4 or in 2 weeks.\n' in printed
    assert (found["to"], found["by"]) == ("Mia", "2026-11-27")


@pytest.mark.parametrize(("question", "keys"), [(PROMISE, ("call" + ENTER, TAB)), (ASK, ("call" + ENTER,))])
def test_a_person_left_with_half_a_day_is_asked_for_again(question: Question, keys: tuple[str, ...]):
    """Else nothing would come of it, and at the end it would be asked again and again."""
    (promise,) = made(*keys, f"Mia by f{BACK_KEY}", ENTER, "ri" + ENTER, ENTER, ENTER, question=question)
    assert (promise.to, str(promise.by)) == ("Mia", "2026-11-27")


def test_the_parts_begin_with_what_was_understood_and_stay_as_they_are():
    found, _ = typed(LINE + ENTER, TAB, "a" + ENTER, ENTER, ENTER, ENTER)
    assert (found["to"], found["by"]) == ("Bena", "2026-11-27")


def test_another_person_may_not_have_been_told():
    found, _ = typed(LINE + ENTER, "y", Later(BACK_KEY), TAB, "\x15Ana" + ENTER, ENTER, ENTER, ENTER)
    assert (found["to"], found["told"]) == ("Ana", "")


@each_row(
    "again",
    [
        (BACK_KEY, "x" + DELETE + ENTER),
        (BACK_KEY, "\x15ask legal @ben by fri" + ENTER),
        (BACK_KEY, "\x15ask finance by mon @BEN" + ENTER),
        (DELETE, DELETE * 9 + " nicely @Ben" + ENTER),
        (TAB, "x" + DELETE + ENTER, ENTER),
        (TAB, "\x15@ben by mon" + ENTER, ENTER),
        (TAB, "\x15she and he, whoever they are" + ENTER, "\x15Ben" + ENTER, ENTER),
    ],
)
def test_whether_they_were_told_stays_while_the_promise_is_to_the_same_person(again: tuple[str, ...]):
    found, _ = typed(LINE + ENTER, "n", Later(BACK_KEY), *again, ENTER, ENTER)
    assert (found["to"].lower(), found["told"]) == ("ben", "no")


@each_row(
    "again",
    [
        (BACK_KEY, "\x15ask legal @Ana by fri" + ENTER),
        (BACK_KEY, "\x15ask legal by fri" + ENTER),
        (BACK_KEY, DELETE * 8 + CTRL_C),
        (TAB, "\x15Benno" + ENTER, ENTER),
        (TAB, "\x15" + ENTER, ENTER),
    ],
)
def test_another_person_or_none_was_not_told(again: tuple[str, ...]):
    found, _ = typed(LINE + ENTER, "n", Later(BACK_KEY), *again, ENTER, ENTER)
    assert not found.get("told")


def test_a_line_typed_and_deleted_keeps_the_parts_that_were_changed():
    found, _ = typed(
        "ask legal" + ENTER,
        TAB,
        "Ana" + ENTER,
        "mon" + ENTER,
        "y",
        Later(BACK_KEY),
        BACK_KEY,
        BACK_KEY,
        BACK_KEY,
        "x" + DELETE + ENTER,
        ENTER,
        ENTER,
    )
    assert (found["to"], found["by"], found["told"]) == ("Ana", "2026-11-23", "yes")


def test_backspace_gives_the_line_back_as_it_was_typed():
    found, printed = typed(LINE + ENTER, DELETE, DELETE * 3 + "mon" + ENTER, ENTER, ENTER)
    assert found["line"] == "ask legal @Ben by mon"
    assert found["by"] == "2026-11-23"
    assert printed.count("What next?") == 1


def test_a_line_that_is_left_as_it_was_keeps_the_parts_that_were_changed():
    found, _ = typed(LINE + ENTER, TAB, "\x15Ana" + ENTER, ENTER, DELETE, ENTER, ENTER, ENTER)
    assert (found["line"], found["to"]) == (LINE, "Ana")
    found, _ = typed(LINE + ENTER, TAB, "\x15Ana" + ENTER, ENTER, DELETE, "x" + ENTER, ENTER, ENTER)
    assert (found["text"], found.get("to", "")) == (f"{LINE}x", "")


def test_plus_adds_another_promise_and_the_cues_follow():
    first, second = made(LINE + ENTER, "+", "call Ana" + ENTER, *(ENTER, ENTER, "Monday" + ENTER, ENTER))
    assert (first.text, first.told, first.occasion) == ("ask legal", None, "Monday")
    assert second == Promise(ref="", text="call Ana")
    # It may be made twice, and no third time.
    _, printed = typed(LINE + ENTER, "+", "call Ana" + ENTER, "+" + ENTER + ENTER, *[ENTER] * 3)
    assert "Press Enter to keep it." in printed


def test_plus_right_after_the_answer_takes_both():
    first, second = made(LINE + ENTER, "y+", "call Ana" + ENTER, ENTER, "Monday" + ENTER, ENTER)
    assert (first.text, first.told, first.occasion) == ("ask legal", True, "Monday")
    assert second == Promise(ref="", text="call Ana")
    # In a word it's a sign like others.
    for keys in ("ye+", "ok+"):
        found, printed = typed(LINE + ENTER, keys + F1, CTRL_C)
        assert ("line-2" in found, found.get("told", "")) == (False, "")
        assert "Only y or n fits here." in printed


def test_going_back_leads_from_the_cue_to_the_row_and_from_there_to_the_line():
    found, printed = typed(LINE + ENTER, ENTER, "Mon" + BACK_KEY, BACK_KEY, ENTER, "n", Later("day" + ENTER))
    assert (found["line"], found["told"], found["occasion"]) == (LINE, "no", "Monday")
    cue = "What's your cue?\nA day, a meeting, a moment. Enter: none.\n"
    question = "What next?\nI will … Add who and when at the end: @Name by fri.\n"
    assert f"{cue}\nWhat next?\n{UNDERSTOOD}\n{question} ▎ {LINE}\n{UNDERSTOOD}" in printed


def test_going_back_from_the_second_cue_shows_the_promise_of_the_first_after_one_empty_row():
    _, printed = typed("one" + ENTER, "+", "two" + ENTER, ENTER, ENTER, BACK_KEY, ENTER)
    again = printed.split("What's your cue?\n")[2]
    assert again.endswith("none.\n\n ▎ one\n")


STOPPED = [
    (LINE + ENTER, CTRL_C),
    (LINE + ENTER, TAB, ENTER, CTRL_C),
    (LINE + CTRL_C,),
    (LINE + ENTER, TAB, CTRL_C),
    (LINE + ENTER, DELETE, CTRL_C),
    (LINE + ENTER, "y", Later("Mon" + CTRL_C)),
    (LINE + ENTER, "+", CTRL_C),
]


@pytest.mark.parametrize("keys", first_quick(((keys,) for keys in STOPPED), quick=2))
def test_a_pause_at_each_step_goes_on_with_everything(keys: tuple[str, ...]):
    found, _ = typed(*keys)
    assert {name: found[name] for name in ("line", *PARTS)} == {"line": LINE, **PARTS}
    on = [ENTER, ENTER, ENTER] + [ENTER] * ("line-2" in found)
    after, printed = typed(*on, before=Progress(typed={"promise": found}, at="promise"))
    assert {name: after[name] for name in ("line", *PARTS)} == {"line": LINE, **PARTS}
    assert after["told"] == found.get("told", "")
    assert after["occasion"] == found.get("occasion", "")
    assert ("What's the next one?" in printed) is ("line-2" in found)


def test_finishing_at_the_row_makes_the_promise():
    (promise,) = made(LINE + ENTER, FINISH_KEY)
    assert (promise.text, promise.to) == ("ask legal", "Ben")


def test_a_draft_of_an_older_version_goes_on_with_its_parts():
    old = {
        "text": "Call",
        "occasion": "Monday",
        "to": "Ben",
        "by": "2026-12-04",
        "told": "no",
        "text-2": "Write",
    }
    before = Progress(typed={"promise": old}, at="promise")
    found, printed = typed(ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, before=before)
    assert {name: found[name] for name in old} == old
    assert found["line"] == "Call @Ben by Fri, Dec 4"
    assert "To Ben · By Fri, Dec 4 · Have you told Ben? y n" in printed
    found, _ = typed(" soon" + ENTER, before=before)
    assert found["text"] == "Call @Ben by Fri, Dec 4 soon"


# A question to one person


def test_a_question_takes_the_person_from_its_line():
    (question,) = made("What first? @Ana by dec 4" + ENTER, ENTER, question=ASK)
    assert (question.text, question.to, str(question.by), question.told) == (
        "What first?",
        "Ana",
        "2026-12-04",
        None,
    )


def test_a_question_without_one_asks_who_and_enter_drops_it():
    found, printed = typed("What first?" + ENTER, "Ana" + ENTER, ENTER, question=ASK)
    assert found["to"] == "Ana"
    assert "Who will you ask?" in printed
    assert "To Ana · By your next reflection · Right? Press Enter to keep it.\n" in printed
    # A second Enter out of habit drops nothing.
    found, printed = typed("What first?" + ENTER, ENTER, "Ana" + ENTER, ENTER, question=ASK)
    assert found["to"] == "Ana"
    assert "Without a name, your question is dropped. Press Enter again to drop it.\n" in printed
    assert made("What first?" + ENTER, ENTER, ENTER, question=ASK) == []


def test_a_name_may_have_the_mark_that_the_line_takes():
    found, printed = typed("What first?" + ENTER, "@Ana_Ruiz" + ENTER, ENTER, question=ASK)
    assert (
        found["to"],
        "To Ana Ruiz · By your next reflection · Right? Press Enter to keep it.\n" in printed,
    ) == ("Ana Ruiz", True)


# A + and what it leaves out


def test_whoever_adds_another_promise_is_asked_afterward_who_was_told():
    keys = ("call @Mia" + ENTER, "+", "write @Ben" + ENTER, ENTER)
    found, printed = typed(*keys, "y", Later(ENTER), ENTER)
    assert (
        " ▎ call\nHave you told Mia?\n ▎ yes\n\n ▎ call\nWhat's your cue?\n"
        "A day, a meeting, a moment. Enter: none.\n   no cue\n\n ▎ write\nWhat's your cue?\n"
        "A day, a meeting, a moment. Enter: none.\n   no cue\n"
    ) in printed
    assert (found["told"], found["told-2"]) == ("yes", "")
    # No one is asked twice, and what was answered stays when another part is emptied.
    found, printed = typed(*("call @Mia by fri" + ENTER, "y", Later(BACK_KEY), "+"), ENTER, ENTER)
    assert (found["told"], printed.count("Have you told Mia?\n")) == ("yes", 0)
    keys = ("call @Mia by fri" + ENTER, "y", Later(BACK_KEY), TAB, ENTER, "\x15" + ENTER)
    assert typed(*keys)[0]["told"] == "yes"


@pytest.mark.parametrize(
    "keys", [("+" + ENTER,), ("call" + ENTER, TAB, "+" + ENTER), ("call" + ENTER, ENTER, " + " + ENTER)]
)
def test_a_plus_alone_is_no_answer(keys: tuple[str, ...]):
    _, printed = typed(*keys)
    assert '"+" alone isn\'t an answer.' in printed


CUE = 'A cue can\'t begin with "+". Leave that out to keep these words as your cue, or type + alone to add another'


def test_a_plus_at_an_empty_cue_asks_for_another_promise_and_the_cues_come_last():
    keys = (LINE + ENTER, "n", Later("+"), "call Ana" + ENTER, ENTER, "Monday" + ENTER, ENTER)
    found, printed = typed(*keys)
    assert (found["told"], found["text-2"], found["occasion"]) == ("no", "call Ana", "Monday")
    assert printed.index("What's the next one?") < printed.index(" ▎ ask legal\nWhat's your cue?")
    # From the last cue too; a third promise comes then, and a fourth one never.
    three = replace(PROMISE, most=3)
    keys = (
        "a" + ENTER,
        "+",
        "b" + ENTER,
        ENTER,
        "Mon" + ENTER,
        "+",
        "c" + ENTER,
        ENTER,
        *(ENTER, "+" + ENTER),
    )
    found, printed = typed(*keys, question=three)
    assert (found["occasion"], found["line-3"], found["occasion-2"]) == ("Mon", "c", "+")
    assert '"+" alone isn\'t an answer.' in printed


def test_a_plus_at_the_cue_is_on_disk_at_once():
    found, _ = typed(LINE + ENTER, "n", Later("+"), CTRL_C)
    assert (found["line-2"], found["occasion"]) == ("", "")


@pytest.mark.parametrize("pasted", ["+call Ana", "\x1b[200~+ call Ana\x1b[201~"])
def test_a_promise_with_its_plus_is_no_cue(pasted: str):
    found, printed = typed("call" + ENTER, ENTER, pasted + ENTER, "\x15+", "call Ana" + ENTER, *[ENTER] * 3)
    assert " ".join(printed.split()).count(CUE) == 1
    assert (found["occasion"], found["text-2"]) == ("", "call Ana")
    # After words it's a sign like others.
    assert made("call" + ENTER, ENTER, "1+1" + ENTER)[0].occasion == "1+1"


def test_the_plus_at_the_end_of_a_line_asks_for_another_promise():
    first, second = made(
        "hand it to Jonas @Ben +" + ENTER, "n", Later("call" + ENTER), ENTER, "Mon" + ENTER, ENTER
    )
    assert (first.text, first.to, first.told, first.occasion) == ("hand it to Jonas", "Ben", False, "Mon")
    assert second.text == "call"
    (only,) = made("call +" + ENTER, ENTER, ENTER, ENTER)
    assert only.text == "call"


# How it looks


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
def test_the_keys_at_an_empty_cue_name_the_plus(columns: int):
    keys = toolbar(CUE_FIELD, columns)
    assert len(keys) < columns
    assert "+ another" in keys or "+ more" in keys
    assert "+ another" not in toolbar(CUE_FIELD, columns, filled=True)
    assert all_keys(CUE_FIELD)[0][0] == "+"


@pytest.mark.parametrize("columns", [32, 40, 60, 80, 120])
def test_the_line_of_keys_fits(columns: int):
    with sat() as sitting:
        assert len(sitting.asker._toolbar(ROW, columns)) < columns


def test_f1_tells_the_keys_of_the_row_first():
    with sat(F1, ENTER) as sitting:
        assert sitting.ask(ROW).value == ""
        rows = sitting.printed.split("\n")
        shown = [row[:11].strip() for row in rows if row[11:12].strip() and row[10:11] == " "]
    assert shown[:5] == ["Enter", "y, n", "Tab", "Backspace", "+"]


def test_without_unicode_the_parts_have_a_hyphen_between_them():
    _, printed = typed(LINE + ENTER, ENTER, ENTER, unicode=False)
    assert "  To Ben - By Fri, Nov 27 - Have you told Ben? y n\n" in printed


def test_the_row_is_of_no_other_question():
    assert not any(field.input == "row" for field in items(MOOD)[0].fields)


# Which day a weekday is, wherever one is typed


def test_of_a_weekday_typed_at_a_prompt_the_one_after_is_named():
    monday = date(2026, 11, 16)
    for keys, question in (
        (("What first?" + ENTER, "Ana by fri" + ENTER, ENTER), ASK),
        (("call" + ENTER, TAB, ENTER, "fri" + ENTER, ENTER, ENTER), PROMISE),
    ):
        with sat(*keys) as sitting:
            asked = items_of(
                PromptSet(name="t", title="T", sections=(Section(title="P", questions=(question,)),)),
                (),
                monday,
                (),
            )
            walk(asked, sitting.asker).go()
            assert sitting.printed.count('"fri" is in this week. "next fri" is Fri, Nov 27.') == 1
