"""Which column holds which field."""

from __future__ import annotations

import pytest

from core.errors import WorkFailed, WrongUse
from core.importing.heading_row import find_heading_row
from core.importing.headings import match_headings
from db.fields import READ_FIELDS


def matched(*headings: str, **options: dict[str, str]) -> dict[str, str]:
    return {match.field.key: match.heading for match in match_headings(headings, **options).matches}


def test_every_title_and_synonym_is_its_field() -> None:
    for field in READ_FIELDS:
        for name in (field.title, *field.synonyms, field.title.upper(), f" {field.title.replace(' ', '_')}? "):
            identity = "Username" if field.key == "account_id" else "Account ID"
            assert matched(identity, name)[field.key] == name


def test_contact_is_not_contacts() -> None:
    matching = match_headings(["id", "Contact", "Contacts"])
    assert matching.keys == ["account_id", "contact", "list_size"]
    assert matching.unmatched == []


def test_the_canonical_heading_wins_and_the_other_is_told() -> None:
    matching = match_headings(["Plan", "Account ID", "Plan Type"])
    assert [(m.field.key, m.index) for m in matching.matches] == [("account_id", 1), ("plan_type", 2)]
    assert [note.text for note in matching.notes] == [
        "The column 'Plan' was left out: 'Plan Type' holds the Plan Type too."
    ]


@pytest.mark.parametrize("pair", [("Plan", "Product"), ("Email", "e-mail"), ("Email", " EMAIL ")])
def test_headings_that_clash_are_both_named(pair: tuple[str, str]) -> None:
    with pytest.raises(WorkFailed, match=f"'{pair[0]}'.*'{pair[1]}'"):
        match_headings(["Account ID", *pair])


def test_a_mapping_by_hand_wins_and_leaves_out() -> None:
    assert matched("Account ID", "Kunde", "Company", by_hand={"kunde": "company"})["company"] == "Kunde"
    assert matched("Account ID", "Plan", "Product", by_hand={"Product": ""})["plan_type"] == "Plan"
    assert matched("#", "Firma", by_hand={"#": "Account ID", "Firma": "company"}) == {
        "account_id": "#",
        "company": "Firma",
    }
    assert match_headings(["Account ID", "Notes"], by_hand={"Notes": ""}).unmatched == []


def test_a_saved_mapping_may_name_headings_that_are_not_there() -> None:
    saved = {"Kunde": "company", "Nummer": "account_id"}
    assert matched("Nummer", saved=saved) == {"account_id": "Nummer"}
    assert matched("Nummer", "Kunde", saved=saved, by_hand={"Kunde": "username"})["username"] == "Kunde"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by_hand": {"Compani": "company"}}, "Did you mean 'Company'"),
        ({"by_hand": {"Company": "compani"}}, "Did you mean company"),
        ({"given": {"company": "x"}}, "the file has it, under 'Company'"),
        ({"given": {"stauts": "O"}}, "Did you mean status"),
        ({"given": {"status": " "}}, "set to no value"),
    ],
)
def test_wrong_use_says_what_was_probably_meant(options: dict[str, dict[str, str]], words: str) -> None:
    with pytest.raises(WrongUse, match=words):
        match_headings(["Account ID", "Company"], **options)


def test_set_fills_what_the_file_leaves_out() -> None:
    last = match_headings(["Account ID"], given={"Account Type": "managed"}).matches[-1]
    assert (last.field.key, last.index, last.value) == ("relationship", None, "managed")


@pytest.mark.parametrize("given", [{}, {"username": "jane"}])
def test_a_file_must_name_accounts(given: dict[str, str]) -> None:
    with pytest.raises(WorkFailed, match="No heading names an Account ID or a Username"):
        match_headings(["Company", "", "Status"], given=given)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["Account ID", "Company"], ["1", "x"]], 0),
        ([["Managed accounts", ""], ["", ""], ["Report", "2026-03-04"], ["Company", "User"], ["x", "y"]], 3),
        ([["Accounts"], [], ["Username"], ["login"]], 2),
        ([["", ""], ["Kunde", "Firma"], ["id", "user of the year"]], 1),
        ([["Kunde", "Ort"], ["1", "2"]], 0),
    ],
)
def test_title_rows_stand_above_the_headings(rows: list[list[str]], place: int) -> None:
    assert find_heading_row(rows) == place


def test_a_mapping_helps_to_find_the_headings() -> None:
    assert find_heading_row([["My list", "of today"], ["Kunde", "Ort"]], frozenset({"kunde", "ort"})) == 1
