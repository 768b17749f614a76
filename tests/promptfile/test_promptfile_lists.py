"""Six lists of questions, in the manner of those that leaders pass on, turned into sets, checked and sat through.

A line is a question: its kind, its words, further settings behind |, and behind -> what the check remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import pytest

from followme.promptfile.craft import examine
from running import Run

ENDS = 'low_label = "not at all"\nhigh_label = "fully"'
SAID = {
    "yes or no": "can be answered with yes or no",
    "a number": "asks for a number",
    "twice": "asks two things",
    "long": "people read 25",
}
LISTS = {
    "friday-review": ('cadence = "weekly"', """
        scale What was your energy this week? | low = 1, high = 10
        text What moved forward this week, and what was your part in it? | idea = "results"
        text Any wins? -> yes or no
        text What drained you (1-10)? -> a number
        list Which three things matter most next week? | most = 3
        text What did you finish? What did you start? -> twice
        promise What will you do first on Monday?
    """),
    "pay-day-pause": ('cadence = "fortnightly"', """
        scale How far are you from the plan, in days? | low = -14, high = 14
        text Is there anyone you have been avoiding? -> yes or no
        line Who did you last thank, and for what? | person = true
        text Is the team clear on its goal, and how do you know?
        several What got in the way? | options = ["too many meetings", "no decision", "missing people"]
        text What did you do about it? | when = { key = "q4", includes = ["no decision", "missing people"] }
    """),
    "month-end-letter": ('cadence = "monthly"\nlook_back = 4', """
        scale How many of your ten working agreements did you keep? | low = 0, high = 10, fact = true
        text What changed your mind this month? | vary = "quarter", variants = ["What do you see otherwise?"]
        text Anything you would take back? -> yes or no
        text Of all the people you let down in this long, full and at times odd month, who do you still owe a word, and what is it? -> long
        choice How did the month feel? | options = ["calm", "stormy"], formerly = { "quiet" = "calm" }
    """),  # noqa: E501
    "half-year-mirror": ('cadence = "half-yearly"\nlook_back = 26\nprivate = true', """
        text Who on your team has grown most, and what did you have to do with it? | idea = "growth"
        text Who has stopped growing, and what have you done about it? | idea = "growth"
        text Which of your habits costs the team most? | idea = "habits"
        text Would you work for you? -> yes or no
        text How likely would your team be to choose you again? -> a number
    """),
    "new-year-letter": ('cadence = "yearly"\nlook_back = 52\nminutes = 30', """
        scale Out of the 1000 hours you could choose, how many went to your people? | low = 0, high = 1000
        text What do you know now that you did not know in January?
        text On a scale of courage, where were you? -> a number
        list Who carried you this year?
        promise What will you stop doing? | most = 3
    """),
    "after-the-talk": ('event = true', """
        line Who was it with? | person = true
        text What did they tell you that nobody else would have?
        scale Who talked more? | low = -3, high = 3
        text Did you listen? -> yes or no
        text Why did it matter, and what makes you think so?
    """),
}  # fmt: skip


def questions(lines: str) -> Iterator[tuple[str, str]]:
    """Each question as TOML, and the remark that is expected, "" for none."""
    for number, line in zip(count(), lines.strip().splitlines(), strict=False):
        asked, _, remark = line.strip().partition(" -> ")
        asked, _, settings = asked.partition(" | ")
        kind, words = asked.split(" ", 1)
        # A comma between two settings is one before a key.
        more = re.sub(r", (?=\w+ = )(?![^{]*})", "\n", settings)
        yield (
            f'[[section.question]]\nkey = "q{number}"\nkind = "{kind}"\nask = "{words}"\n{more}\n'
            f"{ENDS if kind == 'scale' else ''}\n",
            remark,
        )


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_questions_becomes_a_set(name: str, run: Run):
    head, lines = LISTS[name]
    asked = list(questions(lines))
    text = f'title = "{name}"\n{head}\n[[section]]\ntitle = "One"\npick = {len(asked)}\n'
    text += "".join(question for question, _ in asked)
    path = run.prompts / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    found, remarks = examine(path)
    told = [each for each in remarks if ": remark: ask: " in each]
    seen = [short for each in told for short, words in SAID.items() if words in each]
    assert seen == [remark for _, remark in asked if remark]
    assert len(seen) == len(told)
    assert all(": remark: " in each for each in remarks)
    keys = [question.key for question in found.questions]
    assert len(keys) == len(asked)
    done = run("reflect", name, *(word for key in keys for word in ("--skip", key)))
    assert (done.code, run.entries[-1]["set"]) == (0, name), done.err
    assert run("show", "last").code == 0
