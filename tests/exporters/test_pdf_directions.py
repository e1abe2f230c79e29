"""In which order text of both directions is drawn, judged by another implementation of Unicode's algorithm."""

import bidi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.pdf.bidi import Run, embedding_levels, visual_order, visual_runs
from tests.effort import examples

ALPHABET = "abאבגجدé 1٢.,+-$%()[]{}<>\u3008\u3009\u0301!/:#\u05b0漢"
"""A letter, number, mark, bracket or sign of each kind that the algorithm tells apart."""


def visual(line: str) -> str:
    """Return the characters in the order in which they are drawn."""
    return "".join(line[place] for place in visual_order(embedding_levels(line)))


@pytest.mark.parametrize(
    ("line", "drawn"),
    [
        ("Łódź 12 (Ελλάδα)", "Łódź 12 (Ελλάδα)"),
        ("ABC (שלום) 123-456", "ABC (םולש) 123-456"),
        ("5.5% שלום", "םולש 5.5%"),
        ("$100 שלום", "םולש $100"),
        ("שלום 12", "12 םולש"),
        ("Café שלום 12", "Café 12 םולש"),
        ("אב 1,234 ג", "ג 1,234 בא"),
        ("שלום  ", "  םולש"),
    ],
)
def test_known_lines(line: str, drawn: str) -> None:
    assert visual(line) == drawn


@examples(1_000)
@given(st.text(ALPHABET, max_size=14))
def test_every_line_is_drawn_as_the_other_implementation_draws_it(line: str) -> None:
    assert visual(line) == bidi.get_display(line)


@given(st.text(max_size=20))
def test_runs_hold_every_character_once(line: str) -> None:
    assert sorted("".join(run.text for run in visual_runs(line))) == sorted(line)


def test_runs_are_whole_and_know_their_direction() -> None:
    assert visual_runs("ABC (שלום) 12") == [Run("ABC (", False), Run("שלום", True), Run(") ", False), Run("12", False)]
