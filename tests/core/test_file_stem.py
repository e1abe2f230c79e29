"""Names of reports' files: they tell filters apart, are short, and safe in any folder."""

import re
from array import array
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.query.file_stem import file_stem
from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS, find_report

DAY = date(2026, 3, 4)
DETAILS = find_report("managed-account-details")


def stem(*where: str, **given: str | bool) -> str:
    return file_stem(ask(DETAILS, DAY, status="O", where=where, **given))


def test_without_a_filter_it_is_the_report_the_status_and_the_day() -> None:
    assert stem() == "managed-account-details-O-2026-03-04"
    assert file_stem(ask(find_report("all-accounts-summary"), DAY)) == "all-accounts-summary-2026-03-04"


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("plan = Standard", "plan-type-standard"),
        ("list_size > 1,000", "list-size-above-1000"),
        ("list_size between 500 and 2500", "list-size-500-to-2500"),
        ("last_login_on is empty", "last-login-on-empty"),
        ("plan_type = Lite and list_size < 50", "plan-type-lite-list-size-below-50"),
        ("company ~ café", "company-with-cafe-"),
    ],
)
def test_a_filter_is_read_in_the_name(where: str, said: str) -> None:
    assert stem(where).startswith(f"managed-account-details-O-{said}")


def test_the_same_filter_has_the_same_name_however_it_is_written() -> None:
    assert stem("plan = standard") == stem("Plan Type = 'Standard'")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("company = 'a.b'", "company = 'a b'"),
        ("company = '田中商店'", "company = '佐藤商店'"),
        ("not (plan_type = Lite and list_size < 50)", "not plan_type = Lite and list_size < 50"),
        ("plan_type = Lite or list_size < 50", "plan_type = Lite and list_size < 50"),
        ("list_size = 5", "list_size != 5"),
        (f"company = '{'x ' * 40}y'", f"company = '{'x ' * 40}z'"),
    ],
)
def test_other_filters_have_other_names(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_parameters_and_selected_rows_are_told_apart() -> None:
    assert stem(never_sent=True) == "managed-account-details-O-never-sent-2026-03-04"
    assert stem(list_size="500-2500") == "managed-account-details-O-list-size-500-2500-2026-03-04"
    request = ask(MY_ACCOUNTS, DAY)
    some = [file_stem(replace(request, picked=array("q", rows))) for rows in ([1, 2], [1, 3])]
    assert some[0] != some[1]
    assert all(name.startswith("my-accounts-2-selected-") for name in some)


@given(st.text(st.characters(exclude_characters='"\0', exclude_categories=["Cs"]), min_size=1))
def test_a_name_is_short_and_safe_whatever_is_asked(text: str) -> None:
    name = stem(f'company = "{text}"')
    assert re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", name)
    assert len(name) < 90
