"""The final accounts pack (部门决算): what these reports consist of, and what holds between their tables."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from govlint import ReportKind, Rule, hookimpl, rules_in

KIND = ReportKind("final-accounts", "部门决算", (r"(?:部门|单位|汇总|年度?)决算", r"决算(?:公开|说明|情况|报告)"))


@hookimpl
def govlint_kinds() -> Iterable[ReportKind]:
    """The kind of report that this pack is about."""
    return (KIND,)


@hookimpl
def govlint_forms() -> Iterable[Traversable]:
    """The form of such a report: every TOML file of this package."""
    return [file for file in files(__name__).iterdir() if file.name.endswith(".toml")]


@hookimpl
def govlint_rules() -> Iterable[Rule]:
    """The rules of this pack."""
    return rules_in(__name__)
