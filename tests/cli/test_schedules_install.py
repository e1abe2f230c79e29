"""partner-tui schedules install: units and crontab lines, taken by the system's own programs, which really run them."""

from __future__ import annotations

import configparser
import json
import os
import shlex
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.mailers import content, make_sendmail, sent, settings
from tests.cli.running import PATIENCE, assert_refused, run
from tests.cli.scheduling import SUMMARY, add, only, runs, schedules
from tests.cli.user_manager import user_manager

# Installing one


def units(text: str) -> dict[str, configparser.ConfigParser]:
    """Return the units that were printed, by their ending; systemd reads them nearly as configparser does."""
    found = {}
    for part in text.split("# /")[1:]:
        name, _, unit = part.partition("\n")
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(unit)
        found[name.rpartition(".")[2]] = parser
    return found


def test_units_are_shown_where_no_manager_runs(db: Path, tmp_path: Path) -> None:
    add(db, "--output", tmp_path / "x.csv", on="Mon,Thu 07:00")
    done = schedules(db, "install", "mondays", "--print", variables={"PARTNER_TUI_TZ": "Europe/Berlin"})
    assert done.code == 0
    service, timer = units(done.text)["service"], units(done.text)["timer"]
    program, *words = shlex.split(service["Service"]["ExecStart"])
    assert Path(program).is_absolute()
    assert words == ["schedules", "run", "mondays"]
    assert service["Service"]["Type"] == "oneshot"
    assert service["Service"]["UMask"] == "0077"
    assert service["Service"]["NoNewPrivileges"] == "yes"
    assert service["Service"]["TimeoutStartSec"] == "15min"
    assert f"Environment=PARTNER_TUI_DB={db}" in done.text
    assert "Environment=PARTNER_TUI_TZ=Europe/Berlin" in done.text
    assert timer["Timer"]["OnCalendar"] == "Mon,Thu 07:00 Europe/Berlin"
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_units_that_mail_let_setuid_mailers_be(db: Path) -> None:
    add(db, "--mail-to", "me@x")
    assert "NoNewPrivileges" not in schedules(db, "install", "--print").text


def test_a_crontab_line_and_nothing_else(db: Path, tmp_path: Path) -> None:
    add(db, "--output", tmp_path / "x.csv")
    bare = dict.fromkeys(("LC_ALL", "LC_PAPER", "LC_NUMERIC", "LANG"))
    done = schedules(db, "install", "mondays", "--cron", "--print", variables=bare)
    (line,) = done.text.splitlines()
    *when, command = line.split(" ", 5)
    assert when == ["0", "7", "*", "*", "1"]
    program, *words = shlex.split(command)
    assert Path(program).is_absolute()
    assert words == ["--db", str(db), "schedules", "run", "mondays", "--quiet"]


def test_cron_is_asked_only_what_it_can_say(db: Path, tmp_path: Path) -> None:
    add(db, "--output", tmp_path / "x.csv", on="Mon *-*-1..7 07:00")
    assert_refused(schedules(db, "install", "mondays", "--cron", "--print"), 2, "cron cannot say")
    schedules(db, "remove", "mondays")
    add(db, "--output", tmp_path / "x.csv", on="Mon 07:00 Asia/Tokyo")
    assert_refused(schedules(db, "install", "mondays", "--cron", "--print"), 2, "CRON_TZ", "Asia/Tokyo")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a systemctl, a loginctl and a crontab before all others, which keep what they are told."""
    folder = tmp_path / "bin"
    folder.mkdir()
    scripts = {
        "systemctl": f'echo "$@" >> {folder}/told\ncase "$*" in *--property=Version*) echo Version=252;; esac',
        "loginctl": "echo Linger=no",
        "crontab": f'case "$1" in -l) cat {folder}/tab 2>/dev/null || {{ echo no crontab for you >&2; exit 1; }};;'
        f" -) cat > {folder}/tab;; esac",
    }
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def test_timers_are_written_enabled_and_taken_away(db: Path, tmp_path: Path, tools: Path) -> None:
    add(db, "--output", tmp_path / "x.csv")
    done = schedules(db, "install", "mondays")
    assert (done.code, done.out) == (0, b"")
    assert "enable-linger" in done.err
    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "systemd/user"
    assert sorted(path.name for path in folder.iterdir()) == [
        "partner-tui-mondays.service",
        "partner-tui-mondays.timer",
    ]
    assert "--user daemon-reload\n--user enable --now partner-tui-mondays.timer\n" in (tools / "told").read_text()
    assert only(db)["installed"] == "systemd"
    assert schedules(db, "uninstall", "mondays").code == 0
    assert list(folder.iterdir()) == []
    assert "--user disable --now partner-tui-mondays.timer\n" in (tools / "told").read_text()
    assert only(db)["installed"] is None


def test_timers_that_are_refused_leave_nothing(db: Path, tmp_path: Path, tools: Path) -> None:
    add(db, "--output", tmp_path / "x.csv")
    told = (tools / "systemctl").read_text()
    (tools / "systemctl").write_text(f'{told}\ncase "$*" in *enable*) echo refused >&2; exit 1;; esac\n')
    assert_refused(schedules(db, "install", "mondays"), 1, "refused")
    assert list((Path(os.environ["XDG_CONFIG_HOME"]) / "systemd/user").iterdir()) == []


def test_a_crontab_keeps_its_other_lines(db: Path, tmp_path: Path, tools: Path) -> None:
    others = "# mine\nMAILTO=me\n5 4 * * * /bin/true 100\\%\n"
    (tools / "tab").write_text(others)
    add(db, "--output", tmp_path / "x.csv")
    for _ in range(2):
        assert schedules(db, "install", "mondays", "--cron", "--yes").code == 0
    written = (tools / "tab").read_text()
    assert written.endswith(others)
    assert written.count("schedules run mondays") == 1
    assert only(db)["installed"] == "cron"
    schedules(db, "remove", "mondays")
    assert (tools / "tab").read_text() == others


def test_a_crontab_that_cannot_be_read_is_not_written(db: Path, tmp_path: Path, tools: Path) -> None:
    (tools / "crontab").write_text(f"#!/bin/sh\n[ $1 = - ] && touch {tools}/lost\necho not allowed >&2\nexit 1\n")
    add(db, "--output", tmp_path / "x.csv")
    assert_refused(schedules(db, "install", "mondays", "--cron", "--yes"), 1, "not allowed")
    assert not (tools / "lost").exists()


def test_without_a_manager_the_crontab_line_is_shown(db: Path, tmp_path: Path, tools: Path) -> None:
    (tools / "systemctl").write_text("#!/bin/sh\necho Failed to connect to bus >&2\nexit 1\n")
    add(db, "--output", tmp_path / "x.csv")
    done = schedules(db, "install", "mondays", variables={"SUDO_USER": "ann"})
    assert done.code == 0
    assert done.text.startswith("0 7 * * 1 /")
    assert "under sudo" in done.err
    assert not (tools / "tab").exists()


def doctor(db: Path) -> str:
    """Return what doctor calls wrong."""
    return "\n".join(line for line in run("--db", db, "doctor").text.splitlines() if line.startswith("WRONG"))


def test_linger_is_wrong_only_where_a_timer_needs_it(db: Path, tmp_path: Path, tools: Path) -> None:
    add(db, "--output", tmp_path / "x.csv")
    assert "linger" not in doctor(db)
    schedules(db, "install", "mondays")
    assert "your timers stop when you log out: loginctl enable-linger" in doctor(db)
    (tools / "loginctl").write_text("#!/bin/sh\necho Linger=yes\n")
    assert "linger" not in doctor(db)


def test_a_missing_mailer_is_wrong_only_where_a_schedule_mails(db: Path, tmp_path: Path) -> None:
    settings(sendmail_command="no-such-mailer -t")
    add(db, "--output", tmp_path / "x.csv")
    assert "no-such-mailer" not in doctor(db)
    schedules(db, "remove", "mondays")
    assert "Note: There is no program no-such-mailer" in add(db, "--mail-to", "me@x").err
    assert "There is no program no-such-mailer here to send mail with." in doctor(db)


def test_systemd_has_the_last_word_on_calendars(db: Path, tools: Path) -> None:
    (tools / "systemd-analyze").write_text("#!/bin/sh\necho Failed to parse calendar expression >&2\nexit 1\n")
    (tools / "systemd-analyze").chmod(0o755)
    assert_refused(add(db, "--mail-to", "me@x"), 2, "systemd cannot read it")
    (tools / "systemd-analyze").write_text("#!/bin/sh\necho some other trouble >&2\nexit 1\n")
    assert add(db, "--mail-to", "me@x").code == 0, "what does not answer refuses nothing"


def test_all_schedules_are_installed_and_uninstalled_at_once(db: Path, tmp_path: Path, tools: Path) -> None:
    assert_refused(schedules(db, "install"), 2, "No schedule was made yet")
    add(db, "--output", tmp_path / "x.csv")
    schedules(db, "add", "daily", "--on", "daily", "--output", tmp_path / "y.csv", "--", *SUMMARY)
    assert schedules(db, "install", "--cron", "--yes").code == 0
    assert (tools / "tab").read_text().count("schedules run") == 2
    done = schedules(db, "uninstall")
    assert (done.code, done.err.count("is taken from cron")) == (0, 2)
    assert (tools / "tab").read_text() == ""


# By one command


def test_one_command_keeps_a_schedule_and_has_it_run(db: Path, tools: Path) -> None:
    done = add(db, "--mail-to", "me@x", "--install")
    assert (done.code, done.out) == (0, b"")
    assert only(db)["installed"] == "systemd"
    assert "enable --now partner-tui-mondays.timer" in (tools / "told").read_text()
    assert "enable-linger" in done.err


def test_one_command_keeps_a_schedule_and_has_cron_run_it(db: Path, tools: Path) -> None:
    done = add(db, "--mail-to", "me@x", "--install", "--cron", "--yes")
    assert done.code == 0, done.err
    assert (tools / "tab").read_text() == done.text
    assert only(db)["installed"] == "cron"


def test_what_cannot_be_installed_is_not_kept_either(db: Path, tools: Path) -> None:
    told = (tools / "systemctl").read_text()
    (tools / "systemctl").write_text(f'{told}\ncase "$*" in *enable*) echo refused >&2; exit 1;; esac\n')
    assert_refused(add(db, "--mail-to", "me@x", "--install"), 1, "refused", "not kept")
    assert_refused(add(db, "--mail-to", "me@x", "--install", "--cron", on="2099-01-01"), 2, "no years", "not kept")
    assert json.loads(schedules(db, "list", "--json").text) == []
    (tools / "systemctl").write_text(told)
    assert add(db, "--mail-to", "me@x", "--install").code == 0, "the same command works when the cause is mended"


@pytest.mark.parametrize("option", ["--cron", "--yes"])
def test_options_of_installing_need_it(db: Path, option: str) -> None:
    assert_refused(add(db, "--mail-to", "me@x", option), 2, "--install")
    assert json.loads(schedules(db, "list", "--json").text) == []


# What a run is told of the person's shell

SYNC = ("sync",)


def test_a_scheduled_sync_asks_where_the_person_would(db: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden away")
    told: dict[str, str | None] = {
        "XDG_CONFIG_HOME": str(tmp_path / "conf"),
        "PARTNER_TUI_API_URL": "http://127.0.0.1:1/v3",
        "PARTNER_TUI_AUTH_URL": "http://127.0.0.1:1/auth",
        "PARTNER_TUI_PARTNER_TOKEN_URL": "http://127.0.0.1:1/token",
        "PARTNER_TUI_PARTNER_CLIENT_ID": "partner-7",
        "PARTNER_TUI_PARTNER_SECRET_FILE": "secret",
        "HTTPS_PROXY": "http://proxy.example:3128",
        "https_proxy": "http://ann:hunter2@proxy.example:3128",
    }
    done = add(db, words=SYNC, cwd=tmp_path, variables=told)
    assert "https_proxy is not told to it" in done.err
    expected = told | {"PARTNER_TUI_PARTNER_SECRET_FILE": str(tmp_path / "secret"), "https_proxy": None}
    unit = schedules(db, "install", "--print", cwd=tmp_path, variables=told)
    line = schedules(db, "install", "--print", "--cron", cwd=tmp_path, variables=told)
    for name, value in expected.items():
        in_view = value is not None and name != "PARTNER_TUI_PARTNER_CLIENT_ID"
        assert (f"Environment={name}={value}\n" in unit.text) == (value is not None), name
        assert (f" {name}={value} " in line.text) == in_view, name
    assert "partner_client_id in the settings" in line.err
    assert "partner_client_id" not in unit.err
    for done in (unit, line):
        assert "hunter2" not in done.text + done.err
        assert "hidden away" not in done.text + done.err


def test_a_report_is_told_of_the_region_and_of_no_vendor(db: Path, tmp_path: Path) -> None:
    told: dict[str, str | None] = {"LANG": "de_DE.UTF-8", "LC_ALL": None, "PARTNER_TUI_PARTNER_CLIENT_ID": "partner-7"}
    add(db, "--output", tmp_path / "x.pdf")
    line = schedules(db, "install", "--print", "--cron", variables=told).text
    assert line.startswith("0 7 * * 1 /usr/bin/env LANG=de_DE.UTF-8 /")
    assert "partner-7" not in line + schedules(db, "install", "--print", variables=told).text
    told["LANG"] = "en_US.UTF-8"
    assert "/usr/bin/env" not in schedules(db, "install", "--print", "--cron", variables=told).text


def test_what_a_sync_lacks_is_said_when_it_is_made_and_installed(db: Path) -> None:
    for done in (add(db, words=SYNC), schedules(db, "install", "--print")):
        assert done.code == 0
        assert "Note: There are no partner credentials: the client id is missing." in done.err


def test_a_mailer_that_timers_do_not_find_is_said(db: Path, tmp_path: Path) -> None:
    sendmail = make_sendmail(tmp_path / "mail")
    settings(sendmail_command="mymail -t")
    sendmail.rename(sendmail.with_name("mymail"))
    found: dict[str, str | None] = {"PATH": f"{sendmail.parent}:{os.environ['PATH']}"}
    assert "is found by your PATH alone" in add(db, "--mail-to", "me@x", variables=found).err
    settings(sendmail_command=f"{sendmail.parent}/mymail -t")
    assert "PATH" not in schedules(db, "install", "--print", variables=found).err


# By the system's own programs


@pytest.mark.programs
@pytest.mark.parametrize("name", ["a.db", '100% ours $HOME \'n "q" \\x.db'])
def test_systemd_takes_the_units(db: Path, tmp_path: Path, name: str) -> None:
    path = db.rename(tmp_path / name)
    add(path, "--output", tmp_path / "x.csv", on="Mon..Fri *-*~07/1 08:30")
    text = schedules(path, "install", "mondays", "--print").text
    folder = tmp_path / "units"
    folder.mkdir()
    for part in text.split("# /")[1:]:
        place, _, unit = part.partition("\n")
        (folder / Path(place).name).write_text(unit)
    files = sorted(map(str, folder.iterdir()))
    done = subprocess.run(["systemd-analyze", "verify", "--user", *files], capture_output=True, text=True, check=False)
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "partner-tui" in line]
    assert ours == []
    calendar = units(text)["timer"]["Timer"]["OnCalendar"]
    subprocess.run(["systemd-analyze", "calendar", calendar], check=True, stdout=subprocess.DEVNULL)


@pytest.fixture
def cron() -> Iterator[None]:
    """Run Debian's cron, unless it runs already, and keep this user's crontab."""
    before = subprocess.run(["crontab", "-l"], capture_output=True, check=False)
    daemon = subprocess.Popen(["cron", "-f"], stderr=subprocess.DEVNULL)
    yield
    daemon.terminate()
    daemon.wait(PATIENCE)
    put_back = ["crontab", "-"] if before.returncode == 0 else ["crontab", "-r"]
    subprocess.run(put_back, input=before.stdout, check=False)


@pytest.mark.programs
@pytest.mark.usefixtures("cron")
def test_cron_runs_the_line(db: Path, tmp_path: Path) -> None:
    odd = tmp_path / "100% ours"
    odd.mkdir()
    path = db.rename(odd / "a.db")
    add(path, "--output", odd / "from cron.csv", on="*-*-* *:*:00")
    done = schedules(path, "install", "mondays", "--cron", "--yes")
    assert done.code == 0, done.err
    file = odd / "from cron.csv"
    end = time.monotonic() + 150  # cron looks once a minute
    while not file.exists():
        assert time.monotonic() < end, "cron did not run the line"
        time.sleep(0.5)
    assert file.read_text().startswith('"Status"')
    while not runs(path) or runs(path)[0]["outcome"] == "running":
        assert time.monotonic() < end
        time.sleep(0.5)
    assert (runs(path)[0]["schedule"], runs(path)[0]["outcome"]) == ("mondays", "done")
    assert schedules(path, "uninstall", "mondays").code == 0
    left = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False).stdout
    assert "mondays" not in left


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Run a manager of systemd for us, which looks to the second; return the folder of its units."""
    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "systemd/user"
    precise = folder / "partner-tui-mondays.timer.d/precise.conf"  # timers may else be a minute late
    precise.parent.mkdir(parents=True)
    precise.write_text("[Timer]\nAccuracySec=1ms\n")
    with user_manager() as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield folder


def until(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never held"
        time.sleep(0.1)


@pytest.mark.programs
@pytest.mark.user_manager
def test_a_real_timer_fires_and_the_report_lies_in_the_mailbox(db: Path, tmp_path: Path, manager: Path) -> None:
    sendmail = make_sendmail(tmp_path / "mail")
    settings(sendmail_command=str(sendmail))
    words = ("report", "new-account-bonus-tracker", "--format", "pdf")
    done = add(db, "--mail-to", "me@example.com", "--install", on="*-*-* *:*:0/2", words=words)
    assert done.code == 0, done.err
    until(lambda: any(ran["outcome"] != "running" for ran in runs(db)))
    assert (runs(db)[-1]["schedule"], runs(db)[-1]["outcome"]) == ("mondays", "done"), runs(db)[-1]
    message = sent(sendmail.parent)[0]
    assert message["To"] == "me@example.com"
    assert [content(part)[:5] for part in message.iter_attachments()] == [b"%PDF-"]
    assert only(db)["installed"] == "systemd"
    assert schedules(db, "remove", "mondays").code == 0
    assert [path.name for path in manager.iterdir()] == ["partner-tui-mondays.timer.d"]
    listed = ["systemctl", "--user", "list-timers", "--all", "--no-legend"]
    assert "mondays" not in subprocess.run(listed, capture_output=True, text=True, check=True).stdout
