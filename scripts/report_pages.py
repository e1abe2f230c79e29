"""Makes docs/reports/, docs/promises.md, the tables of docs/importing.md and the index's reports anew.

They come from the program and its tests.

Run by `make docs`; a test fails when a page is not current.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

from core.reports.catalogue import OWN_REPORTS, PORTAL_REPORTS, REPORTS
from core.reports.report import Report
from core.text.vocabulary import CANCEL_REASONS, STATUS_LETTERS, STATUS_WORDS
from db.fields import READ_FIELDS
from scripts import promises

DOCS = Path(__file__).parents[1] / "docs"
_MARKED = re.compile(r"(<!-- (\w+): made by make docs -->\n).*?(<!-- end -->)", re.DOTALL)


def pages() -> dict[Path, str]:
    """Return every page that is made, wholly or between its markers, as it should be."""
    marked = (DOCS / "importing.md", DOCS / "index.md")
    return (
        {DOCS / "reports" / f"{report.id}.md": page_of(report) for report in REPORTS}
        | {
            promises.PAGE: promises.page(),
        }
        | {
            page: _MARKED.sub(lambda found: f"{found[1]}{_PARTS[found[2]]}\n{found[3]}", page.read_text("utf-8"))
            for page in marked
        }
    )


def page_of(report: Report) -> str:
    """Return the page of a report, as Markdown."""
    needed = [one for one in report.parameters if one.is_needed]
    options = "".join(f" {one.option} {next(iter(one.choices), one.metavar)}" for one in needed)
    lines = ["<!-- made by make docs from core/reports/ -->", f"# {report.title}", "", report.help, ""]
    lines += ["```sh", f"partner-tui report {report.id}{options}", "```", "", "## Rules", ""]
    lines += [f"- {rule}" for rule in report.rules]
    lines += ["", "*Today* is the date in your time zone, or the one that `--as-of` gives.", ""]
    lines += ["## Columns", ""]
    lines += _table(
        ("column", "key", "holds"),
        [(column.title, f"`{column.key}`", column.help or column.kind.help) for column in report.columns],
    )
    if report.is_list:
        lines += ["", "Keys or titles name columns in `--columns`, `--where` and `--sort`; JSON has the keys."]
    return "\n".join(lines) + "\n"


def _table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """Return the lines of a table."""
    lines = [f"| {' | '.join(cells)} |" for cells in (headings, *rows)]
    return [lines[0], "|" + "---|" * len(headings), *lines[1:]]


def _links(what: str, reports: Iterable[Report]) -> str:
    """Return the line of the index that leads to the pages of some reports, in lines of usual width."""
    links = " · ".join(f"[{report.title}](reports/{report.id}.md)".replace(" ", "\0") for report in reports)
    line = textwrap.fill(f"- **{what}**: {links}", 120, subsequent_indent="  ", break_on_hyphens=False)
    return line.replace("\0", " ")


_PARTS = {
    "reports": f"{_links('The reports', PORTAL_REPORTS)}\n{_links('Beyond the portal', OWN_REPORTS)}",
    "headings": "\n".join(
        _table(
            ("field", "heading", "also seen as"),
            [(f"`{field.key}`", field.title, ", ".join(field.synonyms)) for field in READ_FIELDS],
        )
    ),
    "statuses": "\n".join(
        _table(
            ("letter", "shown as", "words in files"),
            [(f"`{letter}`", shown, ", ".join(STATUS_LETTERS[letter])) for letter, shown in STATUS_WORDS.items()],
        )
    ),
    "reasons": "\n".join(_table(("code", "reason"), list(CANCEL_REASONS.items()))),
}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
