"""An SSH server of our own on this machine, and the program at its end of the line."""

from __future__ import annotations

import fcntl
import getpass
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from core.demo.demo import make_demo
from tests.ssh.big import write_big_csv
from tests.tui.terminal import Terminal

PROGRAM = Path(sys.executable).with_name("partner-tui")
SERVER_CONFIG = """
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/key.pub
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
PermitRootLogin prohibit-password
AcceptEnv LANG LC_* NO_COLOR SOURCE_DATE_EPOCH
SetEnv PATH={path} HOME={home} XDG_DATA_HOME={home}/data XDG_CONFIG_HOME={home}/config TZ=UTC
Subsystem sftp internal-sftp
"""
CLIENT_CONFIG = """
Host *
  IdentityFile {folder}/key
  IdentitiesOnly yes
  UserKnownHostsFile {folder}/known_hosts
  StrictHostKeyChecking yes
  BatchMode yes
  SendEnv LANG LC_* NO_COLOR SOURCE_DATE_EPOCH
"""


@dataclass(frozen=True)
class Server:
    """A running server. Its account is the one that runs the tests, with a home folder of its own."""

    folder: Path
    port: int

    @property
    def home(self) -> Path:
        """The home folder at its end."""
        return self.folder / "home"

    @property
    def path(self) -> str:
        """The PATH at its end."""
        return f"{PROGRAM.parent}:/usr/local/bin:/usr/bin:/bin"

    @property
    def client_path(self) -> str:
        """A PATH on which ssh and scp are told of the test's keys, as a person's own configuration tells them."""
        return f"{self.folder / 'bin'}:{os.environ['PATH']}"

    def command(self, *words: str) -> list[str]:
        """Return the command line that runs `words` there."""
        target = f"{getpass.getuser()}@127.0.0.1"
        return [str(self.folder / "bin" / "ssh"), "-p", str(self.port), target, *words]

    def terminal(self, words: str, size: tuple[int, int] = (100, 30), **variables: str) -> Terminal:
        """Return a terminal on which `words` run there; `variables` are of the client's machine."""
        command = self.command(words)
        command.insert(1, "-tt")
        kept = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        return Terminal(command, kept | variables, size)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server on a free port of this machine."""
    folder = tmp_path_factory.mktemp("ssh")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("host_key", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    host_key = (folder / "host_key.pub").read_text()
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host_key}")
    made = Server(folder, port)
    made.home.mkdir()
    config = SERVER_CONFIG.format(folder=folder, port=port, home=made.home, path=made.path)
    (folder / "sshd_config").write_text(config)
    (folder / "ssh_config").write_text(CLIENT_CONFIG.format(folder=folder))
    (folder / "bin").mkdir()
    for name in ("ssh", "scp"):
        script = folder / "bin" / name
        script.write_text(f'#!/bin/sh\nexec {shutil.which(name)} -F {folder}/ssh_config "$@"\n')
        script.chmod(0o755)
    sshd = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert sshd, "sshd is not installed"
    with (folder / "sshd.log").open("wb") as log:
        process = subprocess.Popen([sshd, "-D", "-e", "-f", folder / "sshd_config"], stderr=log)
    try:
        _wait_until_open(process, port, folder / "sshd.log")
        yield made
    finally:
        process.terminate()
        process.wait()


def _wait_until_open(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of demo accounts; tests read it, and add runs to it."""
    path = tmp_path_factory.mktemp("accounts") / "accounts.db"
    make_demo(path, date(2026, 3, 4), count=500)
    return path


@pytest.fixture(scope="session")
def big_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of so many accounts that work on it can be met under way."""
    return _made_once(tmp_path_factory, "big.csv", write_big_csv)


@pytest.fixture(scope="session")
def big(big_csv: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of these accounts; tests read it, and add runs to it."""

    def make(path: Path) -> None:
        subprocess.run([PROGRAM, "--db", path, "import", big_csv], check=True, stdout=subprocess.DEVNULL)

    made = _made_once(tmp_path_factory, "big.db", make)
    ours = tmp_path_factory.mktemp("big") / "accounts.db"
    with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(ours)) as target:
        source.backup(target)
    return ours


def _made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a file that the first of the processes that run the tests makes; the others wait for it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make(path)
    return path
