"""The chart of All Accounts Summary: where its bars and labels stand in the page's SVG."""

from __future__ import annotations

from dataclasses import dataclass

from core.result import Result

LEFT, LONGEST, STEP = 112, 340, 34
"""Where bars begin, how long the longest is and how far apart they are, in the units of the SVG."""
_KINDS = ("managed", "referred", "unknown")


@dataclass(frozen=True, slots=True)
class Part:
    """The accounts of one kind in a bar."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The accounts of one status."""

    status: str
    y: int
    end: float
    total: str
    split: str
    """How many are of each kind, in words: the chart is read without its colours."""
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from top to bottom, and what they are made of."""

    bars: list[Bar]
    kinds: dict[str, str]
    """Title by key."""
    left: int
    height: int


def chart_of(result: Result) -> Chart | None:
    """Return the chart of All Accounts Summary without its Total row; None for other reports and other columns."""
    places = {column.key: place for place, column in enumerate(result.columns)}
    kinds = [kind for kind in _KINDS if kind in places]
    if result.report_id != "all-accounts-summary" or "status" not in places or not kinds:
        return None
    counts = {str(row[places["status"]]): [int(row[places[kind]] or 0) for kind in kinds] for row in result.rows()}
    counts.pop("Total", None)
    scale = LONGEST / max([1, *map(sum, counts.values())])
    titles = {kind: result.columns[places[kind]].title for kind in kinds}
    bars = [
        _bar(status, numbers, titles, place * STEP, scale) for place, (status, numbers) in enumerate(counts.items())
    ]
    return Chart(bars, titles, LEFT, len(bars) * STEP)


def _bar(status: str, numbers: list[int], titles: dict[str, str], y: int, scale: float) -> Bar:
    parts = []
    x = float(LEFT)
    for kind, number in zip(titles, numbers, strict=True):
        width = round(number * scale, 1)
        if number:
            parts.append(Part(kind, round(x, 1), width))
        x += width
    words = [f"{number:,} {title.lower()}" for title, number in zip(titles.values(), numbers, strict=True) if number]
    return Bar(status, y, round(x, 1), f"{sum(numbers):,}", " · ".join(words), parts)
