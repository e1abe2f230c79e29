"""What kind of terminal this is. Asked before Textual is imported."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from core.errors import WrongUse

SLOW_ESCAPE = "350"
"""Milliseconds after ESC in which more makes it a sequence and not a key, on a line that may be slow."""


def check_terminal() -> None:
    """Check that the application can be shown here (faults H7, H8), and settle what Textual reads when it is imported.

    Raises:
        WrongUse: stdin or stdout is no terminal, or the terminal cannot move its cursor.
    """
    instead = "Use the command line instead: partner-tui report --help"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUse("The application needs a terminal, and this is none.", f"{instead} (over ssh: ssh -t HOST …)")
    term = os.environ.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        what = f"TERM is '{term}'" if term else "TERM is not set"
        raise WrongUse(f"The application cannot be shown here: {what}.", instead)
    os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")  # it floods slow lines with mouse positions
    if is_over_ssh():
        os.environ.setdefault("ESCDELAY", SLOW_ESCAPE)


def is_over_ssh(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether the terminal is at the other end of an SSH line."""
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def fills_what_it_erases(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether what the terminal erases takes the background that holds: terminfo's *bce*, and tmux of today."""
    import curses

    if environment.get("TMUX"):
        return True
    try:
        curses.setupterm(environment.get("TERM", ""), 1)
    except (curses.error, OSError):
        return False
    return curses.tigetflag("bce") == 1
