"""A report as a file, in each format: the whole process, beside the fastest usual way to make such a file."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from benchmarks.data import AS_OF, REPORT, STATUS, Accounts
from benchmarks.finding import Finding, cost_words, not_measured, of_pair
from benchmarks.measure import OURS, Cost, by_turns, middle, run
from benchmarks.plan import Plan

MEMORY = 100
"""MB: the budget for an export of any size."""
GROWTH = 1.2
"""What a row may cost more in a larger file: the noise of the measurement."""
MORE_MEMORY = 20
"""MB: what a larger file may take more, which is SQLite's cache of 16 MB being filled, and noise."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format, its peer, and its budgets."""

    id: str
    peer: str
    """In words."""
    work: Callable[[Path, str, Path], Cost]
    """What the peer does: from a database, by a query, into a file."""
    missing: Callable[[], bool]
    """Whether the peer is not installed."""
    budgets: dict[int, float] = field(default_factory=dict)
    """Ratio to the peer, by rows."""
    most: int | None = None
    """More rows than these are too many for the peer."""


def csv(plan: Plan) -> Iterator[Finding]:
    """Measure CSV; the 10,000 rows are the budget of a whole `partner-tui report … --format csv`."""
    return _measure(plan, CSV)


def xls(plan: Plan) -> Iterator[Finding]:
    """Measure XLS."""
    return _measure(plan, XLS)


def pdf(plan: Plan) -> Iterator[Finding]:
    """Measure PDF."""
    return _measure(plan, PDF)


def html(plan: Plan) -> Iterator[Finding]:
    """Measure HTML."""
    return _measure(plan, HTML)


def _measure(plan: Plan, format_: Format) -> Iterator[Finding]:
    ours: dict[int, Cost] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows in plan.sizes:
            finding, ours[rows] = _one_size(plan, format_, Accounts(rows), Path(folder))
            yield finding
    largest = plan.sizes[-1]
    memory = ours[largest].memory / 1e6
    yield Finding(f"{_title(format_, largest)}: memory", f"{memory:.0f} MB", "", memory, "MB", MEMORY)
    for few, many in zip(plan.sizes, plan.sizes[1:], strict=False):
        yield from _growth(format_, few, ours[few], many, ours[many])


def _one_size(plan: Plan, format_: Format, accounts: Accounts, folder: Path) -> tuple[Finding, Cost]:
    title, times = _title(format_, accounts.count), plan.times(accounts.count)
    database, sql = accounts.database, accounts.sql

    def ours() -> Cost:
        return _ours(database, format_.id, folder / "ours")

    too_many = format_.most is not None and accounts.count > format_.most
    if too_many or format_.missing():
        cost = middle([ours() for _ in range(times)])
        why = f"{format_.peer} takes too long" if too_many else f"{format_.peer} is not installed"
        return not_measured(title, cost_words(cost), why), cost
    pair = by_turns(ours, lambda: format_.work(database, sql, folder / "peer"), times)
    return of_pair(title, pair, format_.peer, format_.budgets.get(accounts.count)), middle(pair.ours)


def _growth(format_: Format, few: int, small: Cost, many: int, large: Cost) -> Iterator[Finding]:
    """Compare a row's cost, and the memory, in a small and a large file."""
    name = f"{format_.id.upper()}, from {few:,} to {many:,} rows"
    micro = [cost.cpu / rows * 1e6 for rows, cost in ((few, small), (many, large))]
    words = f"{micro[0]:.3g} and {micro[1]:.3g} µs CPU"
    yield Finding(f"{name}: a row's cost", words, "", micro[1] / micro[0], "×", GROWTH)
    words = f"{small.memory / 1e6:.0f} and {large.memory / 1e6:.0f} MB"
    yield Finding(f"{name}: more memory", words, "", (large.memory - small.memory) / 1e6, "MB", MORE_MEMORY)


def _title(format_: Format, rows: int) -> str:
    return f"{format_.id.upper()}, {rows:,} rows"


def _ours(database: Path, format_id: str, out: Path) -> Cost:
    report = ["report", REPORT, "--status", STATUS, "--as-of", str(AS_OF), "--format", format_id, "--output", "-"]
    return run([OURS, "--db", str(database), *report], out)


def _sqlite(database: Path, sql: str, out: Path) -> Cost:
    return run(["sqlite3", "-readonly", "-csv", "-header", str(database), sql], out)


def _script(name: str) -> Callable[[Path, str, Path], Cost]:
    """Return the work of a peer in `benchmarks/peers`."""
    script = str(Path(__file__).parent / "peers" / f"{name}.py")
    return lambda database, sql, out: run([sys.executable, script, str(database), sql, str(out)])


CSV = Format("csv", "sqlite3 -csv", _sqlite, lambda: which("sqlite3") is None, {10_000: 6, 1_000_000: 2.5})
XLS = Format(
    "xls",
    "XlsxWriter, constant memory",
    _script("xlsx_writer"),
    lambda: find_spec("xlsxwriter") is None,
    {100_000: 0.15, 1_000_000: 0.15},
)
PDF = Format("pdf", "reportlab LongTable", _script("long_table"), lambda: False, {10_000: 0.2, 50_000: 0.05}, 50_000)
HTML = Format("html", "jinja2, a loop over the rows", _script("jinja_page"), lambda: False, {100_000: 0.45})
