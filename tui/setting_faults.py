"""What is wrong with the settings as they are in the file, for the application and for doctor."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import Fault, Say
from core.settings.setting_list import SETTINGS
from core.settings.settings import Settings
from tui.commands.keymap import look_through
from tui.theme_names import THEMES


def setting_faults(settings: Settings, say: Say) -> Iterator[str]:
    """Yield what cannot be used of the settings, as a front end says it; the defaults hold in its place."""
    for setting in SETTINGS:
        value = getattr(settings, setting.key)
        if not value:
            continue
        try:
            setting.check(value)
        except Fault as fault:
            yield f"Setting {setting.key}: {fault.said(say)}"
    if settings.theme and settings.theme not in THEMES:
        yield f"Setting theme: there is no theme '{settings.theme}'. The page Settings lists those there are."
    for command, wrong in look_through(settings.keys).faults.items():
        yield f"Keys of {command}: {wrong.said(say)}"
