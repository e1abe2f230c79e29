"""A partner's right to ask for its accounts: a client id, a secret and a key, which give a token for an hour [D]."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from core.errors import WorkFailed, WrongUse
from core.paths import written_path
from core.settings.settings import load_settings
from core.vendor.addresses import Addresses
from core.vendor.credentials import CredentialsFile
from core.vendor.faults import VendorFault, refused
from core.vendor.transport import Request, Transport
from core.vendor.waiting import Clock

SECRET_FILE = "PARTNER_TUI_PARTNER_SECRET_FILE"  # noqa: S105 - the name of a variable
CLIENT_ID = "PARTNER_TUI_PARTNER_CLIENT_ID"
_SECRET_NAMES = ("partner_secret", "partner_client_secret")
_LIFE, _EARLY = 3_600.0, 60.0

_FITS_A_HEADER = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class PartnerCredentials:
    """What the vendor gives to a technology partner."""

    client_id: str
    secret: str = field(repr=False)
    api_key: str = field(repr=False)


def has_partner_credentials(store: CredentialsFile) -> bool:
    """Return whether there seem to be any, as far as one may look."""
    try:
        partner_credentials(store)
    except (WrongUse, WorkFailed):
        return False
    return True


def partner_credentials(store: CredentialsFile) -> PartnerCredentials:
    """Return the partner's credentials.

    The client id is in PARTNER_TUI_PARTNER_CLIENT_ID or a setting, the secret in the file that
    PARTNER_TUI_PARTNER_SECRET_FILE names or in the credentials, the key in a setting, by default the client id.

    Raises:
        WorkFailed: some are missing, or cannot be read.
        WrongUse: they hold what cannot be sent.
    """
    settings = load_settings()
    client_id = os.environ.get(CLIENT_ID) or settings.partner_client_id
    if not client_id:
        raise WorkFailed(
            "There are no partner credentials: the client id is missing.",
            f"The vendor gives them to technology partners. Set partner_client_id in the settings, or {CLIENT_ID}.",
        )
    secret = _secret(store)
    if not secret:
        raise WorkFailed(
            "There are no partner credentials: the secret is missing.",
            f"Let {SECRET_FILE} name a file that holds it, or put it into {store.path} as {_SECRET_NAMES[0]}.",
        )
    api_key = settings.partner_api_key or client_id
    for value, what in ((client_id, "client id"), (secret, "secret"), (api_key, "key")):
        if not _FITS_A_HEADER.fullmatch(value):
            raise WrongUse(f"The partner's {what} holds blanks or characters that cannot be sent.", "Copy it anew.")
    return PartnerCredentials(client_id, secret, api_key)


def _secret(store: CredentialsFile) -> str:
    if name := os.environ.get(SECRET_FILE):
        path = written_path(name)
        try:
            with path.open("rb") as file:
                return file.read(10_000).decode().strip()
        except (OSError, UnicodeDecodeError) as error:
            words = error.strerror if isinstance(error, OSError) else "it is no text"
            raise WorkFailed(
                f"The partner's secret in {path} cannot be read: {words}.", f"{SECRET_FILE} names that file."
            ) from error
    return store.text(*_SECRET_NAMES)


class PartnerRight:
    """The partner's token, which is kept nowhere and asked for anew when it has ended."""

    def __init__(
        self, credentials: PartnerCredentials, addresses: Addresses, transport: Transport, clock: Clock
    ) -> None:
        """Ask for tokens with these credentials."""
        self._credentials = credentials
        self._addresses = addresses
        self._transport = transport
        self._clock = clock
        self._token = ""
        self._ends_at = 0.0

    def headers(self) -> dict[str, str]:
        """Return the headers that give the right.

        Raises:
            WorkFailed: the vendor does not take the credentials.
            VendorFault: it cannot be asked.
        """
        if self._ends_at <= self._clock.now() + _EARLY:
            self._token = self._ask()
            self._ends_at = self._clock.now() + _LIFE
        prefix = self._addresses.partner_auth_prefix
        return {
            "Authorization": f"{prefix} {self._token}" if prefix else self._token,
            "x-api-key": self._credentials.api_key,
        }

    def renew(self, used: Mapping[str, str]) -> bool:
        """Let the next headers have another token, if `used` is the last."""
        if used == self.headers():
            self._ends_at = 0.0
        return True

    def rejected(self, message: str) -> WorkFailed:
        """Return the fault of a token or key that the vendor does not accept."""
        return WorkFailed(message, "Check partner_client_id, partner_api_key and the secret with the vendor.")

    def _ask(self) -> str:
        pair = f"{self._credentials.client_id}:{self._credentials.secret}"
        request = Request(
            "POST",
            self._addresses.partner_token,
            headers={"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"},
            form={"grant_type": "client_credentials"},
        )
        reply = self._transport.send(request)
        if reply.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
            fault = refused("The partner's token", reply.status, reply.body, reply.request_id)
            raise self.rejected(fault.message)
        if reply.status != HTTPStatus.OK:
            raise refused("The partner's token", reply.status, reply.body, reply.request_id)
        try:
            token = json.loads(reply.body)["access_token"]
        except (ValueError, RecursionError, KeyError, TypeError):
            token = None
        if not isinstance(token, str) or not _FITS_A_HEADER.fullmatch(token):
            raise VendorFault("The partner's token: the vendor answered with what is no answer.", "Try again later.")
        return token
