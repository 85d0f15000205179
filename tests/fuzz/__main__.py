"""``python -m tests.fuzz TARGET [--seconds N] [options of libFuzzer]``: fuzz a target with atheris.

New inputs that reach new code go to a folder of their own, so that the corpus in the repository stays small; an input
that breaks a promise is written beside it. Such an input becomes ``regressions/NNN-TARGET-what``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib.metadata import entry_points
from pathlib import Path

import atheris

PACKAGES = ["govlint", *sorted({entry.module.partition(".")[0] for entry in entry_points(group="govlint")})]

with atheris.instrument_imports(include=PACKAGES):
    from tests.fuzz.targets import TARGETS, Target

HERE = Path(__file__).parent


def _dictionary(folder: Path) -> Path:
    """``words.txt``, in which ``\\x09`` is a tab, as libFuzzer wants it: in quotes, all but ASCII escaped."""
    words = (HERE / "words.txt").read_text(encoding="utf-8").splitlines()
    escaped = ("".join(f"\\x{byte:02x}" for byte in _unescaped(word)) for word in words)
    written = folder / "words.dict"
    written.write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
    return written


def _noting(target: Target, place: Path) -> Target:
    """The target, which writes what breaks a promise to a file: libFuzzer may be stopped before it does."""

    def run(data: bytes) -> None:
        try:
            target(data)
        except BaseException:
            place.write_bytes(data)
            raise

    return run


def _unescaped(word: str) -> bytes:
    return bytes.fromhex(word.replace("\\x", "")) if word.startswith("\\x") else word.encode()


def main() -> None:
    """Fuzz until the time is up or something is found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir(), "govlint-fuzz"), metavar="FOLDER")
    known, rest = parser.parse_known_args()
    corpus = HERE / "corpus" / known.target
    with atheris.instrument_imports(include=PACKAGES):  # modules that are imported where they are needed
        for path in sorted(corpus.iterdir()):
            TARGETS[known.target](path.read_bytes())
    grown = known.keep / known.target
    grown.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={known.seconds}",
        "-timeout=10",
        "-rss_limit_mb=1500",
        "-max_len=6000",
        f"-dict={_dictionary(known.keep)}",
        f"-artifact_prefix={grown.parent}/{known.target}-",
        *rest,
    ]
    target = _noting(TARGETS[known.target], known.keep / f"{known.target}-found")
    atheris.Setup([sys.argv[0], *options, str(grown), str(corpus)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
