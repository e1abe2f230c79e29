"""Two who write at once: the second is told for whom it waits, and waits long enough."""

import json
import os
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from db import connection as opening
from db import writer
from db.connection import connect_writing
from db.errors import WorkFailed
from db.people import login_name
from db.transaction import transaction, watching_waits
from tests.db.imports import open_new
from tui.cli.waits import Waits


@pytest.fixture
def path(tmp_path):
    open_new(tmp_path).close()
    return tmp_path / "accounts.db"


def note_of(path):
    return path.with_name(f".{path.name}.writer")


def leave_note(path, **changes):
    note = {"by": "ann", "host": os.uname().nodename, "pid": os.getpid(), "since": datetime.now(UTC).isoformat()}
    note_of(path).write_text(json.dumps(note | changes))


def write(connection, name):
    with transaction(connection):
        connection.execute("INSERT INTO mappings VALUES (?, '{}')", [name])


def test_who_writes_is_noted_as_long_as_they_do(path):
    with closing(connect_writing(path)) as connection:
        with transaction(connection):
            assert json.loads(note_of(path).read_text())["by"] == login_name()
            assert note_of(path).stat().st_mode & 0o077 == 0
        assert not note_of(path).exists()
        with pytest.raises(ZeroDivisionError), transaction(connection):
            1 / 0  # noqa: B018
        assert not note_of(path).exists()


def test_whoever_waits_is_told_for_whom_and_goes_on(path):
    heard = []
    asked = threading.Event()

    def hear(who, seconds):
        heard.append((who, seconds))
        asked.set()

    with closing(connect_writing(path)) as first, closing(connect_writing(path)) as second:
        begun = threading.Event()

        def hold():
            with transaction(first):
                leave_note(path)
                begun.set()
                asked.wait(20)
                first.execute("INSERT INTO mappings VALUES ('first', '{}')")

        holder = threading.Thread(target=hold)
        holder.start()
        begun.wait(20)
        with watching_waits(hear):
            write(second, "second")
        holder.join()
        assert [row[0] for row in second.execute("SELECT name FROM mappings ORDER BY rowid")] == ["first", "second"]
    assert heard[0][0] == "ann"
    assert heard[0][1] >= 0


def test_who_waits_no_longer_is_told_who_writes(path, monkeypatch):
    monkeypatch.setattr(opening, "WRITE_PATIENCE", 0.05)
    with closing(connect_writing(path)) as first, closing(connect_writing(path)) as second:
        with transaction(first):
            leave_note(path)
            with pytest.raises(WorkFailed, match="being written by ann; nothing"):
                write(second, "second")
        write(second, "second")


def test_a_command_says_once_for_whom_it_waits_and_ends_after_thirty_seconds(capsys):
    watch = Waits()
    for seconds in (0.1, 5.0, 30.0):
        watch("ann", seconds)
    assert capsys.readouterr().err == "Waiting for ann, who is writing the database …\n"
    with pytest.raises(WorkFailed, match="being written by ann"):
        watch("ann", 30.1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "ann"),
        ({"pid": 999_999_999}, "another partner-tui"),
        ({"host": "elsewhere", "pid": 999_999_999}, "ann on the host elsewhere"),
        ({"host": "elsewhere", "since": str(datetime.now(UTC) - timedelta(hours=2))}, "another partner-tui"),
        ({"by": "\x1b[31mann"}, "another partner-tui"),
        ({"since": "yesterday"}, "another partner-tui"),
        ({"pid": None}, "another partner-tui"),
    ],
)
def test_a_note_that_was_left_behind_says_nothing(path, changes, words):
    with closing(connect_writing(path)) as connection:
        leave_note(path, **changes)
        assert writer.writer_name(connection) == words


def test_a_database_in_memory_has_no_note(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with closing(opening.connect_scratch()) as connection:
        write(connection, "x")
        assert writer.writer_name(connection) == "another partner-tui"
    assert list(tmp_path.iterdir()) == []
