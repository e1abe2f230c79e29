"""`partner-tui restore`: a checked copy takes the place, the old one is kept, nobody works on it meanwhile."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import assert_refused, run

pytestmark = pytest.mark.promise("P6")

REPORT = ("report", "all-accounts-summary", "--as-of", "2026-03-04", "--format", "csv")


@pytest.fixture
def copy(own: Path, tmp_path: Path) -> Path:
    """Return a copy of the database of two accounts, made before a third came."""
    made = tmp_path / "copy.db"
    assert run("--db", own, "backup", made).code == 0
    (tmp_path / "third.csv").write_text("Account ID,Company,Status,Account Type\na3,Cup,Open,Managed\n")
    assert run("--db", own, "import", tmp_path / "third.csv").code == 0
    return made


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if re.search(r"\.before-restore-[\d-]+$", path.name)]


def test_the_copy_takes_the_place_and_the_old_database_is_kept(own: Path, copy: Path, tmp_path: Path) -> None:
    now, then = run("--db", own, *REPORT).out, run("--db", copy, *REPORT).out
    done = run("--db", own, "restore", copy)
    assert done.code == 0, done.err
    assert done.last_line == str(own)
    assert "Restored: 2 accounts; the last import: two.csv" in done.err
    (old,) = kept(tmp_path)
    assert f"kept as {old}" in done.err
    assert run("--db", own, *REPORT).out == then
    assert run("--db", old, *REPORT).out == now != then
    assert own.stat().st_mode & 0o777 == 0o600
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".part")]


def test_a_database_that_is_missing_or_damaged_is_restored_too(own: Path, copy: Path, tmp_path: Path) -> None:
    own.unlink()
    Path(f"{own}-wal").write_bytes(b"of the database that is gone")
    assert run("--db", own, "restore", copy).code == 0
    assert kept(tmp_path) == []
    assert not Path(f"{own}-wal").is_file() or b"gone" not in Path(f"{own}-wal").read_bytes()
    own.write_bytes(b"SQLite format 3\0" + b"\xff" * 4_000)
    assert run("--db", own, "restore", copy).code == 0
    assert [path.read_bytes()[16:20] for path in kept(tmp_path)] == [b"\xff" * 4]
    assert run("--db", own, *REPORT).code == 0


def test_what_is_no_sound_copy_is_refused_and_nothing_changes(own: Path, copy: Path, tmp_path: Path) -> None:
    before = own.read_bytes()
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"Account ID\n" * 50)
    assert_refused(run("--db", own, "restore", bad), 1, "not a database")
    content = bytearray(copy.read_bytes())
    content[2 * 4096 : 3 * 4096] = b"\xff" * 4096
    bad.write_bytes(content)
    assert_refused(run("--db", own, "restore", bad), 1, "damaged")
    assert_refused(run("--db", own, "restore", tmp_path / "none.db"), 3, "no database")
    assert_refused(run("--db", own, "restore", own), 2, "the database itself")
    assert_refused(run("--demo", "restore", copy), 2, "demo")
    assert own.read_bytes() == before
    assert kept(tmp_path) == []


def test_a_database_that_somebody_works_on_is_not_taken_from_under_them(own: Path, copy: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(own)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM accounts").fetchone()
        assert_refused(run("--db", own, "restore", copy), 1, "Somebody works on")
        assert reader.execute("SELECT count(*) FROM accounts").fetchone() == (3,)
    assert kept(tmp_path) == []
