"""From the rows of a report to what is made of them: an account, the accounts counted, a list, a file, the notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.dom import DOMNode

from core.errors import WrongUse
from core.query.column_layout import ColumnLayout
from core.query.columns import Column, Row
from core.query.request import Request
from core.text.date_style import in_style
from core.text.vocabulary import count_of
from core.views.session import ReportSession
from tui.background import find, moment
from tui.dialogues.modal import Modal
from tui.export_flow import ask_and_export
from tui.partner import Partner

_MOST_COPIED = 5_000
"""Rows that are read to be copied: more never fit into a clipboard."""


async def open_account(page: DOMNode, partner: Partner, session: ReportSession, place: int) -> None:
    """Show the account that a row is about."""
    from tui.dialogues.account import AccountScreen

    view, reader = session.view, session.reader
    if view is not None and reader is not None:
        of_row = reader.call(lambda _: view.account(place))
        await moment(
            find(page, "account", lambda _: of_row.result(), lambda pk: partner.push_screen(AccountScreen(pk)))
        )


def open_count(partner: Partner, session: ReportSession, values: Sequence[Any], column: str) -> None:
    """Show the accounts that a count counts, in a column of a row with these values."""
    from core.query.drill_down import request_behind

    behind = request_behind(session.report, str(values[0]), column, session.request.as_of)
    if behind is None:
        partner.toast("These are counts over time: no table holds just the accounts behind one of them.")
    else:
        partner.show_report(behind)


def open_on_column(
    partner: Partner,
    session: ReportSession,
    column: str,
    screen: Callable[[Request, Column], Modal[str]],
    answered: Callable[[str | None], None],
) -> None:
    """Open a dialogue about a column of all that is shown."""
    for known in session.report.columns:
        if known.key == column:
            partner.push_screen(screen(session.request, known), answered)


def copy_cell(partner: Partner, session: ReportSession, values: Row | None, column: str) -> None:
    """Send a cell of a row with these values to the clipboard."""
    if values is not None and session.view is not None:
        value = values[[one.key for one in session.view.columns].index(column)]
        partner.copy_text("" if value is None else str(value))


async def copy_rows(page: DOMNode, partner: Partner, session: ReportSession, place: int, layout: ColumnLayout) -> None:
    """Send the selected rows to the clipboard, else the one at a place: the columns shown, tabs between them."""
    view, reader, count = session.view, session.reader, session.selection.count
    if view is None or reader is None or not view.row_count:
        return
    if count > _MOST_COPIED:
        hint = f"Export them to a file instead: {partner.key_of('report.export')}."
        partner.show_fault(WrongUse(f"{count:,} rows are too many for the clipboard.", hint))
        return
    wanted = session.selected(layout) if count else session.row_alone(place, layout)
    read = reader.call(lambda _: view.read(wanted))
    await moment(
        find(page, "copy", lambda _: read.result(), lambda rows: partner.copy_text("\n".join(map(_with_tabs, rows))))
    )


def _with_tabs(row: Row) -> str:
    """Return a row as spreadsheets take it from the clipboard: on one line, whatever its values hold."""
    return "\t".join("" if value is None else " ".join(str(value).splitlines()).replace("\t", " ") for value in row)


def make_list(partner: Partner, session: ReportSession) -> None:
    """Keep these accounts as a targeted list: the selected rows, else whatever the filter holds, now and later."""
    from core.lists.names import checked_name
    from tui.dialogues.ask_text import AskTextScreen

    def answered(name: str | None) -> None:
        if name:
            key = partner.key_of("main.go_targets")
            partner.jobs.carry_out(
                f"Making “{name}”",
                session.listing(partner.database, name),
                lambda made: partner.toast(f"“{made.name}” is made: {key} opens Targeted lists."),
            )

    partner.push_screen(AskTextScreen("Make a list of these", "Name", check=checked_name), answered)


def export_rows(partner: Partner, session: ReportSession, layout: ColumnLayout) -> None:
    """Export exactly what is shown, or what is selected: that is asked where something is."""
    if not session.selection.count:
        ask_and_export(partner, session.as_shown(layout))
        return
    from tui.dialogues.question import QuestionScreen

    which = {"selected": count_of(session.selection.count, "selected row"), "shown": "All rows shown"}
    requests = {"selected": session.selected, "shown": session.as_shown}
    partner.push_screen(
        QuestionScreen("Export", "Which rows are to be written?", which),
        lambda answer: ask_and_export(partner, requests[answer](layout)) if answer else None,
    )


def show_notes(partner: Partner, session: ReportSession) -> None:
    """Show notes, totals and freshness."""
    from tui.dialogues.message import MessageScreen

    result = session.result
    if result is None:
        partner.toast("Notes and totals are still being gathered.")
        return
    facts = [f"{label}: {text}" for label, text in result.facts()]
    totals = [f"{label}: {figure}" for label, figure in result.totals_shown()]
    notes = [f"• {note}" for note in result.notes] or ["There are no notes."]
    partner.push_screen(MessageScreen(result.title, in_style("\n".join([*facts, *totals, "", *notes]))))
