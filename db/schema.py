"""The tables, and the steps by which older databases become newer ones.

After a new step: raise `db.new_database.SCHEMA_VERSION`, and `make schema`, since a new database is made from
`new_database.sql`, without these steps. They run seldom, on databases of older versions, so sqlite-utils may be
imported here.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from db.indexes import renew_indexes

migrations = Migrations("partner-tui")


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Apply the steps that a database lacks, then let its indexes be today's."""
    migrations.apply(Database(connection))
    renew_indexes(connection)


# A step is a text, never computed from today's fields: a field that is added later is added by a step of its own.


@migrations()
def accounts(db: Database) -> None:
    """One row an account; `username_fold` tells usernames apart without case."""
    db.execute(
        "CREATE TABLE accounts (pk INTEGER PRIMARY KEY, account_id TEXT, username TEXT, company TEXT, first_name TEXT,"
        " last_name TEXT, email TEXT, phone TEXT, relationship TEXT, status TEXT, plan_type TEXT, list_size INTEGER,"
        " created_on TEXT, first_payment_on TEXT, initial_upgrade_on TEXT, last_login_on TEXT,"
        " last_campaign_sent_on TEXT, campaigns_sent INTEGER, cancelled_on TEXT, cancel_reason TEXT,"
        " moved_out_on TEXT, moved_to TEXT, nab_status TEXT, account_id_key TEXT, username_key TEXT, company_key TEXT,"
        " first_name_key TEXT, last_name_key TEXT, email_key TEXT, phone_key TEXT, status_key TEXT,"
        " plan_type_key TEXT, cancel_reason_key TEXT, moved_to_key TEXT, nab_status_key TEXT, username_fold TEXT,"
        " added_by INTEGER)"
    )


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
    """Nothing of its own: `bring_up_to_date` renews the indexes after every step."""


@migrations()
def history(db: Database) -> None:
    """An import has a day, a scope, a source and a person, and keeps what was said of it; accounts can be gone.

    Imports from before tell of the day on which they were made, in the partner's time zone. `changes` becomes a table
    with row numbers, so that a row of a report can be one of its rows.
    """
    for column in ("status_word TEXT", "status_word_key TEXT", "gone_on TEXT", "last_seen_on TEXT"):
        db.execute(f"ALTER TABLE accounts ADD COLUMN {column}")
    for column in (
        "dated TEXT",
        "complete TEXT",
        "source TEXT NOT NULL DEFAULT 'file'",
        "by TEXT",
        "sudo_by TEXT",
        "gone INTEGER NOT NULL DEFAULT 0",
        "passed_over INTEGER NOT NULL DEFAULT 0",
        "notes TEXT",
        "rejected_rows TEXT",
        "headings TEXT",
        "undone_by TEXT",
    ):
        db.execute(f"ALTER TABLE imports ADD COLUMN {column}")
    db.execute("UPDATE imports SET dated = partner_day(imported_at)")
    db.execute("ALTER TABLE changes RENAME TO changes_before")
    db.execute("DROP INDEX changes_by_account")
    db.execute(
        "CREATE TABLE changes (id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES imports(id),"
        " account INTEGER NOT NULL, field TEXT NOT NULL, old, new)"
    )
    db.execute(
        "INSERT INTO changes (import_id, account, field, old, new)"
        " SELECT import_id, account, field, old, new FROM changes_before ORDER BY import_id, account, field"
    )
    db.execute("DROP TABLE changes_before")
    db.execute("CREATE UNIQUE INDEX changes_by_import ON changes (import_id, account, field)")
    db.execute("CREATE INDEX changes_by_account ON changes (account, import_id)")


@migrations()
def people(db: Database) -> None:
    """Who did what, and where: runs, exports of lists and views know the login name, runs their host and schedule."""
    for column in ("by TEXT", "host TEXT", "schedule TEXT"):
        db.execute(f"ALTER TABLE runs ADD COLUMN {column}")
    for column in ("by TEXT", "vendor_list TEXT"):
        db.execute(f"ALTER TABLE list_exports ADD COLUMN {column}")
    db.execute("ALTER TABLE views RENAME TO views_before")
    db.execute(
        "CREATE TABLE views (report TEXT, name_fold TEXT, by TEXT NOT NULL DEFAULT '', name TEXT NOT NULL,"
        " state TEXT NOT NULL, PRIMARY KEY (report, name_fold, by))"
    )
    db.execute(
        "INSERT INTO views (report, name_fold, name, state) SELECT report, name_fold, name, state FROM views_before"
    )
    db.execute("DROP TABLE views_before")


@migrations()
def own_words(db: Database) -> None:
    """What partners keep of their own: fields, meanings of status words, notes on accounts, stars.

    Notes and stars go by what tells accounts apart, as members of lists do: an undo and a new import keep them. Each
    own field is a column of `accounts` under its key, and KEY_key beside it where it is a text.
    """
    db.execute(
        "CREATE TABLE own_fields (key TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, made_at TEXT NOT NULL)"
    )
    db.execute("CREATE TABLE status_words (word_key TEXT PRIMARY KEY, word TEXT NOT NULL, letter TEXT NOT NULL)")
    db.execute(
        "CREATE TABLE account_notes (id INTEGER PRIMARY KEY, account_id TEXT, username_fold TEXT, text TEXT NOT NULL,"
        " noted_on TEXT NOT NULL, noted_at TEXT NOT NULL, by TEXT)"
    )
    db.execute("CREATE INDEX account_notes_by_account ON account_notes (account_id, username_fold)")
    db.execute("CREATE TABLE stars (account_id TEXT, username_fold TEXT, starred_at TEXT NOT NULL, by TEXT)")
    db.execute("CREATE INDEX stars_by_account ON stars (account_id, username_fold)")


@migrations()
def schedules(db: Database) -> None:
    """What is run by the system's timers: the command as JSON words, and how its last run ended."""
    db.execute(
        "CREATE TABLE schedules (name TEXT PRIMARY KEY, calendar TEXT NOT NULL, command TEXT NOT NULL, output TEXT,"
        " mail_to TEXT, only_if_rows INTEGER NOT NULL DEFAULT 0, only_if_changed INTEGER NOT NULL DEFAULT 0,"
        " max_age INTEGER, made_by TEXT, made_at TEXT NOT NULL, last_digest TEXT, last_run_at TEXT, last_outcome TEXT,"
        " last_message TEXT, written TEXT)"
    )


@migrations()
def uploads(db: Database) -> None:
    """Uploads to the vendor that have not ended, so that one that is broken off is gone on with and nothing sent twice.

    Each part is one file at the vendor, known there by its name; `state` is waiting, sending, taken, done or failed.
    When all has arrived the rows go, and `list_exports` and `list_contacts` keep what was sent.
    """
    db.execute(
        "CREATE TABLE uploads (id INTEGER PRIMARY KEY, list TEXT NOT NULL, encoded_account_id TEXT NOT NULL,"
        " vendor_list TEXT NOT NULL, begun_at TEXT NOT NULL, by TEXT NOT NULL, host TEXT NOT NULL,"
        " pid INTEGER NOT NULL, left_out INTEGER NOT NULL)"
    )
    db.execute("CREATE INDEX uploads_by_list ON uploads (list, encoded_account_id)")
    db.execute(
        "CREATE TABLE upload_parts (upload INTEGER NOT NULL REFERENCES uploads(id), part INTEGER NOT NULL,"
        " file TEXT NOT NULL, contacts INTEGER NOT NULL, state TEXT NOT NULL, activity_id TEXT,"
        " is_recorded INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (upload, part)) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE upload_contacts (upload INTEGER NOT NULL REFERENCES uploads(id), part INTEGER NOT NULL,"
        " email TEXT NOT NULL, PRIMARY KEY (upload, part, email)) WITHOUT ROWID"
    )


@migrations()
def makers_of_own_fields(db: Database) -> None:
    """An own field knows the import that brought it, so that undoing this one takes the field back as well."""
    db.execute("ALTER TABLE own_fields ADD COLUMN import_id INTEGER")


@migrations()
def behind_sudo(db: Database) -> None:
    """Who became another by sudo is known of runs, exports of lists and schedules too, as it is of imports."""
    for table in ("runs", "list_exports", "schedules"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN sudo_by TEXT")


@migrations()
def contacts_of_exports(db: Database) -> None:
    """Who was in which export of a list; of exports from before, only that they were in one is known."""
    db.execute(
        "CREATE TABLE export_contacts (email TEXT NOT NULL, export INTEGER NOT NULL REFERENCES list_exports(id),"
        " PRIMARY KEY (email, export)) WITHOUT ROWID"
    )
