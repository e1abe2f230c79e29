"""A schedule: what is to be run, when, and where it is to go."""

from __future__ import annotations

import shlex
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from core.errors import Fault, WrongUse
from core.schedules.schedules import Schedule, next_times, words_for_time
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.safe_text import plain
from tui.widgets.checkbox import Checkbox
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar

MONDAY = "Mon 08:00"


class ScheduleScreen(Modal[Schedule]):
    """Answers with a schedule all of whose parts were checked. What will not do is said below, as one types."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("schedule")

    def __init__(self, first: Schedule, refused: Fault | None = None) -> None:
        """Ask.

        Args:
            first: what stands in the fields to begin with.
            refused: why that could not be kept, said until something of it is changed.
        """
        super().__init__()
        self._first, self._refused = first, refused

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        first = self._first
        with Vertical(classes="box") as box:
            box.border_title = "By itself"
            for label, field, value, hint in (
                ("When", "when", first.calendar, "weekly, Mon,Thu 07:00, *-*-01 06:00"),
                ("Mail to", "mail-to", ", ".join(first.mail_to), "me@example.com"),
                ("File or folder", "output", first.output or "", "~/reports/{report}-{date}.pdf; empty: only mailed"),
                ("Run", "words", shlex.join(first.command), "report all-accounts-summary --format pdf"),
                ("Oldest list", "max-age", _shown(first.max_age), "days, such as 8: nothing goes out if it is older"),
                ("Name", "name", first.name, "mondays"),
            ):
                with Horizontal(classes="field"):
                    yield Label(label)
                    yield Field(value, hint, id=field)
            with Horizontal(classes="field"):
                yield Label("Only if")
                yield Checkbox("there are rows", first.only_if_rows, id="only-if-rows")
                yield Checkbox("they changed", first.only_if_changed, id="only-if-changed")
            yield Static(id="fault")
            with Horizontal(classes="buttons"):
                yield Button("Keep", variant="primary", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the time; with the name where what stood here was refused, mostly for its name."""
        self.query_one("#when" if self._refused is None else "#name").focus()
        self._look()

    def on_input_changed(self) -> None:
        """Say when it would run, or what is wrong."""
        self._look()

    def on_input_submitted(self) -> None:
        """Answer."""
        self.action_keep()

    def on_checkbox_submitted(self) -> None:
        """Answer."""
        self.action_keep()

    def on_button_pressed(self) -> None:
        """Answer."""
        self.action_keep()

    def action_keep(self) -> None:
        """Answer, if all of it will do."""
        found = self._look()
        if found is not None:
            self.dismiss(found)

    def _look(self) -> Schedule | None:
        said = self.query_one("#fault", Static)
        try:
            found = self._schedule()
        except Fault as fault:
            said.update(self.partner.fault_lines(fault))
            return None
        if self._refused is not None and found == self._first:
            said.update(self.partner.fault_lines(self._refused))
            return found  # what stood in the way may be gone
        said.update(plain(f"Runs {', '.join(map(words_for_time, next_times(found, 3)))} …", "dim"))
        return found

    def _schedule(self) -> Schedule:
        from tui.cli.scheduled_work import checked_schedule

        try:
            words = tuple(shlex.split(self._text("words")))
        except ValueError as error:
            raise WrongUse(f"The command cannot be read: {error}.", "Close every quote.") from error
        return checked_schedule(
            Schedule(
                self._text("name"),
                self._text("when"),
                words,
                self._text("output") or None,
                tuple(part.strip() for part in self._text("mail-to").split(",") if part.strip()),
                only_if_rows=self.query_one("#only-if-rows", Checkbox).value,
                only_if_changed=self.query_one("#only-if-changed", Checkbox).value,
                max_age=_days(self._text("max-age")),
            ),
            ask_systemd=False,  # its program is not asked on the screen's loop
        )

    def _text(self, id: str) -> str:
        return self.query_one(f"#{id}", Input).value.strip()


def _shown(days: int | None) -> str:
    return "" if days is None else str(days)


def _days(text: str) -> int | None:
    """Return a number of days; None for none.

    Raises:
        WrongUse: it is no number of days.
    """
    if text and not (text.isascii() and text.isdigit() and len(text) < 6):
        raise WrongUse(f"'{text}' is no number of days.", "Write a number such as 8, or nothing.")
    return int(text) if text else None
