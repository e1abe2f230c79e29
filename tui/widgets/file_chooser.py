"""Choosing a file: typed, with what is there listed below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from core.clock import local
from core.paths import is_folder, written_path
from tui.commands.bindings import bindings
from tui.safe_text import plain
from tui.widgets.field import Field
from tui.widgets.lines import Lines

ENDINGS = {
    ".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".htm", ".html", ".ods", ".fods", ".xml", ".mht", ".mhtml",
    ".zip", ".gz",
}  # fmt: skip
"""Files that are listed; any other can be typed."""
LISTED = 200


class PathField(Field):
    """The path; the list is below it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("path")
    at_once = {**Field.at_once, "tab": "complete"}
    HELP = (
        "The path of a file. {path.complete} completes it as far as it is certain, the list below shows what begins"
        " like it, and {path.submit} reads the file or opens the folder."
    )

    @dataclass
    class ListWanted(Message):
        """The person wants to choose from the list."""

    def action_into_list(self) -> None:
        """Ask for the list."""
        self.post_message(self.ListWanted())

    def action_complete(self) -> None:
        """Complete the path as far as it is certain; where nothing is, go on to the next place."""
        completed = _completed(self.value)
        if completed == self.value:
            self.screen.focus_next()
        else:
            self.value = completed
            self.action_end()


class PathList(Lines):
    """What is there; above its first line is the path."""

    @dataclass
    class FieldWanted(Message):
        """The person wants to type."""

    def action_cursor_up(self) -> None:
        """Go one line up, from the first one to the path."""
        if self.highlighted:
            super().action_cursor_up()
        else:
            self.post_message(self.FieldWanted())

    def action_cursor_down(self) -> None:
        """Go one line down; on the last one stay there."""
        if self.highlighted is None or self.highlighted < self.option_count - 1:
            super().action_cursor_down()


class FileChooser(Vertical):
    """A path field, and the importable files and the folders that begin with what it says, the newest files first."""

    DEFAULT_CSS = """
    FileChooser { height: 1fr; }
    FileChooser Lines { height: 1fr; margin-top: 1; }
    """

    @dataclass
    class Chosen(Message):
        """A path was chosen; there may be no such file."""

        path: Path

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._paths: list[Path] = []
        self._imported: Mapping[str, datetime] = {}
        self._was_typed = False

    def compose(self) -> ComposeResult:
        """Lay out field and list."""
        yield PathField(f"{str(self._folder).rstrip('/')}/", "path of a CSV or XLS file")
        yield PathList(classes="-one-line-each")

    def focus_field(self) -> None:
        """Let the person type."""
        self.query_one(Input).focus()

    def focus_first(self) -> None:
        """Go to the newest file, or to the path where there is none."""
        lines = self.query_one(PathList)
        if self._paths and not is_folder(self._paths[0]):
            if lines.highlighted is None:
                lines.highlighted = 0
            lines.focus()
        else:
            self.focus_field()

    def focus_again(self) -> None:
        """Go where the last choice was made: what was typed can be mended."""
        if self._was_typed:
            self.focus_field()
        else:
            self.focus_first()

    def mark(self, imported: Mapping[str, datetime]) -> None:
        """Mark the files of these names as imported at these moments (aware)."""
        if imported != self._imported:
            self._imported = imported
            self._list()

    def look_again(self) -> None:
        """List what is in the folder now; a file that was typed or taken gives way to its folder."""
        field = self.query_one(Input)
        path = written_path(field.value.strip() or "/")
        if not field.value.endswith("/") and not is_folder(path):
            field.value = f"{str(path.parent).rstrip('/')}/"
        self._list()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what fits."""
        event.stop()
        self._list()

    def _list(self) -> None:
        lines = self.query_one(PathList)
        place = lines.highlighted
        before = self._paths[place] if place is not None and place < len(self._paths) else None
        self._paths = list(_fitting(self.query_one(Input).value))
        lines.clear_options()
        if not self._paths:
            lines.add_option(Option("no file to import begins like this; any other path can be typed", disabled=True))
        lines.add_options(Option(self._line(path)) for path in self._paths)
        if before in self._paths:
            lines.highlighted = self._paths.index(before)

    def _line(self, path: Path) -> Content:
        """Return a path's line: a file with the time when it was written, and whether it was imported."""
        if is_folder(path):
            return plain("../" if path.name == ".." else f"{path.name}/")
        written = datetime.fromtimestamp(written_at(path), UTC)
        imported = self._imported.get(path.name)
        said = ""
        if imported is not None:
            said = "  ✓ imported" if imported >= written else "  ✓ imported, written anew since"
        return Content.assemble(
            f"{local(written):%Y-%m-%d %H:%M}  ", plain(path.name, "" if said else "bold"), (said, "dim")
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what was typed; a folder is opened."""
        event.stop()
        text, self._was_typed = event.value.strip(), True
        if text:
            self._choose(written_path(text))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose what is listed."""
        event.stop()
        self._was_typed = False
        self._choose(self._paths[event.option_index])

    def on_path_field_list_wanted(self) -> None:
        """Go from the field to the list."""
        if self._paths:
            self.query_one(PathList).focus()

    def on_path_list_field_wanted(self) -> None:
        """Go from the list to the field."""
        self.focus_field()

    def _choose(self, path: Path) -> None:
        field = self.query_one(Input)
        if is_folder(path):
            opened = path.parent.parent if path.name == ".." else path
            field.value = f"{str(opened).rstrip('/')}/"
            field.focus()
            field.action_end()
        else:
            self.post_message(self.Chosen(path))


def _completed(text: str) -> str:
    """Return a typed path with as much more as all that fit have in common."""
    paths = [path for path in _fitting(text) if path.name != ".."]
    if not paths:
        return text
    folder, slash, typed = text.rpartition("/")
    name = paths[0].name
    while not all(path.name.casefold().startswith(name.casefold()) for path in paths):
        name = name[:-1]
    if len(paths) == 1 and is_folder(paths[0]):
        name += "/"
    return f"{folder}{slash}{name}" if len(name) > len(typed) else text


def _fitting(text: str) -> Iterator[Path]:
    """Yield files, the newest first, then folders, that begin so; hidden ones only where the text names them."""
    folder, _, start = text.rpartition("/")
    inside = written_path(folder or "/")
    try:
        entries = [path for path in inside.iterdir() if _begins(path.name, start)]
    except OSError:
        return
    files = [path for path in entries if path.suffix.lower() in ENDINGS and not is_folder(path)]
    yield from sorted(files, key=lambda path: (-written_at(path), path.name.casefold()))[:LISTED]
    if not start and inside != inside.parent:
        yield inside / ".."
    folders = sorted(filter(is_folder, entries), key=lambda path: path.name.casefold())
    yield from folders[:LISTED]


def _begins(name: str, start: str) -> bool:
    return name.casefold().startswith(start.casefold()) and (start.startswith(".") or not name.startswith("."))


def written_at(path: Path) -> float:
    """Return when a file was last written, in seconds since 1970; 0 where that cannot be known."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
