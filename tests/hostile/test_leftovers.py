"""Nothing that a killed run left stays after the next start, whatever kind of file it was (trust T3, T4)."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.paths import data_folder, settings_file
from db.parts import HOST, JOURNALS
from tests.cli.running import run

pytestmark = pytest.mark.promise("P3", "P5")

ROOT = Path(__file__).parents[2]
FLOORS = ("tui", "exporters", "core", "db")
MAKERS = {
    "core/file_lock.py": "lock: stays, empty; a schedule's goes with it",
    "core/importing/arrivals.py": "scratch",
    "core/private_file.py": "part",
    "core/remembered.py": "private file",
    "core/schedules/system.py": "private file",
    "core/scratch.py": "scratch",
    "core/settings/settings_file.py": "private file",
    "core/vendor/credentials.py": "private file",
    "core/vendor/limits.py": "private file",
    "db/new_database.py": "part",
    "db/restore.py": "part",
    "db/sharing.py": "makes files for others here",
    "db/upgrade.py": "copy: made anew by the upgrade that begins again",
    "db/writer.py": "note of a writer",
    "exporters/atomic.py": "part",
    "exporters/backup.py": "part",
    "exporters/contact_files/contact_files.py": "scratch",
    "exporters/export.py": "without a name",
    "exporters/file_set.py": "set",
    "exporters/outbox.py": "outbox",
    "exporters/pending_sets.py": "private file",
    "exporters/vendor_upload.py": "without a name",
    "tui/crash.py": "private file",
}
"""Every module that makes files, and how what a killed run left of them goes."""
MAKING = {"part_path", "open_part", "make_file", "write_private", "mkdtemp", "mkstemp", "NamedTemporaryFile",
          "TemporaryDirectory", "TemporaryFile", "SpooledTemporaryFile", "write_text", "write_bytes", "touch",
          "scratch_folder", "mknod", "mkfifo", "copyfile", "copy2", "copytree", "symlink_to"}  # fmt: skip
"""Calls that make a file, beside opening one to write."""
WRITING = re.compile("'[wax][bt+]*'")


def _makes_files(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [ast.unparse(argument) for argument in (*node.args, *(keyword.value for keyword in node.keywords))]
        if called in MAKING or (called == "open" and any(map(WRITING.fullmatch, words))):
            return True
        if any("O_CREAT" in word for word in words):
            return True
    return False


def test_every_module_that_makes_files_is_listed() -> None:
    found = {
        str(path.relative_to(ROOT)) for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if _makes_files(path)
    }
    in_a_zip = {"exporters/xls/package.py"}  # it opens members of an open file
    assert found - in_a_zip == set(MAKERS)


@pytest.fixture(scope="module")
def dead() -> int:
    """Return the number of a process that is gone."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def _files(*folders: Path) -> list[str]:
    return sorted(str(path) for folder in folders for path in folder.rglob("*"))


def test_what_a_killed_run_left_goes_at_the_next_start(own: Path, dead: int) -> None:
    data = data_folder()
    run("--db", own, "runs")
    for folder in ("scratch", "outbox", "pending"):
        (data / folder).mkdir(parents=True, exist_ok=True)
    before = _files(own.parent, data)
    part = f".part-{HOST}-{dead}-0123456789ab"
    (own.parent / f".{own.name}.writer").write_text(
        json.dumps({"by": "ann", "host": os.uname().nodename, "pid": dead, "since": "2026-03-04T09:30:00+00:00"})
    )
    for ending in ("", *JOURNALS):
        (own.parent / f"{part}{ending}").write_text("a customer")
    (data / "scratch" / part).mkdir()
    (data / "scratch" / part / "import").write_text("a customer")
    (data / "outbox" / "tmpabc").mkdir()
    (data / "outbox" / "tmpabc" / part).touch()
    (data / "outbox" / "tmpabc" / "report.pdf").write_text("a customer")
    target, kept, new = (own.parent / name for name in ("list.csv", "list.csv.before-abcdef", "other.csv"))
    for path, text in ((target, "new"), (kept, "old"), (new, "new")):
        path.write_text(text)
    planned = [
        {"target": str(path), "identity": [path.stat().st_dev, path.stat().st_ino + (path == new)], "kept": old}
        for path, old in ((target, str(kept)), (new, None))
    ]
    (data / "pending" / f"{dead}-0123456789ab.json").write_text(json.dumps(planned))
    assert run("--db", own, "runs").code == 0
    assert target.read_text() == "old"
    assert _files(own.parent, data) == sorted([*before, str(target), str(new)])  # the other is somebody else's by now


def test_a_file_of_the_programs_own_that_was_on_its_way_goes_at_the_next_start(own: Path, dead: int) -> None:
    data = data_folder()
    parts = [
        folder / f".part-{HOST}-{dead}-0123456789ab"
        for folder in (data, data / "pending", data / "crashes", settings_file().parent)
    ]
    for part in parts:
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text("{")
    assert run("--db", own, "runs").code == 0
    assert [part for part in parts if part.exists()] == []


def test_what_is_still_on_its_way_stays(own: Path) -> None:
    data = data_folder()
    part = f".part-{HOST}-{os.getpid()}-0123456789ab"
    kept = [
        own.parent / part,
        data / "scratch" / part,
        data / "outbox" / "tmpabc" / part,
        data / "outbox" / "kept" / "a.pdf",
    ]
    for path in kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert run("--db", own, "runs").code == 0
    assert all(path.exists() for path in kept)
