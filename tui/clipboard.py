"""The clipboard of the machine in front of the person, by OSC 52: the terminal passes it on, nobody can confirm it."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Mapping

from core.errors import WorkFailed
from tui.passing import for_terminal

LIMIT = 75_000
"""Bytes of text. Terminals and tmux drop longer sequences without a word."""


def clipboard_sequence(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return what sends `text` to the terminal's clipboard.

    In tmux it is sent twice: plain, which tmux takes with `set-clipboard on`, and wrapped.

    Raises:
        WorkFailed: the text is too long to be passed on.
    """
    data = text.encode("utf-8", "replace")
    if len(data) > LIMIT:
        raise WorkFailed(
            f"That is too much for the clipboard ({len(data):,} bytes, {LIMIT:,} at most).",
            "Export it to a file instead.",
        )
    sequence = f"\x1b]52;c;{b64encode(data).decode('ascii')}\x07"
    wrapped = for_terminal(sequence, environment)
    return sequence + wrapped if environment.get("TMUX") else wrapped
