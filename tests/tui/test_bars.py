"""Bars and sparklines."""

from __future__ import annotations

from tui.bars import bar, sparkline


def test_bar_shows_both_parts_however_small() -> None:
    assert bar(5, 5, 10, 10) == "█████░░░░░"
    assert bar(100, 1, 101, 10) == "█████████░"
    assert bar(0, 0, 0, 10) == ""


def test_sparkline_is_highest_at_the_greatest_and_blank_at_none() -> None:
    assert sparkline([8, 4, 1, 0]) == "█▄▁ "
    assert sparkline([0, 0]) == "  "
