"""List sizes as they are typed."""

import pytest

from core.errors import WrongUse
from core.targets import SizeRange, Targets, parse_size


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


def test_targets_are_on_when_any_is():
    assert not Targets()
    assert all([Targets(no_list=True), Targets(list_size=parse_size("0")), Targets(never_logged_in=True)])
