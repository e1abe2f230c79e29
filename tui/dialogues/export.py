"""Export: which format, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from core.errors import Fault, WrongUse
from core.last_choices import last_csv_kind, save_csv_kind
from core.paths import is_folder, written_path
from core.query.request import Request
from core.region import Paper, usual_paper
from core.schedules.words import can_schedule
from core.text.date_style import in_style
from exporters.export_options import PLAIN_CSV, FileStyle, excel_csv
from exporters.formats import FORMATS, Format, check_ending
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.file_names import default_folder, default_name
from tui.safe_text import plain_lines
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar

PAPER_WORDS = {Paper.LETTER: "Letter", Paper.A4: "A4"}
CSV_STYLES = {
    "Programs": PLAIN_CSV,
    "Excel (,)": excel_csv(","),
    "Excel (;)": excel_csv(";"),
}
"""What CSV is made for, and how it is then written: which sign it wants is the other computer's to say, not ours."""


class ToWrite(NamedTuple):
    """The answer: which file is to be written."""

    format: Format
    path: Path
    style: FileStyle
    is_scheduled: bool = False
    """Whether it is to be written by itself, again and again, rather than now."""


class ExportScreen(Modal[ToWrite]):
    """Asks for format and path of a file with exactly what a page shows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("export")

    def __init__(
        self, request: Request, format_id: str = "", path: Path | None = None, style: FileStyle | None = None
    ) -> None:
        """Export `request`.

        Args:
            request: what is shown.
            format_id: the format to begin with; by default the one that is set, else CSV.
            path: where to; by default the export folder and a name that says what it is.
            style: the paper, and the kind of CSV, to begin with; by default the paper that is set, and the kind of CSV
                that was chosen last.
        """
        super().__init__()
        self._request = request
        self._format_id = format_id
        self._path = path
        self._style = style or FileStyle(CSV_STYLES.get(last_csv_kind(), PLAIN_CSV), self._usual_paper())

    @staticmethod
    def _usual_paper() -> Paper:
        try:
            return usual_paper()
        except Fault:  # said at the start
            return Paper.LETTER

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        ids = [format_.id for format_ in FORMATS]
        wanted = self._format_id or self.partner.settings.format
        first = ids.index(wanted if wanted in ids else "csv")
        path = self._path or default_folder(self.partner.settings) / default_name(self._request, FORMATS[first])
        asked = [f"{label}: {in_style(text)}" for label, text in self._request.in_words()]
        with Vertical(classes="box") as box:
            box.border_title = "Export what is shown"
            yield Static(plain_lines("\n".join([self._request.report.title, *asked])), classes="about")
            with Horizontal(classes="field"):
                yield Label("Format")
                yield Choice([format_.label for format_ in FORMATS], first, id="format")
            with Horizontal(classes="field"):
                yield Label("File")
                yield Field(str(path), id="path")
            with Horizontal(classes="field", id="paper-row"):
                yield Label("Paper")
                yield Choice([PAPER_WORDS[paper] for paper in Paper], list(Paper).index(self._style.paper), id="paper")
            with Horizontal(classes="field", id="csv-row"):
                yield Label("Made for")
                yield Choice(list(CSV_STYLES), self._csv_place(), id="csv")
            yield Static(id="fault", classes="fault beside", markup=False)
            with Horizontal(classes="buttons"):
                if can_schedule(self._request):
                    yield Button("Every Monday …", id="schedule", compact=True)
                yield Button("Export", variant="primary", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin on the format, or on the name where another one is wanted."""
        self._show_rows()
        self.query_one("#path" if self._path else "#format").focus()

    def _format(self) -> Format:
        return FORMATS[self.query_one("#format", Choice).chosen]

    def _csv_place(self) -> int:
        """Return which kind of CSV the dialogue begins with."""
        styles = list(CSV_STYLES.values())
        return styles.index(self._style.csv) if self._style.csv in styles else 0

    def _show_rows(self) -> None:
        """Show what the chosen format leaves to choose."""
        self.query_one("#paper-row").display = self._format().is_on_paper
        self.query_one("#csv-row").display = self._format().id == "csv"

    def _chosen_style(self) -> FileStyle:
        paper = list(Paper)[self.query_one("#paper", Choice).chosen]
        return FileStyle(list(CSV_STYLES.values())[self.query_one("#csv", Choice).chosen], paper)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Let the file's ending follow the format, and show what it leaves to choose."""
        if event.choice.id != "format":
            return
        self._show_rows()
        field = self.query_one("#path", Input)
        path = Path(field.value)
        if path.suffix in {format_.ending for format_ in FORMATS}:
            field.value = str(path.with_suffix(self._format().ending))
            field.action_end()

    def on_choice_submitted(self) -> None:
        """Export."""
        self.action_write()

    def on_input_submitted(self) -> None:
        """Export."""
        self.action_write()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Export, now or by itself."""
        if event.button.id == "schedule":
            self.action_schedule()
        else:
            self.action_write()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer a schedule for reports alone."""
        return can_schedule(self._request) if action == "schedule" else True

    def action_schedule(self) -> None:
        """Have the file written by itself, at its time."""
        self._answer(is_scheduled=True)

    def action_write(self) -> None:
        """Have the file written."""
        self._answer()

    def _answer(self, *, is_scheduled: bool = False) -> None:
        path = written_path(self.query_one("#path", Input).value.strip())
        format_ = self._format()
        if is_folder(path):
            path /= default_name(self._request, format_)
        try:
            check_ending(path, format_)
        except WrongUse as fault:
            self.query_one("#fault", Static).update(self.partner.fault_lines(fault))
            self.query_one("#path").focus()
            return
        if format_.id == "csv":
            save_csv_kind(list(CSV_STYLES)[self.query_one("#csv", Choice).chosen])
        self.dismiss(ToWrite(format_, path, self._chosen_style(), is_scheduled))
