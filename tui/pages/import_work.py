"""What the Import page has done in the background."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.dom import DOMNode
from textual.message import Message

from core.database import Database
from core.history import Import, imports, undo_last
from core.importing.import_options import ImportOptions
from core.importing.importer import PendingImport, import_file
from core.importing.report import ImportReport
from core.mappings import mapping_names
from core.work import Work
from tui.background import find, start

WORK = "import"


@dataclass
class Progress(Message):
    """Rows were read or stored, or another program is in the way."""

    rows: int
    waits_for: str = ""
    """Who is in the way; '' for nobody."""

    def can_replace(self, message: Message) -> bool:
        """Let the newest stand for those before it."""
        return isinstance(message, Progress)


@dataclass
class Previewed(Message):
    """The file was read whole; nothing was written."""

    pending: PendingImport
    report: ImportReport
    mappings: list[str]
    """The names of those that are saved."""


@dataclass
class Imported(Message):
    """The rows are stored."""

    report: ImportReport


@dataclass
class Undone(Message):
    """The last import was taken back."""

    file: str


@dataclass
class LastFound(Message):
    """The import that would be taken back is known; None where there is none."""

    last: Import | None


def preview(node: DOMNode, database: Database, file: Path, options: ImportOptions) -> None:
    """Read a file and find what importing it would do."""

    def work(under_way: Work) -> Previewed:
        with database.writing(_told(node, under_way)) as path:
            pending = PendingImport(path, file, options, under_way.tick, only_look=True)
            try:
                return Previewed(pending, pending.preview(), mapping_names(path))
            except BaseException:
                pending.close()
                raise

    start(node, WORK, work, lambda message: message)


def store(node: DOMNode, database: Database, file: Path, options: ImportOptions) -> None:
    """Import a file."""

    def work(under_way: Work) -> ImportReport:
        with database.writing(_told(node, under_way)) as path:
            return import_file(path, file, options, under_way.tick)

    start(node, WORK, work, Imported)


def find_last(node: DOMNode, database: Database) -> None:
    """Find the import that would be taken back."""

    def work(_: Work) -> Import | None:
        return next((one for one in imports(database.path) if one.undone_at is None), None)

    start(node, WORK, work, LastFound)


def undo(node: DOMNode, database: Database, only: int) -> None:
    """Take the last import back, if it is the one with the id `only`."""

    def work(under_way: Work) -> str:
        with database.writing(_told(node, under_way)) as path:
            return undo_last(path, under_way.check, only).file

    start(node, WORK, work, Undone)


def let_go(node: DOMNode, pending: PendingImport) -> None:
    """Close what was read, beside the screen: it may hold much."""
    find(node, "closing", lambda _: pending.close(), lambda _: None)


def _told(node: DOMNode, work: Work) -> Work:
    """Let the work tell a page of its progress."""
    work.what = "The import"
    work.told = lambda: node.post_message(Progress(work.rows, work.waits_for))
    return work
