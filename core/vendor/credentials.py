"""The one file that holds secrets: `credentials.json`, beside the settings (promise P5)."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import Step, WorkFailed
from core.paths import settings_file
from core.private_file import sweep, write_private
from core.vendor.waiting import Clock, locked

NAME = "credentials.json"
IDLE_FOR_LONG, DIES_AFTER = 150, 180
"""Days without renewal: from when a person is warned, and after which the vendor lets a login die [D]."""
_LARGEST = 1_000_000
_OURS = ("access_token", "refresh_token", "expires_at", "refreshed_at")
"""What logging out takes away. The client id stays, for the next login; so does a partner's secret."""


@dataclass(frozen=True, slots=True)
class Login:
    """The tokens of a person, of which no `repr` shows any."""

    client_id: str
    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_at: float
    """Seconds since 1970: when the access token ends."""
    refreshed_at: float
    """Seconds since 1970: when the refresh token was last used. Unused for 180 days it dies [D]."""


class CredentialsFile:
    """Reads and writes the file: 0600 in a folder 0700, refused where others may read it."""

    def __init__(self, path: Path | None = None) -> None:
        """Keep credentials in `path`; by default beside the user's settings."""
        self.path = path or settings_file().with_name(NAME)

    @property
    def folder(self) -> Path:
        """The folder, in which the limits are kept too."""
        return self.path.parent

    def read(self) -> dict[str, Any]:
        """Return what the file says; nothing where there is none.

        Raises:
            WorkFailed: others may read it, it cannot be read, or it is damaged.
        """
        try:
            with self.path.open("rb") as file:
                self._check(os.fstat(file.fileno()))
                text = file.read(_LARGEST)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise WorkFailed(
                f"{self.path} cannot be read: {error.strerror}.", "Mend that, or move the file away and log in again."
            ) from error
        try:
            values = json.loads(text)
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict):
            raise WorkFailed(f"{self.path} is damaged.", Step.LOG_IN_ANEW())
        return values

    def _check(self, status: os.stat_result) -> None:
        """Refuse a file that others could have read, or put there."""
        for path, found, mode in ((self.path, status, "600"), (self.folder, self.folder.stat(), "700")):
            if found.st_uid != os.geteuid():
                raise WorkFailed(f"{path} is not yours: no login is read from it.", "Move it away and log in again.")
            if stat.S_IMODE(found.st_mode) & 0o077:
                raise WorkFailed(
                    f"Others on this machine may read {path}: no login is read from it.",
                    f"Take that away with: chmod {mode} {path}",
                )

    def login(self) -> Login | None:
        """Return the login; None if nobody is logged in.

        Raises:
            WorkFailed: as for `read`.
        """
        return login_of(self.read())

    def text(self, *names: str) -> str:
        """Return the first text that the file has under one of these names; '' if there is none.

        Raises:
            WorkFailed: as for `read`.
        """
        values = self.read()
        return next((values[name] for name in names if isinstance(values.get(name), str) and values[name]), "")

    @contextmanager
    def changing(self, clock: Clock) -> Iterator[dict[str, Any]]:
        """Hold the lock and yield what the file says now; `write` belongs into this block.

        Raises:
            WorkFailed: as for `read`, or another process holds the lock for long.
        """
        with locked(self.path.with_suffix(".lock"), clock):
            sweep(self.folder)
            yield self.read()

    def write(self, values: dict[str, Any]) -> None:
        """Write the file whole, onto the disk: only then may what it holds be used. Call it in `changing`.

        Raises:
            WorkFailed: it cannot be written; what was there is as before.
        """
        try:
            write_private(self.path, json.dumps(values, indent=2) + "\n")
            folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)  # the new name too
            finally:
                os.close(folder)
        except OSError as error:
            raise WorkFailed(
                f"The login cannot be kept: {self.path}: {error.strerror}.", "Mend that and log in again."
            ) from error

    def make_private(self) -> bool:
        """Make the folder, for its owner alone; return whether an older one had to be closed to others.

        Raises:
            WorkFailed: it cannot be made, or is another person's.
        """
        from db.filesystem import make_private_folder

        try:
            make_private_folder(self.folder)
            found = self.folder.stat()
            if not found.st_mode & 0o077:
                return False
            self.folder.chmod(0o700)
            return True
        except OSError as error:
            raise WorkFailed(
                f"{self.folder} cannot be made yours alone: {error.strerror}.", "A login is kept nowhere else."
            ) from error

    def forget(self, clock: Clock) -> bool:
        """Take the tokens away; return whether there were any.

        Raises:
            WorkFailed: the file cannot be read or written.
        """
        with self.changing(clock) as values:
            kept = {name: value for name, value in values.items() if name not in _OURS}
            if kept != values:
                self.write(kept)
            return login_of(values) is not None


def to_values(login: Login) -> dict[str, Any]:
    """Return a login as the file has it."""
    return {
        "client_id": login.client_id,
        "access_token": login.access_token,
        "refresh_token": login.refresh_token,
        "expires_at": login.expires_at,
        "refreshed_at": login.refreshed_at,
    }


def login_of(values: dict[str, Any]) -> Login | None:
    """Return the login in what the file says; None if there is none."""
    access, refresh, client_id = (values.get(name) for name in ("access_token", "refresh_token", "client_id"))
    if not (isinstance(access, str) and access and isinstance(client_id, str) and client_id):
        return None
    return Login(
        client_id,
        access,
        refresh if isinstance(refresh, str) and refresh else None,
        _number(values.get("expires_at")),
        _number(values.get("refreshed_at")),
    )


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
