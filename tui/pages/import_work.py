"""What the Import page has done in the background."""

from __future__ import annotations

from dataclasses import dataclass

from textual.dom import DOMNode
from textual.message import Message

from core.database import Database
from core.errors import NoAccounts
from core.history import Import, imports, undo_last
from core.import_folder import remember_folder
from core.importing.import_options import ImportOptions
from core.importing.looking import ImportSource, Looked, look, take_in
from core.importing.report import ImportReport
from core.work import Work
from tui.background import find, start, telling

WORK, WHAT = "import", "The import"


@dataclass
class Seen(Message):
    """The source was read whole; nothing was written."""

    looked: Looked
    asked: ImportOptions
    """As it was asked for: more may have been decided since."""


@dataclass
class Imported(Message):
    """The rows are stored."""

    report: ImportReport
    lists: int
    """How many imports there are now that were not taken back."""


@dataclass
class Undone(Message):
    """The last import was taken back."""

    file: str


@dataclass
class LastFound(Message):
    """The import that would be taken back is known; None where there is none."""

    last: Import | None


def preview(node: DOMNode, database: Database, source: ImportSource, options: ImportOptions) -> None:
    """Read a source and find what importing it would do."""

    def work(under_way: Work) -> Looked:
        with database.writing(telling(node, under_way, WHAT)) as path:
            return look(path, source, options, under_way.tick)

    start(node, WORK, work, lambda looked: Seen(looked, options))


def store(node: DOMNode, database: Database, looked: Looked) -> None:
    """Import what was looked at."""

    def work(under_way: Work) -> Imported:
        with database.writing(telling(node, under_way, WHAT)) as path:
            report = take_in(path, looked, under_way.tick)
            if looked.source.listed is None:
                remember_folder(looked.source.file)
            return Imported(report, sum(one.undone_at is None for one in imports(path)))

    start(node, WORK, work, lambda message: message)


def imports_of(database: Database) -> list[Import]:
    """Return what was imported, the newest first; nothing where there is no database yet."""
    try:
        return imports(database.path)
    except NoAccounts:
        return []


def find_last(node: DOMNode, database: Database) -> None:
    """Find the import that would be taken back."""

    def work(_: Work) -> Import | None:
        return next((one for one in imports(database.path) if one.undone_at is None), None)

    start(node, WORK, work, LastFound)


def undo(node: DOMNode, database: Database, only: int) -> None:
    """Take the last import back, if it is the one with the id `only`."""

    def work(under_way: Work) -> str:
        with database.writing(telling(node, under_way, WHAT)) as path:
            return undo_last(path, under_way.check, only).file

    start(node, WORK, work, Undone)


def let_go(node: DOMNode, looked: Looked) -> None:
    """Close what was read, beside the screen: it may hold much."""
    find(node, "closing", lambda _: looked.close(), lambda _: None)
