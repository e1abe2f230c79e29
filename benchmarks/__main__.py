"""python -m benchmarks [NAME...] [--rows N] [--quick] [--markdown]: measure, and print the table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

from benchmarks import files
from benchmarks.finding import Finding, as_markdown, as_text, not_measured
from benchmarks.importing import import_csv
from benchmarks.insight import insight
from benchmarks.keys import keys
from benchmarks.pauses import pauses
from benchmarks.plan import Plan, plan_for
from benchmarks.slow_line import slow_line
from benchmarks.start import start
from benchmarks.table import table

BENCHMARKS: dict[str, Callable[[Plan], Iterator[Finding]]] = {
    "start": start,
    "table": table,
    "pauses": pauses,
    "keys": keys,
    "slow-line": slow_line,
    "csv": files.csv,
    "xls": files.xls,
    "pdf": files.pdf,
    "html": files.html,
    "import": import_csv,
    "insight": insight,
}


def main(arguments: list[str] | None = None) -> None:
    """Measure what is named, or all, and print what was found."""
    parser = argparse.ArgumentParser("benchmarks", description="Measure speed and size beside peers.")
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"what to measure: {', '.join(BENCHMARKS)}")
    parser.add_argument("--rows", type=int, help="measure with up to so many rows")
    parser.add_argument("--quick", action="store_true", help="measure each but once")
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/performance.md has it")
    given = parser.parse_args(arguments)
    if unknown := set(given.names) - set(BENCHMARKS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    plan = plan_for(given.rows, quick=given.quick)
    findings: list[Finding] = []
    for name in given.names or BENCHMARKS:
        print(f"measuring {name} …", file=sys.stderr)
        try:
            findings.extend(BENCHMARKS[name](plan))
        except RuntimeError as error:  # one program that fails does not spoil the figures found so far
            findings.append(not_measured(name, "", str(error).splitlines()[-1]))
    print(as_markdown(findings) if given.markdown else as_text(findings))


if __name__ == "__main__":
    main()
