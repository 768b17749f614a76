"""The walk: forward, back, past what does not apply; the summary; and no word lost on any of these ways."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from asking_samples import (
    ASK,
    CARE,
    IDEAS,
    MOMENT,
    MOOD,
    PROMISE,
    SIGNS,
    WHY,
    Script,
    back,
    items,
    pause,
    walk,
)

from followme.asking.state import AT_END, State
from followme.asking.walk import BACK, FINISH, JUMP, Move, Walk
from followme.errors import Paused
from followme.insight.promises import OpenPromise
from followme.kinds.base import ADD, ADJUST
from followme.model import Entry, Progress, Promise, Question, When
from followme.sitting.entry import filled
from followme.sitting.summary import CHANGE, DISCARD, sit
from rows import each_row


def gone(questions, *answers):
    """Walk through the questions with these answers; gives the progress and the script."""
    script = Script(list(answers))
    return walk(questions, script).go(), script


def sat(questions, *answers, progress=None):
    """A whole sitting, with the answers at the summary; gives what is saved, and the script."""
    script = Script(list(answers))
    ended = sit(walk(questions, script, progress), lambda now: None)
    return ended and ended.progress, script


def concluded(questions, progress):
    """The progress as if the sitting ended here."""
    return State(questions, progress).concluded.progress


def reply(questions, progress, key):
    item = next(item for item in questions if item.key == key)
    return item.respond(progress.typed[key]).answer.reply


def test_forward_asks_everything_once_and_ends():
    progress, script = gone(items(MOMENT, MOOD), "Ana stayed.", "good")
    assert script.asked == ["1/2 One moment?", "2/2 Which one?"]
    assert progress.typed == {"moment": {"reply": "Ana stayed."}, "mood": {"reply": "good"}}
    assert (progress.done, progress.at) == (("moment", "mood"), AT_END)


class Typist(Script):
    """A script whose words are typed letter by letter."""

    def ask(self, field, value, typing):
        move = super().ask(field, value, typing)
        for end in range(len(move.value)):
            typing(move.value[: end + 1])
        return move


@each_row("on_disk, quickly", [(True, ["o", "on", "one"]), (False, ["o", "on", "one", "one"])])
def test_what_typing_put_on_disk_is_not_written_again_before_the_sync(on_disk, quickly):
    writes: dict[str, list[str]] = {"quickly": [], "synced": []}

    def writing(how):
        return lambda now: writes[how].append(now.progress.typed["moment"]["reply"]) or on_disk

    Walk(
        State(items(MOMENT), Progress()), Typist(["one"]), keep=writing("synced"), typing=writing("quickly")
    ).go()
    assert writes == {"quickly": quickly, "synced": ["one"]}


def test_nothing_typed_is_a_skip_that_is_kept():
    questions = items(MOMENT, MOOD)
    progress, _ = gone(questions, "", "good")
    assert progress.done == ("moment", "mood")
    assert reply(questions, progress, "moment") is None


@each_row("blanks", [" ", "   ", "\n\n", "\t"])
def test_only_blanks_pass_over(blanks):
    questions = items(MOMENT)
    progress, _ = gone(questions, blanks)
    assert reply(questions, progress, "moment") is None


def test_back_from_the_third_question_to_the_first_and_forward_again_keeps_all_words():
    progress, script = gone(
        items(MOMENT, SIGNS, IDEAS),
        *("one", ("calm",), Move(BACK, "half an idea"), back),
        *("one, longer", ("calm", "loud"), "half an idea, whole"),
    )
    assert script.shown == ["", "", "", ("calm",), "one", ("calm",), "half an idea"]
    assert progress.typed["ideas"] == {"reply": "half an idea, whole"}
    assert progress.typed["moment"] == {"reply": "one, longer"}


def test_back_at_the_first_question_stays_there():
    _, script = gone(items(MOMENT), back, back, "one")
    assert script.asked == ["1/1 One moment?"] * 3


def test_back_inside_a_question_goes_to_the_field_before():
    progress, script = gone(items(CARE), "3", back, "4", "Two calls.")
    assert script.shown == ["", "", "3", ""]
    assert progress.typed["care"] == {"reply": "4", "fact": "Two calls."}


def test_back_from_the_next_question_goes_to_the_field_that_was_asked_last():
    progress, script = gone(items(CARE, MOOD), "3", "Two calls.", back, "Three calls.", "good")
    assert script.shown == ["", "", "", "Two calls.", ""]
    # The answer that it belongs to stands above it.
    assert script.taken == ["3", "Two calls.", "3", "Three calls.", "good"]
    assert progress.typed["care"] == {"reply": "3", "fact": "Three calls."}
    # A question that was skipped, or is the first one, begins where it always does.
    assert gone(items(CARE, MOOD), "", back, "3", "", "good")[1].shown == ["", "", "", "", ""]
    assert gone(items(CARE), "3", back, back, "4", "")[1].shown == ["", "", "3", "3", ""]


@each_row("question, given, unfit", [(CARE, ("3", ""), "9"), (PROMISE, ("Call", "", ""), "+")])
def test_back_goes_to_an_answer_that_does_not_fit_and_not_to_what_belongs_to_it(question, given, unfit):
    ways = (Move(JUMP, number=1), Move(JUMP, unfit, number=2), back, *given, "good", "Ana stayed.")
    progress, script = gone(items(question, MOOD, MOMENT), *given, "good", *ways)
    assert unfit in script.shown
    assert unfit not in script.taken
    assert unfit not in progress.typed[question.key].values()


def test_back_from_the_summary_goes_to_the_field_that_was_asked_last():
    _, script = sat(items(MOOD, PROMISE), "good", "Call @Ben", "", "Monday", back, "Tuesday", "")
    assert script.shown == ["", "", "", "", "", "Monday", ""]
    assert script.taken[-3:] == ["Call @Ben", "Tuesday", ""]


def test_a_condition_is_looked_at_each_time():
    questions = items(CARE, WHY, MOOD)
    _, script = gone(questions, "4", "", "good")
    # What hangs on an answer is counted once that is given: no answer makes the sitting shorter.
    assert script.asked == ["1/2 How often?", "2/2 Which one?"]
    progress, script = gone(questions, "1", "", "No time.", back, back, back, "5", "", "good")
    assert [words[4:] for words in script.asked] == [
        *("How often?", "Why so rarely?", "Which one?", "Why so rarely?", "How often?", "Which one?")
    ]
    assert progress.typed["why"] == {"reply": "No time."}
    assert [item.key for item in State(questions, progress).done] == ["care", "mood"]


GOOD = [
    Question(key="what", kind="line", ask="What was good?", when=When(key="mood", test="is", value="good"))
]
BAD = [
    Question(key=key, kind="line", ask=ask, when=When(key="mood", test="is", value="bad"))
    for key, ask in (("bad-1", "What was bad?"), ("bad-2", "What came of it?"))
]


@each_row(
    ("questions", "answers", "asked"),
    [
        ((MOOD, *GOOD, *BAD), ("bad", "", ""), ["1/1 Which one?", "2/3 What was bad?", "3/3 What came of it?"]),
        ((MOOD, *GOOD, *BAD), ("good", ""), ["1/1 Which one?", "2/2 What was good?"]),
        ((MOOD, *GOOD, *BAD), ("",), ["1/1 Which one?"]),
        ((MOMENT, MOOD, *BAD), ("", "good"), ["1/2 One moment?", "2/2 Which one?"]),
        # Two questions decide, each over its own.
        ((CARE, WHY, MOOD, *GOOD), ("0", "", "", "bad"), ["1/2 How often?", "2/3 Why so rarely?", "3/3 Which one?"]),
        ((CARE, WHY, MOOD, *GOOD), ("5", "", "good", ""),
         ["1/2 How often?", "2/2 Which one?", "3/3 What was good?"]),
    ],
)  # fmt: skip
def test_what_is_not_decided_yet_counts_with_its_shortest_way(questions, answers, asked):
    """Of the ways that one answer decides between, one is gone; a sitting may turn out longer, never shorter."""
    _, script = gone(items(*questions), *answers)
    assert script.asked == asked


def test_any_of_the_options_that_a_condition_names_will_do():
    signs = When(key="signs", test="includes", value=("calm", "tense"))
    then = Question(key="then", kind="line", ask="What did you do?", when=signs)
    for picked, asked in ((("tense", "loud"), 2), (("calm",), 2), (("loud",), 1), ((), 1)):
        _, script = gone(items(SIGNS, then), picked, *[""] * (asked - 1))
        assert len(script.asked) == asked


def test_the_count_follows_the_deciding_answer_when_it_is_changed():
    _, script = gone(items(MOOD, *GOOD, *BAD), "good", back, "bad", "", "")
    assert script.asked == [
        *("1/1 Which one?", "2/2 What was good?"),
        *("1/2 Which one?", "2/3 What was bad?", "3/3 What came of it?"),
    ]


def test_a_question_to_take_to_someone_goes_with_the_name_that_is_left_empty():
    questions = items(ASK, MOOD)
    progress, script = gone(questions, "What should I stop?", "", "", "good")
    (drops,) = script.said
    assert drops == "Without a name, your question is dropped. Press Enter again to drop it."
    given = questions[0].respond(progress.typed["ask"])
    assert (given.promises, given.answer.skipped) == ((), True)
    # Until the entry is saved, its words are still there for who goes back.
    assert progress.typed["ask"]["text"] == "What should I stop?"
    progress, _ = gone(questions, "What should I stop?", "", "", back, "Cleo", "", "good")
    assert [each.to for each in questions[0].respond(progress.typed["ask"]).promises] == ["Cleo"]


def test_a_promise_is_made_by_its_text_alone_and_none_by_an_empty_text():
    questions = items(PROMISE, MOOD)
    progress, script = gone(questions, "Call Ben", "", "", "good")
    assert questions[0].respond(progress.typed["promise"]).promises == (Promise(ref="", text="Call Ben"),)
    assert script.said == []
    progress, script = gone(questions, "", "good")
    assert questions[0].respond(progress.typed["promise"]).promises == ()
    assert len(script.shown) == 2


def test_another_promise_is_asked_for_where_the_row_adds_one():
    questions = items(PROMISE)
    progress, _ = gone(questions, "Call Ben", Move(ADD), "Thank Ana", "", "the desk meets", "")
    assert questions[0].respond(progress.typed["promise"]).promises == (
        Promise(ref="", text="Call Ben", occasion="the desk meets"),
        Promise(ref="", text="Thank Ana"),
    )


def test_a_day_that_cannot_be_read_is_complained_about_and_stays_to_be_mended():
    _, script = gone(items(PROMISE), "Call", Move(ADJUST), "", "03/12/2026", "2026-12-03", "", "")
    assert len(script.said) == 1
    assert script.shown[-3] == "03/12/2026"


def test_who_empties_a_field_takes_back_what_hung_on_it():
    """Else the parts of a promise that was taken back would come again with the next one."""
    questions = items(PROMISE, MOOD)
    parts = ("Call @Ben by dec 1", Move(ADD, "yes"), "Thank Ana", "", "Tuesday", "")
    progress, _ = gone(questions, *parts, *[back] * 6, "", "good")
    assert questions[0].respond(progress.typed["promise"]).promises == ()
    assert not any(progress.typed["promise"].values())


def test_who_empties_a_later_field_takes_back_what_hung_on_that_one_alone():
    questions = items(PROMISE, MOOD)
    line = "Call @Ben by 2026-12-01"
    again = (line, Move(ADJUST, "yes"), "", "2026-12-01", "", "", "Tuesday", "good")
    parts = (line, Move(ADD, "yes"), "Thank Ana @Ana", "no", "Tuesday", "Monday")
    progress, script = gone(questions, *parts, *[back] * 6, *again)
    (promise,) = questions[0].respond(progress.typed["promise"]).promises
    assert (promise.text, promise.occasion, promise.by) == ("Call", "Tuesday", date(2026, 12, 1))
    # Nobody is promised anything any more, so nobody can know of it.
    assert (promise.to, promise.told) == ("", None)
    assert script.shown[-8:] == [line, "yes", "Ben", "2026-12-01", "", "Thank Ana @Ana", "Tuesday", ""]
    typed = {name for name, value in progress.typed["promise"].items() if value}
    assert typed == {"line", "text", "occasion", "by"}


def test_who_empties_a_scale_takes_back_its_fact():
    progress, _ = gone(items(CARE, MOOD), "4", "Two calls.", back, back, "", "good")
    assert not any(progress.typed["care"].values())
    progress, _ = gone(items(CARE), "4", "Two calls.")
    assert progress.typed["care"] == {"reply": "4", "fact": "Two calls."}


def test_a_pause_keeps_what_was_typed_so_far():
    script = Script(["one", Move("pause", "half an")])
    kept = []
    sitting = walk(items(MOMENT, IDEAS), script)
    sitting.keep = kept.append
    with pytest.raises(Paused):
        sitting.go()
    assert kept[-1].progress.typed == {"moment": {"reply": "one"}, "ideas": {"reply": "half an"}}
    assert (kept[-1].progress.done, kept[-1].progress.at) == (("moment",), "ideas")


def test_a_new_start_goes_on_where_it_was_paused():
    before = Progress(
        typed={"moment": {"reply": "one"}, "ideas": {"reply": "half"}}, done=("moment",), at="ideas"
    )
    script = Script(["whole"])
    walk(items(MOMENT, IDEAS, MOOD), script, before)
    progress, script = sat(items(MOMENT, IDEAS), "half of it", "", progress=before)
    assert script.asked == ["2/2 Ideas?"]
    assert script.shown[0] == "half"
    assert progress.typed["moment"] == {"reply": "one"}


def test_what_is_being_typed_is_in_the_progress_before_it_is_taken():
    """So that a signal in the middle of a word finds it there."""
    script = Script([])
    sitting = walk(items(MOMENT), script)
    heard = []
    sitting.typing = heard.append

    def ask(field, value, typing):
        typing("half")
        assert sitting.progress.typed == {"moment": {"reply": "half"}}
        return Move("next", "whole")

    script.ask = ask
    assert sitting.go().typed == {"moment": {"reply": "whole"}}
    assert heard[0].progress.typed == {"moment": {"reply": "half"}}


# To any question, and to the end


def to(number: int, value: str = "") -> Move:
    """The wish to go to the question with this number."""
    return Move(JUMP, value, number)


def test_a_jump_goes_to_any_question_that_was_reached_and_keeps_all_words():
    questions = items(MOMENT, SIGNS, IDEAS, MOOD)
    progress, script = gone(
        questions, "one", ("calm",), to(1, "half an idea"), to(3), "half an idea, whole", "good"
    )
    assert [words[:3] for words in script.asked] == ["1/4", "2/4", "3/4", "1/4", "3/4", "4/4"]
    assert progress.typed["moment"] == {"reply": "one"}
    assert progress.typed["ideas"] == {"reply": "half an idea, whole"}


def test_a_jump_to_the_next_question_after_those_answered_leads_back_to_where_one_was():
    _, script = gone(items(MOMENT, SIGNS, IDEAS), "one", to(1), to(2), ("calm",), "x")
    assert [words[:3] for words in script.asked] == ["1/3", "2/3", "1/3", "2/3", "3/3"]


@each_row("number", [3, 99])
def test_no_jump_goes_beyond_what_was_reached(number):
    _, script = gone(items(MOMENT, SIGNS, IDEAS), "one", to(number), ("calm",), "x")
    assert script.said == ["You can go to questions 1 to 2."]
    assert [words[:3] for words in script.asked] == ["1/3", "2/3", "2/3", "3/3"]


def test_a_jump_without_a_number_asks_which_and_enter_stays():
    _, script = gone(items(MOMENT, IDEAS), "one", to(0), "One moment?", "", to(0), "", "x")
    assert [words[:3] for words in script.asked] == ["1/2", "2/2", "1/2", "2/2", "2/2"]


def test_a_pause_in_the_list_of_questions_keeps_everything():
    script = Script(["one", to(0, "half"), pause])
    sitting = walk(items(MOMENT, IDEAS), script)
    with pytest.raises(Paused):
        sitting.go()
    assert sitting.progress.typed == {"moment": {"reply": "one"}, "ideas": {"reply": "half"}}


def test_finishing_early_keeps_the_words_at_hand_and_asks_no_more():
    questions = items(MOMENT, IDEAS, MOOD)
    progress, script = gone(questions, "one", Move(FINISH, "half an idea"))
    assert (progress.done, progress.at) == (("moment", "ideas"), AT_END)
    assert [item.key for item in State(questions, progress).done] == ["moment", "ideas"]
    assert len(script.asked) == 2
    assert script.told == ["Finished early. The rest isn't asked, and doesn't count as skipped."]
    _, script = gone(questions[:2], "one", Move(FINISH, "half an idea"))
    assert script.told == []


def test_finishing_at_an_untouched_question_leaves_it_not_asked():
    questions = items(MOMENT, IDEAS, MOOD)
    progress, _ = gone(questions, "one", Move(FINISH))
    assert progress.done == ("moment",)


def test_finishing_further_back_keeps_the_words_of_later_questions_too():
    questions = items(MOMENT, IDEAS, MOOD)
    progress, _ = gone(questions, "one", Move(BACK, "half an idea"), Move(FINISH, "one"))
    assert [item.key for item in State(questions, progress).done] == ["moment", "ideas"]


def test_with_nothing_answered_there_is_nothing_to_finish():
    progress, script = gone(items(MOMENT), Move(FINISH), "one")
    assert script.said == ["You haven't answered anything yet, so there's nothing to finish. Ctrl+C pauses."]
    assert progress.done == ("moment",)


@each_row(
    "early",
    [
        [Move(FINISH, "Why?")],
        ["Why?", Move(FINISH)],
        ["Why?", back, Move(FINISH)],
        ["Why?", Move(JUMP, "", 2), Move(FINISH)],
    ],
)
@each_row(("name", "made"), [("Cleo", [("Cleo", "Why?")]), ("", [])])
def test_who_is_asked_is_settled_before_the_summary_where_a_sitting_ends_early(early, name, made):
    """Else the words of the question would go without anyone having said so."""
    questions = items(ASK, MOOD)
    progress, script = sat(questions, *early, "Why?", *(name, "") if name else ("", ""), "")
    assert len(script.said) == (not name)
    given = questions[0].respond(progress.typed["ask"])
    assert [(each.to, each.text) for each in given.promises] == made


def test_finishing_at_the_first_words_of_a_promise_makes_it():
    progress, script = gone(items(PROMISE, MOOD), Move(FINISH, "Call"))
    assert progress.typed["promise"] == {"line": "Call", "text": "Call"}
    assert (progress.done, progress.at, script.said) == (("promise",), AT_END, [])


def test_finishing_takes_no_day_that_cannot_be_read():
    typed = ["Call", Move(ADJUST), "", Move(FINISH, "03/12/2026"), Move(FINISH, "2026-12-03")]
    progress, script = gone(items(PROMISE), *typed)
    assert len(script.said) == 1
    assert progress.typed["promise"]["by"] == "2026-12-03"


def test_after_finishing_early_back_goes_on_where_it_was():
    progress, script = sat(items(MOMENT, IDEAS, MOOD), "one", Move(FINISH), back, "one", "two", "good", "")
    assert [words[:3] for words in script.asked] == ["1/3", "2/3", "1/3", "2/3", "3/3"]
    assert progress.done == ("moment", "ideas", "mood")


def test_at_the_summary_there_is_nothing_to_jump_to_or_to_finish():
    progress, _ = sat(items(MOMENT), "one", Move(FINISH), to(1), "")
    assert progress is not None


# The summary


def test_enter_at_the_summary_saves():
    progress, _ = sat(items(MOMENT), "one", "")
    assert progress is not None
    assert progress.done == ("moment",)


def test_back_at_the_summary_goes_to_the_last_question():
    progress, script = sat(items(MOMENT, MOOD), "one", "good", back, "bad", "")
    assert script.asked[-1] == "2/2 Which one?"
    assert progress.typed["mood"] == {"reply": "bad"}


def test_one_answer_can_be_changed_at_the_summary():
    progress, script = sat(items(MOMENT, MOOD, IDEAS), "one", "good", "x", CHANGE, "Which one?", "bad", "")
    assert script.asked[-1] == "2/3 Which one?"
    assert progress.typed["mood"] == {"reply": "bad"}
    assert progress.at == AT_END


def test_changing_nothing_leads_back_to_the_summary():
    progress, script = sat(items(MOMENT), "one", CHANGE, "", CHANGE, back, "")
    assert len(script.asked) == 1
    assert progress.typed["moment"] == {"reply": "one"}


def test_a_changed_answer_may_bring_a_question_that_was_not_asked():
    questions = items(CARE, WHY, MOOD)
    progress, script = sat(questions, "4", "", "good", CHANGE, "How often?", "0", "", "No time.", "")
    assert [words[4:] for words in script.asked[-2:]] == ["How often?", "Why so rarely?"]
    assert [item.key for item in State(questions, progress).done] == ["care", "why", "mood"]


def test_of_two_promises_in_the_same_words_each_has_its_own_verdict():
    due = [
        OpenPromise(f"20261113T150210-x4d9w/p{at}", Promise(ref=f"p{at}", text="Call"), "2026-W46")
        for at in (1, 2)
    ]
    questions = items(due=due)
    progress, _ = sat(questions, ("kept", "kept"), CHANGE, questions[0].ask, ("kept", "partly"), "", "")
    (given,) = [State(questions, progress).response(item) for item in questions]
    assert [each.result for each in given.outcomes] == ["kept", "partly"]


def test_discarding_asks_first():
    assert sat(items(MOMENT), "one", DISCARD, "yes")[0] is None
    for answer in ("no", "", back):
        assert sat(items(MOMENT), "one", DISCARD, answer, "")[0] is not None


@each_row("way", [[pause], [DISCARD, pause], [CHANGE, pause], [CHANGE, "One moment?", pause]])
def test_everywhere_at_the_summary_one_can_pause(way):
    with pytest.raises(Paused):
        sat(items(MOMENT), "one", *way)


def test_an_answer_left_unfit_by_going_back_is_asked_for_again_before_the_summary():
    """Back is never refused, so a mistyped day can stand in a question that was already answered."""
    questions = items(MOMENT, PROMISE)
    typed = ["one", "Call by dec 1", "", "Tuesday"]
    to_the_day = ["Call by dec 1", Move(ADJUST), ""]
    leave = [Move(BACK, "2026-99-99"), back, back]
    mended = ["Call by dec 1", "2026-12-02", "", "Tuesday"]
    progress, _ = sat(questions, *typed, CHANGE, "What next?", *to_the_day, *leave, *mended, "")
    assert progress.typed["promise"]["by"] == "2026-12-02"


def test_a_sitting_concluded_early_keeps_the_words_it_stands_at():
    questions = items(MOMENT, IDEAS, MOOD)
    begun = Progress(
        typed={"moment": {"reply": "one"}, "ideas": {"reply": "half"}}, done=("moment",), at="ideas"
    )
    ended = concluded(questions, begun)
    assert (ended.done, ended.at) == (("moment", "ideas"), AT_END)
    gone_back = Progress(typed={**begun.typed, "mood": {"reply": "good"}}, done=("moment",), at="ideas")
    assert concluded(questions, gone_back).done == ("moment", "ideas", "mood")
    nothing_there = concluded(questions, Progress(done=("moment",), at="ideas"))
    assert nothing_there.done == ("moment",)


def test_what_makes_no_answer_is_in_the_entry_as_it_was_typed():
    """Where nothing can be kept, the entry is shown to be copied, and no word may be missing."""
    typed = {"promise": {"text": "Call", "occasion": "Tuesday", "to": "", "by": "03/12/2026"}}
    bare = Entry(id="x", date=datetime(2026, 11, 20, tzinfo=UTC), week="2026-W47", set="test")
    found = filled(bare, State(items(PROMISE), Progress(typed=typed, done=("promise",), at=AT_END)))
    assert [answer.reply for answer in found.answers] == ["Call\nTuesday\n03/12/2026"]


def test_a_promise_with_a_day_that_cannot_be_read_is_asked_about_before_the_summary():
    """Else its words would be lost with the promise that they do not make."""
    half = Progress(typed={"promise": {"text": "Call", "by": "03/12/2026"}}, at="promise")
    progress, script = sat(
        items(PROMISE), "Call", "2026-12-03", "", "", "", progress=concluded(items(PROMISE), half)
    )
    assert script.shown[:2] == ["Call", "03/12/2026"]
    assert progress.typed["promise"]["by"] == "2026-12-03"


def test_the_first_words_of_a_promise_are_enough_for_the_summary():
    half = Progress(typed={"promise": {"text": "Call"}}, at="promise")
    progress, script = sat(items(PROMISE), "", progress=concluded(items(PROMISE), half))
    assert script.asked == []
    assert [each.text for each in items(PROMISE)[0].respond(progress.typed["promise"]).promises] == ["Call"]


def test_what_hangs_on_a_question_that_is_not_asked_is_not_counted():
    when = [When(key="care", test="below", value=2), When(key="second", test="is", value="b")]
    second = Question(key="second", kind="choice", ask="Which way?", options=("a", "b"), when=when[0])
    third = Question(key="third", kind="line", ask="Where to?", when=when[1])
    _, script = gone(items(CARE, second, third, MOOD), "4", "", "good")
    assert script.asked == ["1/2 How often?", "2/2 Which one?"]


@pytest.mark.parametrize(
    ("mood", "asked"),
    [
        ("good", ["1/1 Which one?"]),
        ("bad", ["1/1 Which one?", "2/2 What else?"]),
        ("", ["1/1 Which one?", "2/2 What else?"]),
    ],
)
def test_what_is_asked_unless_it_was_that_answer_is_asked_after_a_skip_too(mood: str, asked: list[str]):
    unless = Question(
        key="else", kind="line", ask="What else?", when=When(key="mood", test="not", value="good")
    )
    _, script = gone(items(MOOD, unless), mood, "")
    assert script.asked == asked


def test_a_question_to_take_to_somebody_is_not_finished_without_the_person():
    ask = Question(key="ask", kind="promise", promise="ask", ask="What will you ask?")
    (item,) = items(ask)
    with pytest.raises(ValueError, match="Who will you ask"):
        item.respond({"text": "What should I stop?"})
