"""The pages of jobs: what they say to type works as written, on demo accounts."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.running import run

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"<!-- tested on demo accounts -->\n```sh\n(.*?)```", re.DOTALL)
PAGES = [page for page in sorted(DOCS.glob("*.md")) if BLOCK.search(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_work_as_written(page: Path, database: Path, tmp_path: Path) -> None:
    copy = shutil.copy(database, tmp_path / "accounts.db")
    for line in "".join(BLOCK.findall(page.read_text("utf-8"))).replace("\\\n", " ").splitlines():
        program, *arguments = shlex.split(line, comments=True)
        assert program == "partner-tui"
        done = run("--db", str(copy), *arguments, cwd=tmp_path)
        assert done.code == 0, f"{line}\n{done.err}"
        if "--output" in arguments:
            assert (tmp_path / arguments[arguments.index("--output") + 1]).stat().st_size


def test_the_jobs_of_the_first_page_have_such_pages() -> None:
    assert {"bonus.md", "expired-trials.md"} <= {page.name for page in PAGES}
