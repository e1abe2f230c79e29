"""The command line called in the tests' own process: what a start of Python costs is saved a thousand times."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from tests.cli.running import Done
from tui.cli.main import _exit_code


def called(database: Path, *words: str) -> Done:
    """Call the program as `tests.cli.running.run` runs it, with pipes for its streams."""
    out, err = (
        io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=errors, write_through=True)
        for errors in ("replace", "backslashreplace")
    )
    with redirect_stdout(out), redirect_stderr(err):
        code = _exit_code(["--db", str(database), *words])
    return Done(code, out.buffer.getvalue(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]
