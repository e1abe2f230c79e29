"""The benchmarks run and find something of everything; what they find is never a matter of tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import files
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.data import Accounts
from benchmarks.finding import Finding, as_markdown, as_text, of_pair
from benchmarks.measure import Cost, Pair, by_turns, run
from benchmarks.plan import plan_for
from benchmarks.table import measure
from benchmarks.terminal import Program, Size

FEW = plan_for(60, quick=True)

FINDINGS = (
    Finding("CSV", "2 s", "sqlite3: 1 s", 2.0, "×", 2.5),
    Finding("XLS", "2 s", "XlsxWriter: 10 s", 0.2, "×", 0.15),
    Finding("growth", "2 s"),
)


def test_budget_is_kept_up_to_its_figure() -> None:
    assert [finding.is_met for finding in FINDINGS] == [True, False, None]


def test_table_for_the_terminal_stands_in_columns() -> None:
    head, first, *_ = as_text(FINDINGS).splitlines()
    assert head.index("budget") == first.index("≤ 2.5 ×")


def test_table_for_the_page_has_as_many_cells_in_each_line() -> None:
    lines = as_markdown(FINDINGS).splitlines()
    assert {line.count("|") for line in lines} == {7}
    assert "| XLS | 2 s | XlsxWriter: 10 s | 0.2 × | ≤ 0.15 × | NO |" in lines


def test_ratio_is_the_median_of_neighbours() -> None:
    pair = Pair([Cost(1, 2), Cost(9, 9), Cost(1, 3)], [Cost(2, 1), Cost(1, 1), Cost(1, 1)])
    assert (pair.cpu_ratio, pair.wall_ratio) == (3, 1)
    assert of_pair("what", pair, "peer", 2.9).is_met is False


def test_both_are_measured_by_turns_after_a_round_to_warm_up() -> None:
    done: list[str] = []

    def work(name: str) -> Cost:
        done.append(name)
        return Cost(1, 1)

    by_turns(lambda: work("a"), lambda: work("b"), 2)
    assert "".join(done) == "ab" * 3


def test_process_is_measured_and_its_failure_told(tmp_path: Path) -> None:
    cost = run([sys.executable, "-c", "print('said')"], tmp_path / "out")
    assert (tmp_path / "out").read_text() == "said\n"
    assert cost.wall > 0
    assert cost.memory > 1_000_000
    with pytest.raises(RuntimeError, match="ended with 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_bytes_on_a_terminal_are_counted() -> None:
    script = "import sys; print('Ready', flush=True); sys.stdin.readline(); print('12345', end='', flush=True); input()"
    with Program([sys.executable, "-c", script], Size(80, 24)) as program:
        assert program.until_shown("Ready").memory > 0
        assert program.bytes_of("\r", quiet=1) >= 5


def test_word_that_is_never_shown_is_a_fault() -> None:
    with (
        Program([sys.executable, "-c", "print('Other')"], Size(80, 24)) as program,
        pytest.raises(RuntimeError, match="never shown"),
    ):
        program.until_shown("Ready")


def test_every_account_is_a_row_of_the_report_and_is_made_once() -> None:
    accounts = Accounts(60)
    took = measure(accounts.database)
    assert {"open", "all", "sort contact", "usual window"} <= took.keys()
    made = accounts.database.stat().st_mtime_ns
    assert Accounts(60).database.stat().st_mtime_ns == made


def test_format_is_measured_by_the_command_line() -> None:
    found = list(files.csv(FEW))
    assert [finding.what for finding in found] == ["CSV, 60 rows", "CSV, 60 rows: memory"]


def test_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["nothing"])
    assert ended.value.code == 2
    assert "start, table, pauses, keys" in capsys.readouterr().err


@pytest.mark.programs
@pytest.mark.parametrize("name", BENCHMARKS)
def test_whole_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([name, "--rows", "60", "--quick", "--markdown"])
    assert len(capsys.readouterr().out.splitlines()) > 2
