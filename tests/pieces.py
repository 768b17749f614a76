"""Pieces of a journal to test with: the lines that begin an entry, and answers, without the line end after them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

SPIRIT = """\
[[entry.answer]]
key = "spirit"
kind = "text"
question = "Proud?"
skipped = true"""
"""A question that was skipped."""

THANKS = """\
[[entry.answer]]
key = "thanks"
kind = "yesno"
question = "Thanked?"
reply = true"""


def entry(ref: str, of: str = "weekly", *, beside: str = "") -> str:
    """Begin an entry of a set, made at the time that its id has, with a comment `beside` its header."""
    utc = datetime.strptime(f"{ref[:15]}+0000", "%Y%m%dT%H%M%S%z")
    date = utc.astimezone(timezone(timedelta(hours=1)))
    return f"""\
[[entry]]{beside}
id = "{ref}"
date = {date.isoformat()}
week = "{date:%G-W%V}"
set = "{of}\""""


def moment(reply: str, question: str = "What happened?", *, beside: str = "") -> str:
    """Answer a question in words, with a comment `beside` the reply."""
    return f"""\
[[entry.answer]]
key = "moment"
kind = "text"
question = "{question}"
reply = "{reply}"{beside}"""


def scale(key: str, fact: str) -> str:
    """Answer a question with the number 4, and with the fact behind it."""
    return f"""\
[[entry.answer]]
key = "{key}"
kind = "scale"
question = "How often?"
low = 0
high = 5
low_label = "no day"
high_label = "every day"
reply = 4
fact = "{fact}\""""
