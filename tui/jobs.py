"""Commands of the person that write: carried out one after the other, shown when they take long, stopped by a key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.app import App
from textual.worker import Worker

from core.errors import Cancelled, Fault
from core.work import Work
from tui.background import guarded

Answer = TypeVar("Answer")

BEFORE_SHOWN = 0.4
"""Seconds before a job is shown: most are done by then."""


class Jobs:
    """The jobs of an application. Another program may hold the database for long; the loop never waits for it."""

    def __init__(self, app: App[None], changed: Callable[[], None], said: Callable[[Fault], None]) -> None:
        """Run jobs beside the loop of `app`.

        Args:
            app: whose loop it is.
            changed: called on the loop when another job is to be shown, or the same one otherwise.
            said: called on the loop with a fault that nobody else takes.
        """
        self.shown: Work | None = None
        """The job that the person sees under way."""
        self._app, self._changed, self._said = app, changed, said
        self._turn = asyncio.Lock()

    def carry_out(
        self,
        what: str,
        work: Callable[[Work], Answer],
        done: Callable[[Answer], object],
        failed: Callable[[Fault], object] | None = None,
    ) -> None:
        """Have a job done in its turn.

        Args:
            what: what is done, to begin a sentence with.
            work: writes through `Database.writing`, in a thread.
            done: called on the loop with the answer.
            failed: called on the loop with a fault, unless the person stopped the job; by default it is said.
        """
        loop = asyncio.get_running_loop()
        job = Work(what)
        job.told = lambda: loop.call_soon_threadsafe(self._changed)

        async def run() -> None:
            async with self._turn:
                timer = self._app.set_timer(BEFORE_SHOWN, lambda: self._show(job))
                try:
                    done(await asyncio.to_thread(guarded, work, job))
                except asyncio.CancelledError:
                    job.stop()
                    raise
                except Fault as fault:
                    (self._said if failed is None or isinstance(fault, Cancelled) else failed)(fault)
                finally:
                    timer.stop()
                    self._show(None)

        _: Worker[None] = self._app.run_worker(run, group="jobs")

    def stop(self) -> None:
        """End the job that is shown; nothing of it is kept."""
        if self.shown is not None:
            self.shown.stop()

    def _show(self, job: Work | None) -> None:
        if job is not self.shown:
            self.shown = job
            self._changed()
