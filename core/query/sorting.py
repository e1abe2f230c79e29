"""The order of rows: what may be sorted, and how SQLite is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import WrongUse
from core.query.columns import Column, find_column


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


def indexed_order(sorts: Iterable[Sort], folded: frozenset[str]) -> str:
    """Return the ORDER BY terms for `sorts` word for word as the indexes in `db.indexes` have them.

    The rows come in the order of `sorted_order`, which see.
    """
    return _order(sorts, folded, "{value} IS NULL, {value}{collation}")


def sorted_order(sorts: Iterable[Sort], folded: frozenset[str]) -> str:
    """Return the ORDER BY terms for `sorts`, then by account id: unknown values last in either direction (rule 8).

    `folded` names the text columns that have a sort key `KEY_key`. The last tie is broken by the row's own number,
    so that an order is the same every time. Each value is computed once, which makes SQLite sort faster.
    """
    return _order(sorts, folded, "{value}{collation} NULLS LAST")


def _order(sorts: Iterable[Sort], folded: frozenset[str], ascending: str) -> str:
    ties = [Sort("account_id")] if "account_id" in folded else []
    terms = []
    for sort in [*sorts, *ties]:
        is_text = sort.key in folded
        value = f"coalesce({sort.key}_key, {sort.key})" if is_text else sort.key
        term = "{value}{collation} DESC" if sort.descending else ascending  # NULL is SQLite's least value
        terms.append(term.format(value=value, collation=" COLLATE NOCASE" if is_text else ""))
    return ", ".join([*terms, "rid"])


def sort_words(sorts: Iterable[Sort], columns: Sequence[Column]) -> str:
    """Return an order in words: "Company, then List Size (descending)"."""
    titles = {column.key: column.title for column in columns}
    return ", then ".join(titles[sort.key] + (" (descending)" if sort.descending else "") for sort in sorts)
