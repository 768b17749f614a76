"""The faults that followme must survive, row by row: what happens, how a test makes it happen, and which tests.

`pytest -k row_14` runs the tests of row 14, `python tests/faults/catalogue.py` prints the table. The rows are
numbered as when they were planned; a number that is missing here belongs to what is not built yet, or is held
by the tests of a command.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One fault; `tests` are files without .py, each with the names of its tests."""

    fault: str
    injected: str
    tests: dict[str, str]

    @property
    def nodes(self) -> set[tuple[str, str]]:
        """File names and test names."""
        return {(f"{file}.py", name) for file, names in self.tests.items() for name in names.split()}


# fmt: off
ROWS: dict[int, Row] = {
    1: Row("killed at every system call of saving", "strace signal=KILL", {
        "test_faults_strace": "test_saving_from_a_draft test_saving_the_first_note",
    }),
    2: Row("a disk error at every system call of saving", "strace error=EIO", {
        "test_faults_strace": "test_saving_from_a_draft test_saving_the_first_note",
    }),
    3: Row("a full disk at every system call of saving", "strace error=ENOSPC", {
        "test_faults_strace": "test_saving_from_a_draft test_saving_the_first_note",
    }),
    4: Row("rewriting broken at every system call", "strace signal=KILL, error=…, crash images", {
        "test_faults_repair": "test_repairing_broken_at_every_call test_no_power_cut_loses_or_damages_anything",
        "test_faults_words": "test_a_change_broken_at_every_call",
        "test_faults_changes": "test_a_change_broken_at_every_call test_no_power_cut_leaves_half_a_change",
    }),
    5: Row("killed at any moment of saving", "SIGKILL after a random time", {
        "test_faults_processes": "test_killed_at_any_moment_with_a_large_record",
        "test_faults_kills": "test_a_kill_while_saving_neither_loses_nor_doubles",
    }),
    6: Row("an entry torn at every byte", "a beginning of the record in the file", {
        "test_journal_recovery": "test_an_entry_torn_at_any_byte test_a_first_entry_torn_at_any_byte "
        "test_an_entry_torn_at_any_byte_of_a_file_without_last_line_feed",
    }),
    7: Row("NUL bytes in place of what was written", "generated ends of the file", {
        "test_journal_recovery": "test_nul_bytes_in_place_of_what_was_written",
    }),
    8: Row("the power fails anywhere in saving or recovery", "every state that unsynced calls may leave", {
        "test_faults_crash_images": "test_no_power_cut_loses_or_damages_anything",
    }),
    9: Row("the protocol itself is broken", "steps of saving swapped or left out: the search must notice", {
        "test_faults_crash_images": "test_a_draft_ended_before_the_sync_is_found test_a_journal_never_synced_is_found "
        "test_folders_never_synced_are_found test_a_draft_never_synced_is_found "
        "test_an_entry_added_without_a_draft_is_found",
    }),
    10: Row("the system's memory of unsynced files is lost", "as row 8, instead of LazyFS, which needs a build", {
        "test_faults_crash_images": "test_no_power_cut_loses_or_damages_anything",
    }),
    11: Row("a write that takes only a part", "RLIMIT_FSIZE in the middle of the record, strace retval", {
        "test_faults_limits": "test_a_file_that_may_not_grow_keeps_its_size",
        "test_faults_strace": "test_a_system_that_lies_about_a_write_is_noticed",
    }),
    12: Row("a system that says it wrote, and did not", "strace retval, a write that does nothing", {
        "test_faults_strace": "test_a_system_that_lies_about_a_write_is_noticed",
        "test_journal_saving": "test_a_disk_that_lies_is_noticed",
    }),
    13: Row("interrupted system calls", "strace error=EINTR:when=1+2", {
        "test_faults_strace": "test_interrupted_calls_are_repeated",
    }),
    14: Row("no room for the entry", "a disk of 64 KB, filled", {
        "test_faults_disks": "test_a_journal_on_a_full_disk_gets_its_entry_when_there_is_room",
        "test_faults_limits": "test_a_full_disk_and_room_again",
    }),
    15: Row("no room for the draft", "a full disk, or a file where the state folder should be", {
        "test_faults_saving": "test_without_room_the_draft_lies_in_memory_and_is_found_again "
        "test_without_any_room_it_is_said_first_and_everything_is_shown_at_the_end "
        "test_when_there_is_room_again_nothing_is_lost test_a_disk_that_is_full_from_the_beginning",
        "test_faults_limits": "test_no_room_for_the_draft_is_told_before_the_journal_is_touched",
        "test_sitting_conversation": "test_a_disk_that_refuses_ends_no_sitting_and_is_told_of_once",
    }),
    16: Row("a file that may not grow", "RLIMIT_FSIZE", {
        "test_faults_limits": "test_a_file_that_may_not_grow_keeps_its_size",
    }),
    17: Row("an export or a list to a full disk", "/dev/full, a disk of 64 KB", {
        "test_faults_disks": "test_an_export_to_a_full_disk_leaves_no_half_file",
        "test_cli": "test_a_full_disk_is_said",
        "test_cmd_export_long": "test_no_format_minds_a_reader_who_has_enough_or_hides_that_a_disk_is_full",
    }),
    18: Row("a reader who has enough", "followme … | head -n 1", {
        "test_cli": "test_a_reader_who_has_enough_is_no_fault",
    }),
    19: Row("a slow disk and an impatient person", "strace delay_enter, keys pressed meanwhile", {
        "test_faults_saving": "test_impatience_while_a_slow_disk_saves_saves_once",
    }),
    20: Row("a drive that knows no sync", "strace error=EOPNOTSUPP, EINVAL, ENOSYS, ENOTTY", {
        "test_faults_strace": "test_a_drive_that_knows_no_sync_still_saves",
    }),
    21: Row("a sync that fails once and then works", "strace error=EIO:when=N", {
        "test_faults_strace": "test_a_failed_sync_is_not_tried_twice_and_called_saved",
    }),
    22: Row("a rename that fails", "strace error=EXDEV, EACCES, EBUSY", {
        "test_faults_strace": "test_a_draft_that_cannot_be_renamed_is_no_saved_entry",
        "test_faults_repair": "test_a_journal_that_cannot_be_replaced_stays_and_nothing_lies_beside_it",
        "test_journal_rewrite": "test_a_rename_that_fails_leaves_the_old_file_and_nothing_beside_it",
    }),
    23: Row("a read-only disk", "a mount", {
        "test_faults_disks": "test_on_a_read_only_disk_reading_works_and_reflecting_says_so_first",
    }),
    24: Row("a read-only home without a state folder", "a mount", {
        "test_faults_disks": "test_without_any_place_to_write_reading_works_and_makes_nothing",
    }),
    25: Row("a journal that may not be written", "modes, and a user without root's powers", {
        "test_faults_limits": "test_a_read_only_journal_is_told_with_its_mode",
        "test_faults_saving": "test_a_journal_that_may_not_be_written_is_said_first",
        "test_faults_changes": "test_a_folder_that_may_not_be_written_keeps_the_old_journal",
    }),
    26: Row("an append-only or immutable journal", "chattr", {
        "test_faults_disks": "test_an_append_only_journal_is_added_to test_an_append_only_journal_keeps_its_entries",
    }),
    27: Row("a journal that is a folder, a pipe, a device, or a link to nothing", "mkfifo, links", {
        "test_faults_saving": "test_what_cannot_be_a_journal_is_said_first",
        "test_faults_limits": "test_a_full_device_is_no_journal",
        "test_journal_saving": "test_what_is_no_file_is_refused_and_the_words_are_kept",
        "test_journal_reading": "test_a_folder_is_refused test_a_pipe_is_refused_and_never_waited_for "
        "test_a_link_is_followed_but_not_into_nothing_or_in_circles test_a_device_is_refused",
    }),
    28: Row("a linked journal with a mode and owner of its own", "links, chmod, chown", {
        "test_journal_saving": "test_an_existing_journal_keeps_its_mode_and_its_link",
        "test_journal_rewrite": "test_a_link_a_mode_and_a_time_of_its_own test_the_owner_stays "
        "test_extended_attributes_stay",
        "test_faults_changes": "test_a_link_and_a_mode_stay_through_a_delete_and_its_undo",
    }),
    29: Row("many processes add at once", "forty processes", {
        "test_faults_processes": "test_forty_processes_add_at_once_and_none_is_lost",
    }),
    30: Row("adds while another deletes and undoes", "three processes", {
        "test_faults_changes": "test_adds_while_another_deletes_and_undoes_lose_nothing",
    }),
    31: Row("the holder of the lock is killed", "SIGKILL", {
        "test_faults_processes": "test_the_lock_of_a_killed_process_is_free_at_once",
    }),
    32: Row("the holder of the lock is stopped", "SIGSTOP", {
        "test_faults_processes": "test_a_stopped_process_is_named_and_the_words_are_added_later",
    }),
    33: Row("an editor that outlives us", "an editor that sleeps, and SIGKILL", {
        "test_faults_processes": "test_the_lock_is_not_handed_to_a_child",
        "test_faults_kills": "test_an_editor_that_outlives_us_holds_nothing",
    }),
    34: Row("a hand edit in the middle of a rewrite", "a hook between reading and replacing", {
        "test_journal_rewrite": "test_a_hand_edit_between_reading_and_replacing_is_never_lost",
        "test_journal_undoing": "test_what_was_looked_at_and_what_is_there_by_now "
        "test_an_entry_that_was_edited_by_hand_since_is_named",
    }),
    35: Row("the journal is deleted, replaced or cut short while somebody types", "between the summary and Enter", {
        "test_faults_saving": "test_a_journal_put_in_place_anew_is_added_to "
        "test_a_journal_that_lost_its_end_is_asked_about test_in_batch_a_journal_that_lost_its_end_needs_yes "
        "test_a_cloud_folder_that_brings_the_file_back_gets_the_entry_once",
    }),
    36: Row("reading while another process adds", "a reader in a loop", {
        "test_faults_processes": "test_a_reader_never_reports_an_entry_in_the_middle_of_being_added",
    }),
    37: Row("killed while somebody types", "SIGKILL after a random time, in a terminal", {
        "test_faults_kills": "test_a_kill_takes_one_second_of_typing_at_most",
        "test_pty": "test_a_kill_loses_no_answer_and_next_to_nothing_of_what_is_being_typed",
    }),
    38: Row("told to end, or the window closed", "SIGTERM, SIGHUP, closing the terminal", {
        "test_pty": "test_a_signal_that_ends_the_program_loses_nothing test_closing_the_window_loses_nothing",
    }),
    39: Row("keys that end or stop a program", "Ctrl+C, Ctrl+D, Ctrl+Z, Ctrl+backslash, Esc, in a terminal", {
        "test_faults_kills": "test_no_key_makes_a_draft_shrink",
        "test_pty": "test_a_pause_at_question_four_and_a_new_start_there test_plain_keeps_everything_at_ctrl_c",
    }),
    40: Row("Ctrl+C while saving", "SIGINT on a disk slowed down, and while waiting for the lock", {
        "test_faults_saving": "test_impatience_while_a_slow_disk_saves_saves_once "
        "test_ctrl_c_while_another_window_holds_the_lock_ends_the_waiting",
    }),
    41: Row("two windows, both killed", "two terminals", {
        "test_faults_kills": "test_two_windows_killed_keep_two_sittings",
        "test_journal_drafts": "test_several_orphans_come_oldest_first_and_are_not_mixed",
    }),
    42: Row("a draft that is corrupt, empty, newer, or of a set that is gone", "files", {
        "test_faults_drafts": "test_a_draft_that_cannot_be_read_is_shown_and_kept "
        "test_a_sitting_goes_on_whatever_became_of_its_set "
        "test_a_sitting_whose_questions_cannot_be_read_is_left_and_another_begun",
        "test_journal_drafts": "test_an_unreadable_draft_is_kept_and_reported "
        "test_a_damaged_record_makes_a_draft_unreadable",
    }),
    43: Row("a megabyte, 100,000 lines, half characters, emoji, right to left", "answers from a file, pastes", {
        "test_faults_texts": "test_any_text_is_stored_as_it_is "
        "test_bytes_that_are_no_text_are_refused_and_nothing_is_stored "
        "test_bytes_that_are_no_text_on_the_command_line_are_refused",
        "test_pty": "test_lines_pasted_in_plain_land_in_one_answer "
        "test_words_that_could_command_something_are_shown_and_stored_as_they_are",
    }),
    44: Row("any text at all", "hypothesis", {
        "test_journal_codec": "test_any_entry_comes_back_and_both_readers_agree "
        "test_a_block_has_one_header_whatever_was_typed",
        "test_journal_saving": "test_any_entry_comes_back_from_the_file",
        "test_journal_drafts": "test_any_plan_and_any_typing_come_back",
    }),
    45: Row("any sequence of adding, deleting, undoing, hand edits and crashes", "a hypothesis state machine", {
        "test_journal_model": "runTest",
    }),
    46: Row("eleven kinds of damage", "generated", {
        "test_journal_blocks": "test_damage_costs_next_to_nothing_else test_blocks_join_to_the_same_bytes",
        "test_journal_saving": "test_adding_works_in_a_damaged_journal",
    }),
    47: Row("everything a hand may do to the file", "a table of hand edits", {
        "test_journal_reading": "test_a_hand_edit_costs_at_most_its_own_entry_and_is_told "
        "test_lines_of_several_damages_are_counted_from_the_top",
    }),
    48: Row("other encodings and line ends", "the same table, UTF-16, Latin-1", {
        "test_journal_saving": "test_nothing_is_added_in_an_encoding_that_no_reader_reads",
        "test_journal_reading": "test_a_hand_edit_costs_at_most_its_own_entry_and_is_told "
        "test_latin_1_costs_only_its_own_entry test_a_utf_16_file_is_refused_with_its_name "
        "test_old_mac_line_ends_are_told",
    }),
    49: Row("unknown keys, comments, odd spacing", "the same table, and rewriting", {
        "test_journal_reading": "test_a_hand_edit_costs_at_most_its_own_entry_and_is_told",
        "test_journal_saving": "test_old_bytes_stay_and_one_blank_line_follows_them",
        "test_journal_rewrite": "test_changing_an_entry_leaves_every_other_byte "
        "test_removing_an_entry_leaves_every_other_byte",
    }),
    50: Row("a file of a newer format", "format = 2", {
        "test_journal_reading": "test_a_newer_format_is_read_with_a_notice",
        "test_journal_saving": "test_adding_works_in_a_newer_format",
        "test_journal_rewrite": "test_a_newer_format_even_where_its_beginning_is_damaged",
    }),
    51: Row("clocks that jump, and odd days", "the clock that followme is given", {
        "test_faults_clock": "test_a_clock_put_back_two_hours_keeps_the_order_of_writing_and_last_goes_by_date "
        "test_many_entries_in_one_second_have_ids_of_their_own test_the_hour_that_comes_twice_is_told_apart "
        "test_a_journey_round_the_world_keeps_each_days_own_date test_odd_days_are_days "
        "test_after_a_clock_that_stood_years_ahead_the_journal_goes_on",
    }),
    52: Row("no memory", "RLIMIT_AS", {
        "test_faults_limits": "test_without_memory_nothing_is_written_by_halves",
    }),
    53: Row("letting old backups go", "hooks, files", {
        "test_journal_backups": "test_a_backup_larger_than_the_journal_is_never_let_go "
        "test_the_last_ten_are_kept_however_close_they_are "
        "test_rotation_happens_after_a_rewrite_and_keeps_the_new_one_even_when_the_clock_went_back",
    }),
    54: Row("one journal, several homes", "six homes at once, strace delay_enter, no locks on the journal", {
        "test_faults_homes": "test_first_notes_from_six_homes_at_once_begin_the_journal_once "
        "test_a_note_between_a_repairs_last_look_and_its_rename_is_kept "
        "test_a_repair_between_a_notes_look_and_its_append_loses_nothing "
        "test_a_repair_keeps_a_note_waiting_where_there_are_locks "
        "test_nobody_removes_what_another_home_is_filling test_what_cannot_be_brought_over_is_in_the_backup "
        "test_a_file_put_in_the_journals_place_while_a_note_is_written_gets_the_note_too "
        "test_an_old_copy_put_in_the_journals_place_is_not_added_to_blindly",
    }),
    55: Row("a state folder out of reach", "another user: modes, owners, read-only homes, settings, TZ", {
        "test_faults_reach": "test_a_note_is_saved_although_the_state_folder_is_out_of_reach "
        "test_words_that_can_be_kept_nowhere_are_shown_to_be_copied test_so_is_what_became_of_a_promise "
        "test_in_a_home_that_is_read_only_words_wait_elsewhere_and_reach_the_journal_once "
        "test_a_temporary_folder_that_is_not_ours_alone_is_not_used test_a_draft_planted_by_someone_else_is_not_taken "
        "test_settings_that_cannot_be_read_cost_no_words test_a_time_zone_that_is_none_costs_no_words",
        "test_faults_disks": "test_a_draft_moves_to_another_folder_while_its_disk_is_full",
    }),
    56: Row("bad files in the state folder", "pipes, folders, links, sockets, wrong values, sizes, in every place", {
        "test_faults_kept": "test_in_place_of_a_draft test_beside_the_drafts test_in_place_of_the_memory "
        "test_in_place_of_the_lock test_in_place_of_the_holder test_among_the_backups "
        "test_in_place_of_the_damaged_parts test_a_draft_with_a_wrong_value test_a_memory_with_a_wrong_value "
        "test_a_very_large_file test_a_finished_draft_whose_entry_is_none",
    }),
    57: Row("a place where nothing can be saved", "doctor, with modes, owners, full disks and no locks", {
        "test_faults_reach": "test_doctor_says_where_words_are_kept_meanwhile_or_that_nothing_can_be_saved "
        "test_what_doctor_says_to_do_about_it_helps test_doctor_says_that_nothing_can_be_added",
        "test_faults_disks": "test_doctor_says_that_a_disk_is_full test_doctor_says_that_a_disk_knows_no_locks",
    }),
    58: Row("whole commands, told of a fault at every call", "strace error=EIO, ENOSPC, EDQUOT, EINTR", {
        "test_faults_calls": "test_one_fault_at_each_kind_of_call test_every_fault_at_every_call "
        "test_a_call_that_fails_from_some_moment_on",
    }),
    59: Row("whole commands, where a write takes only a part", "RLIMIT_FSIZE, disks with so many pages free", {
        "test_faults_calls": "test_a_file_that_may_not_grow_takes_a_part_of_what_is_written "
        "test_a_disk_with_little_room",
    }),
    61: Row("words that are HTML, in a page", "scripts, handlers, links, images; a parser and a browser", {
        "test_export_html": "test_no_element_and_no_attribute_comes_from_what_was_written "
        "test_the_page_refers_to_nothing_but_its_own_places",
        "test_export_html_browser": "test_hostile_words_do_nothing",
    }),
    62: Row("words that mean something in a format, out and in again", "any entry; parsers, jrnl itself", {
        "test_export_json": "test_reading_it_back_gives_the_same_entries",
        "test_imports_read": "test_an_export_as_json_gives_back_the_same_entries",
        "test_export_csv": "test_every_word_is_in_its_cell_and_no_cell_is_a_formula",
        "test_export_markdown": "test_every_word_is_found_again_and_nothing_but_our_own_layout",
        "test_export_jrnl": "test_jrnl_reads_back_every_entry_and_every_word "
        "test_what_jrnl_wrote_comes_in_whole_and_goes_back_as_it_was",
        "test_journal_codec": "test_any_entry_comes_back_and_both_readers_agree",
    }),
    63: Row("ids and sets that lead elsewhere, as names of files", "evil names, links, files that were there", {
        "test_export_notes": "test_no_id_and_no_set_makes_a_name_that_leads_elsewhere",
        "test_cmd_export_split": "test_a_file_that_followme_did_not_write_is_never_replaced "
        "test_a_link_in_the_folder_is_neither_followed_nor_replaced",
        "test_imports_read": "test_a_zip_is_read_in_memory_and_under_limits",
    }),
    69: Row("a purge, and a search for what it left", "a byte search", {
        "test_cmd_delete": "test_after_a_purge_no_byte_of_it_is_left "
        "test_a_purge_that_was_interrupted_is_finished_by_the_same_command",
        "test_faults_changes": "test_a_change_broken_at_every_call",
    }),
    70: Row("files that others could read", "umask 000, 022 and 077", {
        "test_faults_privacy": "test_all_that_commands_make_is_for_its_owner_alone",
        "test_journal_saving": "test_all_that_is_made_is_private",
    }),
    71: Row("words that leave the machine", "strace trace=%network", {
        "test_faults_privacy": "test_nothing_reaches_the_network",
    }),
    72: Row("a traceback with words of a person in it", "a fault made on purpose", {
        "test_faults_privacy": "test_a_fault_of_our_own_lets_no_words_out",
        "test_cli": "test_a_fault_of_its_own_tells_no_answer",
    }),
}
# fmt: on


def rows_of(file: str, test: str) -> set[int]:
    """The rows that a test holds; parameters in its name are left aside."""
    return _ROWS_OF.get((file, test.partition("[")[0]), set())


def _by_test() -> dict[tuple[str, str], set[int]]:
    found: dict[tuple[str, str], set[int]] = {}
    for number, row in ROWS.items():
        for node in row.nodes:
            found.setdefault(node, set()).add(number)
    return found


_ROWS_OF = _by_test()


def main() -> None:
    """Print the table."""
    for number, row in sorted(ROWS.items()):
        print(f"row_{number:02}  {row.fault}  ({row.injected})")
        for file, name in sorted(row.nodes):
            print(f"        {file}::{name}")


if __name__ == "__main__":
    main()
