"""Uploading in parts: within the vendor's limits, every contact once, and nothing anew that has arrived."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.database import Database
from core.errors import WorkFailed
from core.lists.target_list import TargetList
from core.reports.all_accounts import ALL_ACCOUNTS
from core.vendor.faults import QuotaExceeded
from db.connection import connect_writing
from db.transaction import transaction
from exporters import vendor_upload
from exporters.vendor_upload import Stopped, Wanted, look_at_vendor, prepared, send, settle
from tests.vendor import mock_vendor as mock
from tests.vendor.conftest import Parties
from tests.vendor.mock_vendor import Job, instead

AS_OF = date(2026, 3, 4)
EVERYBODY = TargetList("everybody", "Everybody", {"report": ALL_ACCOUNTS.id, "where": ["status = Open"]})
IMPORT = "/v3/activities/contacts_file_import"


def database_of(path: Path, number: int, company: str = "Company") -> Database:
    """Return a database of so many contacts."""
    connection = connect_writing(path)
    with closing(connection), transaction(connection):
        connection.executemany(
            "INSERT INTO accounts (account_id, username, username_fold, company, company_key, email, status, added_by)"
            " VALUES (?, ?, ?, ?, ?, ?, 'O', 1)",
            (
                (f"a{n}", f"u{n}", f"u{n}", f"{company} {n}", f"{company.lower()} {n}", f"user{n}@clients.example")
                for n in range(number)
            ),
        )
    return Database(path)


@pytest.fixture
def whole(folder: Path) -> Database:
    return database_of(folder / "a.db", 10)


def wanted(*, new_only: bool = False) -> Wanted:
    return Wanted(EVERYBODY, AS_OF, "Everybody", new_only)


def upload(parties: Parties, database: Database, *, new_only: bool = False) -> vendor_upload.Result:
    """Do what the command does once everything is said and asked."""
    client = parties.client()
    asked = wanted(new_only=new_only)
    to = look_at_vendor(client, asked)
    before = settle(client, database, asked, to.account)
    with prepared(database, asked, before.arrived if before else set()) as contacts:
        return send(client, database, contacts, to)


def received(parties: Parties) -> list[str]:
    """Return every address as it was received, those that came twice twice."""
    lines = (line for file in parties.vendor.files for line in file.decode().split("\r\n")[1:-1])
    return [line.split(",")[0] for line in lines]


def test_120_000_contacts_go_in_parts_within_the_limits(flying: Parties, folder: Path) -> None:
    database = database_of(folder / "a.db", 120_000)
    flying.log_in()
    result = upload(flying, database)
    assert (result.sent, result.arrived, result.lost) == (120_000, 120_000, 0)
    bodies = [one.body for one in flying.vendor.asked if one.path == IMPORT]
    assert len(bodies) == len(result.jobs) == 4
    assert all(len(body) < 4_000_000 for body in bodies)
    assert all(file.count(b"\r\n") < 40_000 for file in flying.vendor.files)
    assert sorted(received(flying)) == sorted(f"user{n}@clients.example" for n in range(120_000))
    names = [one.parts["file"][0] for one in flying.vendor.asked if one.path == IMPORT]
    assert len(set(names)) == 4
    with closing(sqlite3.connect(database.path)) as connection:
        assert connection.execute("SELECT contacts FROM list_exports").fetchall() == [(120_000,)]
        assert connection.execute("SELECT count(*) FROM list_contacts").fetchone() == (120_000,)
        assert connection.execute("SELECT count(*) FROM upload_contacts").fetchone() == (0,)


def test_bytes_bound_a_part_too(flying: Parties, folder: Path) -> None:
    database = database_of(folder / "a.db", 60_000, "株式会社" * 9)
    flying.log_in()
    assert upload(flying, database).arrived == 60_000
    bodies = [one.body for one in flying.vendor.asked if one.path == IMPORT]
    assert len(bodies) > 60_000 / 40_000 + 1
    assert all(3_900_000 < len(body) < 4_000_000 for body in bodies[:-1])


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three contacts be a part."""
    monkeypatch.setattr(vendor_upload, "PART", vendor_upload.replace(vendor_upload.PART, max_lines=4))


@pytest.mark.usefixtures("small_parts")
def test_a_day_that_is_used_up_between_parts_goes_on_the_next_day(flying: Parties, whole: Database) -> None:
    flying.log_in()
    used_up = instead(mock.array_error(429, "quota_exceeded", "No more today."))
    flying.vendor.script("POST", IMPORT, used_up, skip=2)
    with pytest.raises(Stopped, match=r"6 of 10 contacts had arrived") as caught:
        upload(flying, whole)
    assert isinstance(caught.value.__cause__, QuotaExceeded)
    assert caught.value.result.sent == 6
    assert upload(flying, whole).sent == 4
    assert sorted(received(flying)) == sorted(f"user{n}@clients.example" for n in range(10))
    with closing(sqlite3.connect(whole.path)) as connection:
        assert connection.execute("SELECT contacts FROM list_exports ORDER BY id").fetchall() == [(6,), (4,)]
        assert connection.execute("SELECT count(*) FROM list_contacts").fetchone() == (10,)
        assert connection.execute("SELECT count(*) FROM uploads").fetchone() == (0,)


@pytest.mark.usefixtures("small_parts")
def test_a_job_that_fails_stops_before_the_next_part(flying: Parties, whole: Database) -> None:
    def second(job: Job) -> None:
        if len(flying.vendor.jobs) == 1:
            job.steps, job.words = ["initialized", "failed"], ["Out of \x1b[31mspace"]

    flying.log_in()
    flying.vendor.change_next_job = second
    with pytest.raises(Stopped, match=r"part 2 of 4 ended as failed \(“Out of .*space”\).*3 of 10 contacts") as caught:
        upload(flying, whole)
    assert "\x1b" not in str(caught.value)
    assert len(flying.vendor.files) == 2
    assert upload(flying, whole).sent == 7


@pytest.mark.usefixtures("small_parts")
def test_rows_lost_in_one_part_do_not_stop_the_others(flying: Parties, whole: Database) -> None:
    def first(job: Job) -> None:
        if not flying.vendor.jobs:
            job.total -= 1

    flying.log_in()
    flying.vendor.change_next_job = first
    with pytest.raises(Stopped, match="lost 1 row of 10") as caught:
        upload(flying, whole)
    assert (caught.value.result.sent, caught.value.result.arrived) == (10, 9)


def test_a_count_that_the_vendor_does_not_give_is_no_success(flying: Parties, whole: Database) -> None:
    flying.log_in()

    def blank(_vendor: mock.MockVendor, _asked: mock.Asked, done: mock.Answer | None) -> mock.Answer:
        assert done is not None
        return mock.Answer(done.status, done.body.replace(b'"items_total_count": 11', b'"items_total_count": null'))

    flying.vendor.script("GET", "/v3/activities/.*", blank, is_after=True, times=99)
    with pytest.raises(Stopped, match="did not say how many"):
        upload(flying, whole)


def test_a_job_that_never_ends_is_left_and_found_again(
    flying: Parties, whole: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.vendor.activities.PATIENCE", 60)
    flying.log_in()
    steps: list[Job] = []

    def endless(job: Job) -> None:
        job.steps = ["processing"] * 10_000
        steps.append(job)

    flying.vendor.change_next_job = endless
    with pytest.raises(Stopped, match="still at work"):
        upload(flying, whole)
    steps[0].steps = ["completed"]
    client = flying.client()
    before = settle(client, whole, wanted(), look_at_vendor(client, wanted()).account)
    assert before is not None
    assert len(before.arrived) == 10
    assert len(flying.vendor.files) == 1


def test_an_upload_broken_off_long_ago_counts_as_written_to_but_is_not_gone_on_with(
    flying: Parties, whole: Database
) -> None:
    flying.log_in()
    flying.vendor.script("GET", "/v3/activities/.*", instead(mock.array_error(403, "no", "No.")))
    with pytest.raises(Stopped):
        upload(flying, whole)
    with closing(sqlite3.connect(whole.path)) as connection:
        connection.execute("UPDATE uploads SET begun_at = '2026-01-01T00:00:00+00:00'")
        connection.commit()
    with prepared(whole, wanted(new_only=True)) as contacts:
        assert contacts.statement.contacts == 10, "nobody knows yet that they arrived"
    assert upload(flying, whole).sent == 10
    with closing(sqlite3.connect(whole.path)) as connection:
        assert connection.execute("SELECT contacts FROM list_exports ORDER BY id").fetchall() == [(10,), (10,)]


def test_nothing_is_sent_where_the_database_cannot_be_written(
    flying: Parties, whole: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.connection.WRITE_PATIENCE", 0.1)
    flying.log_in()
    client = flying.client()
    to = look_at_vendor(client, wanted())
    with closing(sqlite3.connect(whole.path)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with prepared(whole, wanted()) as contacts, pytest.raises(WorkFailed):
            send(client, whole, contacts, to)
    assert flying.vendor.files == []
