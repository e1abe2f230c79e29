"""What the tests of the vendor's API share: the mock vendor, in this process or on loopback, and a clock that flies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from core.vendor.addresses import Addresses
from core.vendor.client import Client
from core.vendor.credentials import CredentialsFile, Login, to_values
from core.vendor.limits import Pace
from core.vendor.login import AuthServer, UserRight
from core.vendor.partner import PartnerRight
from core.vendor.partner_credentials import PartnerCredentials
from core.vendor.transport import Patience, Transport
from core.vendor.waiting import Clock
from tests.vendor.mock_vendor import CLIENT_ID, PARTNER_ID, PARTNER_SECRET, MockVendor
from tests.vendor.programs import Program
from tests.vendor.serving import served

IN_PROCESS = "http://127.0.0.1:1"


class FlyingClock(Clock):
    """A clock on which waiting takes no time."""

    def __init__(self, go_on: Callable[[], None] = lambda: None) -> None:
        super().__init__(go_on)
        self.time = 1_772_600_000.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        self.go_on()
        self.waits.append(seconds)
        self.time += seconds


class Parties:
    """Us and the mock vendor, with everything between them."""

    def __init__(self, vendor: MockVendor, clock: Clock, transport: Transport, addresses: Addresses) -> None:
        self.vendor = vendor
        self.clock = clock
        self.transport = transport
        self.addresses = addresses
        self.store = CredentialsFile()
        self.server = AuthServer(addresses, transport, self.store, clock)

    def log_in(self, *, life: float = 86_400) -> Login:
        """Be logged in, without asking."""
        given = self.vendor.give_tokens()
        now = self.clock.now()
        login = Login(CLIENT_ID, given["access_token"], given["refresh_token"], now + life, now)
        self.store.make_private()
        self.store.write(to_values(login))
        return login

    def client(self) -> Client:
        pace = Pace(self.store.folder, CLIENT_ID, self.clock)
        return Client(self.addresses, self.transport, UserRight(self.server, self.store, self.clock), pace, self.clock)

    def partner(self) -> Client:
        right = PartnerRight(
            PartnerCredentials(PARTNER_ID, PARTNER_SECRET, PARTNER_ID), self.addresses, self.transport, self.clock
        )
        return Client(
            self.addresses, self.transport, right, Pace(self.store.folder, PARTNER_ID, self.clock), self.clock
        )


def addresses_of(base: str) -> Addresses:
    return Addresses(f"{base}/v3", f"{base}/auth", f"{base}/partner/token", "Bearer")


@pytest.fixture
def flying() -> Iterator[Parties]:
    """Return us and the mock in one process, on a clock that flies."""
    clock = FlyingClock()
    vendor = MockVendor(clock.now)
    with Transport(clock, behind=httpx2.WSGITransport(app=vendor)) as transport:  # type: ignore[arg-type]
        yield Parties(vendor, clock, transport, addresses_of(IN_PROCESS))


@pytest.fixture
def on_loopback() -> Iterator[Parties]:
    """Return us and the mock on a loopback address, impatient, on a clock that flies."""
    clock = FlyingClock()
    vendor = MockVendor()
    with served(vendor) as base, Transport(clock, Patience(connect=10, silence=2, whole=2)) as transport:
        yield Parties(vendor, clock, transport, addresses_of(base))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder."""
    return tmp_path


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """Return the real program and the mock on loopback."""
    vendor = MockVendor()
    with served(vendor) as base:
        yield Program(vendor, base, tmp_path)
