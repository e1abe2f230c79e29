"""The themes: each text has a contrast of 4.5 to 1 or more (WCAG AA), which a test computes from the bytes sent.

All their colours are among the 256 that terminals have, so that what is sent over SSH looks as it was picked. Themes of
Textual are not offered: in each some text is fainter than that.
"""

from __future__ import annotations

from textual.theme import Theme

from core.text.signs import TONES, Tone
from tui import theme_names


def _colours(ground: str, *, on_dark: bool) -> dict[str, str]:
    """Return the variables of the tones, and of what Textual would mix from other colours."""
    tones = {f"tone-{tone}": colours.on_dark if on_dark else colours.on_light for tone, colours in TONES.items()}
    return tones | {
        "text-error": tones[f"tone-{Tone.BAD}"],
        "text-warning": tones[f"tone-{Tone.WARNING}"],
        "text-success": tones[f"tone-{Tone.GOOD}"],
        "block-cursor-text-style": "bold",
        "block-hover-background": ground,
        "input-cursor-text-style": "none",
    }


PARTNER = Theme(
    name=theme_names.PARTNER,
    primary="#87afd7",
    secondary="#87afd7",
    accent="#87afd7",
    warning="#ffd75f",
    error="#ff8787",
    success="#87d787",
    foreground="#dadada",
    background="#1c1c1c",
    surface="#1c1c1c",
    panel="#262626",
    dark=True,
    variables=_colours("#1c1c1c", on_dark=True)
    | {
        "text": "#eeeeee",
        "text-muted": "#a8a8a8",
        "text-disabled": "#a8a8a8",
        "text-primary": "#87afd7",
        "field": "#303030",
        "border": "#87afd7",
        "border-blurred": "#808080",
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#3a3a3a",
        "block-cursor-blurred-foreground": "#eeeeee",
        "input-cursor-background": "#dadada",
        "input-cursor-foreground": "#1c1c1c",
        "input-selection-background": "#005f87",
        "input-selection-foreground": "#ffffff",
    },
)

CONTRAST = Theme(
    name=theme_names.CONTRAST,
    primary="#ffd75f",
    secondary="#ffd75f",
    accent="#ffd75f",
    warning="#ffd75f",
    error="#ff8787",
    success="#87d787",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables=_colours("#000000", on_dark=True)
    | {
        "text": "#ffffff",
        "text-muted": "#e4e4e4",
        "text-disabled": "#e4e4e4",
        "text-primary": "#ffd75f",
        "field": "#262626",
        "border": "#ffd75f",
        "border-blurred": "#bcbcbc",
        "block-cursor-background": "#ffd75f",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#444444",
        "block-cursor-blurred-foreground": "#ffffff",
        "input-cursor-background": "#ffffff",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#ffd75f",
        "input-selection-foreground": "#000000",
    },
)

LIGHT = Theme(
    name=theme_names.LIGHT,
    primary="#005f87",
    secondary="#005f87",
    accent="#005f87",
    warning="#875f00",
    error="#af0000",
    success="#005f00",
    foreground="#262626",
    background="#ffffff",
    surface="#ffffff",
    panel="#eeeeee",
    dark=False,
    variables=_colours("#ffffff", on_dark=False)
    | {
        "text": "#1c1c1c",
        "text-muted": "#585858",
        "text-disabled": "#585858",
        "text-primary": "#005f87",
        "field": "#e4e4e4",
        "border": "#005f87",
        "border-blurred": "#767676",
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#dadada",
        "block-cursor-blurred-foreground": "#1c1c1c",
        "input-cursor-background": "#262626",
        "input-cursor-foreground": "#ffffff",
        "input-selection-background": "#005f87",
        "input-selection-foreground": "#ffffff",
    },
)

_OWN_COLOUR = "ansi_default"
_FAULT = "ansi_bright_red"
"""The one of the 16 colours that can be read on the dark and light grounds of xterm, VGA, Tango and Solarized alike."""

TERMINAL = Theme(
    name=theme_names.TERMINAL,
    ansi=True,
    primary=_OWN_COLOUR,
    secondary=_OWN_COLOUR,
    accent=_OWN_COLOUR,
    warning=_OWN_COLOUR,
    error=_FAULT,
    success=_OWN_COLOUR,
    foreground=_OWN_COLOUR,
    background=_OWN_COLOUR,
    surface=_OWN_COLOUR,
    panel=_OWN_COLOUR,
    dark=True,
    variables={
        **{f"tone-{tone}": _OWN_COLOUR for tone in Tone},
        **dict.fromkeys(
            (
                "ansi-background",
                "ansi-foreground",
                "text",
                "text-muted",
                "text-disabled",
                "field",
                "border",
                "border-blurred",
                "block-cursor-background",
                "block-cursor-foreground",
                "block-cursor-blurred-background",
                "block-cursor-blurred-foreground",
                "block-hover-background",
                "input-cursor-background",
                "input-cursor-foreground",
                "input-selection-background",
                "input-selection-foreground",
                "scrollbar",
                "scrollbar-hover",
                "scrollbar-active",
                "scrollbar-background",
                "scrollbar-background-hover",
                "scrollbar-background-active",
                "screen-selection-background",
                "screen-selection-foreground",
            ),
            _OWN_COLOUR,
        ),
        "input-cursor-text-style": "reverse",
    },
)
"""The terminal's own two colours, and red for faults: the fewest bytes, and what is left where there are 16 colours."""

OWN = (PARTNER, CONTRAST, LIGHT, TERMINAL)
