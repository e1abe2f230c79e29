"""Conditions as they are typed, run in SQL, against a second reading of the grammar in Python."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given

from core.query.query import run_report
from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS, find_report
from db.fields import FIELDS
from tests.core.conditions.written import TEXTS, conditions
from tests.core.databases import account, fill
from tests.core.reports import oracle
from tests.effort import examples

AS_OF = date(2026, 3, 31)
DETAILS = find_report("managed-account-details")
KEYS = [field.key for field in FIELDS]


def varied(number: int) -> dict[str, object]:
    """Return an account unlike the others, with gaps."""

    def pick(values, step):
        return values[(number * step + number // 3) % len(values)]

    days = [None, *((AS_OF + timedelta(ago)).isoformat() for ago in (-500, -96, -95, -90, -1, 0, 1, 95))]
    texts = [None, *(text for text in TEXTS if text)]
    return account(
        account_id=f"{'aB'[number % 2]}{number}",
        company=pick(texts, 1),
        first_name=pick(texts, 5),
        last_name=pick(texts, 7),
        relationship=pick(["managed", "managed", "referred", None], 1),
        status=pick(["O", "O", "T", "E", "C", "Single Bill", "Ünknown", None], 3),
        plan_type=pick([None, "Lite"], 1),
        list_size=pick([None, 0, 1, 94, 95, 500, 999, 1_000, 2_500], 2),
        campaigns_sent=pick([None, 0, 20], 1),
        last_login_on=pick(days, 2),
        cancelled_on=pick(days, 5),
        cancel_reason=pick(texts, 3),
    )


ACCOUNTS = [varied(number) for number in range(90)]


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    database = fill(tmp_path_factory.mktemp("accounts"), ACCOUNTS)
    with closing(database.read()) as connection:
        yield connection


def ids(connection, text, report=MY_ACCOUNTS, **asked):
    """Return the ids of the accounts that meet a condition."""
    if connection.in_transaction:
        connection.execute("COMMIT")
    result = run_report(connection, ask(report, AS_OF, where=[text], columns=["account_id"], **asked))
    return {row[0] for row in result.rows()}


@examples(200)
@given(conditions(MY_ACCOUNTS.columns, AS_OF))
def test_sql_agrees_with_the_meaning_of_any_condition(connection, written):
    text, meaning = written
    assert ids(connection, text) == {a["account_id"] for a in ACCOUNTS if meaning(oracle.shown(a)) is True}


@examples(100)
@given(conditions([column for column in DETAILS.columns if column.key == "contact"], AS_OF))
def test_sql_agrees_on_the_contact_which_is_two_fields(connection, written):
    text, meaning = written
    lines = oracle.managed_account_details(ACCOUNTS, AS_OF, "O")
    assert ids(connection, text, DETAILS, status="O") == {x["account_id"] for x in lines if meaning(x) is True}


@pytest.mark.parametrize(
    ("text", "companies"),
    [
        ("company = łódź", {"Łódź", "ŁÓDŹ"}),
        ("company = lodz", set()),  # comparing leaves out case alone, not accents
        ("company = STRASSE", {"straße", "STRASSE"}),
        ("company = straße", {"straße", "STRASSE"}),
        ("company ~ ss", {"straße", "STRASSE"}),
        ("company = σίσυφοσ", {"ΣΊΣΥΦΟΣ", "Σίσυφος"}),
        ("company = İSTANBUL", {"İstanbul"}),
        ("company ^ i", {"İstanbul", "istanbul"}),
        ("company = ISTANBUL", {"istanbul"}),
        ("company = 'O''BRIEN & SONS'", {"O'Brien & Sons"}),
        ('company = "o\'brien & sons"', {"O'Brien & Sons"}),
        ('company = "the ""quote"" ltd"', {'The "Quote" Ltd'}),
        ("company ~ %", {"100%_x"}),
        ("company ^ 100_", set()),
        ("company ~ acme", {"acme", "ACME Inc"}),
        ("COMPANY In (Acme, 'かがみ')", {"acme", "かがみ"}),
        ("company between aa and ae", {"acme", "ACME Inc"}),
    ],
)
def test_text_compares_without_case_in_every_script(connection, text, companies):
    found = ids(connection, text)
    assert {a["company"] for a in ACCOUNTS if a["account_id"] in found} == companies


@pytest.mark.parametrize(
    "value",
    ["x') OR 1=1 --", "; DROP TABLE accounts", "' OR ''='", '" OR 1=1 OR "', ":as_of", "{0}", "%", "_", "\\"],
)
@pytest.mark.parametrize("operator", ["=", "~", "^", "in"])
def test_a_value_is_never_sql(connection, value, operator):
    typed = "'" + value.replace("'", "''") + "'"
    expected = {
        "=": lambda text: text == value.casefold(),
        "in": lambda text: text == value.casefold(),
        "~": lambda text: value.casefold() in text,
        "^": lambda text: text.startswith(value.casefold()),
    }[operator]
    found = ids(connection, f"company in ({typed})" if operator == "in" else f"company {operator} {typed}")
    known = [a for a in ACCOUNTS if a["company"] is not None]
    assert found == {a["account_id"] for a in known if expected(a["company"].casefold())}


@pytest.mark.parametrize(
    "text",
    [
        "list_size = 5",
        "list_size != 5",
        "not (list_size = 5)",
        "list_size not in (5)",
        "list_size in (5, 6)",
        "list_size between 0 and 999999",
        "not (list_size between 5 and 6)",
        "list_size ~ ''",
    ],
)
def test_an_unknown_value_meets_no_comparison_nor_its_contrary(connection, text):
    unknown = {a["account_id"] for a in ACCOUNTS if a["list_size"] is None}
    assert not ids(connection, text) & unknown
    assert ids(connection, "list_size is empty") == unknown
    assert ids(connection, "not (list_size is not empty)") == unknown


@pytest.mark.parametrize(
    "text",
    [
        " or ".join(["company = a"] * 300),
        " and ".join(["company = a"] * 300),
        "not (" * 9 + "company = a" + ")" * 9,
        "(company = a or " * 19 + "company = b" + ")" * 19,
        "(company = a and not list_size in (1, 2) or " * 15 + "company = b" + ")" * 15,
        "company in (" + ", ".join(["x"] * 6_000) + ")",
        "list_size in (" + ",".join(map(str, range(3_000))) + ")",
        "company = '" + "x" * 19_900 + "'",
        f"list_size < {10**18 - 1}",
        'list_size > "-999,999,999,999,999,999"',
    ],
)
def test_sqlite_takes_the_longest_and_deepest_that_the_grammar_takes(connection, text):
    ids(connection, text)
