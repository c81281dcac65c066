"""What may go wrong with an upload, by number: of the network (58-72), of posting (73-82), of the process
and the machine (83-94); and with the server of the preview (99-101). For each the tests that show it, or why there is none.

A test is named by its file below `tests/` and its function.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`not_applicable` says why a fault cannot be met here; then there may be no test."""

    what: str
    tests: tuple[str, ...] = ()
    not_applicable: str = ""


CATALOGUE: dict[int, Fault] = {
    58: Fault(
        "nobody answers, no name, offline",
        (
            "destinations/test_http.py::test_nobody_there_and_hung_up_are_told_apart",
            "destinations/test_http.py::test_a_create_to_nobody_did_not_leave",
            "transfer/test_run.py::test_what_provably_never_left_is_ready_again_and_keeps_its_uploads",
        ),
    ),
    59: Fault(
        "the line is reset, before a part or inside one",
        (
            "destinations/test_http.py::test_a_part_that_met_trouble_on_the_line_goes_out_again_alone",
            "destinations/test_multipart.py::test_a_failure_that_passes_costs_one_part_and_no_run",
            "faults/test_matrix.py::test_matrix",
        ),
    ),
    60: Fault(
        "the server stops reading, or never answers", ("faults/test_matrix.py::test_matrix",)
    ),
    61: Fault(
        "headers, and then nothing",
        (
            "destinations/test_http.py::test_an_answer_cut_in_the_middle_has_a_flaw",
            "destinations/test_multipart.py::test_a_lost_answer_to_joining_is_not_taken_for_a_lost_file",
        ),
    ),
    62: Fault("", not_applicable="the catalogue has no such number"),
    63: Fault(
        "an upload that is gone when it is taken up",
        (
            "destinations/test_multipart.py::test_a_permit_that_ends_is_replaced_and_the_file_begun_anew",
            "destinations/test_multipart.py::test_a_begun_upload_is_taken_up_until_five_minutes_before_its_end",
        ),
    ),
    64: Fault(
        "a part that arrived damaged",
        (
            "destinations/test_upload.py::test_a_host_that_is_content_with_half_a_file_is_not_believed",
            "destinations/test_multipart.py::test_any_schedule_of_failures_ends_with_the_file_there",
        ),
    ),
    65: Fault(
        "parts that are too large for the host",
        ("destinations/test_outcomes.py::test_each_answer_of_the_upload_host_has_its_class",),
        not_applicable="no host is known to ask for smaller ones; 413 ends the run like any other no",
    ),
    66: Fault(
        "slow down, come later, prove that you are a person",
        (
            "destinations/test_outcomes.py::test_a_wait_that_the_site_asks_for_is_kept",
            "destinations/test_outcomes.py::test_a_long_wait_is_told_instead_of_waited",
            "destinations/test_outcomes.py::test_a_warning_sign_on_create_stops_and_settles_nothing",
            "transfer/test_run.py::test_the_first_warning_sign_stops_everything",
            "road/test_held.py::test_a_warning_holds_every_door_until_it_is_lifted",
        ),
    ),
    67: Fault(
        "signed out in the middle",
        (
            "transfer/test_run.py::test_signed_out_at_a_note_stops_the_batch_and_the_note_is_looked_up_next",
            "faults/test_matrix.py::test_signed_out_in_the_middle_of_sending",
        ),
    ),
    68: Fault(
        "a success that is none: a web page, a captcha, a bomb",
        (
            "destinations/test_http.py::test_bombs_are_stopped_while_they_arrive",
            "destinations/test_outcomes.py::test_whatever_else_happens_to_create_is_unclear_and_not_repeated",
            "faults/test_matrix.py::test_matrix",
        ),
    ),
    69: Fault("sent elsewhere", ("destinations/test_http.py::test_no_redirect_is_followed",)),
    70: Fault(
        "a certificate that nobody vouches for, an old TLS, none",
        ("destinations/test_tls.py::test_a_site_that_cannot_prove_who_it_is_is_told_nothing",),
    ),
    71: Fault(
        "a slow line",
        ("destinations/test_http.py::test_a_slow_line_does_not_time_out_while_bytes_flow",),
    ),
    72: Fault(
        "a proxy, or a network that wants a login",
        (
            "destinations/test_http.py::test_no_proxy_of_the_environment_is_used",
            "road/test_offline.py::test_behind_a_login_page_nothing_is_lost_for_good",
        ),
    ),
    73: Fault(
        "published, and the answer is lost",
        (
            "road/test_crash.py::test_stored_then_dropped_is_one_note_found_by_the_list",
            "transfer/test_run.py::test_stored_but_unanswered_is_found_in_the_list_and_the_evidence_kept",
        ),
    ),
    74: Fault(
        "published minutes after the line was cut",
        (
            "transfer/test_run.py::test_a_note_that_arrives_after_both_looks_is_found_by_the_next_run",
            "transfer/test_run.py::test_a_request_that_overtakes_its_look_up_is_not_sent_again",
            "faults/test_matrix.py::test_a_note_that_came_late_is_found_though_its_words_and_files_changed",
        ),
    ),
    75: Fault(
        "not published, and the answer is lost",
        ("transfer/test_run.py::test_lost_and_not_stored_is_sent_by_the_next_run",),
    ),
    76: Fault(
        "published, the answer is lost, and the list cannot be read",
        (
            "transfer/test_run.py::test_what_cannot_be_looked_up_is_never_sent_again",
            "destinations/test_find.py::test_a_list_that_cannot_be_read_proves_nothing",
        ),
    ),
    77: Fault(
        "a list that is behind, old, or on several pages",
        (
            "destinations/test_find.py::test_a_lag_of_seconds_is_waited_for",
            "destinations/test_find.py::test_every_page_is_read_until_one_is_older",
            "destinations/test_find.py::test_absent_only_after_the_lists_lag_by_the_servers_clock",
            "destinations/test_find.py::test_a_list_that_turns_in_circles_proves_nothing",
        ),
    ),
    78: Fault("", not_applicable="the catalogue has no such number"),
    79: Fault(
        "the site keeps other words than it was sent",
        (
            "faults/test_matrix.py::test_edited_and_lost",
            "destinations/test_find.py::test_a_new_note_whose_words_differ_is_a_question_and_not_a_no",
        ),
    ),
    80: Fault(
        "the creator posts the same by hand meanwhile",
        (
            "transfer/test_unrecorded.py::test_a_note_that_appears_in_the_middle_of_a_run_is_compared_as_well",
            "transfer/test_run.py::test_a_lost_account_folder_does_not_send_what_is_there_already",
        ),
    ),
    81: Fault(
        "the creator deletes a note on the site",
        (
            "transfer/test_run.py::test_a_note_that_was_deleted_there_is_not_sent_again_unasked",
            "transfer/test_review.py::test_a_note_that_the_creator_deleted_stays_gone_with_their_word",
        ),
    ),
    82: Fault(
        "accepted, and then refused by review or gone",
        (
            "road/test_review.py::test_refused_and_gone_notes_are_shown_apart",
            "faults/test_matrix.py::test_a_refused_review_does_not_hide_a_note",
        ),
    ),
    83: Fault(
        "killed anywhere",
        (
            "road/test_crash.py::test_kills_spread_over_the_run_leave_each_note_once",
            "transfer/test_run.py::test_any_number_of_deaths_leaves_each_note_once",
            "transfer/test_any_history.py::test_no_note_is_there_twice_whatever_happens",
            "destinations/test_multipart.py::test_a_death_at_any_call_costs_the_part_in_flight_at_most",
        ),
    ),
    84: Fault(
        "asked to stop once, twice, by a closed terminal; nobody reads",
        (
            "road/test_manners.py::test_asked_to_stop_once_it_saves_and_the_same_command_goes_on",
            "road/test_manners.py::test_asked_twice_it_stops_at_once_and_nothing_is_lost",
            "road/test_machine.py::test_a_terminal_that_closes_is_a_stop_and_nothing_is_lost",
            "road/test_machine.py::test_a_reader_that_leaves_early_ends_a_screen_quietly",
        ),
    ),
    85: Fault(
        "a power cut",
        (
            "test_power_cut.py::test_a_file_in_its_place_outlives_a_power_cut",
            "test_power_cut.py::test_a_power_cut_takes_parts_at_most_and_no_joined_file",
            "test_power_cut.py::test_the_name_of_a_new_ledger_outlives_a_power_cut",
        ),
    ),
    86: Fault(
        "a full disk",
        (
            "road/test_full_disk.py::test_an_upload_on_a_full_disk_goes_on_once_there_is_space",
            "accounts/test_sqlite_errors.py::test_wherever_a_real_disk_fills_up_it_is_for_later_and_nothing_is_lost",
        ),
    ),
    87: Fault(
        "a disk that does not take what was written",
        (
            "accounts/test_sqlite_errors.py::test_each_error_has_its_exit_code_and_a_way_out",
            "storage/test_storage.py::test_a_disk_that_does_not_take_a_file_is_told_with_what_to_do",
        ),
    ),
    88: Fault(
        "no home, no terminal, an old console",
        (
            "road/test_manners.py::test_without_a_place_for_the_data_nothing_is_begun",
            "road/test_manners.py::test_without_a_terminal_nobody_is_asked",
            "road/test_machine.py::test_an_old_console_hides_no_word_and_ends_nothing",
            "accounts/test_ledger.py::test_a_folder_that_cannot_be_written_can_be_read",
        ),
    ),
    89: Fault(
        "two runs at once",
        (
            "road/test_manners.py::test_a_second_run_is_refused_and_names_the_first",
            "road/test_manners.py::test_a_second_workspace_waits_for_the_account_and_then_knows_what_the_first_posted",
        ),
    ),
    90: Fault(
        "a lock that a dead run left",
        ("road/test_machine.py::test_a_lock_that_a_dead_run_left_holds_nobody_up",),
    ),
    91: Fault(
        "a clock that jumps, and a lid that was closed",
        (
            "schedule/test_pace_over_years.py::test_whatever_the_clock_does_no_day_is_doubled_and_there_is_a_way_on",
            "schedule/test_pace_over_years.py::test_a_clock_that_is_set_back_again_and_again_lets_no_storm_out",
            "destinations/test_find.py::test_a_clock_set_back_does_not_hide_a_note",
        ),
    ),
    92: Fault(
        "a ledger that is damaged, gone, older or newer",
        (
            "accounts/test_ledger.py::test_a_damaged_page_is_noticed_before_anything_is_sent",
            "accounts/test_ledger.py::test_an_older_copy_of_the_ledger_is_noticed",
            "accounts/test_ledger.py::test_a_newer_ledger_is_left_alone",
            "accounts/test_witness.py::test_a_ledger_that_lacks_a_single_attempt_is_noticed",
            "accounts/test_ledger.py::test_attempts_and_posted_notes_survive_the_loss_of_the_log_beside_the_ledger",
        ),
    ),
    93: Fault("", not_applicable="the catalogue has no such number"),
    94: Fault(
        "few open files, little memory",
        (
            "road/test_machine.py::test_with_few_open_files_everything_goes_out",
            "road/test_machine.py::test_with_little_memory_it_works_or_says_so_and_goes_on_later",
        ),
    ),
    99: Fault(
        "a name on the internet that leads to this computer asks the preview's server",
        (
            "preview/server/test_guard.py::test_a_name_that_was_made_to_lead_here_is_refused",
            "preview/server/test_guard.py::test_two_hosts_and_none_are_refused",
        ),
    ),
    100: Fault(
        "another page asks the preview's server, with and without its key",
        (
            "preview/server/test_guard.py::test_without_the_key_nothing_is_done",
            "preview/server/test_guard.py::test_another_page_is_refused_even_with_the_key",
            "preview/server/test_guard.py::test_a_browser_that_says_that_another_page_asks_is_believed",
            "preview/server/test_guard.py::test_a_form_of_another_page_changes_nothing",
            "preview/server/test_other_page.py::test_another_page_reads_nothing_and_changes_nothing",
        ),
    ),
    101: Fault(
        "another computer looks for the preview's server",
        ("preview/server/test_guard.py::test_no_other_address_of_this_computer_answers",),
    ),
}
