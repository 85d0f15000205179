"""Linter for Chinese government disclosure reports (部门决算, 部门预算, 政府信息公开年报).

Everything that a program or a pack needs is here by name; a module is imported when one of its names is first used.
Where a module has the name of something public (``rule``), ``govlint.rule`` and ``from govlint import rule`` mean the
latter, ``from govlint.rule import …`` the module.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govlint.batch import check_paths as check_paths
    from govlint.config import (
        Choices as Choices,
        ConfigError as ConfigError,
        Configuration as Configuration,
        Settings as Settings,
    )
    from govlint.document import (
        Block as Block,
        Cell as Cell,
        Comment as Comment,
        Document as Document,
        Heading as Heading,
        Image as Image,
        Knowledge as Knowledge,
        ListItem as ListItem,
        Paragraph as Paragraph,
        Piece as Piece,
        Preformatted as Preformatted,
        ReportKind as ReportKind,
        Section as Section,
        Table as Table,
        Text as Text,
        Trouble as Trouble,
    )
    from govlint.engine import Diagnostic as Diagnostic, Report as Report, check as check, parse as parse
    from govlint.facts.completeness import Completeness as Completeness, completeness as completeness
    from govlint.facts.formulas import Formula as Formula, formulas as formulas
    from govlint.facts.identity import (
        Body as Body,
        Period as Period,
        body as body,
        period as period,
        places_in as places_in,
        report_kind as report_kind,
        title as title,
    )
    from govlint.facts.layout import (
        ContentsEntry as ContentsEntry,
        HeadingLine as HeadingLine,
        Layout as Layout,
        Line as Line,
        layout as layout,
    )
    from govlint.facts.memo import fact as fact, kept_for_paragraphs as kept_for_paragraphs
    from govlint.facts.ordinals import Ordinal as Ordinal, read_ordinal as read_ordinal
    from govlint.facts.outline import outline as outline
    from govlint.facts.prose import (
        Joint as Joint,
        Passage as Passage,
        Sentence as Sentence,
        passages as passages,
        sentences as sentences,
    )
    from govlint.facts.quantities import Quantity as Quantity, quantities as quantities
    from govlint.facts.recognition import (
        RecognizedTable as RecognizedTable,
        forms as forms,
        recognized_tables as recognized_tables,
    )
    from govlint.facts.searches import (
        Near as Near,
        SearchableTexts as SearchableTexts,
        passages_read as passages_read,
        passages_with as passages_with,
    )
    from govlint.facts.statements import (
        Column as Column,
        Lane as Lane,
        Note as Note,
        Row as Row,
        Statement as Statement,
        Value as Value,
        statements as statements,
    )
    from govlint.facts.titles import plain as plain, title_core as title_core
    from govlint.facts.words import Word as Word, words as words
    from govlint.forms import (
        Basis as Basis,
        Disclosure as Disclosure,
        Form as Form,
        FormError as FormError,
        Identity as Identity,
        OutlineEntry as OutlineEntry,
        TableForm as TableForm,
        Topic as Topic,
        normalize_name as normalize_name,
    )
    from govlint.hooks import Plugins as Plugins, Summary as Summary
    from govlint.hookspecs import hookimpl as hookimpl
    from govlint.kits import (
        empty_tables as empty_tables,
        missing_disclosures as missing_disclosures,
        missing_sections as missing_sections,
        missing_tables as missing_tables,
    )
    from govlint.ledger import (
        Entry as Entry,
        Evidence as Evidence,
        coverage as coverage,
        coverage_line as coverage_line,
    )
    from govlint.number import (
        Interval as Interval,
        Number as Number,
        Unit as Unit,
        is_nothing as is_nothing,
        read_number as read_number,
        read_numeral as read_numeral,
        read_unit as read_unit,
    )
    from govlint.rule import (
        Edit as Edit,
        Finding as Finding,
        Fix as Fix,
        Related as Related,
        Rule as Rule,
        Severity as Severity,
        rule as rule,
        rules_in as rules_in,
    )
    from govlint.source import Position as Position, Source as Source, SourceError as SourceError, Span as Span

_NAMES = {
    "batch": "check_paths",
    "config": "Choices ConfigError Configuration Settings",
    "document": (
        "Block Cell Comment Document Heading Image Knowledge ListItem Paragraph Piece Preformatted "
        "ReportKind Section Table Text Trouble"
    ),
    "engine": "Diagnostic Report check parse",
    "facts.completeness": "Completeness completeness",
    "facts.formulas": "Formula formulas",
    "facts.identity": "Body Period body period places_in report_kind title",
    "facts.layout": "ContentsEntry HeadingLine Layout Line layout",
    "facts.ordinals": "Ordinal read_ordinal",
    "facts.titles": "plain title_core",
    "facts.memo": "fact kept_for_paragraphs",
    "facts.outline": "outline",
    "facts.prose": "Joint Passage Sentence passages sentences",
    "facts.quantities": "Quantity quantities",
    "facts.recognition": "RecognizedTable forms recognized_tables",
    "facts.searches": "Near SearchableTexts passages_read passages_with",
    "facts.statements": "Column Lane Note Row Statement Value statements",
    "facts.words": "Word words",
    "forms": "Basis Disclosure Form FormError Identity OutlineEntry TableForm Topic normalize_name",
    "hooks": "Plugins Summary",
    "hookspecs": "hookimpl",
    "kits": "empty_tables missing_disclosures missing_sections missing_tables",
    "ledger": "Entry Evidence coverage coverage_line",
    "number": "Interval Number Unit is_nothing read_number read_numeral read_unit",
    "rule": "Edit Finding Fix Related Rule Severity rule rules_in",
    "source": "Position Source SourceError Span",
}
"""The public names by the module that defines them."""

_MODULES = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module 'govlint' has no attribute {name!r}")
    value = getattr(import_module(f"govlint.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})


class _Package(ModuleType):
    """This package: a module of it that has a public name does not take that name when it is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in _MODULES):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
