"""Asking the API: what is tried again, what never is, and that every fault ends as one plain fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.errors import Fault
from core.vendor.faults import LoginNeeded, QuotaExceeded, Unanswered, VendorFault
from tests.vendor import mock_vendor as mock
from tests.vendor.conftest import FlyingClock, Parties
from tests.vendor.mock_vendor import Answer, instead

SUMMARY = "/v3/account/summary"

SHAPES: list[Callable[[int, str], Answer]] = [
    lambda status, word: mock.array_error(status, word, "Some words."),
    lambda status, word: mock.object_error(status, word, "Some words."),
    lambda status, _word: mock.message_error(status, "Some words."),
    lambda status, word: mock.oauth_error(status, word, "Some words."),
    lambda status, word: mock.okta_error(status, word, "Some words."),
]


def ask(parties: Parties) -> dict[str, Any]:
    return parties.client().get("/account/summary", "The account")


def assert_plain(fault: Fault) -> None:
    assert 1 <= len(str(fault).splitlines()) <= 3
    assert mock.MARK not in str(fault)
    assert str(fault).isprintable() or "\n" in str(fault)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_each_shape_of_error_gives_one_plain_fault(
    flying: Parties, shape: Callable[[int, str], Answer], status: int
) -> None:
    flying.log_in()
    flying.vendor.script("GET", SUMMARY, instead(shape(status, "some_word")), times=9)
    with pytest.raises(VendorFault) as caught:
        ask(flying)
    assert_plain(caught.value)
    assert "Some words." in caught.value.message
    assert str(status) in caught.value.message
    assert "request req-" in caught.value.message
    assert flying.vendor.count("GET", SUMMARY) == (3 if status >= 500 else 1)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_page_in_place_of_json_gives_a_fault_without_it(flying: Parties, status: int) -> None:
    flying.log_in()
    flying.vendor.script("GET", SUMMARY, instead(mock.html(status)), times=9)
    with pytest.raises(VendorFault) as caught:
        ask(flying)
    assert "<" not in str(caught.value)


def test_the_vendors_words_cannot_act_on_a_terminal(flying: Parties) -> None:
    flying.log_in()
    said = "\x1b]0;owned\x07\x9b31m\u202e" + "x" * 5_000
    flying.vendor.script("GET", SUMMARY, instead(mock.array_error(403, "bad\x1b", said)))
    with pytest.raises(VendorFault) as caught:
        ask(flying)
    assert "\x1b" not in str(caught.value)
    assert "\u202e" not in str(caught.value)
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"17", b'"x"', b"{", b"[" * 100_000, b"\xff\xfe"])
def test_an_answer_that_is_none_gives_a_fault(flying: Parties, body: bytes) -> None:
    flying.log_in()
    flying.vendor.script("GET", SUMMARY, instead(Answer(200, body)), times=9)
    with pytest.raises(VendorFault):
        ask(flying)


@pytest.mark.parametrize("trouble", [mock.cut, mock.cut_json, mock.reset, mock.silence])
def test_what_passes_is_tried_again(on_loopback: Parties, trouble: mock.Fault) -> None:
    on_loopback.log_in()
    on_loopback.vendor.script("GET", SUMMARY, trouble, is_after=True)
    assert ask(on_loopback)["organization_name"] == "Acme Agency"
    assert on_loopback.vendor.count("GET", SUMMARY) == 2


@pytest.mark.parametrize("trouble", [mock.cut, mock.reset, mock.silence, mock.drip])
def test_what_stays_ends_as_a_fault(on_loopback: Parties, trouble: mock.Fault) -> None:
    on_loopback.log_in()
    on_loopback.vendor.script("GET", SUMMARY, trouble, is_after=True, times=99)
    with pytest.raises(Unanswered) as caught:
        ask(on_loopback)
    assert_plain(caught.value)
    assert on_loopback.vendor.count("GET", SUMMARY) == 3


@pytest.mark.parametrize(
    "trouble", [mock.cut, mock.cut_json, mock.reset, mock.silence, instead(mock.html(500)), instead(mock.html(503))]
)
def test_a_post_is_never_repeated_blindly(on_loopback: Parties, trouble: mock.Fault) -> None:
    on_loopback.log_in()
    on_loopback.vendor.script("POST", "/v3/contact_lists", trouble, is_after=True, times=99)
    with pytest.raises(Unanswered):
        on_loopback.client().post("/contact_lists", "The list", json={"name": "A"})
    assert on_loopback.vendor.count("POST", "/v3/contact_lists") == 1


def test_a_vendor_that_is_not_there_is_told_of_plainly(on_loopback: Parties) -> None:
    on_loopback.log_in()
    client = on_loopback.client()
    client.addresses = type(client.addresses)(api="http://127.0.0.1:9/v3")
    with pytest.raises(VendorFault, match="cannot be reached"):
        client.get("/account/summary", "The account")


@pytest.mark.parametrize("shape", SHAPES)
def test_too_quick_waits_and_goes_on(flying: Parties, shape: Callable[[int, str], Answer]) -> None:
    flying.log_in()
    flying.vendor.script("GET", SUMMARY, instead(shape(429, "throttled")), times=3)
    assert ask(flying)["organization_name"] == "Acme Agency"
    assert isinstance(flying.clock, FlyingClock)
    waits = [wait for wait in flying.clock.waits if wait > 0.5]
    assert len(waits) == 3
    assert waits == sorted(waits)


def test_too_quick_for_ever_ends(flying: Parties) -> None:
    flying.log_in()
    flying.vendor.script("GET", SUMMARY, instead(mock.object_error(429, "throttled")), times=99)
    with pytest.raises(VendorFault, match="429"):
        ask(flying)
    assert flying.vendor.count("GET", SUMMARY) < 10


@pytest.mark.parametrize(
    "said",
    [
        mock.array_error(429, "quota_exceeded", "x"),
        mock.object_error(429, "quota_exceeded", "x"),
        mock.message_error(429, "Limit Exceeded"),
    ],
)
def test_a_day_that_is_used_up_stops_at_once(flying: Parties, said: Answer) -> None:
    flying.log_in()
    flying.vendor.script("GET", SUMMARY, instead(said), times=99)
    with pytest.raises(QuotaExceeded, match="00:00 UTC"):
        ask(flying)
    assert flying.vendor.count("GET", SUMMARY) == 1


def test_a_token_that_ended_in_the_middle_is_renewed_once(flying: Parties) -> None:
    flying.log_in()
    flying.vendor.access_tokens.clear()
    assert ask(flying)["organization_name"] == "Acme Agency"
    assert flying.vendor.count("GET", SUMMARY) == 2
    assert flying.vendor.count("POST", "/auth/token") == 1


def test_a_token_that_is_never_accepted_is_renewed_only_once(flying: Parties) -> None:
    flying.log_in()
    flying.vendor.script("GET", SUMMARY, instead(mock.object_error(401, "unauthorized", "No.")), times=99)
    with pytest.raises(LoginNeeded, match="Log in"):
        ask(flying)
    assert flying.vendor.count("GET", SUMMARY) == 2
    assert flying.vendor.count("POST", "/auth/token") == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(flying: Parties, status: int) -> None:
    flying.log_in()
    away = Answer(status, b"", headers={"Location": f"{flying.addresses.api}/elsewhere"})
    flying.vendor.script("GET", SUMMARY, instead(away))
    with pytest.raises(VendorFault, match="points elsewhere"):
        ask(flying)
    assert flying.vendor.count("GET", "/v3/elsewhere") == 0
