"""An export under way: how far it is, and Escape to stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from core.errors import Fault
from core.text.vocabulary import count_of
from exporters.export import Exported
from tui.background import Failed, Unwanted, start
from tui.dialogues.modal import Modal
from tui.safe_text import plain
from tui.widgets.key_bar import KeyBar

BEFORE_SHOWN = 0.4
"""Seconds before the dialogue is shown: most exports are done by then."""
BAR_WIDTH = 40


class UnderWay(NamedTuple):
    """How an export's work is told of the dialogue, and tells of itself."""

    unwanted: Unwanted
    """Says whether to stop."""
    is_stopped_by_hand: Callable[[], bool]
    """Says whether, if so, that was the person's wish."""
    progress: Callable[[int, int], None]
    """Told rows written and rows in all."""


class ExportingScreen(Modal[Exported | Fault]):
    """Carries out an export in a worker; answers with what it wrote, or why it did not; None where it was stopped."""

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
        """The file is written."""

        exported: Exported

    def __init__(self, label: str, path: Path, export: Callable[[UnderWay], Exported]) -> None:
        """Have `export` write the file at `path`, of a format called `label`."""
        super().__init__()
        self._label, self._path, self._export = label, path, export
        self._is_stopped = False

    def compose(self) -> ComposeResult:
        """Lay out path and progress."""
        with Vertical(classes="box") as box:
            box.border_title = f"Writing {self._label}"
            box.visible = False
            yield Static(plain(self._path, "dim"))
            yield Static("gathering the rows …", id="progress", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin."""

        def work(unwanted: Unwanted) -> Exported:
            return self._export(UnderWay(unwanted, lambda: self._is_stopped, self._tell))

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
        """Answer."""
        self.dismiss(event.exported)

    def on_failed(self, event: Failed) -> None:
        """Answer why not."""
        event.stop()
        self.dismiss(event.fault)

    def action_leave(self) -> None:
        """Stop the export: nothing of it is kept."""
        self._is_stopped = True
        self.workers.cancel_group(self, "export")
        self.dismiss(None)
        self.partner.toast("The export was cancelled: nothing was written.")
