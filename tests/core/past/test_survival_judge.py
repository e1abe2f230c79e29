"""The chances of the forecast before their judge, lifelines: the same Kaplan–Meier estimate."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random

import pytest

from core.past.survival import chances, seen_on
from core.reports.new_account_bonus_tracker import BONUS_DAYS

JUDGES = Path(__file__).parents[2] / "judges"

pytestmark = pytest.mark.programs


@pytest.mark.parametrize("seed", range(3))
def test_chances_are_those_of_lifelines(seed: int) -> None:
    random = Random(seed)
    lost = [random.randrange(BONUS_DAYS) for _ in range(random.randrange(1, 60))]
    pending = [random.randrange(BONUS_DAYS) for _ in range(random.randrange(80))]
    earned = random.randrange(200)
    found = chances(
        [lost.count(day) for day in range(BONUS_DAYS)],
        seen_on(BONUS_DAYS, ((day, 1) for day in lost), earned, ((day, 1) for day in pending)),
    )
    told = [*((day, True) for day in lost), *((day, False) for day in pending), *((BONUS_DAYS, False),) * earned]
    said = subprocess.run(
        [JUDGES / ".venv" / "bin" / "python", JUDGES / "kaplan_meier.py", str(BONUS_DAYS)],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
    )
    stays = json.loads(said.stdout)
    assert stays[0] > 0
    for day, chance in enumerate(found):
        if stays[day] > 0:  # that one stays to the end, if one has stayed beyond the day
            assert float(chance) == pytest.approx(stays[-1] / stays[day]), day
