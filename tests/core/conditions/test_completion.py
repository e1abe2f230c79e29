"""What may come next while a condition is being typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.conditions.completion import complete
from core.reports.catalogue import MY_ACCOUNTS, REPORTS

AS_OF = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("", "account_id "),
        ("pl", "plan_type "),
        ("list_size > 5 a", "list_size > 5 and "),
        ("list_size > 5 and (com", "list_size > 5 and (company "),
        ("company i", "company is empty "),
        ("company no", "company not in ("),
        ('status = "ex', 'status = "ex'),
        ("status = ex", 'status = "Expired Trial" '),
        ("relationship in (ma", "relationship in (Managed "),
        ("last_login_on < t", "last_login_on < today "),
        ("nonsense = 1 and ", "nonsense = 1 and "),
        ("list_size > x and ", "list_size > x and "),
    ],
)
def test_conditions_are_completed(text: str, taken: str) -> None:
    assert complete(text, MY_ACCOUNTS.columns, AS_OF).taken(text) == taken


@given(st.text("abc_=<>()\"' ,0123456789is empty and or not list_size", max_size=30))
def test_completing_takes_any_text(text: str) -> None:
    completion = complete(text, MY_ACCOUNTS.columns, AS_OF)
    assert completion.taken(text).startswith(text[: completion.start])


def test_every_report_has_columns_to_complete() -> None:
    for report in REPORTS:
        assert complete("", report.columns, AS_OF).words
