"""The plain asker: one line after the other, every way open by a word, and never an escape sequence."""

from __future__ import annotations

from io import StringIO

from asking_samples import CARE, IDEAS, MOMENT, MOOD, PROMISE, SIGNS, THANKS, first_field, items, typing, walk

from followme.asking.plain import HELP, KEEPS, MORE_HELP, NO_WORDS, UNFIT, PlainAsker
from followme.asking.walk import BACK, NEXT, PAUSE, Move
from followme.env.keyboard import Keyboard
from followme.errors import FollowmeError, NotEdited
from followme.kinds.base import Field
from followme.sitting.summary import sit
from rows import each_row

TEXT, DIGIT, ONE, SOME, YESNO = map(first_field, (MOMENT, CARE, MOOD, SIGNS, THANKS))
LINE = Field(name="reply", input="line")
EVERY_WAY = [TEXT, LINE, DIGIT, ONE, SOME, YESNO]


def asked(field, typed, value="", edit=None):
    """What comes of typing these lines at a field; also what was printed, and what was heard on the way."""
    stream, heard = StringIO(), []
    move = PlainAsker(typing(typed), stream, edit=edit).ask(field, value, heard.append)
    return move, stream.getvalue(), heard


@each_row(
    ("field", "typed", "value"),
    [
        (TEXT, "Ana stayed.\n", "Ana stayed."),
        (TEXT, "one\\\ntwo\\\nthree\n", "one\ntwo\nthree"),
        (TEXT, "one\r\n", "one"),
        (LINE, "Ana\\\nand Ben\n", "Ana and Ben"),
        (LINE, "Ana \\\n\\\n\tand Ben\n", "Ana and Ben"),
        (DIGIT, "4\n", "4"),
        (ONE, "2\n", "bad"),
        (ONE, " Bad \n", "bad"),
        (SOME, "1 3\n", ("calm", "loud")),
        (YESNO, "y\n", "yes"),
    ],
)
def test_lines_become_an_answer(field, typed, value):
    assert asked(field, typed)[0] == Move(NEXT, value)


@each_row("field", EVERY_WAY)
def test_every_way_is_open_everywhere(field):
    assert not asked(field, "\n")[0].value
    assert asked(field, ":back\n")[0].action == BACK
    assert asked(field, ":pause\n")[0].action == PAUSE
    assert asked(field, "")[0].action == PAUSE
    assert asked(field, ":skip\n")[0] == Move(NEXT, "")
    for words in (":help", "?"):
        move, printed, _ = asked(field, f"{words}\n:pause\n")
        assert HELP in printed
        assert move.action == PAUSE


def test_an_empty_line_keeps_what_is_there_and_skip_empties_it():
    move, printed, _ = asked(TEXT, "\n", "one")
    assert move == Move(NEXT, "one")
    assert "So far: one\nAn empty line keeps it, :skip clears it.\n" in printed
    assert asked(SOME, "\n", ("calm",))[0] == Move(NEXT, ("calm",))
    for field, value in ((TEXT, "one"), (LINE, "one"), (ONE, "bad"), (SOME, ("calm",)), (YESNO, "no")):
        assert asked(field, "  \n", value)[0] == Move(NEXT, value)
    assert asked(TEXT, ":skip\n", "one")[0] == Move(NEXT, "")


def test_an_empty_line_says_what_it_keeps_after_an_answer_was_refused():
    _, printed, _ = asked(DIGIT, "9\n\n", "4")
    assert 'Type a number from 0 to 5. An empty line keeps "4".\n' in printed
    assert "keeps" not in asked(DIGIT, "9\n\n")[1]
    # What doesn't fit can't be kept by going on, and is there until it's typed again or cleared.
    move, printed, _ = asked(first_field(IDEAS), "\n", "one\ntwo\nthree\nfour")
    assert move.value == "one\ntwo\nthree\nfour"
    assert printed.endswith(f"four\n{UNFIT}\n> ")
    assert KEEPS not in printed


@each_row(("field", "sentence"), [(YESNO, "Only y or n fits here."), (ONE, "Type a number from 1 to 2.")])
def test_no_sentence_stands_twice_in_a_row(field, sentence):
    _, printed, _ = asked(field, "maybe\nperhaps\nso\n\n")
    assert printed.endswith(f"{sentence}\n> {MORE_HELP}\n> {sentence}\n> ")
    assert printed.count("Type y or n.") <= 1


def test_back_and_pause_keep_what_is_there():
    assert asked(TEXT, ":back\n", "one")[0] == Move(BACK, "one")
    assert asked(TEXT, ":pause\n", "one")[0] == Move(PAUSE, "one")
    assert asked(TEXT, "two\\\n:pause\n", "one")[0] == Move(PAUSE, "two")


def test_what_means_nothing_is_explained_and_asked_again():
    move, printed, _ = asked(ONE, "7\n1\n")
    assert move == Move(NEXT, "good")
    assert "Type a number from 1 to 2." in printed
    for words in ("I did not notice", " , "):
        move, printed, _ = asked(SOME, f"{words}\n3\n", ("calm",))
        assert move == Move(NEXT, ("loud",))
        assert "Type a number from 1 to 3." in printed


def test_a_promise_typed_as_a_cue_is_refused_and_a_plus_alone_stands_in_its_place():
    stream = StringIO()
    lines = ["call @Ben", "n", "+have the talk @Ben by fri", "+", "have the talk @Ben", "", "Monday", ""]
    walking = walk(items(PROMISE), PlainAsker(typing("\n".join([*lines, ""])), stream))
    walking.go()
    assert stream.getvalue().count('A cue can\'t begin with "+".') == 1
    found = walking.progress.typed["promise"]
    assert (found["told"], found["text-2"], found["occasion"]) == ("no", "have the talk", "Monday")


def test_a_line_that_goes_on_leaves_no_backslash_in_an_answer_of_one_line():
    move, _, heard = asked(LINE, "one\\\ntwo\\\n")
    assert heard == ["one", "one two"]
    assert move == Move(PAUSE, "one two")


def test_lines_are_heard_of_as_they_come():
    move, _, heard = asked(TEXT, "one\\\ntwo\\\n")
    assert heard == ["one", "one\ntwo"]
    assert move == Move(PAUSE, "one\ntwo")


def test_ctrl_c_keeps_the_lines_typed_so_far():
    class Interrupted(StringIO):
        def readline(self, size=-1):
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    stream = StringIO()
    move = PlainAsker(Keyboard(Interrupted("one\\\n"), stream), stream).ask(TEXT, "", lambda now: None)
    assert move == Move(PAUSE, "one")


def test_the_editor_opens_with_the_text_and_its_result_is_shown():
    move, printed, _ = asked(TEXT, ":edit\n", "one", edit=lambda text: text + "\ntwo")
    assert move == Move(NEXT, "one\ntwo")
    assert printed.endswith("one\ntwo\n")
    assert asked(LINE, ":edit\n", "one", edit=lambda text: text + "\ntwo")[0] == Move(NEXT, "one two")


@each_row(("before", "left"), [("", ""), ("", " \n"), ("one", "")])
def test_an_editor_that_leaves_no_words_skips_nothing_and_takes_nothing_away(before: str, left: str):
    move, printed, _ = asked(TEXT, ":edit\n\n", before, edit=lambda text: left)
    assert move == Move(NEXT, before)
    assert NO_WORDS in printed
    assert asked(LINE, ":edit\nmore\n", before, edit=lambda text: left)[0] == Move(NEXT, "more")


def test_an_empty_line_in_the_middle_is_kept_by_a_pause():
    assert asked(TEXT, "one\\\n\\\ntwo\\\n")[0] == Move(PAUSE, "one\n\ntwo")


def test_without_an_editor_a_sentence_says_so_and_asks_again():
    def missing(text):
        raise FollowmeError("The editor joe was not found.")

    move, printed, _ = asked(TEXT, ":edit\nmore\n", "one", edit=missing)
    assert move == Move(NEXT, "more")
    assert "The editor joe was not found." in printed
    assert "can't use an editor" in asked(DIGIT, ":edit\n\n", edit=missing)[1]


def test_what_a_failed_editor_saved_is_taken_all_the_same():
    def ended(text):
        raise NotEdited("vim ended with an error.", "two")

    move, printed, _ = asked(TEXT, ":edit\n", "one", edit=ended)
    assert move == Move(NEXT, "two")
    assert "vim ended with an error.\ntwo\n" in printed


def test_rows_are_broken_between_words():
    stream = StringIO()
    asker = PlainAsker(typing(), stream, columns=40)
    asker.introduce(items(MOMENT)[0], 1, 1, first=True)
    asker.complain("A sentence that is longer than forty columns, and so has to be broken somewhere.")
    rows = stream.getvalue().split("\n")
    assert all(len(row) <= 40 and row == row.rstrip() for row in rows)


def test_a_whole_sitting_prints_no_escape_sequence():
    stream = StringIO()
    typed = "Ana \x1b[31mstayed.\n4\nTwo calls.\n1 3\n:back\n\nidea\nCall\n\nTuesday\n\n"
    asker = PlainAsker(typing(typed), stream)
    ended = sit(walk(items(MOMENT, CARE, SIGNS, IDEAS, PROMISE), asker), lambda now: None)
    assert ended is not None
    assert ended.progress.typed["signs"] == {"reply": ("calm", "loud")}
    assert {name: value for name, value in ended.progress.typed["promise"].items() if value} == {
        "line": "Call",
        "text": "Call",
        "occasion": "Tuesday",
    }
    assert "\x1b" not in stream.getvalue()
