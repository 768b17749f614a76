"""The question kinds: what each asks for, what it makes of what was typed, and what survives of it."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followme.clean import for_terminal, one_line
from followme.exports import FORMATS
from followme.insight import entry_tables
from followme.insight.digest import digest_of, reply_words
from followme.journal.file import codec
from followme.kinds import KINDS
from followme.kinds.base import ADD
from followme.model import Entry, Promise, Question
from followme.screen import Screen
from followme.views import view
from held import exported
from rows import each_row

TODAY = date(2026, 11, 20)

QUESTIONS = {
    "text": Question(key="moment", kind="text", ask="One moment?"),
    "line": Question(key="person", kind="line", ask="Who?"),
    "scale": Question(
        key="care",
        kind="scale",
        ask="How often?",
        low=1,
        high=5,
        low_label="no day",
        high_label="all",
        fact=True,
    ),
    "wide": Question(
        key="pulse", kind="scale", ask="How many?", low=-100, high=1000, low_label="few", high_label="many"
    ),
    "choice": Question(key="mood", kind="choice", ask="Which?", options=("calm", "tense", "Straße")),
    "several": Question(key="signs", kind="several", ask="Which ones?", options=("a", "b", "c"), most=2),
    "none": Question(key="help", kind="several", ask="What help?", options=("a", "b"), none="none of these"),
    "yesno": Question(key="thanks", kind="yesno", ask="Thanked?"),
    "list": Question(key="ideas", kind="list", ask="Ideas?", most=2),
    "promise": Question(key="promise", kind="promise", ask="What next?", most=3),
    "ask": Question(key="ask", kind="promise", ask="Whom?", promise="ask"),
}
"""One question of each kind, a wide scale, an option that goes alone, and the other sort of promise."""

PROMISE = {
    "text": "Call", "occasion": "Monday", "to": "Ben", "by": "2w", "told": "no",
    "text-2": "Write", "by-2": "2026-12-24",
}  # fmt: skip
TYPED = {
    "text": {"reply": "Ana stayed.\n  Late."},
    "line": {"reply": "Ana"},
    "scale": {"reply": "4", "fact": "Two calls."},
    "wide": {"reply": " -40 "},
    "choice": {"reply": "STRASSE"},
    "several": {"reply": ("c", "a")},
    "none": {"reply": ("none of these",)},
    "yesno": {"reply": "yes"},
    "list": {"reply": " one \n\n two\n"},
    "promise": PROMISE,
    "ask": {"text": "Why?", "to": "Ana"},
}
"""Something typed for each of them."""


def make(name: str, typed):
    question = QUESTIONS[name]
    return KINDS[question.kind].respond(question, typed, TODAY)


def fields(name: str):
    question = QUESTIONS[name]
    return KINDS[question.kind].fields(question, TODAY)


def test_every_kind_is_here():
    assert {question.kind for question in QUESTIONS.values()} == set(KINDS)
    assert entry_tables.FITS.keys() == KINDS.keys() - {"promise"}, "what type a reply in a file must have"


@each_row("name", QUESTIONS)
def test_the_questions_here_have_no_faults(name):
    question = QUESTIONS[name]
    assert list(KINDS[question.kind].faults(question)) == []


@each_row(
    ("name", "ways"),
    [
        ("text", {"reply": "text"}),
        ("line", {"reply": "line"}),
        ("scale", {"reply": "digit", "fact": "line"}),
        ("wide", {"reply": "digit"}),
        ("choice", {"reply": "one"}),
        ("several", {"reply": "some"}),
        ("none", {"reply": "some"}),
        ("yesno", {"reply": "yesno"}),
        ("list", {"reply": "text"}),
        ("ask", {"line": "line", "to": "line", "by": "line", "told": "row"}),
    ],
)
def test_fields_say_how_to_ask(name, ways):
    assert {field.name: field.input for field in fields(name)} == ways


def test_a_promise_asks_for_its_parts_as_often_as_it_may_be_made():
    parts, ends = ["line", "to", "by", "told"], ["", "-2", "-3"]
    names = [field.name for field in fields("promise")]
    asked_last = [f"{part}{end}" for end in ends for part in ("told", "occasion")]
    assert names == [f"{part}{end}" for end in ends for part in parts] + asked_last


def test_a_cue_says_which_of_several_promises_it_is_for():
    first, second, _ = (field for field in fields("promise") if field.name.startswith("occasion"))
    two = {"text": "Call", "text-2": "Write"}
    assert [cue.now(two).quote for cue in (first, second)] == ["Call", "Write"]
    assert first.now({"text": "Call"}).quote == ""


def asked(name: str, typed):
    """The fields that are asked in their order once this was typed."""
    return [field.name for field in fields(name) if field.applies(typed) and not field.aside(typed)]


def test_a_field_is_asked_only_where_it_makes_sense():
    assert asked("scale", {"reply": "3"}) == ["reply", "fact"]
    assert asked("scale", {}) == ["reply"]
    assert asked("promise", {}) == ["line"]
    # The person and the day are asked for from the row alone.
    assert asked("promise", {"text": "Call"}) == ["line", "told", "occasion"]
    assert asked("promise", {"text": "Call", "to": "Ben", "by": "2026-12-04"}) == ["line", "told", "occasion"]
    assert asked("promise", {"text": "Call", "by": "03/12/2026"}) == ["line", "by", "told", "occasion"]
    assert asked("promise", {"text": "Call", "line-2": ""}) == ["line", "told", "line-2", "occasion"]
    assert asked("promise", {"text-3": "Write"}) == ["line", "line-3", "told-3", "occasion-3"]
    assert asked("ask", {"text": "Why?"}) == ["line", "to"]
    assert asked("ask", {"text": "Why?", "to": "Ana"}) == ["line", "told"]


def as_shown(name: str, typed):
    """The row that shows these parts."""
    row = next(field for field in fields(name) if field.input == "row")
    return (shown := row.now(typed)).ask, shown.hint


def test_the_row_shows_what_was_understood():
    assert as_shown("promise", {"text": "Call", "to": "Ben", "by": "2026-12-04"}) == (
        "To Ben · By Fri, Dec 4",
        "Have you told Ben?",
    )
    assert as_shown("promise", {"text": "Call", "by": "2027-01-01"}) == (
        "To yourself · By Fri, Jan 1, 2027",
        "",
    )
    assert as_shown("promise", {"text": "Call", "to": "Ben"}) == (
        "To Ben · By your next reflection",
        "Have you told Ben?",
    )
    assert as_shown("ask", {"text": "Why?", "to": "Ana"}) == ("To Ana · By your next reflection", "")


@each_row(
    ("words", "question"),
    [
        ("tell Ben the new date", "Does Ben know you promised this?"),
        ("Told the team", "Does Ben know you promised this?"),
        ("I'll tell him", "Does Ben know you promised this?"),
        ("I will TELL them", "Does Ben know you promised this?"),
        ("telling Ben", "Have you told Ben?"),
        ("call, and tell him", "Have you told Ben?"),
    ],
)
def test_of_a_promise_to_tell_someone_it_is_asked_whether_they_know_of_it(words: str, question: str):
    assert as_shown("promise", {"text": words, "to": "Ben"})[1] == question
    told = next(field for field in fields("promise") if field.name == "told" and field.input == "yesno")
    assert told.now({"text": words, "to": "Ben"}).ask == question


def test_the_row_says_that_a_mistyped_day_stays_in_the_promise_until_a_day_is_given():
    typed = {"line": "Call @Ben by fir", "text": "Call @Ben by fir"}
    remark = '"fir" isn\'t a day followme knows, so it stays in the promise.\n'
    assert as_shown("promise", typed) == (f"{remark}To yourself · By your next reflection", "")
    assert as_shown("promise", {**typed, "by": "2026-12-04"}) == ("To yourself · By Fri, Dec 4", "")


def test_the_row_says_which_weekday_was_understood():
    today = date(2026, 11, 26)
    row = next(
        field for field in KINDS["promise"].fields(QUESTIONS["promise"], today) if field.input == "row"
    )
    typed = {"line": "Call @Ben by fri", "text": "Call", "to": "Ben", "by": "2026-11-27"}
    remark = '"fri" is in this week. "next fri" is Fri, Dec 4.\n'
    assert row.now(typed).ask == f"{remark}To Ben · By tomorrow, Fri, Nov 27"
    # A day that was given after the line was read is said alone.
    assert row.now({**typed, "by": "2026-11-30"}).ask == "To Ben · By Mon, Nov 30"


def test_a_name_alone_has_no_day():
    (who,) = KINDS["line"].fields(replace(QUESTIONS["line"], person=True), TODAY)
    who.check("Tom Bytes")
    for typed in ("Tom by fri", "@Tom, by 2w"):
        with pytest.raises(ValueError, match=r"Only a name fits here, and no day\. Type Tom, for example\."):
            who.check(typed)
    with pytest.raises(ValueError, match="Only a name fits here"):
        KINDS["promise"].from_toml(QUESTIONS["promise"], [{"text": "Call", "to": "Mia by fri"}])


def test_only_where_another_promise_may_be_made_does_the_row_add_one():
    adds = [ADD in field.turns for field in fields("promise") if field.input == "row"]
    assert adds == [True, True, False]


def test_a_line_says_its_parts_and_begins_with_those_of_an_older_draft():
    line = fields("promise")[4]
    assert line.read("Call @Ben by fri", {}) == {
        "text-2": "Call",
        "to-2": "Ben",
        "by-2": "2026-11-27",
        "told-2": "",
    }
    assert line.read("", {}) == {"text-2": "", "to-2": "", "by-2": "", "told-2": ""}
    old = {"text-2": "Call", "to-2": "Ben A", "by-2": "2026-12-04"}
    assert line.start(old) == "Call @Ben_A by Fri, Dec 4"
    assert line.start(old | {"by-2": "2026-11-19", "to-2": "Ben 2"}) == "Call by 2026-11-19"
    assert line.start({}) == ""


def test_a_line_that_was_never_read_is_read_when_the_promise_is_made():
    (made,) = make("promise", {"line": "Call @Ben by fri"}).promises
    assert made == Promise(ref="", text="Call", to="Ben", by=date(2026, 11, 27))


def test_a_promise_is_asked_for_in_these_words():
    asks = {field.name: (field.ask, field.hint, field.empty) for field in fields("promise")}
    assert {name: asks[name] for name in ("line", "to", "by", "occasion", "line-2")} == {
        # The line is asked for by the question itself.
        "line": ("", "I will … Add who and when at the end: @Name by fri.", "skipped"),
        "to": ("Who do you promise it to?", "A name. Enter: yourself.", "to yourself"),
        "by": (
            "By when?",
            "Such as fri, dec 4 or in 2 weeks. Enter: by your next reflection.",
            "by your next reflection",
        ),
        "occasion": ("What's your cue?", "A day, a meeting, a moment. Enter: none.", "no cue"),
        "line-2": ("What's the next one?", "I will … Add who and when at the end: @Name by fri.", "no more"),
    }
    assert asks["line-3"] == asks["line-2"]
    assert asks["occasion-2"] == asks["occasion"]


def test_text_alone_is_a_promise_and_parts_without_a_text_are_a_skip():
    assert make("promise", {"text": "Call"}).promises == (Promise(ref="", text="Call"),)
    made = make("promise", {"occasion": "Monday", "to": "Ben", "by": "2w"})
    assert made.promises == ()
    assert made.answer.skipped


def test_a_later_promise_without_a_text_is_none():
    made = make("promise", {"text": "Call", "occasion-2": "Monday", "text-3": "Write"})
    assert [promise.text for promise in made.promises] == ["Call", "Write"]


def test_the_number_of_a_scale_is_asked_for_its_fact_in_these_words():
    assert [field.ask for field in fields("scale")] == ["", "What's behind that number?"]


def test_a_scale_without_fact_asks_for_the_digit_alone():
    plain = replace(QUESTIONS["scale"], fact=False)
    assert [field.name for field in KINDS["scale"].fields(plain, TODAY)] == ["reply"]


@each_row(
    ("name", "value", "fits"),
    [
        ("line", "Ana", True),
        ("line", "Ana\nBen", False),
        ("scale", "3", True),
        ("scale", "0", False),
        ("scale", "6", False),
        ("scale", "33", False),
        ("wide", "-100", True),
        ("wide", "-101", False),
        ("wide", "1000", True),
        ("wide", "1001", False),
        ("wide", "-", False),
        ("wide", "--1", False),
        ("wide", "1.5", False),
        ("wide", "1 0", False),
        ("wide", "٣", False),
        ("scale", "-1", False),
        ("scale", "³", False),
        ("scale", "٣", False),
        ("choice", " Calm ", True),
        ("choice", "cal", False),
        ("several", ("a", "b"), True),
        ("several", ("a", "b", "c"), False),
        ("several", ("z",), False),
        ("none", ("a", "b"), True),
        ("none", ("none of these",), True),
        ("none", (" None Of These ",), True),
        ("none", ("a", "none of these"), False),
        ("list", "a\n\nb", True),
        ("list", "a\nb\nc", False),
    ],
)
def test_a_field_checks_its_value(name, value, fits):
    check = fields(name)[0].check
    if fits:
        check(value)
    else:
        with pytest.raises(ValueError, match=r"^.{5,}\.$"):
            check(value)


def test_the_option_that_says_none_stands_last_and_goes_alone():
    question = QUESTIONS["none"]
    (field,) = fields("none")
    assert field.options == ("a", "b", "none of these")
    sentence = "^'none of these' goes alone; leave out either that or the others\\.$"
    with pytest.raises(ValueError, match=sentence):
        make("none", {"reply": ("a", "none of these")})
    with pytest.raises(ValueError, match=sentence):
        KINDS["several"].from_toml(question, ["none of these", "b"])
    assert make("none", {"reply": ("none of these",)}).answer.reply == ("none of these",)
    # Passing over says nothing, and is not the same as none.
    assert make("none", {"reply": ()}).answer.skipped


@each_row(
    ("settings", "keys"),
    [
        ({"none": "none of these"}, []),
        ({"none": "A"}, ["none"]),
        ({"none": "none\nof these"}, ["none"]),
        ({"none": "none", "options": ("a", "a")}, ["options"]),
        ({"none": "none", "most": 2}, []),
        ({"none": "none", "most": 3}, ["most"]),
    ],
)
def test_an_option_that_goes_alone_is_none_of_the_others_and_has_one_line(settings, keys):
    question = replace(QUESTIONS["none"], **settings)
    assert [key for key, _ in KINDS["several"].faults(question)] == keys


def test_the_faults_of_an_option_that_goes_alone_say_what_to_do():
    def said(none):
        return [text for _, text in KINDS["several"].faults(replace(QUESTIONS["none"], none=none))]

    assert said("a") == ["it's also one of the options; remove it there, since it always goes alone"]
    assert said("none\nof these") == ["it must be one line of text"]


def test_the_day_of_a_promise_is_checked():
    check = next(field.check for field in fields("promise") if field.name == "by")
    check("friday")
    for words in ("yesterday", "03/12/2026", "soon"):
        with pytest.raises(ValueError, match=r"^.{20,}\.$"):
            check(words)


@each_row(
    ("name", "reply"),
    [
        ("text", "Ana stayed.\n  Late."),
        ("line", "Ana"),
        ("scale", 4),
        ("wide", -40),
        ("choice", "Straße"),
        ("several", ("a", "c")),
        ("none", ("none of these",)),
        ("yesno", True),
        ("list", ("one", "two")),
    ],
)
def test_what_was_typed_becomes_a_reply_with_its_wording(name, reply):
    question, answer = QUESTIONS[name], make(name, TYPED[name]).answer
    assert (answer.key, answer.kind, answer.question) == (question.key, question.kind, question.ask)
    assert answer.reply == reply
    assert type(answer.reply) is type(reply)
    assert not answer.skipped


def test_a_scale_keeps_its_ends_and_its_fact():
    answer = make("scale", TYPED["scale"]).answer
    assert (answer.low, answer.high, answer.low_label, answer.high_label) == (1, 5, "no day", "all")
    assert answer.fact == "Two calls."
    assert make("text", TYPED["text"]).answer.low is None


def test_promises_have_their_parts_and_no_ref_yet():
    first, second = make("promise", TYPED["promise"]).promises
    assert (first.ref, first.kind, first.text, first.occasion, first.to) == (
        "",
        "do",
        "Call",
        "Monday",
        "Ben",
    )
    assert (first.by, first.told) == (date(2026, 12, 4), False)
    assert (second.text, second.occasion, second.to, second.by, second.told) == (
        "Write", "", "", date(2026, 12, 24), None,
    )  # fmt: skip
    (question,) = make("ask", TYPED["ask"]).promises
    assert (question.kind, question.text, question.to, question.by) == ("ask", "Why?", "Ana", None)


@each_row("name", QUESTIONS)
@each_row("blank", [{}, {"reply": ""}, {"reply": " \n "}, {"reply": ()}, {"fact": "x", "to": "Ben"}])
def test_nothing_typed_is_a_skip(name, blank):
    made = make(name, blank)
    assert made.answer.skipped
    assert made.answer.fact == ""
    assert (made.promises, made.outcomes) == ((), ())


def test_what_is_private_stays_so():
    question = replace(QUESTIONS["text"], private=True)
    assert KINDS["text"].respond(question, {}, TODAY).answer.private
    assert not make("text", {}).answer.private


@each_row("name", ["promise", "ask"])
def test_a_promise_is_private_where_its_question_is(name):
    question = replace(QUESTIONS[name], private=True)
    assert list(KINDS["promise"].faults(question)) == []
    given = KINDS["promise"].respond(question, TYPED[name], TODAY)
    assert [each.private for each in given.promises] == [True] * len(given.promises)
    assert KINDS["promise"].respond(question, {}, TODAY).answer.private
    assert not any(each.private for each in make(name, TYPED[name]).promises)


def test_the_reply_to_who_it_is_about_says_so():
    question = replace(QUESTIONS["line"], person=True)
    assert KINDS["line"].respond(question, {"reply": "Ana"}, TODAY).answer.person
    assert KINDS["line"].respond(question, {"reply": "@Mia_Ruiz"}, TODAY).answer.reply == "Mia Ruiz"
    assert not make("line", {"reply": "Ana"}).answer.person


def test_a_question_for_no_one_is_none():
    given = make("ask", {"text": "Why?", "to": ""})
    assert (given.promises, given.answer.skipped) == ((), True)
    asked = {field.name: (field.ask, field.empty) for field in fields("ask")}
    assert asked["to"] == ("Who will you ask?", "no one")
    with pytest.raises(ValueError, match="Who will you ask"):
        make("ask", {"text": "Why?"})


@each_row(
    ("name", "value"),
    [
        ("text", "Ana stayed.\n  Late."),
        ("line", "Ana"),
        ("scale", {"reply": 4, "fact": "Two calls."}),
        ("wide", -40),
        ("choice", "Straße"),
        ("several", ["c", "a"]),
        ("none", ["NONE of these"]),
        ("yesno", True),
        ("list", ["one", "two"]),
        ("promise", [
            {"text": "Call", "occasion": "Monday", "to": "Ben", "by": date(2026, 12, 4), "told": False},
            {"text": "Write", "by": "2026-12-24"},
        ]),
        ("ask", {"text": "Why?", "to": "Ana"}),
    ],
)  # fmt: skip
def test_a_toml_value_means_the_same_as_what_a_person_types(name, value):
    question = QUESTIONS[name]
    assert make(name, KINDS[question.kind].from_toml(question, value)) == make(name, TYPED[name])


# What a person can type for each of them, and what becomes of it.

words = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["[red]x[/]", "[[entry]]", ":smile:", "| a | b", "# x", "*a* _b_", "<b>", "\x1b[1m", "\u202ex", "'''\n\"\"\"", "\\"]
)  # fmt: skip
lines = words.filter(lambda text: len(text.splitlines()) < 2)
some_line = lines.filter(str.strip)
days = st.sampled_from(["", "tomorrow", "friday", "2w", "2027-01-31"])
typed = {
    "text": st.fixed_dictionaries({"reply": words}),
    "line": st.fixed_dictionaries({"reply": lines}),
    "scale": st.fixed_dictionaries({"reply": st.sampled_from(["", *"12345"]), "fact": lines}),
    "wide": st.fixed_dictionaries({"reply": st.just("") | st.integers(-100, 1000).map(str)}),
    "choice": st.fixed_dictionaries({"reply": st.sampled_from(["", "calm", " TENSE ", "strasse"])}),
    "several": st.fixed_dictionaries({"reply": st.lists(st.sampled_from("abc"), max_size=2).map(tuple)}),
    "none": st.fixed_dictionaries({"reply": st.sampled_from([(), ("none of these",), ("b", "a")])}),
    "yesno": st.fixed_dictionaries({"reply": st.sampled_from(["", "yes", "N", "true"])}),
    "list": st.fixed_dictionaries({"reply": st.lists(lines, max_size=2).map("\n".join)}),
    "promise": st.fixed_dictionaries(
        {"text": lines, "occasion": lines, "to": lines, "by": days, "told": st.sampled_from(["", "yes", "no"]),
         "text-2": lines, "to-2": lines}
    ),
    "ask": st.fixed_dictionaries({"text": some_line, "to": some_line}),
}  # fmt: skip


@st.composite
def sittings(draw) -> Entry:
    """An entry with an answer to every one of the questions."""
    given_ = [make(name, draw(typed[name])) for name in QUESTIONS]
    promises = [promise for each in given_ for promise in each.promises]
    return Entry(
        id="20261120T150411-k7q2m",
        date=datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC),
        week="2026-W47",
        set="own",
        answers=tuple(each.answer for each in given_ if each.answer),
        promises=tuple(replace(promise, ref=f"p{at}") for at, promise in enumerate(promises, 1)),
    )


def spoken(entry: Entry) -> list[str]:
    """Every text of an entry that a person wrote."""
    said = [part for answer in entry.answers for part in (reply_words(answer), answer.fact)]
    said += [part for promise in entry.promises for part in (promise.text, promise.occasion, promise.to)]
    return [text for text in said if text.strip()]


def dense(text: str) -> str:
    """The text without blanks, where lines break as they must."""
    return re.sub(r"\s", "", text)


@given(sittings())
def test_what_a_kind_gives_survives_the_journal(entry):
    record = codec.to_toml(entry)
    (table,) = tomllib.loads(record)["entry"]
    assert entry_tables.from_table(table) == codec.settled(entry)


@given(sittings().map(codec.settled))
def test_what_a_kind_gives_shows_in_every_view(entry):
    page = StringIO()
    screen = Screen(page, False, False, False, True, 60, str)
    view("entry").show([entry], {}, {}, {}, entry.date.date(), screen)
    rows = "\n".join(view("tabs").entry([entry], {}, {}, ()))
    found = json.loads(view("json").entries([entry], {}))["entries"][0]
    for text in spoken(entry):
        assert dense(for_terminal(text)) in dense(page.getvalue())
        assert one_line(text) in rows
    assert [reply_words(answer) for answer in entry.answers] == [
        "" if each["reply"] is None
        else {True: "yes", False: "no"}[each["reply"]] if isinstance(each["reply"], bool)
        else "\n".join(each["reply"]) if isinstance(each["reply"], list)
        else str(each["reply"])
        for each in found["answers"]
    ]  # fmt: skip
    assert [each["text"] for each in found["promises"]] == [promise.text for promise in entry.promises]
    assert [each["fact"] or "" for each in found["answers"]] == [answer.fact for answer in entry.answers]


@given(sittings().map(codec.settled))
def test_what_a_kind_gives_shows_in_the_lists(entry):
    digest = digest_of(entry)
    assert one_line(digest.words) == next(iter(view("lines").entries([entry]))).split("\t")[8]
    (short,) = json.loads(view("json").listing([entry]))["entries"]
    assert short["first_words"] == digest.words
    counts = (short["answered"], short["skipped"], short["promises"])
    assert counts == (digest.answered, digest.skipped, digest.promises)
    assert digest.answered + digest.skipped == len(entry.answers)


@each_row("name", FORMATS)
def test_what_a_kind_gives_shows_in_every_export(name):
    """What becomes of words that mean something to a format is for that format's own tests."""
    made = [make(name, TYPED[name]) for name in QUESTIONS]
    entry = Entry(
        id="20261120T150411-k7q2m", date=datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC), week="2026-W47", set="own",
        answers=tuple(each.answer for each in made if each.answer),
        promises=tuple(promise for each in made for promise in each.promises),
    )  # fmt: skip
    text = exported(name, [entry])
    for said in spoken(entry):
        for line in said.lower().split("\n"):
            assert line.strip() in text.lower()
