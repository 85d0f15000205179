"""The budget pack (部门预算): what these reports consist of, and what holds between their tables."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from govlint import ReportKind, Rule, hookimpl, rules_in

KIND = ReportKind("budget", "部门预算", (r"(?:部门|单位|汇总|年度?|[省市区县]级)预算", r"预算(?:公开|说明|情况|报告)"))


@hookimpl
def govlint_kinds() -> Iterable[ReportKind]:
    """The kind of report that this pack is about."""
    return (KIND,)


@hookimpl
def govlint_forms() -> Iterable[Traversable]:
    """The form of such a report: every TOML file of this package, and those of regions in its folder ``forms``."""
    package = files(__name__)
    folders = [folder for folder in (package, package / "forms") if folder.is_dir()]
    return [file for folder in folders for file in folder.iterdir() if file.name.endswith(".toml")]


@hookimpl
def govlint_data(name: str) -> Iterable[Traversable]:
    """The texts and tables of a new report of this kind, under ``govlint_skeleton/`` and the kind's id."""
    return (files(__name__) / "skeleton.md",) if name == f"govlint_skeleton/{KIND.id}" else ()


@hookimpl
def govlint_rules() -> Iterable[Rule]:
    """The rules of this pack."""
    return rules_in(__name__)
