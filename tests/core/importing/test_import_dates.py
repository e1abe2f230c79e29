"""Dates in all their forms."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing import dates
from core.importing.dates import DateOrder, day_and_month, serial_date
from core.importing.rejected import Unreadable

MARCH_4 = "2026-03-04"


def read_date(text: str, order: DateOrder) -> str | Unreadable:
    return dates.read_date(text, lambda: order, today=date(2026, 6, 1))


def test_the_order_is_asked_for_only_where_it_matters() -> None:
    for text in ("2026-03-04", "04.03.2026", "Mar 4, 2026", "46085", "nothing"):
        dates.read_date(text, pytest.fail)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04", "2026-3-4", "2026/03/04", "2026.03.04", "03/04/2026", "3/4/26", "03-04-2026", "04.03.2026",
        "4.3.26", "4. 3. 2026", "Mar 4, 2026", "March 4 2026", "MAR. 4th, 2026", "4 Mar 2026", "04-Mar-26", "46085",
        "46085.75", "2026-03-04T23:59:59+14:00", "2026-03-04 00:30:00.123Z", "2026-03-04 10:30 UTC", "3/4/26 1:05 PM",
        "03/04/2026, 10:30:00\u202fp.m.", "Mar 4, 2026 10:30", "  2026-03-04  ", "2026-03-04T24:00",
    ],
)  # fmt: skip
def test_every_form_is_the_same_day(text: str) -> None:
    assert read_date(text, "mdy") == MARCH_4


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29", "02/30/2026", "13/13/2026", "0/1/2026", "0000-01-01", "31.04.2026", "Foo 4, 2026", "-1", "0",
        "2958466", "100000", "99999999", "60", "12.5", "2026", "9999", "2026-03-04 25:00", "2026-03-04 10:61",
        "20260304x",
        "３/4/2026", "3/4/026", "3/4", "yesterday", "2026-03-04 2026-03-05",
    ],
)  # fmt: skip
def test_what_is_no_day_is_unreadable(text: str) -> None:
    assert isinstance(read_date(text, "mdy"), Unreadable)


def test_the_order_decides_only_where_it_matters() -> None:
    assert read_date("03/04/2026", "dmy") == "2026-04-03"
    assert read_date("26/03/04", "ymd") == MARCH_4
    assert read_date("04.03.2026", "mdy") == MARCH_4
    assert read_date("2026/03/04", "dmy") == MARCH_4
    assert isinstance(read_date("03/04/2026", "ymd"), Unreadable)
    assert read_date("13/04/2026", "mdy") == Unreadable("no such month: dates are read month first")


def test_serials_of_both_epochs() -> None:
    assert serial_date(1) is dates.CLOCK_BEGINS
    assert serial_date(2) == "1900-01-02"
    assert serial_date(59) == "1900-02-28"
    assert serial_date(61) == "1900-03-01"
    assert serial_date(2958464) == "9999-12-30"
    assert serial_date(0, epoch_1904=True) is dates.CLOCK_BEGINS
    assert serial_date(46085 - 1462, epoch_1904=True) == MARCH_4


def test_only_some_forms_need_an_order() -> None:
    assert day_and_month("13/4/2026 10:00") == (13, 4, "2026")
    assert day_and_month("13-4-26") == (13, 4, "26")
    assert day_and_month("2026/03/04") is None
    assert day_and_month("04.03.2026") is None


MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]


@given(st.dates(date(1970, 1, 2), date(2027, 12, 31)), st.times())
def test_written_and_read_again(day: date, clock: time) -> None:
    forms: dict[DateOrder, list[str]] = {
        "mdy": [f"{day:%m/%d/%Y}", f"{day.month}/{day.day}/{day:%y}", f"{day:%m-%d-%Y}"],
        "dmy": [f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day:%y}"],
        "ymd": [
            f"{day:%y/%m/%d}",
            f"{day:%Y-%m-%d}",
            f"{day:%d.%m.%Y}",
            f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
        ],
    }
    for order, texts in forms.items():
        for text in texts:
            assert read_date(text, order) == day.isoformat()
            assert read_date(f"{text} {clock.isoformat()}", order) == day.isoformat()


@given(st.dates(date(1927, 5, 18), date(2173, 1, 1)).filter(lambda day: day.year not in (1969, 1970)))
def test_serials_count_days(day: date) -> None:
    assert read_date(str((day - date(1899, 12, 30)).days), "mdy") == day.isoformat()


@given(st.text())
def test_any_text_is_a_date_or_says_why_not(text: str) -> None:
    value = read_date(text, "mdy")
    assert isinstance(value, Unreadable) or date.fromisoformat(value)
