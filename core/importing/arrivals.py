"""How a file arrives: as it lies there, through standard input or a pipe, or packed in a zip or gzip file.

What cannot be read twice is put into a private file first, which goes with the reader (intake: Text).
"""

from __future__ import annotations

import gzip
import os
import select
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from core.errors import Step, WorkFailed
from core.importing.files import SourceFile
from core.importing.notes import Note
from core.scratch import scratch_folder

STANDARD_INPUT = Path("-")
STANDARD_INPUT_NAME = "standard input"
_PIECE = 1 << 20
_LARGEST = 2 << 30
"""Bytes that a packed or piped file may come to: ten times the largest list of accounts."""
_BETWEEN_LOOKS = 0.2
"""Seconds between two looks at whether a pipe is still waited for."""
_LISTS = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", ".htm", ".html", ".mht", ".mhtml", ".xml")
_NO_FILES = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")

_OF_DOCUMENTS = frozenset({"[content_types].xml", "mimetype", "index.zip", "workbook.xml"})
_IN_DOCUMENTS = ("xl/", "word/", "ppt/")

GoOn = Callable[[], None]


@contextmanager
def arrived(path: Path, go_on: GoOn = lambda: None) -> Iterator[tuple[SourceFile, list[Note]]]:
    """Give a file that can be read as often as needed, and what has to be said of how it came.

    Args:
        path: a file, a pipe, or `STANDARD_INPUT`.
        go_on: called now and then while a pipe is waited for; what it raises ends that.

    Raises:
        WorkFailed: it is not there or may not be read; or it is packed and cut off, or holds several lists or none.
    """
    with ExitStack() as stack:
        source = SourceFile(path) if path != STANDARD_INPUT and not _is_pipe(path) else _spooled(path, stack, go_on)
        notes: list[Note] = []
        for _ in range(2):  # a gzip file in a zip file
            packed = source.name
            inner = _unpacked(source, stack, go_on)
            if inner is None:
                break
            source = inner
            notes.append(Note("unpacked", f"{source.name} was read out of {packed}.", 1))
        yield source, notes


def shown_name(path: Path) -> str:
    """Return what a file is called in history and messages."""
    if path in (STANDARD_INPUT, Path("/dev/stdin")):
        return STANDARD_INPUT_NAME
    return "a pipe" if path.parts[:2] in (("/", "dev"), ("/", "proc")) else path.name


def _is_pipe(path: Path) -> bool:
    try:
        return stat.S_ISFIFO(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _spooled(path: Path, stack: ExitStack, go_on: GoOn) -> SourceFile:
    """Return what comes through a pipe as a private file."""
    if path == STANDARD_INPUT:
        descriptor = os.dup(0)
        if os.isatty(descriptor):
            os.close(descriptor)
            raise WorkFailed("Nothing comes through standard input.", Step.SEND_FILE())
    else:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    name = shown_name(path)
    with os.fdopen(descriptor, "rb", buffering=0) as pipe:
        return _private_copy(_pieces(pipe, name, go_on), name, stack)


def _pieces(pipe: IO[bytes], name: str, go_on: GoOn) -> Iterator[bytes]:
    """Yield what comes through a pipe, until it ends; one that nobody writes to has ended."""
    os.set_blocking(pipe.fileno(), False)
    try:
        yield from _pieces_of(pipe, name, go_on)
    finally:
        os.set_blocking(pipe.fileno(), True)  # others may have it open too


def _pieces_of(pipe: IO[bytes], name: str, go_on: GoOn) -> Iterator[bytes]:
    while True:
        try:
            piece = pipe.read(_PIECE)
            if piece is None:
                select.select([pipe], [], [], _BETWEEN_LOOKS)
        except OSError as error:
            raise WorkFailed(f"{name} cannot be read: {error.strerror}.") from error
        if piece == b"":
            return
        if piece:
            yield piece
        go_on()


def _private_copy(pieces: Iterator[bytes], name: str, stack: ExitStack) -> SourceFile:
    """Write pieces into a private file that is deleted with `stack`."""
    try:
        copy = stack.enter_context((stack.enter_context(scratch_folder()) / "import").open("wb"))
    except OSError as error:
        raise _no_copy(name, error) from error
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > _LARGEST:
            raise WorkFailed(f"{name} is larger than {_LARGEST >> 30} GB, as no list of accounts is.")
        try:
            copy.write(piece)
            copy.flush()
        except OSError as error:
            raise _no_copy(name, error) from error
    return SourceFile(Path(copy.name), name)


def _no_copy(name: str, error: OSError) -> WorkFailed:
    return WorkFailed(f"No copy of {name} can be kept: {error.strerror}.", "Free some space, or unpack it yourself.")


def _unpacked(source: SourceFile, stack: ExitStack, go_on: GoOn) -> SourceFile | None:
    """Return the list in a packed file; None where the file is none, or a workbook."""
    head = source.head(4)
    if head.startswith(b"\x1f\x8b"):
        return _private_copy(_gunzipped(source, go_on), source.name.removesuffix(".gz") or source.name, stack)
    if head.startswith(b"PK\x03\x04"):
        return _unzipped(source, stack, go_on)
    return None


def _gunzipped(source: SourceFile, go_on: GoOn) -> Iterator[bytes]:
    try:
        with source.open() as stream, gzip.open(stream) as inner:
            while piece := inner.read(_PIECE):
                go_on()
                yield piece
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(source) from error


def _unzipped(source: SourceFile, stack: ExitStack, go_on: GoOn) -> SourceFile | None:
    """Return the only list in a zip file; None where the file is a workbook, or holds no list at all."""
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            members = [member for member in archive.infolist() if _is_file(member)]
            names = {member.filename.replace("\\", "/").lstrip("/").lower() for member in members}
            if names & _OF_DOCUMENTS or any(name.endswith(".iwa") or name.startswith(_IN_DOCUMENTS) for name in names):
                return None  # a workbook, or a document that is named by its kind
            lists = [member for member in members if _is_list(member.filename)] or (
                members if len(members) == 1 else [one for one in members if one.filename.lower().endswith(".txt")]
            )
            if len(lists) != 1:
                raise _several(source, [member.filename for member in lists]) if lists else _none(source)
            if lists[0].flag_bits & 1:
                raise WorkFailed(f"{source.name} is protected by a password.", "Unpack it and import the list in it.")
            name = PurePosixPath(lists[0].filename.replace("\\", "/")).name
            with archive.open(lists[0]) as inner:
                return _private_copy(_inner_pieces(inner, go_on), name, stack)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise _damaged(source) from error


def _inner_pieces(inner: IO[bytes], go_on: GoOn) -> Iterator[bytes]:
    while piece := inner.read(_PIECE):
        go_on()
        yield piece


def _is_file(member: zipfile.ZipInfo) -> bool:
    name = member.filename.lower()
    return not member.is_dir() and not name.startswith("__macosx/") and not name.endswith(_NO_FILES)


def _is_list(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith(_LISTS)


def _damaged(source: SourceFile) -> WorkFailed:
    return WorkFailed(
        f"{source.name} is damaged: a packed file that seems to be cut off.", "Download or export it again."
    )


def _several(source: SourceFile, names: list[str]) -> WorkFailed:
    listed = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
    return WorkFailed(f"{source.name} holds several files: {listed}.", "Unpack it and import the ones you mean.")


def _none(source: SourceFile) -> WorkFailed:
    return WorkFailed(
        f"{source.name} is a zip archive without a list of accounts.", "Unpack it and look what is in it."
    )
