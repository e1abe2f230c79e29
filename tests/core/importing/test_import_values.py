"""Rows of a file, made rows of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.errors import WrongUse
from core.importing.rejected import Rejected

pytestmark = pytest.mark.promise("P4")

Parse = Callable[..., Any]


def test_words_numbers_and_blanks(read: Parse) -> None:
    found = read(
        "Account ID,Status,Account Type,List Size,Last Login,Moved To,Company,Cancel Reason\n"
        "1,Trial - Active,m,\"1,234\",Never,none,none,11\n"
        "2,e,Unmanaged,n/a,--,-,-,Other\n"
        "3,Disabled - compliance,yes,null,,Ag2, x ,'-\n"
    )  # fmt: skip
    assert [tuple(row.values()) for row in found.rows] == [
        ("1", "T", "managed", 1234, None, None, "none", "Something Missing Or Not Working"),
        ("2", "E", "referred", None, None, None, "-", "Other"),
        ("3", "Disabled - compliance", None, None, None, "Ag2", "x", None),
    ]
    assert found.words == {"Status": ["Disabled - compliance"], "Account Type": ["yes"]}


@pytest.mark.parametrize("heading", ["Managed?", "managed", "Managed/Referred"])
def test_yes_and_no_under_a_heading_that_says_managed(read: Parse, heading: str) -> None:
    found = read(f"id,{heading}\n1,Yes\n2,n\n3,TRUE\n4,false\n5,perhaps\n")
    assert [row["relationship"] for row in found.rows] == ["managed", "referred", "managed", "referred", None]
    assert found.words == {heading: ["perhaps"]}


def test_text_stays_as_it_came(read: Parse) -> None:
    names = [
        "00123",
        "NA",
        "1E5",
        "TRUE",
        "12345678901234567890",
        "O'Brien",
        "'tis",
        "a\u200bb",
        "two\nlines",
        "=1",
        "+1 (2)",
    ]
    quoted = "\n".join(f'{n},"{name}"' for n, name in enumerate(names, 1))
    assert [row["company"] for row in read(f"id,company\n{quoted}\n").rows] == names


def test_the_guard_mark_is_taken_off(read: Parse) -> None:
    found = read("id,company\n1,'=1+1\n2,'+49-30\n3,'+49 30\n4,'＝x\n5,'@you\n6,'\n")
    assert [row["company"] for row in found.rows] == ["=1+1", "+49-30", "'+49 30", "＝x", "@you", "'"]


def test_rows_that_cannot_be_read_are_named(read: Parse) -> None:
    found = read(
        "Account ID,Company,Last Login,List Size\n"
        "1,x,2026-02-30,-5\n2,x\n\n3,x,,,!\n4,x,,1.5\n,x,,\n5,A\0B,,\n6,ok,,7\n7," + "x" * 40_000 + ",,\n"
    )
    assert found.rejected == [
        Rejected(2, "Last Login", "2026-02-30", "no such day"),
        Rejected(5, "", "", "has 5 cells, the heading row has 4"),
        Rejected(7, "", "", "names neither an account id nor a username"),
        Rejected(8, "Company", "A\0B", "holds a NUL character"),
        Rejected(10, "Company", "x" * 79 + "…", "longer than 32,767 characters"),
    ]
    assert found.numbers == [3, 6, 9]
    assert [row["list_size"] for row in found.rows] == [None, None, 7]


@pytest.mark.parametrize(
    ("dates", "order", "values", "notes"),
    [
        (["03/04/2026", "05/06/2026"], None, ["2026-03-04", "2026-05-06"], ["month first"]),
        (["03/04/2026", "13/04/2026"], None, ["2026-04-03", "2026-04-13"], []),
        (["03/04/2026", "04/13/2026"], None, ["2026-03-04", "2026-04-13"], []),
        (["03/04/2026", "13/04/2026", "04/13/2026"], None, ["2026-03-04", "2026-04-13"], ["month first"]),
        (["03/04/2026", "13/04/2026", "04/13/2026"], "dmy", ["2026-04-03", "2026-04-13"], []),
        (["2026-03-04", "04.03.2026", "Mar 4, 2026"], None, ["2026-03-04"] * 3, []),
        (["26/03/04", "03/04/2026"], "ymd", ["2026-03-04"], []),
    ],
)
def test_the_order_of_a_column_comes_from_all_its_dates(
    read: Parse, dates: list[str], order: str | None, values: list[str], notes: list[str]
) -> None:
    rows = "".join(f'{n},"{day}"\n' for n, day in enumerate(dates))
    found = read("id,Last Login\n" + rows, date_order=order)
    assert [row["last_login_on"] for row in found.rows] == values
    assert len(found.rejected) == len(dates) - len(values)
    assert len(found.notes) == len(notes)
    assert all(word in note.text for word, note in zip(notes, found.notes, strict=True))


def test_each_column_has_its_own_order_even_when_shown_late(read: Parse) -> None:
    early = "".join(f"{n},1/2/2026,1/2/2026\n" for n in range(3_000))
    found = read("id,Last Login,Created\n" + early + "x,13/2/2026,2/13/2026\n")
    assert (found.rows[0]["last_login_on"], found.rows[0]["created_on"]) == ("2026-02-01", "2026-01-02")
    assert not found.rejected
    assert not found.notes


def test_what_a_person_sets_is_in_each_row(read: Parse) -> None:
    found = read("id\n1\n2\n", given={"status": "open", "created_on": "3/4/26"})
    assert [tuple(row.values()) for row in found.rows] == [("1", "O", "2026-03-04"), ("2", "O", "2026-03-04")]
    with pytest.raises(WrongUse, match="list_size cannot be set to '-1': a negative count"):
        read("id\n1\n", given={"list_size": "-1"})
    with pytest.raises(WrongUse, match="no text"):
        read("id\n1\n", given={"company": "A\udc80"})


def test_values_without_a_heading_are_told(read: Parse) -> None:
    assert read("id,,company,\n1,,x,\n2,y,x,\n").notes[0].text == (
        "Column 2 has values but no heading, and was left out."
    )
