"""`partner-tui backup`: a whole, private copy, made while another program writes; nothing is overwritten unasked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from db.connection import connect_writing
from tests.cli.running import assert_refused, run


def test_copy_is_whole_and_private_while_another_program_writes(own: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    with closing(connect_writing(own)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM accounts")
        done = run("--db", own, "backup", "copies", cwd=tmp_path)
        writer.execute("ROLLBACK")
    assert done.code == 0, done.err
    (copy,) = copies.iterdir()
    assert done.last_line == str(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    report = ("report", "all-accounts-summary", "--as-of", "2026-03-04", "--format", "csv")
    assert run("--db", copy, *report).out == run("--db", own, *report).out != b""


def test_nothing_is_overwritten_unasked(own: Path, tmp_path: Path) -> None:
    before = own.read_bytes()
    target = tmp_path / "copy.db"
    target.write_text("old")
    assert_refused(run("--db", own, "backup", target), 1, "exists already")
    assert target.read_text() == "old"
    assert_refused(run("--db", own, "backup", own, "--force"), 2, "the database itself")
    assert own.read_bytes() == before
    (tmp_path / "copy.db-wal").touch()
    assert_refused(run("--db", own, "backup", target, "--force"), 1, "in use")
    (tmp_path / "copy.db-wal").unlink()
    assert run("--db", own, "backup", target, "--force").code == 0
    assert target.read_bytes().startswith(b"SQLite format 3")
    assert_refused(run("--db", tmp_path / "none.db", "backup", tmp_path / "new.db"), 3, "no database")
    assert not (tmp_path / "new.db").exists()


def test_a_name_that_no_folder_takes_is_said_plainly(own: Path, tmp_path: Path) -> None:
    assert_refused(run("--db", own, "backup", tmp_path / ("x" * 300)), 1, "name")
