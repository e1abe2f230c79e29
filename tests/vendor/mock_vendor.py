"""A vendor of our own, as a WSGI app: with state, and with every fault that a real one may have, scripted.

It is true to the vendor's own description as far as the program uses it, which schemathesis checks. Only the standard
library is used, so that it runs anywhere.
"""

from __future__ import annotations

import base64
import email.parser
import email.policy
import json
import re
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

CLIENT_ID, PARTNER_ID, PARTNER_SECRET = "client-of-tests", "partner-of-tests", "partner-secret-of-tests"
MARK = "mocktoken"
"""Begins every token that the mock gives: what a search for tokens looks for."""


@dataclass
class Asked:
    """A request as it came."""

    at: float
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    raw: str = ""
    """Path and query as they came over the line."""

    @property
    def form(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(self.body.decode()).items()}

    @property
    def parts(self) -> dict[str, tuple[str | None, bytes]]:
        """The parts of a multipart form: file name and content by field."""
        head = f"Content-Type: {self.headers.get('content-type', '')}\r\n\r\n".encode()
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + self.body)
        found = {}
        for part in message.iter_parts() if message.is_multipart() else ():
            name = part.get_param("name", header="content-disposition")
            found[str(name)] = (part.get_filename(), part.get_payload(decode=True))
        return found


@dataclass
class Answer:
    """What goes back."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    stream: Callable[[], Iterator[bytes]] | None = None
    """What comes in place of the body, piece by piece."""
    length: int | None = None
    """A Content-Length that is not the body's."""
    is_reset: bool = False
    """Whether the line is cut in place of an answer."""


def answer(value: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value).encode())


# The vendor's shapes of errors


def array_error(status: int, key: str, words: str = "Something is wrong.") -> Answer:
    return answer([{"error_key": key, "error_message": words}], status)


def object_error(status: int, key: str, words: str = "Something is wrong.") -> Answer:
    return answer({"error_key": key, "error_message": words}, status)


def message_error(status: int, words: str) -> Answer:
    return answer({"message": words}, status)


def oauth_error(status: int, key: str, words: str = "") -> Answer:
    return answer({"error": key, "error_description": words}, status)


def okta_error(status: int, key: str, words: str) -> Answer:
    return answer(
        {"errorCode": key, "errorSummary": words, "errorLink": key, "errorId": "x", "errorCauses": []}, status
    )


def html(status: int) -> Answer:
    return Answer(status, b"<html><body><h1>Service Unavailable</h1></body></html>", "text/html")


Fault = Callable[["MockVendor", Asked, Answer | None], Answer | None]
"""Told the request, and the answer if it was carried out already; gives another answer, or None to let it pass."""


def instead(given: Answer) -> Fault:
    """Answer this, and do nothing."""
    return lambda _vendor, _asked, _done: given


def cut(_vendor: MockVendor, _asked: Asked, done: Answer | None) -> Answer:
    assert done is not None
    return Answer(done.status, done.body[: len(done.body) // 2], length=len(done.body))


def cut_json(_vendor: MockVendor, _asked: Asked, done: Answer | None) -> Answer:
    assert done is not None
    return Answer(done.status, done.body[: len(done.body) // 2])


def reset(_vendor: MockVendor, _asked: Asked, _done: Answer | None) -> Answer:
    return Answer(is_reset=True)


def drip(_vendor: MockVendor, _asked: Asked, done: Answer | None) -> Answer:
    """Send the answer one byte after the other, each in time, and never to its end."""

    def stream() -> Iterator[bytes]:
        assert done is not None
        for byte in done.body:
            yield bytes([byte])
            time.sleep(0.1)

    assert done is not None
    return Answer(done.status, stream=stream, length=len(done.body))


def silence(_vendor: MockVendor, _asked: Asked, _done: Answer | None) -> Answer:
    """Say nothing for longer than anybody waits."""

    def stream() -> Iterator[bytes]:
        time.sleep(5)
        yield b""

    return Answer(stream=stream, length=10)


@dataclass
class Scripted:
    """A fault that waits for its request."""

    method: str
    path: re.Pattern[str]
    fault: Fault
    skip: int
    times: int
    is_after: bool
    """Whether the request is carried out first."""


@dataclass
class Job:
    """An activity: a file that was taken and is worked off, one step each time somebody looks."""

    id: str
    file: str
    lines: int
    list_id: str
    created_at: str
    steps: list[str]
    total: int
    errors: int = 0
    unsubscribed: int = 0
    words: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        state = self.steps[0]
        return {
            "activity_id": self.id,
            "state": state,
            "created_at": self.created_at,
            "updated_at": self.created_at,
            "source_file_name": self.file,
            "percent_done": 100 if state == "completed" else 1,
            "activity_errors": self.words,
            "status": {
                "items_total_count": self.total,
                "person_count": max(self.total - 1 - self.errors, 0),
                "error_count": self.errors,
                "correctable_count": 0,
                "cannot_add_to_list_count": self.unsubscribed,
            },
            "_links": {"self": {"href": f"/v3/activities/{self.id}"}},
        }


class MockVendor:
    """The vendor. Its state may be looked at and changed by a test at any time."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.asked: list[Asked] = []
        self.scripted: list[Scripted] = []
        self.lock = threading.RLock()
        self.is_strict = False
        """Whether a fifth request in one second is answered with 429."""
        # People
        self.interval, self.code_life, self.token_life = 0.0, 600, 86_400
        self.device_states: list[str] = []
        """What the next polls of a device code are told; then it is approved."""
        self.device_codes: set[str] = set()
        self.access_tokens: set[str] = set()
        self.refresh_tokens: set[str] = set()
        self.used_refresh_tokens: list[str] = []
        self.rotates = True
        """Whether a refresh token is good for one use, and another comes."""
        self.tokens: list[str] = [PARTNER_SECRET]
        """Every secret that was ever given out."""
        self.organization = "Acme Agency"
        # A partner's accounts
        self.managed: list[dict[str, Any]] = []
        self.unmanaged: list[dict[str, Any]] = []
        self.plans: dict[str, str] = {}
        self.partner_tokens: set[str] = set()
        # Contacts
        self.lists: list[dict[str, Any]] = []
        self.jobs: list[Job] = []
        self.received: dict[str, set[str]] = {}
        """Addresses by the list's id, as they came, in jobs that were completed or not."""
        self.files: list[bytes] = []
        self.change_next_job: Callable[[Job], None] = lambda _job: None

    def script(
        self, method: str, path: str, fault: Fault, *, skip: int = 0, times: int = 1, is_after: bool = False
    ) -> None:
        """Let requests to a path (a regular expression) meet a fault: so many, after skipping so many."""
        self.scripted.append(Scripted(method, re.compile(path), fault, skip, times, is_after))

    def count(self, method: str, path: str) -> int:
        """Return how often a path (a regular expression) was asked."""
        return sum(one.method == method and re.fullmatch(path, one.path) is not None for one in self.asked)

    # WSGI

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        size = int(environ.get("CONTENT_LENGTH") or 0)
        asked = Asked(
            self.now(),
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"],
            {key: values[-1] for key, values in parse_qs(environ.get("QUERY_STRING", "")).items()},
            {name[5:].lower().replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
            | {"content-type": environ.get("CONTENT_TYPE") or ""},
            environ["wsgi.input"].read(size) if size else b"",
            environ["PATH_INFO"] + (f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""),
        )
        with self.lock:
            self.asked.append(asked)
            done = self._respond(asked)
        if done.is_reset:
            environ["mock.cut"]()
            return [b""]
        length = len(done.body) if done.length is None else done.length
        headers = {
            "Content-Type": done.content_type,
            "Content-Length": str(length),
            "x-amzn-RequestId": f"req-{len(self.asked)}",
        }
        start_response(
            f"{done.status} {'OK' if done.status < 400 else 'Error'}", list((headers | done.headers).items())
        )
        return done.stream() if done.stream else [done.body]

    def _respond(self, asked: Asked) -> Answer:
        scripted = self._scripted_for(asked)
        if scripted and not scripted.is_after:
            given = scripted.fault(self, asked, None)
            if given is not None:
                return given
        if self.is_strict and asked.path.startswith("/v3/"):
            recent = [one for one in self.asked if one.path.startswith("/v3/") and asked.at - one.at < 1.0]
            if len(recent) > 4:
                return object_error(429, "throttled", "Too many requests.")
        done = self._route(asked)
        if scripted and scripted.is_after:
            return scripted.fault(self, asked, done) or done
        return done

    def _scripted_for(self, asked: Asked) -> Scripted | None:
        for one in self.scripted:
            if one.method == asked.method and one.path.fullmatch(asked.path) and one.times:
                if one.skip:
                    one.skip -= 1
                    continue
                one.times -= 1
                return one
        return None

    def _route(self, asked: Asked) -> Answer:
        there = [route for route in ROUTES if route.fits(asked.path)]
        if not there:
            return array_error(404, "not_found", "There is no such resource.")
        route = next((route for route in there if route.method == asked.method), None)
        if route is None:
            return array_error(405, "method_not_allowed", "This is not possible here.")
        if asked.path.startswith("/v3/partner/"):
            if refusal := self._refuse_partner(asked):
                return refusal
        elif asked.path.startswith("/v3/") and not self._is_logged_in(asked):
            return object_error(401, "unauthorized", "Unauthorized")
        return route.answer(self, asked)

    # People and tokens

    def _new_token(self, kind: str) -> str:
        token = f"{MARK}-{kind}-{secrets.token_hex(12)}"
        self.tokens.append(token)
        return token

    def _is_logged_in(self, asked: Asked) -> bool:
        return asked.headers.get("authorization", "").removeprefix("Bearer ") in self.access_tokens

    def _device(self, asked: Asked) -> Answer:
        if asked.query or asked.form.get("client_id") != CLIENT_ID:
            return oauth_error(401, "invalid_client", "No such client.")
        if asked.form.get("scope") != "contact_data account_read offline_access":
            return oauth_error(400, "invalid_scope", "Not these scopes.")
        code = self._new_token("device")
        self.device_codes.add(code)
        return answer(
            {
                "device_code": code,
                "user_code": "WXYZ-2345",
                "verification_uri": "https://login.example/activate",
                "verification_uri_complete": "https://login.example/activate?user_code=WXYZ-2345",
                "expires_in": self.code_life,
                "interval": self.interval,
            }
        )

    def _token(self, asked: Asked) -> Answer:
        form = asked.form
        if asked.query or form.get("client_id") != CLIENT_ID:
            return oauth_error(401, "invalid_client", "No such client.")
        match form.get("grant_type"):
            case "urn:ietf:params:oauth:grant-type:device_code":
                return self._device_token(form)
            case "refresh_token":
                return self._refreshed(form)
        return oauth_error(400, "unsupported_grant_type")

    def _device_token(self, form: dict[str, str]) -> Answer:
        if form.get("device_code") not in self.device_codes:
            return oauth_error(400, "invalid_grant", "The device code is used or unknown.")
        if self.device_states:
            return oauth_error(400, self.device_states.pop(0))
        self.device_codes.discard(form["device_code"])
        return answer(self.give_tokens())

    def _refreshed(self, form: dict[str, str]) -> Answer:
        token = form.get("refresh_token", "")
        if token not in self.refresh_tokens:
            self.used_refresh_tokens.append(token)
            return oauth_error(400, "invalid_grant", "The refresh token is invalid or expired.")
        if self.rotates:
            self.refresh_tokens.discard(token)
            return answer(self.give_tokens())
        given = self.give_tokens()
        self.refresh_tokens.discard(given.pop("refresh_token"))
        return answer(given)

    def give_tokens(self) -> dict[str, Any]:
        """Return a new pair of tokens, as the vendor's answer has them."""
        access, refresh = self._new_token("access"), self._new_token("refresh")
        self.access_tokens.add(access)
        self.refresh_tokens.add(refresh)
        return {"token_type": "Bearer", "expires_in": self.token_life, "access_token": access, "refresh_token": refresh}

    def _summary(self, _asked: Asked) -> Answer:
        return answer(
            {
                "contact_email": "owner@acme.example",
                "encoded_account_id": "p07e1l8cdif9dl",
                "organization_name": self.organization,
                "country_code": "US",
            }
        )

    # A partner's accounts

    def _partner_token(self, asked: Asked) -> Answer:
        pair = base64.b64encode(f"{PARTNER_ID}:{PARTNER_SECRET}".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {pair}":
            return oauth_error(400, "invalid_client")
        if asked.query or asked.form != {"grant_type": "client_credentials"}:
            return oauth_error(400, "unsupported_grant_type")
        token = self._new_token("partner")
        self.partner_tokens = {token}
        return answer({"access_token": token, "expires_in": 3600, "token_type": "Bearer"})

    def _refuse_partner(self, asked: Asked) -> Answer | None:
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.partner_tokens:
            return object_error(401, "unauthorized", "Unauthorized")
        if asked.headers.get("x-api-key") != PARTNER_ID:
            return message_error(403, "Forbidden")
        return None

    def _accounts(self, asked: Asked) -> Answer:
        kind = asked.query.get("account_type", "all")
        if kind not in ("all", "managed", "unmanaged"):
            return array_error(400, "partner.validation", "account_type is none.")
        owners = {"managed": self.managed, "unmanaged": self.unmanaged}.get(kind, self.managed + self.unmanaged)
        offset, limit = asked.query.get("offset", "0"), asked.query.get("limit", "50")
        begin = int(offset) if re.fullmatch("[0-9]{1,9}", offset) else 0
        size = int(limit) if re.fullmatch("[0-9]{2}", limit) and 10 <= int(limit) <= 50 else 50
        page: dict[str, Any] = {"site_owner_list": owners[begin : begin + size]}
        if begin + size < len(owners):
            link = f"/v3/partner/accounts?account_type={kind}&limit={size}&offset={begin + size}"
            page["_links"] = {"next": {"href": link}}
        return answer(page)

    def _plan(self, asked: Asked) -> Answer:
        account = asked.path.split("/")[4]
        if account not in {one.get("encoded_account_id") for one in self.managed + self.unmanaged}:
            return array_error(404, "partner.not_found", "There is no such account.")
        return answer(
            {
                "plan_type": self.plans.get(account, "Standard"),
                "billing_status": "Open",
                "billing_day_of_month": 15,
                "current_tiers": [],
            }
        )

    # Contacts

    def _get_lists(self, asked: Asked) -> Answer:
        limit = asked.query.get("limit", "50")
        if not re.fullmatch("[0-9]{1,4}", limit) or not 1 <= int(limit) <= 1000:
            return array_error(400, "contacts.api.validation.error", "limit is out of range.")
        found = [one for one in self.lists if asked.query.get("name", one["name"]) == one["name"]]
        begin = int(asked.query["cursor"]) if re.fullmatch("[0-9]{1,6}", asked.query.get("cursor", "")) else 0
        page: dict[str, Any] = {"lists": found[begin : begin + int(limit)], "lists_count": len(found)}
        if begin + int(limit) < len(found):
            link = f"/v3/contact_lists?limit={limit}&cursor={begin + int(limit)}"
            page["_links"] = {"next": {"href": link}}
        return answer(page)

    def _make_list(self, asked: Asked) -> Answer:
        try:
            given = json.loads(asked.body)
            name = given["name"]
        except (ValueError, KeyError, TypeError):
            name = None
        if not isinstance(name, str) or not name.strip() or len(name) > 255:
            return array_error(400, "contacts.api.validation.error", "name is missing or too long.")
        if name in [one["name"] for one in self.lists]:
            return array_error(409, "contacts.api.conflict", "A list of this name exists.")
        return answer(self.new_list(name), 201)

    def new_list(self, name: str) -> dict[str, Any]:
        """Make a list of contacts and return it."""
        made = {"list_id": str(uuid.uuid4()), "name": name, "favorite": False, "created_at": self._moment()}
        self.lists.append(made)
        return made

    def _moment(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _take_file(self, asked: Asked) -> Answer:
        if not asked.headers["content-type"].startswith("multipart/form-data"):
            return array_error(415, "contacts.api.unsupported", "Send multipart/form-data.")
        if len(asked.body) > 4_000_000:
            return array_error(400, "contacts.api.too_large", "The body is over 4 MB.")
        parts = asked.parts
        name, content = parts.get("file", (None, b""))
        list_id = parts.get("list_ids", (None, b""))[1].decode(errors="replace")
        if not name or not content.strip() or not list_id:
            return array_error(400, "contacts.api.validation.error", "file and list_ids are needed.")
        if list_id not in [one["list_id"] for one in self.lists]:
            return array_error(404, "contacts.api.not_found", "There is no such list.")
        lines = content.decode(errors="replace").split("\r\n")[:-1][:40_000]  # more are dropped silently
        self.files.append(content)
        self.received.setdefault(list_id, set()).update(line.split(",")[0] for line in lines[1:])
        job = Job(
            str(uuid.uuid4()),
            name,
            len(lines),
            list_id,
            self._moment(),
            ["initialized", "processing", "completed"],
            len(lines),
        )
        self.change_next_job(job)
        self.jobs.append(job)
        return answer(job.to_json(), 201)

    def _get_jobs(self, asked: Asked) -> Answer:
        limit = asked.query.get("limit", "50")
        if not re.fullmatch("[0-9]{1,3}", limit) or not 1 <= int(limit) <= 500:
            return array_error(400, "contacts.api.validation.error", "limit is out of range.")
        state = asked.query.get("state")
        if state not in (None, "processing", "completed", "cancelled", "failed", "timed_out"):
            return array_error(400, "contacts.api.validation.error", "state is none.")
        found = [job.to_json() for job in reversed(self.jobs) if state in (None, job.steps[0])]
        return answer({"activities": found[: int(limit)]})

    def _get_job(self, asked: Asked) -> Answer:
        for job in self.jobs:
            if job.id == asked.path.rsplit("/", 1)[1]:
                if len(job.steps) > 1:
                    job.steps.pop(0)
                return answer(job.to_json())
        return array_error(404, "contacts.api.not_found", "There is no such activity.")


@dataclass(frozen=True)
class Route:
    """An operation: its method, its path as the vendor's description writes it, and who answers."""

    method: str
    path: str
    answer: Callable[[MockVendor, Asked], Answer]

    def fits(self, path: str) -> bool:
        return re.fullmatch(re.sub(r"{\w+}", "[^/]+", self.path), path) is not None


ROUTES = (
    Route("POST", "/auth/device/authorize", MockVendor._device),
    Route("POST", "/auth/token", MockVendor._token),
    Route("POST", "/partner/token", MockVendor._partner_token),
    Route("GET", "/v3/account/summary", MockVendor._summary),
    Route("GET", "/v3/contact_lists", MockVendor._get_lists),
    Route("POST", "/v3/contact_lists", MockVendor._make_list),
    Route("GET", "/v3/activities", MockVendor._get_jobs),
    Route("GET", "/v3/activities/{activity_id}", MockVendor._get_job),
    Route("POST", "/v3/activities/contacts_file_import", MockVendor._take_file),
    Route("GET", "/v3/partner/accounts", MockVendor._accounts),
    Route("GET", "/v3/partner/accounts/{encoded_account_id}/plan", MockVendor._plan),
)
"""All that the mock offers. The first three are the login's, of which the description says nothing."""


def owner(number: int, **changes: Any) -> dict[str, Any]:
    """Return an account as the vendor lists it."""
    return {
        "encoded_account_id": f"a{number:06}",
        "subscriber_count": number * 3,
        "organization_name": f"Company {number}",
        "site_owner_name": f"owner{number}",
        "billing_status": ("Open", "Trial", "Trial End", "Canceled")[number % 4],
        "last_login_date": f"2026-01-{number % 28 + 1:02}T11:08:00.000Z",
    } | changes
