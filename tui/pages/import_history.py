"""The imports there were: looked at one by one, and the last one taken back."""

from __future__ import annotations

from collections.abc import Callable

from textual.dom import DOMNode

from core.history import Import, ImportWords, import_words, imports
from core.import_words import import_line, is_of_another, person_words, said_lines, undo_question
from tui.background import find
from tui.partner import partner_of


def show_imports(node: DOMNode) -> None:
    """Show what was imported; one that is chosen with what was said of it."""
    partner = partner_of(node)
    path = partner.database.path
    find(node, "imports", lambda _: imports(path), lambda found: _choose(node, found), partner.show_fault)


def _choose(node: DOMNode, found: list[Import]) -> None:
    from tui.dialogues.message import MessageScreen
    from tui.dialogues.pick import PickScreen

    path = partner_of(node).database.path

    def shown(one: Import, words: ImportWords) -> None:
        lines = [import_line(one), "", *(said_lines(words) or ["Nothing more was said of it."])]
        node.app.push_screen(MessageScreen(one.file, "\n".join(lines)))

    def picked(key: str | None) -> None:
        one = next((one for one in found if str(one.id) == key), None)
        if one is not None:
            find(node, "imports", lambda _: import_words(path, one.id), lambda words: shown(one, words))

    if found:
        lines = {str(one.id): import_line(one) for one in found}
        node.app.push_screen(PickScreen("What was imported, the newest first", lines), picked)
    else:
        partner_of(node).toast("Nothing was imported yet.")


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
        "Undo the last import?", person + undo_question(last), {"leave": "Keep it", "undo": "Undo"}, "undo"
    )
    node.app.push_screen(question, answered)
