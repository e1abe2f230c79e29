"""Calendar expressions: the times that they mean, and what is no calendar; systemd is the judge."""

import os
import random
import subprocess
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.errors import WrongUse
from core.schedules.calendar import parse_calendar
from core.schedules.crontab import cron_fields, cron_line

WEDNESDAY = datetime(2026, 11, 25, 4, 13, tzinfo=UTC)


def next_times(text, after=WEDNESDAY, zone=UTC, count=3):
    return [f"{moment:%a %Y-%m-%d %H:%M}" for moment in parse_calendar(text).next_times(after, zone, count)]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("weekly", ["Mon 2026-11-30 00:00", "Mon 2026-12-07 00:00", "Mon 2026-12-14 00:00"]),
        ("daily", ["Thu 2026-11-26 00:00", "Fri 2026-11-27 00:00", "Sat 2026-11-28 00:00"]),
        ("Mon,Thu 07:00", ["Thu 2026-11-26 07:00", "Mon 2026-11-30 07:00", "Thu 2026-12-03 07:00"]),
        ("wednesday  04:13", ["Wed 2026-12-02 04:13", "Wed 2026-12-09 04:13", "Wed 2026-12-16 04:13"]),
        ("Mon..Fri 8:5", ["Wed 2026-11-25 08:05", "Thu 2026-11-26 08:05", "Fri 2026-11-27 08:05"]),
        ("*-*-31 06:30", ["Thu 2026-12-31 06:30", "Sun 2027-01-31 06:30", "Wed 2027-03-31 06:30"]),
        ("*-02~01", ["Sun 2027-02-28 00:00", "Tue 2028-02-29 00:00", "Wed 2029-02-28 00:00"]),
        ("Fri *-*~07/1 17:00", ["Fri 2026-11-27 17:00", "Fri 2026-12-25 17:00", "Fri 2027-01-29 17:00"]),
        ("2027-01-01", ["Fri 2027-01-01 00:00"]),
        ("07,19:00/30", ["Wed 2026-11-25 07:00", "Wed 2026-11-25 07:30", "Wed 2026-11-25 19:00"]),
        ("07:00 Europe/Berlin", ["Wed 2026-11-25 07:00", "Thu 2026-11-26 07:00", "Fri 2026-11-27 07:00"]),
    ],
)
def test_the_next_times(text, times):
    assert next_times(text) == times


def test_a_time_is_of_the_clock_on_the_wall():
    berlin = ZoneInfo("Europe/Berlin")
    summer, winter = parse_calendar("*-07,12-01 07:00").next_times(WEDNESDAY, berlin, 2)[::-1]
    assert (summer.astimezone(UTC).hour, winter.astimezone(UTC).hour) == (5, 6)


def test_an_hour_that_summer_time_leaves_out_is_left_out():
    new_york = ZoneInfo("America/New_York")
    before = datetime(2026, 3, 7, tzinfo=new_york)
    assert next_times("02:30", before, new_york) == [
        "Sat 2026-03-07 02:30",
        "Mon 2026-03-09 02:30",
        "Tue 2026-03-10 02:30",
    ]


@pytest.mark.parametrize(
    "text",
    ["", " ", "montags", "Mon 25:00", "Mon 07:60", "7", "Fri..Mon", "*-13-01", "*-*-32", "Mon 07:00 Foo/Bar",
     "Mon 07:00 x", "*/2:00", "23/5:00", "Mon 07:00;rm", "2020-01-01", "*-02-30", "*-*~29", "00:00/0", "Mon 07:00\n\nx",
     "@1395716396"],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(text):
    with pytest.raises(WrongUse):
        parse_calendar(text)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("weekly", "0 0 * * 1"),
        ("daily", "0 0 * * *"),
        ("monthly", "0 0 1 * *"),
        ("Mon,Thu 07:00", "0 7 * * 1,4"),
        ("Mon..Sun 07:00", "0 7 * * *"),
        ("Sat,Sun 18:30", "30 18 * * 0,6"),
        ("*-*-01,15 06:05", "5 6 1,15 * *"),
        ("quarterly", "0 0 1 1,4,7,10 *"),
        ("*:0/20", "0,20,40 * * * *"),
    ],
)
def test_what_cron_can_say(text, fields):
    assert cron_fields(parse_calendar(text)) == fields


@pytest.mark.parametrize("text", ["Mon *-*-1..7 07:00", "*-*~01", "2027-01-01", "minutely:30", "*:*:30", "*-*-* *:*:*"])
def test_what_cron_cannot_say_is_refused_in_words(text):
    with pytest.raises(WrongUse):
        cron_fields(parse_calendar(text))


def test_a_percent_sign_does_not_end_the_line_of_a_crontab():
    line = cron_line(parse_calendar("daily"), ["/opt/p", "--db", "/srv/100% ours/a.db", "x"])
    assert line == r"0 0 * * * /opt/p --db '/srv/100\% ours/a.db' x"
    assert cron_line(parse_calendar("daily"), ["/p"], "Europe/Berlin") == "CRON_TZ=Europe/Berlin\n0 0 * * * /p"


@pytest.mark.programs
def test_systemd_reads_calendars_as_we_do():
    pick = random.Random(12)

    def part(first, last):
        number = pick.randint(first, last)
        stop = pick.randint(min(number + 1, last), last)
        forms = [f"{number:02}", f"{number:02}", f"{number}..{stop}" if stop > number else "*", "*"]
        return pick.choice([*forms, f"{first}/{pick.randint(1, 9)}"])

    wrong = []
    for _ in range(60):
        words = " ".join(
            [
                pick.choice(["", "Mon", "mon,thu", "Mon..Fri", "Sat,Sun", "Tue-Thu"]),
                pick.choice(["", f"*-{part(1, 12)}-{part(1, 28)}", f"*-*~{pick.randint(1, 28)}", "*-*~7/1"]),
                f"{part(0, 23)}:{part(0, 59)}",
                pick.choice(["", "UTC", "America/New_York", "Europe/Berlin"]),
            ]
        )
        text = " ".join(words.split())
        asked = ["systemd-analyze", "calendar", "--base-time=2027-03-05 11:17:00 UTC", "--iterations=4", text]
        done = subprocess.run(asked, capture_output=True, text=True, env=os.environ | {"TZ": "UTC"}, check=False)
        assert done.returncode == 0, (text, done.stderr)
        theirs = [
            line.partition(": ")[2].strip() for line in done.stdout.splitlines() if "elapse" in line or "Iter" in line
        ]
        found = parse_calendar(text).next_times(datetime(2027, 3, 5, 11, 17, tzinfo=UTC), UTC, 4)
        ours = [f"{moment.astimezone(UTC):%a %Y-%m-%d %H:%M:%S UTC}" for moment in found]
        wrong += [(text, ours, theirs)] if ours != theirs else []
    assert wrong == []
