"""An export under way: how far it is, and Escape to stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from core.errors import Fault
from core.text.vocabulary import count_of
from core.work import Work
from exporters.export import Exported
from tui.background import Failed, start
from tui.dialogues.modal import Modal
from tui.safe_text import plain
from tui.widgets.key_bar import KeyBar

BEFORE_SHOWN = 0.4
"""Seconds before the dialogue is shown: most exports are done by then."""
BAR_WIDTH = 40


class ExportingScreen(Modal[Exported | Fault]):
    """Carries out an export in a worker; answers with what it wrote, or why it did not; None where it was stopped."""

    class Progress(Message):
        """Rows were written, or another program is in the way."""

        def can_replace(self, message: Message) -> bool:
            """Let the newest stand for those before it."""
            return isinstance(message, type(self))

    @dataclass
    class Done(Message):
        """The file is written."""

        exported: Exported

    def __init__(self, label: str, path: Path, export: Callable[[Work], Exported]) -> None:
        """Have `export` write the file at `path`, of a format called `label`."""
        super().__init__()
        self._label, self._path, self._export = label, path, export
        self._under_way = Work("The export")

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

        def work(under_way: Work) -> Exported:
            self._under_way = under_way
            under_way.what, under_way.told = "The export", lambda: self.post_message(self.Progress())
            return self._export(under_way)

        start(self, "export", work, self.Done)
        self.set_timer(BEFORE_SHOWN, self._appear)

    def _appear(self) -> None:
        self.query_one(".box").visible = True

    def on_exporting_screen_progress(self) -> None:
        """Show how far it is."""
        done, rows = self._under_way.rows, self._under_way.of or 0
        full = round(min(done / rows, 1) * BAR_WIDTH) if rows else BAR_WIDTH
        bar = "█" * full + "░" * (BAR_WIDTH - full)
        self.query_one("#progress", Static).update(f"{bar}  {done:,} of {count_of(rows, 'row')}")

    def on_exporting_screen_done(self, event: Done) -> None:
        """Answer."""
        self.dismiss(event.exported)

    def on_failed(self, event: Failed) -> None:
        """Answer why not."""
        event.stop()
        self.dismiss(event.fault)

    def action_leave(self) -> None:
        """Stop the export: nothing of it is kept."""
        self._under_way.stop()
        self.workers.cancel_group(self, "export")
        self.dismiss(None)
        self.partner.toast("The export was stopped: nothing was written.")
