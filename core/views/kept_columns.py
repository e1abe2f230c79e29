"""Columns that a person has chosen once for all tables, until one of them is arranged otherwise."""

from __future__ import annotations

from contextlib import suppress

from core.query.column_layout import ColumnLayout
from core.query.request import Report
from core.remembered import keep, recall
from core.views.view import layout_at_first

_NAME = "columns"


def keep_for_all(layout: ColumnLayout | None) -> None:
    """Let all tables begin with the order and the hidden columns of a layout; None for their own again.

    Raises:
        WorkFailed: it cannot be kept.
    """
    keep(_NAME, layout.to_json() if layout is not None else None)


def kept_for_all() -> ColumnLayout | None:
    """Return the layout that is kept for all tables; None where there is none that can be read."""
    kept = recall(_NAME)
    with suppress(ValueError, TypeError, KeyError):
        return ColumnLayout.from_json(kept)
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
