"""The arithmetic of what is on the screen: the cursor is always in sight, and no line has more than its room."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.query.columns import Column
from tui.widgets.row_source import ListedRows
from tui.widgets.table.model import TableModel
from tui.widgets.table.windows import FROZEN_GAP, GAP, ColumnWindow, RowWindow

counts = st.one_of(st.integers(0, 60), st.just(1_000_000))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("moved_to"), st.integers(-5, 1_000_005)),
        st.tuples(st.sampled_from(["shifted", "scrolled"]), st.integers(-60, 60)),
        st.tuples(st.just("resized"), st.integers(-1, 60)),
        st.tuples(st.just("counted"), counts),
    ),
    max_size=20,
)


@given(steps=steps, count=counts)
def test_the_cursor_is_in_the_window_and_the_window_over_the_rows(steps: list[tuple[str, int]], count: int) -> None:
    window = RowWindow().counted(count)
    for change, number in steps:
        window = getattr(window, change)(number)
        assert window.height >= 1
        assert 0 <= window.top <= max(window.count - window.height, 0)
        assert window.top <= window.cursor < window.top + window.height
        assert 0 <= window.cursor <= max(window.count - 1, 0)
        assert window.stop - window.top == min(window.height, window.count)


def test_moving_inside_the_window_does_not_scroll() -> None:
    window = RowWindow(count=100, height=10, top=20, cursor=20)
    assert [window.moved_to(row).top for row in (20, 25, 29)] == [20, 20, 20]


def test_leaving_the_window_by_a_row_jumps_half_a_page() -> None:
    window = RowWindow(count=100, height=10, top=20, cursor=29)
    assert window.moved_to(30) == replace(window, top=25, cursor=30)
    assert window.moved_to(19) == replace(window, top=14, cursor=19)


def test_the_last_page_is_full() -> None:
    assert RowWindow(count=1_000_000, height=47).moved_to(999_999).top == 999_953


def test_paging_keeps_the_cursors_line_and_comes_back() -> None:
    window = RowWindow(count=100, height=10, top=20, cursor=23)
    assert window.shifted(10) == replace(window, top=30, cursor=33)
    assert window.shifted(10).shifted(-10) == window


def test_scrolling_leaves_the_cursor_until_its_row_goes() -> None:
    window = RowWindow(count=100, height=10, top=20, cursor=23)
    assert window.scrolled(3).cursor == 23
    assert window.scrolled(5).cursor == 25
    assert window.scrolled(-9).cursor == 20


windows = st.builds(
    ColumnWindow,
    widths=st.lists(st.integers(1, 64), min_size=1, max_size=20).map(tuple),
    frozen=st.integers(0, 4),
    room=st.integers(1, 200),
    left=st.integers(0, 20),
)


@given(window=windows, moves=st.lists(st.integers(-1, 21), min_size=1, max_size=8))
def test_the_cursors_column_is_in_sight(window: ColumnWindow, moves: list[int]) -> None:
    for column in moves:
        window = window.moved_to(column)
        seen = {span.column: span for span in window.spans}
        span = seen[window.cursor]
        assert span.width == window.widths[window.cursor] or span.x + span.width == window.room
        starts_the_scrolled_part = window.cursor == max(window.left, window.held)
        assert span.width == window.widths[window.cursor] or starts_the_scrolled_part


@given(window=windows, column=st.integers(0, 19))
def test_columns_stand_side_by_side_within_the_room(window: ColumnWindow, column: int) -> None:
    window = window.moved_to(column)
    spans = window.spans
    assert spans[0].x == 0
    assert spans[-1].x + spans[-1].width <= window.room
    for place, (before, after) in enumerate(pairwise(spans), start=1):
        gap = FROZEN_GAP if place == window.held else GAP
        assert after.x == before.x + before.width + gap
    assert all(window.at(x) == span.column for span in spans for x in range(span.x, span.x + span.width))


@given(window=windows)
def test_every_column_can_be_reached_and_the_signs_say_where_there_is_more(window: ColumnWindow) -> None:
    last = window.moved_to(len(window.widths) - 1)
    assert last.spans[-1].column == len(window.widths) - 1
    first = last.at_start()
    assert first.spans[0].column == 0
    for reached in (last, first):
        hidden = len(window.widths) > len(reached.spans)
        assert reached.more_right or reached.more_left or not hidden
    assert not first.more_left


def test_frozen_columns_give_way_where_they_would_leave_too_little_room() -> None:
    widths = (12, 20, 20)
    assert ColumnWindow(widths, frozen=1, room=40).held == 1
    assert ColumnWindow(widths, frozen=1, room=18).held == 0


def test_a_frozen_column_is_reached_without_scrolling_back() -> None:
    window = ColumnWindow(widths=(10,) * 20, frozen=1, room=60).moved_to(12)
    assert window.moved_to(0).left == window.left
    assert window.at_start().left <= 1


def test_no_columns_show_nothing() -> None:
    window = ColumnWindow().moved_to(3)
    assert window.spans == []
    assert window.at(5) is None
    assert not window.more_right


def test_a_column_gone_to_before_there_is_room_is_found_where_it_would_be_with_it() -> None:
    columns = [Column(f"c{n}", f"Column {n}") for n in range(20)]

    def gone_to(number: int, *, before: bool) -> ColumnWindow:
        model = TableModel()
        model.show(ListedRows(columns, [("x",) * 20]), (), keep_cursor=False)
        if not before:
            model.resize(60, 20)
        model.across = model.across.moved_to(number)
        if before:
            model.resize(60, 20)
        return model.across

    for number in range(20):
        assert gone_to(number, before=True) == gone_to(number, before=False)
