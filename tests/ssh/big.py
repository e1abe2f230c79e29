"""Many accounts, as a file to import."""

from __future__ import annotations

from pathlib import Path

ROWS = 150_000


def write_big_csv(path: Path) -> None:
    """Write `ROWS` managed, open accounts, in no order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("Account ID,Company,Account Type,Status,List Size,Initial Upgrade Date,Email Address\r\n")
        for number in range(ROWS):
            place = number * 7919 % ROWS
            file.write(
                f"A{place:06},Company {number:06},Managed,Open,{place % 5000},"
                f"2025-{place % 12 + 1:02}-{place % 28 + 1:02},user{number}@example.com\r\n"
            )
