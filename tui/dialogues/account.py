"""One account whole: all that is known of it, and what each import changed."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from core.account import account_fields
from core.clock import local
from core.database import Database
from core.errors import Fault
from core.history import Change, Import, account_history
from core.query.columns import Column, Value
from core.reports.catalogue import MY_ACCOUNTS
from core.text.vocabulary import RELATIONSHIP_WORDS, STATUS_WORDS
from core.work import Work
from tui.background import find, moment
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.safe_text import plain, shown_value
from tui.widgets.key_bar import KeyBar

TITLES = {column.key: column.title for column in MY_ACCOUNTS.columns}
WIDTH = max(map(len, TITLES.values())) + 3
"""Cells that the names of fields take."""


class Known(NamedTuple):
    """All that is known of an account."""

    fields: list[tuple[Column, Value]]
    """Empty where it is no longer there."""
    first: Import | None
    """The import that it came with."""
    changes: list[Change]


def _read(database: Database, pk: int, work: Work) -> Known:
    """Return what is known of an account; for a worker."""
    with database.reading(work) as connection:
        fields = account_fields(connection, pk)
    return Known(fields, *account_history(database.path, pk))


class AccountScreen(Modal[None]):
    """Every field with its value, a dash where it is not known; then the changes, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("account")

    def __init__(self, pk: int) -> None:
        """Show the account with this number."""
        super().__init__()
        self._pk = pk
        self._fields: list[tuple[Column, Value]] = []

    def compose(self) -> ComposeResult:
        """Lay out fields and changes."""
        with Vertical(classes="box") as box:
            box.border_title = "Account"
            with VerticalScroll(id="fields"):
                yield Static(id="account")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Read the account."""
        database, pk = self.partner.database, self._pk
        await moment(find(self, "account", lambda work: _read(database, pk, work), self._show, self._complain))

    def _complain(self, fault: Fault) -> None:
        self._say(self.partner.fault_lines(fault))

    def _show(self, known: Known) -> None:
        self._fields = known.fields
        if not known.fields:
            self._say(Content("This account is no longer there."))
            return
        lines = [_field_line(column, value) for column, value in known.fields]
        self._say(Content("\n").join([*lines, Content(""), *_history_lines(known.first, known.changes)]))

    def _say(self, text: Content) -> None:
        self.query_one("#account", Static).update(text)

    def action_copy(self) -> None:
        """Send all fields to the clipboard."""
        lines = [f"{column.title}\t{'' if value is None else value}" for column, value in self._fields]
        self.partner.copy_text("\n".join(lines))


def _field_line(column: Column, value: Value) -> Content:
    style = "dim" if value is None else ""
    return Content.assemble((column.title.ljust(WIDTH), "dim"), plain(shown_value(value, column.kind), style))


def _in_words(field: str, value: Value) -> str:
    """Return a value as tables show it: what is stored for statuses and account types are codes."""
    words = {"status": STATUS_WORDS, "relationship": RELATIONSHIP_WORDS}.get(field, {})
    return shown_value(words.get(str(value), value))


def _history_lines(first: Import | None, changes: list[Change]) -> list[Content]:
    """Return what became of an account: each import with what it changed, and the one that it came with."""
    lines = [Content.styled("Changes", "bold")]
    last = None
    for change in changes:
        if (change.file, change.imported_at) != last:
            last = (change.file, change.imported_at)
            lines.append(plain(f"{local(change.imported_at):%Y-%m-%d %H:%M}  {change.file}"))
        title = TITLES.get(change.field, change.field)
        values = f"{_in_words(change.field, change.old)} → {_in_words(change.field, change.new)}"
        lines.append(Content.assemble((f"  {title}".ljust(WIDTH), "dim"), plain(values)))
    if first is not None:
        lines.append(plain(f"{local(first.imported_at):%Y-%m-%d %H:%M}  {first.file}: came with this import"))
    return lines
