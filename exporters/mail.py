"""A report as a message (RFC 5322): totals, notes and freshness as text and as simple HTML, and one file beside them.

Everything in it that came from a file is made harmless: one line each, no control characters, escaped in the HTML. What
the message is sent with is another matter: see `exporters.sendmail`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from html import escape
from itertools import chain, islice
from pathlib import Path

from core.errors import WrongUse
from core.people import host_name, login_name
from core.query.result import Freshness, Result
from core.text.date_style import in_style
from core.text.terminal_text import neutral
from core.text.vocabulary import count_of
from exporters.export import made_at
from exporters.formats import media_type

LARGEST_ATTACHMENT = 10_000_000
"""Bytes beyond which a file is not attached: most mail servers refuse more."""

_MOST_ROWS = 100
"""Rows of a report of counts that stand in the message itself."""

_NAMED = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<address>[^<>]+)>")

_STYLE = "font-family: sans-serif; font-size: 14px"


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom, and about what. Made of words that were checked."""

    to: tuple[Address, ...]
    sender: Address
    subject: str = ""
    """As a person gave it; '' for one that says what the message holds."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says."""

    title: str
    age: str
    """Which day the accounts tell of and how long ago that is: "accounts of 2026-03-02, 9 days old"."""
    facts: Sequence[tuple[str, str]] = ()
    """Label and text."""
    totals: Sequence[tuple[str, str]] = ()
    """Label and figure."""
    table: Sequence[Sequence[str]] = ()
    """Rows of counts, the headings first."""
    notes: Sequence[str] = ()
    closing: Sequence[str] = field(default_factory=tuple)
    """Where the file is, if it is not here."""

    @property
    def subject(self) -> str:
        """The title and the day that the accounts tell of."""
        return f"{self.title}: {self.age}"


def envelope(to: Iterable[str], sender: str | None = None, subject: str | None = None) -> Envelope:
    """Return an envelope from a person's words; without a sender it is from who is at work, at this host.

    Raises:
        WrongUse: an address is none, or a line break or another control character stands in one or in the subject.
    """
    if subject is not None and neutral(subject) != subject:
        raise WrongUse("The subject holds a line break or another control character.", "Write it in one line.")
    addresses = {address.addr_spec: address for address in map(checked_address, to)}
    return Envelope(
        tuple(addresses.values()), checked_address(sender) if sender else _own_address(), (subject or "").strip()
    )


def checked_address(text: str) -> Address:
    """Return an address, given as `me@example.com` or `Me <me@example.com>`.

    Raises:
        WrongUse: it is none.
    """
    if neutral(text) != text:
        raise _no_address(neutral(text), "it holds a line break or another control character")
    found = _NAMED.fullmatch(text.strip())
    name, spec = (found["name"].strip().strip('"'), found["address"].strip()) if found else ("", text.strip())
    try:
        spec.encode("ascii")
        address = Address(display_name=name, addr_spec=spec)
    except UnicodeEncodeError:
        raise _no_address(text, "only ASCII is sent everywhere; write its domain as xn--…") from None
    except (MessageError, ValueError, IndexError):
        raise _no_address(text, "it cannot be read") from None
    if not address.username or not re.fullmatch(
        r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[\w.:]+\]", address.domain
    ):
        raise _no_address(text, "it lacks a name before the @ or a host behind it")
    return address


def report_letter(result: Result, notes: Sequence[str] = (), closing: Sequence[str] = ()) -> Letter:
    """Return what a message says of a report.

    Args:
        result: the report; one of counts stands in the message whole, of a list only the figures over it.
        notes: what was found while its file was written.
        closing: last lines.
    """
    return Letter(
        title=result.title,
        age=in_style(age_words(result.freshness, result.as_of)),
        facts=[(label, in_style(text)) for label, text in result.facts()],
        totals=result.totals_shown(),
        table=() if result.is_list else [[column.title for column in result.columns], *_first_rows(result)],
        notes=[in_style(note) for note in (*result.notes, *notes)],
        closing=closing,
    )


def age_words(fresh: Freshness | None, as_of: date) -> str:
    """Return which day the accounts tell of, and how long ago that is."""
    if fresh is None:
        return "no import yet"
    days = (as_of - fresh.dated).days
    return f"accounts of {fresh.dated}, " + ("today's" if days <= 0 else f"{count_of(days, 'day')} old")


def message(to: Envelope, letter: Letter, attachment: Path | None = None) -> EmailMessage:
    """Return the message; it can be read back with the standard library's `email`, and every mailer takes it.

    Raises:
        OSError: the attachment cannot be read.
        WrongUse: SOURCE_DATE_EPOCH holds no moment.
    """
    made = EmailMessage(policy.default)
    made["From"] = to.sender
    made["To"] = to.to
    made["Subject"] = to.subject or neutral(letter.subject)
    made["Date"] = format_datetime(made_at())
    made["Message-ID"] = make_msgid(domain=host_name())
    made["Auto-Submitted"] = "auto-generated"
    # Quoted-printable keeps every line short and ASCII, whatever the mailers on the way can do.
    made.set_content("\n".join(_text_lines(letter)) + "\n", cte="quoted-printable")
    made.add_alternative(_html(letter), subtype="html", cte="quoted-printable")
    if attachment is not None:
        maintype, _, subtype = media_type(attachment).partition("/")
        made.add_attachment(
            attachment.read_bytes(), maintype=maintype, subtype=subtype, filename=neutral(attachment.name)
        )
    return made


def _first_rows(result: Result) -> list[list[str]]:
    rows = islice(chain.from_iterable(result.blocks()), _MOST_ROWS)
    return [[column.kind.show(value) for column, value in zip(result.columns, row, strict=True)] for row in rows]


def _text_lines(letter: Letter) -> list[str]:
    lines = [f"{letter.subject}.", ""]
    lines += [f"{label}: {text}" for label, text in letter.facts]
    if letter.totals:
        lines += ["", *(f"{label}: {figure}" for label, figure in letter.totals)]
    if letter.table:
        lines += ["", *_columns(letter.table)]
    if letter.notes:
        lines += ["", "Notes:", *(f"- {note}" for note in letter.notes)]
    if letter.closing:
        lines += ["", *letter.closing]
    return [neutral(line) for line in lines]


def _columns(table: Sequence[Sequence[str]]) -> list[str]:
    """Return rows in columns: the first to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in enumerate(cells)
        ).rstrip()
        for cells in (list(zip(row, widths, strict=True)) for row in table)
    ]


def _html(letter: Letter) -> str:
    parts = [f"<h2>{_safe(letter.title)}</h2>", f"<p>{_safe(letter.age)}.</p>"]
    for pairs in (letter.facts, letter.totals):
        if pairs:
            rows = (f'<tr><th align="left">{_safe(label)}</th><td>{_safe(text)}</td></tr>' for label, text in pairs)
            parts.append(f'<table cellpadding="3">{"".join(rows)}</table>')
    if letter.table:
        heading, *rows_of_counts = letter.table
        lines = [_html_row("th", heading), *(_html_row("td", row) for row in rows_of_counts)]
        parts.append(f'<table cellpadding="3" border="1" style="border-collapse: collapse">{"".join(lines)}</table>')
    if letter.notes:
        parts.append(f"<ul>{''.join(f'<li>{_safe(note)}</li>' for note in letter.notes)}</ul>")
    parts += [f"<p>{_safe(line)}</p>" for line in letter.closing]
    body = "\n".join(parts)
    return f'<!DOCTYPE html>\n<html lang="en"><body style="{_STYLE}">\n{body}\n</body></html>\n'


def _html_row(tag: str, cells: Sequence[str]) -> str:
    first, *others = cells
    figures = "".join(f'<{tag} align="right">{_safe(cell)}</{tag}>' for cell in others)
    return f'<tr><th align="left">{_safe(first)}</th>{figures}</tr>'


def _safe(text: str) -> str:
    return escape(neutral(text))


def _own_address() -> Address:
    name = re.sub(r"[^A-Za-z0-9._-]", "-", login_name()).strip(".") or "partner-tui"
    return Address(addr_spec=f"{name}@{host_name()}")


def _no_address(text: str, why: str) -> WrongUse:
    return WrongUse(f"'{text}' is no email address: {why}.", "Write it as me@example.com or Me <me@example.com>.")
