"""Databases for the tests of reports, filters and views."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.database import Database
from tests.core.databases import account, fill


@pytest.fixture
def database_of(tmp_path: Path) -> Callable[..., Database]:
    """Make a database of accounts, each a dict of what is known; ids are given to those that have none."""

    def make(*known: dict[str, Any]) -> Database:
        return fill(tmp_path, [account(**{"account_id": f"a{n:03}", **one}) for n, one in enumerate(known, start=1)])

    return make
