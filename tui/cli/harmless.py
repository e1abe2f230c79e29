"""A stream whose text cannot act on the terminal that shows it (promise P1)."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO

from core.text.terminal_text import neutral


class HarmlessStream(io.RawIOBase):
    """Passes UTF-8 text on line by line, made neutral; line ends stay."""

    def __init__(self, out: BinaryIO) -> None:
        """Write to `out`, which is not closed with this."""
        self._out = out
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def writable(self) -> bool:
        """Return true."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Pass `data` on; a character may be split over two calls."""
        lines = self._decode(data).split("\n")
        self._out.write("\n".join(map(neutral, lines)).encode())
        return len(data)

    def flush(self) -> None:
        """Flush what is behind."""
        self._out.flush()
