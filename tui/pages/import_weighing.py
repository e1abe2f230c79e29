"""The third step of an import: what will change, problems first, then by field, with the option that decides each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import OptionList

from core.importing import weighing
from core.importing.looking import Looked
from core.importing.report import say_account
from core.importing.weighing import AccountsLine, FieldLine, Problem
from tui.pages.import_lines import GAP, ListedLine, StepLines, cell
from tui.partner import partner_of
from tui.safe_text import plain

_FIELD, _COUNT = 22, 8
_ROOM = 70
"""Cells from which on what is filled and what is erased have columns of their own."""


@dataclass(frozen=True, slots=True)
class _Behind:
    """What Enter on a line leads to."""

    decided_by: str = ""
    title: str = ""
    details: tuple[str, ...] = field(default_factory=tuple)


class WeighingList(StepLines):
    """Enter asks what decides a line, or shows the accounts, rows or values behind it."""

    @dataclass
    class Asked(Message):
        """A problem is to be decided."""

        id: str
        """Its question."""

    def __init__(self) -> None:
        super().__init__(id="weighing")
        self._looked: Looked | None = None
        self._behind: dict[str, _Behind] = {}
        self._is_done = False

    def show(self, looked: Looked, *, is_done: bool = False) -> None:
        """Show what taking something in would change, or has changed: then nothing is left to decide."""
        self._looked, self._is_done = looked, is_done
        self.draw()

    def refusal(self) -> str:
        """Return why all of it would be refused, and go to that line; '' where it would not."""
        for place, problem in enumerate(weighing.problems(self._looked) if self._looked else []):
            if problem.refuses:
                self.go_to_line(f"problem:{place}")
                return problem.said(partner_of(self).hint_words)
        return ""

    def drawn(self, size: Size) -> Sequence[ListedLine]:
        """Return the lines."""
        looked, self._behind = self._looked, {}
        if looked is None or looked.outlook is None:
            return []
        if looked.outlook.report.compared is not None:
            return self._compared(looked)
        problems, fields = weighing.problems(looked), weighing.field_lines(looked)
        lines = [line for at, one in enumerate(problems) for line in self._problem(f"problem:{at}", one, "! ")]
        lines += [
            self._accounts(f"accounts:{at}", one, size.width) for at, one in enumerate(weighing.account_lines(looked))
        ]
        if fields:
            lines.append(ListedLine("", _field_head(size.width)))
            lines += [self._field(f"field:{at}", one, size.width) for at, one in enumerate(fields)]
        if not (fields or lines):
            lines.append(ListedLine("same", plain("  Nothing: all of it is known already.")))
        said = weighing.notes(looked)
        if said:
            lines.append(ListedLine("", Content.styled("How it was read", "bold")))
            lines += [line for at, one in enumerate(said) for line in self._problem(f"note:{at}", one, "  ")]
        return lines

    def _compared(self, looked: Looked) -> list[ListedLine]:
        """Return a portal's summary beside our own counts."""
        report = looked.outlook.report if looked.outlook else None
        lines = []
        for at, one in enumerate((report.compared if report else None) or []):
            names = tuple(say_account(account) for listed in one.not_listed.values() for account in listed.accounts)
            self._behind[f"compared:{at}"] = _Behind(
                title=f"Not in the last complete list: {one.status}", details=names
            )
            lines.append(ListedLine(f"compared:{at}", plain(f"  {one.line()}")))
        notes = weighing.notes(looked)
        return [*lines, *(line for at, one in enumerate(notes) for line in self._problem(f"note:{at}", one, "  "))]

    def _problem(self, id: str, problem: Problem, sign: str) -> list[ListedLine]:
        """Return a problem; below it who or what it is about, where Enter on it asks something."""
        decided_by = "" if self._is_done else problem.decided_by
        text = problem.said(partner_of(self).hint_words)
        self._behind[id] = _Behind(decided_by, text, () if decided_by else problem.details)
        style = "bold $text-error" if problem.refuses or problem.is_danger else "bold" if sign.strip() else ""
        lines = [ListedLine(id, Content.assemble(plain(sign, style), plain(text, style)))]
        if decided_by and problem.details:
            self._behind[f"{id}:names"] = _Behind(title=text, details=problem.details)
            lines.append(ListedLine(f"{id}:names", plain(f"    such as {problem.details[0]}", "dim")))
        return lines

    def _accounts(self, id: str, line: AccountsLine, width: int) -> ListedLine:
        self._behind[id] = _Behind(title=line.words, details=line.details)
        words = [plain(f"  {line.words}", "bold"), plain(f"  such as {line.example}" if line.example else "", "dim")]
        return ListedLine(id, Content.assemble(*words).truncate(width, ellipsis=True))

    def _field(self, id: str, line: FieldLine, width: int) -> ListedLine:
        self._behind[id] = _Behind(title=line.title, details=line.details)
        erased = f"{line.cleared:,} erased; " if line.cleared and width < _ROOM else ""
        counts = [line.count] if width < _ROOM else [line.replaced, line.filled, line.cleared]
        words = Content.assemble(
            "  ",
            cell(line.title, _FIELD, "bold"),
            *(plain((f"{count:,}" if count else "–").rjust(_COUNT)) for count in counts),
            " " * GAP,
            plain(f"{erased}{line.example}", "dim"),
        )
        return ListedLine(id, words.truncate(width, ellipsis=True))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask, or show what is behind the line."""
        from tui.dialogues.message import MessageScreen

        event.stop()
        behind = self._behind.get(event.option.id or "")
        if behind is None:
            return
        if behind.decided_by:
            self.post_message(self.Asked(behind.decided_by))
        elif behind.details:
            self.app.push_screen(MessageScreen(behind.title, "\n".join(behind.details)))


def _field_head(width: int) -> Content:
    """Return the head of the table of fields."""
    words = ["changed"] if width < _ROOM else ["changed", "filled", "erased"]
    head = f"  {'Field'.ljust(_FIELD)}{''.join(word.rjust(_COUNT) for word in words)}{' ' * GAP}such as"
    return plain(head, "bold").truncate(width, ellipsis=True)
