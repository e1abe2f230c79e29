"""How a command ends when it does not end by itself: signals, and a fault of our own."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType


class Ended(BaseException):
    """A signal asked the command to end. What it was writing is undone on the way out."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


_received: list[int] = []
"""The signals that came. SQLite swallows what is raised while it works, and only stops."""


@contextlib.contextmanager
def end_on_signals() -> Iterator[None]:
    """Turn SIGHUP, SIGINT and SIGTERM into `Ended`, so that everything begun is undone.

    A signal that the command was started to ignore, as by nohup, stays ignored.

    Raises:
        Ended: one of them came.
    """
    _received.clear()
    kept = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)}
    heeded = [number for number, handler in kept.items() if handler is not signal.SIG_IGN]
    for number in heeded:
        signal.signal(number, _end)
    try:
        yield
    except Exception:
        if _received:
            raise Ended(_received[0]) from None
        raise
    finally:
        for number in heeded:
            signal.signal(number, kept[number])


def _end(number: int, _frame: FrameType | None) -> None:
    if number not in _received:  # a dropped line sends SIGHUP twice: the second must not disturb the undoing
        _received.append(number)
        raise Ended(number)


def is_asked_to_end() -> bool:
    """Return whether a signal came: what fails from then on fails because of it."""
    return bool(_received)


def end_if_asked() -> None:
    """End if a signal came and what it raised was swallowed, as libraries do that try one thing after another.

    Raises:
        Ended: a signal came.
    """
    if _received:
        raise Ended(_received[0])


def excuse(error: Exception) -> str:
    """Return what is said of a bug of ours: its kind and place, and no value, which could be a customer's."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f" in {Path(frame.tb_frame.f_code.co_filename).name}, line {frame.tb_lineno}" if frame else ""
    return (
        f"This is a fault of partner-tui itself: {type(error).__name__}{place}.\n"
        "What was being written is undone. Please report it with these two lines and the command."
    )
