"""Files to upload: their form, parts at the limits, and all of them or none."""

from __future__ import annotations

import csv
import errno
import io
import os
import shutil
import signal
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from core.errors import Cancelled, WorkFailed, WrongUse
from core.lists.contacts import preview
from core.lists.exports import Recording, last_exports
from core.lists.target_list import TargetList
from exporters import file_set
from exporters.contact_files.contact_files import Upload, write_upload, write_upload_to_stream
from exporters.contact_files.parts import Parts
from exporters.contact_files.purpose import API, WEB, purpose_named
from exporters.file_set import FileSet
from tests.core.databases import account, fill

DAY = date(2026, 3, 4)
EVERYONE = TargetList("1", "Everyone", {"report": "all-accounts"})
UPLOAD = Upload(EVERYONE, DAY, WEB)
SMALL = replace(API, max_lines=3)


@pytest.fixture
def database(tmp_path):
    (tmp_path / "data").mkdir()
    known = [
        {"email": "a@example.com", "company": '=Müller, "Söhne"', "phone": "+49 30 1", "first_name": "Ann "},
        {"email": "b@example.com", "last_name": "-2+3"},
        {"email": "c@example.com"},
        {"email": "C@example.com", "company": "=1+1"},
        {"company": "nobody"},
    ]
    return fill(tmp_path / "data", [account(account_id=f"a{n}", **one) for n, one in enumerate(known, start=1)])


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def exported(database):
    with closing(database.read()) as connection:
        return last_exports(connection), preview(connection, EVERYONE, DAY).exported_before


def test_web_upload(database, out):
    done = write_upload(database, replace(UPLOAD, left_out=out / "left.csv"), out / "x.csv")
    assert done.paths == [out / "x.csv"]
    assert (out / "x.csv").read_bytes().decode() == (
        "Email Address,First Name,Last Name,Company,Phone Number - Work\r\n"
        'a@example.com,Ann ,,"=Müller, ""Söhne""",+49 30 1\r\n'.replace("Ann ", '"Ann "')
        + "b@example.com,,-2+3,,\r\nc@example.com,,,,\r\n"
    )
    assert list(csv.reader(io.StringIO((out / "left.csv").read_text())))[1:] == [
        ["a5", "", "nobody", "", "no email address"],
        ["a4", "", "'=1+1", "C@example.com", "the same email address as an account with newer activity"],
    ]
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    last, before = exported(database)
    assert (last["1"].contacts, last["1"].left_out, last["1"].path, before) == (3, 2, str(out / "x.csv"), 3)


def test_api_import_and_only_who_is_new(database, out):
    write_upload(database, replace(UPLOAD, purpose=API), out)
    (made,) = out.iterdir()
    assert made.name == "list-everyone-api-2026-03-04.csv"
    assert made.read_text().splitlines()[0] == "email,first_name,last_name,company_name,phone"
    again = write_upload(database, replace(UPLOAD, new_only=True), out / "new.csv")
    assert again.statement.contacts == 0
    assert (out / "new.csv").read_text().count("\n") == 1


@pytest.mark.parametrize(
    ("lines", "sizes"),
    [
        (39_999, [39_999]),
        (40_000, [40_000]),
        (40_001, [40_000, 2]),
        (79_999, [40_000, 40_000]),
        (80_000, [40_000, 40_000, 2]),
    ],
)
def test_parts_at_the_limit_of_lines(out, lines, sizes):
    """`lines` counts the heading of the first file; every further file has one of its own."""
    with FileSet(force=False) as files:
        parts = Parts(files, out / "x.csv", API)
        parts.write([(f"u{number}@example.com", None, None, None, None) for number in range(lines - 1)])
        files.publish(parts.named())
    count = len(sizes)
    expected = ["x.csv"] if count == 1 else [f"x-{number}-of-{count}.csv" for number in range(1, count + 1)]
    assert names(out) == sorted(expected)
    assert [(out / name).read_bytes().count(b"\n") for name in expected] == sizes
    rows = [row for name in expected for row in (out / name).read_text().splitlines()[1:]]
    assert rows == [f"u{number}@example.com,,,," for number in range(lines - 1)]


@pytest.mark.parametrize(("over", "count"), [(0, 1), (1, 2)])
def test_parts_at_the_limit_of_bytes(out, over, count):
    row = ("é" * 50, "b" * 50, None, None, None)
    heading = len(b"email,first_name,last_name,company_name,phone\r\n")
    each = len("é".encode()) * 50 + 50 + 4 + 2
    limit = replace(API, max_bytes=heading + 3 * each - over)
    with FileSet(force=False) as files:
        parts = Parts(files, out / "x.csv", limit)
        parts.write([row] * 3)
        files.publish(parts.named())
    assert len(names(out)) == count
    assert all(path.stat().st_size <= limit.max_bytes for path in out.iterdir())


def test_the_vendors_limits():
    assert (API.max_lines, API.max_bytes, WEB.max_lines, WEB.max_bytes) == (40_000, 4_000_000, 1_000_000, 100_000_000)
    assert purpose_named("API") is API
    with pytest.raises(WrongUse, match="web"):
        purpose_named("mail")


def small(**changes):
    return replace(UPLOAD, purpose=SMALL, **changes)


def test_if_one_part_cannot_be_written_none_stays(database, out):
    (out / "x-2-of-2.csv").mkdir()
    with pytest.raises(WorkFailed, match="x-2-of-2"):
        write_upload(database, small(), out / "x.csv", force=True)
    assert names(out) == ["x-2-of-2.csv"]
    assert exported(database) == ({}, 0)


def test_an_existing_part_is_left_as_it_is(database, out):
    (out / "x-2-of-2.csv").write_text("old")
    with pytest.raises(WorkFailed, match="exists already"):
        write_upload(database, small(), out / "x.csv")
    assert names(out) == ["x-2-of-2.csv"]
    assert (out / "x-2-of-2.csv").read_text() == "old"
    assert len(write_upload(database, small(), out / "x.csv", force=True).paths) == 2
    assert names(out) == ["x-1-of-2.csv", "x-2-of-2.csv"]


@pytest.mark.parametrize("force", [False, True])
def test_if_the_record_cannot_be_kept_no_file_stays_and_old_ones_are_back(database, out, monkeypatch, force):
    if force:
        (out / "x-1-of-2.csv").write_text("old")

    def fail(*_):
        raise WorkFailed("The database could not be written.")

    monkeypatch.setattr(Recording, "keep", fail)
    with pytest.raises(WorkFailed, match="database"):
        write_upload(database, small(left_out=out / "left.csv"), out / "x.csv", force=force)
    assert {name: (out / name).read_text() for name in names(out)} == ({"x-1-of-2.csv": "old"} if force else {})


@pytest.mark.parametrize("links", [True, False])
def test_a_replaced_file_comes_back_without_hard_links_too(out, monkeypatch, links):
    def no_link(*_, **__):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    (out / "x.csv").write_text("old")
    if not links:
        monkeypatch.setattr(os, "link", no_link)
    with pytest.raises(Cancelled), FileSet(force=True) as files:  # noqa: PT012
        new = files.open(out / "x.csv")
        new.write(b"new")
        files.publish([(new, out / "x.csv")])
        assert (out / "x.csv").read_text() == "new"
        raise Cancelled
    assert names(out) == ["x.csv"]
    assert (out / "x.csv").read_text() == "old"


def test_a_killed_process_leaves_the_replaced_file_where_no_sweep_takes_it(out):
    target = out / "x.csv"
    target.write_text("old")
    child = os.fork()
    if child == 0:
        with FileSet(force=True) as files:
            files.publish([(files.open(target), target)])
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    with FileSet(force=False) as files:
        files.open(out / "y.csv")
    kept, new = sorted(out.iterdir(), key=lambda path: -len(path.name))
    assert kept.name.startswith("x.csv.before-")
    assert (kept.read_text(), new.name, new.read_text()) == ("old", "x.csv", "")


def test_half_a_copy_of_an_older_file_is_removed(out, monkeypatch):
    def fail(_, copy, **__):
        copy.write_text("ol")
        raise OSError(errno.ENOSPC, "No space left on device")

    def no_link(*_, **__):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    monkeypatch.setattr(shutil, "copy2", fail)
    (out / "x.csv").write_text("old")
    with pytest.raises(WorkFailed, match="No space"), FileSet(force=True) as files:
        files.publish([(files.open(out / "x.csv"), out / "x.csv")])
    assert {name: (out / name).read_text() for name in names(out)} == {"x.csv": "old"}


def test_files_of_an_earlier_export_are_named_and_left(database, out):
    earlier = ["x.csv", "x-3-of-3.csv", "x-1-of-2.csv"]
    for name in [*earlier, "xx-1-of-3.csv", "x-1-of-3.txt"]:
        (out / name).write_text("old")
    notes = write_upload(database, small(), out / "x.csv", force=True).notes
    assert [note for note in notes if "earlier" in note] == [
        "Files of an earlier export lie there still: x-3-of-3.csv, x.csv. Upload only the new ones."
    ]
    assert (out / "x.csv").read_text() == "old"
    assert not write_upload(database, small(), out / "y.csv").notes


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_full_disk_leaves_nothing(database, out, monkeypatch, fails_at):
    count = 0

    def publish(part, target, *, force):
        nonlocal count
        count += 1
        if count == fails_at:
            raise OSError(28, "No space left on device")
        part.rename(target)

    monkeypatch.setattr(file_set, "publish", publish)
    with pytest.raises(WorkFailed, match="No space left"):
        write_upload(database, small(left_out=out / "left.csv"), out / "x.csv")
    assert names(out) == []
    assert exported(database) == ({}, 0)


def test_a_device_that_is_full_while_lines_are_written(out):
    with pytest.raises(OSError, match="No space"), FileSet(force=False) as files:  # noqa: PT012
        full = files.open(out / "x.csv")
        os.dup2(os.open("/dev/full", os.O_WRONLY), full.fileno())
        full.write(b"x" * 100_000)
    assert names(out) == []


def test_cancelling_leaves_nothing(database, out):
    def stop(_):
        raise Cancelled("The export")

    with pytest.raises(Cancelled):
        write_upload(database, UPLOAD, out / "x.csv", tick=stop)
    assert names(out) == []
    assert exported(database) == ({}, 0)


def test_a_stream_takes_one_file(database):
    stream = io.BytesIO()
    write_upload_to_stream(database, UPLOAD, stream)
    assert stream.getvalue().count(b"\r\n") == 4
    with pytest.raises(WorkFailed, match="need 2 files"):
        write_upload_to_stream(database, small(), stream)


class _Gone(io.BytesIO):
    def write(self, *_):
        raise BrokenPipeError


def test_what_nobody_read_is_not_recorded(database):
    with pytest.raises(BrokenPipeError):
        write_upload_to_stream(database, UPLOAD, _Gone())
    assert exported(database) == ({}, 0)


def test_names_that_will_not_do(database, out):
    with pytest.raises(WrongUse, match=r"Name the file x\.csv"):
        write_upload(database, UPLOAD, out / "x.xlsx")
    with pytest.raises(WrongUse, match="cannot be one file"):
        write_upload(database, replace(UPLOAD, left_out=out / "x.csv"), out / "x.csv")
    with pytest.raises(WorkFailed, match="does not exist"):
        write_upload(database, UPLOAD, out / "none" / "x.csv")
    assert names(out) == []
