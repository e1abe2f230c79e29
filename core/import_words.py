"""What is said of an import that was made: in the list of imports, and before it is taken back."""

from __future__ import annotations

from typing import Any

from core.clock import local
from core.history import Import, ImportWords
from core.importing.rejected import Rejected
from core.importing.report import say_row
from core.people import login_name
from core.text.vocabulary import count_of


def person_words(one: Import) -> str:
    """Return who imported: "ann", "root (ann by sudo)"; '' where it is not known."""
    return f"{one.by} ({one.sudo_by} by sudo)" if one.by and one.sudo_by else one.by or ""


def is_of_another(one: Import) -> bool:
    """Return whether somebody else made an import: taking it back is asked about."""
    return one.by is not None and one.by != login_name()


def import_line(one: Import) -> str:
    """Return an import as one line: the day it tells of, its file, what it did, who made it and when."""
    counts = f"{one.new:,} new, {one.changed:,} changed"
    counts += f" ({one.returned:,} returned)" if one.returned else ""
    counts += f", {one.same:,} same, {one.rejected:,} rejected"
    counts += f", {one.gone:,} gone" if one.gone else ""
    made = f"imported {local(one.imported_at):%Y-%m-%d %H:%M}"
    person = person_words(one)
    parts = [
        f"of {one.dated}",
        one.file + (f", complete for {one.complete}" if one.complete else ""),
        counts,
        made + (f" by {person}" if person else "") + (f" from the {one.source}" if one.source != "file" else ""),
    ]
    if one.undone_at:
        parts.append(
            f"taken back {local(one.undone_at):%Y-%m-%d %H:%M}" + (f" by {one.undone_by}" if one.undone_by else "")
        )
    return "  ".join(parts)


def said_lines(words: ImportWords) -> list[str]:
    """Return what was said of an import, line by line: its notes, then its rejected rows."""
    lines = [str(note["text"]) for note in words.notes]
    return lines + [f"Rejected: {say_row(Rejected(**row))}" for row in words.rejected_rows]


def undo_question(one: Import) -> str:
    """Return what taking an import back does, in a sentence."""
    does = f"its {count_of(one.new, 'new account')} go, and {count_of(one.changed, 'changed one')} become as before"
    gone = f"; {count_of(one.gone, 'account', 'accounts')} that it ended come back" if one.gone else ""
    return f"{one.file}, of {one.dated}: {does}{gone}."


def for_programs(one: Import, words: ImportWords) -> dict[str, Any]:
    """Return an import as `imports --json` gives it."""
    return {
        "id": one.id,
        "file": one.file,
        "dated": one.dated,
        "complete": one.complete,
        "source": one.source,
        "imported_at": one.imported_at.isoformat(),
        "by": one.by,
        "sudo_by": one.sudo_by,
        "read": one.read,
        "new": one.new,
        "changed": one.changed,
        "same": one.same,
        "returned": one.returned,
        "gone": one.gone,
        "passed_over": one.passed_over,
        "rejected": one.rejected,
        "rejected_rows": words.rejected_rows,
        "notes": words.notes,
        "headings": words.headings,
        "undone_at": one.undone_at.isoformat() if one.undone_at else None,
        "undone_by": one.undone_by,
    }
