"""What themes there are, by name: for the settings and for doctor, which do without Textual."""

from __future__ import annotations

PARTNER, CONTRAST, LIGHT = "partner", "partner-contrast", "partner-light"
"""Ours; `tui.themes` has their colours."""
TERMINAL_COLOURS = "ansi-dark"
"""Textual's theme of the terminal's own colours: half the bytes of the others."""

CHOICES = {
    PARTNER: "dark",
    CONTRAST: "dark, high contrast",
    LIGHT: "light",
    TERMINAL_COLOURS: "the terminal's own colours; fewest bytes",
}
"""The themes that the Settings page offers, in words; any other of Textual's can be written into the file."""

TEXTUAL_THEMES = (
    "textual-dark",
    "textual-light",
    "nord",
    "gruvbox",
    "catppuccin-mocha",
    "dracula",
    "tokyo-night",
    "monokai",
    "flexoki",
    "catppuccin-latte",
    "catppuccin-frappe",
    "catppuccin-macchiato",
    "solarized-light",
    "solarized-dark",
    "rose-pine",
    "rose-pine-moon",
    "rose-pine-dawn",
    "atom-one-dark",
    "atom-one-light",
    TERMINAL_COLOURS,
    "ansi-light",
)
THEMES = (PARTNER, CONTRAST, LIGHT, *TEXTUAL_THEMES)
"""All that can be set."""
