"""Reading a partner's accounts: every page, each account once, and complete only if it is."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from core.errors import WorkFailed
from core.vendor.accounts import Fetched, add_accounts, add_plans, fetch_accounts
from core.vendor.faults import QuotaExceeded, VendorFault
from tests.vendor import mock_vendor as mock
from tests.vendor.conftest import Parties
from tests.vendor.mock_vendor import MockVendor, answer, instead, owner

ACCOUNTS = "/v3/partner/accounts"


def fill(vendor: MockVendor, managed: int, unmanaged: int = 0) -> None:
    vendor.managed = [owner(n) for n in range(managed)]
    vendor.unmanaged = [owner(n) for n in range(managed, managed + unmanaged)]


def ids(fetched: Fetched) -> list[str]:
    return [row["Account ID"] for row in fetched.rows]


def page(owners: list[dict[str, Any]], link: Any = None) -> mock.Answer:
    return answer({"site_owner_list": owners} | ({"_links": {"next": {"href": link}}} if link is not None else {}))


def test_a_thousand_accounts_are_read_within_the_limits(flying: Parties) -> None:
    fill(flying.vendor, 700, 300)
    flying.vendor.is_strict = True
    fetched = fetch_accounts(flying.partner())
    assert len(set(ids(fetched))) == len(fetched.rows) == 1000
    assert fetched.is_complete
    assert fetched.rows[0] == {
        "Account ID": "a000000",
        "Username": "owner0",
        "Company": "Company 0",
        "List Size": "0",
        "Status": "Open",
        "Last Login": "2026-01-01T11:08:00.000Z",
        "Account Type": "Managed",
    }
    assert [row["Account Type"] for row in fetched.rows].count("Referred") == 300
    pages = [one for one in flying.vendor.asked if one.path == ACCOUNTS]
    assert len(pages) == 14 + 6
    assert {one.query["limit"] for one in pages} == {"50"}
    assert [one.query["account_type"] for one in pages] == ["managed"] * 14 + ["unmanaged"] * 6
    assert all(later.at - earlier.at > 0.25 for earlier, later in pairwise(pages))
    assert flying.vendor.count("POST", "/partner/token") == 1


def test_an_account_on_two_pages_is_one_row(flying: Parties) -> None:
    fill(flying.vendor, 80)

    def shift(vendor: MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> None:
        vendor.managed.insert(0, owner(900))

    flying.vendor.script("GET", ACCOUNTS, shift, skip=1)
    fetched = fetch_accounts(flying.partner())
    assert len(ids(fetched)) == len(set(ids(fetched))) == 80
    assert (fetched.repeated, fetched.is_complete) == (1, True)
    assert "more than once" in fetched.notes()[0][1]


def test_an_account_that_a_shift_has_hidden_is_found_by_reading_again(flying: Parties) -> None:
    fill(flying.vendor, 80)

    def shift(vendor: MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> None:
        del vendor.managed[0]

    flying.vendor.script("GET", ACCOUNTS, shift, skip=1)
    client = flying.partner()
    fetched = fetch_accounts(client)
    assert "a000050" not in ids(fetched)
    add_accounts(client, fetched)
    assert sorted(ids(fetched)) == [f"a{n:06}" for n in range(80)]


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/v3/partner/accounts",
        "//evil.example/v3/x",
        "/v2/partner/accounts",
        "/v3",
        "v3/partner/accounts",
        "http://[",
        17,
        {"x": 1},
    ],
)
def test_a_link_that_leads_elsewhere_is_not_followed(flying: Parties, link: Any) -> None:
    fill(flying.vendor, 0, 5)
    flying.vendor.script("GET", ACCOUNTS, instead(page([owner(1)], link)))
    fetched = fetch_accounts(flying.partner())
    assert (ids(fetched), fetched.is_complete) == (["a000001"], False)
    assert "elsewhere" in str(fetched.stopped)
    assert flying.vendor.count("GET", ACCOUNTS) == 1
    assert len(flying.vendor.asked) == 2


def test_pages_that_go_round_in_a_circle_end(flying: Parties) -> None:
    link = f"{ACCOUNTS}?account_type=managed&offset=50"
    flying.vendor.script("GET", ACCOUNTS, instead(page([owner(1)], link)), times=99)
    fetched = fetch_accounts(flying.partner())
    assert (ids(fetched), fetched.is_complete) == (["a000001"], False)
    assert flying.vendor.count("GET", ACCOUNTS) == 2


def test_one_page_under_ever_new_links_ends(flying: Parties) -> None:
    def again(vendor: MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> mock.Answer:
        return page([owner(1)], f"{ACCOUNTS}?offset={len(vendor.asked)}")

    flying.vendor.script("GET", ACCOUNTS, again, times=999)
    fetched = fetch_accounts(flying.partner())
    assert (ids(fetched), fetched.is_complete) == (["a000001"], False)
    assert flying.vendor.count("GET", ACCOUNTS) == 2


def test_a_link_is_followed_letter_by_letter(flying: Parties) -> None:
    fill(flying.vendor, 1)
    link = "/v3/partner/accounts?offset=b%2Fc%3D%3D&limit=50&x=%C3%A9&account_type=managed"
    flying.vendor.script("GET", ACCOUNTS, instead(page([owner(2)], link)))
    asked: list[str] = []

    def look(_vendor: MockVendor, one: mock.Asked, _done: mock.Answer | None) -> None:
        asked.append(one.raw)

    flying.vendor.script("GET", ACCOUNTS, look)
    assert fetch_accounts(flying.partner()).is_complete
    assert asked == [link]


@pytest.mark.parametrize(
    "trouble",
    [
        answer({}),
        answer({"site_owner_list": None}),
        answer({"site_owner_list": {"a": 1}}),
        mock.html(200),
        mock.html(503),
        mock.message_error(403, "Forbidden"),
    ],
)
def test_a_list_that_breaks_off_is_a_fault(flying: Parties, trouble: mock.Answer) -> None:
    fill(flying.vendor, 200)
    flying.vendor.script("GET", ACCOUNTS, instead(trouble), skip=2, times=99)
    with pytest.raises(VendorFault):
        fetch_accounts(flying.partner())


def test_a_used_up_day_gives_what_was_read(flying: Parties) -> None:
    fill(flying.vendor, 200)
    flying.vendor.script("GET", ACCOUNTS, instead(mock.array_error(429, "quota_exceeded")), skip=2, times=99)
    fetched = fetch_accounts(flying.partner())
    assert (len(fetched.rows), fetched.is_complete) == (100, False)
    assert isinstance(fetched.stopped, QuotaExceeded)


def test_a_token_that_ends_in_the_middle_is_asked_for_anew(flying: Parties) -> None:
    fill(flying.vendor, 200)

    def end(vendor: MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> None:
        vendor.partner_tokens.clear()

    flying.vendor.script("GET", ACCOUNTS, end, skip=2)
    assert len(fetch_accounts(flying.partner()).rows) == 200
    assert flying.vendor.count("POST", "/partner/token") == 2


def test_a_token_is_renewed_before_its_hour_has_passed(flying: Parties) -> None:
    fill(flying.vendor, 60)
    client = flying.partner()
    fetch_accounts(client)
    flying.clock.wait(3_600)
    fetch_accounts(client)
    assert flying.vendor.count("POST", "/partner/token") == 2


def test_wrong_credentials_are_told_of(flying: Parties) -> None:
    flying.vendor.script("POST", "/partner/token", instead(mock.oauth_error(400, "invalid_client")))
    with pytest.raises(WorkFailed, match="partner_client_id"):
        fetch_accounts(flying.partner())


def test_what_an_account_does_not_say_is_blank_and_odd_values_stay_readable(flying: Parties) -> None:
    flying.vendor.managed = [
        {"encoded_account_id": "a1"},
        owner(2, subscriber_count=None, organization_name=None, last_login_date=None),
        owner(3, subscriber_count=12.0, billing_status="Zebra", organization_name="Evil\x1b]0;x\x07"),
        owner(4, subscriber_count="many", organization_name=["a"]),
    ]
    fetched = fetch_accounts(flying.partner())
    assert [row["List Size"] for row in fetched.rows] == ["", "", "12", "many"]
    assert [row["Company"] for row in fetched.rows] == ["", "", "Evil\x1b]0;x\x07", '["a"]']


# Plans


def test_plans_are_asked_for_the_unknown_ones_first(flying: Parties) -> None:
    fill(flying.vendor, 4)
    flying.vendor.plans = {"a000003": "Premium"}
    client = flying.partner()
    fetched = fetch_accounts(client)
    assert "Plan Type" not in fetched.headings
    flying.vendor.script("GET", f"{ACCOUNTS}/a000001/plan", instead(mock.array_error(404, "gone")))
    add_plans(client, fetched, {"a000000"})
    assert [row.get("Plan Type", "") for row in fetched.rows] == ["Standard", "", "Standard", "Premium"]
    assert "Plan Type" in fetched.headings
    asked = [one.path.split("/")[4] for one in flying.vendor.asked if one.path.endswith("/plan")]
    assert asked == ["a000001", "a000002", "a000003", "a000000"]
    assert [text for _, text, _ in fetched.notes()] == ["The vendor did not tell the plan of 1 account."]


def test_a_day_used_up_among_plans_keeps_the_list_complete(flying: Parties) -> None:
    fill(flying.vendor, 4)
    client = flying.partner()
    fetched = fetch_accounts(client)
    used_up = instead(mock.object_error(429, "quota_exceeded"))
    flying.vendor.script("GET", f"{ACCOUNTS}/.*/plan", used_up, skip=2, times=99)
    add_plans(client, fetched, ())
    assert [row.get("Plan Type") for row in fetched.rows] == ["Standard", "Standard", None, None]
    assert fetched.is_complete
    assert isinstance(fetched.stopped, QuotaExceeded)
