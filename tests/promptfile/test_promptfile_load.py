"""Prompt set files: what is read, and every fault at its line with its remedy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followme.env.folders import shipped_prompts
from followme.errors import MOST_LISTED, FollowmeError, WrongUsage
from followme.kinds import KINDS
from followme.model import When
from followme.promptfile.folders import all_files
from followme.promptfile.load import find, load
from followme.tables import MAX_BYTES
from rows import each_row

SHIPPED = sorted(shipped_prompts().glob("*.toml"))

HEAD = 'title = "Own"\n[[section]]\ntitle = "One"\n'
FIRST = """\
[[section.question]]
key = "care"
kind = "scale"
ask = "?"
low = 0
high = 5
low_label = "a"
high_label = "b"
"""
LAST = '[[section.question]]\nkey = "q"\n'
"""The beginning of a further question; its header stands in line 12 of HEAD + FIRST + LAST."""


@pytest.fixture
def write(tmp_path: Path):
    """Put a set into a file, and give its path."""

    def put(text: str | bytes, name: str = "own.toml") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return put


def faults(path: Path) -> list[str]:
    """The faults of a set, each without the path: LINE: KEY: WORDS."""
    with pytest.raises(FollowmeError) as refused:
        load(path)
    assert refused.value.code == 1
    lines = str(refused.value).splitlines()
    assert all(line.startswith(f"{path}:") for line in lines)
    return [line.removeprefix(f"{path}:") for line in lines]


@each_row("path", SHIPPED)
def test_the_shipped_sets_have_no_fault(path):
    found = load(path)
    assert found.name == path.stem
    assert found.about
    assert found.minutes
    assert all(question.kind in KINDS for question in found.questions)


def test_everything_a_set_can_say_is_read(write):
    found = load(write('''
title = "Own"
about = "About."
cadence = "monthly"
minutes = 5
look_back = 4
private = true
event = true
source = "Mine."
[[section]]
title = "One"
intro = "Intro."
pick = 1
[[section.question]]
key = "care-2"
kind = "scale"
ask = "How?"
hint = "Hint."
low = -100
high = 1000
low_label = "none"
high_label = "all"
fact = true
every = 104
private = true
optional = true
[[section.question]]
key = "why"
kind = "text"
ask = """
Why
not?"""
variants = ["A?", "B?"]
vary = "quarter"
idea = "reasons"
recall = ["care-2"]
when = { key = "care-2", below = 2 }
[[section]]
title = "Two"
[[section.question]]
key = "mood"
kind = "choice"
ask = "Which?"
options = ["calm", "tense"]
[[section.question]]
key = "signs"
kind = "several"
ask = "Which ones?"
options = ["a", "b"]
none = "c"
formerly = { "A." = "a", "none" = "c" }
[[section.question]]
key = "next"
kind = "promise"
ask = "What?"
promise = "ask"
most = 3
'''))  # fmt: skip
    assert (found.name, found.title, found.about, found.cadence) == ("own", "Own", "About.", "monthly")
    assert (found.minutes, found.look_back, found.private, found.source) == (5, 4, True, "Mine.")
    assert found.event
    assert found.about_event
    one, two = found.sections
    assert (one.title, one.intro, one.pick, two.pick) == ("One", "Intro.", 1, None)
    care, why, mood, signs, following = found.questions
    assert (care.low, care.high, care.low_label, care.high_label, care.fact) == (
        -100,
        1000,
        "none",
        "all",
        True,
    )
    assert (care.hint, care.every, care.private, care.optional) == ("Hint.", 104, True, True)
    assert (why.vary, why.idea, care.vary, care.idea) == ("quarter", "reasons", "sitting", "")
    assert (why.ask, why.variants, why.every, why.optional) == ("Why\nnot?", ("A?", "B?"), 1, False)
    assert why.when == When(key="care-2", test="below", value=2)
    assert why.recall == ("care-2",)
    assert (mood.options, mood.none, mood.offered) == (("calm", "tense"), "", ("calm", "tense"))
    assert (signs.options, signs.none, signs.offered) == (("a", "b"), "c", ("a", "b", "c"))
    assert (signs.formerly, mood.formerly) == ((("A.", "a"), ("none", "c")), ())
    assert (following.promise, following.most) == ("ask", 3)


@each_row(
    ("top", "fault"),
    [
        ('title = "A"\ntitel = "B"', "2: titel: the key isn't known; did you mean 'title'?"),
        ('title = "A"\nzzz = 1', "2: zzz: the key isn't known; remove it"),
        ('title = "A"\n"a b" = 1', "2: a b: the key isn't known; remove it"),
        # A key that is not written as it reads is found no nearer than by its table.
        ('title = "A"\n"a\\nb" = 1', "1: a b: the key isn't known; remove it"),
        ("title = 3", "1: title: it must be text in quotes, not a number"),
        ('title = " "', "1: title: it is empty; write some words"),
        ("about = ''", '1: title: it is missing; write title = "…"'),
        (f'title = "{"x" * 2001}"', "1: title: it has 2001 characters, and 2000 is the limit; shorten it"),
        ('title = "A"\ncadence = "weakly"', "2: cadence: 'weakly' isn't known; did you mean 'weekly'?"),
        ('title = "A"\ncadence = "never"', "2: cadence: 'never' isn't known; "
         "it can be daily, weekly, fortnightly, monthly, quarterly, half-yearly, yearly or any"),
        ('title = "A"\nminutes = 0', "2: minutes: 0 is out of range; write a number from 1 to 240"),
        ('title = "A"\nminutes = 8.5', "2: minutes: it must be a whole number, not a number with a point"),
        ('title = "A"\nminutes = true', "2: minutes: it must be a whole number, not true or false"),
        ('title = "A"\nlook_back = 54', "2: look_back: 54 is out of range; write a number from 1 to 53"),
        ('title = "A"\nlook_back = "month"', "2: look_back: 'month' isn't known; it can be quarter or year"),
        ('title = "A"\nprivate = "yes"', "2: private: it must be true or false, not text"),
        ('title = "A"\nsource = 2026-11-20', "2: source: it must be text in quotes, not a date or time"),
        ('title = "A"\nabout = ["x"]', "2: about: it must be text in quotes, not a list"),
    ],
)  # fmt: skip
def test_a_fault_of_the_set(write, top, fault):
    assert faults(write(f"{top}\n[[section]]\ntitle = 'One'\n{FIRST}")) == [fault]


@each_row(
    ("section", "fault"),
    [
        ('titel = "Two"', "12: title: it is missing; write title = \"…\""),
        ("title = 'Two'\npick = 2", "14: pick: it picks 2 of 1 questions; lower it or remove it"),
        ("title = 'Two'\npick = 0", "14: pick: 0 is out of range; write a number from 1 to 500"),
        ("title = 'Two'\nintro = 1", "14: intro: it must be text in quotes, not a number"),
        ("title = 'Two'\nevery = 2", "14: every: the key isn't known; remove it"),
    ],
)  # fmt: skip
def test_a_fault_of_a_section(write, section, fault):
    text = HEAD + FIRST + f"[[section]]\n{section}\n{LAST}kind = 'text'\nask = '?'\n"
    assert fault in faults(write(text))


@each_row(
    ("question", "fault"),
    [
        # What every question has.
        ('kind = "text"', '12: ask: it is missing; write ask = "…"'),
        ('ask = "?"', '12: kind: it is missing; write kind = "…"'),
        ('ask = "?"\nkind = "txt"', "15: kind: 'txt' isn't known; did you mean 'text'?"),
        ('ask = "?"\nkind = "zzz"', "15: kind: 'zzz' isn't known; "
         "it can be text, line, scale, choice, several, yesno, list or promise"),
        ('ask = "?"\nkind = "text"\nhnt = "x"', "16: hnt: the key isn't known; did you mean 'hint'?"),
        ('ask = "?"\nkind = "text"\nevery = 0', "16: every: 0 is out of range; write a number from 1 to 104"),
        ('ask = "?"\nkind = "text"\nevery = true', "16: every: it must be a whole number, not true or false"),
        ('ask = "?"\nkind = "text"\noptional = 1', "16: optional: it must be true or false, not a number"),
        # Settings of another kind.
        ('ask = "?"\nkind = "text"\nlow = 1', "16: low: a question of kind text doesn't have this "
        "setting; remove it"),
        ('ask = "?"\nkind = "line"\nmost = 1', "16: most: a question of kind line doesn't have this "
        "setting; remove it"),
        ('ask = "?"\nkind = "yesno"\nfact = true',
         "16: fact: a question of kind yesno doesn't have this setting; remove it"),
        ('ask = "?"\nkind = "yesno"\nvariants = ["a"]',
         "16: variants: a yesno keeps its wording, so that its answers compare; remove them"),
        ('ask = "?"\nkind = "yesno"\nvary = "quarter"',
         "16: vary: a yesno keeps its wording, so that its answers compare; remove it"),
        ('ask = "?"\nkind = "text"\nvary = "week"', "16: vary: 'week' isn't known; it can be sitting "
        "or quarter"),
        ('ask = "?"\nkind = "text"\nidea = ["a"]', "16: idea: it must be text in quotes, not a list"),
        ('ask = "?"\nkind = "text"\nvariants = ["a", ""]',
         '16: variants: it must be at most 50 texts in quotes, such as variants = ["…", "…"]'),
        ('ask = "?"\nkind = "text"\nvariants = "a"', "16: variants: it must be a list in brackets, not text"),
        # A scale.
        ('ask = "?"\nkind = "scale"\nlow = 1\nhigh = 5\nhigh_label = "a"',
         '12: low_label: a number needs words at both ends; add low_label = "…"'),
        ('ask = "?"\nkind = "scale"\nlow = 1\nlow_label = "a"\nhigh_label = "b"',
         '12: high: a scale needs its highest number; write "high = 5"'),
        ('ask = "?"\nkind = "scale"\nhigh = 5\nlow_label = "a"\nhigh_label = "b"',
         '12: low: a scale needs its lowest number; write "low = 0"'),
        ('ask = "?"\nkind = "scale"\nlow = 5\nhigh = 5\nlow_label = "a"\nhigh_label = "b"',
         "17: high: the highest number (5) must be above the lowest (5)"),
        ('ask = "?"\nkind = "scale"\nlow = 1\nhigh = 1001\nlow_label = "a"\nhigh_label = "b"',
         "17: high: 1001 is out of range; write a whole number from -100 to 1000"),
        ('ask = "?"\nkind = "scale"\nlow = -101\nhigh = 5\nlow_label = "a"\nhigh_label = "b"',
         "16: low: -101 is out of range; write a whole number from -100 to 1000"),
        ('ask = "?"\nkind = "scale"\nlow = "1"\nhigh = 5\nlow_label = "a"\nhigh_label = "b"',
         "16: low: it must be a whole number, not text"),
        # A choice, and several.
        ('ask = "?"\nkind = "choice"', '12: options: it needs at least two; write options = ["…", "…"]'),
        ('ask = "?"\nkind = "choice"\noptions = ["a", "A"]',
         "16: options: two options are the same; each must be different"),
        ('ask = "?"\nkind = "several"\noptions = ["a", "b\\nc"]',
         "16: options: every option must be one line of text"),
        ('ask = "?"\nkind = "several"\noptions = ["a", 1]',
         '16: options: it must be at most 50 texts in quotes, such as options = ["…", "…"]'),
        ('ask = "?"\nkind = "several"\noptions = ["a", "b"]\nmost = 3',
         "17: most: it must be between 1 and the number of options (2)"),
        ('ask = "?"\nkind = "several"\noptions = ["a", "b"]\nnone = "B"',
         "17: none: it's also one of the options; remove it there, since it always goes alone"),
        ('ask = "?"\nkind = "several"\noptions = ["a", "b"]\nnone = "c\\nd"',
         "17: none: it must be one line of text"),
        ('ask = "?"\nkind = "choice"\noptions = ["a", "b"]\nnone = "c"',
         "17: none: a question of kind choice doesn't have this setting; remove it"),
        # Options that were reworded.
        ('ask = "?"\nkind = "several"\noptions = ["a", "b"]\nformerly = { "a" = "b" }',
         "17: formerly: 'a' is still one of the options; remove it here or there"),
        ('ask = "?"\nkind = "choice"\noptions = ["a", "b"]\nformerly = { "x" = "c" }',
         "17: formerly: 'c' isn't one of the options; name the one that replaced 'x'"),
        ('ask = "?"\nkind = "choice"\noptions = ["a", "b"]\nformerly = { "x" = 1 }',
         '17: formerly: write each as "old option" = "new option", in braces'),
        ('ask = "?"\nkind = "choice"\noptions = ["a", "b"]\nformerly = ["x"]',
         "17: formerly: it must be a table in braces, not a list"),
        ('ask = "?"\nkind = "list"\nformerly = { "x" = "a" }',
         "16: formerly: a question of kind list doesn't have this setting; remove it"),
        # A list, and promises.
        ('ask = "?"\nkind = "list"\nmost = 51', "16: most: it must be between 1 and 50"),
        ('ask = "?"\nkind = "promise"\nmost = 4',
         "16: most: it must be between 1 and 3; people rarely keep more"),
        ('ask = "?"\nkind = "promise"\npromise = "beg"',
         '16: promise: it must be "do" (what you will do) or "ask" (a question to take to a person)'),
        # Who an entry is about.
        ('ask = "?"\nkind = "text"\nperson = true',
         "16: person: a question of kind text doesn't have this setting; remove it"),
        ('ask = "?"\nkind = "line"\nperson = "Ana"', "16: person: it must be true or false, not text"),
        # What is recalled.
        ('ask = "?"\nkind = "text"\nrecall = ["cares"]',
         "16: recall: no earlier question in this set has the key 'cares'; name one that has"),
        ('ask = "?"\nkind = "text"\nrecall = "care"', "16: recall: it must be a list in brackets, not text"),
        # Conditions.
        ('ask = "?"\nkind = "text"\nwhen = "care"', "16: when: it must be a table in braces, not text"),
        ('ask = "?"\nkind = "text"\nwhen = {key = "care"}',
         '16: when: write a key and one test, such as when = { key = "care-days", below = 2 }'),
        ('ask = "?"\nkind = "text"\nwhen = {key = "care", under = 2}',
         '16: when: write a key and one test, such as when = { key = "care-days", below = 2 }'),
        ('ask = "?"\nkind = "text"\nwhen = {key = "care", below = 2, above = 0}',
         '16: when: write a key and one test, such as when = { key = "care-days", below = 2 }'),
        ('ask = "?"\nkind = "text"\nwhen = {key = "care", below = "2"}',
         "16: when: 'below' can't be compared with text"),
        ('ask = "?"\nkind = "text"\nwhen = {key = "care", above = true}',
         "16: when: 'above' can't be compared with true or false"),
        ('ask = "?"\nkind = "text"\nwhen = {key = "care", answered = 1}',
         "16: when: 'answered' can't be compared with a number"),
        ('ask = "?"\nkind = "text"\nwhen = {key = "cares", below = 2}',
         "16: when: no earlier question in this set has the key 'cares'; name one that has"),
        ('ask = "?"\nkind = "text"\nwhen = {key = "q", below = 2}',
         "16: when: no earlier question in this set has the key 'q'; name one that has"),
        ('ask = "?"\nkind = "text"\nwhen = {key = "care", is = "much"}',
         "16: when: it's never true, because no answer to 'care', which is of kind scale, can be compared "
         "this way; "
         "change it, or the question will never be asked"),
        ('ask = "?"\nkind = "text"\nwhen = {key = "care", includes = "much"}',
         "16: when: it's never true, because no answer to 'care', which is of kind scale, can be compared "
         "this way; "
         "change it, or the question will never be asked"),
        ('ask = "?"\nkind = "text"\n[section.question.when]\nkey = "cares"\nbelow = 2',
         "16: when: no earlier question in this set has the key 'cares'; name one that has"),
    ],
)  # fmt: skip
def test_a_fault_of_a_question_is_said_once_at_its_line(write, question, fault):
    assert faults(write(HEAD + FIRST + LAST + question + "\n")) == [fault]


@each_row("test", ["below = 2", "above = 2", "is = 3", "answered = true", "answered = false"])
def test_a_condition_that_can_hold_is_no_fault(write, test):
    when = f'ask = "?"\nkind = "text"\nwhen = {{key = "care", {test}}}\n'
    assert len(list(load(write(HEAD + FIRST + LAST + when)).questions)) == 2


def test_one_question_of_a_set_says_who_an_entry_is_about(write):
    first = 'ask = "?"\nkind = "line"\nperson = true\n'
    again = f'[[section.question]]\nkey = "who"\n{first}'
    assert [question.person for question in load(write(HEAD + LAST + first)).questions] == [True]
    (fault,) = faults(write(HEAD + LAST + first + again))
    assert fault == "13: person: 'q' already names the entry's person; mark only one question"


def test_a_condition_names_one_of_the_options(write):
    options = 'ask = "?"\nkind = "several"\noptions = ["a", "b"]\n'
    more = (
        '[[section.question]]\nkey = "why"\nkind = "text"\nask = "?"\nwhen = {key = "q", includes = "%s"}\n'
    )
    assert load(write(HEAD + LAST + options + more % "b"))
    (fault,) = faults(write(HEAD + LAST + options + more % "c"))
    assert fault.startswith("13: when: it's never true, because 'c' isn't one of the options of 'q';")


def test_a_condition_can_name_several_options_any_of_which_will_do(write):
    options = 'ask = "?"\nkind = "several"\noptions = ["a", "b"]\n'
    more = HEAD + LAST + options + (
        '[[section.question]]\nkey = "why"\nkind = "text"\nask = "?"\nwhen = {key = "q", includes = %s}\n'
    )  # fmt: skip
    _, why = load(write(more % '["a", "b"]')).questions
    assert why.when == When(key="q", test="includes", value=("a", "b"))
    said = "'c' isn't one of the options of 'q'"
    assert faults(write(more % '["a", "c"]')) == [f"13: when: {said}; change it or remove it"]
    assert faults(write(more % '["c", "d"]')) == [
        f"13: when: it's never true, because {said}; change it, or the question will never be asked"
    ]
    for wrong in ("[]", '["a", 1]'):
        assert faults(write(more % wrong)) == [
            '13: when: \'includes\' takes words, or a list of them; write includes = ["…", "…"]'
        ]
    assert faults(write((more % '["a"]').replace("includes", "is"))) == [
        "13: when: 'is' can't be compared with a list"
    ]


@each_row(
    "key", ["Q", "1q", "-q", "q_r", "q r", "qü", "q" * 41, "entry/p1", ".", "q.r"]
)  # fmt: skip
def test_a_key_is_small_letters_digits_and_hyphens(write, key):
    (fault,) = faults(
        write(HEAD + FIRST + f'[[section.question]]\nkey = "{key}"\nkind = "text"\nask = "?"\n')
    )
    assert fault.startswith("13: key: ")
    assert fault.endswith(" must be at most 40 small letters, digits and hyphens, the first a letter")


def test_a_key_stands_once_in_a_set(write):
    again = LAST.replace('"q"', '"care"') + 'kind = "text"\nask = "?"\n'
    assert faults(write(HEAD + FIRST + again)) == [
        "13: key: 'care' is used twice in this set; give each question its own key"
    ]


@each_row(
    ("text", "fault"),
    [
        ("", '1: title: it is missing; write title = "…"'),
        ("", "1: the set has no questions; add a [[section]] with a [[section.question]]"),
        (HEAD, "1: the set has no questions; add a [[section]] with a [[section.question]]"),
        ('title = "A"\n[section]\ntitle = "One"\n', "2: section: it must be tables; write [[section]] before each"),
        ('title = "A"\n[[section.question]]\nkey = "q"\n',
         "1: section: it must be tables; write [[section]] before each"),
        (HEAD + '[section.question]\nkey = "q"\n',
         "4: question: it must be tables; write [[section.question]] before each"),
        (HEAD + "question = 3\n", "4: question: it must be tables; write [[section.question]] before each"),
        (HEAD + "question = [\n1,\n2]\n", "4: question: it must be tables; write [[section.question]] before each"),
        ('title = "A"\nsection = [{title = "One", question = [{key = "q", kind = "text"}]}]\n',
         '2: ask: it is missing; write ask = "…"'),
        (HEAD + 'question = [\n  {key = "q", kind = "text"},\n]\n', '4: ask: it is missing; write ask = "…"'),
    ],
)  # fmt: skip
def test_a_fault_of_the_layout(write, text, fault):
    assert fault in faults(write(text))


def test_five_hundred_questions_are_the_most(write):
    question = '[[section.question]]\nkey = "q%d"\nkind = "text"\nask = "?"\n'
    assert load(write(HEAD + "".join(question % number for number in range(500))))
    assert faults(write(HEAD + "".join(question % number for number in range(501)))) == [
        "1: the set has 501 questions, and 500 is the limit; split it"
    ]


def test_two_thousand_characters_are_the_most(write):
    question = '[[section.question]]\nkey = "q"\nkind = "text"\nask = "%s"\n'
    assert load(write(HEAD + question % ("x" * 2000)))
    (fault,) = faults(write(HEAD + question % ("x" * 2001)))
    assert fault == "7: ask: it has 2001 characters, and 2000 is the limit; shorten it"


def test_faults_come_in_the_order_of_the_file(write):
    text = (
        'titel = "A"\n[[section]]\ntitle = "One"\npick = 0\n'
        + FIRST.replace("low = 0", "low = 7")
        + "zz = 1\n"
    )
    lines = [int(fault.partition(":")[0]) for fault in faults(write(text))]
    assert lines == sorted(lines)
    assert len(lines) == 5


@each_row(
    ("text", "fault"),
    [
        ('title = "A"\nabout = \n', "2: this isn't TOML (invalid value); fix this line or the one before"),
        ('title = "A"\n\nabout "x"\n', "3: this isn't TOML (expected '=' after a key in a key/value pair); "
         "fix this line or the one before"),
        ('title = "A"\ntitle = "B"\n', "2: this isn't TOML (cannot overwrite a value); "
         "fix this line or the one before"),
        ('title = "A"\n[[section]\n', "2: this isn't TOML (expected ']]' at the end of an array "
        "declaration); "
         "fix this line or the one before"),
        ('title = """A\n\n', "1: this isn't TOML"),
        ("title = \x00\n", "1: this isn't TOML"),
        ("ti\x00tle = 1\n", "1: this isn't TOML"),
        ("a = 99999999999999999999999999" + "9" * 5000, "1: this isn't TOML"),
    ],
)  # fmt: skip
def test_what_is_no_toml_is_said_with_its_line(write, text, fault):
    (said,) = faults(write(text))
    assert said.startswith(fault)
    assert len(said) < 200


@each_row(
    ("data", "fault"),
    [
        (HEAD.encode("utf-16"), "1: the file isn't UTF-8 text; save it as UTF-8"),
        ((HEAD + "# für\n").encode("latin-1"), "4: the file isn't UTF-8 text; save it as UTF-8"),
        (b"x" * (MAX_BYTES + 1), "1: the file is larger than 1 MB, far too large for a prompt set; split it"),
        (b"." .join([b"a"] * 16_000) + b" = 1", "1: it nests deeper than 8 levels, too deep for a prompt set"),
        (HEAD.encode() + b"q = " + b"[" * 1_000 + b"]" * 1_000,
         "4: it nests deeper than 8 levels, too deep for a prompt set"),
        (b"[" + b".".join([b"a"] * 400_000) + b"]", "1: it nests deeper than 8 levels, too deep for a prompt set"),
        (b"a = " + b"{a = " * 5_000 + b"1" + b"}" * 5_000,
         "1: it nests deeper than 8 levels, too deep for a prompt set"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_prompt_set_is_refused_before_it_is_parsed(write, data, fault):
    assert faults(write(data)) == [fault]


def test_one_megabyte_is_accepted(write):
    text = HEAD + FIRST
    assert load(write(text + "#" * (MAX_BYTES - len(text))))


@each_row("change", [lambda data: b"\xef\xbb\xbf" + data, lambda data: data.replace(b"\n", b"\r\n")])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(write, change):
    text = (shipped_prompts() / "weekly.toml").read_bytes()
    plain = load(write(text))
    assert load(write(change(text))) == plain
    bad = change((HEAD + FIRST + LAST + 'ask = "?"\nkind = "txt"\n').encode())
    assert faults(write(bad))[0].startswith("15: kind:")


@each_row(
    ("name", "fault"),
    [
        ("note.toml", "1: the name 'note' is reserved for followme's own entries; rename the file"),
        ("outcome.toml", "1: the name 'outcome' is reserved for followme's own entries; rename the file"),
        ("-own.toml", "1: the file's name is the set's name; use letters, digits and hyphens"),
        (f"{'x' * 81}.toml", "1: the file's name is the set's name; use letters, digits and hyphens"),
    ],
)
def test_a_file_gives_the_set_its_name(write, name, fault):
    assert faults(write(HEAD + FIRST, name)) == [fault]
    assert load(write(HEAD + FIRST, "Unser Jour fixe 2.toml")).name == "Unser Jour fixe 2"


def test_what_is_no_file_is_said(tmp_path):
    for path, said in ((tmp_path, "it is a folder"), (tmp_path / "x.toml", "there's no such file")):
        with pytest.raises(FollowmeError, match=said):
            load(path)
    if os.path.exists(os.devnull) and os.name != "nt":
        with pytest.raises(FollowmeError, match="it isn't an ordinary file"):
            load(Path(os.devnull))


def test_a_set_is_found_by_name_in_the_first_folder_that_has_it(tmp_path):
    mine, shipped = tmp_path / "mine", tmp_path / "shipped"
    for folder, names in ((mine, ("own", "weekly")), (shipped, ("weekly", "other"))):
        folder.mkdir()
        for name in names:
            (folder / f"{name}.toml").write_text(HEAD)
    folders = (mine, shipped, tmp_path / "nowhere")
    assert find("weekly", folders) == mine / "weekly.toml"
    assert find("other", folders) == shipped / "other.toml"
    assert all_files(folders) == [mine / "own.toml", mine / "weekly.toml", shipped / "other.toml"]
    for path in ("./own.toml", "own.toml", "sets/own", str(mine / "own.toml")):
        assert find(path, folders) == Path(path)
    with pytest.raises(
        WrongUsage, match=r"There's no prompt set 'none'\. The sets are: own, weekly, other\."
    ):
        find("none", folders)
    with pytest.raises(WrongUsage, match="The sets are: none"):
        find("x", ())


GOOD = (shipped_prompts() / "weekly.toml").read_text(encoding="utf-8").replace("minutes = 8", (
    'minutes = 8\nprivate = true\nsource = """\nMine,\nall of it."""'
)) + '\nwhen = { key = "care-days", below = 2 }\n'  # fmt: skip
LINES = GOOD.splitlines(keepends=True)

edits = st.one_of(
    st.tuples(st.just("cut"), st.integers(0, len(GOOD)), st.integers(0, 60)),
    st.tuples(st.just("put"), st.integers(0, len(GOOD)), st.text(max_size=5) | st.sampled_from(
        ['"', "'", '"""', "[", "]]", "{", "}", "=", "\n", "\\", "[[section]]\n", "x = 1\n", "\x00", "1", "true", "#"]
    )),
    st.tuples(st.just("line"), st.integers(0, len(LINES) - 1), st.integers(0, len(LINES) - 1)),
    st.tuples(st.just("value"), st.integers(0, len(LINES) - 1), st.sampled_from(
        ["3", "-1", "true", '""', "[]", "{}", "2026-11-20", "nan", '["a", 1]', '[{key = "x"}]', '{key = "a", is = 1}']
    )),
)  # fmt: skip


def damaged(text: str, edit) -> str:
    what, at, extra = edit
    if what == "cut":
        return text[:at] + text[at + extra :]
    if what == "put":
        return text[:at] + extra + text[at:]
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    at %= len(lines)
    if what == "line":
        lines.insert(extra % len(lines), lines.pop(at))
    else:
        lines[at] = f"{lines[at].partition('=')[0]}= {extra}\n"
    return "".join(lines)


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("damaged") / "own.toml"


@given(edits_made=st.lists(edits, min_size=1, max_size=4))
def test_damage_of_any_kind_gives_faults_with_their_lines_and_never_a_traceback(path, edits_made):
    text = GOOD
    for edit in edits_made:
        text = damaged(text, edit)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load(path)
    except FollowmeError as error:
        for line in str(error).splitlines():
            paths, said = line.removeprefix(f"{path}:").split(":", 1)
            assert 1 <= int(paths) <= text.count("\n") + 1
            assert said.strip()


def test_of_thousands_of_faults_the_first_are_told_and_the_others_counted(tmp_path: Path):
    path = tmp_path / "thousands.toml"
    path.write_text("".join(f"key-{number} = 1\n" for number in range(2_000)), encoding="utf-8")
    with pytest.raises(FollowmeError) as refused:
        load(path)
    told = str(refused.value).splitlines()
    assert len(told) == MOST_LISTED + 1
    assert told[-1].endswith("more like these aren't listed.")
