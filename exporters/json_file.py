"""JSON: one object, with each row an object on a line of its own."""

from __future__ import annotations

import re
from json import JSONEncoder
from typing import Any, BinaryIO

from core.query.result import Result
from exporters.export_options import Job

_ENCODER = JSONEncoder(ensure_ascii=False)
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON may hold as it is, but a terminal would obey (faults C14, C15) or UTF-8 cannot hold."""


def write(result: Result, out: BinaryIO, job: Job) -> list[str]:
    """Write `result` to `out` as UTF-8 JSON; see `Exporter`.

    Values are numbers, texts and null, dates ISO text. No value is changed, so there are no notes of its own.
    """
    keys = [column.key for column in result.columns]
    head = {
        "report": result.report_id,
        "title": result.title,
        "as_of": result.as_of.isoformat(),
        "parameters": result.parameters,
        "columns": [{"key": column.key, "title": column.title} for column in result.columns],
    }
    out.write(_encoded(head)[:-1] + b', "rows": [')
    # A quote inside a text is escaped, so between the brackets of two rows, and nowhere else, stands the first key.
    first_key = _encoded(keys[0])
    between, broken = b"}, {" + first_key + b": ", b"},\n{" + first_key + b": "
    written = 0
    for block in result.blocks():
        rows = _encoded([dict(zip(keys, row, strict=True)) for row in block]).replace(between, broken)
        out.write((b",\n" if written else b"\n") + rows[1:-1])
        written += len(block)
        job.tick(written)
    fresh = result.freshness
    tail = {
        "row_count": written,
        "notes": list(result.notes),
        "data": {
            "file": fresh.file if fresh else None,
            "dated": fresh.dated.isoformat() if fresh else None,
            "imported_at": fresh.imported_at.isoformat() if fresh else None,
        },
    }
    out.write(b"\n], " + _encoded(tail)[1:] + b"\n")
    return []


def _encoded(value: Any) -> bytes:
    """Return a value as bytes that are harmless on a terminal, too."""
    return _ESCAPED.sub(lambda char: f"\\u{ord(char[0]):04x}", _ENCODER.encode(value)).encode()
