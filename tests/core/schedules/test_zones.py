"""Which time zone decides, and whether cron's is like it."""

import pytest

from core.errors import WrongUse
from core.schedules import zones
from core.schedules.calendar import parse_calendar
from core.schedules.units import units


@pytest.fixture(autouse=True)
def _machine(tmp_path, monkeypatch):
    """Let the machine's zone be told by files of the test's own."""
    monkeypatch.setattr(zones, "_LOCALTIME", tmp_path / "localtime")
    monkeypatch.setattr(zones, "_NAME", tmp_path / "timezone")
    monkeypatch.delenv("TZ")


def test_what_is_set_for_us_comes_first(tmp_path, monkeypatch):
    (tmp_path / "timezone").write_text("Asia/Tokyo\n")
    assert zones.partner_zone_name() == "Asia/Tokyo"
    monkeypatch.setenv("TZ", ":Europe/Berlin")
    assert zones.partner_zone_name() == "Europe/Berlin"
    monkeypatch.setenv("PARTNER_TUI_TZ", "America/New_York")
    assert zones.partner_zone_name() == "America/New_York"
    assert zones.system_zone_name() == "Asia/Tokyo", "cron and services know nothing of our variables"
    monkeypatch.setenv("PARTNER_TUI_TZ", "Nowhere/Else")
    with pytest.raises(WrongUse):
        zones.partner_zone_name()


def test_the_machines_zone_is_where_its_clock_is_linked_to(tmp_path):
    (tmp_path / "zoneinfo").mkdir()
    (tmp_path / "zoneinfo/UTC").touch()
    (tmp_path / "localtime").symlink_to(tmp_path / "zoneinfo/UTC")
    assert zones.system_zone_name() == "UTC"


def test_a_zone_without_a_name_is_left_to_the_machine(tmp_path):
    (tmp_path / "localtime").write_bytes(b"TZif2")
    assert zones.partner_zone_name() == ""
    assert zones.zone_of("") is not None
    service, timer = units("x", parse_calendar("Mon 07:00"), ["/p"], {}, zone="", mails=False)
    assert "OnCalendar=Mon 07:00\n" in timer.text
    assert "PARTNER_TUI_TZ" not in service.text


def test_a_machine_without_any_zone_goes_by_utc():
    assert zones.system_zone_name() == "UTC"


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [("UTC", "Etc/UTC", True), ("Europe/Berlin", "Europe/Vienna", True), ("Europe/Berlin", "Africa/Lagos", False),
     ("UTC", "Europe/London", False), ("", "", True)],
)  # fmt: skip
def test_zones_are_alike_if_they_show_the_same_time_all_year(first, second, alike):
    assert zones.are_alike(first, second) is alike
