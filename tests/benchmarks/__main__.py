"""``python -m tests.benchmarks``: how fast govlint is here. ``--report FILE`` measures with a report of your own."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.benchmarks import lsp_edits, peers, speed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--report", type=Path, help="the report to check (default: a generated one)")
    parser.add_argument("--runs", type=int, default=5, help="of each command; the median counts (default: 5)")
    parser.add_argument("--only", choices=("processes", "longer", "rules", "lsp", "peers"), help="only this part")
    chosen = parser.parse_args()
    print(speed.machine())
    if chosen.only in (None, "processes"):
        print("\nwhole processes")
        speed.show(speed.processes(chosen.report, chosen.runs))
    if chosen.only in (None, "longer"):
        print("\nlonger reports, no cache")
        speed.show(speed.longer(chosen.runs))
    if chosen.only in (None, "rules"):
        print("\none warm process, milliseconds")
        for name, spent in speed.taken_apart(chosen.report, chosen.runs):
            if spent >= 0.05:
                print(f"{spent:8.2f}  {name}")
    if chosen.only in (None, "lsp"):
        print("\nlanguage server, from an edit to its diagnostics")
        lsp_edits.main([str(chosen.report)] if chosen.report else [])
    if chosen.only in (None, "peers"):
        print("\nbeside other linters")
        peers.compare(chosen.report, chosen.runs)


if __name__ == "__main__":
    main()
