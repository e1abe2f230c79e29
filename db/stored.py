"""What is kept as text in tables, read back without trust: a database may come from anybody, or be damaged (trust T1).

A value that this program cannot have written is read as one that says nothing: no number is 0, no JSON is empty, no
time is `NO_TIME`. So one bad row stands in nobody's way, and `unreadable` names it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import cache, partial
from itertools import accumulate
from types import UnionType
from typing import Any, TypeVar

from db.fields import FIELDS

Record = TypeVar("Record")

Asked = dict[str, Any]
"""What a request asked, as `asked_of` reads it."""
Notes = list[dict[str, Any]]
"""What was said of an import."""
RejectedRows = list[dict[str, Any]]
"""The rows that an import left out."""
Written = tuple[Mapping[str, Any], ...]
"""The files that a schedule wrote."""

LARGEST = 8_000_000
"""Characters of JSON that are read: the thousand rejected rows of an import, each with a long value, are fewer."""
DEEPEST = 20
"""Lists and objects within each other. Ours are three deep."""
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a time that cannot be read."""
NO_DAY = NO_TIME.date()

SCHEDULE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}")

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')
_LONE_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_YEARS = range(1900, 3000)
"""Of times: those outside cannot be told in every time zone."""


def json_of(text: object) -> Any:
    """Return what JSON says; None where it is none, too large or too deep. Halves of a character become `?`."""
    if not isinstance(text, str) or len(text) > LARGEST or _is_deep(text):
        return None
    try:
        value = json.loads(text, parse_constant=_refuse)
    except ValueError:
        return None
    if _LONE_HALF.search(text):
        value = json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    return value


def object_of(text: object) -> dict[str, Any] | None:
    """Return the JSON object that a text is; None where it is none."""
    value = json_of(text)
    return value if isinstance(value, dict) else None


def list_of(text: object, kind: type[Record]) -> list[Record] | None:
    """Return the JSON list that a text is, of values of one kind; None where it is none."""
    value = json_of(text)
    return value if isinstance(value, list) and all(isinstance(one, kind) for one in value) else None


def asked_of(text: object) -> dict[str, Any] | None:
    """Return what a request asked, under the names of the command line's options; None where it cannot be that."""
    asked = object_of(text)
    if asked is None:
        return None
    kinds = {"where": list, "sort": list, "columns": list, "selected": int, "known_on": str}
    fits = all(isinstance(value, kinds.get(name, str | int | None)) for name, value in asked.items())
    lists = [one for value in asked.values() if isinstance(value, list) for one in value]
    known_on = asked.get("known_on")
    return asked if fits and all(isinstance(one, str) for one in lists) and (not known_on or day_of(known_on)) else None


def objects_of(text: object, shape: Mapping[str, type | UnionType]) -> list[dict[str, Any]] | None:
    """Return the JSON list of objects that a text is; None where one lacks a value of `shape`."""
    objects = list_of(text, dict)
    if objects is None or all(isinstance(one.get(name), kind) for one in objects for name, kind in shape.items()):
        return objects
    return None


def schedule_name_of(text: object) -> str | None:
    """Return the name of a schedule, which becomes the name of files and a word of commands; None where it is none."""
    return text if isinstance(text, str) and SCHEDULE_NAME.fullmatch(text) else None


def time_of(text: object) -> datetime | None:
    """Return a time, aware; None where a text is none. One without a zone is of UTC."""
    with suppress(ValueError, TypeError):
        moment = datetime.fromisoformat(text)  # type: ignore[arg-type]
        if moment.year in _YEARS:
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def day_of(text: object) -> date | None:
    """Return a day; None where a text is none."""
    try:
        return date.fromisoformat(text)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        return None


def record(kind: type[Record], **values: Any) -> Record:
    """Return a record of a dataclass, each value read as the type of its field says.

    Fields that are given no value keep their default.
    """
    readers = _readers(kind)  # type: ignore[arg-type]
    return kind(**{name: readers[name](value) for name, value in values.items()})


@cache
def _readers(kind: type[Any]) -> Mapping[str, Callable[[Any], Any]]:
    """Return what reads the value of each field of a dataclass."""
    return {field.name: _READERS.get(str(field.type), lambda value: value) for field in fields(kind)}


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return "" if value is None else str(value)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


_NOTE: Mapping[str, type | UnionType] = {"kind": str, "text": str, "count": int, "rows": list}
_REJECTED: Mapping[str, type | UnionType] = {"row": int, "column": str, "value": str, "reason": str}
_WRITTEN: Mapping[str, type | UnionType] = {"path": str}

_READERS: Mapping[str, Callable[[Any], Any]] = {
    "str": _text,
    "Outcome": _text,
    "str | None": lambda value: None if value is None else _text(value),
    "int": _number,
    "int | None": lambda value: value if isinstance(value, int) else None,
    "bool": bool,
    "datetime": lambda value: time_of(value) or NO_TIME,
    "datetime | None": lambda value: None if value is None else time_of(value) or NO_TIME,
    "Asked": lambda value: asked_of(value) or {},
    "Notes": lambda value: objects_of(value, _NOTE) or [],
    "RejectedRows": lambda value: objects_of(value, _REJECTED) or [],
    "list[str]": lambda value: list_of(value, str) or [],
    "tuple[str, ...]": lambda value: tuple(list_of(value, str) or ()),
    "Written": lambda value: tuple(objects_of(value, _WRITTEN) or ()),
}
"""By the type of a field, as it is written."""

_TEXTS = partial(list_of, kind=str)

KEPT_AS_TEXT: Mapping[str, Mapping[str, Callable[[object], object]]] = {
    "imports": {
        "imported_at": time_of,
        "undone_at": time_of,
        "dated": day_of,
        "notes": partial(objects_of, shape=_NOTE),
        "rejected_rows": partial(objects_of, shape=_REJECTED),
        "headings": _TEXTS,
    },
    "runs": {"started_at": time_of, "ended_at": time_of, "parameters": asked_of},
    "lists": {"made_at": time_of, "deleted_at": time_of, "given": asked_of},
    "list_exports": {"exported_at": time_of},
    "mappings": {"choices": object_of},
    "views": {"state": object_of},
    "schedules": {
        "name": schedule_name_of,
        "made_at": time_of,
        "last_run_at": time_of,
        "command": _TEXTS,
        "mail_to": _TEXTS,
        "written": partial(objects_of, shape=_WRITTEN),
    },
    "own_fields": {"made_at": time_of},
    "account_notes": {"noted_at": time_of, "noted_on": day_of},
    "stars": {"starred_at": time_of},
    "uploads": {"begun_at": time_of},
}
"""What reads each column that holds a time, a day or JSON."""


_FOREIGN = {
    "date": "date({0}) IS NOT {0}",
    "number": "typeof({0}) NOT IN ('integer', 'null')",
}
_FOREIGN_TEXT = "typeof({0}) NOT IN ('text', 'null')"
"""By the kind of a field: when a value is none that an import leaves."""


def unreadable(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a phrase for each column of a table in which rows hold what cannot be read. It looks at every account."""
    for table, columns in KEPT_AS_TEXT.items():
        for column, read in columns.items():
            rows = connection.execute(f"SELECT CAST({column} AS BLOB) FROM {table} WHERE {column} IS NOT NULL")
            texts = (value.decode(errors="surrogateescape") for (value,) in rows)
            count = sum(read(text) is None for text in texts)
            if count:
                yield f"{column} of {count:,} in {table}"
    for field in FIELDS:
        key = field.key
        (count,) = connection.execute(
            f"SELECT count(*) FROM accounts WHERE {_FOREIGN.get(field.kind, _FOREIGN_TEXT).format(key)}"
        ).fetchone()
        if count:
            yield f"{field.title} of {count:,} accounts"


def _is_deep(text: str) -> bool:
    """Return whether more brackets stand within each other than ours ever do, those in strings not counted."""
    steps = (1 if found[0] in "[{" else -1 for found in _BRACKETS.finditer(text) if found[0][0] != '"')
    return any(depth > DEEPEST for depth in accumulate(steps))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
