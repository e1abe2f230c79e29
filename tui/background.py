"""Work beside the screen: in a thread, stopped when it is no longer wanted, with one path for faults.

No database is used on the event loop, however quickly it usually answers: another program may hold it. There are three
ways. `start` is for what takes its time: its answer comes as a message. `find` is for what is usually there at once:
its answer is handed over directly, and `moment` waits for it, so that keys typed right behind find it done. Commands
that write go through `tui.jobs`, one after the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import Worker, WorkerError, get_current_worker

from core.database import read_faults
from core.errors import Fault
from core.work import Work

Answer = TypeVar("Answer")

MOMENT = 0.5
"""Seconds that `moment` waits at most. Keys go on acting then, without the answer."""


@dataclass
class Failed(Message):
    """Work met a fault. It rises to the application, which shows it, unless a widget on the way takes it."""

    group: str
    """Which work."""
    fault: Fault


@dataclass
class Progress(Message):
    """Rows were read or stored, or another program is in the way."""

    rows: int
    waits_for: str = ""
    """Who is in the way; '' for nobody."""

    def can_replace(self, message: Message) -> bool:
        """Let the newest stand for those before it."""
        return isinstance(message, Progress)


def telling(node: DOMNode, work: Work, what: str) -> Work:
    """Let work that is `what`, to begin a sentence with, tell a node of its progress; return it."""
    work.what = what
    work.told = lambda: node.post_message(Progress(work.rows, work.waits_for))
    return work


def start(node: DOMNode, group: str, work: Callable[[Work], Answer], done: Callable[[Answer], Message]) -> Worker[None]:
    """Begin `work` in a thread; what is under way for `node` in the same group is cancelled.

    Args:
        node: who gets the messages, `done`'s or `Failed`. The thread touches no widget.
        group: names the work.
        work: opens its own connection, and asks its argument whether to stop.
        done: makes the message from the answer.

    An exception that is no fault ends the application as a crash.
    """

    def run() -> None:
        worker = get_current_worker()
        message: Message
        try:
            message = done(guarded(work, Work(unwanted=lambda: worker.is_cancelled)))
        except Fault as fault:
            message = Failed(group, fault)
        if not worker.is_cancelled:
            node.post_message(message)

    return node.run_worker(run, group=group, exclusive=True, thread=True)


def find(
    node: DOMNode,
    group: str,
    work: Callable[[Work], Answer],
    done: Callable[[Answer], object],
    failed: Callable[[Fault], object] | None = None,
) -> Worker[None]:
    """Begin `work` in a thread as `start` does, and hand its answer to `done` as soon as it is there.

    Args:
        node: whose work it is; when the node goes, nothing is handed over.
        group: names the work.
        work: opens its own connection, and asks its argument whether to stop.
        done: called on the event loop; a fault that it meets is treated as one of the work.
        failed: called instead where there was a fault; by default `Failed` is posted.
    """
    under_way = Work()

    async def run() -> None:
        try:
            answer = await asyncio.to_thread(guarded, work, under_way)
            if not is_leaving(node):
                done(answer)
        except Fault as fault:
            if is_leaving(node):
                return
            if failed is None:
                node.post_message(Failed(group, fault))
            else:
                failed(fault)
        except asyncio.CancelledError:
            under_way.stop()
            raise

    return node.run_worker(run, group=group, exclusive=True)  # called when it starts: it may never


def is_leaving(node: DOMNode) -> bool:
    """Return whether a node is being removed, or is gone: its children go before it, and are no longer there to fill.

    Textual cancels a node's workers only behind its children's end, and keeps to itself when a removal has begun.
    """
    return node._pruning or (not node.is_attached and node is not node.app) or not node.app.is_running


async def moment(worker: Worker[None]) -> None:
    """Wait until work is done, but no longer than a moment."""
    await asyncio.wait([asyncio.ensure_future(_end(worker))], timeout=MOMENT)


async def _end(worker: Worker[None]) -> None:
    with suppress(WorkerError):
        await worker.wait()


def guarded(work: Callable[[Work], Answer], under_way: Work) -> Answer:
    """Do work in the thread that calls.

    Raises:
        Fault: whatever a person can mend, what SQLite says of a failed read too.
    """
    with read_faults():
        return work(under_way)
