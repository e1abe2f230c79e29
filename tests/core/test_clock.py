"""Today is a date in the partner's time zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core import clock
from core.clock import local, parse_day, partner_zone, today
from core.errors import WrongUse
from core.paths import settings_file


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Pacific/Kiritimati", date(2026, 3, 9)),
        ("America/New_York", date(2026, 3, 8)),
        ("Etc/GMT+12", date(2026, 3, 7)),
    ],
)
def test_today_is_that_of_the_zone(monkeypatch, zone, expected):
    class Noon(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 3, 8, 11, 0, tzinfo=UTC)  # the morning on which New York sets its clocks forward

    monkeypatch.setattr(clock, "datetime", Noon)
    monkeypatch.setenv("PARTNER_TUI_TZ", zone)
    assert today() == expected


def test_the_environment_wins_over_the_setting_and_that_over_the_system(monkeypatch):
    assert partner_zone() is None
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('timezone = "Asia/Tokyo"\n')
    assert str(partner_zone()) == "Asia/Tokyo"
    monkeypatch.setenv("PARTNER_TUI_TZ", "Europe/Berlin")
    assert str(partner_zone()) == "Europe/Berlin"
    assert local(datetime(2026, 7, 1, tzinfo=UTC)).utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "/etc/localtime", "America", "Zürich", "\udcff"])
def test_an_unknown_zone_is_refused(monkeypatch, zone):
    monkeypatch.setenv("PARTNER_TUI_TZ", zone)
    with pytest.raises(WrongUse, match="There is no time zone"):
        today()


def test_a_day_is_written_in_one_way():
    assert parse_day("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    ["", "today", "2026-02-29", "20260331", "2026-W14-2", "2026-3-31", "31.03.2026", " 2026-03-31", "２０２６-03-31"],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(WrongUse, match="YYYY-MM-DD"):
        parse_day(text)
