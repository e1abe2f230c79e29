"""`partner-tui sync`, by the real program against the mock on loopback."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from tests.cli.running import Done, assert_refused
from tests.vendor import mock_vendor as mock
from tests.vendor.mock_vendor import PARTNER_ID, PARTNER_SECRET, MockVendor, answer, instead, owner
from tests.vendor.programs import Program

ACCOUNTS = "/v3/partner/accounts"

Sync = Callable[..., Done]


@pytest.fixture
def sync(program: Program) -> Sync:
    """Return `sync` with a partner's credentials, and the vendor with accounts."""
    program.vendor.managed = [owner(n) for n in range(1, 61)]
    program.vendor.unmanaged = [owner(n) for n in range(61, 71)]
    secret = program.folder / "secret"
    secret.write_text(f"{PARTNER_SECRET}\n")
    variables = {"PARTNER_TUI_PARTNER_CLIENT_ID": PARTNER_ID, "PARTNER_TUI_PARTNER_SECRET_FILE": str(secret)}

    def run(*options: str, **changes: str | None) -> Done:
        return program("sync", *options, variables=variables | changes)

    return run


def taken(sync: Sync, *options: str, code: int = 0) -> dict[str, Any]:
    done = sync("--json", *options)
    assert done.code == code, done.err
    (file,) = json.loads(done.out)["files"]
    return dict(file)


def rows(program: Program, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(program.database)) as connection:
        return connection.execute(query).fetchall()


def test_all_accounts_come_as_one_complete_list(program: Program, sync: Sync) -> None:
    first = taken(sync)
    counts = {key: first[key] for key in ("file", "read", "new", "changed", "same", "gone", "complete", "rejected")}
    assert counts == {
        "file": "vendor API", "read": 70, "new": 70, "changed": 0, "same": 0, "gone": 0, "complete": "all",
        "rejected": [],
    }  # fmt: skip
    assert rows(program, "SELECT source, complete, dated IS NOT NULL FROM imports") == [("vendor API", "all", 1)]
    assert rows(program, "SELECT * FROM (SELECT status, count(*) FROM accounts GROUP BY 1 ORDER BY 1)") == [
        ("C", 17), ("E", 18), ("O", 17), ("T", 18),
    ]  # fmt: skip
    shown = "SELECT username, company, list_size, relationship, status, last_login_on, plan_type FROM accounts"
    assert rows(program, f"{shown} WHERE account_id = 'a000001'") == [
        ("owner1", "Company 1", 3, "managed", "T", "2026-01-02", None)
    ]
    assert rows(program, "SELECT count(*) FROM accounts WHERE relationship = 'referred'") == [(10,)]
    assert {one.headers.get("x-api-key") for one in program.vendor.asked if one.path == ACCOUNTS} == {PARTNER_ID}
    assert taken(sync)["same"] == 70


def test_who_is_not_in_the_list_any_more_is_gone_and_undone(program: Program, sync: Sync) -> None:
    taken(sync)
    del program.vendor.managed[7]
    looked = taken(sync, "--dry-run")
    assert [one["account_id"] for one in looked["gone_accounts"]] == ["a000008"]
    assert rows(program, "SELECT count(*) FROM imports") == [(1,)]
    assert taken(sync)["gone"] == 1
    assert rows(program, "SELECT account_id FROM accounts WHERE gone_on IS NOT NULL") == [("a000008",)]
    assert program("undo-import", "--yes").code == 0
    assert rows(program, "SELECT count(*) FROM accounts WHERE gone_on IS NOT NULL") == [(0,)]
    program.vendor.managed.insert(0, owner(8))
    assert taken(sync)["gone"] == 0


def test_half_a_list_is_refused_unless_it_is_wanted(program: Program, sync: Sync) -> None:
    taken(sync)
    del program.vendor.managed[20:]
    done = sync()
    assert done.code == 1
    assert "--accept-gone" in done.err
    assert rows(program, "SELECT count(*) FROM accounts WHERE gone_on IS NOT NULL") == [(0,)]
    assert taken(sync, "--accept-gone")["gone"] == 40


def test_fields_that_the_vendor_does_not_give_stay(program: Program, sync: Sync) -> None:
    program.have_accounts(["a000001,owner1,Old name,me@clients.example,Open,Managed"])
    result = taken(sync)
    assert (result["changed"], result["new"]) == (1, 69)
    known = rows(program, "SELECT company, email, list_size FROM accounts WHERE account_id = 'a000001'")
    assert known == [("Company 1", "me@clients.example", 3)]


def test_a_username_never_makes_one_of_two_ids(program: Program, sync: Sync) -> None:
    program.have_accounts(["x1,owner1,Other,,Open,Managed"])
    result = taken(sync)
    assert (result["new"], result["gone"], result["rejected"]) == (70, 1, [])
    known = rows(program, "SELECT account_id, gone_on IS NULL FROM accounts WHERE username = 'owner1' ORDER BY 1")
    assert known == [("a000001", 1), ("x1", 0)]


def test_a_shift_that_hides_an_account_does_not_end_it(program: Program, sync: Sync) -> None:
    taken(sync)

    def shift(vendor: MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> None:
        del vendor.managed[0]

    program.vendor.script("GET", ACCOUNTS, shift, skip=1)
    assert taken(sync)["gone_accounts"] == []
    assert [one["account_id"] for one in taken(sync)["gone_accounts"]] == ["a000001"], "it was still listed before"


@pytest.mark.parametrize("link", ["https://evil.example/v3/partner/accounts", f"{ACCOUNTS}?again=1"])
def test_a_list_without_an_end_is_taken_in_but_ends_nobody(program: Program, sync: Sync, link: str) -> None:
    taken(sync)
    page = answer({"site_owner_list": [owner(1, subscriber_count=9_999)], "_links": {"next": {"href": link}}})
    program.vendor.script("GET", ACCOUNTS, instead(page), times=99)
    done = sync("--json")
    assert done.code == 1
    assert "none counts as gone" in done.err
    (file,) = json.loads(done.out)["files"]
    assert (file["read"], file["changed"], file["gone"], file["complete"]) == (1, 1, 0, None)
    assert rows(program, "SELECT list_size FROM accounts WHERE account_id = 'a000001'") == [(9_999,)]


def test_a_day_that_is_used_up_keeps_what_was_read(program: Program, sync: Sync) -> None:
    used_up = instead(mock.object_error(429, "quota_exceeded"))
    program.vendor.script("GET", ACCOUNTS, used_up, skip=1, times=99)
    done = sync("--json")
    assert done.code == 1
    assert "00:00 UTC" in done.err
    (file,) = json.loads(done.out)["files"]
    assert (file["new"], file["complete"]) == (50, None)


@pytest.mark.parametrize(
    "trouble", [mock.html(200), mock.message_error(403, "Forbidden"), answer({}), answer({"site_owner_list": []})]
)
def test_a_vendor_that_gives_no_list_changes_nothing(program: Program, sync: Sync, trouble: mock.Answer) -> None:
    program.vendor.script("GET", ACCOUNTS, instead(trouble), times=99)
    assert_refused(sync(), 1)
    assert not program.database.exists()


def test_odd_accounts_are_named_and_the_others_go_in(program: Program, sync: Sync) -> None:
    program.vendor.managed = [
        owner(1, billing_status="Zebra\x1b[31m"),
        owner(2, subscriber_count=None, organization_name=None),
        owner(3, encoded_account_id=None, site_owner_name=None),
        {},
        owner(5, organization_name="Evil\x1b]0;owned\x07"),
        owner(6, billing_status="Active", subscriber_count=-4),
    ]
    done = sync("--json")
    assert done.code == 0
    assert "\x1b" not in done.err
    (file,) = json.loads(done.out)["files"]
    assert file["new"] + len(file["rejected"]) == 16
    assert {row["row"] for row in file["rejected"]} >= {3, 4}
    assert list(file["unknown_words"]) == ["Status"]


def test_plans_are_asked_for_when_wanted(program: Program, sync: Sync) -> None:
    program.vendor.managed, program.vendor.unmanaged = [owner(1), owner(2)], [owner(3)]
    program.vendor.plans = {"a000002": "Lite"}
    taken(sync, "--plans")
    assert rows(program, "SELECT plan_type FROM accounts ORDER BY account_id") == [
        ("Standard",), ("Lite",), ("Standard",),
    ]  # fmt: skip


def test_a_token_that_ends_in_the_middle(program: Program, sync: Sync) -> None:
    program.vendor.script("GET", ACCOUNTS, instead(mock.object_error(401, "unauthorized", "No.")), skip=1)
    assert taken(sync)["new"] == 70


@pytest.mark.parametrize("variable", ["PARTNER_TUI_PARTNER_CLIENT_ID", "PARTNER_TUI_PARTNER_SECRET_FILE"])
def test_missing_credentials_are_named(program: Program, sync: Sync, variable: str) -> None:
    assert_refused(sync(**{variable: None}), 1, variable)
    assert program.vendor.asked == []


def test_the_secret_may_stand_in_the_credentials(program: Program, sync: Sync) -> None:
    program.store.make_private()
    program.store.write({"partner_secret": PARTNER_SECRET})
    assert sync(PARTNER_TUI_PARTNER_SECRET_FILE=None).code == 0
    program.store.path.chmod(0o640)
    assert_refused(sync(PARTNER_TUI_PARTNER_SECRET_FILE=None), 1, "chmod 600")


def test_settings_have_id_key_and_prefix(program: Program, sync: Sync) -> None:
    program.store.make_private()
    (program.store.folder / "settings.toml").write_text(
        f'partner_client_id = "{PARTNER_ID}"\npartner_api_key = "another"\npartner_auth_prefix = "none"\n'
    )

    def as_sent(vendor: MockVendor, asked: mock.Asked, _done: mock.Answer | None) -> mock.Answer:
        assert (asked.headers["authorization"] in vendor.partner_tokens) == (asked.headers["x-api-key"] == "another")
        return answer({"site_owner_list": [owner(1)]})

    program.vendor.script("GET", ACCOUNTS, as_sent, times=2)
    assert taken(sync, "--dry-run")["new"] == 1
    done = sync(PARTNER_TUI_PARTNER_CLIENT_ID=None)
    assert done.code == 1
    assert "403" in done.err


def test_wrong_credentials_are_told_of(program: Program, sync: Sync) -> None:
    (program.folder / "secret").write_text("wrong")
    done = sync()
    assert_refused(done, 1, "partner_client_id", "invalid_client")
    assert "wrong" not in done.err
