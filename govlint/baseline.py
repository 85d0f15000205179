"""A baseline: the findings that are known and not to be reported again until their text changes.

The file is JSON, a finding a line, to be kept beside the reports and under version control. It names files relative to
its own folder and findings by their fingerprints, so that neither the folder one is in nor lines put in above matter.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from govlint.config import Settings
from govlint.engine import Report
from govlint.fingerprint import fingerprints
from govlint.mistakes import ConfigError
from govlint.own import FAILURES

VERSION = 1


class Known(NamedTuple):
    """A known finding: the file's path relative to the baseline's folder, the rule, the fingerprint."""

    path: str
    rule: str
    fingerprint: str


class Baseline(Struct, frozen=True):
    """What is known, and how many times, as the file at ``path`` has it."""

    path: Path
    counts: Mapping[Known, int]


def known_findings(report: Report, folder: Path) -> Iterator[tuple[Known, str]]:
    """The findings of a report as a baseline in ``folder`` names them, with their messages; no failures."""
    path = _relative(report.path, folder)
    for diagnostic, fingerprint in zip(report.diagnostics, fingerprints(report), strict=True):
        if diagnostic.rule not in FAILURES:
            yield Known(path, diagnostic.rule, fingerprint), diagnostic.message


def as_text(reports: Iterable[Report], folder: Path) -> tuple[str, int]:
    """What a baseline file in ``folder`` holds that knows all findings of the reports, and their number."""
    counts: Counter[Known] = Counter()
    messages: dict[Known, str] = {}
    for report in reports:
        for known, message in known_findings(report, folder):
            counts[known] += 1
            messages.setdefault(known, message)
    lines = [
        json.dumps({**known._asdict(), "count": counts[known], "message": messages[known]}, ensure_ascii=False)
        for known in sorted(counts)
    ]
    body = "\n" + ",\n".join(lines) + "\n" if lines else ""
    return f'{{"version": {VERSION}, "findings": [{body}]}}\n', counts.total()


def read_baseline(path: Path) -> Baseline:
    """The baseline in the file at ``path``. Raises :class:`ConfigError` where it can't be read or is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        why = error.strerror
        raise ConfigError(f"无法读取基线：{why}", f"the baseline cannot be read: {why}", path=str(path)) from error
    except (ValueError, RecursionError) as error:
        raise _no_baseline(path, f"不是有效的 JSON：{error}", f"not valid JSON: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise _no_baseline(path, "没有 findings", "it has no findings")
    if data.get("version") != VERSION:
        version = data.get("version")
        raise _no_baseline(path, f"版本 {version} 不能使用", f"version {version} can't be used")
    counts: Counter[Known] = Counter()
    for number, finding in enumerate(data["findings"], 1):
        try:
            counts[Known(*(str(finding[name]) for name in Known._fields))] += max(int(finding.get("count", 1)), 0)
        except (TypeError, ValueError, KeyError, AttributeError):
            raise _no_baseline(path, f"第 {number} 条不完整", f"its finding {number} is not complete") from None
    return Baseline(path, counts)


def _no_baseline(path: Path, message: str, english: str) -> ConfigError:
    return ConfigError(
        f"不是 govlint baseline 所写的基线：{message}", f"no baseline of govlint: {english}", path=str(path)
    )


class Sifting:
    """Takes what is known out of reports, and keeps account of what was not met."""

    def __init__(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._folder = baseline.path.absolute().parent
        self._left = Counter(baseline.counts)
        self._checked: dict[str, str] = {}

    def sift(self, report: Report) -> Report:
        """The report without the findings that are known."""
        kept = []
        known = iter(known_findings(report, self._folder))
        for diagnostic in report.diagnostics:
            if diagnostic.rule not in FAILURES:
                name, _ = next(known)
                if self._left[name] > 0:
                    self._left[name] -= 1
                    continue
            kept.append(diagnostic)
        if report.source is not None and not report.failed:
            self._checked[_relative(report.path, self._folder)] = report.path
        return replace(report, diagnostics=tuple(kept))

    def unused(self, settings: Mapping[str, Settings] | None = None) -> Iterator[tuple[Known, int]]:
        """What the baseline has and no report had: of files that were checked or are gone, and of rules that were on.

        ``settings`` are those of the checked files, by the paths they were checked under.
        """
        for known, count in sorted(self._left.items()):
            path = self._checked.get(known.path)
            if count <= 0 or (path is None and (self._folder / known.path).exists()):
                continue
            if path is None or settings is None or known.rule in settings[path].rules:
                yield known, count

    @property
    def checked(self) -> Iterable[str]:
        """The paths of the reports that were sifted, as they were checked under."""
        return self._checked.values()


def _relative(path: str, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path or ".", folder)).as_posix()
    except ValueError:  # on another drive
        return Path(path).absolute().as_posix()
