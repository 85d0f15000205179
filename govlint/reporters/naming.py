"""How severities, rules and their packs are called where a person reads of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from types import MappingProxyType

from govlint.own import PACK
from govlint.reporters import Language
from govlint.rule import Rule, Severity

SEVERITY_NAMES: Mapping[Severity, tuple[str, str]] = MappingProxyType(
    {
        Severity.ERROR: ("错误", "error"),
        Severity.WARNING: ("警告", "warning"),
        Severity.INFO: ("提示", "info"),
    }
)
"""In Chinese and English, the gravest first."""

_TERM = r"\(([^()]*[\u4e00-\u9fff][^()]*)\)"


def severity_name(severity: str, lang: Language) -> str:
    """错误, 警告 or 提示."""
    return SEVERITY_NAMES[Severity(severity)][lang == "en"]


def family_of(id_: str, rule: Rule | None, lang: Language) -> str:
    """What a rule's pack is about: in Chinese the term that the first line of the pack's docstring gives in brackets."""
    pack = id_.partition("/")[0]
    if lang == "en" or rule is None:
        return pack
    if pack == PACK:
        return "检查过程"
    package = sys.modules.get(rule.check.__module__.rpartition(".")[0])
    term = re.search(_TERM, (getattr(package, "__doc__", None) or "").partition("\n")[0])
    return term.group(1) if term else pack


def title_of(rule: Rule | None, lang: Language) -> str:
    """The title of a rule's page, in English its sentence; empty where there is no page."""
    from govlint.docs import PageError, page

    if rule is None:
        return ""
    try:
        read = page(rule)
    except PageError:
        return ""
    return read.english if lang == "en" else read.title
