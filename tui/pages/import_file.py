"""Import: choose a file, see how it is understood, correct that, then take it in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, OptionList, Static

from core.errors import Cancelled
from core.history import Import, ImportWords, import_words, imports
from core.import_words import import_line, is_of_another, person_words, said_lines, undo_question
from core.importing.day import proposed_day
from core.importing.import_options import ImportOptions
from core.importing.importer import PendingImport
from core.importing.report import ImportReport, say_account, say_row
from core.importing.sheets import SeveralSheets
from core.mappings import Choices
from core.text.vocabulary import count_of
from tui import vendor_work
from tui.background import Failed, find
from tui.commands.bindings import bindings
from tui.pages import import_work
from tui.pages.import_matching import MatchingList, sample_table
from tui.pages.import_reading import ReadingList, ask_sheet
from tui.pages.page import Page
from tui.partner import Partner
from tui.safe_text import plain, plain_lines
from tui.widgets.file_chooser import FileChooser

INTRODUCTION = (
    "Choose a list of accounts: what the portal exports (CSV, XLS, HTML) or your own."
    " You see first what would be stored."
)
SHOWN_PROBLEMS = 200


class Said(Static, can_focus=True):
    """What the page has to say; it takes the focus while work is under way, so that keys work on."""


class ImportPage(Page):
    """Nothing is written before Import is pressed; every change of the matching reads the file again."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("import")
    name_in_menu = "import"

    def __init__(self) -> None:
        super().__init__()
        self._file: Path | None = None
        self._options = ImportOptions()
        self._pending: PendingImport | None = None
        self._is_working = False

    def compose(self) -> ComposeResult:
        """Lay out chooser, preview and buttons."""
        yield Static("Import", classes="title page-title")
        yield Static(INTRODUCTION, id="import-about", classes="dim page-title", markup=False)
        yield FileChooser(Path.cwd())
        yield Said(id="import-said", markup=False)
        with VerticalScroll(id="preview", can_focus=False):
            with Vertical(id="problems-box"):
                yield Static("To know before you import", classes="heading")
                yield Static(id="problems")
            change = f"{self.partner.key_of('lines.select')} changes one"
            yield Static(f"How the headings are understood · {change}", classes="heading")
            yield MatchingList()
            yield Static(f"How the file is read · {change}", classes="heading")
            yield ReadingList()
            yield Static("First rows", classes="heading")
            yield Static(id="sample")
        with Horizontal(classes="buttons"):
            yield Button("Import", id="apply", variant="primary", compact=True)
            yield Button("See the accounts", id="done", variant="primary", compact=True)
            yield Button("Undo the last import", id="undo", compact=True)
            yield Button("From the vendor", id="vendor", compact=True)

    @property
    def unfinished(self) -> str:
        """Say that a file was looked at and is not stored."""
        if self._pending is None or self._file is None:
            return ""
        return f"{self._file.name} was looked at, and nothing of it is stored yet."

    def on_mount(self) -> None:
        """Begin without a preview, and without the vendor until it is known that there are credentials."""
        self.query_one("#vendor").display = False
        self._forget()

    async def come_forward(self) -> None:
        """Go on where the person was: with what was read or done, else with the path."""
        find(self, "vendor", vendor_work.is_partner, self._offer_vendor)
        going_on = [button for button in self.query("#apply, #done") if button.display]
        if going_on:
            going_on[0].focus()
        else:
            self.query_one(FileChooser).focus_field()

    def _offer_vendor(self, is_partner: bool) -> None:
        self.query_one("#vendor").display = is_partner
        self.refresh_bindings()

    def action_vendor(self) -> None:
        """Take the accounts in as the vendor lists them."""
        from tui.dialogues.vendor_accounts import VendorAccountsScreen

        self.app.push_screen(VendorAccountsScreen())

    # Looking

    def on_file_chooser_chosen(self, event: FileChooser.Chosen) -> None:
        """Read the file that was chosen."""
        self._file, self._options = event.path, ImportOptions(dated=proposed_day(event.path))
        self._read()

    def _read(self) -> None:
        if self._file is not None:
            self._begin(f"Reading {self._file.name} … ({self._esc} stops)")
            import_work.preview(self, self.partner.database, self._file, self._options)

    def on_previewed(self, event: import_work.Previewed) -> None:
        """Show how the file is understood."""
        self._forget()
        self._pending = event.pending
        self._say(f"{event.report.summary()} Nothing is stored yet.")
        self._show_preview(True)
        self.query_one(MatchingList).show(event.pending)
        self.query_one(ReadingList).show(event.pending, event.mappings, event.report)
        problems = _problems(event.report, self.partner)
        self.query_one("#problems-box").display = bool(problems)
        self.query_one("#problems", Static).update(plain_lines("\n".join(problems)))
        self.query_one("#sample", Static).update(sample_table(event.pending))
        apply = self.query_one("#apply", Button)
        apply.label = plain(f"Import {count_of(event.report.read - len(event.report.rejected), 'row')}")
        apply.display = True
        apply.focus()
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask what a column is, or how the file is to be read, and read it again."""
        event.stop()
        if self._pending is None:
            return
        if isinstance(event.option_list, MatchingList):
            event.option_list.ask(event.option_index, self._options.choices, self._understand)
        elif isinstance(event.option_list, ReadingList):
            event.option_list.ask(event.option.id or "", self._options, self._read_as)

    def _understand(self, choices: Choices) -> None:
        self._read_as(replace(self._options, choices=choices))

    def _read_as(self, options: ImportOptions) -> None:
        self._options = options
        self._read()

    # Storing

    def action_apply(self) -> None:
        """Store the rows."""
        if self._pending is None or self._file is None:
            return
        self._begin(f"Importing {self._file.name} … ({self._esc} stops; nothing is stored then)")
        import_work.store(self, self.partner.database, self._file, self._options)

    def on_imported(self, event: import_work.Imported) -> None:
        """Tell what was done."""
        self._forget()
        self._say("\n".join([f"✓ {event.report.summary()}", "", *_problems(event.report, self.partner)]))
        self.partner.accounts_changed()
        if not self.display:  # else it stands here
            self.partner.toast(f"Imported. {event.report.summary()}")
        done = self.query_one("#done")
        done.display = True
        done.focus()

    def action_history(self) -> None:
        """Show what was imported; one that is chosen with what was said of it."""
        path = self.partner.database.path
        find(self, "imports", lambda _: imports(path), self._show_imports, self.partner.show_fault)

    def _show_imports(self, found: list[Import]) -> None:
        from tui.dialogues.message import MessageScreen
        from tui.dialogues.pick import PickScreen

        path = self.partner.database.path

        def picked(key: str | None) -> None:
            one = next((one for one in found if str(one.id) == key), None)
            if one is not None:
                find(self, "imports", lambda _: import_words(path, one.id), lambda words: shown(one, words))

        def shown(one: Import, words: ImportWords) -> None:
            lines = [import_line(one), "", *(said_lines(words) or ["Nothing more was said of it."])]
            self.app.push_screen(MessageScreen(one.file, "\n".join(lines)))

        if found:
            lines = {str(one.id): import_line(one) for one in found}
            self.app.push_screen(PickScreen("What was imported, the newest first", lines), picked)
        else:
            self.partner.toast("Nothing was imported yet.")

    def action_undo(self) -> None:
        """Ask, then take the last import back."""
        import_work.find_last(self, self.partner.database)

    def on_last_found(self, event: import_work.LastFound) -> None:
        """Ask whether it is to be taken back."""
        from tui.dialogues.question import QuestionScreen

        last = event.last
        if last is None:
            self.partner.toast("There is no import to take back.")
            return

        def answered(answer: str | None) -> None:
            if answer == "undo":
                self._begin("Taking the last import back …")
                import_work.undo(self, self.partner.database, last.id)

        person = f"{person_words(last)} imported this, not you. " if is_of_another(last) else ""
        text = person + undo_question(last)
        self.app.push_screen(
            QuestionScreen("Undo the last import?", text, {"leave": "Keep it", "undo": "Undo"}), answered
        )

    def on_undone(self, event: import_work.Undone) -> None:
        """Tell what was done."""
        self._forget()
        self._say(f"✓ The import of {event.file} was taken back.")
        self.partner.accounts_changed()
        self.query_one("#undo").focus()

    # Under way

    @property
    def _esc(self) -> str:
        """The key that stops."""
        return self.partner.key_of("import.leave")

    def on_progress(self, event: import_work.Progress) -> None:
        """Say how far it is."""
        if self._is_working and event.waits_for:
            self._say(f"Waiting: {event.waits_for} is writing … ({self._esc} ends the wait)")
        elif self._is_working and self._file is not None:
            self._say(f"{self._file.name}: {event.rows:,} rows … ({self._esc} stops)")

    def on_failed(self, event: Failed) -> None:
        """Say what is wrong with the file, here where it can be mended."""
        event.stop()
        self._forget()
        self._say(f"! {self.partner.fault_words(event.fault)}")
        if isinstance(event.fault, SeveralSheets):
            ask_sheet(self.screen, list(event.fault.sheets), self._options, self._read_as)
        elif not isinstance(event.fault, Cancelled):
            self.query_one(FileChooser).focus_field()

    def action_leave(self) -> None:
        """Stop what is under way; else go to the menu."""
        if self._is_working:
            self.workers.cancel_group(self, import_work.WORK)
            self._forget()
            self._say("Stopped: nothing was changed.")
        else:
            self.call_next(self.partner.back)

    def _begin(self, words: str) -> None:
        self.query_one(Said).focus()
        self._forget()
        self._is_working = True
        self._say(words)

    def _forget(self) -> None:
        """Let go of what was read."""
        self._is_working = False
        if self._pending is not None:
            import_work.let_go(self, self._pending)
            self._pending = None
        self._show_preview(False)
        self.query_one("#apply").display = self.query_one("#done").display = False
        self.refresh_bindings()

    def _show_preview(self, is_shown: bool) -> None:
        self.query_one("#preview").display = is_shown
        self.set_class(is_shown, "-previewing")

    def _say(self, text: str) -> None:
        self.query_one(Said).update(plain_lines(text))

    def on_unmount(self) -> None:
        """Let go of the database."""
        if self._pending is not None:
            asyncio.get_running_loop().run_in_executor(None, self._pending.close)

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "apply":
            self.action_apply()
        elif event.button.id == "done":
            await self.partner.open("home")
        elif event.button.id == "vendor":
            self.action_vendor()
        else:
            self.action_undo()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer to import only what was looked at, and from the vendor only who has credentials there."""
        if action == "vendor":
            return self.is_mounted and self.query_one("#vendor").display
        return self._pending is not None if action == "apply" else True


def _problems(report: ImportReport, partner: Partner) -> list[str]:
    """Return everything that a person should know of a file, in words."""
    lines = [note.said(partner.hint_words) for note in report.notes]
    if report.unmatched_headings:
        lines.append(f"Left out, for no field has such a heading: {', '.join(report.unmatched_headings)}")
    lines += [f"Not known under {heading}: {', '.join(words)}" for heading, words in report.unknown_words.items()]
    lines += [f"Gone: {say_account(gone)}" for gone in report.gone_accounts[:SHOWN_PROBLEMS]]
    if report.gone > SHOWN_PROBLEMS:
        lines.append(f"… and {report.gone - SHOWN_PROBLEMS:,} more that are gone")
    lines += [f"Rejected: {say_row(row)}" for row in report.rejected[:SHOWN_PROBLEMS]]
    if len(report.rejected) > SHOWN_PROBLEMS:
        lines.append(f"… and {len(report.rejected) - SHOWN_PROBLEMS:,} more rejected rows")
    return lines
