"""The demo's accounts as a partner would bring them: a file to be imported."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from core.demo.accounts import DEMO_KEYS
from db.fields import FIELD
from tests.odd_accounts import odd_rows

SEED = 95


def write_demo_csv(path: Path, today: date, count: int) -> None:
    """Write `count` accounts with their headings."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(FIELD[key].title for key in DEMO_KEYS)
        writer.writerows(odd_rows(count, SEED, today))
