"""How many bytes are sent for what a person does over SSH: they depend on no machine's speed, and must not grow.

The bounds are about twice what was measured; docs/performance.md has the figures.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.application import fill
from tests.tui.terminal import Terminal

START = "import sys; from pathlib import Path; from core.database import Database; from tui.app import run; "
START += "sys.exit(run(Database(Path(sys.argv[1]))))"
SESSION = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
ROWS = 3_000


@pytest.fixture(params=[(80, 24), (160, 50)], ids=["80x24", "160x50"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """Yield the application over SSH, on Home."""
    fill(tmp_path / "accounts.db", ROWS)
    command = [sys.executable, "-c", START, str(tmp_path / "accounts.db")]
    with Terminal(command, os.environ | SESSION, request.param) as terminal:
        terminal.wait_for("in the partnership", "Left in the last 90 days ·")
        yield terminal


def sent_until(terminal: Terminal, keys: str, *words: str) -> int:
    """Press keys and return how many bytes came until `words` stand on the screen."""
    before = len(terminal.sent)
    terminal.press(keys)
    terminal.wait_for(*words)
    return len(terminal.sent) - before


def quiet(terminal: Terminal) -> int:
    """Wait until nothing more comes, as when all rows have been put in order; return how many bytes came so far."""
    count = 0
    while len(terminal.sent) > count:
        count = len(terminal.sent)
        terminal.read(1.0)
    return count


def test_few_bytes_are_sent(terminal: Terminal) -> None:
    assert len(terminal.sent) < 8_000  # the start
    assert sent_until(terminal, "2", f"row 1 of {ROWS + 5:,} ·") < 15_000
    quiet(terminal)
    assert sent_until(terminal, "j", "row 2 of") < 800
    terminal.press("g")
    terminal.wait_for("row 1 of")
    before = len(terminal.sent)
    terminal.press("\x1b[6~")
    terminal.wait_until_gone("row 1 of")
    assert len(terminal.sent) - before < 10_000
    terminal.press("g")
    terminal.wait_for("row 1 of")
    steps = 100
    assert sent_until(terminal, "j" * steps, f"row {steps + 1} of") < 1_000 * steps
    assert sent_until(terminal, "r", "Generate Report", "Select a Report") < 5_000
    terminal.press("\x1b")
    terminal.wait_until_gone("Select a Report")


@pytest.mark.parametrize(
    "steps", [{"2": "row 1 of", "f": "list_size"}, {"\x10": "Search for commands"}], ids=["field", "palette"]
)
def test_nothing_ticks(terminal: Terminal, steps: dict[str, str]) -> None:
    """Where one types the cursor stands still too."""
    for key, shown in steps.items():
        terminal.press(key)
        terminal.wait_for(shown)
    count = quiet(terminal)
    terminal.read(2.0)
    assert len(terminal.sent) == count
