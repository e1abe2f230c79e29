"""Schedules in the application: made from a report or by hand, run, installed, removed; nothing waits on the loop."""

from __future__ import annotations

import os
import sqlite3
from email import message_from_bytes
from pathlib import Path

import pytest
from textual.widgets import Input

from core.database import Database
from core.schedules.schedules import Schedule, add_schedule, all_schedules
from tests.cli.mailers import make_sendmail, settings
from tests.tui.application import opened
from tui.dialogues.schedule import ScheduleScreen


@pytest.fixture(autouse=True)
def _no_manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no manager of systemd run, whatever this machine has."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "systemctl").write_text("#!/bin/sh\nexit 1\n")
    (folder / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def kept(database: Database) -> list[Schedule]:
    return all_schedules(database.path)


async def test_every_monday_from_nothing_by_keys(database: Database, tmp_path: Path) -> None:
    sendmail = make_sendmail(tmp_path / "mail")
    settings(sendmail_command=str(sendmail))
    async with opened(database, (80, 24)) as session:
        await session.press("7", "n", "tab")
        await session.type("me@example.com")
        await session.press("enter")
        (schedule,) = kept(database)
        assert (schedule.name, schedule.calendar, schedule.mail_to) == ("mondays", "Mon 08:00", ("me@example.com",))
        assert "mondays · Mon 08:00 · next Mon " in session.words()
        assert "never ran" in session.words()
        await session.press("a")
        assert "last run" in session.words()
    (file,) = sendmail.parent.glob("message.*")
    made = message_from_bytes(file.read_bytes())
    assert made["To"] == "me@example.com"
    assert [part.get_content_type() for part in made.walk()][-1] == "application/pdf"


async def test_what_will_not_do_is_said_as_one_types(database: Database) -> None:
    async with opened(database, (80, 24)) as session:
        await session.press("7", "n")
        assert "Where is it to go?" in session.words()
        await session.press("tab")
        await session.type("me@")
        assert "is no email address" in session.words()
        await session.press("enter")
        assert isinstance(session.app.screen, ScheduleScreen), "it is no answer"
        await session.type("x")
        assert "Runs Mon " in session.words()
        await session.press("shift+tab")
        await session.type(" 99")
        assert "is no calendar" in session.words()
        await session.press("escape")
    assert kept(database) == []


async def test_a_name_that_is_taken_loses_nothing_that_was_typed(database: Database) -> None:
    words = ("report", "all-accounts-summary")
    add_schedule(database.path, Schedule("mondays", "weekly", words, "/tmp/{date}.csv"))
    async with opened(database, (80, 24)) as session:
        await session.press("7", "n", "tab")
        await session.type("me@example.com")
        assert "mondays-2" in session.words(), "a free name is proposed"
        await session.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "backspace", "backspace")
        assert session.app.screen.query_one("#name", Input).value == "mondays"
        await session.press("enter")
        assert "There is a schedule 'mondays' already." in session.words()
        assert "me@example.com" in session.words()
        await session.type("-by-mail")
        assert "already" not in session.words()
        await session.press("enter")
    assert [schedule.name for schedule in kept(database)] == ["mondays", "mondays-by-mail"]
    assert kept(database)[1].mail_to == ("me@example.com",)


async def test_lists_that_are_too_old_keep_a_schedule_from_running(database: Database, tmp_path: Path) -> None:
    async with opened(database, (80, 24)) as session:
        await session.press("7", "n", "tab", "tab")
        await session.type(str(tmp_path / "x.pdf"))
        await session.press("tab", "tab")
        await session.type("a week")
        assert "'a week' is no number of days." in session.words()
        await session.press("ctrl+u")
        await session.type("8")
        await session.press("enter", "a")
        assert "nothing was written or sent" in session.words()
    assert kept(database)[0].max_age == 8
    assert not (tmp_path / "x.pdf").exists()


async def test_the_export_dialogue_offers_every_monday(database: Database, tmp_path: Path) -> None:
    settings(export_folder=str(tmp_path))
    async with opened(database, (80, 24)) as session:
        await session.press("r", "down", "enter", "O", "enter")  # Managed Account Details, Open
        await session.press("f")
        await session.type("list_size > 5")
        await session.press("enter", "e", "f4", "enter")
    (schedule,) = kept(database)
    assert schedule.name == "managed-account-details-o"
    assert schedule.output == str(tmp_path / "managed-account-details-O-list-size-above-5-{date}.csv")
    words = ("report", "managed-account-details", "--status", "O", "--where", "list_size > 5", "--format", "csv")
    assert schedule.command == words


async def test_my_accounts_are_no_report_to_schedule(database: Database) -> None:
    async with opened(database, (80, 24)) as session:
        await session.press("2", "e", "f4")
        assert "Every Monday" not in session.words()
        assert not isinstance(session.app.screen, ScheduleScreen)


async def test_a_run_that_fails_is_said_and_stands_there(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("mine")
    add_schedule(database.path, Schedule("daily", "daily", ("report", "all-accounts-summary"), str(file)))
    async with opened(database, (80, 24)) as session:
        await session.press("7", "a")
        assert "exists already" in session.words()
        await session.press("escape")
        assert "! last run" in session.words()
        await session.press("3")
        assert "schedule daily" in session.words()
    assert file.read_text() == "mine"


async def test_a_schedule_is_shown_whole_and_removed_after_a_question(database: Database) -> None:
    add_schedule(database.path, Schedule("daily", "daily", ("report", "all-accounts-summary"), "/tmp/{date}.csv"))
    async with opened(database, (80, 24)) as session:
        await session.press("7", "enter")
        assert "What: --output '/tmp/{date}.csv' -- report all-accounts-summary" in session.words()
        await session.press("escape", "d", "enter")
        assert [schedule.name for schedule in kept(database)] == ["daily"], "Enter leaves it"
        await session.press("d", "tab", "enter")
        assert kept(database) == []
        assert "none yet" in session.words()


async def test_a_schedule_is_installed_where_a_manager_runs(database: Database, tmp_path: Path) -> None:
    told = tmp_path / "bin" / "told"
    script = f'#!/bin/sh\necho "$@" >> {told}\ncase "$*" in *--property=Version*) echo Version=252;; esac\n'
    (tmp_path / "bin" / "systemctl").write_text(script)
    add_schedule(database.path, Schedule("daily", "daily", ("report", "all-accounts-summary"), "/tmp/{date}.csv"))
    async with opened(database, (80, 24)) as session:
        await session.press("7", "i")
        assert "run by systemd" in session.words()
    assert "enable --now partner-tui-daily.timer" in told.read_text()


async def test_every_monday_by_keys_where_only_cron_is(database: Database, tmp_path: Path) -> None:
    tab = tmp_path / "bin" / "tab"
    shown = f"cat {tab} 2>/dev/null || {{ echo no crontab >&2; exit 1; }}"
    (tmp_path / "bin" / "crontab").write_text(f'#!/bin/sh\ncase "$1" in -l) {shown};; *) cat > {tab};; esac\n')
    (tmp_path / "bin" / "crontab").chmod(0o755)
    settings(sendmail_command=str(make_sendmail(tmp_path / "mail")))
    async with opened(database, (80, 24)) as session:
        await session.press("7", "n", "tab")
        await session.type("me@example.com")
        await session.press("enter")
        assert "Install (i on Schedules) has cron run it." in session.words()
        await session.press("i")
        assert "This line would go into your crontab" in session.words()
        await session.press("enter")
        assert not tab.exists(), "Enter leaves it"
        await session.press("i", "tab", "enter")
        assert "run by cron" in session.words()
    assert tab.read_text().startswith("0 8 * * 1 /")


async def test_what_cron_cannot_say_or_is_not_there_is_said(database: Database, tmp_path: Path) -> None:
    words = ("report", "all-accounts-summary")
    add_schedule(database.path, Schedule("lasts", "*-*~1", words, "/tmp/{date}.csv"))
    add_schedule(database.path, Schedule("mondays", "weekly", words, "/tmp/{date}.csv"))
    (tmp_path / "bin" / "crontab").write_text("#!/bin/sh\necho not allowed >&2\nexit 1\n")
    (tmp_path / "bin" / "crontab").chmod(0o755)
    async with opened(database, (80, 24)) as session:
        await session.press("7", "i")
        assert "cron cannot say '*-*~1'" in session.words()
        await session.press("escape", "down", "i", "tab", "enter")
        assert "not allowed" in session.words()


async def test_hostile_words_do_not_act(database: Database) -> None:
    evil = "\x1b]0;owned\x07[@click=app.bell]x[/]"
    words = ("report", "all-accounts-summary", "--where", evil)
    add_schedule(database.path, Schedule("daily", "daily", words, f"/tmp/{evil}.csv"))
    async with opened(database, (80, 24)) as session:
        await session.press("7", "enter")
        assert "\x1b" not in session.text()
        assert "[@click" in session.words()


async def test_home_says_which_schedules_are_in_trouble(database: Database) -> None:
    words = ("report", "all-accounts-summary")
    add_schedule(database.path, Schedule("daily", "daily", words, "/tmp/{date}.csv"))
    add_schedule(database.path, Schedule("weekly", "weekly", words, "/tmp/{date}.csv"))
    with sqlite3.connect(database.path) as connection:
        connection.execute("UPDATE schedules SET made_at = '2020-01-01T00:00:00+00:00' WHERE name = 'weekly'")
    connection.close()
    async with opened(database, (80, 24)) as session:
        assert "! weekly: never ran; late by " in session.words()
        assert "daily: never ran; not installed" in session.words()


async def test_home_says_nothing_of_schedules_where_there_are_none(database: Database) -> None:
    async with opened(database, (80, 24)) as session:
        assert not session.app.screen.query_one("#home-schedules").display
