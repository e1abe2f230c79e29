"""A report as a message: read back with the standard library, its words harmless, its size within what servers take."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

import pytest

from core.errors import WrongUse
from core.query.result import Freshness, Result
from core.text.date_style import use_date_style
from exporters import mail, outbox
from exporters.mail import Letter, checked_address, envelope, message, report_letter
from exporters.outbox import with_file
from exporters.sendmail import as_bytes
from tests.exporters.conftest import MakeResult

pytestmark = pytest.mark.promise("P1")

HOSTILE = "Evil\r\nBcc: all@example.com\x1b]0;owned\x07 <script>alert(1)</script> \u202egpj.exe"


def read_back(made: EmailMessage) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(as_bytes(made), policy=policy.default))


def text_of(made: EmailMessage, kind: str = "plain") -> str:
    part = made.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_a_message_says_totals_notes_and_freshness(make_result: MakeResult) -> None:
    made = read_back(message(envelope(["ann@example.com", "Ben <ben@example.com>"]), report_letter(make_result())))
    assert made["To"] == "ann@example.com, Ben <ben@example.com>"
    assert made["Subject"] == "Managed Account Details: accounts of 2026-03-02, 2 days old"
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Date"].datetime.tzinfo is not None
    assert re.fullmatch(r"<[^@<>\s]+@[^@<>\s]+>", made["Message-ID"])
    for body in (text_of(made), text_of(made, "html")):
        for words in ("1,240,307", "List Size", "Last login is not known", "accounts.csv", "2026-03-03"):
            assert words in body
    assert text_of(made).splitlines()[0] == f"{made['Subject']}."
    assert list(made.iter_attachments()) == []


def test_counts_stand_in_the_message_whole(summary_result: Result) -> None:
    made = read_back(message(envelope(["ann@example.com"]), report_letter(summary_result)))
    rows = [line.split() for line in text_of(made).splitlines()]
    for row in summary_result.rows():
        assert [*str(row[0]).split(), *(f"{count:,}" for count in row[1:])] in rows


def test_nothing_foreign_acts_in_a_message(make_result: MakeResult) -> None:
    fresh = Freshness(HOSTILE, date(2026, 3, 3), datetime(2026, 3, 3, tzinfo=UTC))
    result = make_result(notes=[HOSTILE], asked=[(HOSTILE, HOSTILE)], title=HOSTILE, freshness=fresh)
    made = read_back(message(envelope(["ann@example.com"]), report_letter(result)))
    assert made["Bcc"] is None
    assert "\n" not in made["Subject"]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", text_of(made))
    assert "<script" not in text_of(made, "html")


def test_every_line_is_short_and_ascii(make_result: MakeResult) -> None:
    result = make_result(notes=["ä" * 5_000, "x" * 5_000])
    raw = as_bytes(message(envelope(["ann@example.com"], subject="Zoë’s " * 40), report_letter(result)))
    raw.decode("ascii")
    assert max(map(len, raw.split(b"\n"))) < 998
    assert b"\r" not in raw


@pytest.mark.parametrize(
    ("given", "name", "spec"),
    [
        ("me@example.com", "", "me@example.com"),
        (" me@x ", "", "me@x"),
        ("Me <me@example.com>", "Me", "me@example.com"),
        ('"Lee, Ann" <ann@example.com>', "Lee, Ann", "ann@example.com"),
        ("Zoë <zoe+reports@mail.example.com>", "Zoë", "zoe+reports@mail.example.com"),
    ],
)
def test_addresses(given: str, name: str, spec: str) -> None:
    address = checked_address(given)
    assert (address.display_name, address.addr_spec) == (name, spec)


@pytest.mark.parametrize(
    "given",
    ["a@b\nBcc: x@y", "a@b\rX", "a", "a@", "@b", "a b@c", "é@x", "a@x..y", "a,b@c", "a@b, c@d", "Ann <a@b", "a@-", "<>",
     "Ann\n <a@b>", "a@b\x00", "x <a@b> y", "-t@"],
)  # fmt: skip
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(WrongUse):
        checked_address(given)


def test_a_subject_of_several_lines_is_refused() -> None:
    with pytest.raises(WrongUse):
        envelope(["a@b"], subject="Hello\nBcc: all@example.com")


@pytest.mark.parametrize("ending", [".pdf", ".html", ".csv", ".xlsx", ".json"])
def test_the_one_attachment_is_the_file_to_the_byte(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"träcker{ending}"
    file.write_bytes(bytes(range(256)) * 40)
    made = read_back(with_file(envelope(["a@b"]), Letter("T", "a"), file, attach=True))
    (part,) = made.iter_attachments()
    assert part.get_filename() == file.name
    assert part.get_payload(decode=True) == file.read_bytes()


def test_a_file_that_is_too_large_is_told_of_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "LARGEST_ATTACHMENT", 1_000)
    file = tmp_path / "large report.pdf"
    file.write_bytes(b"x" * 1_001)
    made = read_back(with_file(envelope(["a@b"]), Letter("T", "a"), file, attach=True))
    assert list(made.iter_attachments()) == []
    assert re.search(r"scp '?\S+@\S+:.*large report\.pdf'? \.", text_of(made))


def test_the_limit_is_what_most_servers_take() -> None:
    assert mail.LARGEST_ATTACHMENT == 10_000_000


def test_days_in_a_message_are_written_as_the_person_likes_them(make_result: MakeResult) -> None:
    use_date_style("mm/dd/yyyy")
    try:
        made = read_back(message(envelope(["ann@example.com"]), report_letter(make_result())))
    finally:
        use_date_style("")
    assert made["Subject"] == "Managed Account Details: accounts of 03/02/2026, 2 days old"
    assert "As of: 03/04/2026" in text_of(made)
    assert "2026-03" not in text_of(made)
