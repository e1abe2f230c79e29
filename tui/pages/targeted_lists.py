"""Targeted lists: whom to write to, how many they are, and when they were last exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.clock import local
from core.conditions.grammar import parse
from core.database import check_accounts
from core.lists.counts import Counted, counted
from core.lists.exports import ListExport, last_exports
from core.lists.lists import all_lists, copy_list, delete_list, edit_list, new_list, rename_list, undelete_list
from core.lists.members import ListReport
from core.lists.names import checked_name
from core.lists.target_list import TargetList
from core.people import by_words, is_another
from core.query.list_filters import parse_size
from core.query.request import ask
from core.reports.all_accounts import ALL_ACCOUNTS
from core.text.vocabulary import count_of
from core.work import Work
from exporters.contact_files.contact_files import Uploaded
from tui.background import start
from tui.commands.bindings import bindings
from tui.dialogues.ask_text import AskTextScreen
from tui.dialogues.delivery import DeliveryScreen
from tui.pages.page import Page
from tui.partner import Partner
from tui.safe_text import plain
from tui.widgets.lines import Links

INTRODUCTION = (
    "Pick the customers, then write to them: {targets.open} looks at a list, {targets.upload} uploads it,"
    " {targets.export} writes its file."
)
CONDITION_HINT = "status = Open and last_login_on < today-90"

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
        yield Links(id="target-lists", classes="-keeps -one-line-each")

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
        self._options.clear_options()
        self._options.add_options(Option(_words(line, self.partner)) for line in self._lines)
        keys = [line.counted.target.key for line in self._lines]
        self._options.highlighted = keys.index(self._wanted) if self._wanted in keys else 0

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

    def action_new(self) -> None:
        """Make a list from a filter over all accounts."""
        self._ask_condition("New list", "", lambda text: self._ask_name("New list", "", "Making", self._make(text)))

    def _make(self, condition: str) -> Making:
        request = ask(ALL_ACCOUNTS, self.partner.as_of, where=[condition])
        return lambda path, name: new_list(path, name, request)

    def action_edit(self) -> None:
        """Let the list hold what another filter holds."""
        target = self._chosen()
        if target is None:
            return
        where = target.given.get("where", [])
        text = " and ".join(f"({part})" for part in where) if len(where) > 1 else "".join(where)

        def edit(condition: str) -> None:
            request = ask(ALL_ACCOUNTS, self.partner.as_of, where=[condition])
            self._change(f"Editing “{target.name}”", lambda path: edit_list(path, target.name, request))

        self._ask_condition(f"Edit {target.name}", text, edit)

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

    def _ask_condition(self, title: str, text: str, go_on: Callable[[str], object]) -> None:
        def check(condition: str) -> object:
            return parse(condition, ALL_ACCOUNTS.columns, self.partner.as_of)

        def answered(condition: str | None) -> None:
            if condition:
                self.partner.call_next(go_on, condition)

        screen = AskTextScreen(title, "Accounts where", text=text, hint=CONDITION_HINT, check=check)
        self.app.push_screen(screen, answered)

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


def _words(line: ListLine, partner: Partner) -> Content:
    """Return two lines on a list: name and count, then whom it holds and when it was last exported."""
    target = line.counted.target
    if line.counted.fault:
        fault = partner.fault_words(line.counted.fault)
        return Content.assemble(plain(target.name, "bold"), "  ! ", plain(fault), "\n")
    count = "asks for a size" if line.counted.count is None else count_of(line.counted.count, "account")
    about = target.help or line.counted.sentence
    last = ""
    if line.exported:
        when = f"{local(line.exported.exported_at):%Y-%m-%d}"
        who = line.exported.by or ""
        is_told = is_another(line.exported.by, line.exported.sudo_by)
        by = f" by {by_words(who, line.exported.sudo_by)}" if is_told else ""
        there = f" to “{line.exported.vendor_list}”" if line.exported.vendor_list else ""
        what = "uploaded" if there else "exported"
        last = f"{what} {when}{by}{there}: {count_of(line.exported.contacts, 'contact')} · "
    return Content.assemble(plain(target.name, "bold"), f" · {count}", "\n", plain(f"{last}{about}", "dim"))
