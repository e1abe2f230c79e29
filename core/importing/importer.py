"""Taking a partner's file in: opened, understood, read, staged, stored; or only looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from core.clock import today
from core.importing.headings import Matching, match_headings, named_field
from core.importing.opening import Opening, open_table
from core.importing.parsing import RowParser
from core.importing.rejected import Rejected, shown
from core.importing.report import ImportReport, Refused
from core.importing.table import Table
from core.mappings import Choices, load_mapping
from core.query.columns import Row
from db import apply_import as storing
from db import mappings
from db.connection import connect_scratch, connect_writing
from db.filesystem import is_missing
from db.staging import Staging

_SAMPLE = 20
"""How many parsed rows are kept to be shown."""

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


def import_file(
    database: Path, file: Path, options: ImportOptions | None = None, tick: Tick = _no_tick
) -> ImportReport:
    """Take a file in, as one import. The database is made if missing.

    Raises:
        Refused: every row was rejected, or any with `strict`.
        WorkFailed: the file or the database is at fault; nothing has changed.
        WrongUse: the options do not fit the file.
    """
    with PendingImport(database, file, options, tick) as pending:
        return pending.apply()


def dry_run(database: Path, file: Path, options: ImportOptions | None = None, tick: Tick = _no_tick) -> ImportReport:
    """Return what `import_file` would, and raise what it would, but write nothing: not even a new database."""
    with PendingImport(database, file, options, tick, only_look=True) as pending:
        report = pending.preview()
        _check(report, pending.options.strict)
        return report


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
    ) -> None:
        """Read the file; see `import_file` for what is raised.

        Args:
            database: where the accounts are.
            file: the file to read.
            options: how it is to be understood.
            tick: told of progress.
            only_look: make no database; where there is none, compare with no accounts.
        """
        self.options = options or ImportOptions()
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
            parser = RowParser(table, self.matching, self._choices.date_order, today())
            self._connection = connect_scratch() if only_look and is_missing(database) else connect_writing(database)
            try:
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
        self.sample: list[Row] = []
        """The first rows as they were understood, in the order of `keys`."""
        for block in parser.blocks():
            self._staging.add(block.numbers, block.columns)
            self._staging.add_whole_names(block.whole_names)
            self._rejected += block.rejected
            self._rows += len(block.numbers) + len(block.rejected)
            if len(self.sample) < _SAMPLE:
                self.sample += islice(block.rows(), _SAMPLE - len(self.sample))
            self._tick(self._rows)
        self._staging.rejected_on_reading = len(self._rejected)

    def preview(self) -> ImportReport:
        """Return what `apply` would do now. Nothing is written, and nothing refused."""
        return self._report(
            storing.preview(self._staging, erase_blanks=self.options.erase_blanks, go_on=self._still_wanted)
        )

    def apply(self) -> ImportReport:
        """Take the rows in; see `import_file` for what is raised."""

        def accept(outcome: storing.Outcome) -> None:
            _check(self._report(outcome), self.options.strict)
            if self.options.save_map:
                mappings.put(self._connection, self.options.save_map, self._choices.to_json())

        outcome = storing.store(
            self._staging,
            self._file.name,
            erase_blanks=self.options.erase_blanks,
            accept=accept,
            go_on=self._still_wanted,
        )
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
            file=self._file.name,
            read=outcome.read,
            new=outcome.new,
            changed=outcome.changed,
            same=outcome.same,
            returned=outcome.returned,
            rejected=sorted([*self._rejected, *misplaced], key=lambda row: row.row),
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


def _check(report: ImportReport, strict: bool) -> None:
    """Refuse a file of which every row was rejected, or with `strict` any."""
    rejected = len(report.rejected)
    if rejected == report.read:
        raise Refused(f"Every row of {report.file} was rejected; nothing was changed.", "", report)
    if strict and rejected:
        raise Refused(
            f"{rejected:,} of {report.read:,} rows of {report.file} were rejected; nothing was changed.",
            "Mend them, or import without --strict to leave them out.",
            report,
        )
