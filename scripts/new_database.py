"""Makes db/new_database.sql anew: an empty database as all migrations of `db.schema` leave it.

Run by `make schema`; a test fails when it is not current. A database is made from this text, since sqlite-utils, which
carries the migrations out, takes longer to load than a small import.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from db.schema import bring_up_to_date

PATH = Path(__file__).parents[1] / "db" / "new_database.sql"
_APPLIED_AT = re.compile(r"'[^']*\+00:00'")


def new_database() -> str:
    """Return the SQL, which says the same whenever it is made."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.create_function("partner_day", 1, str)  # of imports, of which a new database has none
        bring_up_to_date(connection)
        return _APPLIED_AT.sub("datetime('now')", "\n".join(connection.iterdump())) + "\n"


if __name__ == "__main__":
    PATH.write_text(new_database(), "utf-8")
