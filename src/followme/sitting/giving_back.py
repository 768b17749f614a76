"""What a sitting gives back after it was saved: when its promises come back, the strip of weeks, an earlier answer."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from followme.asking.aside import wait_aside
from followme.asking.walk import Asker
from followme.env import Env
from followme.env.signals import ended_by_signals
from followme.errors import Paused
from followme.hints import Command
from followme.insight.echo import echo_of
from followme.insight.promises import OpenPromise, open_after
from followme.insight.weeks import breaks_of
from followme.model import Entry, PromptSet
from followme.shell.cadences import calendar
from followme.views import view


def give_back(
    env: Env,
    asker: Asker,
    saved: Entry,
    past: Sequence[Entry],
    opened: Sequence[OpenPromise],
    asked: PromptSet,
) -> None:
    """After saving with a person, print when its promises come back, and show an earlier answer until Enter.

    `past` has the entries before it, oldest first, `opened` all promises that were open before it, and `asked` is the
    set. Whatever happens here, the entry is stored.
    """
    env.settled = 0
    today, by_days = env.now().date(), calendar(env, past).by_days
    day, breaks = "" if by_days else env.config.review_day, breaks_of(env.config)
    now_open = open_after(opened, saved)
    echo = echo_of(saved, past, today, day, breaks, opened=now_open, prompt_set=asked)
    page = view("echo")
    env.say("\nSaved. " + "\n".join(page.sentences(echo, today)))
    env.say("Read it with:", Command("show", "last"))
    with suppress(OSError):
        page.show(echo, today, env.err)
    if echo.earlier:
        with suppress(Paused), ended_by_signals(env.keyboard.stop), env.keyboard.held():
            wait_aside(asker, "Press Enter to close.", alone=True)
