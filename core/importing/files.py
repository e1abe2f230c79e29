"""A person's file on disk: only a regular one, and the same from beginning to end (fault A24)."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from core.errors import WorkFailed

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


class SourceFile:
    """A file that is being read. It can be read several times; each time it must still be the same."""

    def __init__(self, path: Path, name: str = "") -> None:
        """Look at a file without reading it. `name` is what it is called in messages; its own by default.

        Raises:
            WorkFailed: it is not there, may not be read, or is no regular file.
        """
        self.path = path
        self.name = name or path.name
        with self._open() as stream:
            self._state = _state(os.fstat(stream.fileno()))
            self.size = os.fstat(stream.fileno()).st_size

    def _open(self) -> BinaryIO:
        """Open the file; a pipe is never waited for."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not a file name"
            raise WorkFailed(f"{self.path} cannot be opened: {reason}.") from error
        kind = stat.S_IFMT(os.fstat(descriptor).st_mode)
        if kind != stat.S_IFREG:
            os.close(descriptor)
            raise WorkFailed(
                f"{self.path} is {_KINDS.get(kind, 'no regular file')}.",
                "Give a file: CSV, XLSX, XLS or a saved HTML table.",
            )
        return open(descriptor, "rb")  # noqa: PTH123 (a descriptor, not a path)

    def open(self) -> BinaryIO:
        """Return the file from its first byte.

        Raises:
            WorkFailed: it is another one than before.
        """
        stream = self._open()
        if _state(os.fstat(stream.fileno())) != self._state:
            stream.close()
            raise self._changed()
        return stream

    def check_unchanged(self) -> None:
        """Make sure that what was read is what is there now.

        Raises:
            WorkFailed: the file was changed, cut or replaced meanwhile.
        """
        self.open().close()

    def _changed(self) -> WorkFailed:
        return WorkFailed(f"{self.path} changed while it was being read.", "Import it again when it is complete.")

    def head(self, size: int) -> bytes:
        """Return the first `size` bytes."""
        with self.open() as stream:
            return stream.read(size)


def _state(status: os.stat_result) -> tuple[int, ...]:
    """Return what changes when a file does."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
