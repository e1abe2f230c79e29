"""Logging in by device code, and keeping the login alive without ever losing it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.errors import Cancelled, WorkFailed
from core.vendor.credentials import CredentialsFile, Login, to_values
from core.vendor.faults import LoginNeeded, VendorFault
from core.vendor.login import SCOPES
from core.vendor.waiting import Clock
from tests.vendor import mock_vendor as mock
from tests.vendor.conftest import FlyingClock, Parties
from tests.vendor.mock_vendor import CLIENT_ID, MARK, instead
from tests.vendor.serving import served, variables

TOKEN = "/auth/token"
ROOT = Path(__file__).parents[2]


def log_in(parties: Parties) -> Login:
    return parties.server.finish(CLIENT_ID, parties.server.begin(CLIENT_ID))


def test_a_login_waits_as_it_is_told_and_is_kept(flying: Parties) -> None:
    flying.vendor.interval = 5
    flying.vendor.device_states = ["authorization_pending", "slow_down", "slow_down", "authorization_pending"]
    code = flying.server.begin(CLIENT_ID)
    assert (code.address, code.code) == ("https://login.example/activate", "WXYZ-2345")
    login = flying.server.finish(CLIENT_ID, code)
    assert isinstance(flying.clock, FlyingClock)
    assert flying.clock.waits == [5, 5, 10, 15, 15]
    assert flying.store.login() == login
    assert flying.store.path.stat().st_mode & 0o777 == 0o600
    assert flying.store.folder.stat().st_mode & 0o777 == 0o700
    first, *polls = flying.vendor.asked
    assert (first.form, first.query) == ({"client_id": CLIENT_ID, "scope": SCOPES}, {})
    assert all(set(poll.form) == {"client_id", "device_code", "grant_type"} and not poll.query for poll in polls)
    assert login.access_token not in repr(login)


@pytest.mark.parametrize(("word", "said"), [("access_denied", "denied"), ("expired_token", "ran out")])
def test_a_login_that_comes_to_nothing(flying: Parties, word: str, said: str) -> None:
    flying.vendor.device_states = ["authorization_pending", word]
    with pytest.raises(WorkFailed, match=said):
        log_in(flying)
    assert not flying.store.path.exists()


def test_a_code_that_nobody_uses_ends_by_the_clock(flying: Parties) -> None:
    flying.vendor.interval, flying.vendor.code_life = 5, 60
    flying.vendor.device_states = ["authorization_pending"] * 99
    with pytest.raises(WorkFailed, match="ran out"):
        log_in(flying)
    assert flying.vendor.count("POST", TOKEN) <= 12


def test_a_line_that_drops_while_waiting_is_no_end(on_loopback: Parties) -> None:
    on_loopback.vendor.device_states = ["authorization_pending"]
    on_loopback.vendor.script("POST", TOKEN, mock.reset)
    on_loopback.vendor.script("POST", TOKEN, instead(mock.html(503)), skip=1)
    assert log_in(on_loopback).access_token in on_loopback.vendor.access_tokens


def test_a_login_is_left_with_escape(flying: Parties) -> None:
    flying.vendor.interval = 5
    flying.vendor.device_states = ["authorization_pending"] * 99

    def go_on() -> None:
        if len(flying.vendor.asked) > 2:
            raise Cancelled("The login")

    flying.clock.go_on = go_on
    with pytest.raises(Cancelled):
        log_in(flying)
    assert not flying.store.path.exists()


@pytest.mark.parametrize("body", [b"{}", b"<html>", b'{"access_token": ""}', b'{"access_token": "a\\nb"}', b"[1]"])
def test_a_token_that_is_none_is_not_kept(flying: Parties, body: bytes) -> None:
    flying.vendor.script("POST", TOKEN, instead(mock.Answer(200, body)))
    with pytest.raises(VendorFault):
        log_in(flying)
    assert not flying.store.path.exists()


# Keeping it alive


def test_a_login_is_renewed_before_it_ends_and_kept_before_it_is_used(flying: Parties) -> None:
    old = flying.log_in(life=30)

    def look(_vendor: mock.MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> None:
        known = flying.store.login()
        assert known is not None
        kept.append(known.access_token)

    kept: list[str] = []
    flying.vendor.script("GET", "/v3/account/summary", look)
    flying.client().get("/account/summary", "The account")
    login = flying.store.login()
    assert login is not None
    assert kept == [login.access_token]
    assert login.refresh_token not in (None, old.refresh_token)
    assert flying.vendor.asked[0].form == {
        "client_id": CLIENT_ID,
        "refresh_token": old.refresh_token,
        "grant_type": "refresh_token",
    }


def test_the_refresh_token_stays_where_no_other_comes(flying: Parties) -> None:
    flying.vendor.rotates = False
    old = flying.log_in(life=0)
    new = flying.server.renew(old)
    assert new.refresh_token == old.refresh_token
    assert flying.store.login() == new


def test_what_else_the_file_holds_stays(flying: Parties) -> None:
    old = flying.log_in(life=0)
    flying.store.write(to_values(old) | {"partner_secret": "s", "of_a_later_version": [1]})
    flying.server.renew(old)
    assert flying.store.read()["of_a_later_version"] == [1]
    assert flying.store.forget(Clock())
    assert flying.store.read() == {"client_id": CLIENT_ID, "partner_secret": "s", "of_a_later_version": [1]}
    assert not flying.store.forget(Clock())


def test_a_dead_login_says_to_log_in_and_keeps_the_file(flying: Parties) -> None:
    old = flying.log_in(life=0)
    flying.vendor.refresh_tokens.clear()
    with pytest.raises(LoginNeeded, match="Log in"):
        flying.server.renew(old)
    assert flying.store.login() == old


def test_two_processes_renew_once(folder: Path) -> None:
    vendor = mock.MockVendor()
    with served(vendor) as base:
        given = vendor.give_tokens()
        store = CredentialsFile()
        store.make_private()
        store.write(to_values(Login(CLIENT_ID, given["access_token"], given["refresh_token"], 0, 0)))
        vendor.script("POST", TOKEN, _slow)
        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(lambda _: _in_a_process(base), range(4)))
    assert [one.returncode for one in done] == [0] * 4, done
    assert vendor.used_refresh_tokens == []
    assert vendor.count("POST", TOKEN) == 1
    login = store.login()
    assert login is not None
    assert login.refresh_token in vendor.refresh_tokens


def _slow(vendor: mock.MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> None:
    time.sleep(0.3)


ASKING = """
from core.vendor.sessions import user_client
from core.vendor.waiting import Clock
{before}
with user_client(Clock()) as client:
    print(client.get("/account/summary", "The account")["organization_name"])
"""


def _in_a_process(base: str, before: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", ASKING.format(before=before)],
        capture_output=True,
        text=True,
        env=os.environ | variables(base),
        cwd=ROOT,
        check=False,
    )


KILLED = {
    "before the file is begun": "from core.vendor import credentials\ncredentials.write_private = lambda *_: kill()",
    "while the file is written": "from core import private_file\nprivate_file.os.fsync = lambda *_: kill()",
}


@pytest.mark.parametrize("moment", KILLED)
def test_killed_between_received_and_saved_the_old_file_stands_whole(moment: str) -> None:
    vendor = mock.MockVendor()
    with served(vendor) as base:
        given = vendor.give_tokens()
        store = CredentialsFile()
        store.make_private()
        old = Login(CLIENT_ID, given["access_token"], given["refresh_token"], 0, 0)
        store.write(to_values(old))
        kill = "import os, signal\ndef kill(): os.kill(os.getpid(), signal.SIGKILL)\n"
        pace_first = "from core.vendor import limits\nlimits.write_private = lambda *_: None\n"
        killed = _in_a_process(base, kill + pace_first + KILLED[moment])
        assert killed.returncode == -signal.SIGKILL, killed
        assert store.login() == old
        # The refresh token was used up: the vendor says so, and so do we; what lay about is swept away.
        again = _in_a_process(base)
        assert again.returncode != 0
        assert "LoginNeeded" in again.stderr
        assert store.login() == old
        holding = [file for file in store.folder.iterdir() if MARK in file.read_text()]
        assert holding == [store.path]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_renewing_waits_until_the_tokens_are_kept(number: signal.Signals) -> None:
    vendor = mock.MockVendor()

    def interrupt(_vendor: mock.MockVendor, asked: mock.Asked, _done: mock.Answer | None) -> None:
        os.kill(child.pid, number)
        time.sleep(0.2)

    with served(vendor) as base:
        given = vendor.give_tokens()
        store = CredentialsFile()
        store.make_private()
        store.write(to_values(Login(CLIENT_ID, given["access_token"], given["refresh_token"], 0, 0)))
        vendor.script("POST", TOKEN, interrupt, is_after=True)
        heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # not so behind a shell's &
        command = [sys.executable, "-c", heard + "from tui.__main__ import main; main()", "whoami"]
        child = subprocess.Popen(command, env=os.environ | variables(base), cwd=ROOT, stderr=subprocess.PIPE)
        child.communicate()
    assert child.returncode == 128 + number
    login = store.login()
    assert login is not None
    assert login.refresh_token in vendor.refresh_tokens


# The file


@pytest.mark.parametrize(("what", "mode"), [("file", 0o640), ("file", 0o604), ("folder", 0o755), ("folder", 0o710)])
def test_a_file_that_others_can_read_is_refused(flying: Parties, what: str, mode: int) -> None:
    flying.log_in()
    (flying.store.path if what == "file" else flying.store.folder).chmod(mode)
    with pytest.raises(WorkFailed, match="chmod"):
        flying.store.login()
    with pytest.raises(WorkFailed, match="chmod"):
        flying.client().get("/account/summary", "The account")
    assert flying.vendor.asked == []


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, "\x00"])
def test_a_damaged_file_is_told_of(flying: Parties, text: str) -> None:
    flying.log_in()
    flying.store.path.write_text(text)
    with pytest.raises(WorkFailed, match="damaged"):
        flying.store.login()
