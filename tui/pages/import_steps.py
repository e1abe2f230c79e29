"""The steps of the Import page: how each is called, what it has to say of itself, and which buttons it has."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button

from core.importing.looking import Looked
from core.importing.weighing import problems
from core.text.vocabulary import count_of
from tui.partner import Partner
from tui.safe_text import plain

Step = Literal["choose", "understand", "weigh", "done"]

TITLES: dict[Step, str] = {
    "choose": "Import · 1 of 4 · Choose a file",
    "understand": "Import · 2 of 4 · What the file is and means",
    "weigh": "Import · 3 of 4 · What will change",
    "done": "Import · 4 of 4 · Done",
}
_CHOOSE = (
    "Choose a list of accounts: what the portal exports (CSV, XLS, HTML) or your own. The newest stand first. You see"
    " what would be stored before it is."
)


def about(step: Step, looked: Looked | None, partner: Partner) -> str:
    """Return what a step has to say of itself, and of what was looked at."""
    if step == "choose" or looked is None:
        return _CHOOSE
    if looked.outlook is None or looked.pending is None:
        return f"! {partner.fault_words(looked.fault)}" if looked.fault else ""
    report, do_it = looked.outlook.report, partner.key_of("import.apply")
    if step == "understand":
        enter = partner.key_of("lines.select")
        rows = count_of(report.read, "row")
        read_as = looked.pending.table.read_as
        return f"{report.file}: {read_as}; {rows}. {enter} changes a line, {do_it} shows what will change."
    if report.compared is not None:
        return report.lines(partner.hint_words)[0]
    return f"{report.summary()} Nothing is stored yet: {do_it} stores it."


class StepButtons(Horizontal):
    """The buttons of the step that is shown."""

    def __init__(self) -> None:
        super().__init__(classes="buttons")

    def compose(self) -> ComposeResult:
        """Lay out the buttons of all steps."""
        yield Button("See what will change", id="forward", variant="primary", compact=True)
        yield Button("Import", id="apply", variant="primary", compact=True)
        yield Button("See what changed", id="changed", variant="primary", compact=True)
        yield Button("Accounts", id="accounts", compact=True)
        yield Button("From the vendor", id="vendor", compact=True)
        yield Button("Undo", id="undo", compact=True)
        yield Button("Back", id="back", compact=True)

    def show(self, step: Step, looked: Looked | None, lists: int, *, is_partner: bool) -> None:
        """Show the buttons of a step.

        Args:
            step: which one.
            looked: what was looked at.
            lists: how many imports there are that were not taken back.
            is_partner: whether there are credentials to ask the vendor with.
        """
        is_done = step == "done"
        shown = {
            "forward": step == "understand" and looked is not None and looked.outlook is not None,
            "apply": step == "weigh" and self._show_apply(looked),
            "changed": is_done and lists > 1,
            "accounts": is_done,
            "vendor": step == "choose" and is_partner,
            "undo": is_done or (step == "choose" and lists > 0),
            "back": step != "choose",
        }
        for button, is_shown in shown.items():
            self.query_one(f"#{button}").display = is_shown
        self._label("#undo", "Undo" if is_done else "Undo the last import")
        self._label("#back", "Another file" if is_done else "Back")

    def _label(self, button: str, words: str) -> None:
        """Say what a button does, in as many cells as that takes."""
        self.query_one(button, Button).label = plain(words)
        self.query_one(button).refresh(layout=True)

    def _show_apply(self, looked: Looked | None) -> bool:
        """Say how many rows would go in, in the colour of danger where they end or erase; whether they may at all."""
        if looked is None or looked.outlook is None:
            return False
        report, found = looked.outlook.report, problems(looked)
        apply = self.query_one("#apply", Button)
        self._label("#apply", f"Import {count_of(report.read - len(report.rejected), 'row')}")
        apply.variant = "error" if any(problem.is_danger for problem in found) else "primary"
        return report.compared is None and not any(problem.refuses for problem in found)
