"""The chart of All Accounts Summary: where its bars and labels stand in the page's SVG."""

from __future__ import annotations

from dataclasses import dataclass

from core.query.result import Result

LEFT, LONGEST = 112, 540
"""Where bars begin and how long the longest is, in the units of the SVG."""
BAR, STEP, BETWEEN = 16, 19, 14
"""How high a bar is, how far it is to the next, and what is blank between two statuses."""
_KINDS = ("managed", "referred", "unknown")


@dataclass(frozen=True, slots=True)
class Bar:
    """The accounts of one kind and status. It says both its number and its kind: it is read without colours."""

    kind: str
    y: int
    width: float
    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one status."""

    status: str
    y: float
    """The middle."""
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Chart:
    """Groups from top to bottom."""

    groups: list[Group]
    left: int
    bar: int
    height: int


def chart_of(result: Result) -> Chart | None:
    """Return the chart of All Accounts Summary without its Total row; None for other reports and other columns."""
    places = {column.key: place for place, column in enumerate(result.columns)}
    kinds = [kind for kind in _KINDS if kind in places]
    if result.report_id != "all-accounts-summary" or "status" not in places or not kinds:
        return None
    counts = {
        str(row[places["status"]]): {kind: int(row[places[kind]] or 0) for kind in kinds} for row in result.rows()
    }
    counts.pop("Total", None)
    scale = LONGEST / max([1, *(number for numbers in counts.values() for number in numbers.values())])
    words = {kind: result.columns[places[kind]].title.lower() for kind in kinds}
    height = len(kinds) * STEP + BETWEEN
    groups = [
        _group(status, numbers, words, place * height, scale) for place, (status, numbers) in enumerate(counts.items())
    ]
    return Chart(groups, LEFT, BAR, max(0, len(groups) * height - BETWEEN))


def _group(status: str, numbers: dict[str, int], words: dict[str, str], top: int, scale: float) -> Group:
    """Return the bars of a status, the first one at `top`."""
    bars = [
        Bar(kind, top + place * STEP, round(number * scale, 1), f"{number:,}", words[kind])
        for place, (kind, number) in enumerate(numbers.items())
    ]
    return Group(status, top + (len(bars) * STEP - (STEP - BAR)) / 2, bars)
