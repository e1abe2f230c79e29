"""What holds for every test: nothing of the person's machine shows through, and nothing of a test stays behind."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.cli import running, user_manager
from tests.effort import effort, pytest_addoption, pytest_terminal_summary

__all__ = ["effort", "pytest_addoption", "pytest_terminal_summary"]

FOREIGN = (
    "MAKE",
    "PARTNER_TUI_",
    "XDG_",
    "SSH_",
    "TEXTUAL",
    "TMUX",
    "STY",
    "NO_COLOR",
    "SOURCE_DATE_EPOCH",
    "COLUMNS",
    "LINES",
)
"""Variables that begin so change what the program does; a test sets those that it is about."""


def _live_in(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("HOME", str(home))
    for variable, folder in (
        ("CONFIG", ".config"),
        ("DATA", ".local/share"),
        ("STATE", ".local/state"),
        ("CACHE", ".cache"),
    ):
        patch.setenv(f"XDG_{variable}_HOME", str(home / folder))


@pytest.fixture(scope="session", autouse=True)
def _clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hide the person's settings and time zone, also from fixtures that are made once for many tests."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in [name for name in os.environ if name.startswith(FOREIGN)]:
            patch.delenv(variable)
        patch.setenv("TZ", "UTC")
        time.tzset()
        _live_in(tmp_path_factory.mktemp("home"), patch)
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def _own_home(
    _clean_environment: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Give each test a home folder of its own."""
    _live_in(tmp_path_factory.mktemp("home"), monkeypatch)


def pytest_configure(config: pytest.Config) -> None:
    """Start each program anew, and try more examples, where nothing is to be spared; know what can be run here."""
    config.pluginmanager.register(user_manager)
    if config.getoption("--thorough"):
        running.is_nursery_wanted = False
        hypothesis.settings.load_profile("thorough")


def pytest_collection_finish() -> None:
    """Let the collector leave what stands until the end alone: looking through it again took a third of the time."""
    gc.freeze()
    gc.set_threshold(50_000)
