"""Where files are written unless asked otherwise, and what they are called."""

from __future__ import annotations

from pathlib import Path

from core.paths import written_path
from core.query.request import Request
from core.settings.settings import Settings
from exporters.export import file_name
from exporters.formats import Format


def default_folder(settings: Settings) -> Path:
    """Return where reports are written unless asked otherwise."""
    return written_path(settings.export_folder) if settings.export_folder else Path.cwd()


def default_name(request: Request, format_: Format) -> str:
    """Return the name of a report's file; see `core.query.file_stem`."""
    return file_name(request, format_)
