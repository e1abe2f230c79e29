"""Schedules: what is made and mailed by itself, when next, and how it went last."""

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

from core.errors import Fault, NoAccounts
from core.people import login_name
from core.schedules import installed
from core.schedules.lock import forget_lock
from core.schedules.schedules import (
    Schedule,
    all_schedules,
    is_in_trouble,
    next_times,
    remove_schedule,
    state_words,
    words_for_time,
)
from core.schedules.start import run_beside
from core.schedules.words import command_words
from core.text.date_style import in_style
from core.work import Work
from tui.background import start
from tui.commands.bindings import bindings
from tui.dialogues.message import MessageScreen
from tui.dialogues.question import QuestionScreen
from tui.pages.page import Page
from tui.safe_text import plain
from tui.schedule_flow import ask_and_keep, install, install_with_cron, line_for_cron
from tui.widgets.lines import Links


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """A schedule as it stands now."""

    schedule: Schedule
    runs: str
    """Who runs it here, in words."""


class SchedulesPage(Page):
    """The schedules by name, each with its next time and its last run."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("schedules")
    name_in_menu = "schedules"

    @dataclass
    class Gathered(Message):
        """The schedules were read."""

        lines: list[ScheduleLine]

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[ScheduleLine] = []
        self._wanted = ""
        """The name of the schedule to be chosen when they are read."""

    def compose(self) -> ComposeResult:
        """Lay out the schedules."""
        yield Static("Schedules", classes="title page-title")
        yield Static(id="schedules-about", classes="page-title", markup=False)
        yield Links(id="schedules", classes="-keeps")

    async def come_forward(self) -> None:
        """Read them again, and let the arrows choose."""
        new = self.partner.key_of("schedules.new")
        about = f"Reports that are made and mailed by themselves, by this machine: {new} makes one."
        self.query_one("#schedules-about", Static).update(about)
        self._options.focus()
        self._read()

    @property
    def _options(self) -> Links:
        return self.query_one("#schedules", Links)

    def _read(self) -> None:
        chosen = self._chosen()
        self._wanted = self._wanted or (chosen.name if chosen else "")
        database = self.partner.database

        def work(_: Work) -> list[ScheduleLine]:
            try:
                return [_line(schedule, database.path) for schedule in all_schedules(database.path)]
            except NoAccounts:
                return []

        start(self, "schedules", work, self.Gathered)

    def on_schedules_page_gathered(self, event: Gathered) -> None:
        """Show them; the chosen one stays chosen."""
        self._lines = event.lines
        self._options.clear_options()
        self._options.add_options(Option(_words(line)) for line in self._lines)
        if not self._lines:
            self._options.add_option(Option("none yet", disabled=True))
        names = [line.schedule.name for line in self._lines]
        self._options.highlighted = names.index(self._wanted) if self._wanted in names else 0 if names else None
        self.refresh_bindings()

    def _chosen(self) -> Schedule | None:
        place = self._options.highlighted
        return self._lines[place].schedule if place is not None and place < len(self._lines) else None

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer what needs a schedule only where there is one."""
        return self._chosen() is not None if action in ("open", "run", "install", "remove") else True

    def on_option_list_option_highlighted(self) -> None:
        """Let the footer follow."""
        self._wanted = ""
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show all of the schedule."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Show all of the schedule."""
        schedule = self._chosen()
        if schedule is None:
            return
        lines = [
            f"When: {schedule.calendar}",
            *(f"Next: {in_style(words_for_time(moment))}" for moment in next_times(schedule, 3)),
            f"What: {command_words(schedule)}",
            f"{state_words(schedule)[:1].upper()}{in_style(state_words(schedule)[1:])}.",
            *(f"Wrote: {entry['path']}" for entry in schedule.written[-3:]),
            f"Made by {schedule.made_by}." if schedule.made_by else "",
        ]
        self.app.push_screen(MessageScreen(schedule.name, "\n".join(filter(None, lines))))

    def action_new(self) -> None:
        """Make a schedule."""
        taken = {line.schedule.name.lower() for line in self._lines}
        names = ("mondays", *(f"mondays-{number}" for number in range(2, len(taken) + 3)))
        ask_and_keep(self.partner, name=next(name for name in names if name not in taken), done=self._made)

    def _made(self, schedule: Schedule) -> None:
        self._wanted = schedule.name
        self._read()

    def action_run(self) -> None:
        """Run the schedule at once."""

        def run(schedule: Schedule, path: Path, under_way: Work) -> str:
            return run_beside(schedule, path, under_way)

        self._carry_out(self._chosen(), "Running", run, self._ran)

    def _ran(self, said: str) -> None:
        self.partner.toast(said or "Done.")
        self.partner.accounts_changed()

    def action_install(self) -> None:
        """Let this machine run the schedule at its time: the manager of systemd, else cron, after asking."""
        chosen = self._chosen()

        def found(line: str) -> None:
            if chosen is not None:
                self._install(chosen, line)

        self._carry_out(chosen, "Looking at", lambda schedule, path, _: line_for_cron(schedule, path), found)

    def _install(self, chosen: Schedule, line: str) -> None:
        say, toast = self.partner.hint_words, self.partner.toast

        def by_systemd(schedule: Schedule, path: Path, _under_way: Work) -> str:
            return install(schedule, path, say)

        def by_cron(schedule: Schedule, path: Path, _under_way: Work) -> str:
            return install_with_cron(schedule, path, say)

        def answered(answer: str | None) -> None:
            if answer == "install":
                self._carry_out(chosen, "Installing", by_cron, toast)

        if not line:
            self._carry_out(chosen, "Installing", by_systemd, toast)
            return
        question = f"No manager of systemd runs for you here. This line would go into your crontab:\n\n{line}"
        asked = QuestionScreen("Have cron run it?", question, {"leave": "Cancel", "install": "Install"}, "install")
        self.app.push_screen(asked, answered)

    def action_remove(self) -> None:
        """Forget the schedule, after asking."""
        schedule = self._chosen()
        if schedule is None:
            return

        def remove(found: Schedule, _path: Path, under_way: Work) -> str:
            with self.partner.database.writing(under_way) as path:
                installed.uninstall(found, path)
                remove_schedule(path, found.name)
                forget_lock(path, found.name)
            return f"The schedule “{found.name}” is removed. What it wrote stays."

        def answered(answer: str | None) -> None:
            if answer == "remove":
                self._carry_out(schedule, "Removing", remove, self.partner.toast)

        question = f"{schedule.name} would no longer run, for anybody. What it wrote stays."
        asked = QuestionScreen("Remove the schedule?", question, {"leave": "Cancel", "remove": "Remove"}, "remove")
        self.app.push_screen(asked, answered)

    def _carry_out(
        self,
        schedule: Schedule | None,
        doing: str,
        do: Callable[[Schedule, Path, Work], str],
        said: Callable[[str], object],
    ) -> None:
        """Do something with a schedule, if there is one, beside the screen, say what came of it, and read all again."""
        if schedule is None:
            return
        path = self.partner.database.path

        def done(words: str) -> None:
            said(words)
            self._read()

        def failed(fault: Fault) -> None:
            self.partner.show_fault(fault)
            self._read()

        self.partner.jobs.carry_out(f"{doing} “{schedule.name}”", lambda work: do(schedule, path, work), done, failed)


def _line(schedule: Schedule, database: Path) -> ScheduleLine:
    runs = {"systemd": "run by systemd", "cron": "run by cron", None: "not installed for you here"}
    return ScheduleLine(schedule, runs[installed.installed_with(schedule, database)])


def _words(line: ScheduleLine) -> Content:
    """Return two lines on a schedule: name and next time, then how it ran last and who runs it."""
    schedule = line.schedule
    found = next_times(schedule)
    when = f"next {in_style(words_for_time(found[0]))}" if found else "never again"
    by = f" · {schedule.made_by}" if schedule.made_by not in (None, login_name()) else ""
    sign = "! " if is_in_trouble(schedule) else ""
    return Content.assemble(
        plain(schedule.name, "bold"),
        plain(f" · {schedule.calendar} · {when}"),
        "\n",
        plain(f"{sign}{in_style(state_words(schedule))} · {line.runs}{by}", "dim"),
    )
