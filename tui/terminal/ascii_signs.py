"""Signs for terminals that know no UTF-8, such as those of LANG=en_US.ISO-8859-1: as wide as what they stand for."""

from __future__ import annotations

import codecs

from rich.cells import cell_len

PLAIN_SIGNS = "plain-signs"
"""The name of the error handler that puts them in place: text.encode(encoding, PLAIN_SIGNS)."""

_SIGNS = {
    ord(sign): plain
    for signs, plain in (
        ("│┃▏▎▕▌▐", "|"),
        ("─━▔▁▂▃▀▄", "-"),
        ("▅▆▇", "="),
        ("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
        ("█▓", "#"),
        ("░▒·•…", "."),
        ("►▸▶›", ">"),
        ("◂◀‹", "<"),
        ("▲", "^"),
        ("▼", "v"),
        ("●", "*"),
        ("“”", '"'),
        ("‘’", "'"),
        ("–—", "-"),
    )
    for sign in signs
}


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_SIGNS.get(ord(sign), "?" * cell_len(sign)) for sign in text), error.end


codecs.register_error(PLAIN_SIGNS, _plain)
