"""Promises as a calendar file of tasks, which phones and computers read into their own lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

from icalendar import Calendar, Todo

from followme.insight.tasks import DONE, DROPPED, OPEN, Task

_STATUS = {OPEN: "NEEDS-ACTION", DONE: "COMPLETED", DROPPED: "CANCELLED"}


def ics(tasks: Iterable[Task], stamp: datetime) -> str:
    """Return the tasks as a calendar file made at this moment; in a list, each takes the place of its older version."""
    calendar = Calendar()
    calendar.add("prodid", "-//followme//promises//EN")
    calendar.add("version", "2.0")
    for task in tasks:
        calendar.add_component(_todo(task, stamp))
    text: bytes = calendar.to_ical()
    return text.decode()


def _todo(task: Task, stamp: datetime) -> Todo:
    todo = Todo()
    todo.add("uid", f"{task.name}@followme")
    # A list replaces a task only with a higher number; the minutes since 1970 grow by themselves.
    todo.add("sequence", int(stamp.timestamp()) // 60)
    todo.add("dtstamp", stamp.astimezone(UTC))
    todo.add("last-modified", stamp.astimezone(UTC))
    todo.add("created", datetime.combine(task.made, time(), UTC))
    todo.add("summary", task.words)
    if task.more:
        todo.add("description", "\n".join(task.more))
    if task.by:
        todo.add("due", task.by)
    todo.add("status", _STATUS[task.state])
    if task.state == DONE:
        todo.add("completed", datetime.combine(task.noted, time(12), UTC))
        todo.add("percent-complete", 100)
    return todo
