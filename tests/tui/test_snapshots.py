"""What each screen looks like, as text, at both sizes. `make snapshots` writes them anew; read the difference."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from core.database import Database
from tests.tui.application import SIZES, opened

KEYS = {
    "home": [],
    "my accounts": ["2"],
    "my reports": ["3"],
    "targeted lists": ["4"],
    "schedules": ["7"],
    "new schedule": ["7", "n", "ctrl+a", "ctrl+k", "d", "x"],
    "generate report": ["r"],
    "generate report, details": ["r", "down", "enter", "o"],
    "summary": ["r", "enter", "enter"],
    "details": ["r", "down", "enter", "O", "enter"],
    "tracker": ["r", "down", "down", "enter", "enter"],
    "cancels": ["r", "down", "down", "down", "enter", "enter"],
    "account": ["2", "enter"],
    "notes": ["r", "down", "down", "down", "enter", "enter", "i"],
    "help": ["2", "question_mark"],
    "help page": ["j"] * 8 + ["enter"],
    "filter at fault": ["2", "f", "x"],
    "palette": ["ctrl+p"],
}


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
@pytest.mark.parametrize("name", KEYS)
async def test_screen(database: Database, name: str, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with opened(database, size) as session:
        await session.press(*KEYS[name])
        await session.pilot.pause(0.3)
        await session.settle()
        assert session.text() == snapshot


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
async def test_welcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(Database(Path("none.db")), size) as session:
        assert session.text() == snapshot
