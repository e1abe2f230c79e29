"""Export for upload: the contacts of a list as the files that the vendor takes, looked at before they are written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input, Label, Static

from core.database import check_accounts
from core.lists.contacts import Statement, preview
from core.lists.members import ListReport
from core.lists.target_list import TargetList
from core.paths import written_path
from core.query.request import ask
from core.text.vocabulary import count_of
from core.work import Work
from exporters.contact_files.contact_files import Upload, Uploaded, check_names, write_upload
from exporters.contact_files.purpose import PURPOSES
from tui.background import Failed, Progress, start, telling
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.file_names import default_folder
from tui.safe_text import plain_lines
from tui.widgets.checkbox import Checkbox
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar


class UploadScreen(Modal[Uploaded]):
    """Asks for the way in and the path, says whom the files would hold, writes them, and answers with what stands."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("upload")

    @dataclass
    class Previewed(Message):
        """Whom the files would hold is known."""

        statement: Statement
        notes: list[str]

    @dataclass
    class Written(Message):
        """The files stand."""

        uploaded: Uploaded

    def __init__(self, target: TargetList) -> None:
        """Export the contacts of `target`, which has its size if it needs one."""
        super().__init__()
        self._target = target
        self._is_writing = False

    def compose(self) -> ComposeResult:
        """Lay out the fields, and the place for the statement."""
        name = f"{ListReport(self._target).id}-{self.partner.as_of}.csv"
        with Vertical(classes="box") as box:
            box.border_title = "Export for upload"
            yield Static(plain_lines(self._target.name), classes="about")
            with Horizontal(classes="field"):
                yield Label("For the")
                yield Choice([purpose.label for purpose in PURPOSES], id="way")
            with Horizontal(classes="field"):
                yield Label("Only")
                yield Checkbox("who is new since the last export", id="new")
            with Horizontal(classes="field"):
                yield Label("Beside it")
                yield Checkbox("a list of who is left out, and why", id="left-out")
            with Horizontal(classes="field"):
                yield Label("File")
                yield Field(str(default_folder(self.partner.settings) / name), id="path")
            yield Static(id="statement")
            with Horizontal(classes="buttons"):
                yield Button("Export", variant="primary", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Look at the contacts."""
        self.query_one("#way").focus()
        self._look()

    def _upload(self) -> Upload:
        path = self._path()
        left_out = path.with_name(f"{path.stem}-left-out.csv") if self.query_one("#left-out", Checkbox).value else None
        purpose = PURPOSES[self.query_one("#way", Choice).chosen]
        return Upload(self._target, self.partner.as_of, purpose, self.query_one("#new", Checkbox).value, left_out)

    def _path(self) -> Path:
        return written_path(self.query_one("#path", Input).value.strip())

    def _say(self, text: str) -> None:
        self.query_one("#statement", Static).update(plain_lines(text))

    # Looking

    def _look(self) -> None:
        database, upload = self.partner.database, self._upload()
        self._say("Looking at the contacts …")

        def work(under_way: Work) -> Message:
            with database.reading(under_way) as connection:
                check_accounts(connection)
                statement = preview(connection, upload.target, upload.as_of, new_only=upload.new_only)
                report = ListReport(upload.target)
                return self.Previewed(statement, report.notes(connection, ask(report, upload.as_of)))

        start(self, "upload", work, lambda message: message)

    def on_upload_screen_previewed(self, event: Previewed) -> None:
        """Say whom the files would hold."""
        self._say("\n".join([*event.statement.lines(self.partner.hint_words), *event.notes]))

    def on_checkbox_changed(self, event: Checkbox.Changed) -> None:
        """Look again where it makes a difference."""
        if event.checkbox.id == "new":
            self._look()

    # Writing

    def on_choice_submitted(self) -> None:
        """Export."""
        self.action_write()

    def on_checkbox_submitted(self) -> None:
        """Export."""
        self.action_write()

    def on_input_submitted(self) -> None:
        """Export."""
        self.action_write()

    def on_button_pressed(self) -> None:
        """Export."""
        self.action_write()

    def action_write(self) -> None:
        """Write the files."""
        if self._is_writing:
            return
        database, upload, path = self.partner.database, self._upload(), self._path()
        self._is_writing = True

        def work(under_way: Work) -> Uploaded:
            check_names(path, upload.left_out)
            with database.writing(telling(self, under_way, "The export")):
                return write_upload(database, upload, path, tick=under_way.tick)

        start(self, "upload", work, self.Written)

    def on_progress(self, event: Progress) -> None:
        """Show how far it is."""
        esc = self.partner.key_of("modal.leave")
        if event.waits_for:
            self._say(f"Waiting: {event.waits_for} is writing … ({esc} ends the wait)")
        else:
            self._say(f"{count_of(event.rows, 'account')} looked at … ({esc} stops)")

    def on_upload_screen_written(self, event: Written) -> None:
        """Answer."""
        self.dismiss(event.uploaded)

    def on_failed(self, event: Failed) -> None:
        """Say what went wrong; the fields stay as they are."""
        event.stop()
        self._is_writing = False
        self._say(self.partner.fault_words(event.fault))

    def action_leave(self) -> None:
        """Stop what is under way: nothing of it is kept."""
        if self._is_writing:
            self.workers.cancel_group(self, "upload")
            self.partner.toast("The export was stopped: nothing was written.")
        self.dismiss(None)
