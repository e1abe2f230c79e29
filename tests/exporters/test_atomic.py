"""A file appears whole or not at all: full disks, kills, races, rights and odd targets."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from core.errors import Cancelled, WorkFailed
from db import parts
from db.parts import sweep
from exporters.atomic import write_whole

pytestmark = pytest.mark.promise("P3")

NOBODY = 65534


def filling(data: bytes, notes: tuple[str, ...] = ()) -> Callable[[BinaryIO], list[str]]:
    def fill(out: BinaryIO) -> list[str]:
        out.write(data)
        return list(notes)

    return fill


def failing(error: BaseException) -> Callable[[BinaryIO], list[str]]:
    def fill(out: BinaryIO) -> list[str]:
        out.write(b"half")
        raise error

    return fill


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def in_child(work: Callable[[], object]) -> int:
    """Run `work` in a child process, and return its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_writes_and_returns_the_notes(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    assert write_whole(target, filling(b"data", ("a note",)), force=False) == ["a note"]
    assert target.read_bytes() == b"data"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("umask", [0, 0o022, 0o077, 0o777])
def test_is_0600_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    old = os.umask(umask)
    try:
        write_whole(tmp_path / "a.csv", filling(b""), force=False)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o600


def test_an_existing_file_stays_without_force_and_before_the_work(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    with pytest.raises(WorkFailed, match="exists already"):
        write_whole(target, failing(AssertionError("the work began")), force=False)
    assert target.read_bytes() == b"old"


def test_a_file_that_comes_meanwhile_stays_without_force(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"

    def fill(out: BinaryIO) -> list[str]:
        target.write_bytes(b"theirs")
        return []

    with pytest.raises(WorkFailed, match="exists already"):
        write_whole(target, fill, force=False)
    assert target.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.csv"]


def test_force_replaces_and_narrows_the_rights(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    target.chmod(0o644)
    write_whole(target, filling(b"new"), force=True)
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("error", [Cancelled("The export"), KeyboardInterrupt(), RuntimeError("bug"), SystemExit(143)])
@pytest.mark.parametrize("old", [b"old", None])
def test_any_failure_leaves_what_was_there(tmp_path: Path, error: BaseException, old: bytes | None) -> None:
    target = tmp_path / "a.csv"
    if old is not None:
        target.write_bytes(old)
    with pytest.raises(type(error)):
        write_whole(target, failing(error), force=True)
    assert (target.read_bytes() if target.exists() else None) == old
    assert names(tmp_path) == (["a.csv"] if old else [])


def test_a_symbolic_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    target = tmp_path / "a.csv"
    target.symlink_to(victim)
    with pytest.raises(WorkFailed, match="exists already"):
        write_whole(target, filling(b"new"), force=False)
    write_whole(target, filling(b"new"), force=True)
    assert victim.read_bytes() == b"precious"
    assert not target.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_link_that_leads_nowhere_counts_as_existing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "nowhere")
    with pytest.raises(WorkFailed, match="exists already"):
        write_whole(tmp_path / "a.csv", filling(b""), force=False)


def test_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(WorkFailed, match="no regular file"):
            write_whole(tmp_path / name, failing(AssertionError()), force=True)
    said = "no regular file" if os.access("/dev", os.W_OK) else "you may not write in /dev"
    with pytest.raises(WorkFailed, match=said):
        write_whole(Path("/dev/null"), failing(AssertionError()), force=True)


def test_a_missing_folder_and_a_file_for_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(WorkFailed, match="does not exist"):
        write_whole(tmp_path / "no" / "a.csv", failing(AssertionError()), force=False)
    (tmp_path / "file").touch()
    with pytest.raises(WorkFailed, match="is no folder"):
        write_whole(tmp_path / "file" / "a.csv", failing(AssertionError()), force=False)


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "é" * 140 + ".csv", "a\0b.csv"])
def test_impossible_names_are_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(WorkFailed, match=r"shorter name|no name for a file"):
        write_whole(tmp_path / name, failing(AssertionError()), force=False)


def test_a_folder_without_rights_is_said_before_the_work(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    open_up_for_others(tmp_path)

    def work() -> None:
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        with pytest.raises(WorkFailed, match="you may not write"):
            write_whole(folder / "a.csv", failing(AssertionError("the work began")), force=False)

    assert in_child(work) == 0


def open_up_for_others(path: Path) -> None:
    """Let another user come to a test's folder."""
    for folder in (path, *path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: the write fails in the same way."""
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        with pytest.raises(WorkFailed) as caught:
            write_whole(target, filling(b"x" * 1_000_000), force=True)
        text = str(caught.value)
        assert str(target) in text
        assert "is unchanged" in text
        assert len(text.splitlines()) <= 3

    assert in_child(work) == 0
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("place", ["os.fsync", "pathlib.Path.hardlink_to", "os.fchmod"])
@pytest.mark.parametrize("code", [28, 122, 5, 30])  # ENOSPC, EDQUOT, EIO, EROFS
def test_an_error_at_any_step_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, code: int
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(place, fail)
    with pytest.raises(WorkFailed, match="No file was made"):
        write_whole(tmp_path / "a.csv", filling(b"data"), force=False)
    assert names(tmp_path) == []


@pytest.mark.parametrize("code", [1, 95, 38])  # EPERM, ENOTSUP, ENOSYS
def test_without_hard_links_the_name_is_taken_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("pathlib.Path.hardlink_to", fail)
    write_whole(tmp_path / "a.csv", filling(b"data"), force=False)
    assert (tmp_path / "a.csv").read_bytes() == b"data"
    assert names(tmp_path) == ["a.csv"]


def test_a_name_that_was_taken_first_is_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(code: int) -> Callable[..., None]:
        def at_once(*arguments: object) -> None:
            raise OSError(code, os.strerror(code))

        return at_once

    monkeypatch.setattr("pathlib.Path.hardlink_to", fail(1))
    monkeypatch.setattr("pathlib.Path.replace", fail(5))
    with pytest.raises(WorkFailed, match="No file was made"):
        write_whole(tmp_path / "a.csv", filling(b"data"), force=False)
    assert names(tmp_path) == []


def test_an_unconfirmed_name_is_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(5, "Input/output error")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    notes = write_whole(tmp_path / "a.csv", filling(b"data"), force=False)
    assert (tmp_path / "a.csv").read_bytes() == b"data"
    assert "did not confirm" in notes[0]


def test_a_killed_process_leaves_the_old_file_and_the_next_export_sweeps(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")

    def fill(out: BinaryIO) -> list[str]:
        out.write(b"x" * 100_000)
        out.flush()
        os.kill(os.getpid(), signal.SIGKILL)
        return []

    assert in_child(lambda: write_whole(target, fill, force=True)) == -signal.SIGKILL
    assert target.read_bytes() == b"old"
    assert len(names(tmp_path)) == 2
    write_whole(tmp_path / "b.csv", filling(b"data"), force=False)
    assert names(tmp_path) == ["a.csv", "b.csv"]


def test_only_what_dead_processes_of_ours_left_is_swept(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    host = parts.HOST
    kept = [f".part-{host}-{os.getpid()}-ab12", f".part-elsewhere.example-{dead.pid}-ab12", ".part-notes", "part"]
    for name in (*kept, f".part-{host}-{dead.pid}-ab12"):
        (tmp_path / name).touch()
    sweep(tmp_path)
    assert names(tmp_path) == sorted(kept)


def test_files_of_others_are_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    theirs = tmp_path / f".part-{parts.HOST}-{dead.pid}-ab12"
    theirs.touch()
    monkeypatch.setattr(os, "geteuid", lambda: theirs.stat().st_uid + 1)
    sweep(tmp_path)
    assert theirs.exists()


def test_two_processes_to_one_name_never_mix(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"

    def write(letter: bytes) -> None:
        for _ in range(20):
            write_whole(target, filling(letter * 300_000), force=True)

    children = []
    for letter in (b"a", b"b"):
        child = os.fork()
        if child == 0:
            try:
                write(letter)
            except BaseException:
                os._exit(1)
            os._exit(0)
        children.append(child)
    seen = set()
    while children:
        if target.exists():
            data = target.read_bytes()
            assert len(data) == 300_000
            seen.add(data[:1])
            assert len(set(data)) == 1
        finished, status = os.waitpid(-1, os.WNOHANG)
        if finished:
            assert status == 0
            children.remove(finished)
        time.sleep(0.001)
    assert seen
    assert names(tmp_path) == ["a.csv"]
