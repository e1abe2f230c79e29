"""Paths as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.paths import is_folder, is_there, written_path


def test_home_is_meant_by_its_sign_and_nobodys_home_is_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert written_path("~/reports") == Path("/home/ann/reports")
    assert written_path("~no-such-user/reports") == Path("~no-such-user/reports")


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "/dev/null/x", "nothing-here"])
def test_nothing_is_where_nothing_can_be(name: str) -> None:
    assert not is_there(Path(name))
    assert not is_folder(Path(name))
