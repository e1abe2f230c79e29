"""Whatever lies where the database should be, every command says what is wrong, and none writes into it."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import Done, run

pytestmark = pytest.mark.promise("P6")

PAGE = 4096


def _overwritten(start: int, data: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content[:start] + data + content[start + len(data) :]


def _random_pages(seed: int) -> Callable[[bytes], bytes]:
    def damage(content: bytes) -> bytes:
        chosen = random.Random(seed)
        pages = range(1, len(content) // PAGE)
        damaged = bytearray(content)
        for page in chosen.sample(pages, 4):
            damaged[page * PAGE : (page + 1) * PAGE] = chosen.randbytes(PAGE)
        return bytes(damaged)

    return damage


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: b"Account ID,Company\n" * 100,
    "half": lambda content: content[: len(content) // 2],
    "head alone": lambda content: content[:100],
    "schema format": _overwritten(44, b"\0\0\0\x63"),
    "page size": _overwritten(16, b"\x12\x34"),
    "write version": _overwritten(18, b"\x09\x09"),
    "schema page": _overwritten(100, b"\xff" * 400),
    **{f"pages {seed}": _random_pages(seed) for seed in range(3)},
}
COMMANDS = (
    ("report", "managed-account-details", "--status", "O", "--format", "csv"),
    ("runs",),
    ("lists", "list"),
    ("undo-import",),
    ("import", "more.csv"),
    ("lists", "new", "mine", "--where", "status = Open"),
    ("doctor",),
)


@pytest.fixture
def more(tmp_path: Path) -> Path:
    file = tmp_path / "more.csv"
    file.write_text("Account ID,Company\na1,Changed\na9,New\n")
    return file


def says_it(done: Done) -> bool:
    return done.code in (0, 1, 3) and "Traceback" not in done.err and "fault of partner-tui" not in done.err


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_command_says_what_is_wrong(damage: str, own: Path, more: Path, tmp_path: Path) -> None:
    content = DAMAGES[damage](own.read_bytes())
    is_sound = _is_sound(content, tmp_path)
    for command in COMMANDS:
        for ending in ("-wal", "-shm", "-journal"):
            Path(f"{own}{ending}").unlink(missing_ok=True)
        own.write_bytes(content)
        done = run("--db", own, *command, cwd=more.parent)
        assert says_it(done), (command, done)
        if command[0] in ("import", "undo-import", "doctor") and not is_sound:
            assert done.code in (1, 3), (command, done)
            assert own.read_bytes() == content, f"{command} wrote into a damaged database"


def _is_sound(content: bytes, folder: Path) -> bool:
    path = folder / "look.db"
    path.write_bytes(content)
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(content) and connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        return False


@pytest.mark.parametrize(
    "change",
    ["DROP TABLE runs", "ALTER TABLE accounts RENAME COLUMN company TO firm", "ALTER TABLE lists DROP COLUMN given"],
)
def test_tables_that_another_program_changed_are_no_fault_of_ours(change: str, own: Path, more: Path) -> None:
    with closing(sqlite3.connect(own)) as other:
        for (name,) in other.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall():
            other.execute(f"DROP INDEX {name}")
        other.execute(change)
        other.commit()
    for command in COMMANDS:
        done = run("--db", own, *command, cwd=more.parent)
        assert says_it(done), (command, done)


def test_a_pipe_or_a_name_that_is_too_long_is_no_database(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.db")
    for path, words in ((tmp_path / "pipe.db", "no regular file"), (tmp_path / ("x" * 300), "name too long")):
        for command in (COMMANDS[0], ("doctor",), ("import", "more.csv")):
            done = run("--db", path, *command, cwd=tmp_path)
            assert done.code in (1, 3), (path, command, done)
            assert says_it(done)
        assert words in run("--db", path, *COMMANDS[0]).err.lower()
