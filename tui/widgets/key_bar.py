"""The line at the bottom: the keys that work here now."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

from tui.partner import partner_of
from tui.safe_text import plain

GAP = "   "
ALWAYS = ("back", "leave", "app.help")
"""Actions that are shown however little room there is: the way out, and the way to all other keys."""


class ShownKey(NamedTuple):
    """One key of those that work."""

    key: str
    """Its name, to press it."""
    display: str
    title: str
    is_kept: bool

    @property
    def width(self) -> int:
        """Cells that it takes, with the gap behind it."""
        return cell_len(f"{self.display} {self.title}{GAP}")


NEXT = ShownKey("tab", "tab", "Next", False)
"""Said in dialogues with several places: there the application's own keys are not among those that are active."""


class KeyBar(Widget):
    """Shows, of the bindings that are active, those that are meant to be shown, as many as fit.

    One line of one widget: it is painted again only when it reads differently.
    """

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; color: $text-muted; background: $panel; }
    KeyBar:ansi { background: ansi_default; color: ansi_default; }
    """

    hints: reactive[tuple[ShownKey, ...]] = reactive(())
    under_way: reactive[str] = reactive("")
    """What is said of a job that takes long, in place of the keys."""

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._look)
        self.call_after_refresh(self._look, self.screen)

    def _look(self, screen: Screen[object]) -> None:
        if screen is not self.app.screen:
            return
        self.under_way = self._said_of_job()
        is_typing = isinstance(screen.focused, Input)
        shown: dict[str, ShownKey] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            display = self.app.get_key_display(binding)
            is_typed = is_typing and len(display) == 1
            if binding.show and active.enabled and not is_typed:
                hint = ShownKey(binding.key, display, binding.description, binding.action in ALWAYS)
                shown.setdefault(binding.action, hint)
        if isinstance(screen, ModalScreen) and len(screen.focus_chain) > 1:
            shown.setdefault("step", NEXT)
        self.hints = tuple(shown.values())

    def _said_of_job(self) -> str:
        """Return what is under way, what it waits for, and how to end it."""
        partner = partner_of(self)
        job, esc = partner.jobs.shown, partner.key_of("program.stop")
        if job is None:
            return ""
        if job.is_unwanted():
            return f"{job.what}: stopping …"
        if job.waits_for:
            return f"{job.what}: {job.waits_for} is writing … {esc} ends the wait"
        return f"{job.what} …{f' {job.rows:,} rows' if job.rows else ''}  {esc} stops it"

    def _fitting(self) -> list[ShownKey]:
        """Return the hints that there is room for, those that are always shown among them."""
        room = self.size.width + len(GAP) - sum(hint.width for hint in self.hints if hint.is_kept)
        fitting = []
        for hint in self.hints:
            if not hint.is_kept:
                room -= hint.width
            if hint.is_kept or room >= 0:
                fitting.append(hint)
        return fitting

    def render(self) -> Content:
        """Return the line."""
        if self.under_way:
            return plain(self.under_way, "bold")
        parts: list[Content] = []
        for hint in self._fitting():
            parts += [Content.styled(hint.display, "bold"), Content(f" {hint.title}{GAP}")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key that is under the mouse."""
        place = 1
        if self.under_way:
            return
        for hint in self._fitting():
            place += hint.width
            if event.x < place:
                self.app.simulate_key(hint.key)
                return
