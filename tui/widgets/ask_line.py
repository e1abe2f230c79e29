"""A line at the foot of a page that asks for a filter, a search text, a row or a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static

from core.conditions.completion import Completion
from core.conditions.grammar import ConditionFault
from core.errors import Fault, WrongUse
from tui.commands.bindings import bindings
from tui.partner import partner_of
from tui.widgets.field import Field

MAX_LENGTH = 20_000
PLACE_SIGN = "▲"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for."""

    topic: str
    """Names the question in the answer."""
    prompt: str
    text: str = ""
    """What stands there at first."""
    hint: str = ""
    """What stands there while the line is empty."""
    check: Callable[[str], object] = str
    """Raises a Fault for a text that will not do."""
    complete: Callable[[str], Completion] | None = None
    """Says what a text that is being typed may become."""


class CompletingField(Field):
    """A line whose text Tab completes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("completing")
    at_once = {**Field.at_once, "tab": "complete"}

    complete: Callable[[str], Completion] | None = None
    """Says what a text that is being typed may become."""

    def completion(self) -> Completion:
        """Return what the text may become."""
        return Completion(len(self.value)) if self.complete is None else self.complete(self.value)

    def action_complete(self) -> None:
        """Take the first word that what was begun may become."""
        self.value = self.completion().taken(self.value)
        self.action_end()


class AskLine(Vertical):
    """Hidden until it asks; Enter answers, Escape leaves, Tab completes. What is typed is checked as it is typed."""

    DEFAULT_CSS = """
    AskLine { height: auto; display: none; margin-top: 1; }
    AskLine.-asking { display: block; }
    AskLine > .row { height: 1; layout: horizontal; }
    AskLine Label { width: auto; padding-right: 1; text-style: bold; }
    AskLine Input { width: 1fr; }
    AskLine .help { height: 1; text-wrap: nowrap; text-overflow: ellipsis; color: $text-muted; }
    AskLine .fault { height: auto; max-height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("ask")

    @dataclass
    class Answered(Message):
        """Enter was pressed on a text that passed its check."""

        topic: str
        text: str

    @dataclass
    class Left(Message):
        """The line went away, answered or not."""

    def __init__(self) -> None:
        super().__init__()
        self._question = Question("", "")

    def compose(self) -> ComposeResult:
        """Lay out prompt, field, help and message."""
        with Vertical(classes="row"):
            yield Label(markup=False)
            yield CompletingField(max_length=MAX_LENGTH)
        yield Static(classes="help", markup=False)
        yield Static(classes="fault", markup=False)

    def ask(self, question: Question) -> None:
        """Ask for a text."""
        self._question = question
        self.query_one(Label).update(question.prompt)
        field = self.query_one(CompletingField)
        field.complete = question.complete
        field.placeholder = question.hint
        field.value = question.text
        self.add_class("-asking")
        self.screen.set_focus(field)  # at once: what is typed right behind the key that asks is meant for here
        field.action_end()
        self._look(question.text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what is typed."""
        event.stop()
        self._look(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, if the text will do."""
        event.stop()
        fault = self._fault(event.value)
        if fault is not None:
            self._complain(event.value, fault)
            return
        self.action_leave()
        self.post_message(self.Answered(self._question.topic, event.value.strip()))

    def action_leave(self) -> None:
        """Go away."""
        self.remove_class("-asking")
        self.post_message(self.Left())

    def _look(self, text: str) -> None:
        """Offer how the text may go on; else show what is wrong with it."""
        fault, completion = self._fault(text), self.query_one(CompletingField).completion()
        is_unfinished = isinstance(fault, ConditionFault) and fault.at >= len(text.rstrip())
        if fault is not None and not completion.words and not is_unfinished:
            self._complain(text, fault)
            return
        self.query_one(".fault", Static).update("")
        first, *others = completion.words or ("",)
        key = partner_of(self).key_of("completing.complete")
        offered = Content.assemble((f"{key} ", "bold"), (first, "bold"), f"  {'  '.join(others)}") if first else ""
        self.query_one(".help", Static).update(offered)

    def _complain(self, text: str, fault: Fault) -> None:
        """Show what is wrong with a text, and where."""
        place = ""
        if isinstance(fault, ConditionFault):
            field = self.query_one(Input)
            before = field.content_region.x - self.content_region.x - int(field.scroll_x)
            place = " " * (before + cell_len(text[: fault.at])) + PLACE_SIGN
            fault = WrongUse(f"{fault.what[0].upper()}{fault.what[1:]}.", *fault.hints)  # the sign shows the place
        self.query_one(".help", Static).update(place)
        self.query_one(".fault", Static).update(partner_of(self).fault_lines(fault))

    def _fault(self, text: str) -> Fault | None:
        """Return what is wrong with a text; nothing is wrong with an empty one."""
        try:
            if text.strip():
                self._question.check(text)
        except Fault as fault:
            return fault
        return None
