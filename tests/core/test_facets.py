"""Values of a column and figures over it, against counting in Python and against the filter that they lead to."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import closing
from fractions import Fraction
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.conditions.written import joined, one_of
from core.errors import Cancelled, WrongUse
from core.query import facets
from core.query.facets import column_facets
from core.query.parameters import STATUS
from core.query.query import run_report
from core.query.request import ask
from core.query.statistics import column_statistics
from core.reports.catalogue import MY_ACCOUNTS, REPORTS
from core.views.view import ViewState
from tests.core.databases import fill
from tests.core.reports.accounts import DAYS, accounts_on
from tests.effort import examples

AS_OF = DAYS[0]
LISTS = [*(report for report in REPORTS if report.is_list), MY_ACCOUNTS]


def never():
    return False


def asked(report):
    return ask(report, AS_OF, status="O" if STATUS in report.parameters else None)


def values_of(database, request, key):
    with closing(database.read()) as connection:
        result = run_report(connection, request)
        place = [column.key for column in result.columns].index(key)
        return [row[place] for row in result.rows()]


def without_case(value):
    return value.casefold() if isinstance(value, str) else value


@examples(60)
@given(accounts_on(AS_OF), st.sampled_from(LISTS), st.data(), st.sampled_from([0, 3, 100_000]))
def test_each_value_leads_to_as_many_rows_as_it_says(accounts, report, data, held):
    column = data.draw(st.sampled_from(report.columns))
    with tempfile.TemporaryDirectory() as folder, patch.object(facets, "MOST_HELD", held):
        database, request = fill(folder, accounts), asked(report)
        values = values_of(database, request, column.key)
        found = column_facets(database, request, column.key, never)
        assert found.is_all
        counted = {without_case(facet.value): facet.rows for facet in found.listed}
        assert counted == Counter(map(without_case, values))
        assert {facet.value for facet in found.listed} <= set(values)
        assert [facet.rows for facet in found.listed] == sorted(counted.values(), reverse=True)
        for facet in found.listed:
            state = ViewState(where=(one_of(column, [facet.value]),))
            assert len(values_of(database, state.asked_of(request), column.key)) == facet.rows
        chosen = found.listed[1:4]
        if chosen:
            state = ViewState(where=(one_of(column, [facet.value for facet in chosen]),))
            rows = values_of(database, state.asked_of(request), column.key)
            assert len(rows) == sum(facet.rows for facet in chosen)


@examples(60)
@given(accounts_on(AS_OF), st.sampled_from(LISTS), st.data(), st.sampled_from([0, 100_000]))
def test_figures_are_those_of_python(accounts, report, data, held):
    column = data.draw(st.sampled_from(report.columns))
    with tempfile.TemporaryDirectory() as folder, patch.object(facets, "MOST_HELD", held):
        database, request = fill(folder, accounts), asked(report)
        values = values_of(database, request, column.key)
        found = column_statistics(database, request, column.key, never)
    known = [value for value in values if value is not None]
    assert (found.rows, found.known) == (len(values), len(known))
    assert found.distinct == len(set(map(without_case, known)))
    if not column.kind.is_text:
        assert (found.least, found.greatest) == (min(known, default=None), max(known, default=None))
    else:
        assert (found.least, found.greatest) == (None, None)
    if column.is_number:
        assert found.total == sum(known)
        assert found.mean == (Fraction(sum(known), len(known)) if known else None)
    else:
        assert found.mean is None
    counts = Counter(map(without_case, known))
    assert [facet.rows for facet in found.frequent] == [rows for _, rows in counts.most_common(5)]


def test_sums_are_exact_beyond_what_sqlite_can_add(database_of):
    huge = 10**18 - 1
    database = database_of(*({"list_size": huge} for _ in range(20)))
    found = column_statistics(database, asked(MY_ACCOUNTS), "list_size", never)
    assert found.total == 20 * huge
    assert found.mean == huge


def test_the_most_frequent_spelling_stands_for_the_others(database_of):
    database = database_of({"plan_type": "LITE"}, {"plan_type": "Lite"}, {"plan_type": "Lite"}, {})
    listed = column_facets(database, asked(MY_ACCOUNTS), "plan_type", never).listed
    assert listed == [("Lite", 3), (None, 1)]


def test_only_values_that_contain_a_text(database_of):
    database = database_of({"company": "Café Łódź"}, {"company": "Cafe"}, {"list_size": 1_250})
    request = asked(MY_ACCOUNTS)
    assert [f.value for f in column_facets(database, request, "company", never, "łó").listed] == ["Café Łódź"]
    assert [f.value for f in column_facets(database, request, "list_size", never, "1,25").listed] == [1250]


def test_more_values_than_are_listed(database_of, monkeypatch):
    monkeypatch.setattr(facets, "MOST_LISTED", 2)
    found = column_facets(database_of({}, {}, {}), asked(MY_ACCOUNTS), "account_id", never)
    assert [facet.value for facet in found.listed] == ["a001", "a002"]
    assert not found.is_all


@pytest.mark.parametrize("look", [column_facets, column_statistics])
def test_counting_stops_when_it_is_no_longer_wanted(database_of, look, monkeypatch):
    monkeypatch.setattr("core.work._STEPS_BETWEEN_LOOKS", 10)
    database = database_of(*({"company": f"c{n}"} for n in range(50)))
    with pytest.raises(Cancelled):
        look(database, asked(MY_ACCOUNTS), "company", lambda: True)


HOSTILE = ['say "no"', "' or 1=1 --", "a\nb", "in (", "[red]x[/]", "\x1b]0;x\x07", "today", "(not known)", "=1+1", ","]


def test_any_value_can_be_filtered_by(database_of):
    database = database_of(*({"company": text} for text in HOSTILE))
    company = next(column for column in MY_ACCOUNTS.columns if column.key == "company")
    request = asked(MY_ACCOUNTS)
    for text in HOSTILE:
        state = ViewState(where=(one_of(company, [text]),))
        assert values_of(database, state.asked_of(request), "company") == [text]
    both = ViewState(where=(one_of(company, HOSTILE[:3]), one_of(company, HOSTILE[2:])))
    assert values_of(database, both.asked_of(request), "company") == [HOSTILE[2]]
    again = ViewState(where=(joined(both.where),))
    assert values_of(database, again.asked_of(request), "company") == [HOSTILE[2]]


def test_a_value_that_no_condition_can_hold_is_said(database_of):
    company = next(column for column in MY_ACCOUNTS.columns if column.key == "company")
    with pytest.raises(WrongUse):
        ViewState(where=(one_of(company, ["a\0b"]),)).asked_of(asked(MY_ACCOUNTS))
