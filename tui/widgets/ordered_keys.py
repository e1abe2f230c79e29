"""Keys in their turn: carried out by the widget they were pressed on, not when the application gets to them.

Bound keys go through the application, later than what is typed behind them; on slow lines keys come together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget


def actions_of(bindings: Iterable[BindingType]) -> dict[str, str]:
    """Return key and action of each binding."""
    known = (binding for binding in bindings if isinstance(binding, Binding))
    return {key: binding.action for binding in known for key in binding.key.split(",")}


async def carry_out(widget: Widget, event: events.Key, actions: Mapping[str, str]) -> None:
    """Carry out a key here and now if `actions` has it; else leave it to the application. For `on_key`."""
    action = actions.get(event.key)
    if action is not None:
        event.stop()
        event.prevent_default()
        await widget.run_action(action)
