"""The accounts that the tests of the command line work on."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.demo.demo import make_demo
from tests.cli.running import run

HOSTILE = "Evil\x1b]0;owned\x07\x1b[31m \x9b31m \u202egpj.exe [@click=app.quit]<script>"
"""A company name that would act on a terminal which obeyed it."""


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of demo accounts; tests read it, and add runs to it."""
    path = tmp_path_factory.mktemp("accounts") / "accounts.db"
    make_demo(path, date(2026, 3, 4), count=2_000)  # more than a pipe holds
    return path


@pytest.fixture(scope="session")
def _two_accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two")
    (folder / "two.csv").write_text("Account ID,Company,Status,Account Type\na1,Acme,Open,Managed\na2,Bolt,Weird,\n")
    assert run("--db", "two.db", "import", "two.csv", cwd=folder).code == 0
    return folder / "two.db"


@pytest.fixture
def own(_two_accounts: Path, tmp_path: Path) -> Path:
    """Return a database of two accounts, a1 and a2, that the test may change: `a.db` in its folder."""
    path = tmp_path / "a.db"
    shutil.copy(_two_accounts, path)
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of two accounts, one of which bears the hostile name."""
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "accounts.csv"
    file.write_text(
        "Account ID,Company,Status,Account Type,Initial Upgrade Date\n"
        f'a1,"{HOSTILE}",Open,Managed,2026-01-02\na2,Zoë’s Café,Open,Managed,2026-01-03\n',
        encoding="utf-8",
    )
    path = folder / "accounts.db"
    assert run("--db", path, "import", file).code == 0
    return path


@pytest.fixture(scope="session")
def _scheduled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scheduled") / "a.db"
    make_demo(path, date(2026, 3, 4), count=60)
    return path


@pytest.fixture
def db(_scheduled: Path, tmp_path: Path) -> Path:
    """Return a database of demo accounts, of 2026-03-04, that the test may change."""
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(_scheduled)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("UPDATE imports SET dated = '2026-03-04'")
        target.commit()
    path.chmod(0o600)
    return path
