"""The rows of a source have numbers of their own, by which it finds them again and says whose they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from core.query.columns import Column
from core.query.source import Arm, Source
from core.reports.report import rows_source

EVENTS = Source(
    (
        Arm("'first' AS event", "one", "day < :today", row_id="id", account="whose"),
        Arm("'second' AS event", "other", row_id="id", account="NULL"),
    ),
    {"today": 5},
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "CREATE TABLE one (id INTEGER PRIMARY KEY, whose INTEGER, day INTEGER);"
            "CREATE TABLE other (id INTEGER PRIMARY KEY);"
            "INSERT INTO one VALUES (1, 70, 1), (2, 70, 9), (3, 71, 2); INSERT INTO other VALUES (1), (3);"
        )
        yield connection


def rows(connection: sqlite3.Connection, sql: str, values: dict[str, object]) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT rid, pk, event FROM ({sql}) ORDER BY rid", values).fetchall()


def test_rows_of_all_arms_have_different_numbers(connection: sqlite3.Connection) -> None:
    found = rows(connection, EVENTS.sql, EVENTS.parameters)
    assert [row[1:] for row in found] == [(70, "first"), (None, "second"), (71, "first"), (None, "second")]
    assert len({row[0] for row in found}) == len(found)
    assert rows(connection, EVENTS.sql_end_to_end, EVENTS.parameters) == found


def test_a_row_is_found_by_its_number_alone(connection: sqlite3.Connection) -> None:
    found = rows(connection, EVENTS.sql, EVENTS.parameters)
    for row in found:
        sql, numbers = EVENTS.sql_of([row[0]])
        assert rows(connection, sql, EVENTS.parameters | numbers) == [row]
    sql, numbers = EVENTS.sql_of(row[0] for row in found)
    assert rows(connection, sql, EVENTS.parameters | numbers) == found


def test_a_row_that_has_left_the_report_is_still_found(connection: sqlite3.Connection) -> None:
    (first, *_) = rows(connection, EVENTS.sql, EVENTS.parameters)
    connection.execute("UPDATE one SET day = 9 WHERE id = 1")
    sql, numbers = EVENTS.sql_of([first[0]])
    assert rows(connection, sql, EVENTS.parameters | numbers) == [first]


@pytest.mark.parametrize("events", [[], [("a",), (None,), (3,)]])
def test_rows_that_were_computed_are_a_source_however_few(
    connection: sqlite3.Connection, events: list[tuple[str | int | None]]
) -> None:
    source = rows_source((Column("event", "Event"),), events)
    found = rows(connection, source.sql, source.parameters)
    assert [row[1:] for row in found] == [(None, *event) for event in events]
    sql, numbers = source.sql_of(row[0] for row in found)
    assert rows(connection, sql, source.parameters | numbers) == found
