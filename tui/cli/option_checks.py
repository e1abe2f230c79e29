"""What holds for the values of many options, checked while the command line is read: callbacks for click."""

from __future__ import annotations

from typing import TypeVar

import click

Given = TypeVar("Given", str | None, tuple[str, ...])


def not_empty(_ctx: click.Context, _param: click.Parameter, given: Given) -> Given:
    """Return what was given; an empty value is mostly a script's variable that was never set.

    Raises:
        click.BadParameter: a value is empty.
    """
    if any(not value.strip() for value in _values(given)):
        raise click.BadParameter("it is empty.")
    return given


def text(ctx: click.Context, param: click.Parameter, given: Given) -> Given:
    """Return what was given, which is text; only names of files may hold any bytes.

    Raises:
        click.BadParameter: a value is empty, or holds bytes that are no text.
    """
    if any("\ud800" <= character <= "\udfff" for value in _values(given) for character in value):
        raise click.BadParameter("it holds bytes that are no UTF-8.")
    return not_empty(ctx, param, given)


def _values(given: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else given
