"""What may be asked of a report, and how what does not fit is refused."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import WrongUse
from core.query.request import ask
from core.query.sorting import Sort
from core.reports.catalogue import MY_ACCOUNTS, PORTAL_REPORTS, REPORTS, find_report

AS_OF = date(2026, 3, 31)
SUMMARY, DETAILS, TRACKER, DEPARTURES = PORTAL_REPORTS


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "needs a status"),
        ("", "needs a status"),
        (" ", "needs a status"),
        ("o", "Did you mean O (Open)"),
        ("e", "Did you mean E (Expired Trial)"),
        ("Trial", "Did you mean T (Trial)"),
        ("cancelled", "Did you mean C (Canceled)"),
        (" O", "Did you mean O (Open)"),
        ("X", "Give one of: O Open, T Trial, E Expired Trial, C Canceled"),
        ("OC", "Give one of"),
        ("Ο", "Give one of"),  # a Greek letter
    ],
)
def test_details_take_one_capital_letter(status, words):
    with pytest.raises(WrongUse) as raised:
        ask(DETAILS, AS_OF, status=status)
    assert words in str(raised.value)


@pytest.mark.parametrize("report", [SUMMARY, TRACKER, DEPARTURES])
def test_the_other_reports_take_no_status_and_no_targets(report):
    with pytest.raises(WrongUse, match="Status does not apply"):
        ask(report, AS_OF, status="O")
    with pytest.raises(WrongUse, match="Never sent does not apply"):
        ask(report, AS_OF, never_sent=True)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"where": ["total > 5"]}, "A condition does not apply"),
        ({"sort": ["total"]}, "Sorting does not apply"),
        ({"columns": ["nothing"]}, "no column 'nothing'"),
        ({"columns": ["total", "Total"]}, "named twice"),
    ],
)
def test_the_summary_is_neither_filtered_nor_sorted(asked, words):
    with pytest.raises(WrongUse) as raised:
        ask(SUMMARY, AS_OF, **asked)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("company", Sort("company")),
        ("COMPANY:desc", Sort("company", descending=True)),
        ("Initial Upgrade Date:DESC", Sort("initial_upgrade_on", descending=True)),
        ("days_to_go:asc", Sort("days_to_go")),
    ],
)
def test_a_sort_names_a_column_by_key_or_title(sort, expected):
    assert ask(TRACKER, AS_OF, sort=[sort]).sort == (expected,)


@pytest.mark.parametrize(
    ("sort", "words"),
    [
        ("company:down", "no direction"),
        ("compny", "Did you mean company?"),
        ("list_size", "no column"),
        ("", "no column"),
    ],
)
def test_a_sort_that_cannot_be_is_refused(sort, words):
    with pytest.raises(WrongUse) as raised:
        ask(TRACKER, AS_OF, sort=[sort])
    assert words in str(raised.value)


def test_a_request_reads_back_in_words_and_for_programs():
    request = ask(
        DETAILS,
        AS_OF,
        status="E",
        no_list=True,
        list_size="500-2500",
        never_logged_in=True,
        never_sent=True,
        where=["company ~ a", "list size > 5 or phone is empty"],
        sort=["company:desc", "Email"],
        columns=["Company", "email"],
    )
    assert request.in_words() == [
        ("Status", "Expired Trial"),
        ("Only accounts that have", "no list and a list of 500 to 2,500 and never logged in and never sent a campaign"),
        ("Only rows where", "Company contains “a” and (List Size is above 5 or Phone is not known)"),
        ("Sorted by", "Company (descending), then Email"),
    ]
    assert request.for_programs() == {
        "status": "E",
        "no_list": True,
        "list_size": "500-2500",
        "never_logged_in": True,
        "never_sent": True,
        "where": ["company ~ a", "list size > 5 or phone is empty"],
        "sort": ["company:desc", "email"],
        "columns": ["company", "email"],
    }


def test_a_plain_request_says_nothing():
    request = ask(MY_ACCOUNTS, AS_OF)
    assert request.in_words() == []
    assert request.for_programs() == {}


@pytest.mark.parametrize("report", REPORTS)
def test_reports_are_found_by_id_and_title_in_any_case(report):
    assert find_report(report.id.upper()) is report
    assert find_report(f" {report.title} ") is report


def test_an_unknown_report_is_refused_with_those_there_are():
    with pytest.raises(WrongUse, match="cancels-and-move-outs"):
        find_report("my-accounts")
