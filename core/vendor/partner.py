"""A partner's right to ask for its accounts: a client id, a secret and a key, which give a token for an hour [D]."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from http import HTTPStatus

from core.errors import WorkFailed
from core.vendor.addresses import Addresses
from core.vendor.faults import VendorFault, refused
from core.vendor.partner_credentials import FITS_A_HEADER, PartnerCredentials
from core.vendor.transport import Request, Transport
from core.vendor.waiting import Clock

_LIFE, _EARLY = 3_600.0, 60.0


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
        if not isinstance(token, str) or not FITS_A_HEADER.fullmatch(token):
            raise VendorFault("The partner's token: the vendor answered with what is no answer.", "Try again later.")
        return token
