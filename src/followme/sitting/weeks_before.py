"""The weeks before a sitting that asks about them, shown part by part, and at hand while it asks."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from io import StringIO

from followme.asking.aside import wait_aside
from followme.asking.walk import Asker
from followme.env import Env
from followme.insight.past_weeks import PastWeeks
from followme.insight.quarters import quarter_of, year_of
from followme.insight.weeks import weeks_to
from followme.model import QUARTER
from followme.shell.past_weeks import past_period, past_weeks
from followme.views import view


class WeeksBefore:
    """The weeks that a sitting for this week looks back on, read when they are first needed."""

    def __init__(self, env: Env, look_back: int | str, week: str) -> None:
        self._env = env
        self._look_back = look_back
        self._week = week

    def show(self, asker: Asker) -> None:
        """Show them, and wait for Enter after each part. Raises Paused."""
        for _ in view("past_weeks").show(self._past, self._env.err):
            self._env.say("")
            wait_aside(asker, "Press Enter to go on.")

    def rows(self, columns: int) -> list[str]:
        """Return them as rows for a screen of this width, in words alone."""
        drawn = StringIO()
        view("past_weeks").page(
            self._past, replace(self._env.err, stream=drawn, styles=False, columns=columns)
        )
        return drawn.getvalue().strip("\n").split("\n")

    @cached_property
    def _past(self) -> PastWeeks:
        """The latest weeks, or this quarter or year once it's nearly over; before that, the last one, if it has any."""
        if isinstance(self._look_back, int):
            return past_weeks(self._env, weeks_to(self._week, self._look_back))
        period_of = quarter_of if self._look_back == QUARTER else year_of
        present = period_of(self._week, self._env.config.year_starts)
        if not present.is_nearly_over(self._week):
            before = past_period(self._env, present.before)
            if not before.empty:
                return before
        return past_period(self._env, present)
