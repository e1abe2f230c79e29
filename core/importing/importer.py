"""Taking a partner's file in: opened, understood, read, staged, stored; or only looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from core.clock import today
from core.importing.arrivals import shown_name
from core.importing.day import Dated, day_of
from core.importing.headings import Matching, match_headings, named_field
from core.importing.opening import Opening, open_table
from core.importing.parsing import RowParser
from core.importing.rejected import Rejected, shown
from core.importing.report import ImportReport, Refused
from core.importing.table import Table
from core.mappings import Choices, load_mapping
from db import apply_import as storing
from db import mappings
from db.complete_list import CompleteList, Scope
from db.connection import connect_scratch, connect_writing
from db.filesystem import is_missing
from db.staging import Staging, Value

__all__ = ["ImportOptions", "ListInFiles", "PendingImport", "Scope", "Tick", "dry_run", "import_file"]

_SAMPLE = 20
"""How many parsed rows are kept to be shown."""

_NAMED_GONE = 5
"""How many accounts a message names."""

Tick = Callable[[int], None]
"""Told the rows read so far, also while they are stored. It raises `core.errors.Cancelled` to stop the work."""


def _no_tick(_rows: int) -> None:
    """Stand in where nobody watches."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person asks of an import, beside the file."""

    choices: Choices = field(default_factory=Choices)
    """--map, --set and --date-order."""
    use_map: str | None = None
    """A saved mapping: it holds where `choices` say nothing. What it says of headings and fields that do not fit this
    file is passed by."""
    save_map: str | None = None
    """The name under which what was used of `choices` and `use_map` is kept, if the file goes in."""
    sheet: str | None = None
    encoding: str | None = None
    """How the file's text is written, by a name that Python knows."""
    delimiter: str | None = None
    skip_hidden: bool = False
    """Whether rows and columns that a workbook hides are left out."""
    erase_blanks: bool = False
    strict: bool = False
    dated: Dated = None
    """The day that the file tells of."""
    complete: Scope | None = None
    """The Account Type of which the file, or all files of one list together, name every account; others are gone."""
    accept_gone: bool = False
    """Whether many accounts may be gone at once: else that looks like half a file."""


class ListInFiles:
    """The files that are one complete list together: whom they name is known after the last, and judged then."""

    def __init__(self, count: int = 1) -> None:
        """Set up a list of so many files."""
        self._left = count
        self._named = b""
        self._known: int | None = None

    def part(self, scope: Scope | None) -> CompleteList | None:
        """Return what the next file is complete for, with what the files before it have named."""
        return CompleteList(scope, self._named, self._known, is_whole=self._left <= 1) if scope else None

    def took(self, outcome: storing.Outcome) -> None:
        """Go on to the file after the one with this outcome."""
        self._left -= 1
        self._named = outcome.named
        self._known = outcome.known if self._known is None else self._known


def import_file(
    database: Path,
    file: Path,
    options: ImportOptions | None = None,
    tick: Tick = _no_tick,
    whole: ListInFiles | None = None,
) -> ImportReport:
    """Take a file in, as one import. The database is made if missing.

    Args:
        database: where the accounts are.
        file: the file.
        options: how it is to be understood.
        tick: told of progress.
        whole: the list that it is a part of, where several files are one complete list.

    Raises:
        Refused: every row was rejected, or any with `strict`; or too many accounts would be gone.
        WorkFailed: the file, its day or the database is at fault; nothing has changed.
        WrongUse: the options do not fit the file.
    """
    with PendingImport(database, file, options, tick, whole=whole) as pending:
        return pending.apply()


def dry_run(
    database: Path,
    file: Path,
    options: ImportOptions | None = None,
    tick: Tick = _no_tick,
    whole: ListInFiles | None = None,
) -> ImportReport:
    """Return what `import_file` would, and raise what it would, but write nothing: not even a new database."""
    with PendingImport(database, file, options, tick, only_look=True, whole=whole) as pending:
        return pending.rehearse()


class PendingImport:
    """A file that was read whole and waits: it can be looked at and then applied. Close it, or use `with`.

    It holds no lock while it waits; `preview` and `apply` each compare with the accounts as they then are. Its
    methods may be called from any thread, one at a time.
    """

    def __init__(
        self,
        database: Path,
        file: Path,
        options: ImportOptions | None = None,
        tick: Tick = _no_tick,
        *,
        only_look: bool = False,
        whole: ListInFiles | None = None,
    ) -> None:
        """Read the file; see `import_file` for what is raised.

        Args:
            database: where the accounts are.
            file: the file to read.
            options: how it is to be understood.
            tick: told of progress.
            only_look: make no database; where there is none, compare with no accounts.
            whole: the list that it is a part of, where several files are one complete list.
        """
        self.options = options or ImportOptions()
        self.dated = day_of(file, self.options.dated)
        """The day that the file tells of."""
        self._list = whole or ListInFiles()
        self._file = file
        self._tick = tick
        saved = load_mapping(database, self.options.use_map) if self.options.use_map else Choices()
        self._choices = self.options.choices.over(saved)
        opening = Opening(self.options.sheet, self.options.encoding, self.options.delimiter, self.options.skip_hidden)
        with open_table(file, None, self._choices.headings, lambda: tick(0), opening) as table:
            self.kind = table.kind
            """What the file is, in words."""
            self.sheet, self.sheets = table.sheet, table.sheets
            self.headings = table.headings
            self.read_as = f"{table.kind}; headings in row {table.heading_row:,}"
            """How the file was read, in words."""
            self.matching = _match(table, self.options.choices, saved)
            parser = RowParser(table, self.matching, self._choices.date_order, today(), dated=self.dated)
            self._connection = connect_scratch() if only_look and is_missing(database) else connect_writing(database)
            try:
                storing.check_day(self._connection, self.dated.isoformat())
                self._read(parser)
            except BaseException:
                self.close()
                raise
        self._unknown_words = parser.unknown_words()
        self._notes = [*table.notes, *self.matching.notes, *parser.notes()]
        self._passed_over = table.passed_over + parser.passed_over

    def _read(self, parser: RowParser) -> None:
        """Stage every row that can be read."""
        self._staging = Staging(self._connection, parser.keys, parser.derivation.ways)
        self.keys = parser.keys
        """The fields that the rows fill, in the order of `sample`."""
        self._rejected: list[Rejected] = []
        self._rows = 0
        self.sample: list[tuple[Value, ...]] = []
        """The first rows as they were understood, in the order of `keys`."""
        for block in parser.blocks():
            self._staging.add(block.numbers, block.columns)
            self._staging.add_whole_names(block.whole_names)
            self._rejected += block.rejected
            self._staging.reject(block.named)
            self._rows += len(block.numbers) + len(block.rejected)
            if len(self.sample) < _SAMPLE:
                self.sample += islice(block.rows(), _SAMPLE - len(self.sample))
            self._tick(self._rows)
        self._staging.rejected_on_reading = len(self._rejected)

    def preview(self) -> ImportReport:
        """Return what `apply` would do now. Nothing is written, and nothing refused."""
        return self._report(self._look())

    def rehearse(self) -> ImportReport:
        """Return what `apply` would do now and raise what it would; nothing is written."""
        outcome = self._look()
        report = self._report(outcome)
        _check(report, self.options)
        self._list.took(outcome)
        return report

    def _look(self) -> storing.Outcome:
        return storing.preview(
            self._staging,
            erase_blanks=self.options.erase_blanks,
            dated=self.dated.isoformat(),
            complete=self._list.part(self.options.complete),
            go_on=self._still_wanted,
        )

    def apply(self) -> ImportReport:
        """Take the rows in; see `import_file` for what is raised."""

        def accept(outcome: storing.Outcome) -> storing.Kept:
            report = self._report(outcome)
            _check(report, self.options)
            if self.options.save_map:
                mappings.put(self._connection, self.options.save_map, self._choices.to_json())
            return _kept(report)

        outcome = storing.store(
            self._staging,
            storing.Facts(shown_name(self._file), self.dated.isoformat(), headings=self.headings),
            erase_blanks=self.options.erase_blanks,
            complete=self._list.part(self.options.complete),
            accept=accept,
            go_on=self._still_wanted,
        )
        self._list.took(outcome)
        return self._report(outcome)

    def close(self) -> None:
        """Let go of the database, and of all that was not applied."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _still_wanted(self) -> None:
        self._tick(self._rows)

    def _report(self, outcome: storing.Outcome) -> ImportReport:
        """Return an outcome in the file's own words."""
        heading = {match.field.key: match.heading for match in self.matching.matches}
        misplaced = [
            Rejected(row.row, heading.get(row.key, ""), shown(row.value), row.reason) for row in outcome.rejected_rows
        ]
        return ImportReport(
            file=shown_name(self._file),
            read=outcome.read,
            new=outcome.new,
            changed=outcome.changed,
            same=outcome.same,
            returned=outcome.returned,
            rejected=sorted([*self._rejected, *misplaced], key=lambda row: row.row),
            dated=self.dated.isoformat(),
            complete=self.options.complete,
            gone_accounts=outcome.gone,
            in_scope=outcome.in_scope,
            unmatched_headings=self.matching.unmatched,
            unknown_words=self._unknown_words,
            notes=self._notes,
            passed_over=self._passed_over,
            read_as=self.read_as,
        )


def _match(table: Table, choices: Choices, saved: Choices) -> Matching:
    """Match the headings; a value of a saved mapping gives way to a column of this file."""
    in_file = set(match_headings(table.headings, choices.headings, saved.headings).keys)
    fitting = {name: value for name, value in saved.given.items() if named_field(name).key not in in_file}
    return match_headings(table.headings, choices.headings, saved.headings, fitting | choices.given)


def _kept(report: ImportReport) -> storing.Kept:
    """Return what is kept of a report, to be looked at long after the import."""
    return storing.Kept(
        notes=[note.to_json() for note in report.notes],
        passed_over=report.passed_over,
        rejected_rows=[asdict(row) for row in report.rejected[: storing.MOST_REJECTED_KEPT]],
    )


def _check(report: ImportReport, options: ImportOptions) -> None:
    """Refuse a file of which every row was rejected, or with `strict` any; and one that looks like half of a list."""
    rejected = len(report.rejected)
    if rejected == report.read:
        raise Refused(f"Every row of {report.file} was rejected; nothing was changed.", "", report)
    if options.strict and rejected:
        raise Refused(
            f"{rejected:,} of {report.read:,} rows of {report.file} were rejected; nothing was changed.",
            "Mend them, or import without --strict to leave them out.",
            report,
        )
    if report.looks_like_half and not options.accept_gone:
        named = ", ".join(gone.account_id or gone.username or "" for gone in report.gone_accounts[:_NAMED_GONE])
        raise Refused(
            f"{report.file} lacks {report.gone:,} of the {report.in_scope:,} accounts that a complete list should have"
            f" ({named} …); that looks like half a file, and nothing was changed.",
            "If they have all left, import it with --accept-gone; else export the whole list again.",
            report,
        )
