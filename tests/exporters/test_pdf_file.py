"""The PDF of a report: the file's syntax, its pages, its notes, and what other programs read in it."""

import re
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from core.errors import Cancelled
from core.query.columns import Column, Row
from core.query.kinds import ID
from core.query.result import Result
from core.region import Paper
from core.text.date_style import use_date_style
from core.text.signs import SIGNS, TONES
from exporters.export_options import FileStyle, Job
from exporters.pdf import typesetter
from exporters.pdf.style import PALE, rgb
from exporters.pdf_file import MOST_TAGGED_ROWS, write

MakeResult = Callable[..., Result]
HOSTILE = [
    "Smith <smith@example.com>",
    "<img src='/etc/passwd'>",
    "&amp; &lt;b&gt;",
    "<b>bold</b><para>",
    "[[[getattr(pow,Word('__globals__'))]]]",
    ") Tj ET Q (",
    "\\) \\( \\\\n",
    "%PDF-1.4 endstream endobj",
    "<FEFF0041>",
    "=cmd|'/C calc'!A0",
    "Łódź Ελλάδα Кириллица",
    "Ω≈ç√∫µ≤≥÷",
]


@pytest.fixture(autouse=True)
def _no_other_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test sees a computer without further fonts, so results are the same everywhere."""
    monkeypatch.setattr(typesetter, "candidates", lambda char: iter(()))


def pdf_of(result: Result, job: Job) -> bytes:
    out = BytesIO()
    write(result, out, job)
    return out.getvalue()


def page_count(data: bytes) -> int:
    return data.count(b"/Type /Page ")


def companies(*names: str) -> list[Row]:
    """Return rows in the shape of the sample, one for each company."""
    return [(f"a{place:04}", "user", name, *[None] * 11) for place, name in enumerate(names)]


def stream_at(data: bytes, start: int) -> tuple[bytes, bytes]:
    """Return the dictionary and the content of the stream whose object begins at a place."""
    head, _, packed = data[start:].partition(b"\nstream\n")
    length = int(re.search(rb"/Length (\d+)", head)[1])  # type: ignore[index]
    return head, zlib.decompress(packed[:length])


@pytest.mark.parametrize("rows", [3_000, MOST_TAGGED_ROWS + 1])
def test_every_object_stands_where_the_table_says(rows: int, make_result: MakeResult, job: Job) -> None:
    data = pdf_of(make_result(n=rows), job)
    assert data.startswith(b"%PDF-1.7\n")
    assert data.endswith(b"%%EOF\n")
    start = int(re.search(rb"startxref\n(\d+)\n", data)[1])  # type: ignore[index]
    head, table = stream_at(data, start)
    assert b"/Type /XRef" in head
    entries = [table[at : at + 8] for at in range(0, len(table), 8)]
    assert len(entries) == int(re.search(rb"/Size (\d+)", head)[1])  # type: ignore[index]
    held: dict[int, dict[int, int]] = {}
    for number, entry in enumerate(entries[1:], start=1):
        kind, where, index = entry[0], int.from_bytes(entry[1:6]), int.from_bytes(entry[6:])
        if kind == 1:
            assert data[where:].startswith(b"%d 0 obj\n" % number)
        else:
            held.setdefault(where, {})[index] = number
    for stream, numbers in held.items():
        head, content = stream_at(data, int.from_bytes(entries[stream][1:6]))
        first = int(re.search(rb"/First (\d+)", head)[1])  # type: ignore[index]
        assert [int(number) for number in content[:first].split()[::2]] == [numbers[at] for at in sorted(numbers)]
    assert bool(held) == (rows <= MOST_TAGGED_ROWS)


def test_equal_input_gives_equal_bytes(make_result: MakeResult, job: Job) -> None:
    assert pdf_of(make_result(), job) == pdf_of(make_result(), job)


def test_the_moment_comes_from_the_job(make_result: MakeResult, job: Job) -> None:
    assert b"/CreationDate (D:20260304093000+00'00)" in pdf_of(make_result(), job)


def test_title_language_and_outline_are_said(make_result: MakeResult, job: Job) -> None:
    data = pdf_of(make_result(n=500), job)
    title = "Managed Account Details".encode("utf-16-be").hex().encode()
    assert b"/Title <feff" + title + b">" in data
    assert b"/Lang (en)" in data
    assert b"/DisplayDocTitle true" in data
    assert b"/Title <feff" + "Summary".encode("utf-16-be").hex().encode() in data


def test_no_rows_make_one_page(make_result: MakeResult, job: Job) -> None:
    assert page_count(pdf_of(make_result([]), job)) == 1


@pytest.mark.parametrize(
    ("paper", "width", "height"), [(Paper.A4, "595.28", "841.89"), (Paper.LETTER, "612.00", "792.00")]
)
def test_narrow_tables_stand_upright_and_wide_ones_lie_on_the_paper_that_is_chosen(
    summary_result: Result, make_result: MakeResult, job: Job, paper: Paper, width: str, height: str
) -> None:
    on_paper = replace(job, style=FileStyle(paper=paper))
    upright = pdf_of(summary_result, on_paper)
    assert page_count(upright) == 1
    assert f"/MediaBox [0 0 {width} {height}]".encode() in upright
    lying = pdf_of(make_result(n=200), on_paper)
    assert lying.count(f"/MediaBox [0 0 {height} {width}]".encode()) == page_count(lying) > 1


def test_a_cell_taller_than_a_page_goes_on_over_several(make_result: MakeResult, job: Job) -> None:
    assert page_count(pdf_of(make_result(companies("word " * 8000)), job)) > 5


def test_progress_is_told_and_can_end_the_work(make_result: MakeResult, job: Job) -> None:
    told: list[int] = []
    pdf_of(make_result(n=2500), replace(job, tick=told.append))
    assert told[-1] == 2500
    assert all(before <= after for before, after in pairwise(told))

    def stop(rows: int) -> None:
        if rows:
            raise Cancelled("The report")

    with pytest.raises(Cancelled):
        write(make_result(n=2500), BytesIO(), replace(job, tick=stop))


def test_pages_leave_as_they_fill(make_result: MakeResult, job: Job) -> None:
    sizes: list[int] = []
    out = BytesIO()
    write(make_result(n=10_000), out, replace(job, tick=lambda rows: sizes.append(out.tell()) if rows else None))
    assert sizes[-1] > 5 * sizes[0]
    assert out.tell() - sizes[-1] < out.tell() // 4


def test_what_cannot_be_drawn_is_a_note(make_result: MakeResult, job: Job) -> None:
    notes = write(make_result(companies("株式会社", "\x1b[31mred")), BytesIO(), job)
    assert notes == [
        "5 characters that could not be drawn are shown as \ufffd: U+682A, U+5F0F, U+4F1A, U+793E, U+001B. No font here"
        " draws Chinese characters: pip install 'partner-tui[fonts]' brings what most need."
    ]
    assert write(make_result(companies("Łódź")), BytesIO(), job) == []


def drawing(data: bytes) -> bytes:
    """Return what draws all pages."""
    streams = re.findall(rb"/Length (\d+) >>\nstream\n", data)
    starts = [match.end() for match in re.finditer(rb"/Length \d+ >>\nstream\n", data)]
    return b"\n".join(
        zlib.decompress(data[start : start + int(size)]) for start, size in zip(starts, streams, strict=True)
    )


def boxes(data: bytes, colour: str) -> list[float]:
    """Return the widths of the boxes of a colour, on all pages."""
    return [float(width) for width in re.findall(rf"{colour} rg \S+ \S+ (\S+) \S+ re f".encode(), drawing(data))]


def test_days_to_go_stand_on_bars(tracker_result: Result, make_result: MakeResult, job: Job) -> None:
    whole, part = boxes(pdf_of(tracker_result, job), PALE)
    assert part / whole == pytest.approx(19 / 95, abs=0.001)
    assert boxes(pdf_of(make_result(), job), PALE) == []


def run(*command: str | Path) -> str:
    """Return what another program says of a file."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def copied(path: Path, *options: str) -> str:
    """Return the text that another program copies out of a file."""
    return run("pdftotext", *options, path, "-")


@pytest.fixture
def file(tmp_path: Path, job: Job) -> Callable[[Result], Path]:
    """Return a writer of a result to a file."""

    def written(result: Result) -> Path:
        path = tmp_path / "report.pdf"
        path.write_bytes(pdf_of(result, job))
        return path

    return written


@pytest.mark.programs
def test_qpdf_finds_nothing_wrong(file: Callable[[Result], Path], make_result: MakeResult) -> None:
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", file(make_result(n=5000)))


@pytest.mark.programs
def test_fonts_are_embedded(file: Callable[[Result], Path], make_result: MakeResult) -> None:
    fonts = run("pdffonts", file(make_result())).splitlines()[2:]
    assert len(fonts) == 3  # ours, in bold, and for the é of a name again as glyphs
    assert all(re.search(r"Identity-H +yes yes yes", font) for font in fonts)


@pytest.mark.programs
def test_values_copy_as_they_are(file: Callable[[Result], Path], make_result: MakeResult) -> None:
    lines = copied(file(make_result(companies(*HOSTILE))), "-raw").splitlines()
    for place, text in enumerate(HOSTILE):
        assert f"a{place:04} user {text}" in lines


@pytest.mark.programs
def test_arabic_and_hebrew_copy_as_letters(file: Callable[[Result], Path], make_result: MakeResult) -> None:
    text = copied(file(make_result(companies("محمد علي", "שלום"))), "-raw")
    assert all(word in text for word in ("محمد", "علي", "שלום"))


@pytest.mark.programs
def test_rows_stand_on_lines_and_pages_are_counted(file: Callable[[Result], Path], make_result: MakeResult) -> None:
    pages = copied(file(make_result(n=300)), "-layout").split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        assert re.search(r"Username +Company +Contact", page)
        assert f"Page {number} of {len(pages)} " in page
    assert re.search(r"a0000299 +user299 +Company 299 of 299", pages[-1])


@pytest.mark.programs
def test_an_id_is_never_broken(file: Callable[[Result], Path], make_result: MakeResult) -> None:
    ids = ["W" * 24, "1" * 40, "x" * 300]
    rows = [(account, *[None] * 13) for account in ids]
    lines = copied(file(make_result(rows)), "-raw").splitlines()
    assert [line for line in lines if line in ids] == ids


def test_an_id_that_is_set_smaller_is_noted(make_result: MakeResult, job: Job) -> None:
    notes = [write(make_result([(account, *[None] * 13)]), BytesIO(), job) for account in ("1001", "x" * 300)]
    assert notes == [[], ["Ids wider than their column are set smaller, so that each stays whole on one line."]]


@pytest.mark.programs
def test_nothing_of_a_long_text_is_cut(file: Callable[[Result], Path], make_result: MakeResult) -> None:
    words = [f"word{place}" for place in range(8000)]
    text = copied(file(make_result(companies(" ".join(words)))), "-raw")
    assert re.findall(r"\bword\d+\b", text) == words


@pytest.mark.programs
def test_the_summary_is_whole(file: Callable[[Result], Path], summary_result: Result) -> None:
    text = copied(file(summary_result), "-layout")
    assert re.search(r"Total +3,529 +1,467 +4 +5,000", text)
    assert "2,810 managed" in re.sub(" +", " ", text)
    assert "13 accounts have a status of another name." in text


@pytest.mark.programs
def test_no_rows_are_said(file: Callable[[Result], Path], make_result: MakeResult) -> None:
    assert "No accounts match." in copied(file(make_result([])))


def structure(path: Path) -> list[str]:
    """Return the tags of a file and the text in them, in the order in which they are read aloud."""
    return [line.strip() for line in run("pdfinfo", "-struct-text", path).splitlines()]


@pytest.mark.programs
def test_a_reader_hears_heading_facts_and_a_table_of_rows_and_cells(
    file: Callable[[Result], Path], make_result: MakeResult
) -> None:
    rows = [("a1", "u1", "Mill Bakery", *[None] * 11), ("a2", "u2", "word " * 3_000, *[None] * 11)]
    told = structure(file(make_result(rows)))
    assert told[:3] == ["Document", "H1 (block)", '"Managed Account Details"']
    table = told[told.index("Table (block)") :]
    headings = table[: table.index("TR", 2)]
    assert headings[1] == "TR"
    assert headings.count("TH:") == 14
    assert '"Account ID"' in headings
    assert table.count("TR") == 3, "headings that come again on further pages say nothing new"
    assert table.count("TD") == 28
    first = table.index('"a1"')
    assert [word for word in table[first : first + 5] if word.startswith('"')] == ['"a1"', '"u1"', '"Mill Bakery"']
    assert " ".join(table).count("word") == 3_000


def test_beyond_ten_thousand_rows_a_note_says_that_there_are_no_tags(make_result: MakeResult, job: Job) -> None:
    notes = write(make_result(n=MOST_TAGGED_ROWS + 1), BytesIO(), job)
    assert notes == ["Beyond 10,000 rows a PDF has no tags for screen readers: for these take HTML."]
    assert write(make_result(n=5), BytesIO(), job) == []


@pytest.mark.programs
def test_dates_are_written_as_people_read_them(file: Callable[[Result], Path], make_result: MakeResult) -> None:
    use_date_style("dd.mm.yyyy")
    try:
        text = copied(file(make_result(n=3)))
    finally:
        use_date_style("")
    assert "04.03.2026" in text
    assert "accounts.csv, of 02.03.2026, imported 03.03.2026 17:05 UTC" in text
    assert not re.search(r"\d{4}-\d\d-\d\d", text)


STATUSES = (Column("account_id", "Account ID", ID), Column("status", "Status", has_badges=True))


def test_words_stand_behind_their_signs_in_one_colour_each(make_result: MakeResult, job: Job) -> None:
    content = drawing(pdf_of(make_result([(word, word) for word in SIGNS["status"]], columns=STATUSES), job))
    behind = rb"Tm (\S+ \S+ \S+) rg /Artifact BMC /Span<</ActualText\(\)>>BDC <[0-9a-f]+> Tj EMC EMC"
    colours = re.findall(behind, content)
    assert colours == [rgb(TONES[sign.tone].on_light).encode() for sign in SIGNS["status"].values()]


@pytest.mark.programs
def test_signs_are_neither_copied_nor_read_aloud(file: Callable[[Result], Path], make_result: MakeResult) -> None:
    path = file(make_result([("a1", "Expired Trial"), ("a2", "Single Bill")], columns=STATUSES))
    assert "▼" not in copied(path)
    assert re.search(r"a1\s+Expired Trial\n", copied(path, "-layout"))
    told = structure(path)
    assert told[told.index('"a1"') :] == ['"a1"', "TD", '"Expired Trial"', "TR", "TD", '"a2"', "TD", '"Single Bill"']


@pytest.mark.programs
def test_headings_of_numbers_end_where_their_numbers_end(
    file: Callable[[Result], Path], make_result: MakeResult
) -> None:
    words = copied(file(make_result(n=3)), "-bbox")
    ends = {
        float(found[1])
        for word in ("Campaigns", "Sent")
        for found in re.finditer(rf'xMax="([\d.]+)" yMax="[\d.]+">{word}<', words)
    }
    assert max(ends) - sorted(ends)[-2] < 0.5, ends
