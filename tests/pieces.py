"""Pieces of a journal to test with: the lines that begin an entry, and answers, without the line end after them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


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


def answer(key: str, kind: str, question: str, rest: str) -> str:
    """Answer a question; `rest` has the lines below its wording."""
    return f"""\
[[entry.answer]]
key = "{key}"
kind = "{kind}"
question = "{question}"
{rest}"""


def moment(reply: str, question: str = "What happened?", *, beside: str = "") -> str:
    """Answer a question in words, with a comment `beside` the reply."""
    return answer("moment", "text", question, f'reply = "{reply}"{beside}')


def scale(key: str, fact: str) -> str:
    """Answer a question with the number 4, and with the fact behind it."""
    ends = 'low = 0\nhigh = 5\nlow_label = "no day"\nhigh_label = "every day"'
    return answer(key, "scale", "How often?", f'{ends}\nreply = 4\nfact = "{fact}"')


SPIRIT = answer("spirit", "text", "Proud?", "skipped = true")
"""A question that was skipped."""

THANKS = answer("thanks", "yesno", "Thanked?", "reply = true")
