"""What may be typed as a condition, and how what may not be is pointed out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.conditions.grammar import MAX_LENGTH, ConditionFault, parse
from core.conditions.sentence import to_sentence
from core.conditions.sql import to_sql
from core.conditions.tree import Between, Comparison, Empty, Junction, Not, OneOf, all_of, columns_of
from core.errors import WrongUse
from core.query.columns import columns_like
from core.reports.catalogue import MY_ACCOUNTS, REPORTS
from tests.core.conditions.written import TEXTS, conditions
from tests.effort import examples

AS_OF = date(2026, 3, 31)
COLUMNS = MY_ACCOUNTS.columns
DEPARTURES = REPORTS[3].columns
TREES = Comparison | Between | OneOf | Empty | Not | Junction


def read(text, columns=COLUMNS):
    return to_sentence(parse(text, columns, AS_OF))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("list_size >= 500", "List Size is at least 500"),
        ("List Size>=2500", "List Size is at least 2,500"),
        ('list_size < "1,000,000"', "List Size is below 1,000,000"),
        ("list_size != -1", "List Size is not -1"),
        ("last login < today-60", "Last Login is before 60 days ago (2026-01-30)"),
        ("LAST_LOGIN_ON <= Today", "Last Login is on or before today (2026-03-31)"),
        ("last_login_on > today + 1", "Last Login is after 1 day ahead (2026-04-01)"),
        ("last_login_on >= 2024-02-29", "Last Login is on or after 2024-02-29"),
        ("last_login_on is empty", "Last Login is not known"),
        ("last_login_on IS NOT EMPTY", "Last Login is known"),
        ("status = t", "Status is “Trial”"),
        ("status in (o, 'trial end', \"Single Bill\")", "Status is one of “Open”, “Expired Trial”, “Single Bill”"),
        ("status not in (C)", "Status is none of “Canceled”"),
        ("account type = unmanaged", "Account Type is “Referred”"),
        ("company ~ 'a b'", "Company contains “a b”"),
        ("company ^ O'Brien", "Company begins with “O'Brien”"),
        ("'Last Name' = x", "Last Name is “x”"),
        ("company = ''", "Company is “”"),
        ("list size between 500 and 2500 and status = O", "List Size is from 500 to 2,500 and Status is “Open”"),
        ("company=a or company=b and company=c", "Company is “a” or (Company is “b” and Company is “c”)"),
        ("(company=a or company=b) and company=c", "(Company is “a” or Company is “b”) and Company is “c”"),
        ("not company=a and company=b", "not (Company is “a”) and Company is “b”"),
        ("not (company=a or not not username=b)", "not (Company is “a” or not (not (Username is “b”)))"),
        ("company = and and company = or", "Company is “and” and Company is “or”"),
        ("plan = Standard", "Plan Type is “Standard”"),
        ("list > 1,000", "List Size is above 1,000"),
        ("last_login > 11/20/2026", "Last Login is after 2026-11-20"),
        ("initial upgrade >= Mar 4, 2026", "Initial Upgrade Date is on or after 2026-03-04"),
        ("account_type = managed", "Account Type is “Managed”"),
        ("size >= 5 and mail ~ @x", "List Size is at least 5 and Email contains “@x”"),
        ("created > 31.03.2026 10:15 and plan=x", "Created is after 2026-03-31 and Plan Type is “x”"),
        ("company contains bakery", "Company contains “bakery”"),
        ("company begins with B or company starts with C", "Company begins with “B” or Company begins with “C”"),
        ("company does not contain bakery", "not (Company contains “bakery”)"),
        ("last_campaign_sent_on < 30 days ago", "Last Campaign Sent is before 30 days ago (2026-03-01)"),
        ("created = yesterday", "Created is 1 day ago (2026-03-30)"),
        ("created >= 2 weeks ago", "Created is on or after 14 days ago (2026-03-17)"),
        ("created = last 30 days", "Created is from 2026-03-01 to 2026-03-31"),
        ("created in the last 2 weeks", "Created is from 2026-03-17 to 2026-03-31"),
        ("created this week", "Created is from 2026-03-30 to 2026-04-05"),
        ("created in last week", "Created is from 2026-03-23 to 2026-03-29"),
        ("created not in last month", "not (Created is from 2026-02-01 to 2026-02-28)"),
        ("created != this month", "not (Created is from 2026-03-01 to 2026-03-31)"),
        ("created < this month", "Created is before 2026-03-01"),
        ("created > last week", "Created is after 2026-03-29"),
        ("created between last month and today", "Created is from 2026-02-01 to today (2026-03-31)"),
        ("list_size in (1,000, 5)", "List Size is one of 1, 0, 5"),
        ("status = expired trial and plan=x", "Status is “Expired Trial” and Plan Type is “x”"),
        ("status in (Trial - Active, closed)", "Status is one of “Trial”, “Canceled”"),
        ("list_size is not known or company is known", "List Size is not known or Company is known"),
        ("company is “a b”", "Company is “a b”"),
        ("list_size <> 5 and list_size == 6", "List Size is not 5 and List Size is 6"),
        ("company=a\n\tor\ncompany=b", "Company is “a” or Company is “b”"),
    ],
)
def test_a_condition_reads_back_as_a_sentence(text, sentence):
    assert read(text) == sentence


def test_titles_differ_from_report_to_report():
    assert read("date > today-7 and Days Ago < 7", DEPARTURES) == (
        "Date is after 7 days ago (2026-03-24) and Days Ago is below 7"
    )


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("", 0, "a column is missing"),
        ("   ", 3, "a column is missing"),
        ("compny = a", 0, "no column 'compny'"),
        ("company = a and compny = b", 16, "no column 'compny'"),
        ("'no such' = a", 0, "no column 'no such'"),
        ("company", 7, "a comparison is missing behind company"),
        ("company =", 9, "a value is missing"),
        ("company => a", 9, "a value is missing"),
        ("company = a\0b", 11, "bytes that are no text"),
        ("company = Acme Inc", 15, "something is left over"),
        ("company = 'Acme", 10, "a quote is not closed"),
        ("company is", 10, "a value is missing"),
        ("company not empty", 12, "goes on with in"),
        ("company in a", 11, "'(' is missing"),
        ("company in ()", 12, "a value is missing"),
        ("company in (a", 13, "')' is missing"),
        ("(company = a", 12, "')' is missing"),
        ("company = a)", 11, "something is left over"),
        ("company = a and", 15, "a column is missing"),
        ("list_size > many", 12, "no whole number"),
        ("list_size > 1.5", 12, "no whole number"),
        ('list_size > "1,00"', 12, "no whole number"),
        ('list_size > "1,000,000,000,000,000,000"', 12, "no whole number"),
        ("list_size between 1", 19, "between needs two values"),
        ("last_login_on < 2026-02-29", 16, "no date"),
        ("last_login_on < today-9999999", 21, "something is left over"),
        ("list_size > 1,00", 13, "something is left over"),
        ("list_size in (1,000", 19, "')' is missing"),
        ("last > 5", 0, "'last' may be"),
        ("status = open, plan = standard", 13, "something is left over"),
        ("created in 5", 11, "'(' is missing"),
        ("last_login_on is from today", 27, "from needs two values"),
        ("created > 99999 days ago and x = 1", 29, "no column 'x'"),
        ("last_login_on > today+99999 and last_login_on > today-90000 and x = 1", 64, "no column 'x'"),
        ("company = \udcff", 10, "bytes that are no text"),
        (" or ".join(["company = a"] * 301), 4_500, "too many comparisons"),
        ("(" * 21 + "company = a" + ")" * 21, 20, "too many brackets"),
    ],
)
def test_a_fault_points_at_its_place(text, at, words):
    with pytest.raises(ConditionFault) as raised:
        parse(text, COLUMNS, AS_OF)
    assert words in raised.value.message
    assert raised.value.at == at


def test_a_day_out_of_reach_is_pointed_at():
    with pytest.raises(ConditionFault, match="out of reach") as raised:
        parse("last_login_on < today-9999", COLUMNS, date(20, 1, 1))
    assert raised.value.at == 16


def test_a_paste_by_mistake_is_refused():
    with pytest.raises(WrongUse, match="20,001 characters"):
        parse("x" * (MAX_LENGTH + 1), COLUMNS, AS_OF)


@examples(200)
@given(conditions(COLUMNS, AS_OF))
def test_what_is_well_written_is_read_and_said(written):
    condition = parse(written[0], COLUMNS, AS_OF)
    assert to_sentence(condition)
    assert columns_of(condition)


TOKENS = [
    *(
        "company",
        "list_size",
        "last login",
        "status",
        "and",
        "or",
        "not",
        "is",
        "empty",
        "in",
        "between",
        "(",
        ")",
        ",",
    ),
    *(
        "=",
        "!=",
        "<=",
        "~",
        "^",
        "'",
        '"',
        "today",
        "today-60",
        "500",
        "2026-03-31",
        " ",
        "\n",
        "\x00",
        "é",
        "ﬁrst_name",
    ),
    *TEXTS,
]


@examples(400)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(TOKENS), max_size=25).map(" ".join)))
def test_any_text_is_a_condition_or_wrong_use(text):
    found = read_or_fault(text)
    if isinstance(found, ConditionFault):
        assert 0 <= found.at <= len(text)
        assert found.message
    else:
        assert isinstance(found, TREES)
        to_sql(found, MY_ACCOUNTS.folded, {})
        to_sentence(found)


def read_or_fault(text):
    try:
        return parse(text, COLUMNS, AS_OF)
    except ConditionFault as fault:
        return fault


def test_several_conditions_are_joined_by_and():
    one, two = parse("company = a", COLUMNS, AS_OF), parse("company = b", COLUMNS, AS_OF)
    assert all_of([]) is None
    assert all_of([one]) is one
    assert all_of([one, two]) == Junction("and", (one, two))


@examples(300)
@given(conditions(COLUMNS, AS_OF))
def test_a_sentence_is_read_back_as_the_condition_that_it_says(written):
    condition = parse(written[0], COLUMNS, AS_OF)
    assert parse(to_sentence(condition), COLUMNS, AS_OF) == condition


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_a_part_that_only_one_column_has_means_it(column):
    for name in (column.key, column.title):
        for end in range(1, len(name) + 1):
            begun = name[:end].replace("_", " ").strip()
            meant = columns_like(COLUMNS, begun)
            assert column in meant or any(begun.casefold() in (c.key, c.title.casefold()) for c in meant)
            if meant == [column] and begun.casefold().split()[-1] not in ("in", "is", "not"):
                assert read(f"{begun} is empty") == f"{column.title} is not known"
