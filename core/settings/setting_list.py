"""Every setting: its name, what it means and what fits. The Settings page, the file and the documentation follow it."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from core.clock import zone_named
from core.errors import WrongUse
from core.paths import is_folder, written_path
from core.text.date_style import date_style_named

FORMATS = ("pdf", "html", "csv", "xls")
PAPERS = ("letter", "a4")
DRIVERS = ("textual",)
"""What may draw on the terminal in place of our own driver."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, whose value is text."""

    key: str
    """Its name in the file, and in `core.settings.settings.Settings`."""
    title: str
    help: str
    """One sentence: what it does, and what holds by default."""
    example: str
    check: Callable[[str], object]
    """Raises WrongUse for a text that will not do."""


def _check_theme(name: str) -> None:
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise WrongUse(f"'{name}' is no name of a theme.", "Names are such as partner or partner-light.")


def _check_folder(name: str) -> None:
    folder = written_path(name)
    if not folder.is_absolute():
        raise WrongUse(f"'{name}' is no whole path.", "Begin it with / or ~/.")
    if not is_folder(folder):
        raise WrongUse(f"There is no folder {folder}.", "Make it first, or give another.")
    if not os.access(folder, os.W_OK):
        raise WrongUse(f"You may not write to {folder}.", "Give another folder.")


def _check_format(name: str) -> None:
    if name not in FORMATS:
        raise WrongUse(f"There is no format '{name}' for reports.", f"Formats: {', '.join(FORMATS)}.")


def _check_paper(word: str) -> None:
    if word not in PAPERS:
        raise WrongUse(f"There is no paper '{word}' here.", f"Give one of: {', '.join(PAPERS)}.")


def _check_ssh_name(name: str) -> None:
    if not re.fullmatch(r"(?:[\w.-]+@)?[\w\[][\w.:\[\]-]*", name):
        raise WrongUse(f"'{name}' is no name that ssh takes.", "Write HOST or USER@HOST, as after ssh.")


def _check_driver(name: str) -> None:
    if name not in DRIVERS:
        raise WrongUse(f"There is no driver '{name}'.", f"Write {DRIVERS[0]}, or leave it out.")


def _check_command(command: str) -> None:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise WrongUse(f"'{command}' cannot be read as a shell reads it: {error}.", "Close every quote.") from error
    if not words:
        raise WrongUse("A command needs a program.", "Write it as: sendmail -i -t")


def _check_api(address: str) -> None:
    from core.vendor.addresses import checked_api

    checked_api(address)


def _check_address(address: str) -> None:
    from core.vendor.addresses import checked

    checked(address)


def _check_prefix(prefix: str) -> None:
    from core.vendor.addresses import check_prefix

    check_prefix(prefix)


def _check_key(key: str) -> None:
    if not re.fullmatch(r"[\x21-\x7e]+", key):
        raise WrongUse("A key holds no blanks and only plain characters.", "Copy it anew from the vendor's page.")


def bonus_amount(text: str) -> Fraction:
    """Return the amount that a text names, such as 50 or 12.50.

    Raises:
        WrongUse: it is no such number.
    """
    if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", text, re.ASCII):
        raise WrongUse(f"The bonus amount '{text}' is no number.", "Write it as 50 or 12.50, the currency beside it.")
    return Fraction(text)


def _check_currency(text: str) -> None:
    if not re.fullmatch(r"[^\s\d]{1,5}", text) or not text.isprintable():
        raise WrongUse(f"'{text}' is no currency.", "Write such as USD, EUR or $.")


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        "Theme",
        "The colours; by default partner, and partner-terminal where there are 16 or, with NO_COLOR, none.",
        "partner-light",
        _check_theme,
    ),
    Setting(
        "timezone",
        "Time zone",
        "Decides which day is today, from the next start on; by default the system's.",
        "America/New_York",
        zone_named,
    ),
    Setting(
        "export_folder",
        "Export folder",
        "Where reports are written; by default the folder that the program was started in.",
        "~/reports",
        _check_folder,
    ),
    Setting(
        "format",
        "Format",
        "What Generate Report and Export begin with; by default what was chosen last.",
        "xls",
        _check_format,
    ),
    Setting(
        "paper",
        "Paper",
        "What PDF, HTML and XLS are laid out for; by default letter in North America and A4 elsewhere, by the locale.",
        "a4",
        _check_paper,
    ),
    Setting(
        "date_style",
        "Dates",
        "How dates are written on the screen and in PDF, HTML and XLS; CSV and JSON always have yyyy-mm-dd.",
        "mm/dd/yyyy",
        date_style_named,
    ),
    Setting(
        "ssh_name",
        "SSH name",
        "Stands for this machine in scp lines; by default the address that the SSH line came to.",
        "me@jump.example.com",
        _check_ssh_name,
    ),
    Setting(
        "bonus_amount",
        "Bonus amount",
        "What one new account bonus brings, for Bonus Forecast; by default no amounts are shown.",
        "50",
        bonus_amount,
    ),
    Setting(
        "bonus_currency",
        "Bonus currency",
        "Stands beside the amounts of Bonus Forecast.",
        "USD",
        _check_currency,
    ),
    Setting(
        "driver",
        "Driver",
        "What draws on the terminal, from the next start on; by default our own, which sends only what has changed.",
        DRIVERS[0],
        _check_driver,
    ),
    Setting(
        "sendmail_command",
        "Mailer",
        "What messages are sent with, at once and by schedules; by default sendmail -i -t.",
        "/usr/bin/msmtp -t",
        _check_command,
    ),
    Setting(
        "partner_client_id",
        "Partner client id",
        "From the vendor, for technology partners: with it sync fetches the accounts.",
        "7f3kexample",
        _check_key,
    ),
    Setting(
        "partner_api_key",
        "Partner API key",
        "Sent as x-api-key when accounts are fetched; by default the partner client id.",
        "0a1bexample",
        _check_key,
    ),
    Setting(
        "api_url",
        "API address",
        "Where the vendor's API is; ends in /v3. By default the vendor's own, as for the three below.",
        "https://api.cc.email/v3",
        _check_api,
    ),
    Setting(
        "auth_url",
        "Login address",
        "Where logging in is: /device/authorize and /token are below it.",
        "https://authz.constantcontact.com/oauth2/default/v1",
        _check_address,
    ),
    Setting(
        "partner_token_url",
        "Partner token",
        "The whole address at which a partner gets a token.",
        "https://v3api-partner.auth.us-east-1.amazoncognito.com/oauth2/token",
        _check_address,
    ),
    Setting(
        "partner_auth_prefix",
        "Partner prefix",
        "Stands before the partner's token in the Authorization header; none for nothing.",
        "Bearer",
        _check_prefix,
    ),
)

KEYS_HELP = 'Keys of your own, COMMAND = "KEY" or "KEY,KEY"; the Settings page names the commands.'
KEYS_EXAMPLE = ("main.run_report", "R")
