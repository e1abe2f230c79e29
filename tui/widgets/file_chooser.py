"""Choosing a file: typed, with what is there listed below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from core.paths import is_folder, written_path
from tui.commands.bindings import bindings
from tui.safe_text import plain
from tui.widgets.field import Field
from tui.widgets.lines import Lines

ENDINGS = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".htm", ".html"}
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


class FileChooser(Vertical):
    """A path field, and the folders and importable files that begin with what it says."""

    DEFAULT_CSS = """
    FileChooser { height: auto; }
    FileChooser Lines { max-height: 12; margin-top: 1; }
    """

    @dataclass
    class Chosen(Message):
        """A path was chosen; there may be no such file."""

        path: Path

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._paths: list[Path] = []

    def compose(self) -> ComposeResult:
        """Lay out field and list."""
        yield PathField(f"{self._folder}/", "path of a CSV or XLS file")
        yield Lines(classes="-one-line-each")

    def focus_field(self) -> None:
        """Let the person type."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what fits."""
        event.stop()
        self._paths = list(_fitting(event.value))
        lines = self.query_one(Lines)
        lines.clear_options()
        if not self._paths:
            lines.add_option(Option("no file to import begins like this; any other path can be typed", disabled=True))
        for path in self._paths:
            name, style = (f"{path.name}/", "") if is_folder(path) else (path.name, "bold")
            lines.add_option(Option(plain(name, style)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what was typed; a folder is opened."""
        event.stop()
        text = event.value.strip()
        if text:
            self._choose(written_path(text))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose what is listed."""
        event.stop()
        self._choose(self._paths[event.option_index])

    def on_path_field_list_wanted(self) -> None:
        """Go from the field to the list."""
        if self._paths:
            self.query_one(Lines).focus()

    def _choose(self, path: Path) -> None:
        field = self.query_one(Input)
        if is_folder(path):
            field.value = f"{str(path).rstrip('/')}/"
            field.focus()
            field.action_end()
        else:
            field.value = str(path)
            self.post_message(self.Chosen(path))


def _completed(text: str) -> str:
    """Return a typed path with as much more as all that fit have in common."""
    paths = list(_fitting(text))
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
    """Yield folders, then files, that begin with `text`; hidden ones only where the text names them."""
    folder, _, start = text.rpartition("/")
    try:
        entries = sorted(written_path(folder or "/").iterdir(), key=lambda path: path.name.casefold())[: LISTED * 10]
    except OSError:
        return
    shown = 0
    for wants_folder in (True, False):
        for path in entries:
            if not path.name.casefold().startswith(start.casefold()) or path.name.startswith(".") > start.startswith(
                "."
            ):
                continue
            if is_folder(path) == wants_folder and (wants_folder or path.suffix.lower() in ENDINGS) and shown < LISTED:
                shown += 1
                yield path
