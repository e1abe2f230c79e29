"""The vendor's limits, over processes and days."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from core.vendor.faults import QuotaExceeded
from core.vendor.limits import A_DAY, NAME, Pace
from tests.vendor.conftest import FlyingClock


def most_in_a_second(moments: list[float]) -> int:
    """Return how many of these moments, in order, lie in one second at most."""
    return max(sum(begin <= moment < begin + 1 for moment in moments) for begin in moments)


def test_no_second_sees_more_than_four_requests(folder: Path) -> None:
    clock = FlyingClock()
    pace = Pace(folder, "key", clock)
    moments = []
    for number in range(200):
        pace.take()
        moments.append(clock.now())
        clock.time += (0, 0.1, 0.5)[number % 3]
    assert most_in_a_second(moments) <= 4


def test_each_key_has_its_own_limits_and_is_not_written_down(folder: Path) -> None:
    clock = FlyingClock()
    Pace(folder, "key-one", clock).take()
    Pace(folder, "key-two", clock).take()
    assert clock.waits == []
    text = (folder / NAME).read_text()
    assert "key-one" not in text
    assert len(json.loads(text)) == 2
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600


def test_a_day_ends_at_midnight_utc(folder: Path) -> None:
    clock = FlyingClock()
    pace = Pace(folder, "key", clock)
    pace.take()
    record = json.loads((folder / NAME).read_text())
    (key,) = record
    (folder / NAME).write_text(json.dumps({key: record[key] | {"requests": A_DAY - 1}}))
    pace.take()
    with pytest.raises(QuotaExceeded, match="00:00 UTC"):
        pace.take()
    now = datetime.fromtimestamp(clock.time, UTC)
    clock.time = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC).timestamp()
    pace.take()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"x": 1}', "[" * 100_000])
def test_a_damaged_record_begins_anew(folder: Path, text: str) -> None:
    (folder / NAME).write_text(text)
    Pace(folder, "key", FlyingClock()).take()
    assert len(json.loads((folder / NAME).read_text())) >= 1


def test_a_clock_that_was_set_back_does_not_stop_the_program(folder: Path) -> None:
    clock = FlyingClock()
    pace = Pace(folder, "key", clock)
    pace.take()
    clock.time -= 86_400 * 30
    pace.take()
    assert clock.waits == []


IN_A_PROCESS = """
import sys
from pathlib import Path
from core.vendor.limits import Pace
from core.vendor.waiting import Clock

class Still(Clock):
    waited = 0.0
    def now(self):
        return 1_772_600_000.0
    def wait(self, seconds):
        self.waited = seconds

clock = Still()
pace = Pace(Path(sys.argv[1]), "key", clock)
for _ in range(10):
    pace.take()
    print(clock.waited)
"""


def test_processes_share_the_limits(folder: Path) -> None:
    """On a clock that stands still each request has to wait a turn longer than the one before, whoever makes it."""
    children = [
        subprocess.Popen(
            [sys.executable, "-c", IN_A_PROCESS, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(3)
    ]
    turns = sorted(float(line) for child in children for line in child.communicate()[0].split())
    assert len(turns) == 30
    assert all(later - earlier > 0.25 for earlier, later in pairwise(turns))
