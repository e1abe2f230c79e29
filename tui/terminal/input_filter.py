"""What the terminal sends: keys, the mouse, pastes and answers, and now and then garbage or what somebody forged."""

from __future__ import annotations

import os
import re
from codecs import getincrementaldecoder
from collections.abc import Callable
from select import select
from threading import Thread
from types import TracebackType
from typing import Self

from core.text.terminal_text import neutral

_SIZE_REPORT = re.compile(r"\x1b\[(?:48(?:;\d*)+t|\?2048;\d*\$y)")
"""A size told by the terminal, and that it can tell sizes. The system tells it too, and that nobody can forge."""
_STRING = re.compile(r"\x1b(?:\]\d|P[\d$+>!|])[^\x00-\x1f\x7f]*(?:\x07|\x1b\\)?")
_REST = re.compile(r"[^\x00-\x1f\x7f]*(?:\x07|\x1b\\)?")
"""An answer with text in it, such as the clipboard or a colour, and what follows of one that came in pieces. We ask for
none, and Textual would take its text for keys."""
_STRING_ENDS = ("\x07", "\x1b\\")
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
FEWEST_PASTED = 1_000
"""Characters at once from which on they were pasted and not typed, in terminals that do not tell."""
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_PASTED = re.compile(rf"\x1b\[20[01]~|[^{_CONTROLS}]{{{FEWEST_PASTED},}}|[{_CONTROLS}]")
_UNFINISHED_PASTE = re.compile(r"\x1b(?:\[2?0?1?)?\Z")
MOST_AT_ONCE = 1 << 22
"""Bytes that are gathered before they are handed on."""
_REST_OF_PASTE = 0.02
"""Seconds to wait for more of what is pasted."""
_UNFINISHED = re.compile(r"\x1b\[(?:\??\d[\d;]{0,60}\$?|<[\d;]{0,30})\Z")
"""A report, such as one of the mouse, whose end is still on a slow line."""
_BEHIND_ESCAPE = re.compile(r"\[(?:<\d+;\d+;\d+[Mm]|[\d;]*[A-HPQRSZ~])")
"""What is left of a sequence whose ESC came alone and was taken for a key: nobody types it in one go."""
_CUT_BEHIND_ESCAPE = re.compile(r"\[<[\d;]{0,30}\Z")


class Received:
    """Hands on what the terminal sends, cleaned, through a pipe; use `with`.

    What is no text in the terminal's encoding becomes U+FFFD.
    """

    def __init__(self, terminal: int, encoding: str, gone: Callable[[], None]) -> None:
        """Read from the file number `terminal`, and call `gone`, in a thread, when it is no longer there."""
        self._terminal, self._gone = terminal, gone
        self._decode = getincrementaldecoder(encoding)(errors="replace").decode
        self._held = ""
        self._is_behind_escape = False
        self._is_within_string = self._is_within_paste = False
        self._thread = Thread(target=self._pass_on, name="terminal-input", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self.fileno, self._out = os.pipe()
        self._asleep, self._waker = os.pipe()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End. What was not read yet is lost."""
        os.close(self.fileno)
        os.close(self._waker)
        self._thread.join()
        os.close(self._out)
        os.close(self._asleep)

    def _pass_on(self) -> None:
        while True:
            ready, _, _ = select([self._terminal, self._asleep], [], [])
            if self._asleep in ready:
                return
            data = self._read()
            if not data:
                self._gone()
                return
            try:
                os.write(self._out, self.cleaned(data).encode("utf-8"))
            except BrokenPipeError:
                return

    def _read(self) -> bytes:
        """Return what is there, a paste whole where it comes without a pause; nothing if the terminal is gone."""
        try:
            data = os.read(self._terminal, 1 << 16)
            while FEWEST_PASTED < len(data) < MOST_AT_ONCE and select([self._terminal], [], [], _REST_OF_PASTE)[0]:
                data += os.read(self._terminal, 1 << 16)
        except OSError:
            return b""
        return data

    def cleaned(self, data: bytes) -> str:
        """Return what is to be handed on of `data`; the rest of an unfinished report waits for its end."""
        text = self._without_behind_escape(self._held + self._decode(data))
        if self._is_within_string:
            text = self._without_rest(text)
        text = _SIZE_REPORT.sub("", _STRING.sub(self._drop, text))
        if self._is_behind_escape and not text:  # its end is still to come
            return ""
        unfinished = (_UNFINISHED_PASTE if self._ends_within_paste(text) else _UNFINISHED).search(text)
        self._held = unfinished[0] if unfinished else ""
        return _PASTED.sub(self._marked, text.removesuffix(self._held))

    def _without_behind_escape(self, text: str) -> str:
        """Return `text` without what belongs to an ESC that was handed on alone."""
        was_behind, self._is_behind_escape = self._is_behind_escape, text == "\x1b"
        if not was_behind or self._is_within_paste:
            return text
        if _CUT_BEHIND_ESCAPE.match(text):
            self._held, self._is_behind_escape = text, True
            return ""
        return _BEHIND_ESCAPE.sub("", text, count=1) if _BEHIND_ESCAPE.match(text) else text

    def _ends_within_paste(self, text: str) -> bool:
        begins, ends = text.rfind(_PASTE_BEGINS), text.rfind(_PASTE_ENDS)
        return self._is_within_paste if begins == ends else begins > ends

    def _marked(self, found: re.Match[str]) -> str:
        """Mark what must have been pasted: key by key it would take minutes, and be commands. No key is pasted."""
        piece = found[0]
        if piece in (_PASTE_BEGINS, _PASTE_ENDS):
            self._is_within_paste = piece == _PASTE_BEGINS
        elif self._is_within_paste:
            return neutral(piece) if len(piece) == 1 else piece
        elif len(piece) >= FEWEST_PASTED:
            return f"{_PASTE_BEGINS}{piece}{_PASTE_ENDS}"
        return piece

    def _drop(self, string: re.Match[str]) -> str:
        self._is_within_string = string.end() == len(string.string) and not string[0].endswith(_STRING_ENDS)
        return ""

    def _without_rest(self, text: str) -> str:
        rest = _REST.match(text)
        end = rest.end() if rest else 0
        self._is_within_string = end == len(text) and not text.endswith(_STRING_ENDS)
        return text[end:]
