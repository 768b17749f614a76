"""What followme says of the journal or of a person's words is what it has just seen: each such sentence has tests."""

from __future__ import annotations

import re

from rows import each_row
from test_traps import TESTS, names_in
from words import all_said

CLAIM = re.compile(
    r"untouched|(?i:nothing (?:was|is) lost)|journal is (?:as it was|changed)|\b(?:is|are) kept\b(?! for| beside)"
    r"|(?i:everything is)|(?:not|n't) saved\.|(?:not|n't) on the disk|in (?:a|the) draft"
    r"|(?:not|n't|are|not be) in the journal|in the journal(?: now|, but)|hadn't been saved|Saved[.:]|Noted"
    r"|nothing can be saved|Your words are|Discarded"
)
"""Words that say how things are with the journal, or with what somebody wrote."""

CALLS = "faults/test_faults_calls.py::test_every_fault_at_every_call"
REACH = "faults/test_faults_reach.py::"

SEEN = {
    "{count} in the journal now.": (
        "journal/test_journal_recovery.py::test_several_dead_sessions_are_all_finished",
    ),
    "All its entries are in the journal": (
        "journal/health/test_journal_checkup.py::test_what_cannot_be_read_in_a_copy_counts_as_missing",
        "journal/health/test_journal_checkup.py::test_a_conflict_copy_with_nothing_new",
    ),
    "{error} It is kept in {keep}": (
        "shell/test_editor.py::test_what_cannot_be_taken_is_kept_and_its_place_is_said",
    ),
    "{reason} No other folder can hold them": (
        f"{REACH}test_doctor_says_where_words_are_kept_meanwhile_or_that_nothing_can_be_saved",
    ),
    "{state} can't be written, so this reflection is kept in": (
        "faults/test_faults_saving.py::test_without_room_the_draft_lies_in_memory_and_is_found_again",
    ),
    ", and the answer you'd started is kept": (
        "faults/test_faults_drafts.py::test_a_sitting_goes_on_whatever_became_of_its_set",
    ),
    "Everything you typed is still in the draft.": (
        "faults/test_faults_strace.py::test_a_draft_that_cannot_be_renamed_is_no_saved_entry",
    ),
    "Another window has a reflection": (
        "faults/test_faults_kills.py::test_two_windows_killed_keep_two_sittings",
    ),
    "Discarded. Nothing from this reflection was kept.": (
        "faults/test_faults_drafts.py::test_what_could_not_be_discarded_is_not_called_discarded",
    ),
    "Everything is in order": (
        f"{REACH}test_doctor_says_where_words_are_kept_meanwhile_or_that_nothing_can_be_saved",
        "faults/test_faults_disks.py::test_doctor_says_that_a_disk_is_full",
    ),
    "Everything is already kept.": (
        "sitting/test_sitting_conversation.py::test_a_disk_that_refuses_ends_no_sitting_and_is_told_of_once",
    ),
    "Noted. ": (CALLS, "faults/test_faults_strace.py::test_a_system_that_lies_about_a_write_is_noticed"),
    "You didn't answer anything, so nothing is kept.": (
        "faults/test_faults_drafts.py::test_what_could_not_be_discarded_is_not_called_discarded",
    ),
    "Nothing was changed. What you typed is kept": (
        "commands/test_cmd_edit.py::test_half_an_edit_is_kept_and_offered_again",
        "commands/test_cmd_edit.py::test_half_an_edit_that_can_be_kept_nowhere_is_shown_to_be_copied",
    ),
    "Nothing was changed, and what you typed isn't on the disk.": (
        "commands/test_cmd_edit.py::test_half_an_edit_that_can_be_kept_nowhere_is_shown_to_be_copied",
    ),
    "Paused. Everything is kept": (
        "faults/test_faults_saving.py::test_ctrl_c_while_another_window_holds_the_lock_ends_the_waiting",
        "journal/test_journal_drafts.py::test_it_has_it_all_only_where_it_is_on_the_disk",
    ),
    "Paused. These answers aren't on the disk": (
        "faults/test_faults_saving.py::test_without_any_room_it_is_said_first_and_everything_is_shown_at_the_end",
    ),
    "Saved. ": (
        "faults/test_faults_kills.py::test_a_kill_while_saving_neither_loses_nor_doubles",
        "faults/test_faults_saving.py::test_a_save_that_fails_can_be_tried_again_and_the_answers_be_shown",
    ),
    "Saved: ": (CALLS, "faults/test_faults_crash_images.py::test_no_power_cut_loses_or_damages_anything"),
    "The entries aren't saved": (CALLS,),
    "The entry isn't saved": (CALLS,),
    "The entry {id} may not be in the journal yet.": (
        "journal/test_journal_recovery.py::test_a_journal_that_has_shrunk_is_waited_for",
    ),
    "The entry of {day_words} hadn't been saved completely; it is now.": (CALLS,),
    "The journal is as it was.": (
        CALLS,
        "journal/change/test_journal_rewrite.py::test_no_claim_without_a_look",
    ),
    "The journal is changed, ": (
        "faults/test_faults_homes.py::test_what_cannot_be_brought_over_is_in_the_backup",
    ),
    "The unfinished reflection is kept.": (
        "journal/test_journal_drafts.py::test_it_has_it_all_only_where_it_is_on_the_disk",
    ),
    "The words are in a draft, and followme": (
        "journal/health/test_journal_checkup.py::test_finished_drafts_can_be_finished",
    ),
    "The change is in the journal, but a power cut could still undo it.": (
        "journal/test_journal_saving.py::test_a_failed_save_can_be_tried_again_with_other_words",
    ),
    "Your reflection for {weeks} is kept, unfinished.": (
        "commands/test_cmd_draft_weeks.py"
        "::test_a_week_later_enter_begins_this_week_with_its_promises_and_the_draft_stays_offered",
    ),
    "Your words are in {path}": (
        f"{REACH}test_in_a_home_that_is_read_only_words_wait_elsewhere_and_reach_the_journal_once",
    ),
    "Your words are kept in a draft": (CALLS, f"{REACH}test_without_a_lock_words_wait_in_a_draft"),
    "Your words may be in a draft": (
        "faults/test_faults_calls.py::test_a_call_that_fails_from_some_moment_on",
    ),
    "Your words aren't on the disk yet": (
        CALLS,
        f"{REACH}test_words_that_can_be_kept_nowhere_are_shown_to_be_copied",
    ),
}
"""Beginnings of such sentences, each with tests that it is said only where it is so."""


def test_every_claim_is_held_by_tests():
    claims = {said.text.strip() for said in all_said() if CLAIM.search(said.text)}
    assert sorted(text for text in claims if not any(text.startswith(start) for start in SEEN)) == []


def test_no_claim_is_named_that_is_not_made():
    claims = [said.text.strip() for said in all_said() if CLAIM.search(said.text)]
    assert [start for start in SEEN if not any(text.startswith(start) for text in claims)] == []


@each_row("start", SEEN)
def test_the_tests_are_there(start: str):
    assert SEEN[start]
    held_by = [test.partition("::") for test in SEEN[start]]
    assert [(file, name) for file, _, name in held_by if name not in names_in(TESTS / file)] == []
