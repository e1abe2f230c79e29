"""Several files of one export, killed at any moment: the next start has all of the new ones, or all of the old."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.paths import data_folder
from exporters.pending_sets import finish_pending_sets

pytestmark = pytest.mark.promise("P3")

EXPORT = """
import os, signal, sys
from pathlib import Path
from exporters import file_set
calls = 0
def dying(function):
    def called(*arguments, **options):
        global calls
        calls += 1
        if calls == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return called
file_set.publish = dying(file_set.publish)
file_set.os.link = dying(os.link)
Path.unlink = dying(Path.unlink)
folder = Path(sys.argv[1])
with file_set.FileSet(force=True) as files:
    outs = []
    for name in ("a.csv", "b.csv", "c.csv"):
        out = files.open(folder / name)
        out.write(b"new " + name.encode())
        outs.append((out, folder / name))
    files.publish(outs)
"""


def exported(folder: Path, dies_at: int) -> int:
    done = subprocess.run([sys.executable, "-c", EXPORT, str(folder), str(dies_at)], check=False)
    return done.returncode


@pytest.mark.parametrize("before", [(), ("a.csv",), ("b.csv", "c.csv"), ("a.csv", "b.csv", "c.csv")])
def test_a_killed_set_is_finished_or_taken_back(tmp_path: Path, before: tuple[str, ...]) -> None:
    old = {name: f"old {name}".encode() for name in before}
    new = {name: f"new {name}".encode() for name in ("a.csv", "b.csv", "c.csv")}
    outcomes = set()
    for dies_at in range(1, 30):
        for path in tmp_path.iterdir():
            path.unlink()
        for name, content in old.items():
            (tmp_path / name).write_bytes(content)
        code = exported(tmp_path, dies_at)
        finish_pending_sets()
        found = {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.name.startswith(".part-")}
        assert found in (old, new), dies_at
        assert not list((data_folder() / "pending").glob("*"))
        outcomes.add(found == new)
        if code == 0:
            break
    assert outcomes == {True, False}
    assert code == 0, "it never came to its end"


def test_what_came_there_since_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old")
    assert exported(tmp_path, 4) != 0
    names = ("a.csv", "b.csv", "c.csv")
    for name in names:
        (tmp_path / "other").write_text("somebody's")
        (tmp_path / "other").replace(tmp_path / name)
    finish_pending_sets()
    assert [(tmp_path / name).read_text() for name in names] == ["somebody's"] * 3


@pytest.mark.parametrize("content", [b"", b"[", b"[" * 100_000, b'[{"target": 1}]', b"{}", b"\xff", b"x" * 2_000_000])
def test_a_note_that_cannot_be_read_harms_nothing(content: bytes) -> None:
    folder = data_folder() / "pending"
    folder.mkdir(parents=True)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (folder / f"{dead.pid}-ab.json").write_bytes(content)
    (folder / f"{os.getpid()}-cd.json").write_bytes(content)
    finish_pending_sets()
    assert [path.name for path in folder.iterdir()] == [f"{os.getpid()}-cd.json"], "ours is still at work"
