"""The order of rows: what may be sorted, and how SQLite is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.columns import Column, find_column
from core.errors import WrongUse


@dataclass(frozen=True, slots=True)
class Sort:
    """One column to sort by."""

    key: str
    descending: bool = False


def parse_sort(text: str, columns: Sequence[Column]) -> Sort:
    """Return the sort that COLUMN[:desc] names; `:asc` may be written too.

    Raises:
        WrongUse: there is no such column, or the direction is another word.
    """
    name, _, direction = text.partition(":")
    word = direction.strip().casefold()
    if word not in ("", "asc", "desc"):
        raise WrongUse(f"'{direction}' is no direction to sort in.", f"Write {name}:desc, or {name} alone.")
    return Sort(find_column(columns, name).key, word == "desc")


def sorted_by(sorts: tuple[Sort, ...], key: str) -> tuple[Sort, ...]:
    """Return what to sort by when `key` is asked for alone, again and again: up, down, the report's own order."""
    if sorts == (Sort(key),):
        return (Sort(key, descending=True),)
    return () if sorts == (Sort(key, descending=True),) else (Sort(key),)


def sorted_also_by(sorts: tuple[Sort, ...], key: str) -> tuple[Sort, ...]:
    """Return what to sort by when `key` is asked for behind the others, again and again: up, down, not at all."""
    if Sort(key) in sorts:
        return tuple(Sort(key, descending=True) if sort.key == key else sort for sort in sorts)
    if Sort(key, descending=True) in sorts:
        return tuple(sort for sort in sorts if sort.key != key)
    return (*sorts, Sort(key))


def order_by(sorts: Iterable[Sort], folded: frozenset[str]) -> str:
    """Return the ORDER BY terms for `sorts`, then by account id: unknown values last in either direction (rule 8).

    `folded` names the text columns that have a sort key `KEY_key`. The last tie is broken by the row's own number,
    so that an order is the same every time. The terms are those of the indexes in `db.indexes`.
    """
    terms = [term for sort in sorts for term in _terms(sort, folded)]
    if "account_id" in folded:
        terms += _terms(Sort("account_id"), folded)
    return ", ".join([*terms, "rid"])


def _terms(sort: Sort, folded: frozenset[str]) -> tuple[str, ...]:
    """Return the terms of one column. NULL is SQLite's least value: last by itself when descending."""
    value = f"coalesce({sort.key}_key, {sort.key})" if sort.key in folded else sort.key
    collation = " COLLATE NOCASE" if sort.key in folded else ""
    if sort.descending:
        return (f"{value}{collation} DESC",)
    return f"{value} IS NULL", f"{value}{collation}"


def sort_words(sorts: Iterable[Sort], columns: Sequence[Column]) -> str:
    """Return an order in words: "Company, then List Size (descending)"."""
    titles = {column.key: column.title for column in columns}
    return ", then ".join(titles[sort.key] + (" (descending)" if sort.descending else "") for sort in sorts)
