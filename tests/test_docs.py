"""The pages in docs/: made ones are current, and what they point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.reports.catalogue import REPORTS
from scripts.pictures import PICTURES
from scripts.promises import PROMISES, WHO, shown
from scripts.report_pages import pages

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
FOLDERS = ("tui/", "exporters/", "core/", "db/", "docs/", "tests/", "scripts/", "benchmarks/")
LARGEST = 80_000
"""Bytes of a picture: more than one screen of text needs."""


@pytest.mark.parametrize(("path", "text"), pages().items(), ids=lambda value: getattr(value, "name", ""))
def test_what_is_made_is_current(path: Path, text: str) -> None:
    assert path.read_text("utf-8") == text, "run make docs"


def test_every_promise_is_shown_by_tests_and_sweeps() -> None:
    for name, files in shown().items():
        assert sum(len(one.tests) for one in files) > 5, name
        assert all(one.says for one in files)
    listed = {one.file for files in shown().values() for one in files}
    made_for_it = [path for folder in ("hostile", "sweeps") for path in (ROOT / "tests" / folder).glob("test_*.py")]
    assert {str(path.relative_to(ROOT)) for path in made_for_it} <= listed
    assert {name for name, files in shown().items() if any(one.sweeps for one in files)} >= {
        "P1",
        "P2",
        "P3",
        "P4",
        "P6",
    }
    for _, _, promised, _ in WHO:
        assert set(promised.split(", ")) <= set(PROMISES)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.id)
def test_a_page_says_every_rule_of_its_report(report) -> None:
    page = (DOCS / "reports" / f"{report.id}.md").read_text("utf-8")
    assert [rule for rule in report.rules if rule not in page] == []
    assert [column.title for column in report.columns if f"`{column.key}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_page_can_be_reached_from_the_index() -> None:
    reached, waiting = set(), [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            links = re.findall(r"\]\(([^)#:]+\.md)(?:#[^)]*)?\)", page.read_text("utf-8"))
            waiting += [(page.parent / link).resolve() for link in links]
    assert set(PAGES) - reached == set()


def test_every_path_that_the_architecture_names_exists() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    named = re.findall(rf"\b(?:{'|'.join(FOLDERS)})[\w./]*\w", text)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_pictures_are_there_and_small() -> None:
    sizes = {name: (DOCS / f"{name}.svg").stat().st_size for name in PICTURES}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert {path.stem for path in DOCS.rglob("*.svg")} == {Path(name).stem for name in PICTURES}
