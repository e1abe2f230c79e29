"""Handing a message to the machine's own mailer: sendmail, as Postfix, exim, dma, nullmailer and msmtp all are."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from email import policy
from email.message import EmailMessage

from core.errors import WorkFailed
from core.settings.settings import load_settings

USUAL = "sendmail -i -t"
"""Takes the recipients from the message (-t), and a line of one dot for nothing special (-i)."""

_FOLDERS = ("/usr/sbin", "/usr/lib")
"""Where sendmail is, which is on no PATH of services."""

_PATH_OF_CRON = ("/usr/bin", "/bin")
"""All that Debian's cron looks in; a manager of systemd looks in these too."""

_PATIENCE = 300
"""Seconds for a mailer that asks its server before it answers."""


def as_bytes(message: EmailMessage) -> bytes:
    """Return a message as mailers on Unix read it: ASCII, each line ended by LF."""
    return message.as_bytes(policy=policy.default.clone(linesep="\n", cte_type="7bit"))


def mailer() -> list[str]:
    """Return the command that sends: the setting `sendmail_command`, else sendmail where it usually is.

    Raises:
        WorkFailed: there is no such program.
    """
    command = load_settings().sendmail_command or USUAL
    try:
        program, *options = shlex.split(command)
    except ValueError as error:
        raise WorkFailed(f"The setting sendmail_command cannot be read: {error}.", f"Write it as: {USUAL}") from error
    found = shutil.which(program, path=os.pathsep.join([*_FOLDERS, os.environ.get("PATH", os.defpath)]))
    if found is None:
        raise WorkFailed(
            f"There is no program {program} here to send mail with.",
            "Install one (postfix, msmtp-mta, dma …), or name yours in the setting sendmail_command.",
        )
    return [found, *options]


def is_found_by_timers(command: Sequence[str]) -> bool:
    """Return whether a command of `mailer` is found without the person's own PATH too, which timers do not have."""
    written = shlex.split(load_settings().sendmail_command or USUAL)[0]
    return os.sep in written or os.path.dirname(command[0]) in (*_FOLDERS, *_PATH_OF_CRON)  # noqa: PTH120


def send(message: EmailMessage) -> None:
    """Hand a message over; when this returns, the mailer has taken it.

    Raises:
        WorkFailed: there is no mailer, or it did not take the message.
    """
    command = mailer()
    try:
        done = subprocess.run(  # noqa: S603 - the person's own command, and no shell
            command, input=as_bytes(message), capture_output=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired as error:
        raise WorkFailed(
            f"{command[0]} did not answer for {_PATIENCE} seconds and was stopped: the message may or may not be sent."
        ) from error
    except OSError as error:
        raise WorkFailed(f"{command[0]} cannot be started: {error.strerror}.") from error
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
        why = f"it said: {said[-1].strip()[:300]}" if said else f"it ended with {done.returncode}"
        raise WorkFailed(f"The message was not sent: {command[0]} did not take it; {why}")
