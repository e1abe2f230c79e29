"""report --mail-to: a message onto stdout as a filter, or handed to sendmail, never both and never twice."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.mailers import body, content, make_sendmail, message_of, sent, settings
from tests.cli.running import PATIENCE, assert_refused, run

JUDGES = Path(__file__).parents[1] / "judges"
TRACKER = ("report", "new-account-bonus-tracker", "--as-of", "2026-03-04")


@pytest.fixture
def sendmail(tmp_path: Path) -> Path:
    """Return a folder with a sendmail that keeps what it is given."""
    return make_sendmail(tmp_path / "mail").parent


def test_a_report_is_a_message_on_stdout(database: Path) -> None:
    done = run("--db", database, *TRACKER, "--mail-to", "ann@example.com", "--mail-from", "me@example.com")
    assert done.code == 0, done.err
    made = message_of(done.out)
    assert (made["To"], made["From"]) == ("ann@example.com", "me@example.com")
    assert "accounts of " in made["Subject"]
    assert "Pending: " in body(made)


@pytest.mark.parametrize(
    ("given", "kind", "head"), [([], "application/pdf", b"%PDF"), (["--format", "csv"], "text/csv", b'"')]
)
def test_the_file_is_attached_in_its_format(database: Path, given: list[str], kind: str, head: bytes) -> None:
    done = run("--db", database, *TRACKER, "--mail-to", "ann@example.com", "--attach", *given)
    (part,) = message_of(done.out).iter_attachments()
    assert part.get_content_type() == kind
    assert content(part).startswith(head)
    assert not list((Path(os.environ["XDG_DATA_HOME"]) / "partner-tui" / "outbox").iterdir())


def test_sendmail_gets_the_message_once(database: Path, sendmail: Path) -> None:
    settings(sendmail_command=f"{sendmail}/sendmail -i -t --via 'my mailer'")
    file = sendmail / "tracker.csv"
    done = run("--db", database, *TRACKER, "--mail-to", "ann@example.com", "--attach", "--output", file, "--send")
    assert done.code == 0, done.err
    assert done.last_line == str(file)
    (made,) = sent(sendmail)
    (part,) = made.iter_attachments()
    assert content(part) == file.read_bytes()
    assert (sendmail / "called").read_text() == "-i -t --via my mailer\n"


def test_sendmail_is_found_on_the_path(database: Path, sendmail: Path) -> None:
    if any((Path(folder) / "sendmail").exists() for folder in ("/usr/sbin", "/usr/lib")):
        settings(sendmail_command=f"{sendmail}/sendmail -i -t")  # this machine's own would be taken first
    variables = {"PATH": f"{sendmail}:{os.environ['PATH']}"}
    done = run("--db", database, *TRACKER, "--mail-to", "ann@example.com", "--send", variables=variables)
    assert (done.code, done.out) == (0, b"")
    assert "Sent to ann@example.com" in done.err
    assert len(sent(sendmail)) == 1
    assert (sendmail / "called").read_text() == "-i -t\n"


def test_what_a_mailer_does_not_take_is_kept_and_told(database: Path, tmp_path: Path) -> None:
    program = tmp_path / "full"
    program.write_text("#!/bin/sh\ncat > /dev/null\necho 'queue \033[31mfull' >&2\nexit 75\n")
    program.chmod(0o755)
    settings(sendmail_command=str(program))
    for given, kind in ((["--attach"], b"%PDF"), ([], b"From:")):
        done = run("--db", database, *TRACKER, "--mail-to", "ann@example.com", "--send", *given)
        assert_refused(done, 1, "was not sent", "queue ␛[31mfull")
        kept = Path(done.err.splitlines()[-1].partition("Kept is: ")[2])
        assert kept.read_bytes().startswith(kind)
        assert kept.stat().st_mode & 0o077 == 0


def test_without_a_mailer_the_file_is_kept(database: Path, tmp_path: Path) -> None:
    settings(sendmail_command="no-such-mailer -t")
    file = tmp_path / "t.pdf"
    done = run("--db", database, *TRACKER, "--mail-to", "a@b", "--attach", "--output", file, "--send")
    assert_refused(done, 1, "no-such-mailer", str(file))
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--mail-to", "a@b\nBcc: c@d"], "line break"),
        (["--mail-to", "a@b", "--subject", "x\ny"], "line break"),
        (["--mail-to", "a@b", "--mail-from", "nobody"], "no email address"),
        (["--mail-to", "nobody"], "no email address"),
        (["--mail-to", "a@b", "--output", "-"], "stdout"),
        (["--mail-to", "a@b", "--format", "csv"], "--attach"),
        (["--attach"], "--mail-to"),
        (["--send"], "--mail-to"),
        (["--subject", "x"], "--mail-to"),
    ],
)
def test_wrong_use_is_found_before_the_database_is_looked_for(tmp_path: Path, given: list[str], words: str) -> None:
    assert_refused(run("--db", tmp_path / "none.db", *TRACKER, *given), 2, words)


def test_a_message_is_a_run(own: Path) -> None:
    run("--db", own, "report", "all-accounts-summary", "--mail-to", "a@b")
    run("--db", own, "report", "all-accounts-summary", "--mail-to", "a@b", "--attach", "--format", "json")
    runs = json.loads(run("--db", own, "runs", "--json").text)
    assert [(each["format"], each["outcome"]) for each in runs] == [("json", "done"), ("mail", "done")]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Run a mail server, and return its port and the Maildir that it delivers to."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    box = tmp_path / "Maildir"
    command = [JUDGES / ".venv/bin/python", "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Mailbox", str(box)]
    with subprocess.Popen([*command, "-l", f"127.0.0.1:{port}"]) as child:
        end = time.monotonic() + PATIENCE
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert time.monotonic() < end
            time.sleep(0.05)
        yield port, box
        child.terminate()


@pytest.mark.programs
@pytest.mark.parametrize("way", ["filter", "send"])
def test_msmtp_delivers_it_to_a_server(database: Path, tmp_path: Path, server: tuple[int, Path], way: str) -> None:
    port, box = server
    config = tmp_path / "msmtprc"
    config.write_text(f"account default\nhost 127.0.0.1\nport {port}\nfrom partner@example.com\n")
    config.chmod(0o600)
    msmtp = shutil.which("msmtp")
    assert msmtp, "msmtp is not installed: see .ci/run"
    wanted = ["--db", str(database), *TRACKER, "--mail-to", "Ann <ann@example.com>", "--mail-to", "ben@example.com"]
    wanted += ["--attach", "--subject", "Zoë’s trackers", "--mail-from", "partner@example.com"]
    if way == "filter":
        done = run(*wanted)
        subprocess.run([msmtp, "-C", config, "-t"], input=done.out, check=True)
    else:
        settings(sendmail_command=f"{msmtp} -C {config} -i -t")
        done = run(*wanted, "--send")
        assert done.code == 0, done.err
    (file,) = (box / "new").iterdir()
    made = message_of(file.read_bytes())
    assert made["Subject"] == "Zoë’s trackers"
    assert [address.addr_spec for address in made["To"].addresses] == ["ann@example.com", "ben@example.com"]
    assert set(made["X-RcptTo"].split(", ")) == {"ann@example.com", "ben@example.com"}
    (part,) = made.iter_attachments()
    assert content(part).startswith(b"%PDF")
    assert content(part).rstrip().endswith(b"%%EOF")
    assert "Pending: " in body(made)
