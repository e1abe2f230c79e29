"""Everything that talking with the vendor needs, put together: for a person's login, and for a partner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core.vendor.addresses import chosen_addresses
from core.vendor.client import Client
from core.vendor.credentials import CredentialsFile
from core.vendor.faults import LoginNeeded
from core.vendor.limits import Pace
from core.vendor.login import AuthServer, UserRight
from core.vendor.partner import PartnerRight
from core.vendor.partner_credentials import partner_credentials
from core.vendor.transport import Transport
from core.vendor.waiting import Clock


@dataclass(frozen=True, slots=True)
class LoggingIn:
    """What logging in needs."""

    server: AuthServer
    store: CredentialsFile
    transport: Transport
    clock: Clock

    def client(self) -> Client:
        """Return the API for whoever is logged in.

        Raises:
            LoginNeeded: nobody is.
            WorkFailed: the login cannot be read.
        """
        login = self.store.login()
        if login is None:
            raise LoginNeeded
        right = UserRight(self.server, self.store, self.clock)
        pace = Pace(self.store.folder, login.client_id, self.clock)
        return Client(chosen_addresses(), self.transport, right, pace, self.clock)


@contextmanager
def logging_in(clock: Clock) -> Iterator[LoggingIn]:
    """Open what logging in needs.

    Raises:
        WrongUse: the addresses in settings or environment are none.
    """
    store, addresses = CredentialsFile(), chosen_addresses()
    with Transport(clock) as transport:
        yield LoggingIn(AuthServer(addresses, transport, store, clock), store, transport, clock)


@contextmanager
def user_client(clock: Clock) -> Iterator[Client]:
    """Open the API for whoever is logged in.

    Raises:
        LoginNeeded: nobody is.
        WorkFailed: the login cannot be read.
        WrongUse: the addresses in settings or environment are none.
    """
    with logging_in(clock) as session:
        yield session.client()


@contextmanager
def partner_client(clock: Clock) -> Iterator[Client]:
    """Open the API for a technology partner.

    Raises:
        WorkFailed: credentials are missing, or cannot be read.
        WrongUse: they, or the addresses, cannot be used.
    """
    store, addresses = CredentialsFile(), chosen_addresses()
    credentials = partner_credentials(store)
    with Transport(clock) as transport:
        right = PartnerRight(credentials, addresses, transport, clock)
        yield Client(addresses, transport, right, Pace(store.folder, credentials.api_key, clock), clock)
