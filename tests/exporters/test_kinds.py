"""Every kind of value in every format: typed where a format has types, and read back as it was."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from lxml import html

from core.conditions.grammar import parse
from core.conditions.sql import to_sql
from core.conditions.written import one_of
from core.errors import WrongUse
from core.query import kinds
from core.query.columns import Column, Value
from core.query.kinds import Kind
from exporters.export_options import Job
from exporters.formats import format_named
from exporters.mail import report_letter
from tests.exporters.conftest import MakeResult

CASES: tuple[tuple[Kind, Value, str, str, str], ...] = (
    (kinds.TEXT, "Café", "Café", "Café", "@"),
    (kinds.ID, "007", "007", "007", "@"),
    (kinds.DATE, "2026-03-04", "2026-03-04", "2026-03-04", "yyyy-mm-dd"),
    (kinds.NUMBER, 1234567, "1234567", "1,234,567", "#,##0"),
    (kinds.DECIMAL, 1234.5, "1234.5", "1,234.5", "#,##0.0"),
    (kinds.DECIMAL, 2.0, "2.0", "2.0", "#,##0.0"),
    (kinds.PERCENT, 0.0, "0.0", "0.0", "#,##0.0"),
    (kinds.MONEY, 12000, "12000", "12,000", "#,##0"),
    (kinds.Money("EUR"), 12000, "12000", "12,000 EUR", '#,##0 "EUR"'),
    (kinds.MONTH, "2026-03", "2026-03", "2026-03", "@"),
    (kinds.MONTH, "Total", "Total", "Total", "@"),
)
"""Kind, value, in CSV, as people read it, and the format of its cell in XLS."""


@pytest.mark.parametrize(("kind", "value", "plain", "shown", "cell_format"), CASES)
def test_a_kind_is_right_in_every_format(
    make_result: MakeResult, job: Job, kind: Kind, value: Value, plain: str, shown: str, cell_format: str
) -> None:
    result = make_result(
        [("a1", value), ("a2", None)], columns=(Column("id", "Id", kinds.ID), Column("it", "It", kind))
    )

    def written(word: str) -> bytes:
        out = io.BytesIO()
        format_named(word).exporter()(result, out, job)
        return out.getvalue()

    assert [row[1] for row in csv.reader(io.StringIO(written("csv").decode()))] == ["It", plain, ""]
    told = [row["it"] for row in json.loads(written("json"))["rows"]]
    assert told == [value, None]
    assert type(told[0]) is type(value)
    page = html.document_fromstring(written("html"))
    assert [cell.text_content().strip() for cell in page.xpath("//tbody/tr/td")] == [shown, ""]
    sheet = openpyxl.load_workbook(io.BytesIO(written("xls")))["Accounts"]
    cell = sheet["B2"]
    assert cell.number_format == cell_format
    assert (cell.value.date().isoformat() if kind.is_date else cell.value) == value
    assert sheet["B3"].value is None
    assert written("pdf").startswith(b"%PDF")
    assert kind.show(value) == shown
    assert kind.show(None) == ""
    counts = replace(result, is_list=False)
    assert [row[1] for row in report_letter(counts, []).table[1:]] == [shown, ""]


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, value, *_ in CASES if value != "Total"])
def test_what_is_shown_can_be_typed_back(kind: Kind, value: Value) -> None:
    column = Column("it", "It", kind)
    condition = parse(one_of(column, [value]), [column], date(2026, 3, 4))
    parameters: dict[str, str | int] = {}
    assert ":value_0" in to_sql(condition, frozenset(), parameters)
    wanted = value.casefold() if isinstance(value, str) else value
    assert parameters == {"value_0": wanted}
    if kind.is_number and not isinstance(kind, kinds.Money):
        assert parse(f"it > {kind.show(value)}", [column], date(2026, 3, 4))


@pytest.mark.parametrize(("kind", "text"), [(kinds.NUMBER, "1.5"), (kinds.DECIMAL, "x"), (kinds.MONTH, "2026-13")])
def test_what_is_no_such_value_is_refused(kind: Kind, text: str) -> None:
    column = Column("it", "It", kind)
    with pytest.raises(WrongUse, match="It is one"):
        parse(f"it = {text}", [column], date(2026, 3, 4))


def test_every_kind_says_what_it_is() -> None:
    there = [kind for kind in vars(kinds).values() if isinstance(kind, Kind)]
    assert len(there) == 10
    assert all(kind.name and kind.help for kind in there)
