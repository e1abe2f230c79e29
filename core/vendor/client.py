"""The API as we use it: at its pace, with a token, tried again where that is harmless, JSON or one plain fault."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Protocol

from core.errors import WorkFailed
from core.vendor.addresses import Addresses
from core.vendor.faults import (
    QuotaExceeded,
    Unanswered,
    Unreached,
    VendorFault,
    Words,
    refused,
    words_of,
)
from core.vendor.limits import TOMORROW, Pace
from core.vendor.transport import Attachment, Reply, Request, Transport
from core.vendor.waiting import Clock

TRIES = 3
"""How often a request is sent that may be repeated, and one that never arrived."""
ENOUGH = 20.0
"""Seconds after which a request that found no answer is not begun again."""
THROTTLED_TRIES = 8
LONGEST_WAIT = 60.0


class Authorizer(Protocol):
    """Whoever has the right to ask."""

    def headers(self) -> dict[str, str]:
        """Return the headers that give the right.

        Raises:
            LoginNeeded: nobody has it.
        """

    def renew(self, used: Mapping[str, str]) -> bool:
        """Get another right if `used` is still the last; return whether there is one to try.

        Raises:
            WorkFailed: there will be none.
        """

    def rejected(self, message: str) -> WorkFailed:
        """Return the fault of a right that the vendor does not accept."""


class Client:
    """Asks the API of one key."""

    def __init__(
        self, addresses: Addresses, transport: Transport, authorizer: Authorizer, pace: Pace, clock: Clock
    ) -> None:
        """Ask with the right that `authorizer` gives, at `pace`."""
        self.addresses = addresses
        self.clock = clock
        self._transport = transport
        self._authorizer = authorizer
        self._pace = pace

    def get(self, path: str, doing: str, query: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return the object at `path`, which begins with a slash, behind the API's address.

        It is asked again after faults that pass.

        Raises:
            LoginNeeded: the login is dead.
            QuotaExceeded: the day's requests are used up.
            VendorFault: there is no such answer.
        """
        return self._ask(Request("GET", self.addresses.api + path, query), doing)

    def pages(self, path: str, doing: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Yield the object at `path`, then those that the links to the next page lead to, each once.

        Raises:
            StrayLink: a link leads elsewhere or to where we were; what was yielded before is good.
            LoginNeeded, QuotaExceeded, VendorFault: as for `get`.
        """
        page = self.get(path, doing, query)
        seen: set[str] = set()
        while True:
            yield page
            link = _next_link(page)
            if link is None:
                return
            if not isinstance(link, str) or not link.startswith("/v3/"):
                raise StrayLink(f"{doing}: the link to the next page leads elsewhere, and was not followed.")
            if link in seen:
                raise StrayLink(f"{doing}: the pages go round in a circle.")
            seen.add(link)
            before, page = page, self._ask(Request("GET", self.addresses.of_link(link)), doing)
            if _content(page) == _content(before):
                raise StrayLink(f"{doing}: the same page comes again and again.")

    def post(
        self,
        path: str,
        doing: str,
        *,
        json: object = None,
        form: Mapping[str, str] | None = None,
        attachment: Attachment | None = None,
    ) -> dict[str, Any]:
        """Do what changes something at the vendor, and return the object that it answers.

        It is repeated only where the vendor said that it did nothing, or never saw it.

        Raises:
            Unanswered: the vendor may have done it or not: look before you ask again.
            LoginNeeded, QuotaExceeded, VendorFault: as for `get`.
        """
        request = Request("POST", self.addresses.api + path, json=json, form=form, attachment=attachment)
        return self._ask(request, doing)

    def _ask(self, request: Request, doing: str) -> dict[str, Any]:
        reply = self._granted(request, doing)
        if not HTTPStatus(HTTPStatus.OK) <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
            raise refused(doing, reply.status, reply.body, reply.request_id)
        return _parsed(reply, doing)

    def _granted(self, request: Request, doing: str) -> Reply:
        """Send with the right to ask; a right that has ended is renewed once."""
        headers = self._authorizer.headers()
        reply = self._at_its_pace(replace(request, headers=headers), doing)
        if reply.status != HTTPStatus.UNAUTHORIZED:
            return reply
        if self._authorizer.renew(headers):
            reply = self._at_its_pace(replace(request, headers=self._authorizer.headers()), doing)
        if reply.status == HTTPStatus.UNAUTHORIZED:
            words = words_of(reply.body)
            said = f": “{words.text or words.key}”" if words != Words() else ""
            raise self._authorizer.rejected(f"{doing}: the vendor answered 401 Unauthorized{said}.")
        return reply

    def _at_its_pace(self, request: Request, doing: str) -> Reply:
        """Send, and wait and send again for as long as the vendor finds us too quick."""
        for attempt in range(THROTTLED_TRIES):
            reply = self._repeated(request, doing)
            if reply.status != HTTPStatus.TOO_MANY_REQUESTS:
                break
            if _is_quota(words_of(reply.body)):
                raise QuotaExceeded(f"{doing}: the vendor says that the requests of this day are used up.", TOMORROW)
            wait = min(2.0**attempt, LONGEST_WAIT) * random.uniform(0.75, 1.25)  # noqa: S311 - no secret
            self.clock.wait(min(max(reply.retry_after, wait), LONGEST_WAIT))
        return reply

    def _repeated(self, request: Request, doing: str) -> Reply:
        """Send, and send again after what passes by itself: all of it for GET, else what the vendor never saw."""
        may_repeat = request.method == "GET"
        begun = self.clock.now()
        for attempt in range(1, TRIES + 1):
            is_last = attempt == TRIES or self.clock.now() - begun > ENOUGH
            self._pace.take()
            try:
                reply = self._transport.send(request)
                if reply.status < HTTPStatus.INTERNAL_SERVER_ERROR and _is_whole(reply):
                    return reply
                if not may_repeat:
                    raise _uncertain(reply, doing)
                if is_last:
                    return reply
            except Unanswered:
                if is_last or not may_repeat:
                    raise
            except Unreached:
                if is_last:
                    raise
            self.clock.wait(2.0 ** (attempt - 1) * random.uniform(0.75, 1.25))  # noqa: S311 - no secret
        raise AssertionError("the last try returns or raises")


class StrayLink(VendorFault):
    """A list's pages do not lead to its end."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "Tell the vendor if it comes again.")


def _is_whole(reply: Reply) -> bool:
    """Return whether an answer that says yes is an object; errors may be anything."""
    if not HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
        return True
    return _object_in(reply) is not None


def _object_in(reply: Reply) -> dict[str, Any] | None:
    try:
        value = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _parsed(reply: Reply, doing: str) -> dict[str, Any]:
    value = _object_in(reply)
    if value is None:
        raise VendorFault(f"{doing}: {_nonsense(reply)}.", "Try again later; check the addresses in the settings.")
    return value


def _uncertain(reply: Reply, doing: str) -> Unanswered:
    """Return the fault of an answer after which nobody knows whether the vendor did what was asked."""
    if reply.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unanswered(f"{doing}: {_nonsense(reply)}.", "Try again later.")
    fault = refused(doing, reply.status, reply.body, reply.request_id)
    return Unanswered(fault.message, *fault.hints)


def _nonsense(reply: Reply) -> str:
    known_by = f" (request {reply.request_id})" if reply.request_id else ""
    return f"the vendor answered {reply.status}{known_by} with what is no answer"


def _is_quota(words: Words) -> bool:
    """Return whether a 429 means the day: in the vendor's own word [D], or in those of the gateway in front of it."""
    if words.key:
        return "quota" in words.key.casefold()
    return "quota" in words.text.casefold() or words.text.casefold() == "limit exceeded"


def _content(page: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page without its links."""
    return {name: value for name, value in page.items() if name != "_links"}


def _next_link(page: Mapping[str, Any]) -> Any:
    """Return the link to the next page; None where the list ends."""
    links = page.get("_links")
    following = links.get("next") if isinstance(links, dict) else None
    link = following.get("href") if isinstance(following, dict) else following
    return None if link == "" else link
