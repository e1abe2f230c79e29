"""What themes there are, by name: for the settings and for doctor, which do without Textual."""

from __future__ import annotations

PARTNER, CONTRAST, LIGHT = "partner", "partner-contrast", "partner-light"
TERMINAL = "partner-terminal"
"""The terminal's own colours: the fewest bytes, and what is left where there are 16 colours or none."""

CHOICES = {
    PARTNER: "dark",
    CONTRAST: "dark, high contrast",
    LIGHT: "light",
    TERMINAL: "the terminal's own colours; fewest bytes",
}
"""The themes that can be set, in words; `tui.themes` has their colours."""

_BEFORE = {"ansi-dark": TERMINAL, "ansi-light": TERMINAL}
"""What stands in settings files from before: the theme that it is now."""
THEMES = (*CHOICES, *_BEFORE)
"""All that a settings file may name."""

_MANY_COLOURS = ("256", "truecolor", "windows")


def theme_named(name: str, colour_system: str | None) -> str:
    """Return the theme for a setting; where it names none, the one that the terminal has colours for.

    Args:
        name: what the setting says; '' for the default.
        colour_system: how many colours there are, in Rich's words: "standard", "256", "truecolor"; None for none.
    """
    name = _BEFORE.get(name, name)
    if name in CHOICES:
        return name
    return PARTNER if colour_system in _MANY_COLOURS else TERMINAL
