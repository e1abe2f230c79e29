"""List sizes as they are typed."""

import pytest

from core.errors import WrongUse
from core.query.list_filters import LIST_SIZE, NEVER_SENT, NO_LIST, SizeRange, parse_size
from core.query.parameters import STATUS, CountParameter, DayParameter
from core.reports.catalogue import PARAMETERS


@pytest.mark.parametrize(
    ("text", "low", "high", "back", "words"),
    [
        ("500-2500", 500, 2_500, "500-2500", "500 to 2,500"),
        ("500–2500", 500, 2_500, "500-2500", "500 to 2,500"),
        ("500-", 500, None, "500-", "500 or more"),
        ("-2500", None, 2_500, "-2500", "2,500 or fewer"),
        (" 500 ", 500, 500, "500", "500"),
        ("0", 0, 0, "0", "0"),
        ("-0", None, 0, "-0", "0 or fewer"),
        ("500-500", 500, 500, "500", "500"),
        ("9" * 18, 10**18 - 1, 10**18 - 1, "9" * 18, "999,999,999,999,999,999"),
    ],
)
def test_a_size_is_a_range(text, low, high, back, words):
    size = parse_size(text)
    assert size == SizeRange(low, high)
    assert (str(size), size.words()) == (back, words)
    assert parse_size(str(size)) == size


@pytest.mark.parametrize("text", ["", "-", "a", "1.5", "1-2-3", "--5", "500 2500", "9" * 19, "1,000", "+5"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(WrongUse, match="is no list size"):
        parse_size(text)


def test_a_range_that_runs_backwards_is_refused():
    with pytest.raises(WrongUse, match="Did you mean 500-2500"):
        parse_size("2500-500")


SINCE = DayParameter(name="since", title="Since", help="From this day on.", metavar="DAY")
MONTHS = CountParameter(
    name="months", title="Months", help="So many months.", metavar="N", least=1, greatest=60, unit="month"
)


@pytest.mark.parametrize(
    ("parameter", "text", "words", "written"),
    [
        (STATUS, "E", "Expired Trial", "E"),
        (NO_LIST, "True", "no list", True),
        (LIST_SIZE, "500-", "a list of 500 or more", "500-"),
        (NEVER_SENT, "True", "never sent a campaign", True),
        (SINCE, "2026-03-04", "2026-03-04", "2026-03-04"),
        (MONTHS, "13", "13 months", 13),
        (MONTHS, " 1 ", "1 month", 1),
    ],
)
def test_a_parameter_is_said_and_read_back_as_the_same(parameter, text, words, written):
    value = parameter.read(text)
    assert parameter.words(value) == words
    assert parameter.written(value) == written
    assert parameter.read(str(parameter.written(value))) == value


@pytest.mark.parametrize(
    ("parameter", "text", "words"),
    [
        (STATUS, "o", "Did you mean O"),
        (LIST_SIZE, "big", "is no list size"),
        (SINCE, "3/4/2026", "is no day"),
        (MONTHS, "0", "from 1 to 60"),
        (MONTHS, "61", "from 1 to 60"),
        (MONTHS, "1.5", "from 1 to 60"),
        (MONTHS, "9" * 30, "from 1 to 60"),
        (MONTHS, "١", "from 1 to 60"),
    ],
)
def test_what_a_parameter_cannot_be_is_refused(parameter, text, words):
    with pytest.raises(WrongUse) as raised:
        parameter.read(text)
    assert words in str(raised.value)


def test_every_parameter_of_a_report_has_its_option_and_its_words():
    assert len({parameter.name for parameter in PARAMETERS}) == len(PARAMETERS)
    for parameter in PARAMETERS:
        assert parameter.title
        assert parameter.help.endswith(".")
        assert parameter.is_switch == (not parameter.metavar)
        assert parameter.option == "--" + parameter.name.replace("_", "-")
