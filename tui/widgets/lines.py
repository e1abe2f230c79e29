"""A list of lines to choose from."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual.binding import BindingType
from textual.style import Style
from textual.widgets import OptionList

from tui.commands.bindings import bindings


class Lines(OptionList):
    """An option list with vim's keys. Its options are made by `tui.safe_text`, so nothing in them is markup."""

    DEFAULT_CSS = """
    Lines { border: none; padding: 0; height: auto; background: transparent; }
    Lines.-one-line-each { text-wrap: nowrap; text-overflow: ellipsis; }
    Lines:focus { border: none; background-tint: transparent 0%; }
    Lines > .option-list--option-highlighted { background: transparent; color: $foreground; text-style: none; }
    Lines.-keeps > .option-list--option-highlighted {
        background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; text-style: bold;
    }
    Lines:focus > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    Lines:ansi > .option-list--option-highlighted { background: ansi_default; color: ansi_default; text-style: none; }
    Lines.-keeps:ansi > .option-list--option-highlighted { text-style: bold; }
    Lines:focus:ansi > .option-list--option-highlighted, Lines.-keeps:focus:ansi > .option-list--option-highlighted {
        text-style: bold reverse;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("lines")

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """Return the style of a part, reversed where the stylesheet says so: Textual leaves that out."""
        style = super().get_visual_style(*component_classes, partial=partial)
        is_reversed = any(self.get_component_styles(name).text_style.reverse for name in component_classes)
        return style + Style(reverse=True) if is_reversed else style

    def action_page_up(self) -> None:
        """Go one screenful up; not where the lines are new and their places not known yet: Textual would fail."""
        with suppress(LookupError):
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Go one screenful down, likewise."""
        with suppress(LookupError):
            super().action_page_down()  # type: ignore[no-untyped-call]

    def on_focus(self) -> None:
        """Have a line under the cursor as soon as keys come here."""
        if self.highlighted is None and self.option_count:
            self.action_first()


class Links(Lines):
    """Lines that lead somewhere: Enter opens what is behind one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("links")
