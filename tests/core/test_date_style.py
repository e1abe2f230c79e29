"""How days are written for people; programs always get ISO."""

from collections.abc import Iterator
from datetime import date

import pytest

from core.conditions.grammar import parse
from core.conditions.tree import Comparison
from core.errors import WrongUse
from core.query.columns import Column
from core.query.kinds import DATE
from core.text.date_style import STYLES, date_style, in_style, shown_day, use_date_style

AS_WRITTEN = {
    "yyyy-mm-dd": "2026-04-03",
    "mm/dd/yyyy": "04/03/2026",
    "dd/mm/yyyy": "03/04/2026",
    "dd.mm.yyyy": "03.04.2026",
    "dd mon yyyy": "03 Apr 2026",
}


@pytest.fixture(autouse=True)
def _iso_again() -> Iterator[None]:
    yield
    use_date_style("")


@pytest.mark.parametrize(("word", "written"), AS_WRITTEN.items())
def test_a_day_is_written_in_the_style_that_holds_and_read_back(word: str, written: str) -> None:
    use_date_style(word.upper())
    assert shown_day("2026-04-03") == DATE.show("2026-04-03") == written
    assert DATE.shown(["2026-04-03", None]) == [written, ""]
    assert DATE.plain(["2026-04-03", None]) == ["2026-04-03", ""]
    assert DATE.read(written, "Created")[0] == DATE.searched(written) == "2026-04-03"
    condition = parse(f'created_on = "{written}"', [Column("created_on", "Created", DATE)], date(2026, 5, 1))
    assert isinstance(condition, Comparison)
    assert condition.operand.value == "2026-04-03"


@pytest.mark.parametrize(("word", "written"), AS_WRITTEN.items())
def test_what_is_shown_can_be_typed_back_as_it_stands(word: str, written: str) -> None:
    use_date_style(word)
    condition = parse(f"created_on >= {written}", [Column("created_on", "Created", DATE)], date(2026, 5, 1))
    assert isinstance(condition, Comparison)
    assert condition.operand.value == "2026-04-03"


def test_every_style_is_tried_here() -> None:
    assert set(AS_WRITTEN) == set(STYLES)


def test_days_in_our_sentences_and_nothing_else() -> None:
    use_date_style("mm/dd/yyyy")
    assert in_style("As known on 2026-04-03, until 2026-04-05.") == "As known on 04/03/2026, until 04/05/2026."
    assert in_style("Company is “2026-04-03”") == "Company is “2026-04-03”"
    fresh = "accounts-2026-04-03.csv, of 2026-04-03, imported 2026-04-03 09:12 UTC"
    assert in_style(fresh) == "accounts-2026-04-03.csv, of 04/03/2026, imported 04/03/2026 09:12 UTC"
    assert in_style("/home/me/2026-04-03/x and 2026-13-03") == "/home/me/2026-04-03/x and 2026-13-03"


def test_what_is_no_day_stays_as_it_is() -> None:
    use_date_style("dd.mm.yyyy")
    assert shown_day("<b>2026-04-03") == "<b>2026-04-03"
    assert DATE.show("Total") == "Total"


def test_an_unknown_style_is_said_and_the_one_that_held_goes_on() -> None:
    use_date_style("dd.mm.yyyy")
    with pytest.raises(WrongUse, match="no way to write dates"):
        use_date_style("d-m-y")
    assert date_style().word == "dd.mm.yyyy"
