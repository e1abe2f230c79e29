"""Work beside the screen: its answer is handed to whoever asked, and to nobody who is going."""

from __future__ import annotations

import threading

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Static
from textual.worker import Worker

from core.work import Work
from tui.background import find, is_leaving


class Last(Static):
    """Goes before the one that it stands in; meanwhile the answer comes."""

    def __init__(self) -> None:
        super().__init__("last")
        self.release = threading.Event()
        self.worker: Worker[None] | None = None

    async def on_unmount(self) -> None:
        self.release.set()
        if self.worker is not None:
            await self.worker.wait()


class Asking(App[None]):
    """Asks for something in the name of a part of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Last()

    def ask(self) -> Last:
        last = self.query_one(Last)

        def answer(work: Work) -> str:
            last.release.wait()
            return "the answer"

        last.worker = find(self.query_one(Vertical), "asked", answer, self.told.append)
        return last


async def test_an_answer_is_handed_over() -> None:
    app = Asking()
    async with app.run_test() as pilot:
        last = app.ask()
        last.release.set()
        assert last.worker is not None
        await last.worker.wait()
        await pilot.pause()
        assert app.told == ["the answer"]


async def test_nothing_is_handed_to_what_is_being_removed() -> None:
    app = Asking()
    async with app.run_test():
        app.ask()
        box = app.query_one(Vertical)
        assert not is_leaving(box)
        await box.remove()
        assert is_leaving(box)
    assert app.told == []


async def test_nothing_is_handed_over_once_the_program_ends() -> None:
    app = Asking()
    async with app.run_test():
        app.ask()
    assert app.told == []
