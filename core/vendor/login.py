"""A person's login by device code (RFC 8628), which works over SSH, and keeping it alive."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from core.errors import WorkFailed
from core.text.terminal_text import neutral
from core.vendor.addresses import Addresses
from core.vendor.credentials import CredentialsFile, Login, login_of, to_values
from core.vendor.faults import LoginNeeded, Unanswered, Unreached, VendorFault, refused, words_of
from core.vendor.transport import Reply, Request, Transport
from core.vendor.waiting import Clock, uninterrupted

SCOPES = "contact_data account_read offline_access"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
SLOWER = 5.0
"""Seconds that each slow_down adds, for good (RFC 8628, 3.5)."""
USUAL_INTERVAL, LEAST_INTERVAL = 5.0, 0.2
EARLY = 60.0
"""Seconds before its end from which an access token is renewed."""
_USUAL_LIFE = 3_600.0

_TOKEN = re.compile(r"[\x21-\x7e]+")
"""What may stand in a header."""


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What a person needs to log in, and what we need to learn of it."""

    address: str
    """Where to go with any browser, harmless to a terminal."""
    code: str
    """What to type there."""
    whole_address: str
    """The address with the code in it; '' if the vendor gives none."""
    interval: float
    ends_at: float
    device_code: str = field(repr=False)


class AuthServer:
    """The vendor's server that gives tokens to people."""

    def __init__(self, addresses: Addresses, transport: Transport, store: CredentialsFile, clock: Clock) -> None:
        """Ask it through `transport`, and keep in `store` what it gives."""
        self._address = addresses.auth
        self._transport = transport
        self._store = store
        self._clock = clock

    def begin(self, client_id: str) -> DeviceCode:
        """Ask for a code with which a person can log in.

        Raises:
            VendorFault: the vendor gives none.
        """
        form = {"client_id": client_id, "scope": SCOPES}
        reply = self._transport.send(Request("POST", f"{self._address}/device/authorize", form=form))
        if reply.status != HTTPStatus.OK:
            raise refused("The login", reply.status, reply.body, reply.request_id)
        said = _object_in(reply)
        address, code, device_code = (_text(said, name) for name in ("verification_uri", "user_code", "device_code"))
        if not (address and code and device_code):
            raise VendorFault("The login: the vendor gave no code to log in with.", "Try again later.")
        life = _seconds(said.get("expires_in"), 600.0)
        return DeviceCode(
            neutral(address),
            neutral(code),
            neutral(_text(said, "verification_uri_complete")),
            max(_seconds(said.get("interval"), USUAL_INTERVAL), LEAST_INTERVAL),
            self._clock.now() + life,
            device_code,
        )

    def finish(self, client_id: str, code: DeviceCode) -> Login:
        """Wait until the person has logged in, keep the login and return it.

        Raises:
            WorkFailed: it was denied, came too late, or cannot be kept.
            VendorFault: the vendor answered what is no answer.
        """
        form = {"client_id": client_id, "device_code": code.device_code, "grant_type": DEVICE_CODE}
        interval = code.interval
        while True:
            self._clock.wait(interval)
            if self._clock.now() > code.ends_at:
                raise _too_late()
            try:
                with uninterrupted():
                    reply = self._granted(client_id, form)
            except (Unreached, Unanswered):
                continue  # a line that drops for a moment is no end; the code's own end is
            if isinstance(reply, Login):
                return reply
            match words_of(reply.body).key:
                case "slow_down":
                    interval += SLOWER
                case "access_denied":
                    raise WorkFailed("The login was denied.", "Nothing was changed. Log in again to try anew.")
                case "expired_token":
                    raise _too_late()
                case key if key != "authorization_pending" and reply.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise refused("The login", reply.status, reply.body, reply.request_id)

    def renew(self, stale: Login) -> Login:
        """Return a login in place of one that has ended, kept before it is used.

        One process at a time: who comes second takes what the first one was given, since a refresh token may be
        good for one use only.

        Raises:
            LoginNeeded: the login is dead, or somebody logged out.
            WorkFailed: the vendor cannot be asked, or the login not be kept.
        """
        with uninterrupted():
            return self._renewed(stale)

    def _renewed(self, stale: Login) -> Login:
        with self._store.changing(Clock()) as values:
            known = login_of(values)
            if known is None:
                raise LoginNeeded
            if known.access_token != stale.access_token and known.expires_at > self._clock.now():
                return known
            if known.refresh_token is None:
                raise LoginNeeded("The login has ended.")
            form = {
                "client_id": known.client_id,
                "refresh_token": known.refresh_token,
                "grant_type": "refresh_token",
            }
            reply = self._ask(form)
            if reply.status == HTTPStatus.OK:
                login = self._login_in(reply, known.client_id, known.refresh_token)
                self._store.write(values | to_values(login))
                return login
        if words_of(reply.body).key in ("invalid_grant", "invalid_client"):
            raise LoginNeeded("The login is dead: the vendor does not renew it any more.")
        raise refused("Renewing the login", reply.status, reply.body, reply.request_id)

    def _granted(self, client_id: str, form: Mapping[str, str]) -> Login | Reply:
        """Ask for the tokens of a device code and keep them; return the reply where the vendor gives none (yet)."""
        reply = self._ask(form)
        if reply.status != HTTPStatus.OK:
            return reply
        login = self._login_in(reply, client_id, None)
        with self._store.changing(Clock()) as values:
            self._store.write(values | to_values(login))
        return login

    def _ask(self, form: Mapping[str, str]) -> Reply:
        return self._transport.send(Request("POST", f"{self._address}/token", form=form), may_stop=False)

    def _login_in(self, reply: Reply, client_id: str, refresh_token: str | None) -> Login:
        """Return the tokens of a reply; the refresh token there was stays where no other comes."""
        said, now = _object_in(reply), self._clock.now()
        access = _text(said, "access_token")
        if not _TOKEN.fullmatch(access):
            raise VendorFault("The login: the vendor gave no token.", "Try again later.")
        return Login(
            client_id,
            access,
            _text(said, "refresh_token") or refresh_token,
            now + _seconds(said.get("expires_in"), _USUAL_LIFE),
            now,
        )


class UserRight:
    """A person's right to ask the API: the access token, renewed in time."""

    def __init__(self, server: AuthServer, store: CredentialsFile, clock: Clock) -> None:
        """Take the login from `store`."""
        self._server = server
        self._store = store
        self._clock = clock

    def headers(self) -> dict[str, str]:
        """Return the headers that give the right.

        Raises:
            LoginNeeded: nobody is logged in, or the login is dead.
            WorkFailed: it cannot be read or renewed.
        """
        login = self._store.login()
        if login is None:
            raise LoginNeeded
        if login.expires_at <= self._clock.now() + EARLY:
            login = self._server.renew(login)
        return _bearer(login)

    def renew(self, used: Mapping[str, str]) -> bool:
        """Renew the login unless another process has done so; return whether there is one to try.

        Raises:
            LoginNeeded: the login is dead.
            WorkFailed: it cannot be renewed.
        """
        login = self._store.login()
        if login is None:
            raise LoginNeeded
        if _bearer(login) == used:
            self._server.renew(login)
        return True

    def rejected(self, message: str) -> WorkFailed:
        """Return the fault of a login that the vendor does not accept."""
        return LoginNeeded(message)


def _bearer(login: Login) -> dict[str, str]:
    return {"Authorization": f"Bearer {login.access_token}"}


def _too_late() -> WorkFailed:
    return WorkFailed("Nobody logged in before the code ran out.", "Nothing was changed. Log in again to get another.")


def _object_in(reply: Reply) -> dict[str, Any]:
    try:
        value = json.loads(reply.body)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise VendorFault("The login: the vendor answered with what is no answer.", "Try again later.")
    return value


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value.strip() if isinstance(value, str) else ""


def _seconds(value: Any, usual: float) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value < 1e9 else usual
