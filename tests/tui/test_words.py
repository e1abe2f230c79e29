"""One word for one thing: docs/words.md names the words; commands, help, reports and pages use no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.reports.catalogue import MY_ACCOUNTS, REPORTS
from core.settings.setting_list import SETTINGS
from tui.commands.definitions import COMMANDS, PLACES
from tui.commands.menu_pages import MENU_PAGES

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "docs/words.md"
FORBIDDEN = (
    "Cancelled Accounts",
    "Status Cancelled",
    "Moveout",
    "Cancellation",
    "relationship type",
    "Create Report",
    "Run Report",
    "Make a Report",
    "segment",
    "audience",
    "My Accounts",
    "My Reports",
    "NAB state",
    "rollback",
    "header field",
    "schema mapping",
)
"""Words that stand for a thing that has another name. Case counts: `My accounts` is the page."""


def texts() -> Iterator[tuple[str, str]]:
    """Yield where a text stands, and the text: what people read, but for the table of words itself."""
    for command in COMMANDS:
        yield command.id, f"{command.title}. {command.help}"
    yield "places", " ".join(place.title for place in PLACES.values())
    for page in MENU_PAGES:
        yield page.name, f"{page.title}. {page.help}"
    for report in (*REPORTS, MY_ACCOUNTS):
        yield report.id, " ".join([report.title, report.help, *report.rules])
        yield f"columns of {report.id}", " ".join(f"{column.title}. {column.help}" for column in report.columns)
    for setting in SETTINGS:
        yield setting.key, f"{setting.title}. {setting.help}"
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        if path != WORDS:
            yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_other_word_is_used(word: str) -> None:
    pattern = re.compile(rf"\b{re.escape(word)}s?\b")
    used = {where for where, text in texts() if pattern.search(text)}
    assert not used, f"{word}: docs/words.md has the word for it"


def test_the_table_and_the_test_are_of_the_same_words() -> None:
    table = WORDS.read_text(encoding="utf-8")
    named = {word for word in FORBIDDEN if f"*{word}*" in table}
    assert {"segment", "audience", "Create Report", "My Reports", "rollback", "NAB state", "Moveout"} <= named
