"""Looking at what is to be imported before it is: saved mappings that fit are used, headings at fault can be put right.

What a person decides on the way stands in `ImportOptions`; each look is a new one, and none writes anything.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.errors import NoAccounts, WorkFailed
from core.importing.arrivals import shown_name
from core.importing.headings import HeadingsAtFault
from core.importing.import_options import ImportOptions
from core.importing.importer import Listed, Outlook, PendingImport
from core.importing.opening import Opening, open_table
from core.importing.report import ImportReport
from core.importing.staged_rows import Tick
from core.mappings import Choices, saved_mappings
from db.connection import connect_reading


@dataclass(frozen=True, slots=True)
class ImportSource:
    """Where accounts come from."""

    file: Path
    """The file, or the name of what is listed."""
    listed: Listed | None = None
    """What is read in place of a file."""

    @property
    def name(self) -> str:
        """What it is called, without folders."""
        return shown_name(self.file)

    @property
    def stamp(self) -> tuple[int, int] | None:
        """What tells whether a file was written since: its time in nanoseconds and its size. None for no file."""
        with suppress(OSError):
            if self.listed is None:
                found = self.file.stat()
                return found.st_mtime_ns, found.st_size
        return None


@dataclass(slots=True)
class Looked:
    """How a source is understood and what it would change. Close it to let go of what was read."""

    source: ImportSource
    options: ImportOptions
    """As they hold, with the mapping that was used by itself."""
    pending: PendingImport | None = None
    """What was read; None where the headings cannot be matched."""
    outlook: Outlook | None = None
    """What it would change; None likewise."""
    fault: HeadingsAtFault | None = None
    """Why the headings cannot be matched."""
    mappings: dict[str, Choices] = field(default_factory=dict)
    """Those that are saved."""
    fitting: list[str] = field(default_factory=list)
    """The names of those that were saved for the same headings."""
    stamp: tuple[int, int] | None = None

    @property
    def headings(self) -> list[str]:
        """The headings of the file; '' where a column has none."""
        return self.pending.table.headings if self.pending else self.fault.headings if self.fault else []

    @property
    def first_cells(self) -> list[str]:
        """For each heading the first thing that stands below it."""
        return self.pending.first_cells if self.pending else self.fault.first_cells if self.fault else []

    @property
    def is_mapped_by_itself(self) -> bool:
        """Whether a saved mapping was used because its headings are the same, and only because of that."""
        return bool(self.options.use_map) and self.fitting == [self.options.use_map]

    def close(self) -> None:
        """Let go of what was read."""
        if self.pending is not None:
            self.pending.close()


def look(database: Path, source: ImportSource, options: ImportOptions, tick: Tick) -> Looked:
    """Read a source and find what taking it in would do. Nothing is written.

    Where the person has not said which saved mapping to use, and exactly one was saved for the same headings, it is
    used.

    Args:
        database: where the accounts are; it need not be there yet.
        source: what is looked at.
        options: how it is to be understood.
        tick: told of progress.

    Raises:
        WorkFailed: the source or the database is at fault.
        WrongUse: the options do not fit the source.
    """
    stamp = source.stamp
    mappings = _mappings(database)
    fitting = _fitting(source, options, mappings, tick) if source.listed is None and mappings else []
    if options.use_map is None and len(fitting) == 1:
        options = replace(options, use_map=fitting[0])
    looked = Looked(source, options, mappings=mappings, fitting=fitting, stamp=stamp)
    try:
        looked.pending = PendingImport(database, source.file, options, tick, only_look=True, listed=source.listed)
    except HeadingsAtFault as fault:
        looked.fault = fault
        return looked
    try:
        looked.outlook = looked.pending.outlook()
    except BaseException:
        looked.close()
        raise
    return looked


def take_in(database: Path, looked: Looked, tick: Tick) -> ImportReport:
    """Import what was looked at, as it was then understood.

    Raises:
        Refused: see `core.importing.importer.import_file`.
        WorkFailed: the file was written since, or is at fault; nothing has changed.
        WrongUse: the options no longer fit.
    """
    source = looked.source
    if source.stamp != looked.stamp:
        raise WorkFailed(f"{source.name} was written since you looked at it; nothing was changed.", "Look at it again.")
    with PendingImport(database, source.file, looked.options, tick, listed=source.listed) as pending:
        return pending.apply()


def _mappings(database: Path) -> dict[str, Choices]:
    """Return the saved mappings that can be read; none where there is no database yet."""
    try:
        with closing(connect_reading(database)) as connection:
            saved = saved_mappings(connection)
            return {name: choices for name, choices in saved.items() if choices is not None}  # a damaged one is no use
    except NoAccounts:
        return {}


def _fitting(source: ImportSource, options: ImportOptions, mappings: dict[str, Choices], tick: Tick) -> list[str]:
    """Return which mappings were saved for the headings of a file; none where it has no headings to be found."""
    named = [heading for one in (options.choices, *mappings.values()) for heading in one.headings]
    opening = Opening(options.sheet, options.encoding, options.delimiter, options.skip_hidden)
    try:
        with open_table(source.file, None, named, lambda: tick(0), opening) as table:
            return [name for name, choices in mappings.items() if choices.fits(table.headings)]
    except HeadingsAtFault as fault:
        return [name for name, choices in mappings.items() if choices.fits(fault.headings)]
