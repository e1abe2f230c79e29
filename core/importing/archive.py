"""A look into a zipped workbook before anything is unpacked (faults B1, B4)."""

from __future__ import annotations

import zipfile

from core.errors import WorkFailed
from core.importing.files import SourceFile

MEMBER_LIMIT = 1_000
SIZE_LIMIT = 4 << 30
"""Bytes of all members together."""
RATIO_LIMIT = 200
"""How many times smaller than its content a large workbook may be: sheets come to 5 to 50."""
_LARGE = 50 << 20


def check_archive(source: SourceFile) -> None:
    """Refuse a workbook that would unpack to more than a list of accounts can be.

    Raises:
        WorkFailed: it has too many members, or they are too large.
    """
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise WorkFailed(f"{source.name} is damaged: it cannot be opened as a workbook.") from error
    if any(member.flag_bits & 1 for member in members):
        raise WorkFailed(f"{source.name} is protected by a password.", "Take the password off and import it again.")
    size = sum(member.file_size for member in members)
    if len(members) > MEMBER_LIMIT or size > SIZE_LIMIT or (size > _LARGE and size > RATIO_LIMIT * source.size):
        raise WorkFailed(
            f"{source.name} was not opened: it would unpack to {size / 1e6:,.0f} MB in {len(members):,} parts, "
            "as no list of accounts does.",
            "Save the list alone as a new workbook or as CSV.",
        )
