"""After an export: where the file is, and how it reaches the person's machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from core.errors import Fault
from core.scp import scp_line
from tui.commands.bindings import bindings
from tui.dialogues.modal import Modal
from tui.safe_text import plain, plain_lines
from tui.terminal.clipboard import LIMIT
from tui.terminal.download import can_download, download_sequence
from tui.terminal.fetching import open_file, opener
from tui.widgets.key_bar import KeyBar

FETCHING = "To fetch it, run on your own machine; when you quit, it is said again in one line\n"
TEXT_ENDINGS = (".csv", ".html", ".json")


class DeliveryScreen(Modal[None]):
    """Shows the full path, and over SSH the line that fetches the file."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("delivery")

    def __init__(self, path: Path, said: Sequence[str], title: str = "The file is written") -> None:
        """Tell of the file at `path`; `said` is what there is to say of it."""
        super().__init__()
        self._path, self._said, self._title = path.absolute(), said, title

    def compose(self) -> ComposeResult:
        """Lay out path, line and notes."""
        with Vertical(classes="box") as box:
            box.border_title = self._title
            yield Static(Content.assemble(("File\n", "dim"), plain(self._path)), classes="fact")
            line = self._scp_line()
            if line:
                self.partner.to_fetch.append(line)
                yield Static(
                    Content.assemble(
                        (FETCHING, "dim"),
                        plain(line),
                    ),
                    classes="fact",
                )
            if self._said:
                yield Static(plain_lines("\n".join(self._said)), classes="fact")
            with Horizontal(classes="buttons"):
                yield Button("Close", variant="primary", compact=True)
        yield KeyBar()

    def _scp_line(self) -> str:
        return scp_line(self._path, os.environ, self.partner.settings.ssh_name)

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_copy_path(self) -> None:
        """Send the path to the clipboard."""
        self.partner.copy_text(str(self._path))

    def action_copy_scp(self) -> None:
        """Send the line to the clipboard."""
        self.partner.copy_text(self._scp_line())

    def action_copy_whole(self) -> None:
        """Send what is in the file to the clipboard."""
        try:
            text = self._path.read_text(encoding="utf-8")
        except OSError as error:
            self.partner.toast(f"{self._path} cannot be read: {error.strerror}.", is_fault=True)
        else:
            self.partner.copy_text(text)

    def action_download(self) -> None:
        """Have the terminal save the file."""
        try:
            self.partner.send(download_sequence(self._path))
        except Fault as fault:
            self.partner.toast_fault(fault)
        else:
            self.partner.toast("Sent to the terminal, which asks or tells where it saves the file.")

    def action_open_file(self) -> None:
        """Open the file on this machine."""
        try:
            open_file(self._path, opener(os.environ))
        except Fault as fault:
            self.partner.toast_fault(fault)

    def _is_short_text(self) -> bool:
        try:
            return self._path.suffix in TEXT_ENDINGS and self._path.stat().st_size <= LIMIT
        except OSError:
            return False

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works here."""
        if action == "copy_scp":
            return bool(self._scp_line())
        if action == "copy_whole":
            return self._is_short_text()
        if action == "download":
            return can_download(os.environ)
        return bool(opener(os.environ)) if action == "open_file" else True
