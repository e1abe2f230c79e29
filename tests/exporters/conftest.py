"""Results to write, and golden files to compare with, for the tests of every format.

`pytest tests/exporters --update-golden` writes the golden files anew; read the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from core.query.columns import Bar, Column, Row
from core.query.kinds import DATE, ID, NUMBER
from core.query.result import Freshness, Result
from core.reports.all_accounts_summary import AllAccountsSummary
from exporters.export_options import Job

GOLDEN = Path(__file__).parents[1] / "golden"
AS_OF = date(2026, 3, 4)
MADE_AT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)

COLUMNS = (
    Column("account_id", "Account ID", ID),
    Column("username", "Username"),
    Column("company", "Company"),
    Column("contact", "Contact"),
    Column("email", "Email"),
    Column("phone", "Phone", is_unbroken=True),
    Column("status", "Status", has_badges=True),
    Column("plan_type", "Plan Type"),
    Column("list_size", "List Size", NUMBER),
    Column("first_payment_on", "First Payment Date", DATE),
    Column("last_login_on", "Last Login", DATE),
    Column("last_campaign_sent_on", "Last Campaign Sent", DATE),
    Column("campaigns_sent", "Campaigns Sent", NUMBER),
    Column("created_on", "Created", DATE),
)
"""Those of Managed Account Details."""

LONG_TEXT = "A very long company name that goes on and on, " * 20 + "to its end"

MIXED_ROWS: tuple[Row, ...] = (
    ("a0001", "zoe", "Zoë’s “Café”", "Zoë Łukasz", "zoe@example.com", "+1 (555) 010-0100", "Open", "Standard",
     1234567, "2024-02-29", "2026-03-01", "2026-02-14", 12, "2023-12-31"),
    ("00123", "mueller", "Müller & Söhne <GmbH>", "Jürgen Müller", "j@example.com", "+49 30 5550100", "Open", "Lite",
     0, "2025-01-02", None, None, 0, "2025-01-01"),
    ("12345678901234567890", "tokyo", "株式会社サンプル", "山田 太郎", "yamada@example.com", "03-5550-0100", "Trial",
     None, 250, None, "2026-02-28", None, None, "2026-02-01"),
    ("1E5", "ivan", "ООО «Ромашка»", "Иван Петров", None, None, "Expired Trial", "Premium", 99, "2021-07-01",
     "2021-08-01", "2021-08-02", 3, "2021-06-15"),
    ("=cmd|' /C calc'!A0", "formula", "=1+1", "@SUM(A1)", "-2+3", "-5", "Canceled", "+Plus", 5, None, None, None, 1,
     None),
    ("a0006", "arabic", "شركة المثال", "محمد علي", "m@example.com", "+966 11 555 0100", "Disabled - balance due",
     "Email Plus", 4096, "2022-11-30", None, None, 7, "2022-11-01"),
    ("a0007", "greek", "Καφενείο \"Ο Ήλιος\"", "Ελένη\r\nΠαπαδοπούλου", "e@example.com", None, "Open", "Core", 42,
     "2024-05-05", None, None, 2, "2024-05-01"),
    ("a0008", "script", "<script>alert(1)</script>", "[@click=app.quit]x[/] {{ 7*7 }}", "x@example.com", None, "Open",
     "A,B;C\tD", 1, None, None, None, None, None),
    ("a0009", "emoji", "🎉 Party 👩‍👩‍👧 Co", "Smith <smith@example.com>", None, None, None, None, None, None, None,
     None, None, None),
    ("a0010", "long", LONG_TEXT, "x" * 300, None, None, "Open", None, None, None, None, None, None, None),
    ("a0011", None, None, None, None, None, None, None, None, None, None, None, None, None),
)  # fmt: skip
"""Scripts, formulas, markup, line ends, long texts and unknown values."""

MakeResult = Callable[..., Result]


def _blocks_of(rows: Sequence[Row], size: int = 1000) -> Iterator[list[Row]]:
    for start in range(0, len(rows), size):
        yield list(rows[start : start + size])


def generated_rows(count: int) -> Iterator[list[Row]]:
    """Yield `count` plain rows in the shape of `COLUMNS`, in blocks, without holding them."""
    for start in range(0, count, 1000):
        yield [
            (
                f"a{number:07}",
                f"user{number}",
                f"Company {number % 977} of {number}",
                f"First{number % 89} Last{number % 499}",
                f"user{number}@example.com",
                f"(555) 010-{number % 10000:04}",
                ("Open", "Trial", "Expired Trial", "Canceled")[number % 4],
                ("Lite", "Standard", "Premium")[number % 3],
                number * 7 % 50000,
                f"20{10 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}",
                None if number % 3 else "2026-02-03",
                None if number % 5 else "2026-01-31",
                number % 400,
                f"2009-{1 + number % 12:02}-{1 + number % 28:02}",
            )
            for number in range(start, min(start + 1000, count))
        ]


@pytest.fixture(scope="session")
def make_result() -> MakeResult:
    """Return a maker of results: of `rows`, of `n` generated rows, else of the mixed sample; any field can be named."""

    def make(rows: Sequence[Row] | None = None, *, n: int | None = None, **fields: Any) -> Result:
        given = MIXED_ROWS if rows is None else rows
        settings: dict[str, Any] = {
            "report_id": "managed-account-details",
            "title": "Managed Account Details",
            "as_of": AS_OF,
            "columns": COLUMNS,
            "row_count": len(given) if n is None else n,
            "blocks": (lambda: _blocks_of(given)) if n is None else (lambda: generated_rows(n)),
            "parameters": {"status": "O"},
            "asked": [("Status", "Open")],
            "totals": [("List Size", 1_240_307)],
            "notes": ["Last login is not known for 9 of 11 accounts: was the column ever imported?"],
            "file_stem": "managed-account-details-O-2026-03-04",
            "freshness": Freshness("accounts.csv", date(2026, 3, 2), datetime(2026, 3, 3, 17, 5, tzinfo=UTC)),
        }
        return Result(**(settings | fields))

    return make


@pytest.fixture
def summary_result(make_result: MakeResult) -> Result:
    """Return an All Accounts Summary, with its row Other, its column Unknown and its Total row."""
    return make_result(
        [
            ("Open", 2810, 640, 3, 3453),
            ("Trial", 320, 410, 0, 730),
            ("Expired Trial", 150, 295, 0, 445),
            ("Canceled", 240, 118, 1, 359),
            ("Other", 9, 4, 0, 13),
            ("Total", 3529, 1467, 4, 5000),
        ],
        report_id="all-accounts-summary",
        title="All Accounts Summary",
        columns=(
            Column("status", "Status"),
            Column("managed", "Managed", NUMBER),
            Column("referred", "Referred", NUMBER),
            Column("unknown", "Unknown", NUMBER),
            Column("total", "Total", NUMBER),
        ),
        parameters={},
        asked=(),
        totals=(),
        notes=["13 accounts have a status of another name."],
        is_list=False,
        look=AllAccountsSummary.look,
        file_stem="all-accounts-summary-2026-03-04",
    )


@pytest.fixture
def tracker_result(make_result: MakeResult) -> Result:
    """Return a New Account Bonus Tracker: upgraded today, near its bonus, earned, and lost."""
    return make_result(
        [
            ("a0001", "Rossi Auto Repair", "Pending", "2026-03-04", 0, 95, "2026-06-07"),
            ("a0002", "Muñoz Bygg AB", "Pending", "2025-12-18", 76, 19, "2026-03-23"),
            ("a0003", "Café Muñoz", "Earned", "2025-11-29", 95, 0, "2026-03-04"),
            ("a0004", "Long Photography", "Lost", "2026-01-03", 60, None, None),
        ],
        report_id="new-account-bonus-tracker",
        title="New Account Bonus Tracker",
        columns=(
            Column("account_id", "Account ID", ID),
            Column("company", "Company"),
            Column("nab_status", "NAB Status", has_badges=True),
            Column("initial_upgrade_on", "Initial Upgrade Date", DATE),
            Column("days_since_upgrade", "Days Since Upgrade", NUMBER),
            Column("days_to_go", "Days To Go", NUMBER, bar=Bar(95)),
            Column("bonus_on", "Bonus Date", DATE),
        ),
        parameters={},
        asked=(),
        totals=[("Earned", 1), ("Pending", 2), ("Lost", 1)],
        notes=(),
    )


@pytest.fixture(scope="session")
def job() -> Job:
    """Return a job made at a fixed moment."""
    return Job(made_at=MADE_AT)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Return a check that bytes equal tests/golden/NAME; with --update-golden they are written there instead."""

    def check(name: str, data: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden", default=False):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        assert path.read_bytes() == data, f"{name} differs; if that is meant, run pytest with --update-golden"

    return check


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files of the exporters anew")
