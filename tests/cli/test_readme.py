"""What README.md and docs/ say of keys and commands is what the program has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.readme import PAGES, current
from tests.cli.running import run

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_generated_tables_are_current(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "made by make readme" in text
    assert current(text) == text, "run: make readme"


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert links
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_first_minute_works_as_written(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (lines,) = re.findall(r"<!-- tested -->\n```sh\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "accounts.csv").write_text("Account ID,Company,Status,Account Type\na1,Acme,Open,Managed\n")
    for line in lines.splitlines():
        program, *arguments = line.partition("  #")[0].split()
        assert program == "partner-tui"
        done = run(*arguments, cwd=tmp_path)
        assert done.code == 0, done.err
    assert (tmp_path / "open.xlsx").exists()
