"""What a sitting remembers while it asks: last time's answer, a scale's course, the offer of another wording."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from asking_samples import (
    CARE,
    ENTER,
    F3,
    IDEAS,
    LAST,
    MOMENT,
    MOOD,
    PROMISE,
    WHY,
    Script,
    back,
    before,
    items,
    sat,
    typing,
    walk,
)

from followme.asking.last_time import AFTERWARDS, NOTHING, always_shown, can_be_shown, last_time
from followme.asking.nudge import ANOTHER
from followme.asking.plain import PlainAsker
from followme.asking.walk import Move
from followme.journal.draftfile import Draft
from followme.model import Progress, PromptSet, Section
from followme.promptfile.writer import to_table
from followme.sitting.starting import sitting_of
from rows import each_row

SAME = "I moved her licence request past finance on Tuesday, and she stayed for the demo."
LINE = replace(WHY, when=None)


def gone(questions, *answers, progress=None):
    """Walk through the questions with these answers; gives the progress and the script."""
    script = Script(list(answers))
    return walk(questions, script, progress).go(), script


def reply(item, progress):
    return item.respond(progress.typed[item.key]).answer.reply


# Last time


def test_the_answer_of_last_time_is_told_with_its_week():
    past = [before("2026-W45", MOMENT, "one"), before("2026-W46", MOMENT, "two\nlines")]
    (item,) = items(MOMENT, past=past)
    assert last_time(item, item.fields[0]) == ("Last time, on Friday, November 13, 2026:", "two\nlines")


def test_another_wording_is_told_too():
    past = [before("2026-W46", replace(MOMENT, ask="What else?"), "one")]
    (item,) = items(MOMENT, past=past)
    assert last_time(item, item.fields[0])[0] == 'Last time, on Friday, November 13, 2026, to "What else?":'


def test_passed_over_is_no_answer_and_other_questions_are_not_meant():
    past = [before("2026-W46", MOMENT, None), before("2026-W46", IDEAS, ("one",))]
    (item,) = items(MOMENT, past=past)
    assert last_time(item, item.fields[0]) == (NOTHING, "")
    assert not can_be_shown(item)


def test_outside_of_a_question_there_is_no_last_time():
    (moment, mood) = items(MOMENT, MOOD, past=[before("2026-W46", MOMENT, "one")])
    assert last_time(moment, mood.fields[0]) == (NOTHING, "")
    assert last_time(None, mood.fields[0]) == (NOTHING, "")


def test_a_scale_tells_nothing_before_it_is_answered():
    (item,) = items(CARE, past=[before("2026-W46", CARE, 4, "Two calls.")])
    assert [last_time(item, field) for field in item.fields] == [(AFTERWARDS, "")] * 2
    assert not can_be_shown(item)


def test_only_questions_in_ones_own_words_are_shown_always():
    past = [before("2026-W46", MOMENT, "one"), before("2026-W46", MOOD, "good")]
    moment, mood = items(MOMENT, MOOD, past=past)
    assert always_shown(moment)
    assert not always_shown(mood)
    assert can_be_shown(mood)


@each_row("show_last", [False, True])
def test_the_rich_asker_prints_it_above_on_a_key_or_always(show_last):
    (item,) = items(MOMENT, past=[before("2026-W46", MOMENT, "Ana stayed.")])
    with sat(LAST, ENTER, show_last=show_last) as sitting:
        sitting.asker.introduce(item, 1, 1, first=True)
        assert ("Ctrl+R shows" in sitting.printed) is not show_last
        assert ("Ana stayed." in sitting.printed) is show_last
        # It is printed, and never stands in the answer.
        assert sitting.ask(item.fields[0]) == Move("next", "")
        assert "Last time, on Friday, November 13, 2026:\n ▎ Ana stayed.\n" in sitting.printed


def test_the_key_is_named_once():
    questions = items(
        MOMENT, MOOD, past=[before("2026-W46", MOMENT, "one"), before("2026-W46", MOOD, "good")]
    )
    with sat() as sitting:
        for item in questions:
            sitting.asker.introduce(item, 1, 2, first=True)
        assert sitting.printed.count("Ctrl+R shows what you answered last time.") == 1


@each_row("show_last", [False, True])
def test_the_plain_asker_prints_it_on_a_word_or_always(show_last):
    (item,) = items(MOMENT, past=[before("2026-W46", MOMENT, "Ana stayed.")])
    stream = StringIO()
    asker = PlainAsker(typing(":last\n\n"), stream, show_last=show_last)
    asker.introduce(item, 1, 1, first=True)
    assert ("Ana stayed." in stream.getvalue()) is show_last
    assert (":last shows" in stream.getvalue()) is not show_last
    assert asker.ask(item.fields[0], "", lambda now: None) == Move("next", "")
    assert stream.getvalue().endswith("Last time, on Friday, November 13, 2026:\nAna stayed.\n> ")


# What a reflection looked back on


@each_row("kept", [False, True])
def test_a_key_shows_again_what_was_looked_back_on_and_is_named_once_and_only_then(kept):
    moment, mood = items(MOMENT, MOOD)
    with sat(F3, ENTER) as sitting:
        if kept:
            sitting.asker.keep_at_hand(lambda columns: [f"A quarter in {columns} columns"])
        for item in (moment, mood):
            sitting.asker.introduce(item, 1, 2, first=True)
        assert sitting.printed.count("F3 shows again what you looked back on.") == kept
        assert sitting.ask(moment.fields[0]) == Move("next", "")
        assert ("A quarter in 80 columns\n" in sitting.printed) is kept
        assert ("This reflection didn't start with a look back." in sitting.printed) is not kept


@each_row("kept", [False, True])
def test_with_plain_a_word_does(kept):
    (item,) = items(MOMENT)
    stream = StringIO()
    asker = PlainAsker(typing(":weeks\n\n"), stream, columns=60)
    if kept:
        asker.keep_at_hand(lambda columns: [f"A quarter in {columns} columns"])
    asker.introduce(item, 1, 1, first=True)
    assert (":weeks shows again" in stream.getvalue()) is kept
    assert asker.ask(item.fields[0], "", lambda now: None) == Move("next", "")
    shown = "A quarter in 60 columns" if kept else "This reflection didn't start with a look back."
    assert stream.getvalue().endswith(f"{shown}\n> ")


# The course of a scale


PAST = [before("2026-W45", CARE, 3), before("2026-W46", CARE, 2, "Two calls.")]


def test_a_scale_takes_its_digit_then_its_fact_and_only_then_tells_the_earlier_ones():
    heard = []

    class Listening(Script):
        def ask(self, field, value, typing):
            heard.append(list(self.told))
            return super().ask(field, value, typing)

    script = Listening(["4", "Three days."])
    walk(items(CARE, past=PAST), script).go()
    assert heard == [[], []]
    assert script.told == [
        "Earlier: 3 (Nov 2), 2 (Nov 9). Now: 4.\nIn the week of Nov 9, you wrote: Two calls."
    ]


@each_row("way", ["", back])
def test_a_scale_that_was_not_answered_tells_nothing(way):
    _, script = gone(items(CARE, past=PAST), way, "")
    assert script.told == []


# The offer of another wording


def test_an_answer_that_repeats_an_earlier_one_brings_another_wording_once():
    (item,) = items(MOMENT, past=[before("2026-W46", MOMENT, SAME)])
    progress, script = gone([item], SAME, "If she asked first.")
    assert item.fields[-1].ask == ANOTHER
    assert script.shown == ["", ""]
    assert reply(item, progress) == f"{SAME}\n\n{ANOTHER}\nIf she asked first."


def test_enter_leaves_the_answer_as_it_is():
    (item,) = items(MOMENT, past=[before("2026-W46", MOMENT, SAME)])
    progress, _ = gone([item], SAME, "")
    assert reply(item, progress) == SAME


def test_other_words_bring_no_offer():
    progress, script = gone(items(MOMENT, past=[before("2026-W46", MOMENT, SAME)]), "Ben had other plans.")
    assert len(script.shown) == 1
    assert progress.typed == {"moment": {"reply": "Ben had other plans."}}


def test_it_is_never_made_twice_for_the_same_question():
    questions = items(MOMENT, IDEAS, past=[before("2026-W46", MOMENT, SAME)])
    _, script = gone(questions, SAME, "", back, SAME, "one idea")
    assert script.shown == ["", "", "", SAME, ""]
    _, script = gone(questions, SAME, back, SAME, "one idea")
    assert script.shown == ["", "", SAME, ""]


def test_what_was_answered_to_it_can_be_changed_on_the_way_back():
    questions = items(MOMENT, IDEAS, past=[before("2026-W46", MOMENT, SAME)])
    progress, script = gone(questions, SAME, "more", back, "even more", "one idea")
    assert script.shown == ["", "", "", "more", ""]
    assert script.taken == [SAME, "more", SAME, "even more", "one idea"]
    assert progress.typed["moment"]["more"] == "even more"


def test_only_the_last_three_answers_count():
    others = [before(f"2026-W4{week}", MOMENT, f"Something else in week {week}.") for week in (4, 5, 6)]
    (item,) = items(MOMENT, past=[before("2026-W43", MOMENT, SAME), *others])
    assert not item.fields[-1].applies({"reply": SAME})


def test_an_answer_to_another_wording_does_not_hide_what_it_was_added_to():
    (item,) = items(MOMENT, past=[before("2026-W46", MOMENT, f"{SAME}\n\n{ANOTHER}\n" + "More words. " * 20)])
    assert item.fields[-1].applies({"reply": SAME})


def test_a_question_with_other_wordings_offers_its_own_and_a_line_stays_a_line():
    question = replace(LINE, variants=("What was in the way?",))
    (item,) = items(question, past=[before("2026-W46", LINE, SAME)])
    progress, _ = gone([item], SAME, "Nobody asked.")
    assert item.fields[-1].ask == "What was in the way?"
    assert reply(item, progress) == f"{SAME} / Nobody asked."


@each_row("question", [CARE, MOOD, IDEAS, PROMISE])
def test_only_text_and_line_get_it(question):
    (item,) = items(question, past=[before("2026-W46", question, None)])
    assert [field.name for field in item.fields if field.name == "more"] == []


def test_a_sitting_that_goes_on_later_still_knows_the_other_wording():
    planned = PromptSet(
        name="test",
        title="Test",
        sections=(Section(title="Part", questions=(replace(MOMENT, variants=("Another one?",)),)),),
    )
    past = [before("2026-W46", MOMENT, SAME)]
    draft = Draft(
        id="x", journal="", set="test", week="2026-W47", started=past[0].date, plan={"set": to_table(planned)}
    )
    begun = Progress(typed={"moment": {"reply": SAME}}, at="moment")
    (item,) = sitting_of(draft, past).items
    progress, _ = gone([item], SAME, "Something new.", progress=begun)
    assert reply(item, progress) == f"{SAME}\n\nAnother one?\nSomething new."
    # What was said to it is kept although the journal cannot be read just now.
    (alone,) = sitting_of(draft).items
    assert reply(alone, progress) == f"{SAME}\n\nAnother one?\nSomething new."
