"""How a file's headings are understood, and what a person makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual.content import Content
from textual.widgets.option_list import Option

from core.importing.importer import PendingImport
from core.mappings import Choices
from core.reports.catalogue import MY_ACCOUNTS
from core.text.vocabulary import RELATIONSHIP_WORDS, STATUS_WORDS
from tui.partner import partner_of
from tui.safe_text import plain, shown_value
from tui.widgets.lines import Lines

FIELD_TITLES = {column.key: column.title for column in MY_ACCOUNTS.columns}
LEFT_OUT = "left out"
HEADING_WIDTH = 24
SETTABLE = {
    "relationship": {"managed": RELATIONSHIP_WORDS["managed"], "referred": RELATIONSHIP_WORDS["referred"]},
    "status": STATUS_WORDS,
}
"""Fields that a file may leave out because it is about one kind of account: they can be set for all rows."""
SAMPLE_ROWS, CELL_WIDTH = 5, 18


class MatchingList(Lines):
    """One line for each heading of the file, and for each field that could be set for all of its rows."""

    def __init__(self) -> None:
        super().__init__(id="matching")
        self._headings: list[str] = []
        self._settable: list[str] = []

    def show(self, pending: PendingImport) -> None:
        """Show how a file is understood."""
        matches = pending.matching.matches
        by_index = {match.index: match.field.title for match in matches if match.index is not None}
        values = {match.field.key: match.value for match in matches if match.index is None}
        taken = {match.field.key for match in matches if match.index is not None}
        named = [(place, heading) for place, heading in enumerate(pending.headings) if heading]
        self._headings = [heading for _, heading in named]
        self._settable = [key for key in SETTABLE if key not in taken]
        self.clear_options()
        self.add_options(Option(_line(heading, by_index.get(place, ""), "→")) for place, heading in named)
        enter = partner_of(self).key_of("lines.select")
        for key in self._settable:
            word = SETTABLE[key].get(values.get(key, ""), "")
            said = f"{word} for all rows" if word else f"not in the file; {enter} sets it for all rows"
            self.add_option(Option(Content.assemble(f"  {FIELD_TITLES[key]}: ", (said, "" if word else "dim"))))

    def ask(self, place: int, choices: Choices, done: Callable[[Choices], None]) -> None:
        """Ask what a line should be, and hand over the new choices."""
        if place < len(self._headings):
            self._ask_heading(self._headings[place], choices, done)
        else:
            self._ask_value(self._settable[place - len(self._headings)], choices, done)

    def _ask_heading(self, heading: str, choices: Choices, done: Callable[[Choices], None]) -> None:
        from tui.dialogues.pick import PickScreen

        def picked(key: str | None) -> None:
            if key is not None:
                done(replace(choices, headings=choices.headings | {heading: "" if key == LEFT_OUT else key}))

        self.app.push_screen(PickScreen(f"What is “{heading}”?", {LEFT_OUT: "Leave it out", **FIELD_TITLES}), picked)

    def _ask_value(self, key: str, choices: Choices, done: Callable[[Choices], None]) -> None:
        from tui.dialogues.pick import PickScreen

        def picked(value: str | None) -> None:
            if value is None:
                return
            given = {name: kept for name, kept in choices.given.items() if name != key}
            done(replace(choices, given=given if value == LEFT_OUT else given | {key: value}))

        answers = {LEFT_OUT: "Leave it as it is", **SETTABLE[key]}
        self.app.push_screen(PickScreen(f"{FIELD_TITLES[key]} of all rows", answers), picked)


def sample_table(pending: PendingImport) -> Content:
    """Return the first rows as they are understood, in columns."""
    titles = [FIELD_TITLES.get(key, key) for key in pending.keys]
    lines = [_cells(titles, "bold")]
    lines += [_cells([shown_value(value) for value in row], "") for row in pending.sample[:SAMPLE_ROWS]]
    return Content("\n").join(lines)


def _cells(values: list[str], style: str) -> Content:
    cells = [plain(value, style).truncate(CELL_WIDTH, ellipsis=True, pad=True) for value in values]
    return Content("  ").join(cells)


def _line(heading: str, field: str, sign: str) -> Content:
    name = plain(heading).truncate(HEADING_WIDTH, ellipsis=True, pad=True)
    if not field:
        return Content.assemble("  ", name, "  ", (f"– {LEFT_OUT}", "dim"))
    return Content.assemble("  ", name, f"  {sign} ", (field, "bold"))
