"""The line at the bottom: the keys that work here now."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

GAP = "   "


class KeyBar(Widget):
    """Shows, of the bindings that are active, those that are meant to be shown, as many as fit.

    One line of one widget: it is painted again only when it reads differently.
    """

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; color: $text-muted; background: $panel; }
    KeyBar:ansi { background: ansi_default; color: ansi_default; }
    """

    hints: reactive[tuple[tuple[str, str, str], ...]] = reactive(())
    """(key, how it is written, title) of each key shown."""

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._look)
        self.call_after_refresh(self._look, self.screen)

    def _look(self, screen: Screen[object]) -> None:
        if screen is not self.app.screen:
            return
        is_typing = isinstance(screen.focused, Input)
        shown: dict[str, tuple[str, str, str]] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            display = self.app.get_key_display(binding)
            is_typed = is_typing and len(display) == 1
            if binding.show and active.enabled and not is_typed:
                shown.setdefault(binding.action, (binding.key, display, binding.description))
        self.hints = tuple(shown.values())

    def render(self) -> Content:
        """Return the line."""
        parts: list[Content] = []
        room = self.size.width
        for _, key, title in self.hints:
            room -= cell_len(f"{key} {title}{GAP}")
            if room < -len(GAP):
                break
            parts += [Content.styled(key, "bold"), Content(f" {title}{GAP}")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key that is under the mouse."""
        place = 1
        for key, display, title in self.hints:
            place += cell_len(f"{display} {title}{GAP}")
            if event.x < place:
                self.app.simulate_key(key)
                return
