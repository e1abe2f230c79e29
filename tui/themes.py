"""The themes of our own. A text has a contrast of 4.5 to 1 or more with its ground (WCAG AA), which a test computes."""

from __future__ import annotations

from textual.theme import Theme

from tui import theme_names

PARTNER = Theme(
    name=theme_names.PARTNER,
    primary="#5fa8d3",
    secondary="#5fa8d3",
    accent="#5fa8d3",
    warning="#d9a441",
    error="#e06c75",
    success="#7fb685",
    foreground="#d8dde3",
    background="#14181d",
    surface="#14181d",
    panel="#1d232b",
    dark=True,
    variables={
        "block-cursor-background": "#2b4a5f",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#222a33",
        "block-cursor-blurred-foreground": "#d8dde3",
        "border-blurred": "#39424d",
    },
)

CONTRAST = Theme(
    name=theme_names.CONTRAST,
    primary="#ffd75f",
    secondary="#ffd75f",
    accent="#ffd75f",
    warning="#ffd75f",
    error="#ff9c9c",
    success="#9cffb0",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        "text-muted": "#e4e4e4",
        "block-cursor-background": "#ffd75f",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#4e4e4e",
        "block-cursor-blurred-foreground": "#ffffff",
        "border-blurred": "#bcbcbc",
    },
)

LIGHT = Theme(
    name=theme_names.LIGHT,
    primary="#1f5f8b",
    secondary="#1f5f8b",
    accent="#1f5f8b",
    warning="#7a5200",
    error="#a3272f",
    success="#1f6b35",
    foreground="#1d232b",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#efece4",
    dark=False,
    variables={
        "text-muted": "#4d535c",
        "block-cursor-background": "#17496c",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#e6e3da",
        "block-cursor-blurred-foreground": "#1d232b",
        "border-blurred": "#9a958a",
    },
)

OWN = (PARTNER, CONTRAST, LIGHT)
