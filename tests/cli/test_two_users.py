"""Two people of this machine on one database, as `partner-tui share` makes it. Run as root, which makes the people."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pytest

from tests.cli.running import PATIENCE, Done, assert_refused

pytestmark = [pytest.mark.programs, pytest.mark.promise("P5")]

ROOT = Path(__file__).parents[2]


def python() -> str:
    """Return a Python of our version that everybody may run: one in root's home is closed to others."""
    own = os.path.realpath(sys.executable)
    if os.geteuid() != 0:
        return own  # to be read with other tests; those here need root, and fail at making the people
    for candidate in (own, "/usr/bin/python3", "/usr/local/bin/python3"):
        asked = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "sh", "-c", 'exec "$@"', "sh"]
        done = subprocess.run(
            [*asked, candidate, "-c", "import sys; print(sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.stdout.strip() == str(sys.version_info[:2]):
            return candidate
    raise AssertionError("no Python of this version is open to everybody")


LIBRARIES = f"{ROOT}:{sysconfig.get_path('purelib')}"
"""Where everybody finds the program, and what it needs."""
PROGRAM = (python(), "-c", "from tui.__main__ import main; main()")

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTHON", "HOME"))}

_OURS = os.environ.get("PYTEST_XDIST_WORKER", "main")
GROUP, ANN, BEN = f"ptui-team-{_OURS}", f"ptui-ann-{_OURS}", f"ptui-ben-{_OURS}"
"""Of their own for each process that tests: several may run at once."""
HOLD = """
import sys, time
from contextlib import closing
from pathlib import Path
from db.connection import connect_writing
from db.transaction import transaction
with closing(connect_writing(Path(sys.argv[1]))) as connection, transaction(connection):
    print("held", flush=True)
    sys.stdin.readline()
"""


def system(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@dataclass(frozen=True)
class Team:
    """A shared database, and what both do with it."""

    folder: Path

    @property
    def db(self) -> Path:
        return self.folder / "team" / "partner.db"

    def command(self, person: str, words: tuple[str, ...], umask: str) -> list[str]:
        """Return what runs a command as a person with a umask of their own, set again behind the program's."""
        home = pwd.getpwnam(person).pw_dir
        line = f'umask {umask}; cd /; export HOME={home} PARTNER_TUI_DB={self.db} PYTHONPATH={LIBRARIES}; exec "$@"'
        return ["setpriv", f"--reuid={person}", f"--regid={person}", "--init-groups", "sh", "-c", line, "sh", *words]

    def by(self, person: str, *words: str, umask: str = "077", typed: str | None = None) -> Done:
        command = self.command(person, (*PROGRAM, *words), umask)
        done = subprocess.run(
            command, capture_output=True, timeout=PATIENCE, check=False, env=ENVIRONMENT, input=(typed or "").encode()
        )
        return Done(done.returncode, done.stdout, done.stderr.decode())

    def modes(self) -> dict[str, tuple[str, str]]:
        """Return mode and group of every file beside the database."""
        found = {}
        for path in self.db.parent.iterdir():
            now = path.stat()
            found[path.name] = (oct(stat.S_IMODE(now.st_mode)), now.st_gid)
        return {
            name: (mode, "team" if gid == self.db.parent.stat().st_gid else str(gid))
            for name, (mode, gid) in found.items()
        }


@pytest.fixture(scope="module")
def people() -> Iterator[None]:
    """Make the group and two people in it, with homes of their own."""
    assert os.geteuid() == 0, "the tests of two people run as root: see .ci/run"
    system("groupadd", GROUP)
    for person in (ANN, BEN):
        system("useradd", "--create-home", "--user-group", "--groups", GROUP, person)
    yield
    for person in (ANN, BEN):
        system("userdel", "--remove", person)
    system("groupdel", GROUP)


@pytest.fixture
def team(people: None) -> Iterator[Team]:
    """Share a new database, in a folder that everybody gets to."""
    folder = Path(tempfile.mkdtemp(prefix="partner-tui-team-"))
    folder.chmod(0o755)
    made = Team(folder)
    done = subprocess.run(
        [*PROGRAM, "share", made.db, "--group", GROUP],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": LIBRARIES},
    )
    assert done.returncode == 0, done.stderr
    for name, row in (
        ("first", "a1,Acme,acme,Open,Managed,a@example.com"),
        ("second", "a2,Bolt,bolt,Open,Managed,b@example.com"),
    ):
        (folder / f"{name}.csv").write_text(f"Account ID,Company,Username,Status,Account Type,Email\n{row}\n")
    yield made
    shutil.rmtree(folder)


def test_the_folder_is_the_groups(team: Team) -> None:
    assert stat.S_IMODE(team.db.parent.stat().st_mode) == 0o2770
    assert set(team.modes().values()) == {("0o660", "team")}
    done = team.by(BEN, "doctor")
    assert f"shared with group {GROUP} ({ANN}, {BEN})" in done.text
    assert "chmod" not in done.text


@pytest.mark.parametrize("umasks", [("077", "002"), ("002", "077"), ("022", "022")])
def test_both_work_whatever_their_umask(team: Team, umasks: tuple[str, str]) -> None:
    first, second = umasks
    assert team.by(ANN, "import", str(team.folder / "first.csv"), umask=first).code == 0
    assert team.by(BEN, "import", str(team.folder / "second.csv"), umask=second).code == 0
    for person, umask in ((ANN, first), (BEN, second)):
        with subprocess.Popen(
            team.command(person, (PROGRAM[0], "-c", HOLD, str(team.db)), umask),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=ENVIRONMENT,
        ) as holder:
            assert holder.stdout
            assert holder.stdout.readline() == b"held\n"
            modes = team.modes()
            assert {"partner.db", "partner.db-wal", "partner.db-shm"} <= set(modes)
            assert set(modes.values()) == {("0o660", "team")}
            holder.communicate(b"\n", timeout=PATIENCE)
    rows = json.loads(team.by(ANN, "report", "all-accounts-summary", "--format", "json").text)["rows"]
    assert rows[-1]["total"] == 2


def test_who_ran_exported_and_scheduled_is_known(team: Team) -> None:
    team.by(ANN, "import", str(team.folder / "first.csv"))
    team.by(ANN, "lists", "new", "All of them", "--where", "status = Open")
    team.by(BEN, "report", "all-accounts-summary", "--format", "csv")
    home = pwd.getpwnam(BEN).pw_dir
    done = team.by(BEN, "lists", "export", "All of them", "--for", "web", "--output", f"{home}/x.csv")
    assert done.code == 0, done.err
    done = team.by(ANN, "lists", "export", "All of them", "--for", "web", "--new-since-last", "--dry-run")
    assert f"{BEN} wrote to them on " in done.err
    assert [run["by"] for run in json.loads(team.by(ANN, "runs", "--json").text)] == [BEN]
    assert f"by {BEN}" in team.by(ANN, "runs").text
    team.by(
        BEN,
        "schedules",
        "add",
        "daily",
        "--on",
        "daily",
        "--output",
        f"{home}/out.csv",
        "--",
        "report",
        "all-accounts-summary",
    )
    (schedule,) = json.loads(team.by(ANN, "schedules", "list", "--json").text)
    assert schedule["by"] == BEN


def test_a_schedule_of_one_is_run_by_the_other(team: Team) -> None:
    team.by(ANN, "import", str(team.folder / "first.csv"))
    words = (
        "--on",
        "daily",
        "--output",
        str(team.db.parent / "out" / "{name}.csv"),
        "--",
        "report",
        "all-accounts-summary",
    )
    assert team.by(ANN, "schedules", "add", "daily", *words).code == 0
    assert team.by(ANN, "schedules", "run", "daily").code == 0
    assert team.by(BEN, "schedules", "run", "daily").code in (0, 1)  # ben may not replace ann's file, and is told
    runs = json.loads(team.by(BEN, "runs", "--json").text)
    assert [(run["schedule"], run["by"]) for run in runs] == [("daily", BEN), ("daily", ANN)]


def test_the_second_import_waits_and_is_told_for_whom(team: Team) -> None:
    team.by(ANN, "import", str(team.folder / "first.csv"))
    with subprocess.Popen(
        team.command(ANN, (PROGRAM[0], "-c", HOLD, str(team.db)), "077"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as holder:
        assert holder.stdout
        assert holder.stdin
        assert holder.stdout.readline() == b"held\n"
        waiting = subprocess.Popen(
            team.command(BEN, (*PROGRAM, "import", str(team.folder / "second.csv")), "077"),
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            env=ENVIRONMENT,
        )
        assert waiting.stderr
        line = waiting.stderr.readline()
        end = time.monotonic() + PATIENCE
        while "Waiting" not in line:
            assert time.monotonic() < end
            line = waiting.stderr.readline()
        assert f"Waiting for {ANN}, who is writing" in line
        holder.stdin.write(b"\n")
        holder.stdin.flush()
        assert waiting.wait(PATIENCE) == 0
        waiting.communicate()


def test_others_than_the_group_have_no_way_in(team: Team) -> None:
    done = subprocess.run(
        ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "env", f"PARTNER_TUI_DB={team.db}",
         "HOME=/nowhere", f"PYTHONPATH={LIBRARIES}", *PROGRAM, "report", "all-accounts-summary"],
        capture_output=True, check=False, cwd="/",
    )  # fmt: skip
    assert done.returncode == 1
    assert b"Permission denied" in done.stderr
    team.db.chmod(0o664)
    assert "WRONG" in next(line for line in team.by(ANN, "doctor").text.splitlines() if "others" in line)


def test_who_cannot_share_is_told_what_root_has_to_do(team: Team) -> None:
    own = Path(pwd.getpwnam(ANN).pw_dir)
    own.chmod(0o700)
    assert_refused(team.by(ANN, "share", str(own / "partner.db"), "--group", GROUP), 2, "own")
    assert_refused(
        team.by(ANN, "share", str(own / "deep/partner.db"), "--group", GROUP), 1, "cannot get into", str(own)
    )
    assert_refused(
        team.by(ANN, "share", "/srv/ptui-none/partner.db", "--group", GROUP), 1, "chmod 2770", "Permission denied"
    )
    assert_refused(team.by(ANN, "share", str(team.db), "--group", "no-such-group"), 2, "no-such-group")
    outside = team.folder / "ann"
    outside.mkdir()
    shutil.chown(outside, ANN, ANN)
    assert team.by(ANN, "share", str(outside / "partner.db"), "--group", GROUP).code == 0
    assert stat.S_IMODE(outside.stat().st_mode) == 0o2770


def test_a_folder_that_cannot_have_the_setgid_bit_is_as_before(team: Team) -> None:
    folder = team.folder / "foreign"
    folder.mkdir(mode=0o750)
    shutil.chown(folder, ANN, "nogroup")  # of which she is no member: the system drops the bit without a word
    done = team.by(ANN, "share", str(folder / "partner.db"), "--group", "nogroup")
    assert_refused(done, 1, "does not keep the setgid bit", "Root can try")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750
    assert list(folder.iterdir()) == []


def test_views_are_each_persons_own(team: Team) -> None:
    team.by(ANN, "import", str(team.folder / "first.csv"))
    save = (
        "import sys; from pathlib import Path; from core.reports.catalogue import REPORTS;"
        "from core.views.saved_views import save_view; from core.views.view import ViewState;"
        "save_view(Path(sys.argv[1]), REPORTS[2], 'Mine', ViewState((), ()))"
    )
    subprocess.run(
        team.command(ANN, (PROGRAM[0], "-c", save, str(team.db)), "077"),
        check=True,
        env=ENVIRONMENT,
    )
    asked = ("report", "new-account-bonus-tracker", "--view", "mine", "--format", "csv")
    assert team.by(ANN, *asked).code == 0
    assert_refused(team.by(BEN, *asked), 2, "mine")


def test_an_import_of_the_other_is_taken_back_only_after_a_question(team: Team) -> None:
    team.by(ANN, "import", str(team.folder / "first.csv"))
    assert [each["by"] for each in json.loads(team.by(BEN, "imports", "--json").text)] == [ANN]
    assert_refused(team.by(BEN, "undo-import"), 2, ANN, "--yes")
    command, *arguments = team.command(BEN, (*PROGRAM, "undo-import"), "077")
    for answer, total in (("n", 1), ("y", 0)):
        child = pexpect.spawn(command, arguments, env=ENVIRONMENT, timeout=PATIENCE, encoding="utf-8")
        child.expect(f"{ANN} imported this.*Take it back")
        child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == (0 if answer == "y" else 130)
        undone = [each["undone_at"] is not None for each in json.loads(team.by(ANN, "imports", "--json").text)]
        assert undone == [total == 0]
    team.by(ANN, "import", str(team.folder / "first.csv"))
    assert team.by(BEN, "undo-import", "--yes").code == 0


def test_an_import_that_comes_while_one_is_asked_about_another_stays(team: Team) -> None:
    team.by(ANN, "import", str(team.folder / "first.csv"))
    command, *arguments = team.command(BEN, (*PROGRAM, "undo-import"), "077")
    child = pexpect.spawn(command, arguments, env=ENVIRONMENT, timeout=PATIENCE, encoding="utf-8")
    child.expect(f"{ANN} imported this.*Take it back")
    team.by(ANN, "import", str(team.folder / "first.csv"))
    child.sendline("y")
    child.expect(f"{ANN} imported first.csv meanwhile, so nothing was taken back")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1
    assert [each["undone_at"] for each in json.loads(team.by(ANN, "imports", "--json").text)] == [None, None]


def test_who_became_root_by_sudo_is_told(team: Team) -> None:
    team.by(ANN, "import", str(team.folder / "first.csv"))
    done = subprocess.run(
        [*PROGRAM, "--db", team.db, "report", "all-accounts-summary", "--format", "csv"],
        capture_output=True,
        check=False,
        env=ENVIRONMENT | {"PYTHONPATH": LIBRARIES, "SUDO_USER": ANN, "HOME": str(team.folder)},
        cwd="/",
    )
    assert done.returncode == 0, done.stderr
    (run,) = json.loads(team.by(BEN, "runs", "--json").text)
    assert (run["by"], run["sudo_by"]) == ("root", ANN)
    assert f"by root ({ANN} by sudo)" in team.by(BEN, "runs").text
    assert set(team.modes().values()) == {("0o660", "team")}


def test_a_copy_beside_the_teams_database_is_the_teams(team: Team) -> None:
    team.by(ANN, "import", str(team.folder / "first.csv"))
    assert team.by(ANN, "backup", str(team.db.parent / "copy.db")).code == 0
    assert set(team.modes().values()) == {("0o660", "team")}
    assert team.by(BEN, "--db", str(team.db.parent / "copy.db"), "import", str(team.folder / "second.csv")).code == 0
    own = Path(pwd.getpwnam(ANN).pw_dir) / "copy.db"
    assert team.by(ANN, "backup", str(own)).code == 0
    assert stat.S_IMODE(own.stat().st_mode) == 0o600


def test_a_folder_is_no_database_to_share(team: Team) -> None:
    assert_refused(team.by(ANN, "share", str(team.db.parent), "--group", GROUP), 2, "is a folder")
