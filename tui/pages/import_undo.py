"""Taking the last import back from the Import page: what it was is said, and asked about."""

from __future__ import annotations

from collections.abc import Callable

from textual.dom import DOMNode

from core.history import Import
from core.import_words import is_of_another, person_words, undo_question
from tui.partner import partner_of


def ask_undo(node: DOMNode, last: Import | None, undo: Callable[[Import], object]) -> None:
    """Ask whether the last import is to be taken back, and if so, call `undo` with it."""
    from tui.dialogues.question import QuestionScreen

    if last is None:
        partner_of(node).toast("There is no import to take back.")
        return

    def answered(answer: str | None) -> None:
        if answer == "undo":
            undo(last)

    person = f"{person_words(last)} imported this, not you. " if is_of_another(last) else ""
    question = QuestionScreen(
        "Undo the last import?", person + undo_question(last), {"leave": "Keep it", "undo": "Undo"}
    )
    node.app.push_screen(question, answered)
