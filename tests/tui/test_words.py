"""One word for one thing: docs/words.md names the words; screens, help, messages, files and pages use no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tui.commands.menu_pages import MENU_PAGES

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "docs/words.md"
FLOORS = ("tui", "core", "exporters", "db")
PEOPLES_WORDS = {
    "core/demo/words.py": "values of accounts, as portals write them",
    "core/importing/bystanders.py": "rows that are none of accounts, as portals print them",
    "core/importing/derivation.py": "events, as portals write them",
    "core/importing/heading_words.py": "headings of six languages",
    "core/text/vocabulary.py": "values, as portals write them",
    "db/fields.py": "headings that are known",
    "tui/commands/synonyms.py": "what people type into the palette",
}
"""Files that hold what people and portals write: what is read there is not what the program says."""
TYPED = {page.words for page in MENU_PAGES}
"""What people type to find a page."""
MADE_TABLES = re.compile(r"<!-- \w+: made by make docs -->.*?<!-- end -->", re.DOTALL)
"""Tables of the words that files may have, such as the headings that are known."""


def other_words() -> list[str]:
    """Return the words of the table's third column."""
    rows = re.findall(r"^\|.*\|.*\|(.*)\|$", WORDS.read_text(encoding="utf-8"), re.MULTILINE)[2:]
    return [word for row in rows for word in re.findall(r"\*([^*]+)\*", row)]


def said(path: Path) -> Iterator[str]:
    """Yield what a module may say: its texts, without docstrings and without names such as `cancelled_on`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            text = node.value
            if " " in text or (text.istitle() and text not in classes):
                yield text


def texts() -> Iterator[tuple[str, str]]:
    """Yield where a text stands, and the text: all that people read."""
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if name not in PEOPLES_WORDS:
                yield from ((name, text) for text in said(path) if text not in TYPED)
        for path in sorted((ROOT / floor).rglob("*.j2")):
            yield path.name, path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        if path != WORDS:
            yield path.name, MADE_TABLES.sub("", path.read_text(encoding="utf-8"))
    for path in [*sorted((ROOT / "tests/golden").iterdir()), ROOT / "tests/tui/__snapshots__/test_snapshots.ambr"]:
        yield path.name, path.read_text(encoding="utf-8")


@cache
def all_texts() -> list[tuple[str, str]]:
    """Return them, read once, by the first test that asks."""
    return list(texts())


@pytest.mark.parametrize("word", other_words())
def test_no_other_word_is_used(word: str) -> None:
    pattern = re.compile(rf"(?<![\w.=-]){re.escape(word)}(?:s|es)?(?![\w-])", re.IGNORECASE if word.islower() else 0)
    used = [f"{where}: {found[0]!r} in {text[:80]!r}" for where, text in all_texts() if (found := pattern.search(text))]
    assert not used, f"{word}: docs/words.md has the word for it"


def test_the_table_is_read_and_the_texts_are_there() -> None:
    assert {"segment", "My Reports", "dialog", "timetable", "cancelled"} <= set(other_words())
    places = {where for where, _ in all_texts()}
    assert {"README.md", "core/errors.py", "report.html.j2", "test_snapshots.ambr", "tui/pages/home.py"} <= places
    assert not [name for name in PEOPLES_WORDS if not (ROOT / name).exists()]


def test_a_word_in_a_message_is_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""A dialog."""\nKEY = "dialog"\nTEXT = f"The dialog {KEY} is open."\n', encoding="utf-8")
    assert list(said(module)) == ["The dialog ", " is open."]
