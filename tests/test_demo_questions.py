"""Questions that people have about two years of weeks, each with one command whose page answers it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from functools import cache

import pytest

from rows import each_row
from running import Run
from test_demo_views import STYLES

QUESTIONS = {
    "When did I last write about Jonas?": (
        "people Jonas",
        "You last wrote about Jonas this week, on a promise.",
    ),
    "When did I write about Jonas in the first spring?": (
        "people Jonas --until 2025-06",
        "Jonas: until Jun 30, 2025 Latest: the week of Jun 23, 2025, on a promise. Promises closed",
    ),
    "How long haven't I written about Hal?": (
        "people Hal",
        "You haven't written about Hal since the week of Sep 28.",
    ),
    "Who did I last write about when?": ("people", "Jonas this week, 1 open promise"),
    "Who did I write about this week?": (
        "people --week 2026-W47",
        "Kit this week Priya this week Ruth this week",
    ),
    "What became of what I promised Jonas, week by week?": (
        "people Jonas",
        "2ftxq/p1, overdue, not told yet, ask me again (10 times, 5 with a word) Sep 11 He was at the port.",
    ),
    "How many weeks did I miss in the first year?": (
        "lookback --until 2025-11",
        "2025 –■■■■■■■◩■■■■■■□□■■■■■■■■■□■■■■■––■■■■■■■■□◩■■■■ ■ 44 done ◩ 2 late – 4 breaks □ 4 missed",
    ),
    "How many weeks did I miss in a summer?": (
        "lookback --since 2025-06 --until 2025-08",
        "2025 ■■■■□■■■■■––■ ■ 10 done – 2 breaks □ 1 missed",
    ),
    "Which promises of the first year are open?": (
        "promises --until 2025-11",
        "No promise that fits these filters is open. Closed: 69. See them with: "
        "followme demo promises --all --until 2025-11",
    ),
    "Did I keep more of my promises than the year before?": (
        "lookback --year 2026",
        "The year before, promises closed: 51. Kept: 34. Partly: 14. Not kept: 3.",
    ),
    "How many questions did I take to someone this year?": (
        "lookback --year 2026",
        "Questions for someone: 14. Asked, done: 11. Did something with it: 2. Open: 1.",
    ),
    "What happened in the third week of October?": (
        "lookback --quarter 2026-Q4",
        "Oct 19–25: only short answers",
    ),
    "On which day did I try hardest to help?": (
        "lookback --quarter 2026-Q4",
        "4 (Oct 20), 5 (Oct 21), 4 (Oct 22)",
    ),
    "Why does October begin in September?": (
        "lookback --quarter 2026-Q4",
        "Its weeks are Sep 28, 2026–Jan 3, 2027; each counts where its Thursday is.",
    ),
    "Which promises didn't I keep this year?": (
        "promises --ending Not-Kept --since 2026",
        "Promises: since Jan 1, ending not kept Promises closed: 45. Kept: 33. Partly: 7. Not kept: 5. "
        "Closed I will: cross off three of the nine",
    ),
    "What's overdue?": (
        "",
        "3 promises and 1 question for someone are open, 1 overdue, 2 coming up on Fri, Nov 27.",
    ),
    "What does the smallest mark mean?": ("lookback", "▁ = 0 no days, █ = 5 every day, · = no number."),
    "What did I promise Tomas?": (
        "people Tomas",
        "Tomás You last wrote about Tomás this week, in a question.",
    ),
    "Where did I promise to tell Jonas?": ("show 2ftxq/p1", "Week of Aug 31 2026-W36 · weekly"),
    "How often did I write about a napkin?": ("search napkin", "answers, promises and notes found."),
    "What did I want to ask Bea?": (
        "search asking twice",
        "Question, asked, done Ask Bea: What isn't worth asking me twice",
    ),
    "Which words are mine?": (
        "search sure different --plain",
        'You wrote: Kit says "sure" in two different ways.',
    ),
    "Who was to know that I would say the eleven words?": (
        "show last",
        "I will: say the eleven words first, and then be quiet · Cue: Monday at nine Open. Ask Tomás:",
    ),
    "What had I promised him, and what came of it?": (
        "people Jonas",
        "put Jonas's name in for the enterprise seat with Ruth · Promised to: Jonas · By Fri, Jul 31 "
        "week of Jul 13, nh4s2/p1, ask me again (3 times), not kept",
    ),
    "Did the number get better after June?": (
        "lookback",
        "2026 ·▂▄▂▂▁▂▂▂····▄▂·▄▂▁·▂▅▇▅▇·▅▇▇▅▇▅▅··▅▇▅·▇▅▇·▅▇▇▇ 1.6, 3.5",
    ),
    "How was the number after June, on average?": (
        "lookback care-days --since 2026-07",
        "2026 ▅▇▇▅▇▅▅··▅▇▅·▇▅▇·▅▇▇▇ 3.5",
    ),
    "Which question do I avoid?": ("lookback", "Skipped most: unseen, 34 of 42 times."),
    "What do I still owe someone?": ("promises", "Overdue I will: tell Jonas myself"),
    "What was the worst week for the number, and why?": (
        "lookback",
        "Lowest: 0, 5 times, latest the week of May 4 Board week. Nothing.",
    ),
    "Which were the lowest weeks of the first year?": (
        "lookback care-days --until 2025-11",
        "Lowest: 0, week of Jan 13, 2025 Three days of kickoff. Nothing moved. "
        "Lowest: 0, week of Mar 10, 2025 Quarter-end. I asked for things all week and removed nothing. "
        "Lowest: 0, week of Apr 7, 2025 Nothing. Travel.",
    ),
    "How many weeks did I miss?": ("lookback", "85 done ◩ 4 late – 8 breaks □ 8 missed"),
    "When did I hear that people wait for me?": (
        "search waiting quicker",
        "We wait for you because waiting is quicker",
    ),
    "What did I write in the week the port signed?": ("search signed nine", "The port signed. All nine."),
    "How often did I put off the hard thing this year?": (
        "lookback courage --since 2026",
        "Put it off. It's one sentence.",
    ),
    "Who haven't I written about for months?": ("people", "Bea the week of Jun 8"),
    "What happened in summer 2026?": (
        "lookback --quarter 2026-Q3",
        "11 of 13 weeks have a reflection and 2 were in a break.",
    ),
    "What did I say would be different a year ago?": (
        "show 2025-W51",
        "The ten percent, the port, the dock visits.",
    ),
    "What did Priya tell me in our one-on-ones?": ("list --set one-on-one --person Priya", "Priya: "),
    "What did I notice about Kit before he said anything?": (
        "search --person Kit sure",
        'Kit says "sure" in two different ways.',
    ),
    "Which deals did we lose?": ("lookback deal-end", "we lost it"),
    "What did I learn from the loss?": (
        "search operations network",
        "were proud of the price page, so we went on",
    ),
    "What do I keep seeing on the team?": (
        "lookback",
        "3 · 1 · · 1 · 1 someone did more than they were asked to",
    ),
    "What did I ask people about in spring?": (
        "promises --all --since 2026-03 --until 2026-05",
        "Ask Bea: What isn't worth asking me twice about?",
    ),
    "What went wrong in the week with the lowest number?": (
        "show 2026-W19",
        "tell Dana why I cut the second orchard bid, and that it was nerves",
    ),
    "How many promises did I keep this year?": (
        "lookback --year 2026",
        "Promises closed: 45. Kept: 33. Partly: 7. Not kept: 5.",
    ),
    "Was I away at Christmas?": ("lookback --quarter 2026-Q1", "Dec 29, 2025–Jan 4, 2026: in a break"),
    "What's due besides the weekly reflection?": ("", "1 prompt set is due: six-questions."),
    "How do I show this to someone?": ("", "followme demo export demo.html"),
    "Which of these weeks are private?": ("list --since 2026-09 --until 2026-09", "private: Dana"),
    "What did I ask Jonas, and did I ever ask it?": (
        "search not asking me",
        "Question, asked, done Ask Jonas:",
    ),
    "How did the year before go?": ("lookback --year 2026", "followme demo lookback --year 2025"),
    "What was on my mind a year ago?": ("show 'a year ago'", "Everyone got up."),
    "Which weeks did I miss in summer 2025?": (
        "lookback --quarter 2025-Q3",
        "Jun 30–Jul 6, 2025: no reflection Jul 7, 2025",
    ),
    "How long was my longest gap in 2025?": (
        "lookback --year 2025",
        "Longest gap: 2 weeks, Apr 14–27, 2025.",
    ),
    "How long did I stop, ever?": ("lookback", "Longest gaps: 2 weeks, Apr 14–27, 2025 and Mar 2–15."),
    "Why didn't I keep what I promised in 2026?": (
        "lookback --year 2026",
        "Promised to: Jonas · By Fri, Jul 31 The seat's gone. I never said his name.",
    ),
    "How many promises to Jonas did I keep?": ("lookback --person Jonas", "Promises closed: 14. Kept: 9."),
    "Does his own page say the same?": ("people Jonas", "Promises closed: 14. Kept: 9."),
    "Who told me what I hadn't seen coming?": ("lookback talk-heard", "xtbhe · Jonas · private"),
    "How did the spring before that end?": ("lookback --quarter 2026-Q3", "demo lookback --quarter 2026-Q2"),
    "When did I last write about Priya in one-on-ones?": (
        "list --set one-on-one --person Priya",
        "Entries: set one-on-one, person Priya",
    ),
    "What became of what I promised Jonas in our one-on-one?": (
        "show nh4s2",
        "You've told them. Not kept, week of Aug 31: The seat's gone. I never said his name.",
    ),
    "Which promises have a half hour in them, and did I keep them?": (
        "search half hour",
        "Promise, not kept I will: tell Bea what I'm doing about the import, even when it's nothing · "
        "Cue: her Thursday half hour · Promised to: Bea",
    ),
    "What was that note about a promise on?": (
        "search shrugged",
        "What became of: tell Jonas that I see the four o'clocks He shrugged",
    ),
    "Where did I last write about Ines?": (
        "people Ines",
        "You last wrote about Ines in the week of Nov 2, on a promise. Promises closed: 1. Kept: 1. Promises to Ines "
        "I will: tell Ines about the yard now and not in spring · Promised to: Ines week of Oct 26, rwjjt/p1, kept "
        'Nov 6 "You\'re learning," she said.',
    ),
    "What did Jonas say in our one-on-ones?": (
        "people Jonas",
        "nh4s2 · private Have you had the conversation yet? yes, just now What did they tell you that surprised you? "
        '"Have you put my name in?',
    ),
    "What did I write last?": ("show last", "I asked for the ten minutes."),
}
"""Each question with the command after `followme demo`, and what stands on its page."""


@pytest.fixture
def page(run: Run) -> Callable[[str], str]:
    """What stands on the page of a command, in one line; a page that answers several questions is made once."""

    @cache
    def read(command: str) -> str:
        done = run("demo", *shlex.split(command), columns=80)
        assert done.code == 0, done.err
        return re.sub(r"\s+", " ", STYLES.sub("", done.out).replace("▎", " "))

    return read


@each_row("question", QUESTIONS)
def test_the_page_answers_it(page: Callable[[str], str], question: str):
    command, answer = QUESTIONS[question]
    assert answer.replace("▎", " ") in page(command)


FILTERED = {
    "list --since 2027": "No entry fits these filters. The nearest entry is from this week:\n"
    "  followme demo show h5kex\nSee all with:\n  followme demo list\n",
    "list --week 2026-W11 --set weekly": "No entry fits these filters. The nearest entries are from the week of Feb 16 "
    "and\nthe week of Mar 30:\n  followme demo show jrnyy --set weekly\n  followme demo show zmkyx --set weekly\n"
    "See all with:\n  followme demo list\n",
    "list --since 2026-03-02 --until 2026-03-10 --person Bea": "No entry fits these filters. The nearest entries are "
    "from the week of Feb 2 and\nthe week of Mar 16:\n  followme demo show 7devx\n  followme demo show rkye8\n"
    "See all with:\n  followme demo list\n",
    "list --since 2026-07-16 --until 2026-07-16": "No entry fits these filters. The nearest entries are from the week "
    "of Jul 13:\n  followme demo show nh4s2\n  followme demo show ff86x\nSee all with:\n  followme demo list\n",
    "list --since 2026-07-16 --until 2026-07-14": "No entry fits these filters. The nearest entry is from the week of "
    "Jul 13:\n  followme demo show nh4s2\nSee all with:\n  followme demo list\n",
    "list --set nosuch": "No entry fits these filters. See all with:\n  followme demo list\n",
    "lookback --since 2027": "No answer fits these filters. See all with:\n  followme demo lookback\n",
    "people --since 2027": "No entry that fits these filters names anyone. See everyone with:\n"
    "  followme demo people\n",
    "promises --since 2027": "No promise fits these filters. See all with:\n  followme demo promises --all\n",
    "promises --person=": "No promise fits these filters. See all with:\n  followme demo promises --all\n",
    "promises --person Nobody": "No promise fits these filters. See all with:\n  followme demo promises --all\n",
}
"""Commands whose filters leave nothing, and what their page says."""


@each_row("command", FILTERED)
def test_where_a_filter_leaves_nothing_it_says_so(run: Run, command: str):
    done = run("demo", *command.split(), columns=80)
    assert (done.code, STYLES.sub("", done.out), done.err) == (0, FILTERED[command], "")


DEAD_ENDS = {
    "lookback Jonas": "There's no question 'Jonas' in your journal. See what you wrote about them with:\n"
    "  followme demo people Jonas\n",
    "search @Jonas": "No answer, promise or note has this word. See what you wrote about them with:\n"
    "  followme demo people Jonas\n",
    "show 'may 4'": "There's no entry for 'may 4'. See the entries of its week with:\n"
    "  followme demo show 2026-W19\n",
    "show 2026-W11": "Nothing was written for Mar 9–15. The nearest entries are from the week of Feb 23 "
    "and the week of Mar 16:\n  followme demo show 49635\n  followme demo show rkye8\n",
    "show 'March 9' --set weekly": "Nothing was written for Mar 9–15. The nearest entries are from "
    "the week of Feb 16 and the week of Mar 30:\n  followme demo show jrnyy --set weekly\n"
    "  followme demo show zmkyx --set weekly\n",
    "show 2026-03": "'2026-03' is more than a week. List its entries with:\n"
    "  followme demo list --since 2026-03 --until 2026-03\n",
    "show Jonas": "There's no entry for 'Jonas'. See what you wrote about them with:\n"
    "  followme demo people Jonas\n",
    "show courage": "There's no entry for 'courage'. It's a question; see your answers with:\n"
    "  followme demo lookback courage\n",
    "show napkin": "There's no entry for 'napkin'. Look for the word, or see all entries, with:\n"
    "  followme demo search napkin\n  followme demo list\n",
    "search unglamorous": "No answer, promise or note has this word. Your question 'plow' does. "
    "See its answers, or how it was asked, with:\n"
    "  followme demo lookback plow\n  followme demo search --question-text unglamorous\n",
    "search 'your part'": "No answer, promise or note has this phrase. "
    "2 questions do. See the answers to the latest, or all of them as they were asked, with:\n"
    "  followme demo lookback moment\n  followme demo search --question-text 'your part'\n",
}
"""Commands that people try, which find nothing, and the way on."""


def test_a_name_after_promises_leads_to_the_promises_to_them(run: Run):
    done = run("demo", "promises", "Jonas")
    told = (
        "Promises have no such command. See those to someone with:\n  followme demo promises --person Jonas\n"
    )
    assert (done.code, done.out, done.err) == (2, "", told)


@each_row("command", DEAD_ENDS)
def test_where_nothing_is_found_it_names_the_way_on(run: Run, command: str):
    done = run("demo", *shlex.split(command))
    assert (done.code, done.out, done.err) == (3, "", DEAD_ENDS[command])
