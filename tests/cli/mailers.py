"""A sendmail of the tests' own, and the messages that it was given."""

from __future__ import annotations

import json
import os
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast


def message_of(raw: bytes) -> EmailMessage:
    """Read a message back with the standard library."""
    return cast(EmailMessage, message_from_bytes(raw, policy=policy.default))


def body(made: EmailMessage) -> str:
    """Return a message's plain text."""
    part = made.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def content(part: EmailMessage) -> bytes:
    """Return an attachment's bytes."""
    found = part.get_payload(decode=True)
    assert isinstance(found, bytes)
    return found


def make_sendmail(folder: Path) -> Path:
    """Make a sendmail that keeps what it is given, one file a message, and what it was called with."""
    folder.mkdir()
    program = folder / "sendmail"
    program.write_text(f'#!/bin/sh\necho "$@" >> {folder}/called\nexec cat > "$(mktemp {folder}/message.XXXXXX)"\n')
    program.chmod(0o755)
    return program


def settings(**values: str) -> None:
    """Write the settings of the test's own home."""
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "partner-tui" / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items()))


def sent(folder: Path) -> list[EmailMessage]:
    """Return the messages in a folder of `make_sendmail`."""
    return [message_of(path.read_bytes()) for path in sorted(folder.glob("message.*"))]
