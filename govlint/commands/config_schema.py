"""``govlint config-schema``: a JSON schema for ``govlint.toml``, made from what reads it, for editors that complete TOML."""

from __future__ import annotations

import inspect
import json
import re
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from govlint.commands import Parser, complain, installed_rules
from govlint.commands.init import KEYS
from govlint.config import AUTO, OFF
from govlint.configfile import ConfigFile
from govlint.docs import PageError, page
from govlint.document import ReportKind
from govlint.hooks import Plugins
from govlint.own import FAILURES
from govlint.rule import Option, Rule, Severity

USAGE = "[选项]", "[options]"

FILE = "govlint.schema.json"
"""What the schema of a folder's own packs is called there; ``govlint docs`` keeps it fresh."""

_DIALECT = "http://json-schema.org/draft-07/schema#"


def options(parser: Parser) -> None:
    """Declare the options: there are none of its own."""


def run(arguments: Namespace) -> int:
    """Print the schema, with the rules and kinds of all plugins."""
    plugins = Plugins.installed()
    print(as_text(installed_rules(plugins), plugins.kinds()), end="")
    for failure in plugins.failures:
        complain(f"{failure.plugin}: {failure.error}")
    return 2 if plugins.failures else 0


def stale_schema(rules: Iterable[Rule], kinds: Iterable[ReportKind], root: Path) -> dict[Path, str]:
    """The schema in ``root`` if there is one and it differs from what it should be, with that."""
    path, text = root / FILE, as_text(rules, kinds)
    return {path: text} if path.is_file() and path.read_text(encoding="utf-8") != text else {}


def as_text(rules: Iterable[Rule], kinds: Iterable[ReportKind]) -> str:
    """The schema as it is written."""
    return json.dumps(schema(rules, kinds), ensure_ascii=False, indent=1) + "\n"


def schema(rules: Iterable[Rule], kinds: Iterable[ReportKind]) -> dict[str, Any]:
    """The schema. Rules and kinds beyond the given ones are allowed, for plugins may have them."""
    rules = sorted(rules, key=lambda rule: rule.id)
    made = msgspec.json.schema(ConfigFile, ref_template="#/definitions/{name}")
    tables = made.pop("$defs")
    tables["Rules"] = _rules(rules)
    names = sorted({rule.pack for rule in rules} | {rule.id for rule in rules})
    tables["RuleName"] = _one_of(names)
    tables["Kind"] = _one_of([*sorted(kind.id for kind in kinds), AUTO])
    described = {_key(each.example): each.message for each in KEYS}
    for table in (tables["ConfigFile"], tables["Override"]):
        table.pop("description", None)
        for key, value in table["properties"].items():
            if key in ("select", "ignore"):
                value = {"type": "array", "items": {"$ref": "#/definitions/RuleName"}}
            elif key == "kind":
                value = {"allOf": [{"$ref": "#/definitions/Kind"}]}
            elif key == "rules":
                value = {"allOf": [{"$ref": "#/definitions/Rules"}]}
            table["properties"][key] = _without_null({"description": described.get(key, ""), **value})
    root = tables.pop("ConfigFile")
    return {"$schema": _DIALECT, **root, "title": "govlint", "definitions": dict(sorted(tables.items()))}


def _key(example: str) -> str:
    """The key that an example sets."""
    found = re.match(r"\[*([a-z-]+)", example)
    assert found is not None
    return found[1]


def _one_of(names: Sequence[str]) -> dict[str, Any]:
    """One of the names, which editors offer, or any other."""
    return {"anyOf": [{"enum": list(names)}, {"type": "string"}]}


def _without_null(value: Mapping[str, Any]) -> dict[str, Any]:
    """A value that is there: TOML has no null."""
    plain = {key: each for key, each in value.items() if each not in (None, "") or key != "description"}
    if plain.get("default", ...) is None:
        del plain["default"]
    choices = [choice for choice in plain.pop("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        plain |= choices[0]
    elif choices:
        plain["anyOf"] = choices
    if "enum" in plain:
        plain["enum"] = [choice for choice in plain["enum"] if choice is not None]
    return plain


# -- rules


def _rules(rules: Iterable[Rule]) -> dict[str, Any]:
    severities = [severity.value for severity in Severity]
    return {
        "type": "object",
        "properties": {rule.id: _rule(rule, severities) for rule in rules},
        "additionalProperties": {"type": "object", "properties": {"severity": {"enum": [*severities, OFF]}}},
    }


def _rule(rule: Rule, severities: Sequence[str]) -> dict[str, Any]:
    choices = [*severities] if rule.id in FAILURES else [*severities, OFF]
    try:
        title = {"description": page(rule).title}
    except PageError:
        title = {}
    return {
        **title,
        "type": "object",
        "properties": {
            "severity": {"enum": choices, "default": rule.severity.value if rule.enabled else OFF},
            **{option.name: _option(option) for option in rule.options.values()},
        },
        "additionalProperties": False,
    }


def _option(option: Option) -> dict[str, Any]:
    try:
        made: dict[str, Any] = _numbers(msgspec.json.schema(option.type))
    except TypeError:
        return {}
    if option.default not in (None, inspect.Parameter.empty):
        made["default"] = _plain(option.default)
    return _without_null(made)


def _numbers(made: Any) -> Any:
    """A schema whose decimals are numbers, as they are in TOML, and not strings, as msgspec would have them."""
    if isinstance(made, dict):
        if made.get("format") == "decimal":
            return {"type": "number"}
        return {key: _numbers(value) for key, value in made.items()}
    return [_numbers(each) for each in made] if isinstance(made, list) else made


def _plain(default: object) -> Any:
    """A default as JSON has it."""
    if isinstance(default, Decimal):
        return json.loads(str(default))
    if isinstance(default, Mapping):
        return {str(key): _plain(value) for key, value in default.items()}
    if isinstance(default, (set, frozenset)):
        return sorted(map(_plain, default))
    return [_plain(each) for each in default] if isinstance(default, (list, tuple)) else default
