"""The tables, and the steps by which older databases become newer ones.

After a new step: raise `db.connection.SCHEMA_VERSION`, and `make schema`, since a new database is made from
`new_database.sql`, without these steps. They run seldom, on databases of older versions, so sqlite-utils may be
imported here.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from db.fields import FIELDS, SORTED_FIELDS, Field
from db.indexes import renew_indexes

migrations = Migrations("partner-tui")


def sql_type(field: Field) -> type:
    """Return the type of a field's column."""
    return int if field.kind == "number" else str


@migrations()
def accounts(db: Database) -> None:
    """One row an account; `username_fold` tells usernames apart without case."""
    columns: dict[str, type] = {"pk": int}
    columns |= {field.key: sql_type(field) for field in FIELDS}
    columns |= {f"{field.key}_key": str for field in SORTED_FIELDS}
    columns |= {"username_fold": str, "added_by": int}
    db.table("accounts").create(columns, pk="pk")


@migrations()
def imports(db: Database) -> None:
    """One row an import, undone ones too; `changes` has one row for each changed field of a known account.

    A new account's first values are not logged: it is what its row holds less the changes since.
    """
    db.table("imports").create(
        {
            "id": int,
            "file": str,
            "imported_at": str,
            "read": int,
            "new": int,
            "changed": int,
            "same": int,
            "returned": int,
            "rejected": int,
            "undone_at": str,
        },
        pk="id",
        not_null={"file", "imported_at"},
    )
    db.execute(
        "CREATE TABLE changes ("
        " import_id INTEGER NOT NULL REFERENCES imports(id), account INTEGER NOT NULL, field TEXT NOT NULL,"
        " old, new, PRIMARY KEY (import_id, account, field)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX changes_by_account ON changes (account, import_id)")


@migrations()
def runs(db: Database) -> None:
    """One row for each report that was run: what My reports shows."""
    db.table("runs").create(
        {
            "id": int,
            "report": str,
            "parameters": str,
            "as_of": str,
            "format": str,
            "path": str,
            "row_count": int,
            "started_at": str,
            "ended_at": str,
            "outcome": str,
            "message": str,
            "pid": int,
        },
        pk="id",
        not_null={"report", "started_at", "outcome"},
    )


@migrations()
def mappings(db: Database) -> None:
    """Saved mappings of headings, as JSON: what --save-map keeps."""
    db.table("mappings").create({"name": str, "choices": str}, pk="name")


@migrations()
def lists(db: Database) -> None:
    """Targeted lists. A person's own are rows of `lists`, deleted ones too, so that deleting can be undone.

    `list_members` holds the accounts of a list made from a selection, by what tells accounts apart: `pk` may be given
    anew after an import is undone. An export is recorded under a list's key, which built-in lists have as well;
    `list_contacts` has each address, in lower case, that was ever exported from a list.
    """
    db.table("lists").create(
        {
            "id": int,
            "name": str,
            "name_fold": str,
            "given": str,
            "is_selection": int,
            "made_at": str,
            "deleted_at": str,
        },
        pk="id",
        not_null={"name", "name_fold", "given", "is_selection", "made_at"},
    )
    db.execute("CREATE UNIQUE INDEX lists_by_name ON lists (name_fold) WHERE deleted_at IS NULL")
    db.execute(
        "CREATE TABLE list_members (list INTEGER NOT NULL REFERENCES lists(id), account_id TEXT, username_fold TEXT)"
    )
    db.execute("CREATE INDEX list_members_by_list ON list_members (list)")
    db.table("list_exports").create(
        {
            "id": int,
            "list": str,
            "purpose": str,
            "exported_at": str,
            "path": str,
            "contacts": int,
            "left_out": int,
        },
        pk="id",
        not_null={"list", "purpose", "exported_at", "contacts", "left_out"},
    )
    db.execute("CREATE INDEX list_exports_by_list ON list_exports (list)")
    db.execute(
        "CREATE TABLE list_contacts (list TEXT NOT NULL, email TEXT NOT NULL, PRIMARY KEY (list, email)) WITHOUT ROWID"
    )


@migrations()
def views(db: Database) -> None:
    """How a person looks at each report, as JSON: the last view under the name '', the saved ones under theirs."""
    db.table("views").create(
        {"report": str, "name_fold": str, "name": str, "state": str},
        pk=("report", "name_fold"),
        not_null={"name", "state"},
    )


@migrations()
def indexes(db: Database) -> None:
    """The accounts' indexes as `db.indexes` has them. When they change there, another step does this again."""
    renew_indexes(db.conn)
