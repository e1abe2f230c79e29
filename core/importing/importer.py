"""Taking a partner's file in: opened, understood, read, staged, stored; or only looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from core.clock import today
from core.errors import NoAccounts, WorkFailed
from core.importing.arrivals import shown_name
from core.importing.complete_files import ListInFiles
from core.importing.day import day_of
from core.importing.headings import HeadingsAtFault, Matching, match_headings, named_field, places_of
from core.importing.import_options import ImportOptions
from core.importing.long_file import parser_of
from core.importing.notes import Note
from core.importing.opening import Opening, open_table
from core.importing.own_columns import kept_fields
from core.importing.refusal import check
from core.importing.report import ImportReport
from core.importing.staged_rows import StagedRows, Tick
from core.importing.summary_file import Compared, compare, is_summary, notes_of
from core.importing.table import Table, first_cells
from core.importing.whole_file import FULL, suspicions
from core.mappings import Choices, load_mapping
from core.text.vocabulary import squeeze
from db import apply_import as storing
from db import mappings, own_fields, status_words
from db.connection import connect_reading, connect_scratch, connect_writing
from db.fields import FIELD, Field
from db.filesystem import is_missing
from db.new_database import NewDatabase
from db.pending_changes import PendingChanges, pending_changes
from db.staging import Staging, Value
from db.whole_file import standing


def _no_tick(_rows: int) -> None:
    """Stand in where nobody watches."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What taking a file in would do, for a person to weigh."""

    report: ImportReport
    changes: PendingChanges


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of accounts that is no file."""

    source: str
    """Where it comes from, as the history has it."""
    open: Callable[[], Table]


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
        listed: Listed | None = None,
    ) -> None:
        """Read the file; see `import_file` for what is raised.

        Args:
            database: where the accounts are.
            file: the file to read.
            options: how it is to be understood.
            tick: told of progress.
            only_look: make no database; where there is none, compare with no accounts.
            whole: the list that it is a part of, where several files are one complete list.
            listed: what is read in place of a file; `file` is then its name alone.
        """
        self.options = options or ImportOptions()
        self.dated = day_of(file, self.options.dated)
        """The day that the file tells of."""
        self._list = whole or ListInFiles()
        self._database = database
        self._file = file
        self._tick = tick
        saved = load_mapping(database, self.options.use_map) if self.options.use_map else Choices()
        self._choices = self.options.choices.over(saved)
        opening = Opening(self.options.sheet, self.options.encoding, self.options.delimiter, self.options.skip_hidden)
        self.matching = Matching([])
        """How the headings were understood."""
        self.keys: list[str] = []
        """The fields that the rows fill, in the order of `sample`."""
        self.compared: list[Compared] | None = None
        """For a portal's summary, which is no list: its counts beside ours. Nothing of it is ever stored."""
        self._suspicions: list[Note] = []
        self._notes: list[Note] = []
        self._unknown_words: dict[str, list[str]] = {}
        self._passed_over = 0
        self._source = listed.source if listed else "file"
        with (
            listed.open() if listed else open_table(file, None, self._choices.headings, lambda: tick(0), opening)
        ) as table:
            self.table = table
            """How the file was read: what it is, its headings, its sheets. Its rows can be read no more."""
            self.first_cells = first_cells(table) if only_look else []
            """For each heading the first thing that stands below it; only where the file is looked at."""
            is_list = bool(self._choices.headings) or not is_summary(table.headings)
            known, words = _learnt_before(database)
            new = self._match(saved, known) if is_list else self._refuse_among_several()
            self._connect(only_look=only_look or not is_list)
            try:
                if not is_list:
                    self.compared = compare(table, self._connection, self._day)
                    self._notes = [*table.notes, *notes_of(self.compared)]
                    return
                if not only_look:
                    storing.check_day(self._connection, self._day)
                self._stage(new, words)
            except BaseException:
                self.close()
                raise

    @property
    def _day(self) -> str:
        return self.dated.isoformat()

    @property
    def sample(self) -> list[tuple[Value, ...]]:
        """The first rows as they were understood, in the order of `keys`."""
        return self._rows.sample if self.compared is None else []

    def _refuse_among_several(self) -> list[Field]:
        """Refuse a summary among the files of a complete list; alone it makes no fields.

        Raises:
            WorkFailed: it is among several.
        """
        if self.options.complete and self._list.is_of_several:
            raise WorkFailed(
                f"{shown_name(self._file)} is an All Accounts Summary, no list: a complete list cannot have it among"
                " its files; nothing of it was stored.",
                "Import the others without it, and compare it by itself.",
            )
        return []

    def _connect(self, *, only_look: bool) -> None:
        """Open the database. One that is missing gets its name with its first accounts, and none if we only look."""
        self._new: NewDatabase | None = None
        if not is_missing(self._database):
            self._connection = connect_writing(self._database)
        elif only_look:
            self._connection = connect_scratch()
        else:
            self._new = NewDatabase(self._database)
            self._connection = self._new.connection

    def _match(self, saved: Choices, known: Sequence[Field]) -> list[Field]:
        """Match the headings; return the own fields that have to be made.

        Raises:
            HeadingsAtFault: they cannot be; it says what stands below them.
        """
        table = self.table
        also = [heading for heading in saved.kept if places_of(heading, table.headings)]
        left_out = {place for heading in self._choices.headings for place in places_of(heading, table.headings)}
        wanted = [one for one in known if not left_out.intersection(places_of(one.title, table.headings))]
        try:
            kept, new = kept_fields(table, list(dict.fromkeys([*self.options.choices.kept, *also])), wanted)
            self.matching = _match(table, self.options.choices, saved, kept)
        except HeadingsAtFault as fault:
            fault.first_cells = first_cells(table)
            raise
        return new

    def _stage(self, new: Sequence[Field], words: Mapping[str, str]) -> None:
        """Stage every row that can be read."""
        table = self.table
        given = {squeeze(word): letter for word, letter in self.options.status_words.items()}
        parser = parser_of(table, self.matching, self._choices.date_order, today(), {**words, **given}, self.dated)
        self.keys = parser.keys
        made = [field for field in new if field.key in self.keys]
        staging = Staging(self._connection, parser.keys, parser.derivation.ways, made)
        self._rows = StagedRows(staging, parser, self.matching, self._tick)
        self._unknown_words = parser.unknown_words()
        self._notes = [
            *self._day_notes(),
            *self._list.notes(self.options.complete, self.dated),
            *table.notes,
            *self.matching.notes,
            *parser.notes(),
            *self._rows.alike_ids(accepted=self.options.accept_new_ids),
        ]
        self._passed_over = table.passed_over + parser.passed_over

    def preview(self) -> ImportReport:
        """Return what `apply` would do now. Nothing is written, and nothing refused."""
        if self.compared is not None:
            return self._comparison()
        return self._report(self._look())

    def rehearse(self) -> ImportReport:
        """Return what `apply` would do now and raise what it would; nothing is written."""
        if self.compared is not None:
            return self._comparison()
        storing.check_day(self._connection, self._day)
        outcome = self._look()
        report = self._report(outcome)
        check(report, self.options)
        self._list.took(outcome, self.dated)
        return report

    def _day_notes(self) -> list[Note]:
        """Return why the day that the file tells of will not do, if it will not: only who looks gets so far."""
        try:
            storing.check_day(self._connection, self._day)
        except WorkFailed as fault:
            return [Note("older_list", f"It cannot be imported so: {fault.message}")]
        return []

    def outlook(self) -> Outlook:
        """Return what `apply` would change now, field by field and by name. Nothing is written, and nothing refused."""
        if self.compared is not None:
            return Outlook(self._comparison(), PendingChanges())
        found: list[PendingChanges] = []
        outcome = self._look(lambda: found.append(pending_changes(self._rows.staging)))
        return Outlook(self._report(outcome), found[0])

    def _look(self, also: Callable[[], None] = lambda: None) -> storing.Outcome:
        """Weigh the rows; `also` is called while they are."""

        def look(outcome: storing.Outcome) -> None:
            self._look_at_whole(outcome)
            also()

        return storing.preview(
            self._rows.staging,
            erase_blanks=self.options.erase_blanks,
            dated=self._day,
            complete=self._list.part(self.options.complete),
            look=look,
            go_on=self._still_wanted,
        )

    def _look_at_whole(self, outcome: storing.Outcome) -> None:
        """Find what speaks against the file as a whole, while its rows are weighed."""
        found = standing(self._rows.staging, outcome.new, self._day, self.table.headings, FULL)
        headings = {match.field.key: match.heading for match in self.matching.matches}
        headings = {key: FIELD[key].title for key in self.keys if key in FIELD} | headings
        said = {"is_dated": self.options.dated is not None, "is_complete": self.options.complete is not None}
        self._suspicions = list(suspicions(found, outcome.read, headings, **said))

    def apply(self) -> ImportReport:
        """Take the rows in; see `import_file` for what is raised."""
        if self.compared is not None:
            return self._comparison()

        def accept(outcome: storing.Outcome) -> storing.Kept:
            self._look_at_whole(outcome)
            report = self._report(outcome)
            check(report, self.options)
            if self.options.save_map:
                kept = replace(self._choices, columns=[heading for heading in self.table.headings if heading])
                mappings.put(self._connection, self.options.save_map, kept.to_json())
            if given := self.options.status_words:
                status_words.put(self._connection, {squeeze(word): (word, given[word]) for word in given})
            return report.kept()

        outcome = storing.store(
            self._rows.staging,
            storing.Facts(shown_name(self._file), self._day, self._source, self.table.headings),
            erase_blanks=self.options.erase_blanks,
            complete=self._list.part(self.options.complete),
            accept=accept,
            go_on=self._still_wanted,
        )
        if self._new is not None:
            self._new.put_in_place()
        self._list.took(outcome, self.dated)
        return self._report(outcome)

    def close(self) -> None:
        """Let go of the database, and of all that was not applied."""
        if self._new is not None:
            self._new.close()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _still_wanted(self) -> None:
        self._tick(self._rows.count)

    def _comparison(self) -> ImportReport:
        """Return the account of a summary: nothing was read in, and nothing changes."""
        return ImportReport(
            file=shown_name(self._file),
            read=0,
            new=0,
            changed=0,
            same=0,
            returned=0,
            rejected=[],
            dated=self._day,
            notes=self._notes,
            read_as=self.table.read_as,
            compared=self.compared,
        )

    def _report(self, outcome: storing.Outcome) -> ImportReport:
        """Return an outcome in the file's own words."""
        return ImportReport(
            file=shown_name(self._file),
            read=outcome.read,
            new=outcome.new,
            changed=outcome.changed,
            same=outcome.same,
            returned=outcome.returned,
            rejected=self._rows.rejected_with(outcome.rejected_rows),
            dated=self._day,
            complete=self.options.complete,
            gone_accounts=outcome.gone,
            in_scope=outcome.in_scope,
            unmatched_headings=self.matching.unmatched,
            unknown_words=self._unknown_words,
            notes=[*self._notes, *self._suspicions],
            suspicions=self._suspicions,
            passed_over=self._passed_over,
            read_as=self.table.read_as,
        )


def _learnt_before(database: Path) -> tuple[tuple[Field, ...], dict[str, str]]:
    """Return the own fields that there are, and the letters that words of status were given."""
    try:
        with closing(connect_reading(database)) as connection:
            return own_fields.own_fields(connection), status_words.load(connection)
    except NoAccounts:
        return (), {}


def _match(table: Table, choices: Choices, saved: Choices, kept: Sequence[Field]) -> Matching:
    """Match the headings; a value of a saved mapping gives way to a column of this file."""
    in_file = set(match_headings(table.headings, choices.headings, saved.headings, kept=kept).keys)
    fitting = {name: value for name, value in saved.given.items() if named_field(name).key not in in_file}
    return match_headings(table.headings, choices.headings, saved.headings, fitting | choices.given, kept)
