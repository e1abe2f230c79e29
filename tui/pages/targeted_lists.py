"""Targeted lists: whom to write to, how many they are, and when they were last exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import OptionList, Static

from core.clock import local
from core.conditions.example import example
from core.conditions.grammar import parse
from core.database import check_accounts
from core.errors import WrongUse
from core.lists.counts import Counted, counted
from core.lists.exports import ListExport, last_exports
from core.lists.lists import all_lists, copy_list, delete_list, edit_list, new_list, rename_list, undelete_list
from core.lists.members import ListReport
from core.lists.names import checked_name
from core.lists.target_list import TargetList
from core.people import by_words, is_another
from core.query.list_filters import parse_size
from core.query.request import Request, ask
from core.reports.all_accounts import ALL_ACCOUNTS
from core.reports.own_columns import bound_to
from core.reports.report import Report
from core.text.date_style import in_style, shown_day
from core.text.vocabulary import count_of
from core.work import Work
from exporters.contact_files.contact_files import Uploaded
from tui.background import find, moment, start
from tui.commands.bindings import bindings
from tui.dialogues.ask_text import AskTextScreen
from tui.dialogues.delivery import DeliveryScreen
from tui.pages.page import Page
from tui.partner import Partner
from tui.widgets.line_table import Heading, Line, LineTable
from tui.widgets.lines import Links

INTRODUCTION = (
    "Pick the customers, then write to them: {targets.open} looks at a list, {targets.upload} uploads it,"
    " {targets.export} writes its file."
)
CONDITION_HINT = "status = Open and last_login_on < today-90"

HEADINGS = (
    Heading("List", most=32),
    Heading("Accounts", is_number=True),
    Heading("Last export", most=12),
    Heading("Contacts", is_number=True),
    Heading("Whom it holds", most=200),
)

Making = Callable[[Path, str], TargetList]
"""Makes a list under a name in a database."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list as it stands now."""

    counted: Counted
    exported: ListExport | None


class TargetedListsPage(Page):
    """The built-in lists, then the person's own, with live counts."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("targets")
    name_in_menu = "targets"

    @dataclass
    class Gathered(Message):
        """The lists were counted."""

        lines: list[ListLine]

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[ListLine] = []
        self._wanted = ""
        """The key of the list to be chosen when the lists are counted."""

    def compose(self) -> ComposeResult:
        """Lay out the lists."""
        yield Static("Targeted lists", classes="title page-title")
        yield Static(self.partner.keymap.said(INTRODUCTION), classes="page-title", markup=False)
        yield LineTable(HEADINGS, lines_id="target-lists")

    async def come_forward(self) -> None:
        """Count again, and let the arrows choose."""
        self._options.focus()
        self._count()

    @property
    def _options(self) -> Links:
        return self.query_one("#target-lists", Links)

    def _count(self) -> None:
        chosen = self._chosen()
        self._wanted = self._wanted or (chosen.key if chosen else "")
        database, as_of = self.partner.database, self.partner.as_of

        def work(under_way: Work) -> list[ListLine]:
            with database.reading(under_way) as connection:
                check_accounts(connection)
                exports = last_exports(connection)
                lines = counted(connection, all_lists(connection), as_of)
                return [ListLine(line, exports.get(line.target.key)) for line in lines]

        start(self, "lists", work, self.Gathered)

    def on_targeted_lists_page_gathered(self, event: Gathered) -> None:
        """Show the lists; the chosen one stays chosen."""
        self._lines = event.lines
        keys = [line.counted.target.key for line in self._lines]
        place = keys.index(self._wanted) if self._wanted in keys else _exported_last(self._lines)
        self.query_one(LineTable).show([_line(line, self.partner) for line in self._lines], place)

    def _chosen(self) -> TargetList | None:
        place = self._options.highlighted
        return self._lines[place].counted.target if place is not None and place < len(self._lines) else None

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer what changes a list only for a person's own."""
        chosen = self._chosen()
        if action in ("rename", "delete", "edit"):
            return chosen is not None and not chosen.is_built_in
        return chosen is not None if action in ("open", "export", "upload", "copy") else True

    def on_option_list_option_highlighted(self) -> None:
        """Let the footer follow."""
        self._wanted = ""
        self.refresh_bindings()

    # Looking and exporting

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show the accounts of the list."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Show the accounts of the list."""
        self._with_size(lambda target: self.partner.show_report(ask(ListReport(target), self.partner.as_of)))

    def action_export(self) -> None:
        """Write the contacts for upload."""
        from tui.dialogues.upload import UploadScreen

        self._with_size(lambda target: self.app.push_screen(UploadScreen(target), self._exported))

    def _exported(self, uploaded: Uploaded | None) -> None:
        """Tell where the files are, and count again."""
        self._count()
        if uploaded is not None:
            others = [f"and {path.name}" for path in uploaded.paths[1:]]
            said = [*others, *uploaded.statement.lines(self.partner.hint_words), *uploaded.notes]
            self.app.push_screen(DeliveryScreen(uploaded.paths[0], said))

    def action_upload(self) -> None:
        """Send the contacts to the person's account at the vendor."""
        from tui.dialogues.vendor_upload import VendorUploadScreen

        if day := self.partner.database.known_on:
            back = self.partner.key_of("main.known_on")
            self.partner.toast(f"These are the accounts as known on {day}. {back} leads back to now, for an upload.")
            return
        self._with_size(lambda target: self.app.push_screen(VendorUploadScreen(target), lambda _: self._count()))

    def _with_size(self, go_on: Callable[[TargetList], object]) -> None:
        """Go on with the chosen list, for the size asked if it needs one."""
        target = self._chosen()
        if target is None:
            return
        if not target.needs_size:
            go_on(target)
            return

        def answered(size: str | None) -> None:
            if size:
                self.partner.call_next(go_on, target.sized(parse_size(size)))

        screen = AskTextScreen(target.name, "List size", hint="500-2500, 500-, -2500 or 500", check=parse_size)
        self.app.push_screen(screen, answered)

    # Making and changing

    async def action_new(self) -> None:
        """Make a list from a filter over all accounts."""

        def name(request: Request) -> None:
            self._ask_name("New list", "", "Making", lambda path, name: new_list(path, name, request))

        await self._ask_filter("New list", "", name)

    async def action_edit(self) -> None:
        """Let the list hold what another filter holds."""
        target = self._chosen()
        if target is None:
            return
        where = target.given.get("where", [])
        text = " and ".join(f"({part})" for part in where) if len(where) > 1 else "".join(where)

        def edit(request: Request) -> None:
            self._change(f"Editing “{target.name}”", lambda path: edit_list(path, target.name, request))

        await self._ask_filter(f"Edit {target.name}", text, edit)

    def action_copy(self) -> None:
        """Copy the list under a new name."""

        def copy(target: TargetList) -> None:
            self._ask_name("Copy", f"{target.name} copy", "Making", lambda path, name: copy_list(path, target, name))

        self._with_size(copy)

    def action_rename(self) -> None:
        """Give the list another name."""
        target = self._chosen()
        if target is not None:
            old = target.name
            self._ask_name("Rename", old, "Renaming to", lambda path, name: rename_list(path, old, name))

    def action_delete(self) -> None:
        """Take the list away; `u` brings it back."""
        target = self._chosen()
        if target is not None:
            name, undo = target.name, self.partner.key_of("targets.undelete")
            self._change(
                f"Deleting “{name}”", lambda path: delete_list(path, name), f"is deleted; {undo} brings it back"
            )

    def action_undelete(self) -> None:
        """Bring back the list that was deleted last."""
        self._change("Bringing the list back", undelete_list)

    async def _ask_filter(self, title: str, text: str, go_on: Callable[[Request], object]) -> None:
        """Ask for a condition on all accounts, on fields of the partner's own too."""
        database, as_of = self.partner.database, self.partner.as_of

        def ask_it(report: Report) -> None:
            def check(condition: str) -> object:
                if not condition.strip():
                    raise WrongUse("There is no condition yet.", f"Write one, such as {example(report.columns)}.")
                return parse(condition, report.columns, as_of)

            def answered(condition: str | None) -> None:
                if condition:
                    self.partner.call_next(go_on, ask(report, as_of, where=[condition]))

            screen = AskTextScreen(title, "Accounts where", text=text, hint=CONDITION_HINT, check=check)
            self.app.push_screen(screen, answered)

        await moment(find(self, "columns", lambda _: bound_to(ALL_ACCOUNTS, database), ask_it))

    def _ask_name(self, title: str, text: str, doing: str, do: Making) -> None:
        def answered(name: str | None) -> None:
            if name:
                self._change(f"{doing} “{name}”", lambda path: do(path, name))

        self.app.push_screen(AskTextScreen(title, "Name", text=text, check=checked_name), answered)

    def _change(self, what: str, do: Callable[[Path], TargetList], said: str = "") -> None:
        """Change a list, and count again with it chosen; `said` is said of it where it cannot be seen."""
        database = self.partner.database

        def work(under_way: Work) -> TargetList:
            with database.writing(under_way) as path:
                return do(path)

        def done(target: TargetList) -> None:
            if said:
                self.partner.toast(f"“{target.name}” {said}.")
            self._wanted = target.key
            self._count()

        self.partner.jobs.carry_out(what, work, done)


def _exported_last(lines: Sequence[ListLine]) -> int:
    """Return the place of the list that was exported last, which is likely to be wanted again; else the first."""
    exported = [(line.exported.exported_at, place) for place, line in enumerate(lines) if line.exported]
    return max(exported)[1] if exported else 0


def _line(line: ListLine, partner: Partner) -> Line:
    """Return a list's name and count, when it was last exported and to how many, and whom it holds."""
    target = line.counted.target
    if line.counted.fault:
        fault = partner.fault_words(line.counted.fault)
        return Line((target.name, "!", "", "", fault), f"! {fault}")
    count = "any size" if line.counted.count is None else f"{line.counted.count:,}"
    about = target.help or in_style(line.counted.sentence)
    if not line.exported:
        return Line((target.name, count, "", "", about), f"{about}.")
    exported = line.exported
    day = shown_day(f"{local(exported.exported_at):%Y-%m-%d}")
    by = f" by {by_words(exported.by or '', exported.sudo_by)}" if is_another(exported.by, exported.sudo_by) else ""
    there = f" to “{exported.vendor_list}”" if exported.vendor_list else ""
    last = f"{'uploaded' if there else 'exported'} {day}{by}{there}: {count_of(exported.contacts, 'contact')}"
    return Line((target.name, count, day, f"{exported.contacts:,}", about), f"{about} · {last}")
