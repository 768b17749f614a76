"""Filters as options: declared once, alike in every verb, and one query for the verb that takes them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from types import SimpleNamespace
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from followme.errors import WrongUsage
from followme.insight.query import FILTERS, Query
from followme.model import Config
from followme.shell.filters import filtered
from followme.shell.named_week import week_of
from rows import each_row
from running import FRIDAY

VERBS = ["list", "export"]
"""The verbs that take every filter."""


def asked(*argv: str, names: tuple[str, ...] = (), year_starts: str = "january") -> tuple[Query, str, bool]:
    """What a small verb with these filters is called with."""
    got = []

    @filtered(*names)
    def run(
        ctx: typer.Context,
        query: Query,
        word: Annotated[str, typer.Argument()],
        loud: Annotated[bool, typer.Option("--loud")] = False,
    ) -> None:
        got.append((query, word, loud))

    app = typer.Typer()
    app.command()(run)
    done = CliRunner().invoke(
        app, list(argv), obj=SimpleNamespace(now=lambda: FRIDAY, config=Config(year_starts=year_starts))
    )
    if done.exception:
        raise done.exception
    return got[0]


def test_a_verb_gets_its_filters_as_one_query_beside_its_own_options() -> None:
    assert asked("word") == (Query(), "word", False)
    assert asked("word", "--loud", "--set", "own", "--person", "Ben") == (
        Query(set="own", person="Ben"),
        "word",
        True,
    )
    assert asked("--since", "2026-Q4", "--until", "2026-Q4", "--week", "last-week", "word")[0] == Query(
        since=date(2026, 10, 1), until=date(2026, 12, 31), week="2026-W46"
    )
    assert asked("word", "--set", "")[0] == Query(set="")


def test_a_quarter_is_one_of_the_companys_year_and_a_year_is_the_calendars() -> None:
    asked_for = ("--since", "2026-Q4", "--until", "2026", "word")
    assert asked(*asked_for, year_starts="february")[0] == Query(
        since=date(2025, 11, 1), until=date(2026, 12, 31)
    )


def test_a_verb_may_take_some_filters_alone() -> None:
    assert asked("word", "--set", "own", names=("set",))[0] == Query(set="own")
    with pytest.raises(SystemExit) as end:
        asked("word", "--week", "W47", names=("set",))
    assert end.value.code == 2


def test_words_that_mean_no_day_and_no_single_week_are_wrong_usage() -> None:
    for argv in (["--since", "soon"], ["--until", ""], ["--week", "2026-11"]):
        with pytest.raises(WrongUsage):
            asked("word", *argv)
    assert week_of("w47", FRIDAY.date()) == week_of("2026-11-18", FRIDAY.date()) == "2026-W47"
    with pytest.raises(WrongUsage, match=r"'2026-11' isn't one week; write it as 2026-W47\."):
        week_of("2026-11", FRIDAY.date())


def test_every_field_of_a_query_is_a_filter() -> None:
    assert list(FILTERS) == [each.name for each in fields(Query)]


def filters_of(run, monkeypatch, verb: str) -> list[str]:
    """The rows of the filters on the verb's page of help."""
    monkeypatch.setenv("COLUMNS", "200")
    return run(verb, "--help").out.split("\nFilters\n")[1].split("\n\n")[0].splitlines()


@each_row("verb", VERBS)
def test_every_filter_stands_in_the_help_under_filters_in_its_own_words(run, monkeypatch, verb: str) -> None:
    rows = filters_of(run, monkeypatch, verb)
    for name, each in FILTERS.items():
        (line,) = [row for row in rows if f"--{name} " in row]
        assert each.about in line


def test_show_takes_the_set_alone(run, monkeypatch) -> None:
    (row,) = filters_of(run, monkeypatch, "show")
    assert row.split()[0] == "--set"
