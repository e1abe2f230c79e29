"""The system's own schedulers: systemd's manager of a user, and cron. Each is asked through its own program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from core.errors import Step, WorkFailed, WrongUse
from core.people import login_name
from core.private_file import write_private
from core.schedules.units import Unit, service_name, timer_name

_PATIENCE = 30
"""Seconds for an answer."""

_SBIN = os.pathsep.join(["/usr/sbin", "/sbin", "/usr/bin", "/bin"])


def check_calendar(text: str) -> None:
    """Let systemd check a calendar, where it is.

    Raises:
        WrongUse: systemd cannot read it.
    """
    if (program := _found("systemd-analyze")) is None:
        return
    done = _asked([program, "calendar", "--", text])
    if done is not None and done.returncode and "Failed to parse" in done.stderr:
        raise WrongUse(
            f"'{text}' is no calendar: systemd cannot read it.", "Ask it with: systemd-analyze calendar 'Mon 07:00'"
        )


# systemd


def has_user_manager() -> bool:
    """Return whether a manager of this user runs; under sudo and cron, and in containers, mostly none does."""
    program = _found("systemctl")
    done = _asked([program, "--user", "show", "--property=Version"]) if program else None
    return done is not None and done.returncode == 0 and "Version=" in done.stdout


def unit_folder() -> Path:
    """Return where a user's units are."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "systemd" / "user"


def install_units(units: Sequence[Unit]) -> list[Path]:
    """Write units for the user's manager and enable the timer; return the files.

    Raises:
        WorkFailed: a file cannot be written, or the manager refuses them; then none of the new ones stays.
    """
    paths = [unit_folder() / unit.name for unit in units]
    before = {path: path.read_text("utf-8") if path.exists() else None for path in paths}
    try:
        for path, unit in zip(paths, units, strict=True):
            write_private(path, unit.text)
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", *(unit.name for unit in units if unit.name.endswith(".timer")))
    except (OSError, WorkFailed) as error:
        for path, text in before.items():
            path.unlink(missing_ok=True) if text is None else write_private(path, text)
        if isinstance(error, OSError):
            raise WorkFailed(f"{unit_folder()} cannot be written: {error.strerror}.") from error
        raise
    return paths


def uninstall_units(name: str) -> bool:
    """Disable a schedule's timer and take its files away; return whether there were any.

    Raises:
        WorkFailed: they cannot be taken away.
    """
    paths = [unit_folder() / timer_name(name), unit_folder() / service_name(name)]
    if not any(path.exists() for path in paths):
        return False
    if has_user_manager():
        _systemctl("disable", "--now", timer_name(name))
    try:
        for path in paths:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise WorkFailed(f"{unit_folder()} cannot be written: {error.strerror}.") from error
    if has_user_manager():
        _systemctl("daemon-reload")
    return True


def has_units(name: str) -> bool:
    """Return whether a schedule's timer is installed for this user."""
    return (unit_folder() / timer_name(name)).exists()


def has_linger() -> bool | None:
    """Return whether this user's timers go on when nobody is logged in; None where that cannot be found out."""
    program = _found("loginctl")
    done = _asked([program, "show-user", login_name(), "--property=Linger"]) if program else None
    if done is None or done.returncode:
        return (Path("/var/lib/systemd/linger") / login_name()).exists() if program else None
    return done.stdout.strip() == "Linger=yes"


def _systemctl(*words: str) -> None:
    done = _asked([_found("systemctl") or "systemctl", "--user", *words])
    if done is None or done.returncode:
        said = (done.stderr.strip().splitlines() or [""])[-1] if done else "it does not answer"
        raise WorkFailed(f"systemctl --user {words[0]} failed: {said}.", "Nothing was installed.")


# cron


def knows_cron_tz() -> bool:
    """Return whether the cron of this machine reads CRON_TZ: cronie does, Debian's and busybox's do not."""
    program = _found("crond")
    done = _asked([program, "-V"]) if program else None
    return done is not None and "cronie" in done.stdout + done.stderr


def crontab() -> list[str]:
    """Return the lines of the user's crontab; none where there is none.

    Raises:
        WorkFailed: there is no cron here.
    """
    done = _asked([_crontab_program(), "-l"])
    if done is not None and done.returncode == 0:
        return done.stdout.splitlines()
    if done is not None and "no crontab" in done.stderr:
        return []
    # Taken for empty, it would be lost when it is written.
    said = (done.stderr.strip().splitlines() or [""])[-1] if done else "it does not answer"
    raise WorkFailed(f"The crontab cannot be read: {said}.", "It is as it was.")


def install_line(line: str, is_ours: re.Pattern[str]) -> None:
    """Put a line into the user's crontab, in place of one that is the same schedule's; all others stay.

    Raises:
        WorkFailed: there is no cron here, or it does not take the line.
    """
    others = _others(crontab(), is_ours)
    # A time zone holds for all lines below it: lines with one come last.
    _write_crontab([*others, *line.splitlines()] if "\n" in line else [line, *others])


def uninstall_line(is_ours: re.Pattern[str]) -> bool:
    """Take a schedule's line out of the user's crontab; return whether it was there.

    Raises:
        WorkFailed: the crontab cannot be written.
    """
    if _found("crontab") is None:
        return False
    now = crontab()
    others = _others(now, is_ours)
    if others == now:
        return False
    _write_crontab(others)
    return True


def has_line(is_ours: re.Pattern[str]) -> bool:
    """Return whether a schedule's line stands in the user's crontab, as far as one may look."""
    try:
        return _found("crontab") is not None and any(map(is_ours.search, crontab()))
    except WorkFailed:
        return False


def _others(lines: list[str], is_ours: re.Pattern[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if not is_ours.search(line):
            kept.append(line)
        elif kept and kept[-1].startswith("CRON_TZ="):
            kept.pop()
    return kept


def _write_crontab(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    done = _asked([_crontab_program(), "-"], text)
    if done is None or done.returncode:
        said = (done.stderr.strip().splitlines() or [""])[-1] if done else "it does not answer"
        raise WorkFailed(f"crontab did not take the line: {said}.", "The crontab is as it was.")


def _crontab_program() -> str:
    program = _found("crontab")
    if program is None:
        raise WorkFailed("There is no cron here: no program crontab is found.", Step.INSTALL_CRON())
    return program


def _found(program: str) -> str | None:
    return shutil.which(program, path=os.pathsep.join([os.environ.get("PATH", os.defpath), _SBIN]))


def _asked(command: Sequence[str], text: str | None = None) -> subprocess.CompletedProcess[str] | None:
    """Run a program of the system; None if it cannot be started or does not answer."""
    given = {"input": text} if text is not None else {"stdin": subprocess.DEVNULL}
    environment = os.environ | {"LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=False, timeout=_PATIENCE, env=environment, **given
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
