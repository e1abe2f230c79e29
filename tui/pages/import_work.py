"""What the Import page has done in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual.dom import DOMNode
from textual.message import Message

from core.errors import Cancelled
from core.history import undo_last
from core.importing.importer import ImportOptions, PendingImport, import_file
from core.importing.report import ImportReport
from tui.background import Unwanted, start

WORK = "import"


@dataclass
class Progress(Message):
    """Rows were read or stored."""

    rows: int

    def can_replace(self, message: Message) -> bool:
        """Let the newest stand for those before it."""
        return isinstance(message, Progress)


@dataclass
class Previewed(Message):
    """The file was read whole; nothing was written."""

    pending: PendingImport
    report: ImportReport


@dataclass
class Imported(Message):
    """The rows are stored."""

    report: ImportReport


@dataclass
class Undone(Message):
    """The last import was taken back."""

    file: str


def preview(node: DOMNode, database: Path, file: Path, options: ImportOptions) -> None:
    """Read a file and find what importing it would do."""

    def work(unwanted: Unwanted) -> Previewed:
        pending = PendingImport(database, file, options, _ticker(node, unwanted), only_look=True)
        try:
            return Previewed(pending, pending.preview())
        except BaseException:
            pending.close()
            raise

    start(node, WORK, work, lambda message: message)


def store(node: DOMNode, database: Path, file: Path, options: ImportOptions) -> None:
    """Import a file."""
    start(
        node,
        WORK,
        lambda unwanted: import_file(database, file, options, _ticker(node, unwanted)),
        Imported,
    )


def undo(node: DOMNode, database: Path) -> None:
    """Take the last import back."""

    def work(unwanted: Unwanted) -> str:
        return undo_last(database, lambda: _ticker(node, unwanted)(0)).file

    start(node, WORK, work, Undone)


def _ticker(node: DOMNode, unwanted: Unwanted) -> Callable[[int], None]:
    def tick(rows: int) -> None:
        if unwanted():
            raise Cancelled("The import")
        if rows:
            node.post_message(Progress(rows))

    return tick
