"""Upload: the contacts of a list go to a list at the vendor, looked at before they are sent and counted there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Button, Input, Label, Static

from core.errors import Fault
from core.lists.target_list import TargetList
from core.text.vocabulary import count_of
from core.work import Work
from tui import vendor_work
from tui.background import Failed, start
from tui.commands.bindings import bindings
from tui.dialogues.login import LoginScreen
from tui.dialogues.modal import Modal
from tui.safe_text import plain, plain_lines
from tui.vendor_work import Looked
from tui.widgets.checkbox import Checkbox
from tui.widgets.field import Field
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from exporters.vendor_upload import Result, Wanted

WORK = "vendor upload"
Step = Literal["looking", "looked", "stale", "sending", "failed", "done"]


class VendorUploadScreen(Modal[bool]):
    """Says what would go where and who is left out, sends it, and counts what arrived. Answers whether it sent."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("vendor_upload")

    @dataclass
    class LookedAt(Message):
        """What would be sent is known."""

        looked: Looked

    @dataclass
    class Sent(Message):
        """All of it has arrived."""

        result: Result

    @dataclass
    class Told(Message):
        """The work has come to its next step, or looked at more accounts, or another program is in the way."""

        words: str

        def can_replace(self, message: Message) -> bool:
            """Let the newest stand for those before it."""
            return isinstance(message, type(self))

    def __init__(self, target: TargetList) -> None:
        """Upload the contacts of `target`, which has its size if it needs one."""
        super().__init__()
        self._target = target
        self._step: Step = "looking"
        self._looked: Looked | None = None
        self._under_way: Work | None = None
        """The sending, to be stopped: what was sent by then is said."""
        self._has_sent = False
        self._wanted: Wanted | None = None
        """What was looked at."""
        self._needs_login = False
        self._greeting = ""
        """Whose account it is, where one has just logged in here."""

    def compose(self) -> ComposeResult:
        """Lay out the fields, the place for what is said, and the button."""
        with Vertical(classes="box") as box:
            box.border_title = "Upload to Constant Contact"
            yield Static(plain_lines(self._target.name), classes="about")
            with Horizontal(classes="field"):
                yield Label("To the list")
                yield Field(self._target.name, id="vendor-list")
            with Horizontal(classes="field"):
                yield Label("Only")
                yield Checkbox("who is new since the last export", id="new")
            with VerticalScroll(classes="message"):
                yield Static(id="statement", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Upload", variant="primary", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Look at the contacts, and ask the vendor where they would go."""
        self.query_one("#vendor-list").focus()
        self._look()

    # Looking

    def _look(self) -> None:
        from exporters.vendor_upload import Wanted

        database, name = self.partner.database, self.query_one("#vendor-list", Input).value.strip()
        self._wanted = wanted = Wanted(self._target, self.partner.as_of, name, self.query_one("#new", Checkbox).value)
        self._looked = None
        self._go_to("looking")
        self._say("Looking at the contacts …")

        def work(under_way: Work) -> Looked:
            self._tell_of(under_way)
            return vendor_work.look_at_upload(database, wanted, under_way, self._told)

        start(self, WORK, work, self.LookedAt)

    def on_vendor_upload_screen_looked_at(self, event: LookedAt) -> None:
        """Say what would go where, and offer to send it."""
        self._looked = event.looked
        lines = [*filter(None, [self._greeting]), *event.looked.lines(self.partner.hint_words)]
        if event.looked.to is None or not event.looked.statement.contacts:
            lines.insert(0, "There is nobody to upload: nothing is sent.")
            self._go_to("done")
        else:
            self._go_to("looked")
        self._say("\n".join(lines))

    def on_checkbox_changed(self) -> None:
        """Look again."""
        self._look()

    def on_input_changed(self) -> None:
        """What was looked at is no longer what is asked for: look again before anything is sent."""
        name = self.query_one("#vendor-list", Input).value.strip()
        if self._step in ("looking", "looked", "failed") and self._wanted and name != self._wanted.vendor_list:
            self.workers.cancel_group(self, WORK)
            self._looked, self._needs_login = None, False
            self._go_to("stale")
            self._say(f"{self.partner.key_of('field.submit')} looks for this list.")

    # Doing

    def on_input_submitted(self) -> None:
        """Go on."""
        self.action_go_on()

    def on_checkbox_submitted(self) -> None:
        """Go on."""
        self.action_go_on()

    def on_button_pressed(self) -> None:
        """Go on."""
        self.action_go_on()

    def action_go_on(self) -> None:
        """Do what the button says: send what was looked at, look again, log in, or close."""
        if self._step == "looked" and self._looked is not None:
            self._send(self._looked)
        elif self._step == "failed" and self._needs_login:
            self.app.push_screen(LoginScreen(), self._logged_in)
        elif self._step in ("failed", "stale"):
            self._look()
        elif self._step == "done":
            self.dismiss(self._has_sent)

    def _logged_in(self, words: str | None) -> None:
        if words:
            self._greeting = words
            self._look()

    def _send(self, looked: Looked) -> None:
        database, wanted = self.partner.database, self._wanted
        assert wanted is not None  # noqa: S101 - it was looked at
        self._go_to("sending")
        self._say("Asking the vendor once more …")

        def work(under_way: Work) -> Result:
            self._under_way = under_way
            self._tell_of(under_way)
            return vendor_work.upload(database, wanted, looked, under_way, self._told)

        start(self, WORK, work, self.Sent)

    def on_vendor_upload_screen_sent(self, event: Sent) -> None:
        """Say what arrived."""
        self._has_sent = True
        self._go_to("done")
        self._say("\n".join(["✓ Uploaded.", *event.result.lines()]))

    # Under way

    def _tell_of(self, work: Work) -> None:
        """Have the work say how far it is."""
        work.what = "The upload"

        def told() -> None:
            if work.waits_for:
                self._told(f"Waiting: {work.waits_for} is writing")
            else:
                self._told(f"{count_of(work.rows, 'account')} looked at")

        work.told = told

    def _told(self, words: str) -> None:
        """Show how far the work is; called by its thread."""
        self.post_message(self.Told(words))

    def on_vendor_upload_screen_told(self, event: Told) -> None:
        """Say how far the work is."""
        if self._step in ("looking", "sending"):
            esc = self.partner.key_of("modal.leave")
            self._say(f"{event.words[:1].upper()}{event.words[1:]} … ({esc} stops)")

    def on_failed(self, event: Failed) -> None:
        """Say what went wrong, what had arrived by then, and how to go on."""
        event.stop()
        fault, result = event.fault, vendor_work.result_of(event.fault)
        self._needs_login = vendor_work.needs_login(fault)
        self._has_sent = self._has_sent or bool(result and result.sent)
        self._go_to("failed")
        self._say("\n".join([*(result.lines() if result and result.sent else []), self._words_of(fault)]))

    def _words_of(self, fault: Fault) -> str:
        return f"! {self.partner.fault_words(fault)}"

    def action_leave(self) -> None:
        """Stop what is under way: what was sent is kept in mind and never sent again. Else close."""
        if self._step == "sending":
            if self._under_way is not None:
                self._under_way.stop()
            self._say("Stopping …")
        else:
            self.dismiss(self._has_sent)

    def _go_to(self, step: Step) -> None:
        """Let the button say what it does at this step."""
        self._step = step
        count = self._looked.statement.contacts if self._looked else 0
        again = "Log in" if self._needs_login else "Look again"
        labels = {"looked": f"Upload {count_of(count, 'contact')}", "stale": "Look", "failed": again, "done": "Close"}
        button = self.query_one(Button)
        button.label = plain(labels.get(step, "Upload"))
        button.disabled = step in ("looking", "sending")
        for field in ("#vendor-list", "#new"):
            self.query_one(field).disabled = step in ("sending", "done")
        if step in ("failed", "done") or (step == "looked" and not isinstance(self.focused, Input | Checkbox)):
            button.focus()

    def _say(self, text: str) -> None:
        self.query_one("#statement", Static).update(plain_lines(text))
