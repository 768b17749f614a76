"""The words of every screen on one page, tests/golden/words.txt, and the manner in which all of them are written.

The first half states the rules, each of which yields the words that break it; the second shows with small
samples that every rule bites, and that nothing shown escapes tests/words.py.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from textwrap import dedent

from voice import avoided
from words import CHECKOUT, Said, all_said, error_classes, frame, listen, on_page, page

Golden = Callable[[str, str], None]
Rule = Callable[[Iterable[Said]], Iterator[str]]


def test_all_words_can_be_read_on_one_page(golden: Golden):
    """After an intended change: pytest tests/test_words.py --update-golden, and read in git what has changed."""
    golden("words.txt", page(all_said()))


def test_no_words_stand_in_files_of_another_kind():
    """Another template, say, would have words that tests/words.py does not gather yet."""
    files = (path for path in (CHECKOUT / "src" / "followme").rglob("*") if path.is_file())
    gathered = {"py.typed", "page.html", "page.css"}
    assert [
        path.name for path in files if path.suffix not in (".py", ".pyc") and path.name not in gathered
    ] == []
    sample = "{# no #}<p class='no no'>Yes to {{ this }}<br>\n{% if no %}and that{% endif %}</p>"
    assert [each.text for each in on_page("x", sample)] == ["Yes to {}", "and that"]


# --- The manner -------------------------------------------------------------------------------------------

CHATTER = ("please", "sorry", "oops", "unfortunately", "simply", "just", "of course")
PRAISE = ("great", "well done", "congratulations", "perfect", "successfully", "good job")
BLAME = (
    "you forgot",
    "you've forgotten",
    "have forgotten",
    "should have",
    "must not forget",
    "you failed",
    "your fault",
)
MACHINE = ("invalid", "illegal", "failed to", "fatal", "aborted", "error:")

LEAST_WORDS = 4
"""From so many words on, what begins with a capital is taken for a sentence."""

NO_SENTENCES = {
    # Headings and labels that are not told by the way they are shown.
    "Due now",
    "Later",
    "Closed questions for someone",
    "What you wanted to ask",
    "What you handed off",
    "Reflect on the week",
    # Endings as older drafts have them.
    "I asked, and I will do something about it",
    "I asked, and that is all",
    "I did something with it",
    # The line of keys.
    "Letter, Enter next, F1 keys",
    "Enter next, F1 keys",
    # Beginnings, of which another text makes a sentence.
    "There's no terminal to ask in",
    "With --no-input, nothing is asked",
    "Fix it in a text editor",
    "Another followme (process {number}, since {since})",
    "A part of the journal",
}

HELP_WIDTH = 100
"""The first paragraph of a help stands in the list of commands, and is read at a glance."""

ENDS = re.compile(r"(?:[.?:…][\"')]*|\}|\])$")
COMMAND = re.compile(r": (?:followme|chmod|crontab|systemctl|launchctl)\b.*(?<!\.)$")
FILE_FAULT = re.compile(r"\{path\}:(?:\d+|\{\w+\}): ")
"""FILE:LINE: and what is wrong there, as compilers write it."""


def holding(said: Iterable[Said], pattern: str) -> Iterator[str]:
    """Those in which the pattern is found."""
    for one in said:
        for found in re.finditer(pattern, one.spoken):
            yield f"{one.place}: {found[0].strip()!r} in: {one.text}"


def these(words: Iterable[str]) -> str:
    """A pattern for words that stand for themselves, in large or small letters: "just" is not in "adjust"."""
    return rf"(?i)(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])"


def no_exclamation_marks(said: Iterable[Said]) -> Iterator[str]:
    """That of <!-- is no word's."""
    return holding(said, r"\S*(?<!<)!")


def no_chatter(said: Iterable[Said]) -> Iterator[str]:
    """Contractions are none; and what is "just for you" is told to nobody else."""
    return holding(said, these(CHATTER) + "(?! for you)")


def nobody_is_praised(said: Iterable[Said]) -> Iterator[str]:
    return holding(said, these(PRAISE))


def nobody_is_blamed(said: Iterable[Said]) -> Iterator[str]:
    return holding(said, these(BLAME))


def no_words_of_machines(said: Iterable[Said]) -> Iterator[str]:
    return holding(said, these(MACHINE))


def no_words_that_have_a_better_one(said: Iterable[Said]) -> Iterator[str]:
    """Those of tests/voice.py."""
    for one in said:
        for words in avoided(one.spoken):
            yield f"{one.place}: {words!r} in: {one.text}"


def no_double_blanks(said: Iterable[Said]) -> Iterator[str]:
    """At the beginning of a line they are an indent."""
    return holding(said, r"\S+ {2,}\S+")


def no_ellipsis_of_points(said: Iterable[Said]) -> Iterator[str]:
    """The sign is …; where a terminal cannot show it, env/streams.py makes points of it."""
    return holding(said, r"\S*\.\.\.")


def sentences_end(said: Iterable[Said]) -> Iterator[str]:
    """With a point, a question mark, a colon or a command; toolbars, headings and labels are no sentences."""
    for one in said:
        text = one.text.strip()
        named = one.role == "title" or text in NO_SENTENCES or " · " in text or "^" in text
        begins = text[:1].isupper() and len(text.split()) >= LEAST_WORDS
        if begins and not named and not (ENDS.search(text) or COMMAND.search(text)):
            yield f"{one.place}: {one.text}"


def titles_have_no_point(said: Iterable[Said]) -> Iterator[str]:
    for one in said:
        if one.role == "title" and one.text.endswith((".", ":", "…")):
            yield f"{one.place}: {one.text}"


def errors_are_sentences(said: Iterable[Said]) -> Iterator[str]:
    """Whole ones, or one line FILE:LINE: each."""
    for one in said:
        ended = ENDS.search(one.text) or COMMAND.search(one.text) or FILE_FAULT.match(one.text)
        if one.role == "error" and not ended:
            yield f"{one.place}: {one.text}"


def commands_can_be_copied(said: Iterable[Said]) -> Iterator[str]:
    """What is to be typed ends its line: whoever copies it copies no point and no further words."""
    return holding(said, r": followme\b(?:[^\n]*,)? ?[^\n,]*(?:\.(?=\s|$)|, [^\n]*)")


def help_begins_in_short(said: Iterable[Said]) -> Iterator[str]:
    for one in said:
        first = one.text.split("\n")[0]
        if one.role == "help" and len(first) > HELP_WIDTH:
            yield f"{one.place}: {len(first)} characters: {first}"


RULES: tuple[Rule, ...] = (
    no_exclamation_marks,
    no_chatter,
    nobody_is_praised,
    nobody_is_blamed,
    no_words_of_machines,
    no_words_that_have_a_better_one,
    no_double_blanks,
    no_ellipsis_of_points,
    sentences_end,
    titles_have_no_point,
    errors_are_sentences,
    commands_can_be_copied,
    help_begins_in_short,
)


def test_the_words_keep_every_rule():
    assert [f"{rule.__name__}: {each}" for rule in RULES for each in rule(all_said())] == []


def test_what_is_said_to_be_no_sentence_is_there():
    assert {text for text in NO_SENTENCES if not any(one.text.strip() == text for one in all_said())} == set()


# --- Every rule bites -------------------------------------------------------------------------------------

SOUND = '''
"""What a module holds; nobody's words!"""

def run(ctx):
    """List past entries, newest first.

    A terminal shows 20 of them.
    """
    env.say("People's words are kept until the date has been adjusted; the next step is: followme reflect")
    env.say("Two days of the week fit. Which one is meant?")
    env.say("You haven't told them, so it's just for you.")
    printer.heading("What became of earlier promises")
    printer.line("  indented words stay as they are.")
    raise FollowmeError(f"{path}:{line}: the file is too large; split it")
'''

BREAKS = [
    (no_exclamation_marks, 'env.say("It is saved!")'),
    (no_chatter, 'raise WrongUsage("Please write it as 2026-W47.")'),
    (no_chatter, 'FIELD = Field(hint="It is just one line.")'),
    (no_chatter, 'X = f"Sorry, {name} was not found."'),
    (nobody_is_praised, 'printer.line("Well done: every promise was kept.")'),
    (nobody_is_praised, 'env.say(f"{count} entries were imported successfully.")'),
    (nobody_is_blamed, 'env.say("You forgot the quotes.")'),
    (nobody_is_blamed, 'env.say("You should have named a week.")'),
    (no_words_of_machines, 'raise ValueError(f"Invalid date {words}.")'),
    (no_words_of_machines, 'env.say(f"Error: {path} is not there.")'),
    (no_words_of_machines, 'env.say("followme failed to save it.")'),
    (no_words_that_have_a_better_one, 'env.say("Mend that, and try again.")'),
    (no_words_that_have_a_better_one, 'FIELD = Field(hint="Enter leaves it.")'),
    (no_double_blanks, 'env.say("One  word too far.")'),
    (no_ellipsis_of_points, 'env.say("Wait a moment...")'),
    (sentences_end, 'env.say("The entry is in the journal")'),
    (sentences_end, 'X = typer.Option("--all", help="Show the closed ones too")'),
    (titles_have_no_point, 'printer.line("Your answers.", style.TITLE)'),
    (titles_have_no_point, 'printer.heading("Promises:")'),
    (errors_are_sentences, 'raise FollowmeError("no such entry")'),
    (
        errors_are_sentences,
        'class Lost(FollowmeError): pass\nraise Lost(f"{ref} is not one entry") from None',
    ),
    (commands_can_be_copied, 'env.say("Begin with: followme reflect.")'),
    (commands_can_be_copied, 'env.say("Begin with: followme reflect, or wait until Friday.")'),
    (help_begins_in_short, f'def run(ctx):\n    """{"Say it in many words, " * 6}at last."""'),
    (help_begins_in_short, f'X = typer.Option("-n", help="{"Say it in many words, " * 6}at last.")'),
]


def heard(source: str) -> list[Said]:
    """What a small module says that stands among the commands."""
    return listen("src/followme/commands/sample.py", source, error_classes([ast.parse(source)]))


def texts(source: str) -> list[str]:
    return [one.text for one in heard(dedent(source))]


def test_sound_words_pass():
    assert [each for rule in RULES for each in rule(heard(SOUND))] == []


def test_a_rule_sees_what_breaks_it():
    found = {(rule.__name__, source): list(rule(heard(source))) for rule, source in BREAKS}
    assert [sample for sample, faults in found.items() if not faults] == []
    assert all(
        re.match(r"src/followme/commands/sample\.py:\d+: ", each)
        for faults in found.values()
        for each in faults
    )


def test_every_rule_has_something_that_breaks_it():
    assert {rule for rule, _ in BREAKS} == set(RULES)


# --- Nothing escapes --------------------------------------------------------------------------------------

GATHERED = [
    ('X = "two words"', ["two words"]),
    ('X = "Saved."', ["Saved."]),
    ('X = ("one part, "\n     "and the other")', ["one part, and the other"]),
    ('X = f"{home.drafts} sittings of {len(found)}"', ["{drafts} sittings of {found}"]),
    ('X = f"{at:%H:%M} and {week(day)}, {a + b}"', ["{at} and {week}, {…}"]),
    ("""X = f"{n} promise {'is' if n == 1 else 'are'} open" """, ["{n} promise [is | are] open"]),
    ("""X = f"It is open{', and due' if due else ''}." """, ["It is open[, and due]."]),
    ("""X = f"{found or 'none'} of them" """, ["[{found} | none] of them"]),
    ('def f(n):\n    verb = "is" if n == 1 else "are"\n    return f"It {verb} here"', ["It [is | are] here"]),
    ('X = "The next step: " + step + "."', ["The next step: {step}."]),
    ('say("some words" if here else "some others")', ["some words", "some others"]),
    ("""X = f"{call('words inside')} stay" """, ["{call} stay", "words inside"]),
    ('printer.line("private", style.HINT)', ["private"]),
    (
        'F = Field(name="end", input="one", empty="none", options=("save", "change it"))',
        ["none", "save", "change it"],
    ),
    ('HEADERS = ("week", "first words")', ["week", "first words"]),
    ('E = {"kept": "kept", "not kept": "not-kept"}', ["kept", "not kept"]),
    ('def run(ctx):\n    """Say\n    it.\n\n    And more."""', ["Say it.\nAnd more."]),
    ('say("See:", Command("show", name))', ["See:", "followme show {name}"]),
    ('def faults(q):\n    yield "most", "it must be one"', ["it must be one"]),
]

LEFT_OUT = [
    '"""A module\'s own words."""',
    'def helper():\n    """What a function does."""',
    'X = 1\n"""What a value is for."""',
    'X = re.compile("one (two)? three")',
    'X = r"a pattern \\d"',
    'X = text.partition(" to be found ")',
    'X = found == "not yet"',
    'X = found in ("not yet", "no longer")',
    "printer.line(words, style.TITLE)",
    'assert found, "only this comes here"',
    'X = f"{one}, {two}"',
    'X = f"{now:%d %B %Y}"',
    'X = Answer(kind="text")',
    '__all__ = ["Format", "Options"]',
]


def test_words_are_gathered():
    assert [(source, texts(source)) for source, _ in GATHERED] == GATHERED


def test_what_nobody_reads_is_left_out():
    assert [(source, said) for source in LEFT_OUT if (said := texts(source))] == []


def test_the_frame_of_a_prompt_set_is_gathered_with_its_lines():
    text = 'title = "Weekly"\nabout = "One week."\n[[section]]\ntitle = "Weekly"\n[[section.question]]\nask = "Who?"\n'
    found = [(one.line, one.text, one.role) for one in frame("prompts/weekly.toml", text)]
    assert found == [(1, "Weekly", "title"), (2, "One week.", "about"), (4, "Weekly", "title")]


def test_the_page_has_a_heading_for_each_module_and_no_text_twice_under_it():
    said = [
        Said("src/followme/cli.py", 1, "One."),
        Said("src/followme/cli.py", 9, "One."),
        Said("b.py", 1, " a\nb "),
    ]
    assert page(said).endswith("\n[cli.py]\n\nOne.\n\n[b.py]\n\na\n    b\n")
