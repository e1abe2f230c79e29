"""What the application writes, sends and hands on holds no secret: searched while it runs, and when it has ended."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.paths import data_folder
from tests.cli.running import PROGRAM, environment
from tests.tui.terminal import Terminal
from tests.vendor import mock_vendor as mock
from tests.vendor.mock_vendor import CLIENT_ID, MARK, PARTNER_ID, PARTNER_SECRET, instead, owner
from tests.vendor.programs import Program, accounts
from tests.vendor.test_secrets import shown_to_others

pytestmark = [pytest.mark.programs, pytest.mark.promise("P5")]

SIZE = (100, 40)
CRASH = """
import sys
sys.argv = ["partner-tui", *sys.argv[1:]]
from core.vendor import summary
def crash(client):
    headers = client._authorizer.headers()
    raise ZeroDivisionError(headers)
summary.account_summary = crash
from tui.__main__ import main
main()
"""


@pytest.fixture
def looked(program: Program) -> list[str]:
    """Return what is found in /proc at each request to the vendor, beside that it was looked at."""
    found: list[str] = []

    def look(_vendor: mock.MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> None:
        found.extend(["looked", *shown_to_others()])

    for path in ("/auth/token", "/v3/account/summary", "/v3/partner/accounts", "/v3/activities/.*"):
        program.vendor.script("GET|POST", path, look, times=99)
    for one in program.vendor.scripted:
        one.method = "POST" if one.path.pattern.startswith("/auth") else "GET"
    return found


def started(program: Program, *command: str) -> Terminal:
    variables = {
        "PARTNER_TUI_PARTNER_CLIENT_ID": PARTNER_ID,
        "PARTNER_TUI_PARTNER_SECRET_FILE": str(program.folder / "secret"),
        "TERM": "xterm-256color",
    }
    words = command or PROGRAM
    return Terminal([*words, "--db", str(program.database)], environment(**program.variables | variables), SIZE)


def holding(program: Program) -> set[Path]:
    """Return the files that hold a token of the mock, or the partner's secret."""
    secrets = [MARK.encode(), PARTNER_SECRET.encode()]
    home = Path(os.environ["HOME"])
    written = [file for folder in (program.folder, home) for file in folder.rglob("*") if file.is_file()]
    return {file for file in written if any(secret in file.read_bytes() for secret in secrets)}


def test_secrets_of_the_application_are_in_one_file(program: Program, looked: list[str]) -> None:
    vendor, secret = program.vendor, program.folder / "secret"
    secret.write_text(PARTNER_SECRET)
    vendor.managed = [owner(n) for n in range(60)]
    program.have_accounts(accounts(3))
    with closing(sqlite3.connect(program.database)) as reader, started(program) as terminal:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM imports").fetchall()  # while it reads, all that is written stays in the log
        terminal.wait_for("in the partnership")
        terminal.press("6")
        terminal.wait_for("Nobody is logged in")
        terminal.press("i")
        terminal.wait_for("Client id")
        terminal.press(f"{CLIENT_ID}\r")
        terminal.wait_for("Logged in to the account of Acme Agency")
        vendor.access_tokens.clear()  # the next request finds the token dead and renews it
        terminal.press("4")
        terminal.wait_for("Never logged in")
        terminal.press("\x1b[B" * 2 + "U")
        terminal.wait_for("Upload 3 contacts")
        terminal.press("\r")
        terminal.wait_for("3 contacts sent, 3 arrived.")
        terminal.press("\r")
        terminal.wait_for("uploaded")
        vendor.script("GET", "/v3/contact_lists", instead(mock.array_error(403, "no", "No.")))
        terminal.press("U")
        terminal.wait_for("403")
        terminal.press("\x1b")
        terminal.wait_until_gone("403")
        terminal.press("5")
        terminal.wait_for("From the vendor")
        terminal.settled()
        terminal.press("\x1b[B")  # out of the field
        terminal.wait_for("v From the vendor")
        terminal.press("v")
        terminal.wait_for("Look")
        terminal.press("\r")
        terminal.wait_for("Import 60 accounts")
        terminal.press("\r")
        terminal.wait_until_gone("Import 60 accounts")
        terminal.press("\x1b")
        terminal.settled()
        assert program.database.with_name("a.db-wal").stat().st_size > 10_000, "it is searched too"
        assert holding(program) == {program.store.path, secret}
        terminal.press("q")
        assert terminal.ended() == 0
        assert MARK.encode() not in terminal.sent
    assert vendor.count("POST", "/auth/token") >= 2
    assert len(vendor.tokens) >= 5
    assert program("backup", "copy.db").code == 0
    assert program("report", "all-accounts-summary", "--output", "r.html").code == 0
    assert holding(program) == {program.store.path, secret}
    assert set(looked) == {"looked"}
    with started(program) as terminal:
        terminal.wait_for("in the partnership")
        terminal.press("6")
        terminal.wait_for("Logged in to")
        terminal.press("o")
        terminal.wait_for("Log out of Constant Contact?")
        terminal.press("\t\r")
        terminal.wait_for("Nobody is logged in")
        terminal.press("q")
        assert terminal.ended() == 0
    assert holding(program) == {secret}


def test_a_crash_with_tokens_at_hand_tells_none(program: Program) -> None:
    program.have_accounts(accounts(3))
    program.log_in()
    with started(program, sys.executable, "-c", CRASH) as terminal:
        terminal.wait_for("in the partnership")
        terminal.press("6")
        assert terminal.ended() == 70
        assert MARK.encode() not in terminal.sent
        assert b"ZeroDivisionError" in terminal.sent
    (report,) = (data_folder() / "crashes").iterdir()
    assert "ZeroDivisionError" in report.read_text()
    assert holding(program) == {program.store.path}
