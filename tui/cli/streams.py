"""The standard streams, whatever they are: closed, full, of another encoding, or with nobody left at the other end."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from errno import EBADF, EDQUOT, EFBIG, EIO, ENOSPC

from core.errors import WorkFailed

_CANNOT_WRITE = (EBADF, EDQUOT, EFBIG, EIO, ENOSPC)


def settle_streams() -> None:
    """Open the streams that were closed, and let no character fail for want of a sign in the stream's encoding.

    A file that we open would otherwise get the number of a closed stream, and with it what is meant for the stream.
    What goes to a closed stderr is lost; writing to a closed stdout fails.
    """
    for number, name, mode, access in (
        (0, "stdin", "r", os.O_RDONLY),
        (1, "stdout", "w", os.O_RDONLY),
        (2, "stderr", "w", os.O_WRONLY),
    ):
        if getattr(sys, name) is None:
            _open_nothing(number, access)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def release_streams() -> None:
    """Leave nothing in the streams that Python could fail to write when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _open_nothing(stream.fileno(), os.O_WRONLY)


@contextlib.contextmanager
def output_to_the_end() -> Iterator[None]:
    """Let the block write to stdout, and end it quietly when nobody reads on, as in `partner-tui … | head`.

    Raises:
        WorkFailed: stdout is closed, or its disk is full.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        return
    except OSError as error:
        if error.filename is not None or error.errno not in _CANNOT_WRITE:
            raise
        raise WorkFailed(f"The output could not be written: {error.strerror}.") from error


def _open_nothing(number: int, access: int) -> None:
    """Make the null device the stream of this number."""
    nothing = os.open(os.devnull, access)
    if nothing != number:
        os.dup2(nothing, number)
        os.close(nothing)
