"""The lists of the Import page: their cursor stays on its line whatever changes, and never goes round the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets.option_list import Option

from core.importing.import_options import ImportOptions
from core.importing.questions import Question
from tui.safe_text import plain
from tui.widgets.lines import Lines

GAP = 2
"""Cells between columns."""


class ListedLine(NamedTuple):
    """One line of a list."""

    id: str
    """Stays the same as long as the line means the same thing; '' for a title, where the cursor does not go."""
    prompt: Content


class StepLines(Lines):
    """Lines that are drawn anew when the width changes or something was decided."""

    DEFAULT_CSS = """
    StepLines { scrollbar-gutter: stable; }
    """

    def drawn(self, size: Size) -> Sequence[ListedLine]:
        """Return the lines for a place of this size."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw the lines; the cursor stays on the line that it is on."""
        size = self.scrollable_content_region.size
        if not size.width:
            return
        lines = self.drawn(size)
        ids = [line.id for line in lines]
        if ids == [option.id or "" for option in self.options]:
            for place, line in enumerate(lines):
                self.replace_option_prompt_at_index(place, line.prompt)
            return
        place, at = self.highlighted or 0, self.line_id
        self.clear_options()
        self.add_options(Option(line.prompt, id=line.id or None, disabled=not line.id) for line in lines)
        if at and at in ids:
            self.highlighted = ids.index(at)
        elif ids:
            self._go_to(min(place, len(ids) - 1))
        self.call_after_refresh(self._show_cursor)  # how high the lines are is known only then

    def _show_cursor(self) -> None:
        """Have the cursor in sight, and what stands above the first line too."""
        if self.highlighted is None or not any(not one.disabled for one in self.options[: self.highlighted]):
            self.scroll_home(animate=False)
        else:
            self.scroll_to_highlight()

    @property
    def line_id(self) -> str:
        """The id of the line that the cursor is on; '' for none."""
        if self.highlighted is None or self.highlighted >= self.option_count:
            return ""
        return self.get_option_at_index(self.highlighted).id or ""

    def go_to_line(self, id: str) -> None:
        """Put the cursor on a line, if there is one with this id."""
        ids = [option.id for option in self.options]
        if id in ids:
            self.highlighted = ids.index(id)

    def on_resize(self, _: events.Resize) -> None:
        """Fit the lines to the place."""
        self.draw()

    def _go_to(self, place: int) -> None:
        """Put the cursor on a line, or on the next one where it may be."""
        ahead = [*range(place, self.option_count), *range(place - 1, -1, -1)]
        self.highlighted = next((at for at in ahead if not self.get_option_at_index(at).disabled), None)

    def action_cursor_up(self) -> None:
        """Go one line up; on the first one stay there."""
        self._move_within(-1)

    def action_cursor_down(self) -> None:
        """Go one line down; on the last one stay there."""
        self._move_within(1)

    def _move_within(self, step: int) -> None:
        at = -1 if self.highlighted is None else self.highlighted
        places = range(at + step, self.option_count if step > 0 else -1, step)
        found = next((place for place in places if not self.get_option_at_index(place).disabled), None)
        if found is not None:
            self.highlighted = found
        elif step < 0:
            self.scroll_home(animate=False)


def cell(text: object, width: int, style: str = "") -> Content:
    """Return a text of exactly this width, cut with a sign where it is longer."""
    return plain(text, style).truncate(width, ellipsis=True, pad=True)


def ask(screen: Screen[object], question: Question, done: Callable[[ImportOptions], object]) -> None:
    """Ask a question and hand over the options with the answer; nothing happens where there is none."""
    from tui.dialogues.ask_text import AskTextScreen
    from tui.dialogues.pick import PickScreen

    def answered(answer: str | None) -> None:
        if answer is None:
            return
        taken = question.take(answer)
        if isinstance(taken, Question):
            ask(screen, taken, done)
        else:
            done(taken)

    if question.answers:
        screen.app.push_screen(PickScreen(question.title, question.answers, question.present), answered)
    else:
        asking = AskTextScreen(
            question.title, question.label, text=question.present, hint=question.hint, check=question.check
        )
        screen.app.push_screen(asking, answered)
