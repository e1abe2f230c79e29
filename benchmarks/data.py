"""Accounts to measure with: made once for each size and kept in the cache, the same on every machine."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import cached_property
from pathlib import Path

from platformdirs import user_cache_path

from benchmarks.measure import OURS, run
from core.database import Database
from core.demo.accounts import DEMO_KEYS
from core.query.columns import Row
from core.query.query import Query
from core.query.request import Request, ask
from core.reports.catalogue import find_report
from db.fields import FIELD
from tests.odd_accounts import odd_rows

AS_OF = date(2026, 3, 4)
REPORT, STATUS = "managed-account-details", "O"
"""The report that is measured. Every account of `Accounts` is one row of it."""

_ALL_ALIKE = {
    "relationship": "managed",
    "status": STATUS,
    **dict.fromkeys(("cancelled_on", "cancel_reason", "moved_out_on", "moved_to")),
}
_SEED = 7
_PAGE = 50_000
"""Rows of a dirty file between two rows of headings."""
_ROOT = Path(__file__).parents[1]
_OF_FILES = ("benchmarks/data.py", "tests/odd_accounts.py", "tests/odd_words.py")
_OF_DATABASES = (*_OF_FILES, "db/schema.py", "db/indexes.py", "db/sort_keys.py")
"""The code that the cached files follow from: when it changes, they are made anew."""


class Accounts:
    """Generated accounts, all managed and open, as a file to import and as a database."""

    def __init__(self, count: int) -> None:
        """Stand for `count` accounts; each file is made when it is first asked for."""
        self.count = count

    @cached_property
    def csv(self) -> Path:
        """The accounts as a file to import."""
        return cached(f"{self.count}.csv", _OF_FILES, self._write_csv)

    @cached_property
    def dirty_csv(self) -> Path:
        """The same accounts as a portal may write them: two encodings, `="…"`, groups, times, totals and page ends."""
        return cached(f"{self.count}-dirty.csv", _OF_FILES, self._write_dirty_csv)

    @cached_property
    def database(self) -> Path:
        """The accounts imported into a database."""
        return cached(f"{self.count}.db", _OF_DATABASES, self._import)

    def _import(self, path: Path) -> None:
        """Import in a process of its own: what this one holds is the least that its children seem to hold."""
        run([OURS, "--db", str(path), "import", str(self.csv)])

    def _write_csv(self, path: Path) -> None:
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(FIELD[key].title for key in DEMO_KEYS)
            writer.writerows(_rows(self.count))

    def _write_dirty_csv(self, path: Path) -> None:
        with path.open("wb") as out:
            for number, line in enumerate(self._dirty_lines()):
                out.write(line.encode("cp1252" if number % 50 == 3 else "utf-8", "replace"))

    def _dirty_lines(self) -> Iterator[str]:
        headings = ",".join(f'"{FIELD[key].title} "' for key in DEMO_KEYS) + "\n"
        yield "Accounts of everyone\n"
        for number, row in enumerate(_rows(self.count)):
            if number % _PAGE == 0:
                yield headings
            cells = [_dirty(key, value) for key, value in zip(DEMO_KEYS, row, strict=True)]
            yield ", ".join('"' + cell.replace('"', '""') + '"' for cell in cells) + ",\n"
        yield f'"Grand Total",{self.count}\n'

    @cached_property
    def sql(self) -> str:
        """The report's query with its values in it, as SQLite is asked it by us: what peers are to do."""
        asked: list[str] = []
        with closing(Database(self.database).read()) as connection:
            connection.set_trace_callback(asked.append)
            next(Query(connection, request()).blocks())
        return asked[-1]


def _dirty(key: str, value: object) -> str:
    """Return a value as a careless program writes it."""
    if value is None:
        return ""
    if FIELD[key].kind == "number":
        return f"{value:,}"
    if FIELD[key].kind == "date":
        year, month, day = str(value).split("-")
        return f"{month}/{day}/{year} 12:00:00 AM"
    return f'="{value}"' if key == "account_id" else str(value)


def request(**asked: tuple[str, ...]) -> Request:
    """Return the request for all accounts; `asked` narrows or sorts it (see `core.query.request.ask`)."""
    return ask(find_report(REPORT), AS_OF, status=STATUS, **asked)  # type: ignore[arg-type]


def _rows(count: int) -> Iterator[Row]:
    """Yield the demo's accounts, made alike in what decides whether a report shows them."""
    for row in odd_rows(count, _SEED, AS_OF):
        yield tuple(_ALL_ALIKE.get(key, value) for key, value in zip(DEMO_KEYS, row, strict=True))


def cached(name: str, makers: Sequence[str], make: Callable[[Path], object]) -> Path:
    """Return the cached file `name`; if `makers` have changed since, it is made anew and replaces the old one."""
    digest = hashlib.sha256(b"".join((_ROOT / maker).read_bytes() for maker in makers)).hexdigest()[:12]
    folder = user_cache_path("partner-tui") / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest}-{name}"
    if not path.exists():
        for old in folder.glob(f"*-{name}*"):
            old.unlink()
        part = folder / f"part-{name}"
        make(part)
        part.replace(path)
    return path
