"""Requests and answers over HTTP, each within a time: the only place that knows the HTTP library."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import httpx2

from core.vendor.addresses import is_loopback
from core.vendor.faults import Unanswered, Unreached, VendorFault
from core.vendor.waiting import Clock

LARGEST = 16_000_000
"""Bytes of an answer; the vendor's are far smaller."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for the vendor."""

    connect: float = 10.0
    silence: float = 15.0
    """Between two signs of life, while reading and writing."""
    whole: float = 30.0
    """For a whole answer, however slowly it drips; twice that for the sending of a file."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is sent as a form's part."""

    part: str
    name: str
    content: bytes = field(repr=False)
    media_type: str = "text/csv"


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Its headers may hold a token, and its form too: no `repr` shows them."""

    method: str
    address: str
    query: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    json: object = None
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whole."""

    status: int
    body: bytes = field(repr=False)
    request_id: str = ""
    """`x-amzn-RequestId`, by which the vendor's support finds the request."""
    retry_after: float = 0.0
    """Seconds that the vendor asks to wait; it mostly does not say."""


class Transport:
    """Sends requests. No redirect is followed; the system's certificates and proxy hold. Close it, or use `with`."""

    def __init__(
        self, clock: Clock, patience: Patience | None = None, behind: httpx2.BaseTransport | None = None
    ) -> None:
        """Send over the network, or to what is `behind`, such as a program in this process."""
        self._clock = clock
        self._patience = patience or Patience()
        self._behind = behind
        self._clients: dict[bool, httpx2.Client] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def send(self, request: Request, *, may_stop: bool = True) -> Reply:
        """Send a request and return the answer, whatever its status.

        While it waits it asks the clock whether to go on, unless what comes back must not be lost (`may_stop` is
        false); who stops does not wait for the vendor.

        Raises:
            Unreached: there was no connection: the vendor never saw the request.
            Unanswered: there was no whole answer in time.
            VendorFault: the answer is beyond all measure.
        """
        whole = self._patience.whole * (2 if request.attachment else 1)
        answer: list[Reply | Exception] = []

        def work() -> None:
            try:
                answer.append(self._exchange(request, time.monotonic() + whole))
            except Exception as error:
                answer.append(_as_fault(request, error))

        # A thread that nobody waits for at the end: an answer that drips must not hold the program.
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        end = time.monotonic() + whole + self._patience.connect
        while thread.is_alive() and time.monotonic() < end:
            thread.join(0.1)
            if may_stop:
                self._clock.go_on()
        if not answer:
            raise _too_slow(request)
        if isinstance(answer[0], Exception):
            raise answer[0]
        return answer[0]

    def _exchange(self, request: Request, end: float) -> Reply:
        """Do one exchange on this thread."""
        body = bytearray()
        files = None
        if request.attachment:
            one = request.attachment
            files = {one.part: (one.name, one.content, one.media_type)}
        client = self._client(is_local=is_loopback(request.address))
        with client.stream(
            request.method,
            request.address,
            params=request.query,
            headers=dict(request.headers),
            data=request.form,
            json=request.json,
            files=files,
        ) as response:
            for chunk in response.iter_raw():
                body += chunk
                if len(body) > LARGEST:
                    raise VendorFault(
                        f"{_host(request)} answers with more than {LARGEST:,} bytes.",
                        "That is no answer: check the addresses in the settings.",
                    )
                if time.monotonic() > end:
                    raise _too_slow(request)
        return Reply(
            response.status_code,
            bytes(body),
            response.headers.get("x-amzn-requestid", ""),
            _seconds(response.headers.get("retry-after", "")),
        )

    def _client(self, *, is_local: bool) -> httpx2.Client:
        """Return the client for this machine, which no proxy sees, or for all others."""
        if is_local not in self._clients:
            limit = self._patience
            self._clients[is_local] = httpx2.Client(
                follow_redirects=False,
                trust_env=not is_local,
                transport=self._behind,
                timeout=httpx2.Timeout(limit.silence, connect=limit.connect),
                # An answer that is packed could unpack to any size.
                headers={"User-Agent": "partner-tui", "Accept": "application/json", "Accept-Encoding": "identity"},
            )
        return self._clients[is_local]


def _as_fault(request: Request, error: Exception) -> Exception:
    """Return what a person is told of an error of the connection; other errors stay what they are."""
    host = _host(request)
    if isinstance(error, httpx2.ConnectError) and "CERTIFICATE" in str(error):
        return VendorFault(
            f"The certificate of {host} is not to be trusted, so nothing was sent.",
            "Check this machine's clock and certificates, and whether something stands between it and the vendor.",
        )
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError):
        return Unreached(f"{host} cannot be reached.", "Check the network, and the addresses in the settings.")
    if isinstance(error, httpx2.TimeoutException):
        return _too_slow(request)
    if isinstance(error, httpx2.RequestError):
        return Unanswered(f"{host} broke off before its answer was whole.", "Try again in a moment.")
    if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol | UnicodeError):
        return VendorFault(f"{host} cannot be asked: its address is none.", "Check the addresses in the settings.")
    return error


def _too_slow(request: Request) -> Unanswered:
    return Unanswered(f"{_host(request)} did not answer in time.", "Try again in a moment.")


def _host(request: Request) -> str:
    from urllib.parse import urlsplit

    return urlsplit(request.address).netloc or request.address


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0.0
