"""`partner-tui login`, `logout` and `whoami`, by the real program against the mock on loopback."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.vendor.credentials import to_values
from tests.cli.running import assert_refused
from tests.vendor import mock_vendor as mock
from tests.vendor.mock_vendor import CLIENT_ID, MARK, instead
from tests.vendor.programs import Program


def test_logging_in_saying_who_and_logging_out(program: Program) -> None:
    program.vendor.device_states = ["authorization_pending"]
    done = program("login", "--client-id", CLIENT_ID)
    assert (done.code, done.out) == (0, b"")
    assert "https://login.example/activate" in done.err
    assert "WXYZ-2345" in done.err
    assert "Acme Agency (owner@acme.example, p07e1l8cdif9dl)" in done.err
    assert MARK not in done.err
    who = program("whoami")
    assert who.text.splitlines() == ["Acme Agency", "owner@acme.example", "p07e1l8cdif9dl"]
    assert json.loads(program("whoami", "--json").out) == {
        "organization_name": "Acme Agency",
        "contact_email": "owner@acme.example",
        "encoded_account_id": "p07e1l8cdif9dl",
    }
    assert program("logout").code == 0
    assert_refused(program("whoami"), 1, "partner-tui login")
    assert program("login").code == 0, "the client id is remembered"
    assert program("logout").code == program("logout").code == 0


def test_a_login_without_a_client_id_is_wrong_use(program: Program) -> None:
    assert_refused(program("login"), 2, "--client-id")
    assert program.vendor.asked == []


@pytest.mark.parametrize(
    ("state", "words"), [("access_denied", "denied"), ("expired_token", "ran out"), ("unsupported_grant_type", "400")]
)
def test_a_login_that_comes_to_nothing(program: Program, state: str, words: str) -> None:
    program.vendor.device_states = [state]
    done = program("login", "--client-id", CLIENT_ID)
    assert done.code == 1
    assert words in done.err
    assert not program.store.path.exists()


def test_an_unknown_client_id_is_told_of(program: Program) -> None:
    assert_refused(program("login", "--client-id", "other"), 1, "401", "No such client")


def test_a_login_that_worked_is_kept_when_the_account_cannot_be_asked(program: Program) -> None:
    program.vendor.script("GET", "/v3/account/summary", instead(mock.message_error(403, "Forbidden")))
    done = program("login", "--client-id", CLIENT_ID)
    assert done.code == 1
    assert "You are logged in" in done.err
    assert program("whoami").code == 0


def test_a_dead_login_names_the_way_back(program: Program) -> None:
    program.log_in()
    program.vendor.access_tokens.clear()
    program.vendor.refresh_tokens.clear()
    assert_refused(program("whoami"), 1, "partner-tui login")


@pytest.mark.parametrize(
    "address",
    ["http://api.example/v3", "ftp://127.0.0.1/v3", "https://u:p@api.example/v3", "https://api.example/v2", "x"],
)
def test_addresses_that_may_not_be_used(program: Program, address: str) -> None:
    program.log_in()
    assert_refused(program("whoami", variables={"PARTNER_TUI_API_URL": address}), 2, address)


def test_a_setting_names_the_address(program: Program) -> None:
    program.log_in()
    (program.store.folder / "settings.toml").write_text(f'api_url = "{program.address}/v3"\n')
    assert program("whoami", variables={"PARTNER_TUI_API_URL": None}).code == 0


def test_no_proxy_sees_what_stays_on_this_machine(program: Program) -> None:
    program.log_in()
    proxies = {
        "HTTP_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
    }
    assert program("whoami", variables=proxies).code == 0


def test_a_file_that_others_can_read_is_refused(program: Program) -> None:
    program.log_in()
    program.store.path.chmod(0o644)
    assert_refused(program("whoami"), 1, "chmod 600")
    program.store.path.chmod(0o600)
    program.store.folder.chmod(0o755)
    assert_refused(program("whoami"), 1, "chmod 700")
    done = program("login", "--client-id", CLIENT_ID)
    assert done.code == 0
    assert "yours alone now" in done.err
    assert program.store.folder.stat().st_mode & 0o777 == 0o700


def test_doctor_warns_of_a_login_that_soon_dies_and_of_one_that_others_can_read(program: Program) -> None:
    program.have_accounts(["a1,one,One,,Open,Managed"])
    login = program.log_in()
    assert "logged in at Constant Contact" in program("doctor").text
    old = replace(login, refreshed_at=login.refreshed_at - 151 * 86_400)
    program.store.write(to_values(old))
    assert "151 days ago and dies after 180" in program("doctor").text
    program.store.path.chmod(0o644)
    done = program("doctor")
    assert done.code == 1
    assert "chmod 600" in done.text
    assert program.vendor.asked == []
