"""``python -m tests.generator``: print a report or a mutant, or write the examples."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.generator import KINDS, LAYOUTS, examples, generate, mutate


def main() -> int:
    """Runs one of the commands; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    report = commands.add_parser("report", help="print or write a generated report")
    mutant = commands.add_parser("mutant", help="print or write a mutant and say what was changed")
    for command in (report, mutant):
        command.add_argument("layout", choices=list(LAYOUTS))
        command.add_argument("seed", type=int)
        command.add_argument("--no-tails", action="store_true", help="amounts that add up as printed")
        command.add_argument("--scale", type=int, default=1, help="how many times the subjects")
        command.add_argument("--tidy", action="store_true", help="without traces of conversion")
        command.add_argument("-o", "--output", type=Path, help="write to this file")
    mutant.add_argument("kind", choices=list(KINDS))
    mutant.add_argument("--mutation-seed", type=int, default=0)
    written = commands.add_parser("examples", help="write the files in examples/")
    written.add_argument("--check", action="store_true", help="write nothing, fail where a file is stale")
    arguments = parser.parse_args()
    if arguments.command == "examples":
        names = examples.stale() if arguments.check else examples.write()
        print("\n".join(f"{'stale' if arguments.check else 'written'}: {name}" for name in names))
        return 1 if arguments.check and names else 0
    made = generate(
        arguments.seed,
        arguments.layout,
        tails=not arguments.no_tails,
        scale=arguments.scale,
        tidy=arguments.tidy,
    )
    text = made.text
    if arguments.command == "mutant":
        changed = mutate(made, arguments.kind, arguments.mutation_seed)
        text = changed.text
        start = text.count("\n", 0, changed.span[0]) + 1
        print(f"line {start}: {changed.old!r} -> {changed.new!r} {' '.join(changed.keys)}", file=sys.stderr)
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
