"""The clipboard of the machine in front of the person, by OSC 52: the terminal passes it on, nobody can confirm it."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from typing import Any

from textual.app import App

from core.errors import WorkFailed

LIMIT = 75_000
"""Bytes of text. Terminals and tmux drop longer sequences without a word."""


def send_to_clipboard(app: App[Any], text: str) -> None:
    """Send `text` to the terminal's clipboard.

    In tmux it is sent twice: plain, which tmux takes with `set-clipboard on`, and wrapped, which it hands through with
    `allow-passthrough on`.

    Raises:
        WorkFailed: the text is too long to be passed on.
    """
    size = len(text.encode("utf-8", "replace"))
    if size > LIMIT:
        raise WorkFailed(
            f"That is too much for the clipboard ({size:,} bytes, {LIMIT:,} at most).", "Export it to a file instead."
        )
    app.copy_to_clipboard(text)
    if os.environ.get("TMUX") and not app.is_headless and sys.__stderr__ is not None:
        sys.__stderr__.write(wrapped_for_tmux(text))
        sys.__stderr__.flush()


def wrapped_for_tmux(text: str) -> str:
    """Return the sequence that puts `text` on the clipboard in the form that tmux hands through to its terminal."""
    sequence = f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode('ascii')}\x07"
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"
