"""How a workbook looks: colours, fonts, and the styles that the streamed cells refer to."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.styleable import StyleableObject
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.query.columns import Column
from core.query.kinds import NUMBER, TEXT
from core.region import Paper
from core.text.signs import TONES, Sign, signs_of
from exporters.replacing import Replacer
from exporters.xls.cells import ILLEGAL, TEXT_LIMIT, Styles, coded

INK = "174A7C"
BAR = "9DBBD8"
GREY = "6B7785"
LINE = "DDE3E9"

TITLE_FONT = Font(name="Calibri", size=18, bold=True, color=INK)
LABEL_FONT = Font(name="Calibri", size=11, color=GREY)
SECTION_FONT = Font(name="Calibri", size=12, bold=True, color=INK)
SECTION_LINE = Border(bottom=Side("thin", color=INK))

_HEADING_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_HEADING_FILL = PatternFill("solid", fgColor=INK)
_ROW_LINE = Border(bottom=Side("hair", color=LINE))

_FOOTER = 100
"""The characters of a title that stand at the foot of a page: Excel allows 255 there, codes and doubled & included."""

_LONGEST, _CUT = TEXT_LIMIT // 2 - 100, " … (cut: a cell of XLS can hold no more)"
"""In characters, each of which may take two of the units that a cell can hold."""

NUMBER_FORMAT = NUMBER.cell_format


def clean(text: str) -> str:
    """Return `text` as XML can hold it."""
    return Replacer(ILLEGAL, "XLS")(text)


def put_text(cell: Cell, text: str) -> None:
    """Write a text into a cell, whatever it begins with or holds; one that is too long says that it is cut."""
    text = coded(clean(text))
    cell.value = text if len(text) <= _LONGEST else text[:_LONGEST] + _CUT
    cell.data_type = "s"


def put_heading(cell: Cell, text: str, *, right: bool) -> None:
    """Write a column's heading; above numbers it stands right, with room for the filter's button."""
    put_text(cell, text)
    cell.font = _HEADING_FONT
    cell.fill = _HEADING_FILL
    cell.alignment = Alignment(horizontal="right" if right else "left", vertical="center", indent=2 if right else 0)


def row_styles(sheet: Worksheet, columns: Sequence[Column]) -> Styles:
    """Add the styles of the streamed cells of these columns to the workbook and return their numbers."""
    kinds = {column.kind.cell_format: column.kind for column in columns if column.kind.cell != "text"}
    return Styles(
        text=_style(sheet, TEXT.cell_format, "left"),
        lines=_style(sheet, TEXT.cell_format, "left", wrap=True),
        others={
            cell_format: _style(sheet, cell_format, "right", indent=1)
            if kind.is_number
            else _style(sheet, cell_format, "left")
            for cell_format, kind in kinds.items()
        },
        signs={
            (column.key, sign): _signed_style(sheet, column, sign)
            for column in columns
            if column.has_badges
            for sign in signs_of(column.key)
        },
    )


def _signed_style(sheet: Worksheet, column: Column, sign: Sign) -> int:
    """Add the style of values behind a sign, in the sign's colour: the same as on the screen (`core.text.signs`)."""
    is_number = column.is_number
    shown = f'"{sign.sign} "{column.kind.cell_format}'
    colour = TONES[sign.tone].on_light.removeprefix("#").upper()
    return _style(sheet, shown, "right" if is_number else "left", indent=int(is_number), colour=colour)


def _style(
    sheet: Worksheet, number_format: str, side: str, *, wrap: bool = False, indent: int = 0, colour: str = ""
) -> int:
    """Add one style and return its number."""
    style = StyleableObject(sheet)
    style.number_format = number_format
    if colour:
        style.font = Font(name="Calibri", size=11, color=colour)
    style.border = _ROW_LINE
    style.alignment = Alignment(horizontal=side, vertical="top", wrap_text=wrap, indent=indent)
    return int(style.style_id)


_PAPERS = {Paper.LETTER: 1, Paper.A4: 9}
"""The numbers of papers in workbooks (ECMA-376, 18.3.1.63)."""


def set_page(sheet: Worksheet, title: str, paper: Paper, *, landscape: bool) -> None:
    """Set a sheet up for paper: as wide as a page, numbered, with the report's title at the foot."""
    sheet.page_setup.paperSize = _PAPERS[paper]
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.7, header=0.3, footer=0.3)
    sheet.oddFooter.left.text = clean(title)[:_FOOTER].replace("&", "&&")
    sheet.oddFooter.right.text = "Page &P of &N"
