"""partner-tui schedules: kept and run; nothing is sent twice, and nothing of anybody else's is replaced."""

from __future__ import annotations

import fcntl
import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.mailers import body, content, make_sendmail, sent, settings
from tests.cli.running import PATIENCE, assert_refused, run, start
from tests.cli.scheduling import SUMMARY, add, change, only, runs, schedules

# Making one


def test_a_schedule_is_kept_and_its_next_three_times_are_said(db: Path, tmp_path: Path) -> None:
    done = add(db, "--output", "out/{name}-{date}.csv", "--max-age", "8", "--only-if-rows", cwd=tmp_path)
    assert (done.code, done.out) == (0, b"")
    kept = only(db)
    assert kept["output"] == str(tmp_path / "out/{name}-{date}.csv")
    assert (kept["calendar"], kept["command"], kept["max_age"]) == ("Mon 07:00", list(SUMMARY), 8)
    assert (kept["only_if_rows"], kept["only_if_changed"], kept["last_run_at"]) == (True, False, None)
    moments = [datetime.fromisoformat(moment) for moment in kept["next"]]
    assert [(moment.weekday(), moment.hour) for moment in moments] == [(0, 7)] * 3
    assert all(f"{moment:%Y-%m-%d}" in done.err for moment in moments)
    listed = schedules(db, "list").text
    assert "mondays" in listed
    assert "never ran" in listed


@pytest.mark.parametrize(
    ("options", "words", "said"),
    [
        (["--on", "mondays"], SUMMARY, "no calendar"),
        (["--on", "2020-01-01"], SUMMARY, "never comes"),
        (["--on", "Mon 07:00"], SUMMARY, "Where is it to go"),
        (["--on", "Mon 07:00", "--mail-to", "a@b\nBcc: c@d"], SUMMARY, "line break"),
        (["--on", "Mon 07:00", "--mail-to", "nobody"], SUMMARY, "no email address"),
        (["--on", "Mon 07:00", "--output", "x.doc"], SUMMARY, ".doc"),
        (["--on", "Mon 07:00", "--output", "x.pdf"], (*SUMMARY, "--format", "csv"), "does not fit"),
        (["--on", "Mon 07:00", "--output", "{day}.pdf"], SUMMARY, "{date}"),
        (["--on", "Mon 07:00", "--output", "x.pdf"], ("report", "no-such"), "no-such"),
        (["--on", "Mon 07:00", "--output", "x.pdf"], (*SUMMARY, "--status", "O"), "Leave --status out"),
        (["--on", "Mon 07:00", "--output", "x.pdf"], (*SUMMARY, "--output", "y.pdf"), "before the --"),
        (["--on", "Mon 07:00", "--output", "x.pdf"], (*SUMMARY, "--force"), "--force"),
        (["--on", "Mon 07:00", "--output", "x.pdf"], (*SUMMARY, "--nonsense"), "--nonsense"),
        (["--on", "Mon 07:00", "--output", "x.pdf"], (*SUMMARY, "--subject", "x"), "--mail-to"),
        (["--on", "Mon 07:00", "--output", "x.pdf"], ("undo-import",), "cannot be scheduled"),
        (["--on", "Mon 07:00", "--output", "x.pdf"], ("import", "a.csv"), "--output"),
        (["--on", "Mon 07:00", "--only-if-rows"], ("import", "a.csv"), "--only-if-rows"),
        (["--on", "Mon 07:00"], ("import", "-"), "stdin"),
        (["--on", "Mon 07:00", "--output", "x.pdf"], ("lists", "export", "Expired trials", "--for", "web"), "CSV"),
    ],
)
def test_what_does_not_fit_is_wrong_use(db: Path, options: list[str], words: tuple[str, ...], said: str) -> None:
    assert_refused(schedules(db, "add", "x", *options, "--", *words), 2, said)
    assert json.loads(schedules(db, "list", "--json").text) == []


@pytest.mark.parametrize("name", ["a b", "../x", "-x", "ä", "x_y", "x" * 64, "a.b"])
def test_a_name_is_letters_digits_and_dashes(db: Path, name: str) -> None:
    assert schedules(db, "add", "--on", "daily", "--output", "x.csv", "--", name, *SUMMARY).code == 2


def test_a_name_is_taken_once_in_any_case(db: Path) -> None:
    add(db, "--output", "x.csv")
    done = schedules(db, "add", "MONDAYS", "--on", "daily", "--output", "y.csv", "--", *SUMMARY)
    assert_refused(done, 2, "already")
    assert only(db)["calendar"] == "Mon 07:00"


def test_what_is_not_there_is_said(db: Path) -> None:
    for command in ("run", "show", "remove", "install", "uninstall"):
        assert_refused(schedules(db, command, "none"), 2, "none")
    assert_refused(run("--db", db.with_name("no.db"), "schedules", "list"), 3)


def test_a_schedule_is_shown_whole(db: Path, tmp_path: Path) -> None:
    add(db, "--output", tmp_path / "x.csv", "--max-age", "8", "--only-if-changed")
    change(db, "UPDATE imports SET dated = ?", str(datetime.now(UTC).date()))
    assert schedules(db, "run", "mondays").code == 0
    lines = schedules(db, "show", "MONDAYS").text.splitlines()
    assert f"  --output {tmp_path}/x.csv --only-if-changed --max-age 8 -- report all-accounts-summary" in lines
    assert len([line for line in lines if line.startswith("  next: Mon ")]) == 3
    assert lines[-1] == f"  wrote: {tmp_path}/x.csv"
    assert json.loads(schedules(db, "show", "mondays", "--json").text) == only(db)


# Running one


def test_a_run_makes_its_folder_and_stands_in_my_reports(db: Path, tmp_path: Path) -> None:
    add(db, "--output", tmp_path / "new/{report}/{name}-{date}.csv")
    done = schedules(db, "run", "MONDAYS")
    today = datetime.now(UTC).date()
    file = tmp_path / f"new/all-accounts-summary/mondays-{today}.csv"
    assert (done.code, done.last_line) == (0, str(file))
    assert file.read_text().startswith('"Status"')
    assert file.stat().st_mode & 0o077 == 0
    (recorded,) = runs(db)
    assert (recorded["schedule"], recorded["outcome"], recorded["path"]) == ("mondays", "done", str(file))
    kept = only(db)
    assert (kept["last_outcome"], kept["late_since"], kept["written"]) == ("done", None, [str(file)])


@pytest.mark.parametrize("output", ["folder", "folder/"])
def test_a_path_without_an_ending_is_a_folder(db: Path, tmp_path: Path, output: str) -> None:
    add(db, "--output", output, words=(*SUMMARY, "--format", "json"), cwd=tmp_path)
    schedules(db, "run", "mondays")
    (file,) = (tmp_path / "folder").iterdir()
    assert file.name == f"all-accounts-summary-{datetime.now(UTC).date()}.json"


def test_a_run_replaces_its_own_file_and_no_other(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    add(db, "--output", file)
    assert schedules(db, "run", "mondays").code == 0
    first = file.stat().st_ino
    assert schedules(db, "run", "mondays").code == 0
    assert file.stat().st_ino != first
    file.write_text("my own notes\n")
    assert_refused(schedules(db, "run", "mondays"), 1, "exists already", "move it away")
    assert file.read_text() == "my own notes\n"
    assert only(db)["last_outcome"] == "failed"
    file.unlink()
    assert schedules(db, "run", "mondays").code == 0


def test_quiet_is_silent_on_success_and_one_line_on_failure(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    add(db, "--output", file)
    done = schedules(db, "run", "mondays", "--quiet")
    assert (done.code, done.out, done.err) == (0, b"", "")
    file.write_text("mine")
    done = schedules(db, "run", "mondays", "--quiet")
    assert (done.code, done.out, len(done.err.splitlines())) == (1, b"", 1)
    assert "mondays" in done.err


def test_nothing_is_written_or_sent_without_rows_or_without_a_change(db: Path, tmp_path: Path) -> None:
    sendmail = make_sendmail(tmp_path / "mail")
    settings(sendmail_command=str(sendmail))
    words = ("report", "cancels-and-move-outs", "--as-of", "2026-03-04")
    add(db, "--mail-to", "me@x", "--only-if-changed", words=words)
    assert [schedules(db, "run", "mondays").code for _ in range(3)] == [0, 0, 0]
    assert len(sent(sendmail.parent)) == 1
    change(db, "UPDATE accounts SET company = 'Changed' WHERE cancelled_on IS NOT NULL")
    schedules(db, "run", "mondays")
    assert len(sent(sendmail.parent)) == 2
    schedules(db, "remove", "mondays")
    add(db, "--mail-to", "me@x", "--only-if-rows", words=(*words, "--where", "company = nobody"))
    done = schedules(db, "run", "mondays")
    assert done.code == 0
    assert "no rows" in done.err
    assert len(sent(sendmail.parent)) == 2
    assert [each["outcome"] for each in runs(db)] == ["done"] * 5
    assert "no rows" in runs(db)[0]["message"]


def test_what_failed_to_be_sent_is_sent_the_next_time(db: Path, tmp_path: Path) -> None:
    settings(sendmail_command="/bin/false")
    add(db, "--mail-to", "me@x", "--only-if-changed", "--output", tmp_path / "x.csv")
    assert_refused(schedules(db, "run", "mondays"), 1, "not sent", str(tmp_path / "x.csv"))
    sendmail = make_sendmail(tmp_path / "mail")
    settings(sendmail_command=str(sendmail))
    assert schedules(db, "run", "mondays").code == 0
    assert len(sent(sendmail.parent)) == 1


def test_accounts_that_are_too_old_end_with_4(db: Path, tmp_path: Path) -> None:
    sendmail = make_sendmail(tmp_path / "mail")
    settings(sendmail_command=str(sendmail))
    today = datetime.now(UTC).date()
    add(db, "--mail-to", "me@x", "--output", tmp_path / "x.csv", "--max-age", "8")
    change(db, "UPDATE imports SET dated = ?", str(today - timedelta(days=9)))
    assert_refused(schedules(db, "run", "mondays"), 4, "9 days ago")
    assert not (tmp_path / "x.csv").exists()
    assert sent(sendmail.parent) == []
    assert (runs(db)[0]["outcome"], only(db)["last_outcome"]) == ("failed", "failed")
    change(db, "UPDATE imports SET dated = ?", str(today - timedelta(days=8)))
    assert schedules(db, "run", "mondays").code == 0
    (made,) = sent(sendmail.parent)
    assert made["Subject"] == f"All Accounts Summary: accounts of {today - timedelta(days=8)}, 8 days old"


def test_a_message_has_the_file_in_the_schedules_format(db: Path, tmp_path: Path) -> None:
    sendmail = make_sendmail(tmp_path / "mail")
    settings(sendmail_command=str(sendmail))
    words = ("report", "new-account-bonus-tracker", "--format", "xls", "--subject", "Trackers", "--mail-from", "us@x")
    add(db, "--mail-to", "me@x", "--mail-to", "you@y", words=words)
    assert schedules(db, "run", "mondays").code == 0
    (made,) = sent(sendmail.parent)
    assert (made["Subject"], made["To"], made["From"]) == ("Trackers", "me@x, you@y", "us@x")
    (part,) = made.iter_attachments()
    assert content(part).startswith(b"PK")
    assert list((Path(os.environ["XDG_DATA_HOME"]) / "partner-tui" / "outbox").iterdir()) == []


def test_a_list_is_exported_mailed_and_remembered(db: Path, tmp_path: Path) -> None:
    sendmail = make_sendmail(tmp_path / "mail")
    settings(sendmail_command=str(sendmail))
    run("--db", db, "lists", "new", "Open ones", "--where", "status = Open")
    words = ("lists", "export", "Open ones", "--for", "web", "--new-since-last")
    done = add(db, "--output", tmp_path / "to upload", "--mail-to", "me@x", "--only-if-rows", words=words)
    assert done.code == 0, done.err
    done = schedules(db, "run", "mondays")
    assert done.code == 0, done.err
    (file,) = (tmp_path / "to upload").iterdir()
    (made,) = sent(sendmail.parent)
    assert "Contacts: " in body(made)
    (part,) = made.iter_attachments()
    assert content(part) == file.read_bytes()
    before = file.read_bytes()
    assert "no rows" in schedules(db, "run", "mondays").err
    assert file.read_bytes() == before
    assert len(sent(sendmail.parent)) == 1
    assert runs(db)[0]["schedule"] == "mondays"


def test_an_import_runs_from_any_folder_and_tells_of_it(db: Path, tmp_path: Path) -> None:
    sendmail = make_sendmail(tmp_path / "mail")
    settings(sendmail_command=str(sendmail))
    (tmp_path / "more.csv").write_text("Account ID,Company\nzz1,Zed\n")
    assert add(db, "--mail-to", "me@x", words=("import", "more.csv"), cwd=tmp_path).code == 0
    done = schedules(db, "run", "mondays", cwd="/")
    assert done.code == 0, done.err
    assert "1 new" in body(sent(sendmail.parent)[0])
    (tmp_path / "more.csv").write_text("nonsense\n")
    assert_refused(schedules(db, "run", "mondays", cwd="/"), 1, "more.csv")
    assert [(each["report"], each["outcome"]) for each in runs(db)] == [("import", "failed"), ("import", "done")]


def test_a_schedule_runs_once_at_a_time(db: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.write_text(
        f"#!/bin/sh\ncat > /dev/null\ntouch {tmp_path}/begun\nwhile [ ! -e {tmp_path}/go ]; do sleep 0.05; done\n"
    )
    slow.chmod(0o755)
    settings(sendmail_command=str(slow))
    add(db, "--mail-to", "me@x")
    with start("--db", db, "schedules", "run", "mondays") as first:
        end = time.monotonic() + PATIENCE
        while not (tmp_path / "begun").exists():
            assert time.monotonic() < end
            time.sleep(0.05)
        assert_refused(schedules(db, "run", "mondays"), 1, "running already", "begun by")
        (tmp_path / "go").touch()
        assert first.wait(PATIENCE) == 0
    assert schedules(db, "run", "mondays").code == 0


def test_a_lock_of_a_process_that_is_gone_holds_nobody(db: Path, tmp_path: Path) -> None:
    add(db, "--output", tmp_path / "x.csv")
    lock = db.with_name(f".{db.name}.schedule-mondays.lock")
    with lock.open("w") as held:
        held.write('{"by": "ann", "since": "2026-03-04T07:00:00+00:00"}')
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        assert_refused(schedules(db, "run", "mondays"), 1, "ann")
    assert schedules(db, "run", "mondays").code == 0


def test_a_run_that_is_ended_says_so(db: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.write_text(f"#!/bin/sh\ncat > /dev/null\ntouch {tmp_path}/begun\nexec sleep 60\n")
    slow.chmod(0o755)
    settings(sendmail_command=str(slow))
    add(db, "--mail-to", "me@x")
    with start("--db", db, "schedules", "run", "mondays") as child:
        end = time.monotonic() + PATIENCE
        while not (tmp_path / "begun").exists():
            assert time.monotonic() < end
            time.sleep(0.05)
        child.terminate()
        assert child.wait(PATIENCE) == 143
    assert only(db)["last_outcome"] == "interrupted"
    assert runs(db)[0]["outcome"] == "interrupted"


def test_a_schedule_that_should_have_run_is_late(db: Path, tmp_path: Path) -> None:
    add(db, "--output", tmp_path / "x.csv", on="daily")
    assert run("--db", db, "doctor").text.count("mondays") == 1
    change(db, "UPDATE schedules SET made_at = ?", str(datetime.now(UTC) - timedelta(days=3)))
    assert only(db)["late_since"]
    done = run("--db", db, "doctor")
    assert done.code == 1
    assert "late by 2 days" in done.text
    schedules(db, "run", "mondays")
    assert only(db)["late_since"] is None
