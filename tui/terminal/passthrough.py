"""Sequences for the terminal in front of the person, past a tmux or GNU screen in between."""

from __future__ import annotations

from collections.abc import Mapping

SCREEN_PIECE = 250
"""Characters that GNU screen hands through at once."""


def for_terminal(sequence: str, environment: Mapping[str, str]) -> str:
    """Return `sequence` so that what stands in between hands it through; tmux does with `allow-passthrough on`."""
    if environment.get("TMUX"):
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    if environment.get("STY"):
        pieces = (sequence[start : start + SCREEN_PIECE] for start in range(0, len(sequence), SCREEN_PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return sequence
