"""What a scheduled run is told of its person's shell, of whose variables systemd and cron know nothing.

The run is to do what the command does by hand: find the same settings, logins and vendor, write for the same region.
Variables that hold a secret are told to nobody; `withheld` names them, so that it can be said before the run fails.
"""

from __future__ import annotations

import os
from pathlib import Path

from core.paths import written_path
from core.region import region_variables
from core.schedules.schedules import Schedule
from core.vendor.addresses import API_URL, AUTH_URL, PARTNER_TOKEN_URL
from core.vendor.partner_credentials import CLIENT_ID, SECRET_FILE

_FOLDERS = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share"}
"""Where settings, logins and files of ours are, and where below the home folder they are by default."""
_ADDRESSES = (API_URL, AUTH_URL, PARTNER_TOKEN_URL)
_FILES = (SECRET_FILE, "SSL_CERT_FILE", "SSL_CERT_DIR")
_PROXIES = tuple(
    name for scheme in ("http", "https", "all", "no") for name in (f"{scheme}_proxy", f"{scheme}_proxy".upper())
)


def handed_on(schedule: Schedule, *, in_view: bool = False) -> dict[str, str]:
    """Return the variables that a run is to have, as far as they are set and are not what it has anyway.

    Args:
        schedule: whose run.
        in_view: whether they stand in arguments, which everybody on the machine may read, as those in a crontab do;
            units are private files.
    """
    home = Path.home()
    found = {name: value for name in _FOLDERS if (value := _set(name)) and Path(value) != home / _FOLDERS[name]}
    found |= region_variables()
    if not _asks_the_vendor(schedule):
        return found
    kept_back = withheld(schedule, in_view=in_view)
    found |= {name: str(written_path(_set(name)).absolute()) for name in _FILES if _set(name)}
    told = (*_ADDRESSES, CLIENT_ID, *_PROXIES)
    return found | {name: _set(name) for name in told if _set(name) and name not in kept_back}


def withheld(schedule: Schedule, *, in_view: bool = False) -> list[str]:
    """Return the names of variables that a run would need and that are told to nobody: proxies with a password.

    Where they would be in view the partner's client id is one too, for it is the key of the API by default.
    """
    if not _asks_the_vendor(schedule):
        return []
    key = [CLIENT_ID] * (in_view and bool(_set(CLIENT_ID)))
    return [*key, *(name for name in _PROXIES if "@" in _set(name))]


def _asks_the_vendor(schedule: Schedule) -> bool:
    return schedule.command[:1] == ("sync",)


def _set(name: str) -> str:
    return os.environ.get(name, "")
