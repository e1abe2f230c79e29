"""Each way out of the program is listed, and no hostile text in any column acts there (promise P1)."""

from __future__ import annotations

import ast
import csv
import email
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from email import policy
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import Fault, WrongUse
from core.schedules.installed import line_of, units_of
from core.schedules.schedules import all_schedules
from core.text.formula_guard import is_guarded
from exporters.mail import Letter, envelope, message
from exporters.sendmail import as_bytes
from tests.hostile.database import copy_of, fill_with_texts, furnish
from tests.hostile.program import called
from tests.hostile.values import ACTS, TEXTS, put

pytestmark = pytest.mark.promise("P1")
ROOT = Path(__file__).parents[2]
FLOORS = ("tui", "exporters", "core", "db")

WAYS = {
    "tui/app.py": "terminal: the lines that fetch files, said at the end",
    "tui/cli/completion.py": "command line: a script of our own",
    "tui/cli/deliver.py": "command line: reports",
    "tui/cli/imports.py": "command line: asks only whether a person is there",
    "tui/cli/mailing.py": "mail: a message on stdout",
    "tui/cli/main.py": "command line: the version",
    "tui/cli/scheduled_run.py": "command line: flushes",
    "tui/cli/schedules.py": "command line: flushes",
    "tui/cli/streams.py": "command line: settles the streams",
    "tui/cli/table_options.py": "command line: asks only whether a person is there",
    "tui/cli/talk.py": "command line: everything said, and JSON",
    "tui/cli/text_table.py": "command line: reports as tables",
    "tui/cli/doctor.py": "program: asks tmux",
    "tui/crash.py": "file: the report of a crash, without values",
    "tui/terminal/diff_driver.py": "terminal",
    "tui/terminal/fetching.py": "terminal: a program of the desktop's, given a file",
    "tui/terminal/input_filter.py": "terminal: what it sent itself, cleaned",
    "tui/terminal/session.py": "terminal: asks only what it is",
    "tui/terminal/writer.py": "terminal",
    "exporters/csv_file.py": "CSV",
    "exporters/html_file.py": "HTML",
    "exporters/json_file.py": "JSON",
    "exporters/mail.py": "mail",
    "exporters/outbox.py": "mail: a message that could not be sent",
    "exporters/pdf_file.py": "PDF",
    "exporters/pending_sets.py": "file: a note of our own",
    "exporters/sendmail.py": "mail",
    "exporters/xls_file.py": "XLS",
    "core/importing/spawning.py": "program: our own child",
    "core/remembered.py": "file: what is remembered of a person's choices, and figures without names",
    "core/schedules/start.py": "program: our own",
    "core/schedules/system.py": "systemd units, crontab lines",
    "core/settings/settings_file.py": "file: settings",
    "core/vendor/credentials.py": "file: credentials",
    "core/vendor/limits.py": "file: counts of our own",
    "core/vendor/transport.py": "API",
    "db/filesystem.py": "program: asks which file system it is",
    "db/writer.py": "file: a note of our own",
}
"""Every module that hands text on to something else, and to what. Files are written through `exporters.atomic`."""

CALLS = {"print", "echo", "secho", "EmailMessage", "write_private", "write_text", "write_bytes"}
OF_MODULES = {
    "subprocess.run",
    "subprocess.Popen",
    "subprocess.call",
    "subprocess.check_output",
    "os.write",
    "os.system",
}
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}
LIBRARIES = {"httpx2", "email.message", "smtplib", "logging", "syslog", "webbrowser", "socket", "urllib.request"}


def _is_way_out(tree: ast.AST, floor: str) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called_as = ast.unparse(node.func)
            if called_as in OF_MODULES or called_as.rpartition(".")[2] in CALLS:
                return True
        elif (
            (isinstance(node, ast.Attribute) and node.attr in STREAMS and ast.unparse(node.value) == "sys")
            or (isinstance(node, ast.Import) and any(alias.name in LIBRARIES for alias in node.names))
            or (isinstance(node, ast.ImportFrom) and node.module in LIBRARIES)
            or (
                isinstance(node, ast.FunctionDef)
                and node.name == "write"
                and floor == "exporters"
                and node in tree.body
            )
        ):
            return True
    return False


def test_every_way_out_is_listed() -> None:
    """A module that is not listed wants its line above, and a test of what hostile text does there."""
    found = {
        str(path.relative_to(ROOT))
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*.py")
        if _is_way_out(ast.parse(path.read_text("utf-8")), floor)
    }
    assert found == set(WAYS)


@pytest.fixture(scope="session")
def _texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = furnish(tmp_path_factory.mktemp("texts"), accounts=3 * len(TEXTS))
    fill_with_texts(database)
    return database


@pytest.fixture
def hostile(_texts: Path, tmp_path: Path) -> Path:
    return copy_of(_texts, tmp_path)


def written(database: Path, name: str, *options: str) -> Path:
    """Return the file of all accounts in a format."""
    target = database.with_name(name)
    done = called(database, "accounts", "--output", str(target), *options)
    assert done.code == 0, done
    return target


def in_cells(database: Path) -> set[str]:
    """Return what stands in the accounts."""
    with closing(sqlite3.connect(database)) as connection:
        return {
            str(value) for row in connection.execute("SELECT * FROM accounts") for value in row if value is not None
        }


def test_csv(hostile: Path) -> None:
    rows = list(csv.reader(io.StringIO(written(hostile, "a.csv").read_text("utf-8"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if is_guarded(cell)]
    raw = written(hostile, "raw.csv", "--raw").read_text("utf-8")
    assert TEXTS["formula"] in {cell for row in csv.reader(io.StringIO(raw, newline="")) for cell in row}


def test_csv_with_another_delimiter(hostile: Path) -> None:
    text = written(hostile, "s.csv", "--delimiter", ";").read_text("utf-8")
    for delimiter in ",;\t":
        cells = [cell.strip('"') for line in text.splitlines() for cell in line.split(delimiter)]
        assert not [cell for cell in cells if cell[:1] in "=@" and cell]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_html(hostile: Path) -> None:
    page = written(hostile, "a.html").read_text("utf-8")
    tags = _Tags()
    tags.feed(page)
    assert tags.found.isdisjoint({"script", "img", "iframe", "object", "link", "base", "form"})
    assert not [name for name in tags.attributes if name.startswith("on")]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", page)


def test_xls(hostile: Path) -> None:
    file = written(hostile, "a.xlsx")
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            assert b"<f>" not in package.read(name)
            assert b"<f " not in package.read(name)
    cells = [cell for sheet in load_workbook(file).worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert TEXTS["formula"] in {cell.value for cell in cells}


def test_json(hostile: Path) -> None:
    text = written(hostile, "a.json").read_text("utf-8")
    assert not ACTS.search(text)
    held = {str(value) for row in json.loads(text)["rows"] for value in row.values()}
    assert {TEXTS["clipboard"], TEXTS["bidi"], TEXTS["C1"]} <= held
    assert held & in_cells(hostile)


def test_pdf(hostile: Path) -> None:
    content = written(hostile, "a.pdf").read_bytes()
    for action in (b"/JavaScript", b"/JS", b"/OpenAction", b"/Launch", b"/URI", b"/EmbeddedFile"):
        assert action not in content


@pytest.mark.parametrize("name", TEXTS)
def test_mail(name: str) -> None:
    text = TEXTS[name]
    letter = Letter(text, text, [(text, text)], [(text, text)], [[text, text], [text, text]], [text], [text])
    made = email.message_from_bytes(as_bytes(message(envelope(["me@example.com"]), letter)), policy=policy.default)
    assert made.keys() == [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ]
    assert made["To"] == "me@example.com"
    plain, page = (part.get_content() for part in made.iter_parts())  # type: ignore[attr-defined]
    assert not ACTS.search(plain + page)
    tags = _Tags()
    tags.feed(page)
    assert tags.found.isdisjoint({"script", "img", "a"})
    if "\n" in text:
        with pytest.raises(WrongUse):
            envelope([f"me@example.com{text}"])
        with pytest.raises(WrongUse):
            envelope(["me@example.com"], subject=text)


@pytest.mark.parametrize("name", TEXTS)
def test_units_and_crontab_lines(name: str, hostile: Path, tmp_path: Path) -> None:
    """Only a schedule's calendar, its name, which is letters, and the path of the database come into them."""
    text = TEXTS[name]
    for column in ("command", "output", "mail_to", "made_by", "last_message"):
        put(hostile, "schedules", column, text)
    (schedule,) = all_schedules(hostile)
    for unit in units_of(schedule, hostile):
        assert re.fullmatch(r"partner-tui-mondays\.(service|timer)", unit.name)
        assert text not in unit.text
    assert "\n" not in line_of(schedule, hostile)
    put(hostile, "schedules", "name", text)
    assert all_schedules(hostile) == []
    odd = tmp_path / text.replace("/", "-").replace("\0", "")[:60] / "a.db"
    try:
        lines = line_of(schedule, odd).splitlines()
        services = [unit.text for unit in units_of(schedule, odd)]
    except Fault:
        assert "\n" in text or "\r" in text
        return
    assert len(lines) == 1 or "\n" not in line_of(schedule, odd)
    assert not re.search(r"(?<!\\)%", lines[0])
    sections = [line for service in services for line in service.split("\n") if line.startswith("[")]
    assert sections == ["[Unit]", "[Service]", "[Unit]", "[Timer]", "[Install]"]


def _said(database: Path) -> Iterator[str]:
    for words in (
        ("lists", "list"),
        ("imports",),
        ("runs",),
        ("schedules", "list"),
        ("accounts", "show", "1"),
        ("doctor",),
    ):
        done = called(database, *words)
        yield done.out.decode() + done.err


def test_the_command_line(hostile: Path) -> None:
    for said in _said(hostile):
        assert not ACTS.search(said)


def test_contacts_for_the_api(hostile: Path) -> None:
    target = hostile.with_name("contacts.csv")
    done = called(hostile, "lists", "export", "mine", "--for", "api", "--output", str(target))
    assert done.code in (0, 1), done
    if target.exists():
        rows = list(csv.reader(io.StringIO(target.read_text("utf-8"), newline="")))
        assert all("@" in row[0] and not ACTS.search(row[0]) for row in rows[1:])


def test_schedules_of_other_names_are_none(hostile: Path) -> None:
    put(hostile, "schedules", "name", "../../owned")
    done = called(hostile, "schedules", "install", "--cron")
    assert done.code == 2
