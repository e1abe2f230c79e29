"""HTML: escaped, whole and accessible, read back by a parser of another hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from lxml import html

from core.query.columns import Column, Row
from core.query.kinds import DATE, ID, NUMBER, PERCENT
from core.query.result import Result
from core.region import Paper
from core.text.date_style import use_date_style
from core.text.signs import SIGNS, TONES
from exporters.export_options import FileStyle, Job
from exporters.html_file import write
from tests.exporters.conftest import MakeResult

COMPANY = (Column("account_id", "Account ID", ID), Column("company", "Company"))


def written(result: Result, job: Job) -> tuple[str, list[str]]:
    out = io.BytesIO()
    notes = write(result, out, job)
    return out.getvalue().decode(), notes


def body_of(page: str) -> list[list[str]]:
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    return [[cell.text_content().strip() for cell in row] for row in tree.xpath("//tbody/tr")]


def test_matches_its_golden_file(make_result: MakeResult, job: Job, golden: Callable[[str, bytes], None]) -> None:
    golden("managed-account-details.html", written(make_result(), job)[0].encode())


def test_summary_matches_its_golden_file(
    summary_result: Result, job: Job, golden: Callable[[str, bytes], None]
) -> None:
    golden("all-accounts-summary.html", written(summary_result, job)[0].encode())


def test_reads_back_as_what_it_was(make_result: MakeResult, job: Job) -> None:
    result = make_result()
    page, notes = written(result, job)
    expected = [
        [
            "" if value is None else f"{value:,}" if isinstance(value, int) else value.replace("\r\n", "\n")
            for value in row
        ]
        for row in result.rows()
    ]
    assert body_of(page) == expected
    assert notes == []


def test_blocks_are_joined(make_result: MakeResult, job: Job) -> None:
    result = make_result(n=2001)
    assert [row[0] for row in body_of(written(result, job)[0])] == [row[0] for row in result.rows()]


def test_no_rows(make_result: MakeResult, job: Job) -> None:
    page, _ = written(make_result([]), job)
    assert body_of(page) == []
    assert "0 rows" in page


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!-- rows -->",
    "</td></table><h1>x</h1>",
    "&lt;b&gt; &amp; &#60;",
    "{{ 7*7 }} {% raw %}",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_acts(make_result: MakeResult, job: Job, text: str) -> None:
    """Neither in a cell nor in anything else that is shown."""
    result = make_result([("a1", text)], columns=COMPANY, asked=[("Company", text)], notes=[text])
    page, _ = written(result, job)
    assert body_of(page) == [["a1", text]]
    elements = Elements()
    elements.feed(page)
    assert not elements.tags & {"script", "img", "iframe", "object", "link", "a", "form"}
    assert elements.headings == 1
    assert page.count(text) == 0 or "<" not in text
    tree = html.document_fromstring(page)
    assert tree.xpath("//dd[2]/text() | //div[2]/dd/text()") == [text]
    assert tree.xpath("//section//li/text()") == [text]


class Elements(HTMLParser):
    """Gathers what elements a page has, by Python's own parser."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.headings = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.headings += tag == "h1"
        assert not [name for name, _ in attributes if name.startswith("on")]


def test_a_policy_forbids_scripts_and_requests(make_result: MakeResult, job: Job) -> None:
    page, _ = written(make_result(), job)
    policy = html.document_fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert "http:" not in page
    assert "https:" not in page


CONTROLS = [
    "\x00",
    "\x01",
    "\x0b",
    "\x1b",
    "\x7f",
    "\x85",
    "\x9b",
    "\ud800",
    "\ufdd0",
    "\ufffe",
    "\U0001ffff",
    "\U0010fffe",
]


def test_controls_are_replaced_and_counted(make_result: MakeResult, job: Job) -> None:
    rows: list[Row] = [(f"a{place}", f"x{control}y") for place, control in enumerate(CONTROLS)]
    page, notes = written(make_result(rows, columns=COMPANY), job)
    assert {row[1] for row in body_of(page)} == {"x�y"}
    assert notes == [f"{len(CONTROLS)} characters that no HTML file can hold: shown as �."]
    assert notes[0] in html.document_fromstring(page).text_content()


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "Łódź", "株式会社", "👩‍👩‍👧", "\xa0x\xad", "\ufdf0\ufffd"])
def test_other_characters_are_kept(make_result: MakeResult, job: Job, text: str) -> None:
    page, notes = written(make_result([("a1", f"({text})")], columns=COMPANY), job)
    assert body_of(page) == [["a1", f"({text})"]]
    assert notes == []


def test_says_what_was_asked_and_how_fresh_it_is(make_result: MakeResult, job: Job) -> None:
    result = make_result()
    tree = html.document_fromstring(written(result, job)[0])
    facts = list(zip(tree.xpath("//dt/text()"), tree.xpath("//dd/text()"), strict=True))
    assert facts == [*result.facts(), ("List Size", "1,240,307")]
    assert tree.xpath("//section//li/text()") == list(result.notes)


def test_is_marked_up_for_every_reader(make_result: MakeResult, job: Job) -> None:
    tree = html.document_fromstring(written(make_result(), job)[0])
    assert tree.get("lang") == "en"
    assert len(tree.xpath("//caption")) == 1
    assert len(tree.xpath("//thead//th[@scope='col']")) == 14
    assert len(tree.xpath("//tbody//th[@scope='row']")) == 11
    region = tree.xpath("//div[@role='region']")[0]
    assert region.get("tabindex") == "0"
    assert tree.xpath(f"//*[@id='{region.get('aria-labelledby')}']")
    assert [badge.text for badge in tree.xpath("//td/span")][:3] == ["Open", "Open", "Trial"]


def test_the_summary_has_a_chart_that_is_read_without_colour(summary_result: Result, job: Job) -> None:
    tree = html.document_fromstring(written(summary_result, job)[0])
    texts = [text.text_content() for text in tree.xpath("//figure/svg/text")]
    assert texts[:4] == ["Open", "2,810 managed", "640 referred", "3 unknown"]
    assert "Total" not in texts
    widths = [float(width) for width in tree.xpath("//figure/svg/rect/@width")]
    assert widths[1] == pytest.approx(widths[0] * 640 / 2810, abs=0.1)
    assert widths[0] == max(widths) > 400
    assert tree.xpath("//figure/svg/@aria-label")


def test_only_lists_say_their_rows(summary_result: Result, make_result: MakeResult, job: Job) -> None:
    def caption(result: Result) -> str:
        return str(html.document_fromstring(written(result, job)[0]).xpath("string(//caption)"))

    assert caption(summary_result) == "All Accounts Summary"
    assert caption(make_result()) == "Managed Account Details, 11 rows"


def test_days_to_go_stand_on_bars_that_are_not_copied(tracker_result: Result, job: Job) -> None:
    page, _ = written(tracker_result, job)
    assert [row[5] for row in body_of(page)] == ["95", "19", "0", ""]
    bars = html.document_fromstring(page).xpath("//span[@class='bar']/@style")
    assert bars == ["--length:100", "--length:20"]


def test_a_summary_without_its_columns_or_accounts_is_a_page(
    summary_result: Result, job: Job, make_result: MakeResult
) -> None:
    total = (Column("total", "Total", NUMBER),)
    page, _ = written(make_result([(5,)], look=summary_result.look, columns=total), job)
    assert "<figure" not in page
    empty = make_result(
        [("Open", 0), ("Total", 0)],
        look=summary_result.look,
        columns=(Column("status", "Status"), Column("managed", "Managed", NUMBER)),
    )
    assert "<figure" in written(empty, job)[0]


def test_tells_progress(make_result: MakeResult, job: Job) -> None:
    ticks: list[int] = []
    write(make_result(n=2500), io.BytesIO(), Job(made_at=job.made_at, tick=ticks.append))
    assert ticks == [1000, 2000, 2500]


def test_dates_and_numbers_that_others_have_written_into_a_database_are_escaped(
    make_result: MakeResult, job: Job
) -> None:
    """Fault T2: import leaves only dates and numbers there, other programs need not."""
    columns = (Column("day", "Day", DATE), Column("size", "Size", NUMBER), Column("share", "Share", PERCENT))
    hostile = "<script>alert(1)</script>"
    page, _ = written(make_result([(hostile, hostile, hostile), ("2026-03-04", 1200, 2.5)], columns=columns), job)
    assert "<script" not in page
    assert body_of(page) == [[hostile] * 3, ["2026-03-04", "1,200", "2.5"]]


@pytest.mark.parametrize(("paper", "size"), [(Paper.LETTER, "letter"), (Paper.A4, "a4")])
def test_the_page_is_that_of_the_paper(
    make_result: MakeResult, summary_result: Result, job: Job, paper: Paper, size: str
) -> None:
    on_paper = replace(job, style=FileStyle(paper=paper))
    assert f"@page {{ size: {size} landscape; }}" in written(make_result(), on_paper)[0]
    assert f"@page {{ size: {size} portrait; }}" in written(summary_result, on_paper)[0]


def test_days_are_written_as_people_read_them_and_marked_for_programs(make_result: MakeResult, job: Job) -> None:
    columns = (Column("account_id", "Account ID", ID), Column("day", "Day", DATE))
    use_date_style("dd.mm.yyyy")
    try:
        page, _ = written(make_result([("a1", "2026-04-03"), ("a2", None), ("a3", "<b>")], columns=columns), job)
    finally:
        use_date_style("")
    assert '<time datetime="2026-04-03">03.04.2026</time>' in page
    assert body_of(page) == [["a1", "03.04.2026"], ["a2", ""], ["a3", "<b>"]]
    assert "<dd>04.03.2026</dd>" in page
    assert "accounts.csv, of 02.03.2026, imported 03.03.2026 17:05 UTC" in page


def test_words_stand_behind_their_signs_which_are_not_in_the_text(make_result: MakeResult, job: Job) -> None:
    columns = (Column("account_id", "Account ID", ID), *(Column(key, key, has_badges=True) for key in SIGNS))
    rows: list[Row] = []
    for key in SIGNS:
        rows += [(word, *(word if key == other else None for other in SIGNS)) for word in SIGNS[key]]
    page, _ = written(make_result([*rows, ("a1", "Single Bill", *[None] * (len(SIGNS) - 1))], columns=columns), job)
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    badges = {(badge.text, badge.get("data-sign"), badge.get("class")) for badge in tree.xpath("//td/span")}
    expected = {(word, sign.sign, f"badge {sign.tone}") for words in SIGNS.values() for word, sign in words.items()}
    assert badges == expected | {("Single Bill", None, "badge")}
    words = {cell for row in body_of(page) for cell in row[1:]}
    assert words == {word for known in SIGNS.values() for word in known} | {"Single Bill", ""}
    for tone, colours in TONES.items():
        assert f"--{tone}: {colours.on_light};" in page
        assert f"--{tone}: {colours.on_dark};" in page
