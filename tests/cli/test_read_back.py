"""Every file of ours that holds accounts is read back to the same accounts (domain: Where the accounts come from)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.paths import settings_file
from tests.cli.running import run

pytestmark = pytest.mark.promise("P4")

ACCOUNTS = """\
Account ID,Username,Company,First Name,Last Name,Email,Phone,Account Type,Status,Plan Type,List Size,Created,First Payment Date,\
Initial Upgrade Date,Last Login,Last Campaign Sent,Campaigns Sent,Canceled On,Cancel Reason,Moved Out On,Moved To,NAB Status
00123,mill,"Müller & Söhne, <GmbH>",Mary Ann,Lee,mary@example.com,+1 (555) 010-0100,Managed,Open,Lite,1234,2024-01-02,2024-02-01,\
2024-02-01,2026-03-01,2026-02-01,12,,,,,Eligible
a-2,oak,'=1+1,Jo,"Reed, Jr.",jo@example.com,'-5,Referred,Open,Core,0,2026-01-02,2026-02-01,2026-02-01,,,0,,,,,
a-3,ash,Total Care,,Cher,,,Managed,Canceled,Standard,99,2023-01-01,2023-02-01,2023-02-01,,,,2026-03-01,Poor Results,2026-03-05,Other,
a-4,elm,山田製パン,Bo,,bo@example.com,,Managed,Trial,,,2026-02-02,,,,,,,,,,
a-5,yew,Yew,Al,Old,,,Managed,Expired Trial,,7,2025-02-02,,,,,,,,,,
a-6,fir,Fir,Di,New,,,Managed,Open,,7,2025-02-02,2025-03-02,2025-03-02,,,,,,2026-03-03,Elsewhere,
"""  # noqa: E501
REPORTS = [
    ("managed-account-details", "--status", "O"),
    ("managed-account-details", "--status", "T"),
    ("new-account-bonus-tracker",),
    ("cancels-and-move-outs",),
]


@pytest.mark.parametrize(
    ("ending", "options", "dates"),
    [
        ("csv", (), ""),
        ("csv", ("--for-excel",), "dd/mm/yyyy"),
        ("csv", ("--for-excel", "--delimiter", ";"), ""),
        ("xlsx", (), ""),
        ("xlsx", (), "dd.mm.yyyy"),
        ("html", (), ""),
        ("html", (), "dd/mm/yyyy"),
        ("html", (), "mm/dd/yyyy"),
    ],
)
def test_files_of_ours_change_nothing(ending: str, options: tuple[str, ...], dates: str, tmp_path: Path) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(f'date_style = "{dates}"\n')
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    taken = run("--db", "a.db", "import", "accounts.csv", "--dated", "2026-03-10", cwd=tmp_path)
    assert taken.code == 0, taken.err
    for number, report in enumerate(REPORTS):
        name = f"{number}.{ending}"
        made = run("--db", "a.db", "report", *report, "--as-of", "2026-03-10", *options, "--output", name, cwd=tmp_path)
        assert made.code == 0, made.err
        read = run("--db", "a.db", "import", name, "--json", "--dated", "2026-03-10", cwd=tmp_path)
        assert read.code == 0, read.err
        [found] = json.loads(read.out)["files"]
        assert found["read"] > 0
        assert (found["new"], found["changed"], found["rejected"]) == (0, 0, []), (report, read.err)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "html"])
def test_our_summary_is_compared(ending: str, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    assert run("--db", "a.db", "import", "accounts.csv", "--dated", "2026-03-10", cwd=tmp_path).code == 0
    name = f"s.{ending}"
    run("--db", "a.db", "report", "all-accounts-summary", "--as-of", "2026-03-10", "--output", name, cwd=tmp_path)
    read = run("--db", "a.db", "import", name, "--json", "--dated", "2026-03-10", cwd=tmp_path)
    [found] = json.loads(read.out)["files"]
    assert [one["status"] for one in found["compared"]] == ["Open", "Trial", "Expired Trial", "Canceled"]
    assert all(one["managed"] == one["here_managed"] for one in found["compared"])
