"""Views: recall, save and delete how a report is looked at."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker

from core.errors import Fault
from core.reports.report import Report
from core.views.saved_views import delete_view, load_view, save_view, view_names
from core.views.view import ViewState, layout_at_first
from core.work import Work
from tui.background import find, moment
from tui.commands.bindings import bindings
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
        self._built_in = {
            "plain": ("The report's own order and columns, all rows", ViewState(layout=layout_at_first(report)))
        }
        if last is not None:
            self._built_in = {"last": ("As it was left the last time, its filter too", last), **self._built_in}

    def compose(self) -> ComposeResult:
        """Lay out the views and the name to save under."""
        with Vertical(classes="box") as box:
            box.border_title = plain(f"Views of {self._report.title}")
            box.border_subtitle = f"{self.partner.key_of('lines.select')} recalls or saves"
            yield Lines(classes="-one-line-each")
            yield Static(plain("Save this view as", "bold"), classes="field")
            yield Field(hint="a name; one that is there is replaced", max_length=200)
            yield Static(classes="fault", markup=False)
        yield KeyBar()

    async def on_mount(self) -> None:
        """Begin on the views."""
        self._show([])
        self.query_one(Lines).focus()
        await moment(self._look())

    def _look(self) -> Worker[None]:
        """Find the names of the saved views."""
        database, report = self.partner.database, self._report

        def work(under_way: Work) -> list[str]:
            with database.reading(under_way) as connection:
                return view_names(connection, report)

        return find(self, "views", work, self._show, self._complain)

    def _show(self, names: list[str]) -> None:
        lines = self.query_one(Lines)
        options = [Option(plain(name), id=_SAVED + name) for name in names]
        options += [Option(plain(words, "dim"), id=key) for key, (words, _) in self._built_in.items()]
        lines.set_options(options)
        lines.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Recall a view."""
        key = event.option.id or ""
        if key in self._built_in:
            self.dismiss(self._built_in[key][1])
            return
        database, report, name = self.partner.database, self._report, key.removeprefix(_SAVED)

        def work(under_way: Work) -> ViewState:
            with database.reading(under_way) as connection:
                return load_view(connection, report, name)

        find(self, "views", work, self.dismiss, self._complain)

    def on_input_submitted(self) -> None:
        """Save this view."""
        database, report, name, now = self.partner.database, self._report, self.query_one(Field).value, self._now

        def work(under_way: Work) -> None:
            with database.writing(under_way) as path:
                save_view(path, report, name, now)

        def done(_: None) -> None:
            self.partner.toast(f"Saved as “{name.strip()}”.")
            if self.is_current:
                self.dismiss(None)

        self.partner.jobs.carry_out(f"Saving “{name.strip()}”", work, done, self._complain)

    def action_delete(self) -> None:
        """Delete the saved view under the cursor."""
        option = self.query_one(Lines).highlighted_option
        key = option.id or "" if option is not None else ""
        if not key.startswith(_SAVED):
            return
        database, report, name = self.partner.database, self._report, key.removeprefix(_SAVED)

        def work(under_way: Work) -> None:
            with database.writing(under_way) as path:
                delete_view(path, report, name)

        self.partner.jobs.carry_out(f"Deleting “{name}”", work, lambda _: self._look(), self._complain)

    def _complain(self, fault: Fault) -> None:
        if not self.is_attached:  # it was left meanwhile
            self.app.call_later(self.partner.show_fault, fault)
            return
        self.query_one(".fault", Static).update(self.partner.fault_lines(fault))
