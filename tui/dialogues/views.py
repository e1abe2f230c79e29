"""Views: recall, save and delete how a report is looked at."""

from __future__ import annotations

from contextlib import closing
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.database import read_faults
from core.errors import Fault
from core.reports.report import Report
from core.views.saved_views import delete_view, load_view, save_view, view_names
from core.views.view import ViewState
from tui.commands.bindings import bindings
from tui.commands.in_app_words import fault_lines
from tui.dialogues.modal import Modal
from tui.safe_text import plain
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import Lines

_SAVED = "saved:"


class ViewsScreen(Modal[ViewState]):
    """Answers with the view to go over to."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("views")

    def __init__(self, report: Report, now: ViewState, last: ViewState | None) -> None:
        """Offer the views of a report, `now` to be saved, `last` being how it was left the last time."""
        super().__init__()
        self._report, self._now = report, now
        self._built_in = {"plain": ("The report's own order and columns, all rows", ViewState())}
        if last is not None:
            self._built_in = {"last": ("As it was left the last time, its filter too", last), **self._built_in}

    def compose(self) -> ComposeResult:
        """Lay out the views and the name to save under."""
        with Vertical(classes="box") as box:
            box.border_title = plain(f"Views of {self._report.title}")
            box.border_subtitle = "enter recalls or saves"
            yield Lines()
            yield Static(plain("Save this view as", "bold"), classes="field")
            yield Field(hint="a name; one that is there is replaced", max_length=200)
            yield Static(classes="fault", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin on the views."""
        self._show()
        self.query_one(Lines).focus()

    def _show(self) -> None:
        lines, names = self.query_one(Lines), self._names()
        options = [Option(plain(name), id=_SAVED + name) for name in names]
        options += [Option(plain(words, "dim"), id=key) for key, (words, _) in self._built_in.items()]
        lines.set_options(options)
        lines.highlighted = 0

    def _names(self) -> list[str]:
        try:
            with closing(self.partner.database.read()) as connection, read_faults():
                return view_names(connection, self._report)
        except Fault as fault:
            self._complain(fault)
            return []

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Recall a view."""
        key = event.option.id or ""
        if key in self._built_in:
            self.dismiss(self._built_in[key][1])
            return
        try:
            with closing(self.partner.database.read()) as connection, read_faults():
                self.dismiss(load_view(connection, self._report, key.removeprefix(_SAVED)))
        except Fault as fault:
            self._complain(fault)

    def on_input_submitted(self) -> None:
        """Save this view."""
        name = self.query_one(Field).value
        try:
            save_view(self.partner.database.path, self._report, name, self._now)
        except Fault as fault:
            self._complain(fault)
            return
        self.partner.toast(f"Saved as “{name.strip()}”.")
        self.dismiss(None)

    def action_delete(self) -> None:
        """Delete the saved view under the cursor."""
        option = self.query_one(Lines).highlighted_option
        key = option.id or "" if option is not None else ""
        if not key.startswith(_SAVED):
            return
        try:
            delete_view(self.partner.database.path, self._report, key.removeprefix(_SAVED))
        except Fault as fault:
            self._complain(fault)
            return
        self._show()

    def _complain(self, fault: Fault) -> None:
        self.query_one(".fault", Static).update(fault_lines(fault))
