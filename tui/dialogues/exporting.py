"""An export under way: how far it is, and Escape to stop it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from core.query.request import Request
from core.text.vocabulary import count_of
from exporters.export import Exported
from exporters.formats import Format
from tui.background import Failed, Unwanted, start
from tui.dialogues.modal import Modal
from tui.export_flow import Advised, write_file
from tui.safe_text import plain
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from tui.app import PartnerApp

BEFORE_SHOWN = 0.4
"""Seconds before the dialogue is shown: most exports are done by then."""
BAR_WIDTH = 40


class ExportingScreen(Modal[None]):
    """Writes the file in a worker and gives way to the dialogue that tells of it."""

    @dataclass
    class Progress(Message):
        """Rows were written."""

        done: int
        rows: int

        def can_replace(self, message: Message) -> bool:
            """Let the newest stand for those before it."""
            return isinstance(message, type(self))

    @dataclass
    class Done(Message):
        """The file is written, or there is something to ask first."""

        exported: Exported | Advised

    def __init__(self, request: Request, format_: Format, path: Path, *, force: bool, advised: bool = False) -> None:
        """Write `request` to `path`; `force` replaces a file that is there."""
        super().__init__()
        self._request, self._format, self._path = request, format_, path
        self._force, self._advised = force, advised
        self._is_stopped = False

    def compose(self) -> ComposeResult:
        """Lay out path and progress."""
        with Vertical(classes="box") as box:
            box.border_title = f"Writing {self._format.label}"
            box.visible = False
            yield Static(plain(self._path, "dim"))
            yield Static("gathering the rows …", id="progress", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin."""
        database = self.partner.database

        def work(unwanted: Unwanted) -> Exported | Advised:
            try:
                return write_file(
                    database,
                    self._request,
                    self._format,
                    self._path,
                    force=self._force,
                    advised=self._advised,
                    progress=self._tell,
                    unwanted=unwanted,
                    is_stopped_by_hand=lambda: self._is_stopped,
                )
            except Advised as advised:
                return advised

        start(self, "export", work, self.Done)
        self.set_timer(BEFORE_SHOWN, self._appear)

    def _tell(self, done: int, rows: int) -> None:
        self.post_message(self.Progress(done, rows))

    def _appear(self) -> None:
        self.query_one(".box").visible = True

    def on_exporting_screen_progress(self, event: Progress) -> None:
        """Show how far it is."""
        share = min(event.done / event.rows, 1) if event.rows else 1
        full = round(share * BAR_WIDTH)
        bar = "█" * full + "░" * (BAR_WIDTH - full)
        self.query_one("#progress", Static).update(f"{bar}  {event.done:,} of {count_of(event.rows, 'row')}")

    def on_exporting_screen_done(self, event: Done) -> None:
        """Tell where the file is; or ask."""
        self.dismiss(None)
        if isinstance(event.exported, Advised):
            again = ExportingScreen(self._request, self._format, self._path, force=self._force, advised=True)
            self.partner.call_next(_ask, self.partner, str(event.exported), again)
            return
        from tui.dialogues.delivery import DeliveryScreen

        self.app.push_screen(DeliveryScreen(event.exported.path, event.exported.notes))

    def on_failed(self, event: Failed) -> None:
        """Make room for the dialogue that says what went wrong."""
        event.stop()
        self.dismiss(None)
        self.partner.show_fault(event.fault)

    def action_leave(self) -> None:
        """Stop the export: nothing of it is kept."""
        self._is_stopped = True
        self.workers.cancel_group(self, "export")
        self.dismiss(None)
        self.partner.toast("The export was cancelled: nothing was written.")


def _ask(app: PartnerApp, words: str, again: ExportingScreen) -> None:
    """Ask whether a file is to be written although it will be unwieldy."""
    from tui.dialogues.question import QuestionScreen

    def answered(answer: str | None) -> None:
        if answer == "go":
            app.push_screen(again)

    app.push_screen(QuestionScreen("Many rows", words, {"leave": "Cancel", "go": "Write it all the same"}), answered)
