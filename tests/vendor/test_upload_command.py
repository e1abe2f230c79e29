"""`partner-tui lists upload`, by the real program against the mock on loopback."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Done, assert_refused, environment
from tests.vendor import mock_vendor as mock
from tests.vendor.mock_vendor import Job, instead
from tests.vendor.programs import Program, accounts

IMPORT = "/v3/activities/contacts_file_import"


@pytest.fixture
def ready(program: Program) -> Program:
    """Return the program with five accounts, two of which are no contacts of their own, and logged in."""
    program.have_accounts(
        [*accounts(3), "a4,user4,Four,user1@clients.example,Open,Managed", "a5,user5,Five,,Open,Managed"]
    )
    assert program("lists", "new", "All", "--where", "status = Open").code == 0
    program.log_in()
    return program


def upload(program: Program, *options: str) -> Done:
    return program("lists", "upload", "All", *options)


def uploaded(program: Program, *options: str, code: int = 0) -> dict[str, Any]:
    done = upload(program, "--yes", "--json", *options)
    assert done.code == code, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def exports(program: Program) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(program.database)) as connection:
        return connection.execute("SELECT purpose, contacts, left_out, vendor_list, by FROM list_exports").fetchall()


def left_behind(program: Program) -> int:
    with closing(sqlite3.connect(program.database)) as connection:
        return int(connection.execute("SELECT count(*) FROM uploads").fetchone()[0])


def everybody(program: Program) -> set[str]:
    return set().union(*program.vendor.received.values())


THREE = {f"user{n}@clients.example" for n in (1, 2, 3)}


def test_an_upload_says_what_it_does_and_remembers_whom_it_reached(ready: Program) -> None:
    done = upload(ready, "--yes", "--list", "Clients of ours")
    assert (done.code, done.out) == (0, b"")
    for words in (
        "5 accounts in the list: 3 contacts",
        "Left out: 2",
        "consent",
        "Acme Agency (owner@acme.example, p07e1l8cdif9dl), list “Clients of ours”, which will be made",
        "3 contacts sent, 3 arrived",
    ):
        assert words in done.err
    (made,) = ready.vendor.lists
    assert made["name"] == "Clients of ours"
    assert ready.vendor.received == {made["list_id"]: THREE}
    (file,) = ready.vendor.files
    assert file.splitlines()[0] == b"email,first_name,last_name,company_name,phone"
    ((purpose, contacts, left_out, vendor_list, by),) = exports(ready)
    assert (purpose, contacts, left_out, vendor_list) == ("api", 3, 2, "Clients of ours")
    assert by
    assert left_behind(ready) == 0
    shown = json.loads(ready("lists", "list", "--json").out)
    (mine,) = [one for one in shown if one["name"] == "All"]
    assert mine["last_export"]["vendor_list"] == "Clients of ours"
    # Nobody is new now, and nobody is asked: neither the person nor the vendor.
    asked = len(ready.vendor.asked)
    again = upload(ready, "--new-since-last")
    assert again.code == 0
    assert "nothing is sent" in again.err
    assert len(ready.vendor.asked) == asked


def test_a_list_that_is_there_is_used(ready: Program) -> None:
    ready.vendor.new_list("all")
    list_id = ready.vendor.new_list("All")["list_id"]
    result = uploaded(ready)
    assert result["list_exists"] is True
    assert ready.vendor.received == {list_id: THREE}
    assert ready.vendor.count("POST", "/v3/contact_lists") == 0
    assert result["left_out"] == {
        "no email address": 1,
        "the same email address as an account with newer activity": 1,
    }
    assert (result["contacts"], result["sent"], result["arrived"], result["lost"]) == (3, 3, 3, 0)
    (part,) = result["parts"]
    assert (part["state"], part["items_total_count"]) == ("completed", 4)


def test_a_list_that_was_made_meanwhile_is_used(ready: Program) -> None:
    def meanwhile(vendor: mock.MockVendor, _asked: mock.Asked, _done: mock.Answer | None) -> mock.Answer:
        vendor.new_list("All")
        return mock.array_error(409, "contacts.api.conflict", "It exists.")

    ready.vendor.script("POST", "/v3/contact_lists", meanwhile)
    uploaded(ready)
    assert ready.vendor.received == {ready.vendor.lists[0]["list_id"]: THREE}


def test_looking_first_sends_and_records_nothing(ready: Program) -> None:
    done = upload(ready, "--dry-run")
    assert done.code == 0
    assert "list “All”, which will be made" in done.err
    assert "Nothing is sent" in done.err
    assert {one.method for one in ready.vendor.asked} == {"GET"}
    assert exports(ready) == []
    assert json.loads(upload(ready, "--dry-run", "--json").out)["dry_run"] is True


def test_without_a_terminal_it_asks_for_yes(ready: Program) -> None:
    assert_refused_after_notes(upload(ready), 2, "--yes")
    assert ready.vendor.asked == []


def assert_refused_after_notes(done: Done, code: int, *words: str) -> None:
    """Check the end of a command that said what it does before."""
    assert done.code == code, done.err
    assert "Traceback" not in done.err
    for word in words:
        assert word in done.err


def test_who_is_not_logged_in_is_told_the_command(ready: Program) -> None:
    ready.store.path.unlink()
    assert_refused_after_notes(upload(ready, "--yes"), 1, "partner-tui login")


def test_known_on_is_refused(ready: Program) -> None:
    assert_refused(upload(ready, "--known-on", "2026-01-01"), 2, "--known-on")


def test_the_demo_goes_to_no_real_account(ready: Program) -> None:
    elsewhere = {"PARTNER_TUI_API_URL": "https://api.example.invalid/v3"}
    done = run_demo(ready, elsewhere)
    assert_refused_after_notes(done, 2, "made up")
    assert ready.vendor.asked == []


def run_demo(program: Program, variables: dict[str, str]) -> Done:
    from tests.cli.running import run

    return run(
        "--demo", "lists", "upload", "never-sent", "--yes", variables=program.variables | variables, cwd=program.folder
    )


# What the vendor counts


def test_who_had_unsubscribed_is_said_and_no_fault(ready: Program) -> None:
    def some(job: Job) -> None:
        job.unsubscribed = 2

    ready.vendor.change_next_job = some
    done = upload(ready, "--yes")
    assert done.code == 0
    assert "2 of them had unsubscribed" in done.err


def fewer(job: Job) -> None:
    job.total -= 2


def with_errors(job: Job) -> None:
    job.errors, job.words = 2, ["Row 3: \x1b[31mbad", "Row 4"]


@pytest.mark.parametrize("change", [fewer, with_errors])
def test_rows_that_the_vendor_lost_are_counted(ready: Program, change: Any) -> None:
    ready.vendor.change_next_job = change
    done = upload(ready, "--yes", "--json")
    assert done.code == 1
    assert "lost 2 rows of 3" in done.err
    assert "\x1b" not in done.err
    result = json.loads(done.out)
    assert (result["sent"], result["arrived"], result["lost"]) == (3, 1, 2)
    assert [one[1] for one in exports(ready)] == [3]


@pytest.mark.parametrize("state", ["failed", "timed_out", "cancelled"])
def test_a_job_that_fails_is_told_of_and_the_upload_goes_on_from_there(ready: Program, state: str) -> None:
    def fail(job: Job) -> None:
        job.steps = ["initialized", state]

    ready.vendor.change_next_job = fail
    done = upload(ready, "--yes")
    assert done.code == 1
    assert state in done.err
    assert exports(ready) == []
    ready.vendor.change_next_job = lambda _job: None
    assert uploaded(ready)["sent"] == 3
    assert len(ready.vendor.files) == 2


def test_a_list_gone_at_the_vendor(ready: Program) -> None:
    ready.vendor.script("POST", IMPORT, instead(mock.array_error(404, "contacts.api.not_found", "No such list.")))
    done = upload(ready, "--yes")
    assert_refused_after_notes(done, 1, "404", "No such list")
    assert exports(ready) == []


# Nothing is sent twice


@pytest.mark.parametrize("trouble", [mock.reset, mock.cut, instead(mock.html(503)), instead(mock.html(500))])
def test_a_file_that_was_taken_without_an_answer_is_found_and_not_sent_again(ready: Program, trouble: Any) -> None:
    ready.vendor.script("POST", IMPORT, trouble, is_after=True)
    assert uploaded(ready)["arrived"] == 3
    assert len(ready.vendor.files) == 1
    assert ready.vendor.count("GET", "/v3/activities") >= 1


def test_a_file_that_was_not_taken_is_sent_again(ready: Program) -> None:
    ready.vendor.script("POST", IMPORT, mock.reset)
    assert uploaded(ready)["arrived"] == 3
    assert (len(ready.vendor.files), ready.vendor.count("POST", IMPORT)) == (1, 2)


def test_a_day_that_is_used_up_stops_with_what_is_done(ready: Program) -> None:
    ready.vendor.script("GET", "/v3/activities/.*", instead(mock.object_error(429, "quota_exceeded", "No more.")))
    done = upload(ready, "--yes")
    assert_refused_after_notes(done, 1, "00:00 UTC", "goes on")
    assert uploaded(ready)["sent"] == 0, "it had arrived already"
    assert len(ready.vendor.files) == 1
    assert [one[1] for one in exports(ready)] == [3]


def kill_at(program: Program, method: str, path: str) -> None:
    """Begin an upload and kill it when it asks for a path."""
    command = [sys.executable, "-c", "from tui.__main__ import main; main()", "--db", str(program.database)]
    child = subprocess.Popen(
        [*command, "lists", "upload", "All", "--yes"],
        env=environment(**program.variables),
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )
    while not program.vendor.count(method, path):
        assert child.poll() is None
        time.sleep(0.02)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()


def test_killed_while_the_vendor_works_it_goes_on_and_sends_nothing_twice(ready: Program) -> None:
    ready.vendor.script("GET", "/v3/activities/.*", mock.silence)
    kill_at(ready, "GET", "/v3/activities/.*")
    assert left_behind(ready) == 1
    looked = upload(ready, "--dry-run")
    assert "broken off" in looked.err
    done = upload(ready, "--yes")
    assert done.code == 0, done.err
    assert "3 of it had arrived" in done.err
    assert len(ready.vendor.files) == 1
    assert [one[1] for one in exports(ready)] == [3]


def test_an_upload_that_was_broken_off_before_the_vendor_took_it_is_sent(ready: Program) -> None:
    ready.vendor.script("POST", IMPORT, mock.silence)
    kill_at(ready, "POST", IMPORT)
    assert uploaded(ready)["sent"] == 3
    assert everybody(ready) == THREE
    assert left_behind(ready) == 0


def test_two_uploads_of_a_list_do_not_go_side_by_side(ready: Program) -> None:
    with closing(sqlite3.connect(ready.database)) as connection:
        connection.execute(
            "INSERT INTO uploads (list, encoded_account_id, vendor_list, begun_at, by, host, pid, left_out)"
            " VALUES ((SELECT id FROM lists), 'p07e1l8cdif9dl', 'All', '2026-03-04T09:12:00+00:00', 'ben', ?, ?, 0)",
            [os.uname().nodename, os.getpid()],
        )
        connection.commit()
    assert_refused_after_notes(upload(ready, "--yes"), 1, "ben is uploading this list right now")
    assert ready.vendor.files == []
