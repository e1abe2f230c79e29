"""Work of the program that a sweep disturbs, and what must hold whatever became of it."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.running import PROGRAM, environment, run
from tests.hostile.database import furnish

DETAILS = ("report", "managed-account-details", "--status", "O")
DATED = {"SOURCE_DATE_EPOCH": "1772600000"}
"""Equal reports are equal files then."""


@dataclass(frozen=True, slots=True)
class Task:
    """One command, and the files that it makes or replaces."""

    words: tuple[str, ...]
    files: tuple[str, ...] = ()
    is_old_there: bool = False
    """Whether older files of these names are there before."""
    changes_accounts: bool = False
    same: Callable[[bytes], bytes] = field(default=lambda content: content)
    """What of a file is the same for each run."""


def _accounts_of(backup: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(backup)
        return repr(connection.execute("SELECT account_id, company FROM accounts ORDER BY pk").fetchall()).encode()


def _reports() -> Mapping[str, Task]:
    endings = {"csv": "csv", "html": "html", "pdf": "pdf", "XLS": "xlsx", "json": "json"}
    return {
        f"export to {name}": Task((*DETAILS, "--output", f"r.{end}", "--force"), (f"r.{end}",), is_old_there=True)
        for name, end in endings.items()
    }


TASKS: Mapping[str, Task] = {
    "import": Task(("import", "more.csv"), changes_accounts=True),
    "first import": Task(("--db", "new.db", "import", "more.csv")),
    "import through a pipe": Task(("import", "more.csv.gz"), changes_accounts=True),
    "undo": Task(("undo-import", "--yes"), changes_accounts=True),
    **_reports(),
    "contact files": Task(
        ("lists", "export", "mine", "--for", "web", "--output", "c.csv", "--left-out", "l.csv", "--force"),
        ("c.csv", "l.csv"),
        is_old_there=True,
    ),
    "backup": Task(("backup", "b.db", "--force"), ("b.db",), is_old_there=True, same=_accounts_of),
    "schedule": Task(("schedules", "run", "mondays"), ("s.csv",)),
}


class Bench:
    """A folder with a database, as it was before each try."""

    def __init__(self, folder: Path) -> None:
        """Make what is copied for each try."""
        self.master = folder / "master"
        self.folder = folder / "try"
        self.home = folder / "home"
        self.master.mkdir()
        self.folder.mkdir()
        database = furnish(self.folder, accounts=400)
        for name in ("a.csv", "s.csv", "contacts.csv"):
            (self.folder / name).unlink(missing_ok=True)
        rows = [f"n{n},New {n},Open,Managed,n{n}@example.com" for n in range(300)]
        text = "\n".join(
            ["Account ID,Company,Status,Account Type,Email", "a1,Changed,Open,Managed,b@example.com", *rows]
        )
        (self.folder / "more.csv").write_text(f"{text}\n")
        shutil.move(database, self.folder / "a.db")
        import gzip

        (self.folder / "more.csv.gz").write_bytes(gzip.compress(text.encode()))
        with closing(sqlite3.connect(self.folder / "a.db")) as connection:
            connection.execute("UPDATE schedules SET written = NULL, output = ?", [str(self.folder / "s.csv")])
            connection.commit()
        shutil.copytree(self.folder, self.master, dirs_exist_ok=True)
        self.variables = environment(
            **DATED, XDG_DATA_HOME=str(self.home), XDG_STATE_HOME=str(self.home), XDG_CONFIG_HOME=str(self.home)
        )
        self.expected: dict[str, str] = {}
        self.accounts: dict[str, str] = {}

    def command(self, task: Task) -> list[str]:
        """Return the command line of a task."""
        database = [] if "--db" in task.words else ["--db", "a.db"]
        return [*PROGRAM, *database, *task.words]

    def reset(self, task: Task) -> None:
        """Put everything back as it was, with older files where the task replaces some."""
        for folder in (self.folder, self.home):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.master, self.folder)
        if task.is_old_there:
            for name in task.files:
                (self.folder / name).write_text(f"the older {name}")

    def learn(self, task: Task) -> None:
        """Run the task undisturbed once, to know what is to come of it."""
        self.reset(task)
        self.accounts["before"] = self.dump()
        done = run(*self.command(task)[len(PROGRAM) :], cwd=self.folder, variables=dict(self.variables))
        assert done.code == 0, done
        for name in task.files:
            self.expected[name] = self.digest(task, name)
        self.accounts["after"] = self.dump()

    def digest(self, task: Task, name: str) -> str:
        """Return what is the same of a file for each run."""
        return hashlib.sha256(task.same((self.folder / name).read_bytes())).hexdigest()

    def dump(self) -> str:
        """Return all accounts."""
        with closing(sqlite3.connect(self.folder / "a.db")) as connection:
            return repr(connection.execute("SELECT * FROM accounts ORDER BY pk").fetchall())

    def check(self, task: Task, what: str) -> None:
        """Check, after a start that may mend, that all of the task is done or none of it, and nothing is left over."""
        looked = run("--db", "a.db", "runs", cwd=self.folder, variables=dict(self.variables))
        assert looked.code == 0, (what, looked)
        with closing(sqlite3.connect(self.folder / "a.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], what
        assert self.dump() in self.accounts.values(), f"{what}: some accounts were changed and others not"
        states = {name: self.state(task, name) for name in task.files}
        assert set(states.values()) <= {"old", "new"}, (what, states)
        assert len(set(states.values())) <= 1, (what, states)
        if (self.folder / "new.db").exists():
            looked = run("--db", "new.db", "doctor", cwd=self.folder, variables=dict(self.variables))
            assert looked.code in (0, 3), (what, looked.text)
        known = {path.name for path in self.master.iterdir()} | set(task.files) | {"new.db"}
        known |= {f"{name}{end}" for name in ("a.db", "new.db") for end in ("-wal", "-shm", "-journal")}  # SQLite's own
        known.add(".a.db.schedule-mondays.lock")
        left = {path.name for path in self.folder.iterdir()} - known
        assert not left, f"{what}: {left} stays"
        for place in ("scratch", "pending", "outbox"):
            left = set((self.home / "partner-tui" / place).glob("*"))
            assert not left, f"{what}: {left} stays"

    def state(self, task: Task, name: str) -> str:
        """Return whether a file is as it was, as it is to be, or neither."""
        path = self.folder / name
        if not path.exists():
            return "gone" if task.is_old_there else "old"
        if task.is_old_there and path.read_bytes() == f"the older {name}".encode():
            return "old"
        return "new" if self.digest(task, name) == self.expected[name] else "neither"
