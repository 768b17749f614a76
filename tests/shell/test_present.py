"""One place decides whether values become JSON, a page or lines, and makes nothing but that."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import StringIO

from followme.screen import Screen
from followme.shell import present
from rows import each_row


@dataclass
class World:
    """A stdout that is a terminal or not, and what was written and paged."""

    terminal: bool = False
    unicode: bool = True
    made: list[str] = field(default_factory=list)
    paged: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.out = Screen(
            stream=StringIO(),
            terminal=self.terminal,
            styles=False,
            color=False,
            unicode=self.unicode,
            columns=80,
            command=str,
        )

    def write(self, text: str) -> None:
        self.out.stream.write(text)

    def page(self, text: str) -> None:
        self.paged.append(text)

    @property
    def written(self) -> str:
        return self.out.stream.getvalue()


def shown(world: World, **how: bool) -> World:
    def made(shape: str, value):
        world.made.append(shape)
        return value

    present.show(
        world,  # type: ignore[arg-type]
        json=lambda: made("json", '{"é": "𝄞"}\n'),
        page=lambda screen: made("page", screen.stream.write("a page\n")),
        lines=lambda: made("lines", ["one", "two"]),
        **({"as_json": False} | how),
    )
    return world


@each_row("terminal", [True, False])
def test_json_is_written_wherever_it_is_asked_for(terminal: bool) -> None:
    world = shown(World(terminal), as_json=True)
    assert (world.made, world.written, world.paged) == (["json"], '{"é": "𝄞"}\n', [])


def test_json_is_in_ascii_where_the_stream_has_no_other_signs() -> None:
    assert shown(World(unicode=False), as_json=True).written == '{"\\u00e9": "\\ud834\\udd1e"}\n'


def test_a_pipe_gets_lines() -> None:
    world = shown(World())
    assert (world.made, world.written, world.paged) == (["lines"], "one\ntwo\n", [])


def test_a_terminal_gets_a_page_through_the_pager() -> None:
    world = shown(World(terminal=True))
    assert (world.made, world.written, world.paged) == (["page"], "", ["a page\n"])


def test_a_page_may_be_asked_for_in_a_pipe() -> None:
    world = shown(World(), as_page=True)
    assert (world.made, world.paged) == (["page"], ["a page\n"])
