"""Fixtures for the tests of the application."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.database import Database
from tests.tui.application import fill


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Return a database of a handful of accounts."""
    path = tmp_path / "partner.db"
    fill(path)
    return Database(path)


@pytest.fixture
def exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the application be started in a folder of its own."""
    folder = tmp_path / "exports"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder
