"""Waiting until the application has done all that it was asked for.

Textual's pilot guesses: it sleeps until the process used little time for a while, at least twice a key. That is slow
where nothing is left to do, and too early where a busy machine keeps the process waiting. Here the event loop is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

DRAWN_WITHIN = 1 / 50
"""Seconds in which Textual draws what has changed."""
TYPED_AHEAD = 0.35
"""Seconds that fields wait for the next key, at most, before they look."""
LOOK = 0.002
"""Seconds between two looks at what threads do."""
ROUNDS = 3
"""Rounds of the loop in which nothing must come up: what one thread sends takes two."""


async def quiet(
    ahead: float = DRAWN_WITHIN, at_most: float = 10.0, is_at_work: Callable[[], bool] = lambda: False
) -> None:
    """Wait until no callback is ready, none is due soon, and nobody is at work.

    Args:
        ahead: how many seconds is soon.
        at_most: seconds after which it is given up: something is always under way.
        is_at_work: asks whether to wait for something beside the loop, which tells the loop of its end first.
    """
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + at_most
    rounds = 0
    while rounds < ROUNDS and loop.time() < end:
        await asyncio.sleep(0)
        rounds += 1
        if loop._ready:
            rounds = 0
        elif is_at_work():
            await asyncio.sleep(LOOK)
            rounds = 0
        elif (due := _next(loop)) is not None and due < loop.time() + ahead:
            await asyncio.sleep(max(0, due - loop.time()))
            rounds = 0


def _next(loop: Any) -> float | None:
    """Return when the next timer of a loop is due, None when there is none."""
    return min((handle.when() for handle in loop._scheduled if not handle.cancelled()), default=None)


def threads_at_work() -> bool:
    """Return whether a thread still does what `asyncio.to_thread` gave it."""
    executor = asyncio.get_running_loop()._default_executor  # type: ignore[attr-defined]
    return executor is not None and executor._idle_semaphore._value < len(executor._threads)
