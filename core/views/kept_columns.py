"""Columns that a person has chosen once for all tables, until one of them is arranged otherwise."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from core.errors import WorkFailed
from core.paths import data_folder
from core.private_file import write_private
from core.query.column_layout import ColumnLayout
from core.query.request import Report
from core.views.view import layout_at_first


def _file() -> Path:
    return data_folder() / "columns.json"


def keep_for_all(layout: ColumnLayout | None) -> None:
    """Let all tables begin with the order and the hidden columns of a layout; None for their own again.

    Raises:
        WorkFailed: it cannot be kept.
    """
    file = _file()
    try:
        if layout is None:
            file.unlink(missing_ok=True)
        else:
            write_private(file, json.dumps(layout.to_json()))
    except OSError as error:
        why = error.strerror or "it cannot be written"
        raise WorkFailed(
            f"The columns are not kept for all tables: {file}: {why}.", "Mend that, then try again."
        ) from error


def kept_for_all() -> ColumnLayout | None:
    """Return the layout that is kept for all tables; None where there is none that can be read."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ColumnLayout.from_json(json.loads(_file().read_text(encoding="utf-8")))
    return None


def layout_to_begin_with(report: Report) -> ColumnLayout:
    """Return how a report's columns stand until they are arranged there: as kept for all tables, else as its own.

    What the report is for, such as the days to go of a bonus, is never hidden, and stands behind the first column.
    """
    own, kept = layout_at_first(report), kept_for_all()
    if kept is None or not report.is_list:
        return own
    keys = [column.key for column in report.columns]
    purpose = [key for key in own.order if key not in Report.first_columns]
    wanted = [key for key in kept.order if key in keys]
    order = tuple(dict.fromkeys((*wanted[:1], *purpose, *wanted[1:], *own.order)))
    hidden = kept.hidden.intersection(keys).difference(purpose)
    return ColumnLayout(order, hidden if len(hidden) < len(keys) else frozenset(), frozen=kept.frozen)
