"""`partner-tui doctor`: what is fine here, and what is not."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.database import read_faults
from core.errors import Fault, NoAccounts
from tui.cli.hint_words import fault_line, hint_words
from tui.cli.talk import put

if TYPE_CHECKING:
    from tui.cli.chosen import Chosen

_FINE, _NOTE, _WRONG = "fine", "note", "WRONG"

Finding = tuple[str, str]
"""How it is, and the words."""


@click.command()
@click.pass_obj
@click.pass_context
def doctor(ctx: click.Context, chosen: Chosen) -> None:
    """Say what is fine here and what is not: database, terminal, fonts, locale, folders.

    The exit code is 1 if anything is wrong.
    """
    findings = []
    for title, look in _LOOKS.items():
        try:
            with read_faults():
                found = list(look(chosen))
        except Fault as fault:
            found = [(_WRONG, fault_line(fault))]
        for how, words in found:
            put(f"{how:<5}  {title:<10}  {words}")
        findings += found
    ctx.exit(1 if any(how == _WRONG for how, _ in findings) else 0)


def _program(_chosen: Chosen) -> Iterator[Finding]:
    from importlib.metadata import version

    versions = f"partner-tui {version('partner-tui')}, Textual {version('textual')}"
    yield _FINE, f"{versions}, Python {platform.python_version()} on {platform.system()}"


def _database(chosen: Chosen) -> Iterator[Finding]:
    from core.database import unreadable_rows
    from core.query.query import freshness
    from core.text.vocabulary import count_of

    database = chosen.database()
    try:
        connection = database.read()
    except NoAccounts:
        yield _NOTE, f"none yet at {database.path}: partner-tui import FILE makes it"
        return
    try:
        number = connection.execute("SELECT count(*) FROM accounts").fetchone()[0]
        fresh = freshness(connection)
        sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        unreadable = ", ".join(unreadable_rows(connection))
    finally:
        connection.close()
    size = database.path.stat().st_size / 1e6
    accounts = count_of(number, "account")
    yield (_FINE if sound == "ok" else _WRONG), f"{database.path}: {accounts}, {size:,.1f} MB, check {sound}"
    if unreadable:
        yield _WRONG, f"rows that cannot be read: {unreadable}. Another program wrote them; they count as empty"
    if fresh:
        yield _FINE, f"last import: {fresh.words()}"
    yield from _private(database.path)


def _private(path: Path) -> Iterator[Finding]:
    from core.sharing import is_shared, readable_by_others, shared_words, wrong_modes

    if readable_by_others(path):
        yield _WRONG, f"others on this machine may read {path}: chmod {'660' if is_shared(path) else '600'} it"
    elif is_shared(path):
        wrong = wrong_modes(path)
        yield (_WRONG, wrong) if wrong else (_FINE, shared_words(path))


def _schedules(chosen: Chosen) -> Iterator[Finding]:
    from exporters.schedule_health import schedule_health

    found = schedule_health(chosen.database().path, hint_words)
    if not found:
        yield _FINE, "none: partner-tui schedules add makes one"
    for finding in found:
        yield (_WRONG if finding.is_wrong else _FINE), finding.words


def _mailer(_chosen: Chosen) -> Iterator[Finding]:
    from exporters.sendmail import mailer

    try:
        yield _FINE, f"sent with {mailer()[0]}"
    except Fault as fault:  # wrong only where a schedule mails, and said there
        yield _NOTE, f"{fault.message} Only --send and schedules that mail need it."


def _settings(_chosen: Chosen) -> Iterator[Finding]:
    from core.paths import is_there, settings_file
    from core.settings.settings import load_settings
    from tui.setting_faults import setting_faults

    settings = load_settings()
    path = settings_file()
    yield _FINE, f"{path}" if is_there(path) else f"the defaults; {path} would change them"
    for fault in setting_faults(settings, hint_words):
        yield _WRONG, " ".join(fault.splitlines())


def _vendor(_chosen: Chosen) -> Iterator[Finding]:
    import time

    from core.text.vocabulary import count_of
    from core.vendor.credentials import DIES_AFTER, IDLE_FOR_LONG, CredentialsFile

    login = CredentialsFile().login()
    if login is None:
        yield _FINE, "nobody is logged in at Constant Contact; uploads need it: partner-tui login"
        return
    idle = int((time.time() - login.refreshed_at) / 86_400)
    if idle >= IDLE_FOR_LONG:
        words = f"the login was last renewed {count_of(idle, 'day')} ago and dies after {DIES_AFTER}"
        yield _NOTE, f"{words}: partner-tui whoami keeps it alive"
    else:
        yield _FINE, "logged in at Constant Contact; partner-tui whoami says as whom"


def _today(_chosen: Chosen) -> Iterator[Finding]:
    from core.clock import partner_zone, today

    zone = partner_zone()
    yield _FINE, f"{today()} in {zone or 'the system’s time zone'}"


def _terminal(_chosen: Chosen) -> Iterator[Finding]:
    from tui.terminal.session import check_terminal

    try:
        check_terminal()
    except Fault as fault:
        yield _NOTE, f"{fault.message} The commands work all the same."
        return
    columns, lines = shutil.get_terminal_size()
    small = "" if columns >= 80 and lines >= 24 else "; 80x24 and up show all there is"
    colours = os.environ.get("COLORTERM") or "16 or 256 colours"
    bare = "; NO_COLOR is set: no colours" if os.environ.get("NO_COLOR") else ""
    yield (_NOTE if small else _FINE), f"{os.environ['TERM']}, {columns}x{lines}, {colours}{small}{bare}"


def _drawing(_chosen: Chosen) -> Iterator[Finding]:
    from core.settings.settings import load_settings

    driver = os.environ.get("TEXTUAL_DRIVER")
    if driver:
        yield _NOTE, f"TEXTUAL_DRIVER is set: {driver} draws, not our own driver, which sends only what has changed"
    elif load_settings().driver:
        yield _NOTE, "the setting driver has Textual's own driver draw: more is sent over the line than need be"
    else:
        yield _FINE, 'only what has changed is sent; if it looks wrong, set driver = "textual" in the settings'


def _text(_chosen: Chosen) -> Iterator[Finding]:
    encoding = locale.getpreferredencoding(do_setlocale=False)
    if encoding.lower().replace("-", "") == "utf8":
        yield _FINE, f"{encoding}, on stdout {sys.stdout.encoding}"
    else:
        yield _NOTE, f"{encoding}: names in other scripts need UTF-8 to be shown (LANG=C.UTF-8)"


def _line(_chosen: Chosen) -> Iterator[Finding]:
    if not os.environ.get("SSH_CONNECTION"):
        yield _FINE, "no SSH: files are on this machine"
        return
    yield _FINE, "SSH: after an export the scp line that fetches the file is shown"


def _clipboard(_chosen: Chosen) -> Iterator[Finding]:
    if os.environ.get("TMUX"):
        if _tmux_option("-s", "set-clipboard") == "on":
            yield _FINE, "through tmux, if its terminal allows it"
        else:
            yield _NOTE, "tmux keeps it back: put 'set -s set-clipboard on' into ~/.tmux.conf"
    elif os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        yield _NOTE, "Terminal.app takes none from programs: mark the text with the mouse"
    elif _is_iterm2():
        yield _NOTE, "iTerm2: copying needs 'Applications in terminal may access clipboard'"
    else:
        yield _FINE, "sent to the terminal (OSC 52), which cannot say whether it takes it"


def _download(_chosen: Chosen) -> Iterator[Finding]:
    if not _is_iterm2():
        yield _FINE, "no terminal that takes files (iTerm2 does) is seen: scp, or a report through the line"
    elif os.environ.get("STY"):
        yield _NOTE, "GNU screen hands no files on to iTerm2: use scp"
    elif os.environ.get("TMUX") and _tmux_option("-g", "allow-passthrough") not in ("on", "all"):
        yield _NOTE, "tmux keeps files back: put 'set -g allow-passthrough on' into ~/.tmux.conf"
    else:
        yield _FINE, "iTerm2 takes files"


def _is_iterm2() -> bool:
    return os.environ.get("LC_TERMINAL") == "iTerm2" or os.environ.get("TERM_PROGRAM") == "iTerm.app"


def _tmux_option(scope: str, name: str) -> str:
    """Return what an option of the tmux around us is set to; '' if it does not say."""
    asked = ["tmux", "show-options", scope, "-v", name]
    try:
        return subprocess.run(asked, check=False, capture_output=True, text=True, timeout=2).stdout.strip()  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _fonts(_chosen: Chosen) -> Iterator[Finding]:
    from exporters.pdf.system_fonts import candidates

    east_asian = next(candidates("日"), None)
    if east_asian:
        yield _FINE, f"PDF: DejaVu Sans, and {east_asian.name} for what it lacks"
    else:
        yield _NOTE, "PDF: DejaVu Sans alone; for Chinese, Thai, emoji and more: pip install 'partner-tui[fonts]'"


def _folders(_chosen: Chosen) -> Iterator[Finding]:
    here = Path.cwd()
    if os.access(here, os.W_OK):
        yield _FINE, f"{here} can be written, {shutil.disk_usage(here).free / 1e9:,.1f} GB free"
    else:
        yield _NOTE, f"{here} cannot be written: give exports another folder with --output"


_LOOKS: dict[str, Callable[[Chosen], Iterator[Finding]]] = {
    "program": _program,
    "database": _database,
    "schedules": _schedules,
    "mail": _mailer,
    "settings": _settings,
    "vendor": _vendor,
    "today": _today,
    "terminal": _terminal,
    "drawing": _drawing,
    "text": _text,
    "line": _line,
    "clipboard": _clipboard,
    "download": _download,
    "fonts": _fonts,
    "folder": _folders,
}
