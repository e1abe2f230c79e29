"""Nothing that the floors below say tells a person in the application to use the command line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tui.commands.in_app_words import in_app_words
from tui.commands.keymap import KeyMap

ROOT = Path(__file__).parents[2]
OF_THE_COMMAND_LINE = re.compile(r"(?!^--\w+$)(?<![\w-])--[a-z]|partner-tui [a-z-]+ ")
NOT_IN_THE_APPLICATION = (
    "(--json lists all)",
    "Give --left-out another name.",
    "Give --output FILE, or a folder.",
    "Send a file: partner-tui import - < accounts.csv",
    "Leave --format out",
    'style="--length',
    "partner-tui share ",
    "leave --cron out",
    "Leave --cron out",
    "systemctl --user",
    "--property=",
    "--mail-to",
    "--max-age",
    "--only-if-",
)
"""What only commands say, or what is a command: the application names these files itself, and lists every rejected
row."""

OF_COMMANDS_ALONE = (
    "core/sharing.py",
    "core/schedules",
    "core/vendor",
    "db/schedules.py",
    "exporters/outbox.py",
    "exporters/vendor_upload.py",
)
"""What the application does not do: schedules, mail, the vendor's API and sharing."""


def texts(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of a module that are no docstrings; X stands for what is filled in."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


def test_every_hint_of_the_command_line_has_words_for_the_application() -> None:
    files = [file for floor in ("core", "exporters", "db") for file in (ROOT / floor).rglob("*.py")]
    files = [file for file in files if not str(file.relative_to(ROOT)).startswith(OF_COMMANDS_ALONE)]
    said = [text for file in files for text in texts(ast.parse(file.read_text("utf-8")))]
    hints = [text for text in said if OF_THE_COMMAND_LINE.search(text)]
    assert len(hints) > 20
    wrong = [
        text
        for text in hints
        if not any(known in text for known in NOT_IN_THE_APPLICATION)
        and OF_THE_COMMAND_LINE.search(in_app_words(text, KeyMap({}, {})))
    ]
    assert wrong == []
