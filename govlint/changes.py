"""What a change touched: findings in the files of a git repository that are due to the work since some commit.

A finding is due to it where its span or that of any of its evidence overlaps a line that was put in or altered, or where
the file as it was had no such finding: what a deletion brings about stands in no changed line.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from govlint.engine import Diagnostic, Report
from govlint.fingerprint import fingerprints
from govlint.mistakes import ConfigError
from govlint.own import FAILURES
from govlint.source import Source, SourceError, Span

Check = Callable[[Source], Report]

_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_DIFF = ("--no-ext-diff", "--no-textconv", "--no-color", "--find-renames", "--ignore-submodules")


class _Old(Struct, frozen=True):
    """What a changed file was: its path then, and the object that holds it."""

    path: str
    blob: str


class _Repository(Struct, frozen=True):
    """A repository with what changed since a commit. Paths are relative to ``top``, with slashes."""

    top: Path
    changed: Mapping[str, _Old]
    unchanged: frozenset[str]


class Changes:
    """The changes since the commit that ``revision`` names, in whatever repositories files are."""

    def __init__(self, revision: str) -> None:
        self._revision = revision
        self._tops: dict[Path, Path] = {}
        self._repositories: dict[Path, _Repository] = {}

    def expect(self, path: str) -> None:
        """Raise :class:`ConfigError` where the file or folder at ``path`` is in no repository, or that has no such commit."""
        self._repository(Path(os.path.realpath(path)))

    def sift(self, report: Report, check: Check) -> Report:
        """The report with what is due to the change. ``check`` checks a source as the report's file was checked.

        Raises :class:`ConfigError` as :meth:`expect` does.
        """
        if report.source is None:
            return report
        path = Path(os.path.realpath(report.path))
        repository = self._repository(path)
        name = path.relative_to(repository.top).as_posix()
        if name in repository.unchanged:
            failures = tuple(each for each in report.diagnostics if each.rule in FAILURES)
            return replace(report, diagnostics=failures)
        old = repository.changed.get(name)
        if old is None or report.source.encoding == "utf-16":
            return report
        touched = list(_touched(repository, name, old, report.source.text))
        due = [each.rule in FAILURES or _touches(each, touched) for each in report.diagnostics]
        if not all(due):
            due = _with_new(report, due, _before(repository, old, report, check))
        kept = (each for each, is_due in zip(report.diagnostics, due, strict=True) if is_due)
        return replace(report, diagnostics=tuple(kept))

    def _repository(self, path: Path) -> _Repository:
        folder = path if path.is_dir() else path.parent
        while not folder.is_dir():  # what does not exist is told elsewhere
            folder = folder.parent
        if folder not in self._tops:
            self._tops[folder] = _top(folder)
        top = self._tops[folder]
        if top not in self._repositories:
            self._repositories[top] = _read(top, self._revision)
        return self._repositories[top]


def _touches(diagnostic: Diagnostic, touched: Sequence[Span]) -> bool:
    spans = (diagnostic.span, *(related.span for related in diagnostic.related))
    return any(_meet(span, change) for span in spans for change in touched)


def _meet(span: Span, change: Span) -> bool:
    """Whether a change lies in a span; an empty span is met where it stands, and what was taken out by what is round it."""
    if span.start == span.end:
        return change.start <= span.start <= change.end
    if change.start == change.end:
        return span.start < change.start < span.end
    return span.overlaps(change)


def _with_new(report: Report, due: Sequence[bool], before: Report | None) -> list[bool]:
    """``due``, with the findings that the file had not before."""
    if before is None or before.failed:
        return [True] * len(due)
    known = Counter(fingerprints(before))
    result = []
    for is_due, fingerprint in zip(due, fingerprints(report), strict=True):
        if not is_due:
            known[fingerprint] -= 1
        result.append(is_due or known[fingerprint] < 0)
    return result


def _before(repository: _Repository, old: _Old, report: Report, check: Check) -> Report | None:
    """The report on the file as it was; ``None`` where it was no text."""
    data = _git(repository.top, "cat-file", "blob", old.blob)
    try:
        return check(Source.from_bytes(data, str(repository.top / old.path)))
    except SourceError:
        return None


# -- git


def _git(folder: Path, *arguments: str) -> bytes:
    """What git says to a command in a folder; paths are taken as they are. Raises :class:`ConfigError`."""
    quiet = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1"}
    try:
        done = subprocess.run(
            ["git", *quiet, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True
        )
    except OSError as error:
        why = error.strerror
        raise ConfigError(f"--diff-base 需要 git，无法运行：{why}", f"--diff-base needs git: {why}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise ConfigError(f"git 出错：{said}", f"git failed: {said}")
    return done.stdout


def _top(folder: Path) -> Path:
    try:
        top = _git(folder, "rev-parse", "--show-toplevel")
    except ConfigError as error:
        raise ConfigError(
            f"--diff-base 只能用于 git 仓库中的文件，{folder} 不在仓库中（{error}）",
            f"--diff-base is for files in a git repository, and {folder} is in none ({error.english})",
        ) from None
    return Path(os.path.realpath(os.fsdecode(top.removesuffix(b"\n"))))


def _read(top: Path, revision: str) -> _Repository:
    try:
        found = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    except ConfigError:
        raise ConfigError(
            f"--diff-base：仓库 {top} 中没有提交“{revision}”（浅克隆时请先取得历史）",
            f"--diff-base: no commit '{revision}' in the repository {top} (a shallow clone lacks history)",
        ) from None
    commit = found.decode("ascii").strip()
    changed = dict(_changed(_git(top, "diff", "--raw", "-z", "--no-abbrev", *_DIFF, commit, "--")))
    tracked = {os.fsdecode(name) for name in _git(top, "ls-files", "-z").split(b"\0")}
    new = {name for name, old in changed.items() if old is None}
    known = {name: old for name, old in changed.items() if old is not None}
    return _Repository(top, known, frozenset(tracked - new - known.keys()))


def _changed(raw: bytes) -> Iterator[tuple[str, _Old | None]]:
    """The changed files with what they were, ``None`` for new ones, from what ``git diff --raw -z`` says."""
    fields = iter(raw.split(b"\0"))
    for head in fields:
        if not head:
            continue
        _, _, blob, _, status = head.decode("ascii").split()
        path = os.fsdecode(next(fields))
        now = os.fsdecode(next(fields)) if status[0] in "RC" else path
        yield now, (None if set(blob) == {"0"} else _Old(path, blob))


def _touched(repository: _Repository, name: str, old: _Old, text: str) -> Iterator[Span]:
    """The lines of a file's text that were put in or altered; where lines were taken out, the place, which is empty."""
    options = (*_DIFF, "--unified=0", "--inter-hunk-context=0", "--text", "--ignore-cr-at-eol")
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    for line in _git(repository.top, "diff", *options, old.blob, "--", name).split(b"\n"):
        if (hunk := _HUNK.match(line)) is not None:
            first, count = int(hunk[1]), int(hunk[2] or 1)
            begin = starts[min(first if count == 0 else first - 1, len(starts) - 1)]
            yield Span(begin, starts[min(first - 1 + count, len(starts) - 1)] if count else begin)
