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
# look_back = 4 # show so many weeks before the first question
# private = true # exports leave all of it out
# event = true # about one event: it counts for no week
# source = "Where its questions come from."

[[section]]
title = "What happened"
# intro = "One or two sentences before its questions."
# pick = 1 # ask only so many of its questions, those longest unasked
# spare = true # left out while you still have a question to take to someone

# text: several lines. Its key is what it is known by for years: change the words, never the key.
[[section.question]]
key = "good-hour"
kind = "text"
ask = "Which hour of this week would you have again, and what had made it possible?"
hint = "A few sentences are enough."
variants = [ # two further wordings; the one asked longest ago comes next
    "When did the work go well this week, and what had you done for that?",
    "Which good hour did this week have, and what led to it?",
]
# vary = "quarter" # keep one wording for a quarter
# idea = "calm" # of the questions that are picked, one sitting has only one of each idea
# every = 2 # ask it in every second sitting
# private = true # exports leave its answers out
# optional = true # answers that come from a file may leave it out

# scale: a number with words at both ends, then the one fact behind it. Numbers keep their wording.
[[section.question]]
key = "calm-days"
kind = "scale"
ask = "On how many days did you end work without hurry?"
low = 0 # from -100 to 1000; where both ends are one digit, the digit needs no Enter
high = 5
low_label = "no day"
high_label = "every day"
fact = true

# line: one line. This one is asked only after a low number; the tests are below, above, is, not,
# includes and answered.
[[section.question]]
key = "hurry-from"
kind = "line"
ask = "Where did the hurry come from?"
variants = ["What made the days so full?", "What was it that left no time?"]
when = { key = "calm-days", below = 2 }
# person = true # its reply is the person the entry is about

# choice: one of the options.
[[section.question]]
key = "where-most"
kind = "choice"
ask = "Where was most of your week?"
options = ["with my people", "with customers", "in meetings about neither", "at my own desk"]

# several: as many of the options as fit; `none` goes alone.
[[section.question]]
key = "gave-time"
kind = "several"
ask = "For which of these was there time this week?"
options = ["a talk without an agenda", "saying thank you", "learning something"]
none = "for none of these"
# formerly = { "thanking people" = "saying thank you" } # an option that was reworded keeps its counts
# most = 2 # at most so many

# yesno: one key.
[[section.question]]
key = "day-off"
kind = "yesno"
ask = "Was there a whole day without work?"

[[section]]
title = "What comes next"

# list: a few short lines.
[[section.question]]
key = "ahead"
kind = "list"
ask = "Which people need something from you next week?"
variants = ["Who waits for something from you next week?", "For whom will you need time next week?"]
most = 3

# promise: what, on what occasion, to whom, by when. The next sitting asks what became of it.
[[section.question]]
key = "promise"
kind = "promise"
ask = "What do you promise for next week?"
# promise = "ask" # a question to take to one person instead, asked while no other is open
# private = true # exports leave the promise and what becomes of it out
# recall = ["ahead"] # show above it what was answered to earlier questions
"""
