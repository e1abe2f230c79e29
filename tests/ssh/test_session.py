"""A person at the other end of the line: start, view, export, fetch the file."""

from __future__ import annotations

import csv
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.ssh.conftest import Server

pytestmark = pytest.mark.programs

FORMATS = ("csv", "html", "pdf", "xls", "json")


def test_report_is_exported_and_fetched_with_the_line_as_printed(server: Server, demo: Path, tmp_path: Path) -> None:
    written, fetched = tmp_path / "written", tmp_path / "fetched"
    written.mkdir()
    fetched.mkdir()
    with server.terminal(f"cd {written} && partner-tui --db {demo}", size=(200, 30)) as terminal:
        terminal.wait_for("in the partnership", "Reports")
        terminal.press("2")
        terminal.wait_for("row 1 of 500")
        terminal.press("e")
        terminal.wait_for("Export what is shown")
        terminal.press("\r")
        terminal.wait_for("The file is written", "scp ")
        (file,) = written.iterdir()
        assert str(file) in terminal.text()
        (line,) = re.findall(r"scp .* \.(?= )", terminal.text())
        terminal.press("\x1b")
        terminal.wait_until_gone("The file is written")
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_restored()
    subprocess.run(line, shell=True, check=True, cwd=fetched, env={"PATH": server.client_path})
    (copy,) = fetched.iterdir()
    assert copy.name == file.name
    assert copy.read_bytes() == file.read_bytes()
    with copy.open(encoding="utf-8", newline="") as rows:
        assert len(list(csv.reader(rows))) == 501


def test_two_terminals_of_one_person_share_a_private_database(server: Server, tmp_path: Path) -> None:
    file, other = tmp_path / "accounts.csv", tmp_path / "more.csv"
    file.write_text("Account ID,Company,Status,Account Type\nA1,Acme,Open,Managed\n")
    other.write_text("Account ID,Company,Status,Account Type\nB2,Bolt,Open,Managed\n")
    place = f"XDG_DATA_HOME={tmp_path / 'new' / 'data'}"
    subprocess.run(server.command(f"umask 0; {place} partner-tui import {file}"), check=True, capture_output=True)
    (database,) = (tmp_path / "new").rglob("*.db")
    assert database.stat().st_mode & 0o777 == 0o600
    assert database.parent.stat().st_mode & 0o777 == 0o700
    with server.terminal(f"{place} partner-tui") as terminal, closing(sqlite3.connect(database)) as writer:
        terminal.wait_for("in the partnership")
        terminal.press("2")
        terminal.wait_for("row 1 of 1", "Acme")
        writer.execute("BEGIN IMMEDIATE")  # another import is under way
        with server.terminal(f"{place} partner-tui import {other}; echo ended $?") as importing:
            terminal.press("j")
            terminal.press("1")
            terminal.wait_for("in the partnership")  # who looks does not wait
            assert b"ended" not in importing.sent
            writer.execute("COMMIT")
            importing.wait_for("ended 0")
        terminal.press("2")
        terminal.wait_for("row 1 of 2", "Bolt")
        terminal.press("q")
        assert terminal.ended() == 0


@pytest.mark.parametrize("format_", FORMATS)
def test_pipe_gives_byte_for_byte_what_a_local_export_gives(
    server: Server, demo: Path, tmp_path: Path, format_: str
) -> None:
    words = ["partner-tui", "--db", str(demo), "report", "new-account-bonus-tracker", "--as-of", "2026-03-04"]
    words += ["--format", format_, "--output"]
    environment = {"PATH": server.client_path, "SOURCE_DATE_EPOCH": "1767225600"}
    here = tmp_path / {"xls": "report.xlsx"}.get(format_, f"report.{format_}")
    remote = ["env", "-i", f"PATH={server.path}", "TZ=UTC", "SOURCE_DATE_EPOCH=1767225600", f"HOME={server.home}"]
    subprocess.run([*remote, *words, str(here)], check=True, stdout=subprocess.DEVNULL)
    piped = subprocess.run(server.command(*words, "-"), check=True, capture_output=True, env=environment)
    assert piped.stdout == here.read_bytes()
    assert len(piped.stdout) > 1000


def test_without_a_terminal_the_way_out_is_said(server: Server, demo: Path) -> None:
    ended = subprocess.run(
        server.command("partner-tui", "--db", str(demo)),
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "ssh -t" in ended.stderr
    assert len(ended.stderr.splitlines()) <= 3


def test_doctor_tells_of_the_line(server: Server, demo: Path) -> None:
    with server.terminal(f"partner-tui --db {demo} doctor", LC_TERMINAL="iTerm2") as terminal:
        assert terminal.ended() == 0
        said = terminal.sent.decode()
    assert "SSH" in said
    assert "iTerm2" in said
