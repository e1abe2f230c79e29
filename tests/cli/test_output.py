"""Where a report goes with --output: files, folders, stdout; and what is never overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.running import assert_refused, run

AS_OF = ("--as-of", "2026-03-04")
SUMMARY = ("report", "all-accounts-summary", *AS_OF)
STARTS = {"csv": b'"Status"', "html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "xlsx": b"PK", "json": b'{"report"'}


@pytest.mark.parametrize("ending", STARTS)
def test_ending_gives_the_format(ending: str, database: Path, tmp_path: Path) -> None:
    done = run("--db", database, *SUMMARY, "--output", f"a.{ending}", cwd=tmp_path)
    assert done.code == 0, done.err
    file = tmp_path / f"a.{ending}"
    assert done.text == f"{file}\n"
    assert file.read_bytes().startswith(STARTS[ending])
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("output", "options", "name"),
    [
        (".", (), "all-accounts-summary-2026-03-04.csv"),
        ("out/", ("--format", "xlsx"), "out/all-accounts-summary-2026-03-04.xlsx"),
        ("out", ("--format", "XLS"), "out/all-accounts-summary-2026-03-04.xlsx"),
        ("~/b.CSV", ("--format", "csv"), "b.CSV"),
    ],
)
def test_folder_and_home(output: str, options: tuple[str, ...], name: str, database: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    done = run(
        "--db", database, *SUMMARY, "--output", output, *options, cwd=tmp_path, variables={"HOME": str(tmp_path)}
    )
    assert done.code == 0, done.err
    assert done.last_line == str(tmp_path / name)
    assert (tmp_path / name).exists()
    runs = run("--db", database, "runs").text
    assert str(tmp_path / name) in runs


def test_status_stands_in_the_name(database: Path, tmp_path: Path) -> None:
    report = ("report", "managed-account-details", "--status", "T", *AS_OF)
    assert run("--db", database, *report, "--output", tmp_path).last_line.endswith(
        "/managed-account-details-T-2026-03-04.csv"
    )


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("new/", "The folder new does not exist"),
        ("new/a.csv", "does not exist"),
        ("there.csv/a.csv", "is no folder"),
        ("pipe.csv", "no regular file"),
        ("x" * 300 + ".csv", "File name too long"),
        ("~nobody-of-this-name/a.csv", "does not exist"),
    ],
)
def test_place_that_cannot_be_written(output: str, words: str, database: Path, tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_text("kept")
    os.mkfifo(tmp_path / "pipe.csv")
    assert_refused(run("--db", database, *SUMMARY, "--output", output, cwd=tmp_path), 1, words)
    assert {path.name for path in tmp_path.iterdir()} == {"there.csv", "pipe.csv"}


def test_existing_file_needs_force(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("kept")
    file.chmod(0o644)
    command = ("--db", database, *SUMMARY, "--output", file)
    assert_refused(run(*command), 1, "exists already", "--force")
    assert file.read_text() == "kept"
    assert run(*command, "--force").code == 0
    assert file.read_bytes().startswith(STARTS["csv"])
    assert file.stat().st_mode & 0o777 == 0o600


def test_name_of_any_bytes_is_printed_as_it_is(database: Path, tmp_path: Path) -> None:
    name = b"m\xe9l\n.csv"
    done = run("--db", database, *SUMMARY, "--output", name, cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.out == os.fsencode(tmp_path) + b"/" + name + b"\n"
    assert (tmp_path / os.fsdecode(name)).exists()


@pytest.mark.parametrize("format_", ["pdf", "xls", "html", "csv", "json"])
def test_pipe_gets_the_bytes_of_the_file(format_: str, database: Path, tmp_path: Path) -> None:
    command = ("--db", database, "report", "cancels-and-move-outs", *AS_OF, "--format", format_, "--output")
    fixed: dict[str, str | None] = {"SOURCE_DATE_EPOCH": "1772600000"}
    file = run(*command, tmp_path, variables=fixed).last_line
    piped = run(*command, "-", variables=fixed)
    assert piped.code == 0
    assert piped.out == Path(file).read_bytes()


def test_bom_and_raw(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Account ID,Company,Status,Account Type\na1,=1+1,Open,Managed\n")
    database = tmp_path / "a.db"
    assert run("--db", database, "import", file).code == 0
    report = ("--db", database, "report", "managed-account-details", "--status", "O", "--columns", "company")
    guarded, raw = run(*report), run(*report, "--raw", "--bom")
    assert guarded.out == b'"Company"\r\n"\'=1+1"\r\n'
    assert "1 text begins as a formula does" in guarded.err
    assert raw.out == b'\xef\xbb\xbf"Company"\r\n"=1+1"\r\n'
    assert "formula" not in raw.err


def test_csv_for_a_spreadsheet_of_another_country(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    done = run("--db", database, "report", "all-accounts-summary", "--output", file, "--delimiter", ";", "--bom")
    assert done.code == 0, done.err
    assert file.read_bytes().startswith('\ufeff"Status";"Managed";"Referred"'.encode())
    piped = run("--db", database, "report", "all-accounts-summary", "--format", "csv", "--delimiter", "tab")
    assert piped.out.startswith(b'"Status"\t"Managed"')
    again = run("--db", tmp_path / "new.db", "import", file, "--dry-run")
    assert again.code == 0, "we read what we write, whatever parts it"
    for wrong in (("--format", "json", "--delimiter", ";"), ("--format", "csv", "--delimiter", "ab")):
        assert run("--db", database, "report", "all-accounts-summary", *wrong).code == 2
