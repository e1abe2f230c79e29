"""What a reader sees of a web page: the text of its cells, without what is hidden. Runs in the child process only."""

from __future__ import annotations

import re
from urllib.parse import unquote

from lxml import etree, html

_UNSEEN_TAGS = frozenset({"script", "style", "template", "noscript", "head", "title", "object", "svg", "datalist"})
_UNSEEN_CLASSES = frozenset(
    {
        "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "screenreader",
        "sr-only-focusable", "visually-hidden-focusable", "assistive-text", "offscreen", "d-none", "u-hidden", "hidden",
        "hide", "is-hidden", "element-invisible",
    }
)  # fmt: skip
_PARTING = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre",
        "section", "table", "td", "th", "tr", "ul",
    }
)  # fmt: skip
"""Elements before and behind which a line ends."""
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
_MEDIA = re.compile(r"@[\w-]+[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\s*\w*\.([\w-]+)\s*")
_HEX = re.compile(r"(?:[0-9a-f]{2}){4,200}", re.IGNORECASE)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""A day that a page marks for programs, whatever it shows: 03/04/2026 may be one of two."""
_DEEPEST = 200
"""How deep elements in a cell may stand in each other."""


class PageText:
    """Gives the visible text of the elements of one page."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._unseen = _UNSEEN_CLASSES | set(_hidden_classes(root))
        self.decoded = 0
        """Addresses that a page hides and carries all the same, so far."""

    def is_hidden(self, element: etree._Element) -> bool:
        """Return whether a reader of the page does not see an element."""
        if not isinstance(element.tag, str) or element.tag in _UNSEEN_TAGS:
            return True
        if not element.attrib:
            return False
        if element.get("hidden") is not None or element.get("aria-hidden", "").lower() == "true":
            return True
        if _UNSEEN_STYLE.search(element.get("style", "")):
            return True
        return not self._unseen.isdisjoint(element.get("class", "").split())

    def of(self, element: etree._Element) -> str:
        """Return what stands in a cell, blocks and lines parted by a blank."""
        pieces: list[str] = []
        self._gather(element, pieces, 0)
        return " ".join("".join(pieces).split())

    def _gather(self, element: etree._Element, pieces: list[str], depth: int) -> None:
        if element.text:
            pieces.append(element.text)
        for child in element:
            if not self.is_hidden(child):
                self._gather_child(child, pieces, depth + 1)
            if child.tail:
                pieces.append(child.tail)

    def _gather_child(self, child: etree._Element, pieces: list[str], depth: int) -> None:
        parts = child.tag in _PARTING
        if parts:
            pieces.append(" ")
        if (address := _decoded_address(child)) is not None:
            self.decoded += 1
            pieces.append(address)
        elif child.tag == "time" and _ISO_DAY.fullmatch(child.get("datetime", "")):
            pieces.append(child.get("datetime"))
        elif child.tag == "select":
            pieces.append(self._chosen(child))
        elif child.tag == "input":
            if child.get("type", "text").lower() in ("text", "email", "number", "tel", "date"):
                pieces.append(child.get("value", ""))
        elif child.tag != "table" and depth < _DEEPEST:  # a table within a cell is read by itself
            self._gather(child, pieces, depth)
        if parts:
            pieces.append(" ")

    def _chosen(self, select: etree._Element) -> str:
        """Return the option of a list that is chosen: the first one that says so, else the first."""
        options = list(select.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options
        return self.of(chosen[0]) if chosen else ""


def _decoded_address(element: etree._Element) -> str | None:
    """Return the address that a page carries in a code in place of text; None where there is none.

    Its first byte is the key of all others.
    """
    code = element.get("data-cfemail", "")
    if not code and "email-protection#" in element.get("href", ""):
        code = element.get("href", "").partition("#")[2]
    if not _HEX.fullmatch(code):
        return None
    key, *content = bytes.fromhex(code)
    address = unquote(bytes(byte ^ key for byte in content).decode("utf-8", "replace")).partition("?")[0]
    return address if "@" in address[1:-1] else None


def _hidden_classes(root: html.HtmlElement) -> set[str]:
    """Return the classes that the page's own styles hide, by simple rules."""
    found: set[str] = set()
    for style in root.iter("style"):
        rules = _MEDIA.sub("", (style.text or "")[:200_000])
        for selectors, body in _RULE.findall(rules):
            if _UNSEEN_STYLE.search(body):
                found |= {match[1] for one in selectors.split(",") if (match := _CLASS.fullmatch(one))}
    return found
