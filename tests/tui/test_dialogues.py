"""What every dialogue keeps to, whatever it asks."""

from __future__ import annotations

from core.database import Database
from tests.tui.application import opened
from tui.dialogues.help import HelpScreen
from tui.dialogues.question import QuestionScreen
from tui.main_screen import MainScreen


async def test_an_answer_below_another_dialogue_closes_its_own_and_is_given_once(database: Database) -> None:
    answers: list[str | None] = []
    async with opened(database) as session:
        question = QuestionScreen("Sure?", "Really", {"keep": "Keep", "undo": "Undo"})
        session.app.push_screen(question, answers.append)
        await session.settle()
        await session.press("f1")
        assert isinstance(session.app.screen, HelpScreen)
        question.dismiss("undo")  # as work does that has come to its end
        await session.settle()
        assert isinstance(session.app.screen, HelpScreen)
        await session.press("escape")
        assert isinstance(session.app.screen, MainScreen)
        assert answers == ["undo"]


async def test_a_dialogue_that_is_left_twice_closes_itself_alone(database: Database) -> None:
    answers: list[str | None] = []
    async with opened(database) as session:
        below = QuestionScreen("Below?", "Really", {"keep": "Keep"})
        above = QuestionScreen("Above?", "Really", {"keep": "Keep"})
        session.app.push_screen(below)
        session.app.push_screen(above, answers.append)
        await session.settle()
        above.action_leave()
        above.action_leave()
        await session.settle()
        assert session.app.screen is below
        assert answers == [None]


async def test_one_key_does_what_is_asked_about_and_enter_the_careful_thing(database: Database) -> None:
    answers: list[str | None] = []
    async with opened(database) as session:
        for key, answer in (("ctrl+g", "undo"), ("enter", "keep")):
            question = QuestionScreen("Undo?", "Really", {"keep": "Keep", "undo": "Undo"}, "undo")
            session.app.push_screen(question, answers.append)
            await session.settle()
            await session.press(key)
            assert answers[-1] == answer
        session.app.push_screen(QuestionScreen("Which?", "These", {"one": "One", "two": "Two"}), answers.append)
        await session.settle()
        await session.press("ctrl+g")
        assert answers[-1] == "one"
