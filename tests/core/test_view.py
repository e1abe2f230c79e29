"""How a person looks at a report: changed, undone, kept."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import WrongUse
from core.query.column_layout import ColumnLayout
from core.query.request import ask
from core.query.sorting import Sort, sorted_also_by, sorted_by
from core.reports.catalogue import MY_ACCOUNTS
from core.views.view import REMEMBERED_STEPS, ViewHistory, ViewState

AS_OF = date(2026, 3, 4)
STATE = ViewState(
    ("last_login_on < today-60", 'company = "a"'),
    (Sort("company", descending=True), Sort("list_size")),
    ColumnLayout(("list_size", "company"), frozenset({"email"}), {"company": 30}, 2),
)


def test_a_state_asks_anew_with_its_rows_and_order() -> None:
    request = ask(MY_ACCOUNTS, AS_OF, where=["list_size > 5"])
    asked = STATE.asked_of(request)
    assert asked == ask(MY_ACCOUNTS, AS_OF, where=STATE.where, sort=["company:desc", "list_size"])
    assert STATE.asked_of(asked) is asked
    with pytest.raises(WrongUse):
        ViewState(("gone = 1",)).asked_of(request)


def test_a_state_is_kept_whole() -> None:
    assert ViewState.from_json(STATE.to_json()) == STATE


def test_changes_are_undone_and_redone() -> None:
    first, second = ViewState(), ViewState(("list_size > 1",))
    history = ViewHistory(first).gone_on(second).gone_on(second).gone_on(STATE)
    assert history.undone().now == second
    assert history.undone().undone().now == first
    assert history.undone().undone().undone().now == first
    assert history.undone().undone().redone().redone().redone().now == STATE
    assert history.undone().gone_on(first).redone().now == first


def test_old_changes_are_forgotten() -> None:
    history = ViewHistory(ViewState())
    for number in range(REMEMBERED_STEPS + 50):
        history = history.gone_on(ViewState((f"list_size > {number}",)))
    assert len(history.before) == REMEMBERED_STEPS


def test_sorting_by_one_column_and_by_several() -> None:
    up, down = Sort("company"), Sort("company", descending=True)
    assert [sorted_by(sorts, "company") for sorts in ((), (up,), (down,), (Sort("email"), up))] == [
        *[(up,), (down,), (), (up,)]
    ]
    sorts = (Sort("email"),)
    for wanted in ((Sort("email"), up), (Sort("email"), down), (Sort("email"),)):
        sorts = sorted_also_by(sorts, "company")
        assert sorts == wanted
