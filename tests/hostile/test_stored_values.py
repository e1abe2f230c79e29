"""Whatever stands in the tables beside the accounts, each command goes on or says what is wrong (trust T1)."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from core.database import Database
from db.stored import DEEPEST, KEPT_AS_TEXT, LARGEST, json_of, list_of, objects_of, time_of
from tests.hostile.database import copy_of, furnish
from tests.hostile.program import called
from tests.hostile.values import ACTS, OTHERS, TEXTS, columns, put, tables
from tests.tui.application import opened

pytestmark = pytest.mark.promise("P1", "P6")

READING = (
    ("report", "managed-account-details", "--status", "O", "--view", "mine"),
    ("report", "all-accounts-summary", "--format", "json"),
    ("report", "what-changed", "--since", "2026-01-01"),
    ("report", "growth-by-month"),
    ("report", "accounts-at-risk"),
    ("runs",),
    ("runs", "--json"),
    ("imports",),
    ("imports", "--json"),
    ("lists", "list"),
    ("lists", "list", "--json"),
    ("lists", "show", "mine"),
    ("lists", "export", "mine", "--for", "web", "--dry-run"),
    ("mappings", "list"),
    ("mappings", "list", "--json"),
    ("schedules", "list"),
    ("schedules", "show", "mondays", "--json"),
    ("schedules", "install", "mondays", "--print"),
    ("accounts", "show", "a1"),
    ("accounts", "--known-on", "2026-03-04"),
    ("fields", "list"),
    ("doctor",),
)
WRITING = (
    ("lists", "undelete"),
    ("mappings", "delete", "mine"),
    ("schedules", "run", "mondays"),
    ("import", "list.csv", "--use-map", "mine"),
    ("undo-import", "--yes"),
    ("undo-import", "--yes"),
)
SOME = {**OTHERS, **{name: TEXTS[name] for name in ("title", "unit", "SQL")}}


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(tmp_path_factory.mktemp("furnished"))


def some(*always: str) -> list[ParameterSet]:
    """Return the names of the values: some for each run of the tests, the others for sweeps."""
    return [pytest.param(name, marks=() if name in always else pytest.mark.sweep) for name in SOME]


@pytest.mark.parametrize("name", some("deep JSON", "object", "bytes", "no text", "title"))
def test_no_value_in_any_table_is_a_fault_of_ours(
    name: str, furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(furnished.parent)
    database = copy_of(furnished, tmp_path)
    taken = [
        put(database, table, column, SOME[name]) for table in tables(database) for column in columns(database, table)
    ]
    assert sum(taken) > 50
    for words in (*READING, *WRITING):
        done = called(database, *words)
        assert done.code in (0, 1, 2, 3), (words, done)
        assert not ACTS.search(done.out.decode()), (words, done)
        assert not ACTS.search(done.err), (words, done)


@pytest.mark.parametrize(
    "name", ["deep JSON", *(pytest.param(name, marks=pytest.mark.sweep) for name in ("bytes", "number", "title"))]
)
async def test_the_application_goes_on_with_them(name: str, furnished: Path, tmp_path: Path) -> None:
    database = copy_of(furnished, tmp_path)
    for table in tables(database):
        for column in columns(database, table):
            put(database, table, column, SOME[name])
    async with opened(Database(database)) as session:
        for keys in (("2", "enter", "escape"), ("r", "escape"), ("3",), ("4",), ("5",), ("6",), ("7",), ("1",)):
            await session.press(*keys)
            assert session.app.is_running
            assert not session.app.crashed
            assert not ACTS.search(session.text().replace("\n", ""))


def test_doctor_names_what_cannot_be_read(furnished: Path, tmp_path: Path) -> None:
    database = copy_of(furnished, tmp_path)
    assert "cannot be read" not in called(database, "doctor").text
    for table, kept in KEPT_AS_TEXT.items():
        for column in kept:
            put(database, table, column, "[" * 1_000)
    done = called(database, "doctor")
    assert done.code == 1
    for table, kept in KEPT_AS_TEXT.items():
        for column in set(kept) - {"undone_at", "begun_at"}:  # of which there is no row
            assert re.search(rf"\b{column} of \d+ in {table}\b", done.text), (table, column)


def test_every_column_that_holds_json_or_a_time_is_read_without_trust(furnished: Path) -> None:
    with closing(sqlite3.connect(furnished)) as connection:
        for table in tables(furnished):
            for column in columns(furnished, table):
                held = [value for (value,) in connection.execute(f"SELECT {column} FROM {table}")]
                is_json = any(isinstance(value, str) and value[:1] in "[{" for value in held if value)
                if is_json or column.endswith(("_at", "_on")):
                    assert column in KEPT_AS_TEXT[table]


def test_a_list_whose_filter_cannot_be_read_holds_nobody(furnished: Path, tmp_path: Path) -> None:
    database = copy_of(furnished, tmp_path)
    put(database, "lists", "given", "{")
    done = called(database, "lists", "export", "mine", "--for", "web", "--output", str(tmp_path / "c.csv"))
    assert done.code == 1
    assert "“mine” cannot be read" in done.err
    assert not (tmp_path / "c.csv").exists()
    put(database, "mappings", "choices", '{"headings": 5}')
    done = called(database, "import", str(furnished.with_name("list.csv")), "--use-map", "mine")
    assert done.code == 1
    assert "'mine' is damaged" in done.err


def test_a_field_that_a_database_names_is_no_sql(furnished: Path, tmp_path: Path) -> None:
    database = copy_of(furnished, tmp_path)
    put(database, "own_fields", "key", 'manager" FROM accounts; DROP TABLE lists; --')
    put(database, "changes", "field", "company = 'owned', email", "import_id = (SELECT max(import_id) FROM changes)")
    for words in (("accounts",), ("fields", "list"), ("undo-import", "--yes")):
        assert called(database, *words).code == 0
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM accounts WHERE company = 'owned'").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM lists").fetchone() == (2,)


@pytest.mark.parametrize(
    "text",
    ["", "{", "NaN", '{"a": Infinity}', "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), f'"{"x" * LARGEST}"', 5, b"{}"],
)
def test_what_is_no_json_of_ours(text: object) -> None:
    assert json_of(text) is None


def test_json_of_ours() -> None:
    assert json_of('{"a": ["[[[[[[[[[[[[[[[[[[[[[[", "\\"{"]}') == {"a": ["[" * 22, '"{']}
    assert json_of('["\\ud83d\\ude00", "\\ud800"]') == ["😀", "?"]
    assert list_of('["a", 1]', str) is None
    assert objects_of('[{"text": "a"}, {"text": 1}]', {"text": str}) is None
    assert objects_of('[{"text": "a"}]', {"text": str}) == [{"text": "a"}]
    assert time_of("2026-03-04T01:02:03") == time_of("2026-03-04T01:02:03+00:00")
    assert time_of("0001-01-01T00:00:00+00:00") is None
