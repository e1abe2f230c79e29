"""What goes wrong between us and the vendor, as one plain fault whatever shape the vendor's words have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from core.errors import Advice, Step, WorkFailed
from core.text.terminal_text import neutral

LONGEST_WORDS = 200
"""Characters of the vendor's own words that are shown."""


class VendorFault(WorkFailed):
    """The vendor refused, could not be reached, or answered what is no answer."""


class Refused(VendorFault):
    """The vendor answered with an error."""

    def __init__(self, message: str, hint: Advice, status: int, key: str) -> None:
        super().__init__(message, hint)
        self.status = status
        self.key = key
        """The vendor's word for what is wrong: `error_key`, `error` or `errorCode`; '' if it gave none."""


class QuotaExceeded(VendorFault):
    """The requests of the day are used up."""


class Unreached(VendorFault):
    """No connection came about: the vendor never saw the request."""


class Unanswered(VendorFault):
    """The request went out and no whole answer came back: the vendor may have done what it asked, or not."""


class LoginNeeded(WorkFailed):
    """Nobody is logged in, or the login is dead."""

    def __init__(self, message: str = "Nobody is logged in at Constant Contact.") -> None:
        super().__init__(message, Step.LOG_IN())


@dataclass(frozen=True, slots=True)
class Words:
    """What an error's body says."""

    key: str = ""
    text: str = ""


def words_of(body: bytes) -> Words:
    """Return what the body of an error says, harmless to a terminal; nothing where it says nothing.

    The vendor and what stands in front of it have five shapes: a list of objects with `error_key` and
    `error_message`, one such object, `{"message": …}`, OAuth's `error` and `error_description`, and Okta's
    `errorCode` and `errorSummary`.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return Words()
    if isinstance(said, list):
        each = [words for one in said[:5] if isinstance(one, dict) and (words := _of_object(one)) != Words()]
        return Words(each[0].key, _short("; ".join(words.text for words in each if words.text))) if each else Words()
    return _of_object(said) if isinstance(said, dict) else Words()


def _of_object(said: dict[str, Any]) -> Words:
    causes = said.get("errorCauses")
    cause = causes[0] if isinstance(causes, list) and causes and isinstance(causes[0], dict) else {}
    return Words(
        _first(said, "error_key", "error", "errorCode"),
        _first(said, "error_message", "error_description", "message", "Message", "errorSummary")
        or _first(cause, "errorSummary"),
    )


def _first(said: dict[str, Any], *names: str) -> str:
    return next((_short(said[name]) for name in names if isinstance(said.get(name), str) and said[name].strip()), "")


def _short(text: str) -> str:
    text = neutral(text).strip()
    return text if len(text) <= LONGEST_WORDS else text[: LONGEST_WORDS - 1] + "…"


def refused(doing: str, status: int, body: bytes, request_id: str) -> Refused:
    """Return the fault of an answer that is an error.

    Args:
        doing: what was asked for, such as "The upload".
        status: the HTTP status.
        body: what came with it.
        request_id: what the vendor's support can find the request by; '' if it gave none.
    """
    words = words_of(body)
    said = f": “{words.text or words.key}”" if words.text or words.key else ""
    known_by = f", request {_short(request_id)}" if request_id else ""
    return Refused(f"{doing}: the vendor answered {_status(status)}{known_by}{said}.", _hint(status), status, words.key)


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _hint(status: int) -> str:
    if 300 <= status < 400:
        return "It points elsewhere, and nothing is sent there. Check the addresses in the settings."
    if status == HTTPStatus.FORBIDDEN:
        return "The login or the key may not do this: ask the vendor for the right, or log in as another person."
    if status == HTTPStatus.NOT_FOUND:
        return "It is not there (any more). Check the addresses in the settings if this comes always."
    if status >= 500:
        return "It is the vendor's fault: try again later."
    return "Nothing was changed by this request. If it comes again, tell the vendor the words above."
