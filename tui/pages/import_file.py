"""Import in four steps: choose a file, see what it is and means, see what will change, then have it taken in."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Button, Static

from core.errors import Cancelled
from core.history import Import
from core.home_insight import changes_request
from core.importing.day import proposed_day
from core.importing.import_options import ImportOptions
from core.importing.looking import ImportSource, Looked
from core.importing.questions import KEPT, LEFT_OUT, question, sheet_question
from core.importing.sheets import SheetToChoose
from tui.background import Failed, Progress
from tui.commands.bindings import bindings
from tui.pages import import_work
from tui.pages.import_choosing import ChoosingStep
from tui.pages.import_history import ask_undo, show_imports
from tui.pages.import_lines import ask
from tui.pages.import_steps import TITLES, Step, StepButtons, about
from tui.pages.import_understanding import UnderstandingList
from tui.pages.import_weighing import WeighingList
from tui.pages.page import Page
from tui.safe_text import plain_lines
from tui.widgets.file_chooser import FileChooser


class Said(Static, can_focus=True):
    """What the page has to say; it takes the focus while work is under way, so that keys work on."""


class ImportPage(Page):
    """Nothing is written before Import is pressed in the third step; what is decided on the way is never lost."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("import")
    name_in_menu = "import"
    is_wide = True

    def __init__(self) -> None:
        super().__init__()
        self._step: Step = "choose"
        self._source: ImportSource | None = None
        self._options = ImportOptions()
        """As the person wants them; those of what was looked at may be older while it is read again."""
        self._looked: Looked | None = None
        self._decided: dict[Path, ImportOptions] = {}
        """What was decided of each file in this session."""
        self._is_working = False
        self._goes_on = False
        """Whether to go on to the third step as soon as the file was read again."""

    def compose(self) -> ComposeResult:
        """Lay out the steps, one of which is shown, and the buttons."""
        yield Static(id="import-step", classes="title page-title")
        yield Said(id="import-said", markup=False)
        yield ChoosingStep()
        yield UnderstandingList()
        yield WeighingList()
        yield StepButtons()

    @property
    def unfinished(self) -> str:
        """Say that a file was looked at and is not stored."""
        if self._looked is None or self._looked.outlook is None or self._looked.outlook.report.compared is not None:
            return ""
        return f"{self._looked.source.name} was looked at, and nothing of it is stored yet."

    def on_mount(self) -> None:
        """Begin with the choice of a file."""
        self._go("choose")

    async def come_forward(self) -> None:
        """Go on where the person was."""
        self._choosing.look_again()
        if self._step == "choose":
            self._choosing.files.look_again()
        self._focus()

    # Steps

    @property
    def _choosing(self) -> ChoosingStep:
        return self.query_one(ChoosingStep)

    def _go(self, step: Step, said: str = "") -> None:
        """Show a step."""
        self._step = step
        self._choosing.display = step == "choose"
        self.query_one(UnderstandingList).display = step == "understand"
        self.query_one(WeighingList).display = step in ("weigh", "done")
        self.query_one("#import-step", Static).update(TITLES[step])
        self._say(said or about(step, self._looked, self.partner))
        self._show_buttons()

    def on_choosing_step_known(self) -> None:
        """Offer what may be done now."""
        self._show_buttons()

    def _show_buttons(self) -> None:
        lists, is_partner = self._choosing.lists or 0, self._choosing.is_partner
        self.query_one(StepButtons).show(self._step, self._looked, lists, is_partner=is_partner)
        self.refresh_bindings()

    def _focus(self) -> None:
        """Give the keys to what the step is about."""
        if self._is_working and self._looked is None:
            self.query_one("#import-said").focus()
        elif self._step == "choose":
            self._choosing.files.focus_first()
        elif self._step == "understand":
            self.query_one(UnderstandingList).focus()
        elif self._step == "weigh":
            self.query_one(WeighingList).focus()
        else:
            self.query_one("#changed" if (self._choosing.lists or 0) > 1 else "#accounts").focus()

    def _go_to(self, step: Step) -> None:
        """Show a step and give the keys to it."""
        self._go(step)
        self._focus()

    # Choosing

    def action_vendor(self) -> None:
        """Take the accounts in as the vendor lists them."""
        from tui.dialogues.vendor_accounts import VendorAccountsScreen

        self.app.push_screen(VendorAccountsScreen(), lambda _: self._choosing.look_again())

    def on_file_chooser_chosen(self, event: FileChooser.Chosen) -> None:
        """Look at the file that was chosen; what was decided of it before holds."""
        source, looked = ImportSource(event.path), self._looked
        if looked is not None and looked.source == source and looked.stamp == source.stamp and not self._is_working:
            self._go_to("understand")
            return
        self.look_at(source, self._decided.get(event.path) or ImportOptions(dated=proposed_day(event.path)))

    def look_at(self, source: ImportSource, options: ImportOptions) -> None:
        """Read a source, show how it is understood, or at once what will change where it is no file."""
        self._let_go()
        self._source, self._options, self._goes_on = source, options, source.listed is not None
        self._read()
        self._focus()

    def _read(self) -> None:
        if self._source is not None:
            self._is_working = True
            self._say(f"Reading {self._source.name} … ({self._esc} stops)")
            import_work.preview(self, self.partner.database, self._source, self._options)

    def on_seen(self, event: import_work.Seen) -> None:
        """Show how the source is understood, or what it would change."""
        if not self._is_working or event.asked is not self._options:  # stopped, or decided otherwise meanwhile
            import_work.let_go(self, event.looked)
            return
        self._is_working = False
        self._let_go()
        looked = self._looked = event.looked
        self._options = looked.options
        if looked.source.listed is None:
            self._decided[looked.source.file] = self._options
        self.query_one(UnderstandingList).show(looked)
        self.query_one(WeighingList).show(looked)
        is_comparison = looked.outlook is not None and looked.outlook.report.compared is not None
        goes_on = looked.outlook is not None and (self._goes_on or is_comparison or self._step == "weigh")
        self._goes_on = False
        self._go("weigh" if goes_on else "understand")
        if self.display and not self._is_asking():
            self._focus()

    def _is_asking(self) -> bool:
        return self.app.screen is not self.screen

    # Deciding

    def on_understanding_list_asked(self, event: UnderstandingList.Asked) -> None:
        """Ask what a line decides."""
        self._ask(event.id)

    def on_weighing_list_asked(self, event: WeighingList.Asked) -> None:
        """Ask what decides a problem."""
        self._ask(event.id)

    def on_understanding_list_ticked(self, event: UnderstandingList.Ticked) -> None:
        """Keep a heading as a field of one's own, or leave it out."""
        if self._looked is not None:
            taken = question(event.id, self._latest(self._looked)).take(KEPT if event.is_kept else LEFT_OUT)
            if isinstance(taken, ImportOptions):
                self._decide(taken)

    def _ask(self, id: str) -> None:
        if self._looked is not None:
            ask(self.screen, question(id, self._latest(self._looked)), self._decide)

    def _latest(self, looked: Looked) -> Looked:
        """Return what was looked at with what was decided since: it may be read again just now."""
        return replace(looked, options=self._options) if self._is_working else looked

    def _decide(self, options: ImportOptions) -> None:
        """Read again with what was decided."""
        if options != self._options:
            self._options = options
            self._read()

    def action_keep(self) -> None:
        """Keep the heading under the cursor as a field of one's own, or let it go."""
        self.query_one(UnderstandingList).tick()

    # Storing

    def action_apply(self) -> None:
        """Go on to what will change; there, store it."""
        looked = self._looked
        if looked is None or self._step not in ("understand", "weigh"):
            return
        if self._step == "weigh":
            self._store(looked)
        elif self._is_working:
            self._goes_on = True
        elif looked.outlook is not None:
            self._go_to("weigh")

    def _store(self, looked: Looked) -> None:
        refusal = self.query_one(WeighingList).refusal()
        if self._is_working or looked.outlook is None or looked.outlook.report.compared is not None:
            return
        if refusal:
            self.partner.toast(refusal, is_fault=True)
            return
        self._begin(f"Importing {looked.source.name} … ({self._esc} stops; nothing is stored then)")
        import_work.store(self, self.partner.database, looked)

    def on_imported(self, event: import_work.Imported) -> None:
        """Tell what was done, and the next step."""
        self._is_working = False
        looked, report = self._looked, event.report
        self._choosing.lists = event.lists
        if looked is not None:
            self._decided.pop(looked.source.file, None)
            self.query_one(WeighingList).show(looked, is_done=True)
        self._let_go()
        self._go("done", f"✓ {report.summary()}")
        self.partner.accounts_changed()
        if self.display:
            self._focus()
        else:
            self.partner.toast(f"Imported. {report.summary()}")

    def action_history(self) -> None:
        """Show what was imported."""
        show_imports(self)

    def action_undo(self) -> None:
        """Ask, then take the last import back."""
        import_work.find_last(self, self.partner.database)

    def on_last_found(self, event: import_work.LastFound) -> None:
        """Ask whether it is to be taken back."""
        ask_undo(self, event.last, self._undo)

    def _undo(self, last: Import) -> None:
        self._begin("Taking the last import back …")
        import_work.undo(self, self.partner.database, last.id)

    def on_undone(self, event: import_work.Undone) -> None:
        """Tell what was done."""
        self._is_working = False
        self._let_go()
        self._choosing.files.look_again()
        self._go("choose", f"✓ The import of {event.file} was taken back.")
        self.partner.accounts_changed()
        self._choosing.look_again()
        self._focus()

    # Under way

    @property
    def _esc(self) -> str:
        """The key that stops."""
        return self.partner.key_of("import.leave")

    def _begin(self, words: str) -> None:
        """Say what is being written, and take the focus, so that keys work on."""
        self._is_working = True
        self._say(words)
        self.query_one("#import-said").focus()

    def on_progress(self, event: Progress) -> None:
        """Say how far it is."""
        if self._is_working and event.waits_for:
            self._say(f"Waiting: {event.waits_for} is writing … ({self._esc} ends the wait)")
        elif self._is_working and self._source is not None:
            self._say(f"{self._source.name}: {event.rows:,} rows … ({self._esc} stops)")

    def on_failed(self, event: Failed) -> None:
        """Say what is wrong, here where it can be mended; what was decided last is taken back where it was that."""
        event.stop()
        self._is_working = self._goes_on = False
        words = f"! {self.partner.fault_words(event.fault)}"
        if self._looked is not None:
            self._options = self._looked.options
            self._go(self._step, words)
            if not self._is_asking():
                self._focus()
            return
        self._go("choose", words)
        if isinstance(event.fault, SheetToChoose):
            ask(self.screen, sheet_question(event.fault.sheets, self._options), self._decide)
        elif isinstance(event.fault, Cancelled):
            self._focus()
        else:
            self._choosing.files.focus_again()

    async def action_leave(self) -> None:
        """Stop what is under way; else go back one step, from the first one to the menu."""
        looked = self._looked
        if self._is_working:
            self.workers.cancel_group(self, import_work.WORK)
            self.post_message(Failed(import_work.WORK, Cancelled("The import")))
        elif self._step == "choose":
            self.call_next(self.partner.back)
        elif self._step == "weigh" and looked is not None and looked.source.listed is None and looked.outlook:
            is_comparison = looked.outlook.report.compared is not None
            self._back_to_choice() if is_comparison else self._go_to("understand")
        else:
            self._back_to_choice()

    def _back_to_choice(self) -> None:
        self._choosing.files.look_again()
        self._choosing.look_again()
        self._go_to("choose")

    # What is shown

    def _say(self, text: str) -> None:
        self.query_one("#import-said", Static).update(plain_lines(text))

    def _let_go(self) -> None:
        """Forget what was looked at."""
        looked, self._looked = self._looked, None
        if looked is not None:
            import_work.let_go(self, looked)

    def on_unmount(self) -> None:
        """Let go of the database."""
        if self._looked is not None:
            with suppress(RuntimeError):
                asyncio.get_running_loop().run_in_executor(None, self._looked.close)

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        match event.button.id:
            case "forward" | "apply":
                self.action_apply()
            case "changed":
                self.partner.show_report(changes_request(self.partner.as_of))
            case "accounts":
                await self.partner.open("accounts")
            case "vendor":
                self.action_vendor()
            case "undo":
                self.action_undo()
            case _:
                await self.action_leave()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer what the step has."""
        match action:
            case "apply":
                outlook = self._looked.outlook if self._looked else None
                is_list = outlook is not None and outlook.report.compared is None
                return self._step in ("understand", "weigh") and is_list
            case "undo":
                return self.is_mounted and self._choosing.lists != 0
            case "vendor":
                return self.is_mounted and self._step == "choose" and self._choosing.is_partner
            case "keep":
                return self._step == "understand"
        return True
