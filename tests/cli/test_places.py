"""Which database is opened, and where the program keeps things."""

from __future__ import annotations

import ctypes
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import Done, assert_refused, run, run_code

SUMMARY = ("report", "all-accounts-summary")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.csv"
    path.write_text("Account ID,Status,Account Type\na1,Open,Managed\n")
    return path


def be_bound_by_permissions() -> None:
    """Take from root, before the program begins, the power to read and write everything."""
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability)  # PR_CAPBSET_DROP


def run_bound(*arguments: str | Path, **variables: str) -> Done:
    """Run the program so that permissions hold, even if the tests are run by root."""
    return run(*arguments, variables={**variables}, preexec_fn=be_bound_by_permissions)


def test_data_folder_is_private(file: Path, tmp_path: Path) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path / "data")}
    assert run("import", file, variables=home).code == 0
    folder = tmp_path / "data" / "partner-tui"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert run(*SUMMARY, variables=home).code == 0


def test_option_comes_before_the_variable_and_the_variable_before_the_data_folder(own: Path, tmp_path: Path) -> None:
    named: dict[str, str | None] = {"PARTNER_TUI_DB": str(own)}
    assert run(*SUMMARY, variables=named).code == 0
    assert run(*SUMMARY).code == 3
    assert_refused(run("--db", tmp_path / "other.db", *SUMMARY, variables=named), 3, "other.db")
    assert run(*SUMMARY, variables={"PARTNER_TUI_DB": ""}).code == 3


def test_demo_never_touches_the_users_database(tmp_path: Path) -> None:
    named: dict[str, str | None] = {"PARTNER_TUI_DB": str(tmp_path / "named.db")}
    done = run("--demo", *SUMMARY, variables=named)
    assert done.code == 0
    assert re.search(r"Accounts from accounts-\d{4}-\d\d-\d\d\.csv, of", done.err)
    assert not (tmp_path / "named.db").exists()


def test_no_home() -> None:
    code = (
        "import os, pwd, sys\n"
        "def nobody(_uid): raise KeyError\n"
        "pwd.getpwuid = nobody\n"
        "for name in ('HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME'): del os.environ[name]\n"
        "sys.argv = ['partner-tui', 'report', 'all-accounts-summary']\n"
        "from tui.cli.main import main; main()\n"
    )
    assert_refused(run_code(code), 1, "no home folder", "Set HOME")


def test_data_folder_that_cannot_be_written(file: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    done = run_bound("import", file, XDG_DATA_HOME=str(tmp_path / "locked"))
    assert_refused(done, 1, "cannot be made: Permission denied", "--db")


def test_folder_that_cannot_be_written(database: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    done = run_bound("--db", database, *SUMMARY, "--output", tmp_path / "locked")
    assert_refused(done, 1, "you may not write in")


def test_database_that_may_only_be_read(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    copy = folder / "copy.db"
    shutil.copy(database, copy)
    copy.chmod(0o444)
    folder.chmod(0o555)
    assert run_bound("--db", copy, *SUMMARY).code == 0
    copy.chmod(0o000)
    assert_refused(run_bound("--db", copy, *SUMMARY), 1, "copy.db cannot be read: Permission denied")


def test_folder_that_one_may_not_look_into(file: Path, database: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o000)
    inside = tmp_path / "locked" / "inside" / "accounts"
    assert_refused(run_bound("--db", inside, "import", file), 1, "accounts cannot be read: Permission denied")
    assert_refused(run_bound("--db", inside, "import", "--dry-run", file), 1, "accounts cannot be read")
    assert_refused(run_bound("--db", database, *SUMMARY, "--output", f"{inside}.csv"), 1, "Permission denied")
    assert "accounts cannot be read: Permission denied" in run_bound("--db", inside, "doctor").text


def test_time_zone_sets_today(database: Path) -> None:
    days = {
        run("--db", database, *SUMMARY, variables={"PARTNER_TUI_TZ": zone}).err.split(" as of ")[1][:10]
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")  # 25 hours apart: never the same day
    }
    assert len(days) == 2
    assert_refused(run("--db", database, *SUMMARY, variables={"PARTNER_TUI_TZ": "Mars/Base"}), 2, "Mars/Base")


def test_settings_that_cannot_be_read(database: Path, tmp_path: Path) -> None:
    (tmp_path / "partner-tui").mkdir()
    (tmp_path / "partner-tui" / "settings.toml").write_text("timezone = [")
    done = run("--db", database, *SUMMARY, variables={"XDG_CONFIG_HOME": str(tmp_path)})
    assert_refused(done, 1, "settings.toml")


def test_doctor_says_what_is_wrong(own: Path) -> None:
    own.chmod(0o600)
    fine = run("--db", own, "doctor")
    assert fine.code == 0
    assert "2 accounts, " in fine.text
    own.chmod(0o644)
    wrong = run("--db", own, "doctor")
    assert wrong.code == 1
    assert f"WRONG  database    others on this machine may read {own}: chmod 600 it" in wrong.text


def test_damage_inside_the_database_is_said(own: Path) -> None:
    with closing(sqlite3.connect(own)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'imports'").fetchone()
    with own.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert_refused(run("--db", own, *SUMMARY), 1, "The database cannot be read: it is damaged")
    told = run("--db", own, "doctor")
    assert told.code == 1
    assert "WRONG  database    The database cannot be read: it is damaged" in told.text
    assert "folder" in told.text
