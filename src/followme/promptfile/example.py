"""The example text of a new prompt set: one question of each kind, and every setting with its effect."""

from __future__ import annotations

from json import dumps


def example(title: str) -> str:
    """Return the text of a prompt set with this title, without a fault and without a remark."""
    return _EXAMPLE.replace("TITLE", dumps(title, ensure_ascii=False))


_EXAMPLE = """\
# A prompt set. Keep the questions you want, change their words, and remove the rest.
# Lines that begin with # explain, or show a setting: take the # away to use it.

title = TITLE
about = "One line that `prompts list` shows."
cadence = "weekly" # daily, weekly, fortnightly, monthly, quarterly, half-yearly, yearly or any
minutes = 7 # what `prompts check` counts for these questions
# look_back = 4 # how many weeks to show before the first question; or "quarter", or "year"
# private = true # not exported
# event = true # about one event, so it counts for no week
# source = "Where its questions come from."

[[section]]
title = "What happened"
# intro = "One or two sentences before its questions."
# pick = 1 # how many of its questions to ask each time, in turn
# spare = true # left out while you still have a question to take to someone

# text: several lines. Its key stays the same for years: change the words, never the key.
[[section.question]]
key = "good-hour"
kind = "text"
ask = "Which hour of this week would you live again, and what made it possible?"
hint = "A few sentences are enough."
variants = [ # two more wordings; the one asked longest ago comes next
    "When did work go well this week, and what had you done to get there?",
    "What was the best hour of your week, and what led to it?",
]
# vary = "quarter" # keep one wording for a quarter
# idea = "calm" # of the questions that are picked, a reflection has only one of each idea
# every = 2 # ask it every second time
# private = true # its answers are not exported
# optional = true # answers that come from a file may leave it out

# scale: a number with words at both ends, then the one fact behind it. Numbers keep their wording.
[[section.question]]
key = "calm-days"
kind = "scale"
ask = "On how many days did you finish work without rushing?"
low = 0 # from -100 to 1000; where both ends are one digit, the digit needs no Enter
high = 5
low_label = "no days"
high_label = "every day"
fact = true

# line: one line. This one is asked only after a low number; the tests are below, above, is, not,
# includes and answered.
[[section.question]]
key = "rush-from"
kind = "line"
ask = "Where did the rush come from?"
variants = ["What made the days so full?", "What took the time?"]
when = { key = "calm-days", below = 2 }
# person = true # its reply is the person the entry is about

# choice: one of the options.
[[section.question]]
key = "where-most"
kind = "choice"
ask = "Where did most of your week go?"
options = ["my people", "our customers", "meetings about neither", "my own desk"]

# several: as many of the options as fit; `none` goes alone.
[[section.question]]
key = "gave-time"
kind = "several"
ask = "Which of these did you make time for this week?"
options = ["a conversation without an agenda", "saying thank you", "learning something"]
none = "none of these"
# formerly = { "thanking people" = "saying thank you" } # an option that was reworded keeps its counts
# most = 2 # how many can be picked

# yesno: one key.
[[section.question]]
key = "day-off"
kind = "yesno"
ask = "Did you take a whole day off?"

[[section]]
title = "Next week"

# list: a few short lines.
[[section.question]]
key = "ahead"
kind = "list"
ask = "Which people need something from you next week?"
variants = ["Who is waiting on you next week?", "Who will you need time for next week?"]
most = 3

# promise: what you will do, who it is to, by when, and your cue. Next time, you are asked what became of it.
[[section.question]]
key = "promise"
kind = "promise"
ask = "What do you promise to do next week?"
# promise = "ask" # a question to take to one person instead, asked while no other is open
# private = true # the promise and what becomes of it are not exported
# recall = ["ahead"] # show above it what was answered to earlier questions
"""
