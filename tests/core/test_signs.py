"""Signs and colours of words: each can be read, is told apart without colour, and belongs to a word that there is."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from core.reports.cancels_and_move_outs import CancelsAndMoveOuts
from core.reports.new_account_bonus_tracker import NewAccountBonusTracker
from core.text.signs import SIGNS, TONES, Tone, sign_of
from core.text.vocabulary import STATUS_WORDS
from tests.contrast import TEXT, contrast, rgb


@pytest.mark.parametrize("tone", Tone)
def test_every_colour_can_be_read(tone: Tone) -> None:
    colours = TONES[tone]
    assert contrast(rgb(colours.on_dark), rgb("#1c1c1c")) >= TEXT
    for paper in ("#ffffff", "#eeeeee"):
        assert contrast(rgb(colours.on_light), rgb(paper)) >= TEXT


def test_signs_are_one_cell_wide_and_no_emoji() -> None:
    signs = [sign.sign for words in SIGNS.values() for sign in words.values()]
    signs += [sign.sign for points in (3, 9) if (sign := sign_of("risk", points))]
    assert all(len(sign) == 1 and cell_len(sign) == 1 for sign in signs)
    assert not {"‼", "↩", "▶", "☎", "✔", "✖", "⚠"} & set(signs), "these are drawn as emoji by some terminals"


@pytest.mark.parametrize("column", ["status", "nab_status", "event"])
def test_words_of_a_column_are_told_apart_without_colour(column: str) -> None:
    signs = [sign.sign for sign in SIGNS[column].values()]
    assert len(set(signs)) == len(signs)


def test_every_word_that_the_reports_count_has_a_sign() -> None:
    assert set(SIGNS["status"]) == set(STATUS_WORDS.values())
    for report in (NewAccountBonusTracker, CancelsAndMoveOuts):
        column, words = report.counted
        assert set(words) <= set(SIGNS[column])


def test_what_is_not_listed_has_no_sign() -> None:
    assert sign_of("status", "Frozen") is None
    assert sign_of("company", "Open") is None
    assert sign_of("risk", None) is None
    assert sign_of("status", 3) is None
