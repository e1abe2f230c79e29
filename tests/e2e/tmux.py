"""A program in a real terminal: tmux, driven by keys and read by its screen."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from pathlib import Path

PATIENCE = 30.0
"""Seconds to wait for what must come; a busy machine is slow, a wrong program never gets there."""


class Tmux:
    """One terminal of a server of its own."""

    def __init__(self, folder: Path, command: list[str], *, columns: int = 80, lines: int = 24) -> None:
        """Start `command` in `folder`, with nothing of the person's own tmux settings."""
        self._socket = str(folder / "tmux.socket")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TMUX")}
        words = [*command, ";", "echo", "ENDED", "$?", ";", "exec", "sleep", "60"]
        line = " ".join(word if word in (";", "$?") else shlex.quote(word) for word in words)
        size = ["-x", str(columns), "-y", str(lines)]
        start = ["tmux", "-S", self._socket, "-f", "/dev/null", "new-session", "-d", *size, line]
        subprocess.run(start, check=True, cwd=folder, env=environment | {"TERM": "xterm-256color", "LANG": "C.UTF-8"})

    def screen(self) -> str:
        """Return the text on the screen."""
        return self._tmux("capture-pane", "-p").stdout

    def press(self, *keys: str) -> None:
        """Press keys, in tmux's words: Enter, Tab, C-o, or a character."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._tmux("send-keys", "-l", text)

    def wait_for(self, *texts: str, without: str = "\0") -> str:
        """Wait until every text is on the screen and one text is not, and return the screen."""
        end = time.monotonic() + PATIENCE
        while True:
            screen = self.screen()
            missing = [text for text in texts if text not in screen]
            if not missing and without not in screen:
                return screen
            if time.monotonic() > end:
                raise AssertionError(f"waited for {missing}, without {without!r}; on the screen is:\n{screen}")
            time.sleep(0.05)

    def close(self) -> None:
        """End the server and all in it."""
        self._tmux("kill-server")

    def _tmux(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["tmux", "-S", self._socket, *arguments], check=False, capture_output=True, text=True, encoding="utf-8"
        )
