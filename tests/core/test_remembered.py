"""What is remembered between two starts may be damaged, or impossible to keep: nothing depends on it (promise P6)."""

import pytest

from core.errors import WorkFailed
from core.import_folder import last_folder, remember_folder
from core.kept_figures import figures_for, keep_figures
from core.last_choices import last_csv_kind, load_choices, save_choices, save_csv_kind
from core.remembered import file_of, keep, recall, remember
from core.reports.catalogue import REPORTS
from core.views.kept_columns import keep_for_all, kept_for_all

pytestmark = pytest.mark.promise("P6")

NAMES = ("last-choices", "last-csv", "figures", "last-import", "columns")
DAMAGED = ["[" * 100_000, '{"a":' * 90_000, "[]", "[7]", "7", "null", '"x"', "{}", '{"folder": 7}', "[{}]", "{", "",
           "\0", '{"order": 7, "hidden": [], "widths": {}, "frozen": 0}', '{"report": "none"}', "[NaN]"]  # fmt: skip


@pytest.mark.parametrize("text", DAMAGED)
def test_what_is_damaged_was_never_there(text):
    for name in NAMES:
        file_of(name).parent.mkdir(parents=True, exist_ok=True)
        file_of(name).write_text(text, encoding="utf-8")
    assert load_choices().report == REPORTS[0].id
    assert last_csv_kind() == ("x" if text == '"x"' else "")
    assert last_folder().is_dir()
    assert figures_for("digest") is None
    assert kept_for_all() is None


def test_what_is_no_text_was_never_there():
    file_of("last-csv").parent.mkdir(parents=True, exist_ok=True)
    file_of("last-csv").write_bytes(b'"\xff"')
    assert recall("last-csv") is None


def test_what_cannot_be_kept_is_forgotten_unless_a_person_asked_for_it(tmp_path):
    file_of("x").parent.parent.mkdir(parents=True, exist_ok=True)
    file_of("x").parent.write_text("in the way")
    save_choices(load_choices())
    save_csv_kind("Plain")
    remember_folder(tmp_path / "a.csv")
    keep_figures("a.db", "digest", {})
    remember("x", 1)
    with pytest.raises(WorkFailed, match="cannot be kept"):
        keep("x", 1)
    with pytest.raises(WorkFailed, match="cannot be kept"):
        keep_for_all(None)
