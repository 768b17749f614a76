"""The traps that guided asking is known to fall into, each with the tests that hold it; and that these tests exist."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from source import nodes_in, tree_of

TESTS = Path(__file__).parent
ASKING = TESTS.parent / "src" / "followme" / "asking"

TRAPS = {
    "Words that are markup, an emoji name, an escape sequence, right to left, ten thousand signs, or only blanks.": (
        "test_pty.py::test_words_that_could_command_something_are_shown_and_stored_as_they_are",
        "commands/test_cmd_hostile.py::test_they_reach_the_journal_as_they_are",
        "asking/test_asking_walk.py::test_only_blanks_pass_over",
    ),
    "A paste of three lines, announced by the terminal or not, lands in one answer.": (
        "asking/rich/test_asking_rich.py::test_a_paste_of_three_lines_lands_in_one_answer",
        "asking/rich/test_asking_rich.py::test_a_paste_that_the_terminal_does_not_announce_lands_in_one_answer",
        "test_pty.py::test_a_large_paste_that_is_not_announced_lands_in_one_answer",
        "test_pty.py::test_lines_pasted_in_plain_land_in_one_answer",
    ),
    "A line from a pipe stores no answer that nobody gave.": (
        "commands/test_cmd_reflect.py::test_a_line_in_a_pipe_is_no_answer",
    ),
    "The window is closed in the middle of an answer, and the next start has it.": (
        "test_pty.py::test_closing_the_window_loses_nothing",
        "test_pty.py::test_a_pause_at_question_four_and_a_new_start_there",
    ),
    "Ctrl+C and Ctrl+D at every kind: exit 130, the draft kept, no traceback.": (
        "test_sittings.py::test_stopping_at_each_kind_keeps_what_was_typed_and_gives_130",
        "test_sittings.py::test_a_fault_of_followme_in_the_middle_of_typing_shows_no_answer_and_keeps_all",
    ),
    "Back from the third question to the first and forward again keeps all words.": (
        "asking/test_asking_walk.py"
        "::test_back_from_the_third_question_to_the_first_and_forward_again_keeps_all_words",
        "asking/rich/test_asking_rich.py::test_from_the_third_question_to_the_first_by_its_number_and_to_the_end",
    ),
    "At 40 and at 80 columns no date is cut, no line of keys runs over, no word is split.": (
        "test_pty.py::test_words_stay_whole_while_typing_and_afterwards",
        "test_pty.py::test_from_home_to_a_saved_reflection",
        "test_sittings.py::test_each_kind_looks_as_it_did_when_somebody_looked",
        "asking/rich/test_asking_rich.py::test_the_line_of_keys_fits",
    ),
    "A simple terminal gets no escape byte, one without colour no colour, one without Unicode readable marks.": (
        "test_pty.py::test_plain_sends_no_escape_sequence",
        "test_pty.py::test_no_color_sends_no_colours",
        "test_pty.py::test_a_terminal_without_unicode_gets_readable_marks",
    ),
    "A pipe gets tabs, the whole text and no header; JSON can be read.": (
        "commands/test_cmd_list.py::test_a_pipe_gets_all_entries_newest_first_without_header_and_uncut",
        "commands/test_cmd_list.py::test_json_holds_what_the_lines_hold",
    ),
    "At the turn of the year the ISO week's year counts.": (
        "test_dates.py::test_the_week_of_a_day_carries_the_year_of_the_week",
    ),
    "What must be instant loads nothing heavy.": (
        "test_startup.py::test_version_loads_no_command_and_nothing_heavy",
        "test_startup.py::test_reading_in_a_pipe_loads_nothing_heavy",
    ),
    "The wheel holds every prompt set.": (
        "test_wheel.py::test_every_prompt_set_is_in_it_and_nothing_else_from_that_folder",
    ),
    "The pictures of the README are made again the same to the byte.": (
        "test_pictures.py::test_pictures_are_what_followme_shows",
    ),
    "A list that is filtered down to nothing must not pick its first line: no such list is used.": (
        "test_traps.py::test_of_the_prompts_of_the_library_only_the_one_for_text_is_used",
    ),
}


@cache
def names_in(path: Path) -> set[str]:
    return {
        node.name
        for node in tree_of(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


def test_every_trap_has_tests_that_exist():
    """What is not there any more is held by another test now; name that one."""
    held_by = [(trap, *test.partition("::")) for trap, tests in TRAPS.items() for test in tests]
    assert [(trap, file, name) for trap, file, _, name in held_by if name not in names_in(TESTS / file)] == []


def test_of_the_prompts_of_the_library_only_the_one_for_text_is_used():
    """Its lists pick their first line where a filter finds nothing."""
    used = {
        node.attr
        for path in ASKING.rglob("*.py")
        for node in nodes_in(path)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "questionary"
    }
    assert used == {"text", "Style"}
