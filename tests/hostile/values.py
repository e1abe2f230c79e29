"""What may stand in a database or file that others wrote: texts that act on what obeys them, values of wrong kinds."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

TEXTS = {
    "controls": "a" + "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127])) + "z",
    "title": "Evil \x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;b3duZWQ=\x1b\\",
    "colour": "\x1b[31m\x1b[2J red",
    "device": "\x1bP1$r0m\x1b\\ \x1b_x\x1b\\ \x1b^x\x1b\\",
    "C1": "\x9b31m \x9d0;owned\x9c \x90q\x9c \x85",
    "bidi": "\u202egpj.exe \u2066a\u2069 \u200f\u061c",
    "markup": "[@click=app.quit]x[/] [/b] [link=https://x.example]l[/]",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;\"'",
    "attribute": "x\" onmouseover=\"alert(1)' style='",
    "template": "{{ 7*7 }} {% x %} ${7*7} %s %(a)s {0}",
    "formula": '=HYPERLINK("http://x.example","y")',
    "formulas": "+1+1\r\n=1+1\n-2+3\t@SUM(A1)",
    "wide formula": "\uff1d1+1 \u200b=1+1",
    "separators": "x;=1+1\t=1+1,=1+1",
    "lines": "one\r\ntwo\rthree\nfour\u2028five\u2029six",
    "header": "a@x.example\r\nBcc: b@x.example\r\n\r\nbody",
    "unit": "a\n[Service]\nExecStart=/bin/sh %h %% $HOME ${HOME} \\x20",
    "crontab": "* * * * * touch owned%newline\n* * * * * touch owned",
    "shell": "'; touch owned; $(touch owned) `touch owned` | touch owned # \"",
    "path": "../../owned/\\..\\owned",
    "SQL": "'; DROP TABLE accounts; -- \") OR 1=1",
    "private": "\ue000\ufffe\uffff\U0010ffff\U000e0001",
}
"""By what obeys it. None holds NUL or half a character: SQLite keeps no text with them."""

OTHERS: dict[str, object] = {
    "deep JSON": "[" * 5_000,
    "deep object": '{"a":' * 5_000,
    "list": '[1, [2], null, {"text": 5}]',
    "object": '{"where": 5, "sort": [5], "a": {"b": [1]}}',
    "half a character": '{"where": ["company = \\ud800"], "report": "all-accounts"}',
    "no number": '{"selected": NaN, "where": ["list_size > 1e999"]}',
    "no time": "soon",
    "time without zone": "2026-03-04T01:02:03",
    "first time": "0001-01-01T00:00:00+00:00",
    "last time": "9999-12-31T23:59:59-12:00",
    "bytes": b"\xff\x00<b>\x1b",
    "number": 5,
    "large number": 10**18,
    "fraction": 0.1,
    "endless": float("inf"),
    "no text": sqlite3.Binary(b"A\xffB"),
}
"""Values of kinds that no column of ours has them of; *no text* is stored as a text that is no UTF-8."""

ACTS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey."""


def columns(database: Path, table: str) -> list[str]:
    """Return the columns of a table."""
    with closing(sqlite3.connect(database)) as connection:
        return [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]


def tables(database: Path) -> list[str]:
    """Return the tables beside the accounts themselves."""
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return sorted(name for (name,) in found if name != "accounts" and not name.startswith(("_sqlite", "sqlite")))


def put(database: Path, table: str, column: str, value: object, where: str = "true") -> bool:
    """Let a column hold a value in all rows; return whether the table takes it."""
    with closing(sqlite3.connect(database)) as connection:
        for name in ("fold", "fold_key", "casefold"):
            connection.create_function(name, 1, lambda _: None, deterministic=True)
        as_text = "CAST(? AS TEXT)" if value is OTHERS["no text"] else "?"
        try:
            connection.execute(f"UPDATE {table} SET {column} = {as_text} WHERE {where}", [value])
        except sqlite3.IntegrityError:
            return False
        connection.commit()
        return True
