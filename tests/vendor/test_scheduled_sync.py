"""A schedule that takes the accounts in from the vendor: by hand, and by a real timer that knows no shell of ours."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.mailers import body, make_sendmail, sent, settings
from tests.cli.running import PATIENCE, Done, assert_refused
from tests.cli.user_manager import user_manager
from tests.vendor import mock_vendor as mock
from tests.vendor.mock_vendor import PARTNER_ID, PARTNER_SECRET, instead, owner
from tests.vendor.programs import Program

ACCOUNTS = "/v3/partner/accounts"


@pytest.fixture
def partner(program: Program, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Return the program with a partner's credentials and some accounts, of which the vendor lists more."""
    secret = program.folder / "secret"
    secret.write_text(f"{PARTNER_SECRET}\n")
    monkeypatch.setenv("PARTNER_TUI_PARTNER_CLIENT_ID", PARTNER_ID)
    monkeypatch.setenv("PARTNER_TUI_PARTNER_SECRET_FILE", str(secret))
    program.have_accounts(["a000001,owner1,Company 1,,Open,Managed"])
    program.vendor.managed = [owner(n) for n in range(1, 61)]
    return program


def add(program: Program, *options: str | Path, on: str = "daily") -> Done:
    done = program("schedules", "add", "nightly", "--on", on, *options, "--", "sync")
    assert done.code == 0, done.err
    return done


def kept(program: Program) -> dict[str, Any]:
    (found,) = json.loads(program("schedules", "list", "--json").out)
    return dict(found)


def runs(program: Program) -> list[tuple[str, str, str]]:
    found = json.loads(program("runs", "--json").out)
    return [(run["report"], run["schedule"], run["outcome"]) for run in found]


def imports(program: Program) -> list[dict[str, Any]]:
    found = json.loads(program("imports", "--json").out)
    assert isinstance(found, list)
    return found


def test_a_schedule_takes_the_accounts_in_and_tells_of_it(partner: Program, tmp_path: Path) -> None:
    sendmail = make_sendmail(tmp_path / "mail")
    settings(sendmail_command=str(sendmail))
    assert "Note:" not in add(partner, "--mail-to", "me@x").err
    done = partner("schedules", "run", "nightly")
    assert done.code == 0, done.err
    assert "60 rows read: 59 new, 1 changed" in done.err
    assert (imports(partner)[0]["source"], imports(partner)[0]["complete"]) == ("vendor API", "all")
    assert runs(partner) == [("sync", "nightly", "done")]
    (message,) = sent(sendmail.parent)
    assert "59 new" in body(message)
    assert PARTNER_SECRET not in message.as_string()
    assert partner("undo-import", "--yes").code == 0


def test_quiet_is_silent_and_one_line_where_the_vendor_fails(partner: Program) -> None:
    add(partner)
    done = partner("schedules", "run", "nightly", "--quiet")
    assert (done.code, done.out, done.err) == (0, b"", "")
    partner.vendor.script("GET", ACCOUNTS, instead(mock.message_error(403, "Forbidden")), times=99)
    done = partner("schedules", "run", "nightly", "--quiet")
    assert (done.code, done.out, len(done.err.splitlines())) == (1, b"", 1)
    assert "403" in done.err
    assert len(imports(partner)) == 2
    assert runs(partner)[0] == ("sync", "nightly", "failed")
    assert (kept(partner)["last_outcome"], "403" in kept(partner)["last_message"]) == ("failed", True)


def test_half_a_list_ends_nobody_and_stands_there_as_failed(partner: Program) -> None:
    add(partner)
    assert partner("schedules", "run", "nightly").code == 0
    del partner.vendor.managed[20:]
    assert_refused_after_talk(partner("schedules", "run", "nightly"))
    assert len(imports(partner)) == 2
    assert kept(partner)["last_outcome"] == "failed"
    assert partner("doctor").code == 1


def assert_refused_after_talk(done: Done) -> None:
    assert done.code == 1
    assert "--accept-gone" in done.err


def test_a_sync_without_credentials_is_one_plain_fault(partner: Program) -> None:
    add(partner)
    (partner.folder / "secret").unlink()
    assert_refused(
        partner("schedules", "run", "nightly"), 1, "secret cannot be read", "PARTNER_TUI_PARTNER_SECRET_FILE"
    )
    assert partner.vendor.count("GET", ACCOUNTS) == 0


def test_a_line_of_a_crontab_finds_the_settings_the_vendor_and_the_secret(
    partner: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PARTNER_TUI_PARTNER_CLIENT_ID")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "100% ours"))
    settings(partner_client_id=PARTNER_ID)
    (tmp_path / "100% ours" / "partner-tui").chmod(0o700)
    add(partner)
    line = partner("schedules", "install", "--cron", "--print").text.strip()
    command = line.split(" ", 5)[5].replace("\\%", "%")  # as cron hands it to the shell
    bare = {"HOME": os.environ["HOME"], "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    done = subprocess.run(["/bin/sh", "-c", command], env=bare, cwd="/", capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert runs(partner) == [("sync", "nightly", "done")]
    assert imports(partner)[0]["source"] == "vendor API"


@pytest.mark.programs
@pytest.mark.user_manager
def test_a_real_timer_finds_the_vendor_and_the_secret(partner: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    precise = Path(os.environ["XDG_CONFIG_HOME"]) / "systemd/user/partner-tui-nightly.timer.d/precise.conf"
    precise.parent.mkdir(parents=True)
    precise.write_text("[Timer]\nAccuracySec=1ms\n")
    secret_file = os.environ.pop("PARTNER_TUI_PARTNER_SECRET_FILE")
    client_id = os.environ.pop("PARTNER_TUI_PARTNER_CLIENT_ID")
    with user_manager() as variables:  # it was begun without them
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("PARTNER_TUI_PARTNER_SECRET_FILE", os.path.relpath(secret_file, partner.folder))
        monkeypatch.setenv("PARTNER_TUI_PARTNER_CLIENT_ID", client_id)
        add(partner, "--install", on="*-*-* *:*:0/2")
        end = time.monotonic() + PATIENCE
        while not any(run == ("sync", "nightly", "done") for run in runs(partner)):
            assert time.monotonic() < end, (runs(partner), kept(partner))
            time.sleep(0.1)
        assert kept(partner)["installed"] == "systemd"
        assert partner("schedules", "remove", "nightly").code == 0
    assert imports(partner)[-1]["source"] == "file"
    assert {one["source"] for one in imports(partner)[:-1]} == {"vendor API"}
    unit_folder = Path(os.environ["XDG_CONFIG_HOME"])
    assert not [file for file in unit_folder.rglob("*") if file.is_file() and PARTNER_SECRET in file.read_text()]
