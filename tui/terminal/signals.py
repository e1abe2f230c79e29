"""Signals end the application in good order: terminal restored, work undone, exit code 128 + n (faults H1, H2, H4)."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from textual.app import App

_ENDINGS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)


def end_on_signals(app: App[Any]) -> None:
    """Let each signal close `app`. Called from within its event loop, which must be the main thread's.

    SIGINT is only ever sent from outside: the terminal hands ctrl+c over as a key.
    """
    loop = asyncio.get_running_loop()
    for number in _ENDINGS:
        loop.add_signal_handler(number, _end, app, number)


def _end(app: App[Any], number: signal.Signals) -> None:
    app.workers.cancel_all()
    app.exit(return_code=128 + number)
