"""What stands beside the rows so that a reader may trust them."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from core.clock import today
from core.query.parameters import STATUS
from core.query.query import run_report
from core.query.request import ask
from core.reports.catalogue import PORTAL_REPORTS, REPORTS, find_report

AS_OF = date(2026, 3, 31)
DETAILS = find_report("managed-account-details")
OPEN = {"relationship": "managed", "status": "O", "initial_upgrade_on": "2025-01-01"}


def result_of(database, report=DETAILS, as_of=AS_OF, **asked):
    with closing(database.read()) as connection:
        return run_report(connection, ask(report, as_of, status="O" if STATUS in report.parameters else None, **asked))


def notes_of(database, *args, **asked):
    return [note for note in result_of(database, *args, **asked).notes if "before the last import" not in note]


@pytest.mark.parametrize("report", PORTAL_REPORTS)
def test_what_is_plain_needs_no_note(database_of, report):
    assert notes_of(database_of(OPEN, OPEN), report) == []


@pytest.mark.parametrize("report", PORTAL_REPORTS)
def test_disagreements_are_counted_on_each_report(database_of, report):
    database = database_of(
        OPEN, OPEN | {"cancelled_on": "2026-03-31"}, OPEN | {"status": "C", "cancelled_on": "2026-04-01"}
    )
    believed = "status" if report in PORTAL_REPORTS[:2] else "dates"
    assert notes_of(database, report) == [
        f"2 accounts have a status and a cancel date that disagree; this report goes by the {believed}."
    ]


def test_a_filter_on_what_is_hardly_known_is_pointed_out(database_of):
    database = database_of(OPEN, OPEN, OPEN | {"last_login_on": "2026-01-01", "list_size": 4})
    assert notes_of(database, never_logged_in=True, list_size="1-") == [
        "List size is not known for 2 of 3 accounts: was the column ever imported?",
        "Last login is not known for 2 of 3 accounts: was the column ever imported?",
    ]
    assert notes_of(database, where=["last_login_on is empty", "company is empty"]) == [
        "Last Login is not known for 2 of 3 accounts: was the column ever imported?",
        "Company is not known for 3 of 3 accounts: was the column ever imported?",
    ]


def test_what_is_computed_is_no_gap_in_what_was_imported(database_of):
    lost = OPEN | {"cancelled_on": "2025-01-02"}
    where = ["days_to_go is empty", "bonus_on is empty", "nab_status = Lost"]
    tracker = find_report("new-account-bonus-tracker")
    assert [note for note in notes_of(database_of(lost, lost), tracker, where=where) if "not known" in note] == []


def test_what_stands_on_one_event_alone_is_missed_there_alone(database_of):
    report = find_report("cancels-and-move-outs")
    gone = OPEN | {"status": "C", "cancelled_on": "2026-03-01"}
    moved = OPEN | {"moved_out_on": "2026-03-01", "moved_to": "Other"}
    where = ["reason is not empty", "moved_to = Other"]
    assert notes_of(database_of(gone, gone, moved), report, where=where) == [
        "Reason is not known for 2 of 2 accounts: was the column ever imported?"
    ]
    assert notes_of(database_of(gone | {"cancel_reason": "x"}, moved, moved), report, where=where) == []


def test_a_filter_on_what_is_mostly_known_is_not(database_of):
    database = database_of(OPEN, *[OPEN | {"last_login_on": "2026-01-01"}] * 2)
    assert notes_of(database, never_logged_in=True) == []


def test_a_day_before_the_one_that_the_accounts_tell_of_is_pointed_out(database_of):
    database = database_of(OPEN)
    (note,) = result_of(database, as_of=date(2026, 3, 30)).notes
    assert note.startswith("2026-03-30 is before 2026-03-31, the day that the last import tells of")
    assert result_of(database, as_of=date(2026, 3, 31)).notes == []


def test_accounts_of_more_than_8_days_ago_are_pointed_out(database_of):
    database = database_of(OPEN)
    assert result_of(database, as_of=date(2026, 4, 8)).notes == []
    (note,) = result_of(database, as_of=date(2026, 4, 9)).notes
    assert note.startswith("The accounts are those of 2026-03-31, 9 days before 2026-04-09")


def test_freshness_names_the_last_import_and_its_day(database_of):
    result = result_of(database_of(OPEN))
    assert result.freshness.file == "accounts.csv"
    assert result.freshness.dated == date(2026, 3, 31)
    assert result.freshness.imported_at.date() == today()
    assert result.freshness_words().startswith(f"accounts.csv, of 2026-03-31, imported {today()}")


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("as_of", [date(1, 1, 1), date(1, 3, 1), date(9999, 12, 31)])
def test_the_first_and_the_last_of_all_days_are_days(database_of, report, as_of):
    database = database_of(OPEN, {"initial_upgrade_on": "9999-12-30", "cancelled_on": "0001-01-01"})
    with closing(database.read()) as connection:
        result = run_report(connection, ask(report, as_of, status="O" if STATUS in report.parameters else None))
        assert len(list(result.rows())) == result.row_count


def test_words_that_were_given_a_letter_are_counted(database_of):
    given = OPEN | {"status_word": "Single Bill"}
    database = database_of(OPEN, given, given, given | {"moved_out_on": "2026-01-01"})
    with closing(database.read()) as connection:
        (note,) = [
            note for note in run_report(connection, ask(REPORTS[0], date(2026, 3, 31))).notes if "gave a status" in note
        ]
    assert note.endswith(": 2 Single Bill as Open.")
