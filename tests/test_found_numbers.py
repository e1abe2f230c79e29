"""The table of what was found at the door, by numbers (intake-found: B public reports, F collections), and its tests.

Most tests bear the numbers in their names. What has nothing to do with reading files is listed here.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NUMBERS = [*(f"b{number:02}" for number in range(1, 41)), *(f"f{number}" for number in range(1, 21)), "f10b"]
ELSEWHERE = {
    "b31": ["tui/test_input_filter.py::test_sequence_cut_in_two_is_no_typing"],
    "b32": ["tui/test_input_filter.py::test_paste_is_marked_once_and_no_key_is_in_it"],
    "b33": ["ssh/test_dropped_line.py::test_suspended_and_brought_back_it_is_drawn_again"],
    "b34": ["tui/test_tried_keys.py::test_letters_of_another_layout_are_told_of"],
    "b35": ["tui/widgets/test_report_table.py::test_every_script_leaves_the_columns_beside_it_in_line"],
    "b36": ["db/test_filesystem.py::test_what_several_machines_see_is_no_local_disk"],
    "b37": ["exporters/test_pdf_fonts.py::test_postscript_outlines_of_a_variable_collection_are_drawn"],
    "b38": ["exporters/test_pdf_fonts.py::test_text_is_shaped_by_its_script"],
    "b39": ["exporters/test_csv_file.py::test_another_delimiter_parts_fields_and_guards_inside_texts"],
    "b40": [
        "exporters/test_csv_file.py::test_for_excel_what_it_would_take_for_a_number_is_kept_whole",
        "exporters/test_xls_file.py::test_telephone_numbers_are_text_and_whole",
    ],
}


def functions_in(file: Path) -> list[str]:
    """Return the names of the tests that a file holds."""
    parts = ast.walk(ast.parse(file.read_text("utf-8")))
    functions = (part for part in parts if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef))
    return [function.name for function in functions if function.name.startswith("test_")]


@pytest.mark.parametrize("number", NUMBERS)
def test_what_was_found_has_a_test(number: str) -> None:
    listed = [name.partition("::") for name in ELSEWHERE.get(number, [])]
    assert all(function in functions_in(TESTS / file) for file, _, function in listed)
    names = functions_in(TESTS / "core" / "importing" / "test_intake_found.py")
    assert listed or any(re.search(rf"_{number}_", name) for name in names)
