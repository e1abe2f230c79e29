"""One account whole: all that is known of it, and what each import changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker

from core.account import account_fields, checked_note, note_account, star_account
from core.clock import today
from core.database import Database
from core.errors import Fault
from core.query.columns import Column, Value
from core.reports.catalogue import MY_ACCOUNTS
from core.text.date_style import shown_day
from core.timeline import Entry, timeline
from core.work import Work
from tui.background import find, moment
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.safe_text import plain, shown_value
from tui.widgets.key_bar import KeyBar

WIDTH = max(len(column.title) for column in MY_ACCOUNTS.columns) + 3
"""Cells that the names of fields take."""


class Known(NamedTuple):
    """All that is known of an account."""

    fields: list[tuple[Column, Value]]
    """Empty where it is no longer there."""
    entries: list[Entry]
    """Its timeline, the newest first."""


def _read(database: Database, pk: int, as_of: date, work: Work) -> Known:
    """Return what is known of an account; for a worker."""
    with database.reading(work) as connection:
        return Known(account_fields(connection, pk), timeline(connection, pk, as_of))


class AccountScreen(Modal[None]):
    """Every field with its value, a dash where it is not known; then the timeline, the newest first."""

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
        await moment(self._look())

    def _look(self) -> Worker[None]:
        database, pk, as_of = self.partner.database, self._pk, self.partner.as_of
        return find(self, "account", lambda work: _read(database, pk, as_of, work), self._show, self._complain)

    def _complain(self, fault: Fault) -> None:
        self._say(self.partner.fault_lines(fault))

    def _show(self, known: Known) -> None:
        self._fields = known.fields
        if not known.fields:
            self._say(Content("This account is no longer there."))
            return
        lines = [_field_line(column, value) for column, value in known.fields]
        told = [Content.styled("Timeline", "bold"), *map(_entry_line, known.entries)]
        self._say(Content("\n").join([*lines, Content(""), *told]))

    def _say(self, text: Content) -> None:
        self.query_one("#account", Static).update(text)

    def action_note(self) -> None:
        """Ask for a note, and keep it with today's date."""
        from tui.dialogues.ask_text import AskTextScreen

        database, pk, day = self.partner.database, self._pk, today()

        def keep(text: str, under_way: Work) -> None:
            with database.writing(under_way) as path:
                note_account(path, pk, text, day)

        def answered(text: str | None) -> None:
            if text:
                self._carry_out("Keeping the note", lambda under_way: keep(text, under_way), "The note is kept.")

        self.app.push_screen(AskTextScreen("A note on this account", "Note", check=checked_note), answered)

    def action_star(self) -> None:
        """Give the account a star, or take it away."""
        database, pk = self.partner.database, self._pk
        has_star = any(column.key == "starred" and value == "yes" for column, value in self._fields)

        def turn(under_way: Work) -> None:
            with database.writing(under_way) as path:
                star_account(path, pk, starred=not has_star)

        said = "The star is taken away." if has_star else "The account has a star now."
        self._carry_out("Changing the star", turn, said)

    def _carry_out(self, what: str, work: Callable[[Work], None], said: str) -> None:
        """Write beside the screen, then say so and show the account anew: what has changed may be out of sight."""

        def done(_: None) -> None:
            self.partner.accounts_changed()
            self.partner.toast(said)
            if self.is_attached:
                self._look()

        self.partner.jobs.carry_out(what, work, done)

    def action_copy(self) -> None:
        """Send all fields to the clipboard."""
        lines = [f"{column.title}\t{'' if value is None else value}" for column, value in self._fields]
        self.partner.copy_text("\n".join(lines))


def _field_line(column: Column, value: Value) -> Content:
    style = "dim" if value is None else ""
    return Content.assemble((column.title.ljust(WIDTH), "dim"), plain(shown_value(value, column.kind), style))


def _entry_line(entry: Entry) -> Content:
    """Return a line of the timeline: its day, whether it happened or was learnt then, and what it is."""
    file = f"  ({entry.file})" if entry.file else ""
    person = f"  by {entry.by}" if entry.by and entry.kind in ("exported", "noted") else ""
    return Content.assemble(
        plain(f"{shown_day(str(entry.day))}  "),
        (entry.kind.ljust(10), "dim"),
        plain(entry.shown()),
        plain(file + person, "dim"),
    )
