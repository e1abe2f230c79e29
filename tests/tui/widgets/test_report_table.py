"""The table as a person meets it: what is on the screen, what keys and the mouse do, and what the page is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pyte
import pytest
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.message import Message
from textual.pilot import Pilot

from core.query.columns import Column, Row
from core.query.kinds import DATE, ID, NUMBER
from core.query.sorting import Sort
from tui.commands.bindings import bindings
from tui.widgets.report_table import ReportTable
from tui.widgets.row_source import ListedRows, RowSource
from tui.widgets.table.messages import CursorMoved, RowOpened, SortRequested

pytestmark = pytest.mark.usefixtures("every_frame")

COLUMNS = (
    Column("account_id", "Account ID", ID),
    Column("username", "Username"),
    Column("company", "Company"),
    Column("email", "Email"),
    Column("status", "Status"),
    Column("list_size", "List Size", NUMBER),
    Column("first_payment_on", "First Payment Date", DATE),
    Column("last_campaign_sent_on", "Last Campaign Sent", DATE),
)
PLACES = {column.key: place for place, column in enumerate(COLUMNS)}


@dataclass
class ManyAccounts:
    """A source that makes up its rows, and remembers the most it was asked for at once."""

    row_count: int = 1_000_000
    columns: tuple[Column, ...] = COLUMNS
    most_asked_for: int = field(default=0)

    def rows(self, start: int, stop: int) -> list[Row]:
        self.most_asked_for = max(self.most_asked_for, stop - start)
        return [self.row(position) for position in range(start, min(stop, self.row_count))]

    def row(self, position: int) -> Row:
        paid = None if position % 3 else f"2024-{position % 12 + 1:02}-{position % 28 + 1:02}"
        return (
            f"a07e{position:08}",
            f"user{position}",
            f"Bakery No. {position}",
            f"user{position}@example.com",
            "Open",
            position * 7919 % 200_000,
            paid,
            None,
        )


class KeyedTable(ReportTable):
    BINDINGS = bindings("table")


class TableApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield KeyedTable()

    def on_mount(self) -> None:
        self.query_one(ReportTable).focus()

    def on_cursor_moved(self, message: CursorMoved) -> None:
        self.told.append(message)

    def on_row_opened(self, message: RowOpened) -> None:
        self.told.append(message)

    def on_sort_requested(self, message: SortRequested) -> None:
        self.told.append(message)


@asynccontextmanager
async def table_of(source: RowSource, size: tuple[int, int] = (80, 24)) -> Iterator[tuple[ReportTable, Pilot[None]]]:
    app = TableApp()
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        table = app.query_one(ReportTable)
        table.show(source)
        await pilot.pause()
        yield table, pilot


async def resized(table: ReportTable, pilot: Pilot[None], width: int, height: int) -> None:
    """Give the terminal another size, and wait until the table has it."""
    await pilot.resize_terminal(width, height)
    while table.size != (width, height):
        await pilot.pause()


def lines(table: ReportTable) -> list[str]:
    return [strip.text for strip in table.render_lines(table.size.region)]


def named(*companies: str) -> ListedRows:
    """Return rows that differ in their companies."""
    row = ManyAccounts().row
    place = PLACES["company"]
    return ListedRows(COLUMNS, [(*row(n)[:place], text, *row(n)[place + 1 :]) for n, text in enumerate(companies)])


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_the_first_screen(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with table_of(ManyAccounts(), size) as (table, _):
        assert "\n".join(lines(table)) == snapshot


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_the_last_row_and_column(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with table_of(ManyAccounts(), size) as (table, pilot):
        table.mark_rows(lambda position: position % 10 == 0)
        await pilot.press("G", "dollar_sign")
        assert "\n".join(lines(table)) == snapshot


async def test_a_million_rows_are_never_read_but_by_the_screenful() -> None:
    source = ManyAccounts()
    async with table_of(source, (160, 50)) as (table, pilot):
        await pilot.press("end", "pageup", "home", "pagedown")
        table.move_to(734_111)
        assert table.current_row == source.row(734_111)
        assert source.most_asked_for <= 128


@pytest.mark.parametrize(
    ("keys", "row", "column"),
    [
        (["down", "j", "up", "k", "j"], 1, "account_id"),
        (["pagedown"], 23, "account_id"),
        (["ctrl+d"], 11, "account_id"),
        (["pagedown", "ctrl+d", "ctrl+u", "pageup"], 0, "account_id"),
        (["G"], 999_999, "account_id"),
        (["end", "down"], 999_999, "account_id"),
        (["G", "g", "up"], 0, "account_id"),
        (["l", "right", "h"], 0, "username"),
        (["dollar_sign", "l"], 0, "last_campaign_sent_on"),
        (["dollar_sign", "0", "h"], 0, "account_id"),
    ],
)
async def test_keys(keys: list[str], row: int, column: str) -> None:
    async with table_of(ManyAccounts()) as (table, pilot):
        await pilot.press(*keys)
        assert (table.cursor_row, table.cursor_column) == (row, column)


async def test_the_page_is_told_of_each_place_once() -> None:
    async with table_of(ManyAccounts()) as (table, pilot):
        told = pilot.app.told
        told.clear()
        await pilot.press("down", "right", "up", "up", "enter")
        places = [(m.row, m.column) for m in told if isinstance(m, CursorMoved)]
        assert places == [(1, "account_id"), (1, "username"), (0, "username")]
        assert [m.row for m in told if isinstance(m, RowOpened)] == [0]
        assert all(message.control is table for message in told)


async def test_the_mouse() -> None:
    async with table_of(ManyAccounts()) as (table, pilot):
        await pilot.click(ReportTable, offset=(20, 5))
        assert (table.cursor_row, table.cursor_column) == (4, "username")
        await pilot.click(ReportTable, offset=(32, 7), times=2)
        assert (table.cursor_row, table.cursor_column) == (6, "company")
        await pilot.click(ReportTable, offset=(20, 0))
        await pilot.click(ReportTable, offset=(32, 0), shift=True)
        told = pilot.app.told
        assert [m.row for m in told if isinstance(m, RowOpened)] == [6]
        sorts = [(m.column, m.add) for m in told if isinstance(m, SortRequested)]
        assert sorts == [("username", False), ("company", True)]


async def test_the_wheel_keeps_the_cursor_on_the_screen() -> None:
    async with table_of(ManyAccounts()) as (table, pilot):
        for _ in range(2):
            table.post_message(MouseScrollDown(table, 5, 5, 0, 1, 0, shift=False, meta=False, ctrl=False))
        await pilot.pause()
        assert table.cursor_row == 6
        assert "user6 " in lines(table)[1]


async def test_an_empty_source_shows_headings_alone() -> None:
    async with table_of(ListedRows(COLUMNS)) as (table, pilot):
        await pilot.press("down", "G", "pagedown", "right", "enter", "g")
        assert lines(table)[0].split()[0] == "Account"
        assert lines(table)[1].split()[0] == "ID"
        assert not "".join(lines(table)[2:]).strip()
        assert table.current_row is None
        assert not [m for m in pilot.app.told if isinstance(m, RowOpened)]


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (3, 2), (300, 100)])
async def test_any_size_holds_every_line_to_its_width(size: tuple[int, int]) -> None:
    async with table_of(ManyAccounts(500)) as (table, pilot):
        table.mark_rows(lambda position: True)
        await pilot.press("G")
        await resized(table, pilot, *size)
        await pilot.press("down", "l", "pageup", "dollar_sign", "up", "0")
        assert {cell_len(line) for line in lines(table)} == {size[0]}
        await resized(table, pilot, 80, 24)
        assert table.cursor_row < 500
        assert {cell_len(line) for line in lines(table)} == {80}


async def test_sorted_columns_show_arrows_and_their_order_if_several() -> None:
    async with table_of(ManyAccounts()) as (table, _):
        table.show(table.source, sorts=[Sort("company", descending=True)])
        assert "Company▼ " in lines(table)[0]
        table.show(table.source, sorts=[Sort("status"), Sort("company", descending=True)], keep_cursor=True)
        assert "Company▼2" in lines(table)[0]


async def test_what_is_current_is_seen_without_colour() -> None:
    async with table_of(ManyAccounts()) as (table, pilot):
        await pilot.press("down", "right")
        heading, _, row, *_ = table.render_lines(table.size.region)
        assert row.text.startswith("►")
        assert [s.text.strip() for s in heading if s.style and s.style.reverse] == ["Username"]
        assert [s.text.strip() for s in row if s.style and s.style.underline] == ["user1"]


async def test_lines_have_few_segments() -> None:
    async with table_of(ManyAccounts(), (160, 50)) as (table, pilot):
        await pilot.press("down", "right")
        counts = [len(list(strip)) for strip in table.render_lines(table.size.region)]
        assert (counts[0], counts[2]) == (3, 3)
        assert {*counts[3:]} == {1}


async def test_search_hits_are_marked_wherever_they_are_seen() -> None:
    async with table_of(named("Blue Bakery", "The BLUE Lagoon", "Ärzte", "x" * 60 + "blue")) as (table, _):
        table.highlight("blue")

        def hits() -> list[list[str]]:
            strips = table.render_lines(table.size.region)[1:]
            return [[s.text.strip() for s in strip if s.style and s.style.reverse] for strip in strips]

        assert hits()[:4] == [["Blue"], ["BLUE"], [], ["x" * 39 + "…"]]
        table.highlight("ärz")
        assert hits()[2] == ["Ärz"]
        table.highlight("")
        assert not any(hits())


async def test_marks_take_room_only_when_rows_can_be_marked() -> None:
    async with table_of(ManyAccounts()) as (table, _):
        assert lines(table)[2].startswith(" a07e00000001")
        table.mark_rows({1}.__contains__)
        assert [line[:7] for line in lines(table)[1:4]] == ["►  a07e", " ● a07e", "   a07e"]
        table.mark_rows(None)
        assert lines(table)[2].startswith(" a07e00000001")


async def test_columns_are_resized_hidden_moved_and_frozen() -> None:
    async with table_of(ManyAccounts(), (160, 24)) as (table, pilot):
        await pilot.press("right", "right")
        table.column_layout = table.column_layout.with_width("company", 30)
        assert table.column_width("company") == 30
        layout = table.column_layout
        table.column_layout = layout.with_hidden("username").with_moved("company", -1, COLUMNS).with_frozen(2)
        assert lines(table)[0].split() == [
            *["Company", "Account", "ID", "│", "Email", "Status", "List", "Size"],
            *["First", "Payment", "Date", "Last", "Campaign", "Sent"],
        ]
        assert table.cursor_column == "company"
        table.column_layout = layout
        assert lines(table)[0].split()[3] == "Username"


async def test_another_source_keeps_the_cursor_if_asked_to() -> None:
    async with table_of(ManyAccounts()) as (table, _):
        table.move_to(500, "email")
        table.show(ManyAccounts(400), keep_cursor=True)
        assert (table.cursor_row, table.cursor_column) == (399, "email")
        table.show(ManyAccounts())
        assert (table.cursor_row, table.cursor_column) == (0, "email")


HOSTILE = [
    "\x1b]0;owned\x07\x1b[2J",
    "\x9b31mred",
    "[@click=app.wipe]x[/]",
    "[red]not markup[/red]",
    "a\nb\rc\td",
    "\u202egnp.exe",
    "\x00\x7f",
]


async def test_hostile_text_is_shown_and_never_acts() -> None:
    async with table_of(named(*HOSTILE), (160, 24)) as (table, pilot):
        strips = table.render_lines(table.size.region)
        for strip in strips:
            assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in strip.text)
            assert all(not (segment.style and segment.style.meta) for segment in strip)
        texts = [strip.text for strip in strips]
        assert "[@click=app.wipe]x[/]" in texts[3]
        assert "[red]not markup[/red]" in texts[4]
        assert "a b c d" in texts[5]
        await pilot.click(ReportTable, offset=(35, 3))


SCRIPTS = [
    "plain",
    "東京の会社",
    "cafe\u0301",
    "👨\u200d👩\u200d👧 family",
    "🇩🇪 flag",
    "❤\ufe0f heart",
    "👍🏽 tone",
    "شركة النور",
    "בְּרֵאשִׁית",
    "नमस्ते दुनिया",
    "สวัสดี",
    "한국 회사",
    "zero\u200bwidth\u2060",
    "soft\u00adhyphen",
    "東京の会社" * 9,
    "👨\u200d👩\u200d👧" * 30,
]


class Terminal(pyte.Screen):
    """A screen that puts marks on the character before them, also those that pyte stumbles over."""

    def draw(self, data: str) -> None:
        super().draw("".join(char for char in data if cell_len(char)))


async def test_every_script_leaves_the_columns_beside_it_in_line() -> None:
    async with table_of(named(*SCRIPTS), (120, 24)) as (table, _):
        terminal = Terminal(120, 24)
        terminal.set_mode(pyte.modes.LNM)
        stream = pyte.Stream(terminal)
        console = Console(force_terminal=True, color_system="truecolor")
        stream.feed("\n".join(strip.render(console) for strip in table.render_lines(table.size.region)))
        start = _column_start(table, "email")
        for y, script in enumerate(SCRIPTS, start=2):
            row = terminal.buffer[y]
            assert "".join(row[start + x].data for x in range(4)) == "user", script
            assert row[start - 1].data == " "


def _column_start(table: ReportTable, key: str) -> int:
    line = lines(table)[1]
    return line.index({column.key: column.title for column in COLUMNS}[key])


async def test_titles_take_two_lines_where_that_shows_more_columns() -> None:
    dates = [Column(f"d{n}", f"Last Campaign Sent {n}", DATE) for n in range(6)]
    source = ListedRows([COLUMNS[0], *dates], [("a1", *["2026-03-04"] * 6)])
    async with table_of(source, (80, 24)) as (table, pilot):
        assert lines(table)[0].split()[:4] == ["Account", "│", "Last", "Campaign"]
        assert lines(table)[1].split()[:4] == ["ID", "│", "Sent", "0"]
        assert lines(table)[2].count("2026-03-04") == 4
        assert table.page_rows == 22
        await resized(table, pilot, 200, 24)
        assert "Last Campaign Sent 5" in lines(table)[0]
        assert lines(table)[1].count("2026-03-04") == 6
        assert table.page_rows == 23


async def test_only_the_lines_that_change_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with table_of(ManyAccounts()) as (table, _):
        painted: list[int] = []
        refresh: Callable[..., ReportTable] = table.refresh

        def spy(*regions: object, **options: bool) -> ReportTable:
            painted.extend(region.y for region in regions)
            painted.extend([] if regions else range(24))
            return refresh(*regions, **options)

        monkeypatch.setattr(table, "refresh", spy)
        for act, expected in (
            (table.action_cursor_down, [1, 2]),
            (table.action_column_right, [0, 2]),
            (table.action_half_page_down, [*range(1, 24)]),
        ):
            painted.clear()
            act()
            assert painted == expected
