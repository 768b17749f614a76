"""The page of figures: what is divided by what, and that the peer is given the same words."""

from __future__ import annotations

from markdown_it import MarkdownIt

import journals
import run
import shapes

ONCE = {(run.FLOOR_NAME, 0): 50.0, ("followme --version", 0): 54.0, (run.LIBRARIES_NAME, 0): 1_300.0}
ONCE |= {("jrnl --version", 0): 108.0}
MEDIANS = ONCE | {
    (name, size): float(size)
    for name in (
        "followme",
        "followme list",
        "followme list -n 10",
        "followme reflect",
        "followme due",
        "followme lookback",
        "followme note",
        "followme undo",
        run.QUARTER_NAME,
        run.TAB_NAME,
        run.FIRST_NAME,
        run.ENTER_NAME,
        "jrnl -n 10 --short",
        "jrnl WORDS",
        "followme export --format markdown",
        "followme export --format json",
        "jrnl --export md",
        "jrnl --export json",
        "followme export --format html",
        run.READ_NAME,
        run.IMPORT_NAME,
        "jrnl --import",
        run.EXACT_NAME,
        run.EDIT_NAME,
        *(
            f"{name} {word}"
            for name in ("followme search", "jrnl -contains")
            for word in (run.NOWHERE, run.OFTEN)
        ),
    )
    for size in journals.SIZES
}


def rows(table: str) -> list[list[str]]:
    """The cells of a table, as a Markdown reader finds them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(table)
    cells: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            cells.append([])
        elif token.type == "inline":
            cells[-1].append(token.content)
    return cells


def test_the_table_has_a_column_for_every_size():
    found = rows(run.table(MEDIANS))
    assert found[0] == ["milliseconds", "10 entries", "520 entries", "1,560 entries", "10,000 entries"]
    assert found[1:5] == [
        ["a program of one command", "50", "50", "50", "50"],
        ["`followme --version`", "54", "54", "54", "54"],
        ["importing typer, rich and questionary", "1300", "1300", "1300", "1300"],
        ["`jrnl --version`", "108", "108", "108", "108"],
    ]


def test_ratios_divide_the_first_by_the_second():
    found = {text.replace("`", ""): times for text, times in rows(run.ratios(MEDIANS))[1:]}
    assert found["followme --version, against a program of one command"] == "1.08"
    assert found["followme --version, against jrnl --version"] == "0.50"
    assert found["The last ten of 520 entries, against jrnl"] == "1.00"
    assert found["The last ten of 10 entries, against a program of one command"] == "0.20"
    assert found["followme due with 1,560 entries, against a program of one command"] == "31.20"
    assert found["followme note with 1,560 entries, against a program of one command"] == "31.20"
    first = f"{run.FIRST_NAME} with 1,560 entries, against {run.LIBRARIES_NAME}"
    assert found[first] == found[first.replace(run.FIRST_NAME, run.ENTER_NAME)] == "1.20"
    assert found["A note into 10,000 entries, against one into 10"] == "1000.00"
    assert found["Home with 1,560 entries, against home with 10"] == "156.00"
    assert found["A reflection from a file into 10,000 entries, against jrnl"] == "1.00"
    assert found["Undo of a note in 10,000 entries, against adding it in jrnl"] == "1.00"
    assert found["An export of 10,000 entries as json, against jrnl"] == "1.00"
    assert found["An export of 10,000 entries as markdown, against reading them"] == "1.00"
    assert found["An export of 520 entries as html, against followme --version"] == "9.63"
    assert found["An import of 10,000 entries from jrnl, against jrnl"] == "1.00"
    assert found["A rare word in 10,000 entries, against jrnl"] == found["The same with --exact"] == "1.00"


def test_the_peer_is_given_the_same_words():
    entry = next(journals.entries(1))
    text = run.as_peer_text(entry)
    assert text.startswith("[2026-11-20 16:04] 2026-W47 weekly\n")
    assert text.endswith("\n\n")
    for answer in entry.answers:
        reply = answer.reply
        for said in reply if isinstance(reply, tuple) else [str(reply or "")]:
            assert said in text
        assert answer.fact in text


def test_both_scripts_make_the_whole_page_with_a_column_for_every_size():
    """Each says where its output goes, and the second begins with an empty line and a heading."""
    assert "bench/run.py > docs/benchmarks.md; python bench/shapes.py >> docs/benchmarks.md" in run.PAGE
    assert shapes.PAGE.startswith("\n## ")
    (found,) = rows(shapes.heading((1_000_000, 40_000)))
    assert found == ["shape", "1 MB: s", "0.04 MB: s", "step", "1 MB: MB", "0.04 MB: MB", "step"]
