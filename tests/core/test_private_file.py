"""What the program keeps of its own is for its owner alone, and never half written."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from core.private_file import write_private

pytestmark = pytest.mark.promise("P5")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_file_and_every_folder_made_for_it_are_private(tmp_path: Path) -> None:
    file = tmp_path / "share" / "partner-tui" / "choices.json"
    write_private(file, "old")
    write_private(file, "Łódź")
    assert file.read_text("utf-8") == "Łódź"
    assert _mode(file) == 0o600
    assert _mode(file.parent) == _mode(file.parent.parent) == 0o700


def test_old_file_stays_where_the_new_one_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kept"
    write_private(file, "old")

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_room)
    with pytest.raises(OSError, match="No space"):
        write_private(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
