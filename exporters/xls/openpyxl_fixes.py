"""What openpyxl's parts still need: room for the rows, our own moment, the standard's order, words for a picture."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from lxml import etree

_FONT = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}font"
_FONT_ORDER = ("b", "sz", "color", "name", "family", "scheme")
"""Of the traits that our fonts have."""


def cut_open(sheet: bytes, area: str, data: str) -> tuple[bytes, bytes]:
    """Return what stands before and behind the rows that are to follow a worksheet's heading row.

    `area` is all that the sheet will hold (A1:N1001) and `data` that without its heading: there Excel is not to
    mark texts of digits, such as account ids, as numbers gone wrong.
    """
    sheet = re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{area}"'.encode(), sheet, count=1)
    head, mark, tail = sheet.partition(b"</sheetData>")
    texts = f'<ignoredErrors><ignoredError sqref="{data}" numberStoredAsText="1"/></ignoredErrors></worksheet>'
    return head, mark + tail.replace(b"</worksheet>", texts.encode())


def with_fonts_in_order(styles: bytes) -> bytes:
    """Return xl/styles.xml with what describes a font in the order of the standard, which openpyxl does not keep."""
    root = etree.fromstring(styles)
    for font in root.iter(_FONT):
        font[:] = sorted(font, key=lambda trait: _FONT_ORDER.index(etree.QName(trait).localname))
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def with_moment(core: bytes, made_at: datetime) -> bytes:
    """Return docProps/core.xml as last changed at `made_at` (in UTC): openpyxl puts the moment of saving."""
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{made_at:%Y-%m-%dT%H:%M:%SZ}".encode(), core)


def with_description(drawing: bytes, description: str) -> bytes:
    """Return a drawing whose picture is described in words, for those who cannot see it."""
    return drawing.replace(b' name="Chart 1"', f' name="Chart 1" descr="{escape(description)}"'.encode())
