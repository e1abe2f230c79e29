"""The first step of an import: a file, the newest first, marked where it was imported already; or the vendor itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from core.history import Import
from core.import_folder import last_folder
from tui import vendor_work
from tui.background import find
from tui.pages import import_work
from tui.partner import partner_of
from tui.widgets.file_chooser import FileChooser


class ChoosingStep(Vertical):
    """Knows what was imported before, and whether the vendor can be asked."""

    @dataclass
    class Known(Message):
        """What was imported, or who may ask the vendor, is known now."""

    def __init__(self) -> None:
        super().__init__(id="choose")
        self.lists: int | None = None
        """How many imports there are that were not taken back; None until that is found."""
        self.is_partner = False
        """Whether there are credentials to ask the vendor with."""

    def compose(self) -> ComposeResult:
        """Lay out the files of the folder of the last one."""
        yield FileChooser(last_folder())

    @property
    def files(self) -> FileChooser:
        """The path and the files."""
        return self.query_one(FileChooser)

    def look_again(self) -> None:
        """Find out what was imported meanwhile, and who may ask the vendor."""
        partner = partner_of(self)
        database = partner.database
        find(self, "imported", lambda _: import_work.imports_of(database), self._mark, partner.show_fault)
        find(self, "vendor", vendor_work.is_partner, self._offer_vendor)

    def _mark(self, found: list[Import]) -> None:
        """Mark the files that were imported, by their names: that is what is known of them."""
        kept = [one for one in reversed(found) if one.undone_at is None]
        imported: dict[str, datetime] = {one.file: one.imported_at for one in kept if one.source == "file"}
        self.lists = len(kept)
        self.files.mark(imported)
        self.post_message(self.Known())

    def _offer_vendor(self, is_partner: bool) -> None:
        self.is_partner = is_partner
        self.post_message(self.Known())
