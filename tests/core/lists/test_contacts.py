"""Who can be written to: addresses, lengths, and each address once."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from core.lists.contact import DUPLICATE, EXPORTED_BEFORE, NO_EMAIL, NOT_VALID, OTHER_SCRIPT, why_left_out
from core.lists.contacts import candidates, preview
from core.lists.exports import last_exports, recording
from core.lists.target_list import TargetList
from tui.cli.hint_words import hint_words

DAY = date(2026, 3, 4)
EVERYONE = TargetList("1", "Everyone", {"report": "all-accounts"})


@pytest.mark.parametrize(
    "email",
    ["a@example.com", "A.B+c@EXAMPLE.co.uk", "o'brien@ex-ample.com", "a@xn--bcher-kva.example", "=x@a.b1.io"],
)
def test_addresses_that_are_valid(email):
    assert why_left_out(email, None, "", 'Müller & Söhne, "GmbH"', "+49 30 1") is None


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        (None, NO_EMAIL),
        ("example.com", NOT_VALID),
        ("a@b@example.com", NOT_VALID),
        ("@example.com", NOT_VALID),
        ("a@", NOT_VALID),
        ("a@example", NOT_VALID),
        ("a@example.", NOT_VALID),
        ("a@.com", NOT_VALID),
        ("a@exa..com", NOT_VALID),
        ("a@-example.com", NOT_VALID),
        ("a@example.1", NOT_VALID),
        ("a b@example.com", NOT_VALID),
        ("a@example.com,b@example.com", NOT_VALID),
        ("Ann <a@example.com>", NOT_VALID),
        ('"a"@example.com', NOT_VALID),
        ("a\u00a0@example.com", NOT_VALID),
        ("ann@bücher.example", OTHER_SCRIPT),
        ("жук@пример.рф", OTHER_SCRIPT),
        ("a@example.com\n", "line ends or control characters in Email"),
        ("a\x00@example.com", "line ends or control characters in Email"),
        ("a" * 69 + "@example.com", "Email longer than 80 characters"),
    ],
)
def test_addresses_that_are_not(email, reason):
    assert why_left_out(email, None, None, None, None) == reason


@pytest.mark.parametrize(
    ("place", "title", "limit"), [(0, "First Name", 50), (1, "Last Name", 50), (2, "Company", 50), (3, "Phone", 25)]
)
def test_what_is_too_long_or_cannot_stand_in_a_line_is_left_out_and_not_cut(place, title, limit):
    def reason(text):
        return why_left_out("a" * 68 + "@example.com", *(text if n == place else None for n in range(4)))

    assert reason("ß" * limit) is None
    assert reason("x" * (limit + 1)) == f"{title} longer than {limit} characters"
    for unseen in ("\n", "\r", "\x00", "\x9b", "\u2028", "\ud800"):
        assert reason(f"a{unseen}b") == f"line ends or control characters in {title}"


def reasons(database, **asked):
    with closing(database.read()) as connection:
        blocks = candidates(connection, EVERYONE, DAY, **asked)
        return {one.account_id: one.reason for block in blocks for one in block}


def test_of_one_address_the_account_with_the_newest_activity_wins(database_of):
    database = database_of(
        {"email": "Ann@Example.com", "created_on": "2026-01-09"},
        {"email": "ann@example.com", "last_login_on": "2025-12-31", "created_on": "2020-01-01"},
        {"email": "ANN@example.com", "last_campaign_sent_on": "2026-01-10"},
        {"email": "ann@example.com", "last_login_on": "2026-02-01", "company": "x" * 51},
        {"email": "bob@example.com"},
        {"email": "BOB@example.com"},
    )
    assert reasons(database) == {
        "a001": DUPLICATE,
        "a002": DUPLICATE,
        "a003": None,
        "a004": "Company longer than 50 characters",
        "a005": None,
        "a006": DUPLICATE,
    }


def test_the_statement_adds_up(database_of):
    database = database_of(
        {"email": "a@example.com"}, {"email": "A@example.com"}, {}, {"email": "x"}, {"email": "b@example.com"}
    )
    with closing(database.read()) as connection:
        statement = preview(connection, EVERYONE, DAY)
    assert (statement.accounts, statement.contacts, statement.new) == (5, 2, 2)
    assert statement.left_out == {DUPLICATE: 1, NO_EMAIL: 1, NOT_VALID: 1}
    assert statement.lines(hint_words)[0] == "5 accounts in the list: 2 contacts to upload."
    assert statement.lines(hint_words)[1].startswith("Left out: 3 (")
    assert "consent" in statement.lines(hint_words)[-1]


def test_who_was_exported_from_a_list_is_known_for_that_list_alone(database_of):
    database = database_of({"email": "A@example.com"}, {"email": "b@example.com"}, {"email": "a@example.com"})
    with recording(database.path, EVERYONE) as record:
        record.add(["a@example.com"])
        assert reasons(database, new_only=True)["a001"] is None
        record.keep("web", "/tmp/x.csv", 1, 2)
    assert reasons(database, new_only=True) == {"a001": EXPORTED_BEFORE, "a002": None, "a003": DUPLICATE}
    with closing(database.read()) as connection:
        assert preview(connection, EVERYONE, DAY).exported_before == 1
        other = TargetList("2", "Other", EVERYONE.given)
        assert preview(connection, other, DAY).exported_before == 0
        (last,) = last_exports(connection).items()
        assert (last[0], last[1].contacts, last[1].left_out, last[1].path) == ("1", 1, 2, "/tmp/x.csv")
    with recording(database.path, EVERYONE) as record:
        record.add(["b@example.com"])
        record.keep("api", None, 1, 0)
    assert set(reasons(database, new_only=True).values()) == {EXPORTED_BEFORE, DUPLICATE}
