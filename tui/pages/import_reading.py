"""How a file is read: its sheet, its dates, a saved mapping; and what a person makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import cast

from textual.content import Content
from textual.screen import Screen
from textual.widgets.option_list import Option

from core.clock import parse_day
from core.importing.dates import DateOrder
from core.importing.import_options import ImportOptions, Scope
from core.importing.importer import PendingImport
from core.importing.report import ImportReport
from core.mappings import checked_name, delete_mapping
from core.work import Work
from tui.partner import partner_of
from tui.safe_text import plain
from tui.widgets.lines import Lines

Done = Callable[[ImportOptions], None]
"""Told the options as the person changed them."""

AS_IT_IS = "as it is"
_NONE, _DELETE = "none", "delete"
DATE_ORDERS: dict[str, str] = {"mdy": "month, day, year", "dmy": "day, month, year", "ymd": "year, month, day"}
BLANKS = {False: "leave what is known", True: "erase what is known"}
COMPLETE = {
    _NONE: "no: accounts that it lacks stay",
    "all": "every account",
    "managed": "every managed account",
    "referred": "every referred account",
}
"""What a file may be complete for: accounts of that type that it lacks are gone."""
LABEL_WIDTH = 16


class ReadingList(Lines):
    """One line for each thing that the file itself does not tell for certain."""

    def __init__(self) -> None:
        super().__init__(id="reading")
        self._names: list[str] = []
        self._sheets: list[str] = []

    def show(self, pending: PendingImport, names: list[str], report: ImportReport) -> None:
        """Show how a file is read and what it would do; `names` are those of the saved mappings."""
        options = pending.options
        self._sheets = list(pending.sheets)
        self._names = names
        self.clear_options()
        self._add("day", "Tells of", pending.dated.isoformat(), "say the day on which the list was true")
        self._add("complete", "Complete for", COMPLETE[options.complete or _NONE], "say whether it names every account")
        if report.looks_like_half:
            words = f"{report.gone:,} of {report.in_scope:,} accounts: "
            words += "they have left" if options.accept_gone else "it looks like half a file"
            self._add("gone", "Many gone", words, "change that")
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
            case "day":
                self._ask_day(options, done)
            case "complete":
                _pick(
                    self.screen,
                    "Does the file name every account?",
                    COMPLETE,
                    lambda key: done(replace(options, complete=None if key == _NONE else cast(Scope, key))),
                )
            case "gone":
                done(replace(options, accept_gone=not options.accept_gone))
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
        def picked(key: str) -> None:
            if key == _DELETE:
                _pick(self.screen, "Delete which mapping?", saved, lambda key: self._delete(saved[key], options, done))
            else:
                done(replace(options, use_map=saved.get(key)))

        saved = {str(place): name for place, name in enumerate(self._names)}
        if saved:
            _pick(self.screen, "Use which mapping?", {_NONE: "None", **saved, _DELETE: "Delete one …"}, picked)

    def _delete(self, name: str, options: ImportOptions, done: Done) -> None:
        partner = partner_of(self)

        def work(under_way: Work) -> None:
            with partner.database.writing(under_way) as path:
                delete_mapping(path, name)

        kept = None if options.use_map == name else options.use_map
        partner.jobs.carry_out(f"Deleting “{name}”", work, lambda _: done(replace(options, use_map=kept)))

    def _ask_name(self, options: ImportOptions, done: Done) -> None:
        from tui.dialogues.ask_text import AskTextScreen

        def named(name: str | None) -> None:
            if name is not None:
                done(replace(options, save_map=name or None))

        self.app.push_screen(
            AskTextScreen(
                "Keep the mapping once the file is imported",
                "Name",
                text=options.save_map or "",
                hint="none: it is not kept",
                check=lambda name: name.strip() and checked_name(name),
            ),
            named,
        )

    def _ask_day(self, options: ImportOptions, done: Done) -> None:
        from tui.dialogues.ask_text import AskTextScreen

        def answered(text: str | None) -> None:
            if text is not None:
                done(replace(options, dated=parse_day(text) if text else None))

        self.app.push_screen(
            AskTextScreen(
                "On which day was the list true?",
                "Day",
                text=options.dated.isoformat() if isinstance(options.dated, date) else "",
                hint="YYYY-MM-DD; none: today",
                check=lambda text: text.strip() and parse_day(text.strip()),
            ),
            answered,
        )

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
    from tui.dialogues.pick import PickScreen

    def answered(key: str | None) -> None:
        if key is not None:
            picked(key)

    screen.app.push_screen(PickScreen(question, answers), answered)
