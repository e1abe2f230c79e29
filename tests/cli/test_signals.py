"""A signal ends a command as if it had never begun, and its code says which signal it was."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.cli.running import PATIENCE, run, run_code, start

pytestmark = pytest.mark.promise("P6")

SIGNALS = {signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGTERM: 143}
DETAILS = ("report", "managed-account-details", "--status", "O")


def heed_signals() -> None:
    """Undo what a background job or nohup passes on."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


def wait_for(child: subprocess.Popen[bytes], is_so: Callable[[], bool]) -> None:
    """Wait until something is so while the program runs."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert child.poll() is None, "it ended too early"
        assert time.monotonic() < end, "it never came so far"
        time.sleep(0.001)


def has_open(child: subprocess.Popen[bytes], file: Path) -> bool:
    """Whether the program has a file open."""
    for link in Path(f"/proc/{child.pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            if link.readlink() == file:
                return True
    return False


def ended(child: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, talk = child.communicate(timeout=PATIENCE)
    return child.returncode, talk.decode()


def last_run(database: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(run("--db", database, "runs", "--json").out)[0]
    return found


@pytest.fixture(scope="module")
def many_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("many") / "many.csv"
    file.write_text("Account ID,Company\n" + "".join(f"a{n},Company {n}\n" for n in range(300_000)))
    return file


@pytest.mark.parametrize("number", SIGNALS)
def test_import_leaves_the_database_as_it_was(number: signal.Signals, many_rows: Path, own: Path) -> None:
    child = start("--db", own, "import", many_rows, preexec_fn=heed_signals)
    wait_for(child, lambda: has_open(child, many_rows))
    child.send_signal(number)
    code, talk = ended(child)

    assert (code, talk) == (SIGNALS[number], "")
    with closing(sqlite3.connect(own)) as connection:
        assert connection.execute("SELECT account_id, company FROM accounts").fetchall() == [
            ("a1", "Acme"),
            ("a2", "Bolt"),
        ]
        assert connection.execute("SELECT count(*) FROM imports").fetchone() == (1,)


@pytest.mark.parametrize("number", SIGNALS)
def test_report_into_a_slow_pipe_is_listed_as_interrupted(number: signal.Signals, database: Path) -> None:
    child = start("--db", database, *DETAILS, "--format", "html", preexec_fn=heed_signals)
    assert child.stdout is not None
    child.stdout.read(1)
    child.send_signal(number)
    code, talk = ended(child)
    assert (code, talk) == (SIGNALS[number], "")
    assert last_run(database)["outcome"] == "interrupted"


def test_file_on_its_way_is_removed(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_text("kept")
    child = start("--db", database, *DETAILS, "--output", target, "--force", preexec_fn=heed_signals)
    wait_for(child, lambda: len(list(tmp_path.iterdir())) > 1)
    child.send_signal(signal.SIGHUP)
    child.send_signal(signal.SIGHUP)  # a dropped line sends it twice
    code, talk = ended(child)
    assert (code, talk) == (129, "")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert target.read_text() == "kept"
    found = last_run(database)
    assert (found["outcome"], found["path"]) == ("interrupted", str(target))


def test_ignored_signal_stays_ignored(database: Path, tmp_path: Path) -> None:
    child = start(
        "--db",
        database,
        *DETAILS,
        "--output",
        tmp_path / "a.pdf",
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    wait_for(child, lambda: any(tmp_path.iterdir()))
    child.send_signal(signal.SIGHUP)
    assert ended(child)[0] == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_ctrl_c_while_the_program_is_loaded_is_quiet() -> None:
    done = run_code(
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Impatient:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Impatient())\n"
        "from tui.__main__ import main; main()\n"
    )
    assert (done.code, done.err) == (-signal.SIGINT, "")
