"""A long file is parsed in a process of its own: all is told and stored as if it were parsed here."""

import multiprocessing
import os
import signal
from contextlib import closing

import pytest

from core.errors import Cancelled, WorkFailed
from core.importing import long_file, spawning
from core.importing.import_options import ImportOptions
from core.importing.importer import import_file
from core.importing.spawning import Child
from db.connection import connect_reading
from tests.db.imports import dump

HEAD = "Account ID,Username,Company,Status,Initial Upgrade Date,Phone,Wages\n"
ODD = (
    HEAD
    + "".join(f'{n},user{n},"Łódź, {n}",Open,03/{n % 28 + 1:02}/2024,555 010{n % 10},{n}\n' for n in range(1, 1_400))
    + '="0017",zero,Zürich,Frozen,not a day,,1\n'
    + "18,short,Cut\n"
    + f"{HEAD}19,again,Below a second heading,Trial,,,\n,,Nobody,Open,,,\nTotal,,1399,,,,\n"
)


@pytest.fixture
def apart(monkeypatch):
    """Take every file of text for a long one."""
    monkeypatch.setattr(long_file, "_LONG", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})


def taken(tmp_path, text, name, **options):
    (tmp_path / "clients.csv").write_text(text, "utf-8")
    database = tmp_path / f"{name}.db"
    report = import_file(database, tmp_path / "clients.csv", ImportOptions(**options))
    with closing(connect_reading(database)) as connection:
        return report, dump(connection)


def test_it_comes_to_the_same(tmp_path, monkeypatch, request):
    here, stored_here = taken(tmp_path, ODD, "here")
    request.getfixturevalue("apart")
    started = []
    monkeypatch.setattr(spawning, "Child", lambda *work: started.append(work) or Child(*work))
    there, stored_there = taken(tmp_path, ODD, "there")
    assert started
    assert there == here
    assert here.rejected
    assert here.notes
    assert stored_there.keys() == stored_here.keys()
    assert stored_there["accounts"] == stored_here["accounts"]


@pytest.mark.usefixtures("apart")
def test_a_fault_in_the_middle_is_told_in_the_same_words(tmp_path):
    broken = (
        HEAD + "".join(f"{n},user{n},Co,Open,,,\n" for n in range(2_000)) + '1,a,"never closed,Open,,,\n' + "x,\n" * 9
    )
    with pytest.raises(WorkFailed, match="line 2,002 is not closed"):
        taken(tmp_path, broken, "none")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.usefixtures("apart")
def test_stopping_ends_the_process(tmp_path):
    (tmp_path / "clients.csv").write_text(ODD, "utf-8")

    def tick(rows):
        if rows >= 500:
            raise Cancelled("The import")

    with pytest.raises(Cancelled):
        import_file(tmp_path / "none.db", tmp_path / "clients.csv", tick=tick)
    assert multiprocessing.active_children() == []
    assert not (tmp_path / "none.db").exists()


@pytest.mark.usefixtures("apart")
def test_a_process_that_is_killed_is_a_fault_and_nothing_goes_in(tmp_path):
    rows = "".join(f"{n},user{n},Co,Open,,,\n" for n in range(30_000))  # more than a pipe holds
    (tmp_path / "clients.csv").write_text(HEAD + rows, "utf-8")

    def tick(rows):
        for child in multiprocessing.active_children():
            os.kill(child.pid, signal.SIGKILL)
            child.join()

    with pytest.raises(WorkFailed, match="ended early"):
        import_file(tmp_path / "none.db", tmp_path / "clients.csv", tick=tick)
    assert not (tmp_path / "none.db").exists()
