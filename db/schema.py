"""The tables, and the steps by which older databases become newer ones.

Everything here runs seldom (a database is made or is of an older version), so sqlite-utils may be imported here.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from db.fields import FIELDS, Field

migrations = Migrations("partner-tui")

SORTED_FIELDS = tuple(field for field in FIELDS if field.is_text)
"""Fields with a stored sort key, `KEY_key`: NULL where the text is ASCII, which NOCASE sorts by itself."""


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
    for statement in ACCOUNT_INDEXES.values():
        db.execute(statement)


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


COMPANY_ORDER = (
    "coalesce(company_key, company) IS NULL, coalesce(company_key, company) COLLATE NOCASE,"
    " account_id IS NULL, coalesce(account_id_key, account_id) COLLATE NOCASE"
)
"""By company, ties by account id, unknown ones last: the order of Details and of My accounts, word for word as
`core.sorting` writes it, so that SQLite takes the index for it."""

ACCOUNT_INDEXES: dict[str, str] = {
    "accounts_by_id": "CREATE UNIQUE INDEX accounts_by_id ON accounts (account_id) WHERE account_id IS NOT NULL",
    "accounts_by_username": "CREATE INDEX accounts_by_username ON accounts (username_fold)",
    "accounts_by_company": f"CREATE INDEX accounts_by_company ON accounts ({COMPANY_ORDER})",
    "accounts_for_details": (
        f"CREATE INDEX accounts_for_details ON accounts (relationship, status, {COMPANY_ORDER}, moved_out_on, moved_to)"
    ),
    "accounts_for_summary": (
        "CREATE INDEX accounts_for_summary ON accounts (status, relationship, moved_out_on, moved_to, cancelled_on,"
        " initial_upgrade_on)"
    ),
    "accounts_by_upgrade": (
        "CREATE INDEX accounts_by_upgrade ON accounts (initial_upgrade_on) WHERE initial_upgrade_on IS NOT NULL"
    ),
    "accounts_by_cancel": "CREATE INDEX accounts_by_cancel ON accounts (cancelled_on) WHERE cancelled_on IS NOT NULL",
    "accounts_by_move_out": (
        "CREATE INDEX accounts_by_move_out ON accounts (moved_out_on) WHERE moved_out_on IS NOT NULL"
    ),
}
"""One index for each question that must be answered at once on a million accounts. A first import drops and remakes
them, which costs less than keeping them row by row."""
