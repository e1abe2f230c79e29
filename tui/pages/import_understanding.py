"""The second step of an import: what the file is and means, line by line; what is to be decided stands first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import OptionList

from core.importing import understanding
from core.importing.looking import Looked
from core.importing.understanding import HeadingLine, Line
from core.text.vocabulary import count_of
from tui.pages.import_lines import GAP, ListedLine, StepLines, cell
from tui.safe_text import plain

_LABEL, _NARROW_LABEL = 26, 18
_NARROW = 70
"""Cells below which labels give way to what they are about."""
_FOLD = "fold"
_TITLES = 2
"""Lines that head others."""
_MARKS = {"": ("  ", ""), "open": ("? ", "bold"), "danger": ("! ", "bold $text-error")}


class UnderstandingList(StepLines):
    """Enter asks what a line decides; space keeps a heading that no field has as a field of one's own."""

    @dataclass
    class Asked(Message):
        """A line is to be decided."""

        id: str
        """Its question."""

    @dataclass
    class Ticked(Message):
        """A heading is to be kept as a field of one's own, or no longer."""

        id: str
        is_kept: bool

    def __init__(self) -> None:
        super().__init__(id="understanding")
        self._looked: Looked | None = None
        self._is_open = False
        self._order: list[str] = []
        """The headings as they were ordered when the file came: they stay in their places whatever they mean then."""

    def show(self, looked: Looked) -> None:
        """Show how something is understood."""
        if self._looked is None or self._looked.source != looked.source or self._looked.headings != looked.headings:
            self._order = [line.id for line in understanding.headings(looked)]
            self._is_open = False
        self._looked = looked
        self.draw()

    def drawn(self, size: Size) -> Sequence[ListedLine]:
        """Return the lines; headings that are the names of their fields are one line where not all have room."""
        if self._looked is None:
            return []
        width = size.width
        deciding = [_line(line, width) for line in understanding.to_decide(self._looked)]
        headings = sorted(understanding.headings(self._looked), key=lambda line: self._order.index(line.id))
        reading = [_line(line, width) for line in understanding.reading(self._looked)]
        room = size.height - len(deciding) - len(reading) - _TITLES - len(headings)
        if room < 0 and not self._is_open:
            folded = [line for line in headings if line.says_itself][room - 1 :]
            headings = [line for line in headings if line not in folded]
            fold = [ListedLine(_FOLD, _fold(folded, width))] if folded else []
        else:
            fold = []
        return [
            *deciding,
            ListedLine("", Content.styled("Headings, an example of each, what they mean", "bold")),
            *(_heading(line, width) for line in headings),
            *fold,
            ListedLine("", Content.styled("How it is read", "bold")),
            *reading,
        ]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask, or show all headings."""
        event.stop()
        if event.option.id == _FOLD:
            self._is_open = True
            self.draw()
        elif event.option.id:
            self.post_message(self.Asked(event.option.id))

    def tick(self) -> None:
        """Keep the heading under the cursor, or let it go."""
        if self._looked is None:
            return
        for line in understanding.headings(self._looked):
            if line.id == self.line_id and line.can_be_kept:
                self.post_message(self.Ticked(line.id, is_kept=not line.is_kept))


def _label(width: int) -> int:
    """Return how many cells the first column has."""
    return _LABEL if width >= _NARROW else _NARROW_LABEL


def _line(line: Line, width: int) -> ListedLine:
    """Return a line that decides something."""
    sign, style = _MARKS[line.mark]
    words = Content.assemble(
        plain(sign, style),
        cell(line.label, _label(width)),
        " " * GAP,
        plain(line.value, style or "bold"),
        plain(f"  {line.beside}" if line.beside else "", "dim"),
    )
    return ListedLine(line.id, words.truncate(width, ellipsis=True))


def _heading(line: HeadingLine, width: int) -> ListedLine:
    """Return a heading: what stands below it, and what it means."""
    sign, style = _MARKS[line.mark]
    tick = ("[x] " if line.is_kept else "[ ] ") if line.can_be_kept else ""
    label = _label(width)
    sample = max(6, min(30, (width - label) // 2 - 6))
    meaning = plain(f"→ {line.value}", "bold") if line.value else plain("– left out", style or "dim")
    words = Content.assemble(
        plain(sign, style),
        cell(f"{tick}{line.label}", label),
        " " * GAP,
        cell(line.beside, sample, "dim"),
        " " * GAP,
        meaning,
    )
    return ListedLine(line.id, words.truncate(width, ellipsis=True))


def _fold(lines: Sequence[HeadingLine], width: int) -> Content:
    """Return the one line that stands for headings that are the names of their fields."""
    names = ", ".join(line.label for line in lines)
    words = f"  {count_of(len(lines), 'heading')} mean what they say: {names}"
    return plain(words, "").truncate(width, ellipsis=True)
