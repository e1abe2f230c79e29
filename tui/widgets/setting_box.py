"""One setting on the Settings page: its name, what it is set to, and what it means or what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Label, Static

from core.errors import Fault
from core.settings.setting_list import Setting
from tui.partner import partner_of
from tui.safe_text import plain_lines
from tui.widgets.choice import Choice
from tui.widgets.field import Field

DEFAULT = "default"


class SettingBox(Vertical):
    """A field to type in, checked as one types and saved by Enter or by leaving it; or a choice of words."""

    DEFAULT_CSS = """
    SettingBox { height: auto; margin-bottom: 1; }
    SettingBox > Label { text-style: bold; }
    SettingBox > Field, SettingBox > Choice { margin-left: 2; }
    SettingBox > Static { margin-left: 2; height: auto; }
    """

    HELP = "A setting. What is typed is checked at once; {field.submit} saves it, and so does leaving the field."

    @dataclass
    class Saved(Message):
        """The person gave a setting another value; '' stands for its default."""

        key: str
        value: str

    def __init__(self, setting: Setting, value: str, words: Sequence[str] = (), *, is_column: bool = False) -> None:
        """Show `setting`.

        Args:
            setting: which.
            value: what it is set to.
            words: what it can be set to; none for any text.
            is_column: whether the words stand one below the other.
        """
        super().__init__(id=f"setting-{setting.key}")
        self.setting = setting
        self._saved = value
        self._words = [DEFAULT, *words]
        if words and value and value not in words:
            self._words.append(value)
        self._is_choice = bool(words)
        self._is_column = is_column

    def compose(self) -> ComposeResult:
        """Lay out name, value and meaning."""
        yield Label(self.setting.title, markup=False)
        if self._is_choice:
            yield Choice(self._words, self._words.index(self._saved or DEFAULT), is_column=self._is_column)
        else:
            yield Field(self._saved, DEFAULT)
        yield Static(classes="dim", id="note")

    def on_mount(self) -> None:
        """Tell what the setting means."""
        self._say(self._help)

    @property
    def _help(self) -> str:
        """What it means; where it is typed, with an example, which the field itself may have no room for."""
        return self.setting.help if self._is_choice else f"{self.setting.help} Such as {self.setting.example}"

    def show(self, value: str) -> None:
        """Show what the setting is set to, where it was changed elsewhere."""
        if value == self._saved:
            return
        self._saved = value
        if self._is_choice:
            choice = self.query_one(Choice)
            choice.chosen = self._words.index(value or DEFAULT) if (value or DEFAULT) in self._words else 0
        else:
            self.query_one(Field).value = value

    def _say(self, text: str, *, is_fault: bool = False) -> None:
        note = self.query_one("#note", Static)
        note.set_classes("fault" if is_fault else "dim")
        note.update(plain_lines(f"! {text}" if is_fault else text))

    def _checked(self, value: str, then: Callable[[str], object]) -> None:
        """Say what is wrong with a value, or go on with it."""
        try:
            if value:
                self.setting.check(value)
        except Fault as fault:
            self._say(partner_of(self).fault_words(fault), is_fault=True)
        else:
            then(value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what is typed."""
        event.stop()
        value = event.value.strip()
        hint = f"{partner_of(self).key_of('field.submit')} saves it."
        self._checked(value, lambda _: self._say(self._help if value == self._saved else hint))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save, and go on to the next setting."""
        event.stop()
        self._checked(event.value.strip(), self._save_and_go_on)

    def _save_and_go_on(self, value: str) -> None:
        self._save(value)
        self.screen.focus_next()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Save what was typed and fits."""
        if isinstance(event.widget, Field):
            self._checked(event.widget.value.strip(), self._save)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Save what was chosen."""
        event.stop()
        word = self._words[event.choice.chosen]
        self._save("" if word == DEFAULT else word)

    def on_choice_submitted(self, event: Choice.Submitted) -> None:
        """Go on to the next setting."""
        event.stop()
        self.screen.focus_next()

    def _save(self, value: str) -> None:
        if value != self._saved:
            self._saved = value
            self._say(f"✓ Saved. {self._help}")
            self.post_message(self.Saved(self.setting.key, value))
