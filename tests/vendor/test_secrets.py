"""Secrets are in `credentials.json`, and nowhere else: searched for in all that is written, said or shown."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import Done
from tests.vendor import mock_vendor as mock
from tests.vendor.mock_vendor import CLIENT_ID, MARK, PARTNER_ID, PARTNER_SECRET, instead, owner
from tests.vendor.programs import Program, accounts

CRASH = """
import sys
sys.argv = ["partner-tui", "whoami"]
from core.vendor import summary
def crash(client):
    headers = client._authorizer.headers()
    raise ZeroDivisionError(headers)
summary.account_summary = crash
from tui.cli.main import main
main()
"""


def shown_to_others() -> list[str]:
    """Return the arguments and environments of all processes that hold a secret of the mock."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                text = (folder / name).read_bytes()
            except OSError:
                continue
            found += [f"{folder}/{name}"] * (MARK.encode() in text or PARTNER_SECRET.encode() in text)
    return found


def test_secrets_are_in_one_file_alone(program: Program, tmp_path: Path) -> None:
    looked: list[str] = []

    def look(_vendor: mock.MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> None:
        looked.extend(["looked", *shown_to_others()])

    secret = tmp_path / "secret"
    secret.write_text(PARTNER_SECRET)
    partner: dict[str, str | None] = {
        "PARTNER_TUI_PARTNER_CLIENT_ID": PARTNER_ID,
        "PARTNER_TUI_PARTNER_SECRET_FILE": str(secret),
    }
    vendor = program.vendor
    vendor.managed = [owner(n) for n in range(60)]
    for path in ("/v3/account/summary", "/v3/partner/accounts", "/v3/activities/.*"):
        vendor.script("GET", path, look)
    program.have_accounts(accounts(3))
    done = [program("login", "--client-id", CLIENT_ID), program("lists", "new", "All", "--where", "status = Open")]
    vendor.access_tokens.clear()
    done += [program("lists", "upload", "All", "--yes", "--json"), program("sync", "--json", variables=partner)]
    vendor.script("GET", "/v3/contact_lists", instead(mock.array_error(403, "no", "No.")))
    done += [
        program("lists", "upload", "All", "--yes"),
        program("report", "all-accounts-summary", "--output", "r.html"),
        program("runs", "--json"),
        program("backup", "copy.db"),
        _crashed(program),
    ]
    assert [one.code for one in done] == [0, 0, 0, 0, 1, 0, 0, 0, 70]
    assert looked == ["looked"] * 3
    done.append(program("doctor"))
    secrets = [token.encode() for token in vendor.tokens]
    assert len(secrets) > 5
    assert not [one for one in done for token in secrets if token in one.out or token in one.err.encode()]
    written = [file for folder in (tmp_path, program.store.folder.parents[0]) for file in folder.rglob("*")]
    written += list(Path.home().rglob("*"))
    holding = {file for file in written if file.is_file() and any(token in file.read_bytes() for token in secrets)}
    assert holding == {program.store.path, secret}


def _crashed(program: Program) -> Done:
    """Let the program crash with tokens at hand."""
    import os
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", CRASH],
        env=os.environ | {key: value for key, value in program.variables.items() if value},
        capture_output=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode())
