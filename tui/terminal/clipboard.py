"""The clipboard of the machine in front of the person, by OSC 52: the terminal passes it on, nobody can confirm it."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Mapping

from core.errors import WorkFailed
from tui.terminal.passthrough import for_terminal

LIMIT = 75_000
"""Bytes of text. Terminals and tmux drop longer sequences without a word."""


def check_size(text: str) -> None:
    """Check that a text may be passed on.

    Raises:
        WorkFailed: it is too long.
    """
    size = len(text.encode("utf-8", "replace"))
    if size > LIMIT:
        raise WorkFailed(
            f"That is too much for the clipboard ({size:,} bytes, {LIMIT:,} at most).", "Export it to a file instead."
        )


def wrapped_for_between(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return what sends `text` to the clipboard past tmux or GNU screen; '' where neither stands in between.

    The plain sequence, which Textual sends, is taken by tmux itself with `set-clipboard on`.
    """
    sequence = f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode('ascii')}\x07"
    wrapped = for_terminal(sequence, environment)
    return "" if wrapped == sequence else wrapped
