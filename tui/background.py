"""Long work beside the screen: in a thread, cancelled when it is no longer wanted, with one path for faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import Worker, get_current_worker

from core.database import read_faults
from core.errors import Fault

Answer = TypeVar("Answer")
Unwanted = Callable[[], bool]
"""Asked by long work now and then: whether to stop."""


@dataclass
class Failed(Message):
    """Work met a fault. It rises to the application, which shows it, unless a widget on the way takes it."""

    group: str
    """Which work."""
    fault: Fault


def start(
    node: DOMNode, group: str, work: Callable[[Unwanted], Answer], done: Callable[[Answer], Message]
) -> Worker[None]:
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
            with read_faults():
                message = done(work(lambda: worker.is_cancelled))
        except Fault as fault:
            message = Failed(group, fault)
        if not worker.is_cancelled:
            node.post_message(message)

    return node.run_worker(run, group=group, exclusive=True, thread=True)
