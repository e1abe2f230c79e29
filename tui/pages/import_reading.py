"""How a file is read: its sheet, its dates, a saved mapping; and what a person makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from textual.content import Content
from textual.screen import Screen
from textual.widgets.option_list import Option

from core.importing.dates import DateOrder
from core.importing.importer import ImportOptions, PendingImport
from core.mappings import mapping_names
from tui.plain import plain
from tui.widgets.lines import Lines

Done = Callable[[ImportOptions], None]
"""Told the options as the person changed them."""

AS_IT_IS = "as it is"
DATE_ORDERS: dict[str, str] = {"mdy": "month, day, year", "dmy": "day, month, year", "ymd": "year, month, day"}
BLANKS = {False: "leave what is known", True: "erase what is known"}
LABEL_WIDTH = 16


class ReadingList(Lines):
    """One line for each thing that the file itself does not tell for certain."""

    def __init__(self) -> None:
        super().__init__(id="reading")
        self._names: list[str] = []
        self._sheets: list[str] = []

    def show(self, pending: PendingImport, database: Path) -> None:
        """Show how a file is read."""
        options = pending.options
        self._sheets = list(pending.sheets)
        self._names = mapping_names(database)
        self.clear_options()
        self._add("mapping", "Saved mapping", options.use_map or "none", "use one" if self._names else "none is saved")
        self._add("keep", "Keep mapping as", options.save_map or "not kept", "give it a name for the next file")
        order = options.choices.date_order
        self._add("dates", "Dates", DATE_ORDERS[order] if order else "as the file shows", "say their order")
        self._add("blanks", "Blank cells", BLANKS[options.erase_blanks], "change that")
        if len(self._sheets) > 1:
            self._add("sheet", "Sheet", pending.sheet or "", "read another")

    def _add(self, id: str, label: str, value: str, hint: str) -> None:
        words = Content.assemble(f"  {label.ljust(LABEL_WIDTH)}", plain(value, "bold"), (f"   {hint}", "dim"))
        self.add_option(Option(words, id=id))

    def ask(self, line: str, options: ImportOptions, done: Done) -> None:
        """Ask about a line, and hand over the options with the answer."""
        match line:
            case "mapping":
                self._ask_mapping(options, done)
            case "keep":
                self._ask_name(options, done)
            case "dates":
                self._ask_dates(options, done)
            case "blanks":
                done(replace(options, erase_blanks=not options.erase_blanks))
            case "sheet":
                ask_sheet(self.screen, self._sheets, options, done)

    def _ask_mapping(self, options: ImportOptions, done: Done) -> None:
        if self._names:
            answers = {"": "None", **{name: name for name in self._names}}
            _pick(self.screen, "Use which mapping?", answers, lambda name: done(replace(options, use_map=name or None)))

    def _ask_name(self, options: ImportOptions, done: Done) -> None:
        from tui.screens.name import NameScreen

        def named(name: str | None) -> None:
            if name is not None:
                done(replace(options, save_map=name or None))

        question = "Under which name is this mapping kept, once the file is imported?"
        self.app.push_screen(NameScreen(question, options.save_map or ""), named)

    def _ask_dates(self, options: ImportOptions, done: Done) -> None:
        def picked(key: str) -> None:
            order = cast(DateOrder, key) if key in DATE_ORDERS else None
            done(replace(options, choices=replace(options.choices, date_order=order)))

        _pick(self.screen, "How is 03/04/2026 to be read?", {AS_IT_IS: "As the file shows", **DATE_ORDERS}, picked)


def ask_sheet(screen: Screen[object], sheets: list[str], options: ImportOptions, done: Done) -> None:
    """Ask which sheet is to be read. A mapping of another sheet's headings does no harm: it finds none."""
    numbered = {str(place): name for place, name in enumerate(sheets)}
    _pick(screen, "Which sheet?", numbered, lambda place: done(replace(options, sheet=numbered[place])))


def _pick(screen: Screen[object], question: str, answers: dict[str, str], picked: Callable[[str], None]) -> None:
    from tui.screens.pick import PickScreen

    def answered(key: str | None) -> None:
        if key is not None:
            picked(key)

    screen.app.push_screen(PickScreen(question, answers), answered)
