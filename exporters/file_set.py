"""Several files that appear together, whole, or not at all (promise P3)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from core.private_file import sweep
from exporters.atomic import NO_HARD_LINKS, check_target, fault_of, made_durable, open_part, publish
from exporters.pending_sets import PlannedFile, note_set


class FileSet:
    """Files on their way. Leaving its block by an exception takes back all of them, and puts older ones back.

    Whoever replaces older files keeps them beside until the end, so there must be room for both. An older file is
    kept as NAME.before-…; should the process be killed, the next start puts it back (see `pending_sets`).
    """

    def __init__(self, *, force: bool, may_replace: Callable[[Path], bool] = lambda _: False) -> None:
        """Begin; `force` lets existing files be replaced, `may_replace` some of them."""
        self._force = force
        self._may_replace = may_replace
        self._parts: dict[BinaryIO, Path] = {}
        self._published: list[Path] = []
        self._kept: dict[Path, Path] = {}
        self._note: Path | None = None

    def open(self, target: Path) -> BinaryIO:
        """Return a new file beside `target`, which gets its name by `publish`.

        Raises:
            WorkFailed: nothing can be written there.
        """
        try:
            sweep(target.parent)
            part, out = open_part(target.parent)
        except OSError as error:
            raise fault_of(target, error) from error
        self._parts[out] = part
        return out

    def publish(self, named: Sequence[tuple[BinaryIO, Path]]) -> list[str]:
        """Give all files their names, and return notes on what the disk did not confirm.

        Raises:
            WorkFailed: one cannot be written, or exists and `force` is not set.
        """
        for out, target in named:
            check_target(target, force=self._replaces(target))
            try:
                out.flush()
                os.fsync(out.fileno())
                out.close()
            except OSError as error:
                raise fault_of(target, error) from error
        self._write_note(named)
        for out, target in named:
            try:
                self._keep_old(target)
                publish(self._parts[out], target, force=self._replaces(target))
            except OSError as error:
                raise fault_of(target, error) from error
            self._published.append(target)
        return [note for folder in dict.fromkeys(target.parent for _, target in named) for note in made_durable(folder)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is not None:
            self._take_back()
        for out, part in self._parts.items():
            with suppress(OSError):  # what a full disk did not take is not wanted any more
                out.close()
            with suppress(OSError):  # the next start sweeps it
                part.unlink(missing_ok=True)
        with suppress(OSError):  # while the note stands, the next start goes on here
            for kept in self._kept.values():
                kept.unlink(missing_ok=True)
            if self._note is not None:
                self._note.unlink(missing_ok=True)

    def _replaces(self, target: Path) -> bool:
        return self._force or self._may_replace(target)

    def _write_note(self, named: Sequence[tuple[BinaryIO, Path]]) -> None:
        """Write down what is about to be put in place, for the start after a kill; one new file needs no such note."""
        for _, target in named:
            if self._replaces(target) and os.path.lexists(target):
                self._kept[target] = target.with_name(f"{target.name}.before-{os.urandom(3).hex()}")
        if len(named) < 2 and not self._kept:
            return
        planned = []
        for out, target in named:
            found = self._parts[out].stat()
            planned.append(PlannedFile(target.absolute(), (found.st_dev, found.st_ino), self._kept_of(target)))
        try:
            self._note = note_set(planned)
        except OSError as error:
            raise fault_of(named[0][1], error) from error

    def _kept_of(self, target: Path) -> Path | None:
        kept = self._kept.get(target)
        return None if kept is None else kept.absolute()

    def _keep_old(self, target: Path) -> None:
        """Give an older file, which is about to be replaced, a second name for the way back."""
        if kept := self._kept.get(target):
            try:
                os.link(target, kept, follow_symlinks=False)
            except OSError as error:
                if error.errno not in NO_HARD_LINKS:
                    raise
                shutil.copy2(target, kept, follow_symlinks=False)  # a file system without hard links

    def _take_back(self) -> None:
        for target in reversed(self._published):
            kept = self._kept.pop(target, None)
            with suppress(OSError):  # what cannot be put back stays under its other name
                if kept and os.path.lexists(kept):
                    kept.replace(target)
                else:
                    target.unlink(missing_ok=True)
