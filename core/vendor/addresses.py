"""Where the vendor is: its own addresses unless settings or the environment name others, such as a test's."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from core.errors import WrongUse
from core.settings.settings import load_settings

API = "https://api.cc.email/v3"
AUTH = "https://authz.constantcontact.com/oauth2/default/v1"
PARTNER_TOKEN = "https://v3api-partner.auth.us-east-1.amazoncognito.com/oauth2/token"  # noqa: S105 - an address
PREFIX = "Bearer"
API_URL, AUTH_URL = "PARTNER_TUI_API_URL", "PARTNER_TUI_AUTH_URL"
PARTNER_TOKEN_URL = "PARTNER_TUI_PARTNER_TOKEN_URL"  # noqa: S105 - the name of a variable
NO_PREFIX = "none"
"""Written for an Authorization header that holds the partner's token alone."""

_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where to ask for what. None of them ends in a slash."""

    api: str = API
    """Ends in /v3. A link that the vendor gives begins with /v3/ and goes to the same host."""
    auth: str = AUTH
    """Has /device/authorize and /token below it."""
    partner_token: str = PARTNER_TOKEN
    """The whole address."""
    partner_auth_prefix: str = PREFIX
    """What stands before the partner's token in Authorization; '' for nothing."""

    @property
    def are_local(self) -> bool:
        """Whether the API is on this machine: a test or a dry run, not the vendor."""
        return is_loopback(self.api)

    def of_link(self, link: str) -> str:
        """Return the address of a link that begins with /v3/."""
        return self.api.removesuffix("/v3") + link


def chosen_addresses() -> Addresses:
    """Return the addresses: from the environment, else from the settings, else the vendor's.

    Raises:
        WrongUse: one of them is no address that may be used.
        WorkFailed: the settings cannot be read.
    """
    settings = load_settings()
    prefix = settings.partner_auth_prefix or PREFIX
    check_prefix(prefix)
    return Addresses(
        checked_api(_chosen(API_URL, settings.api_url, API)),
        checked(_chosen(AUTH_URL, settings.auth_url, AUTH)),
        checked(_chosen(PARTNER_TOKEN_URL, settings.partner_token_url, PARTNER_TOKEN)),
        "" if prefix == NO_PREFIX else prefix,
    )


def _chosen(variable: str, setting: str, default: str) -> str:
    return os.environ.get(variable) or setting or default


def checked(address: str) -> str:
    """Return an address without its last slash.

    Raises:
        WrongUse: it is none, holds more than a host and a path, or would send secrets in the clear.
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if (
        parts.scheme not in ("https", "http")
        or not host
        or port == 0
        or not re.fullmatch(r"[\x21-\x7e]+", address)
        or any(mark in address for mark in "?#@\\")
    ):
        raise WrongUse(f"'{address}' is no address of an API.", f"Write it such as {API}.")
    if parts.scheme == "http" and not is_loopback(address):
        raise WrongUse(
            f"'{address}' would send the login in the clear.", "Write https:// (http:// goes to this machine alone)."
        )
    return address.rstrip("/")


def checked_api(address: str) -> str:
    """Return the API's address.

    Raises:
        WrongUse: as for `checked`, or it does not end in /v3.
    """
    if not (found := checked(address)).endswith("/v3"):
        raise WrongUse(f"The API's address '{address}' does not end in /v3.", f"Write it such as {API}.")
    return found


def check_prefix(prefix: str) -> None:
    """Check what is to stand before the partner's token.

    Raises:
        WrongUse: it is no single word.
    """
    if not re.fullmatch(r"[A-Za-z0-9._~+/-]+", prefix):
        raise WrongUse(f"'{prefix}' cannot stand before a token.", f"Write a word such as {PREFIX}, or {NO_PREFIX}.")


def is_loopback(address: str) -> bool:
    """Return whether an address is on this machine."""
    from urllib.parse import urlsplit

    return _LOOPBACK.fullmatch(urlsplit(address).hostname or "") is not None
