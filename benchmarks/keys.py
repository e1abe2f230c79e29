"""How many bytes are sent to the terminal for each key: what a person waits for on a slow line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.data import Accounts
from benchmarks.finding import Finding
from benchmarks.measure import OURS
from benchmarks.plan import Plan
from benchmarks.terminal import OVER_SSH, Program, Size
from benchmarks.visidata import visidata

ROWS = 10_000
LARGE, SMALL = Size(160, 50), Size(80, 24)
BUDGETS = {"start": 40.0, "cursor down": 0.4, "a line at the bottom edge": 1.0, "page down": 10.0}
"""KB at 160x50."""


@dataclass(frozen=True, slots=True)
class Action:
    """Keys pressed several times, of which the mean is told."""

    name: str
    keys: tuple[str, ...]
    times: int = 3


TABLE = (
    Action("cursor down", ("down",), 5),
    Action("page down", ("pagedown",)),
    Action("a line at the bottom edge", ("down",), 0),
    Action("last row", ("end",), 1),
)
"""Done in both programs; 0 stands for twice the lines of the screen."""
OURS_ALONE = (
    Action("palette, opened and closed", ("ctrl+p", "escape")),
    Action("Generate Report, opened and closed", ("r", "escape")),
)


def keys(plan: Plan) -> Iterator[Finding]:
    """Measure My accounts, over SSH and not, in a large and a small terminal, and VisiData on the same rows."""
    accounts = Accounts(min(ROWS, plan.opened))
    application = [OURS, "--db", str(accounts.database)]
    for size in (LARGE, SMALL):
        program = visidata()
        peer = _bytes([program, str(accounts.csv)], size, TABLE) if program else {}
        lean = _bytes(application, size, (*TABLE, *OURS_ALONE), before="2", **OVER_SSH)
        full = _bytes(application, size, (*TABLE, *OURS_ALONE), before="2")
        for name, count in lean.items():
            yield Finding(
                f"bytes at {size.columns}x{size.lines}: {name}",
                f"{count / 1e3:.3g} KB over SSH, {full[name] / 1e3:.3g} KB else",
                _peer_words(peer, name),
                count / 1e3,
                "KB",
                BUDGETS.get(name) if size is LARGE else None,
            )


def _bytes(
    command: Sequence[str], size: Size, actions: Sequence[Action], before: str = "", **variables: str
) -> dict[str, float]:
    """Return the bytes of the start and, for each action, the mean bytes of doing it once."""
    with Program(command, size, **variables) as program:
        found: dict[str, float] = {"start": program.settle()}
        if before:
            program.press(before)
            program.settle()
        for action in actions:
            times = action.times or 2 * size.lines
            found[action.name] = _bytes_of_one(program, action, times)
    return found


def _bytes_of_one(program: Program, action: Action, times: int) -> float:
    """Return the mean bytes of doing an action once; a table at its end sends nothing more, and is not waited for."""
    sent = 0
    for _ in range(times):
        new = sum(program.bytes_of(key, quiet=0.1) for key in action.keys)
        sent += new
        if not new:
            break
    return sent / times


def _peer_words(peer: dict[str, float], name: str) -> str:
    if not peer:
        return "not measured: VisiData could not be installed"
    return f"VisiData: {peer[name] / 1e3:.3g} KB" if name in peer else ""
