"""The line that fetches a file is right as printed."""

from __future__ import annotations

import base64
import shlex
from pathlib import Path

import pytest

from tui.clipboard import wrapped_for_tmux
from tui.delivery import scp_line

SESSION = {"USER": "ann", "SSH_CONNECTION": "203.0.113.5 50000 198.51.100.7 22"}


@pytest.mark.parametrize(
    ("environment", "ssh_name", "expected"),
    [
        (SESSION, "", "scp ann@198.51.100.7:/srv/a.csv ."),
        (SESSION | {"SSH_CONNECTION": "203.0.113.5 50000 198.51.100.7 2222"}, "",
         "scp -P 2222 ann@198.51.100.7:/srv/a.csv ."),
        (SESSION, "reports", "scp ann@reports:/srv/a.csv ."),
        (SESSION, "me@jump.example.com", "scp me@jump.example.com:/srv/a.csv ."),
        (SESSION | {"SSH_CONNECTION": "2001:db8::5 50000 2001:db8::7 22"}, "",
         "scp 'ann@[2001:db8::7]:/srv/a.csv' ."),
        ({"USER": "ann"}, "", ""),
        ({"USER": "ann", "SSH_CONNECTION": "garbage"}, "", ""),
    ],
)  # fmt: skip
def test_scp_line(environment: dict[str, str], ssh_name: str, expected: str) -> None:
    assert scp_line(Path("/srv/a.csv"), environment, ssh_name) == expected


def test_path_survives_the_shell() -> None:
    line = scp_line(Path("/srv/it's $HOME; rm *.csv"), SESSION)
    assert shlex.split(line) == ["scp", "ann@198.51.100.7:/srv/it's $HOME; rm *.csv", "."]


def test_tmux_gets_the_sequence_wrapped() -> None:
    wrapped = wrapped_for_tmux("Zoë")
    inner = wrapped.removeprefix("\x1bPtmux;").removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b")
    payload = inner.removeprefix("\x1b]52;c;").removesuffix("\x07")
    assert base64.b64decode(payload).decode() == "Zoë"
