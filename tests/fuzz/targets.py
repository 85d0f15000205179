"""What is fuzzed: functions that take bytes and raise where govlint does not keep a promise.

Nothing here needs the fuzzer, so that ``tests/test_fuzz.py`` runs the corpus and all that was ever found.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from govlint.config import Choices, ConfigError, Configuration, Settings
from govlint.engine import check_source, installed_plugins
from govlint.facts.formulas import formulas
from govlint.facts.statements import statements
from govlint.number import interval, read_number, read_numeral, read_unit
from govlint.own import CHECK_FAILED, PLUGIN_FAILED, RULE_CRASHED
from govlint.parsers import parse
from govlint.source import Source, SourceError
from tests.documents import broken_promises

Target = Callable[[bytes], None]

_BROKEN = frozenset({RULE_CRASHED.id, CHECK_FAILED.id, PLUGIN_FAILED.id})


def fuzz_source(data: bytes) -> None:
    """Decoding: what is read is written back byte by byte, and every offset has a place."""
    try:
        source = Source.from_bytes(data, "a.md")
    except SourceError:
        return
    assert source.encode() == data, "decoded and encoded again it is something else"
    for offset in {0, len(source.text) // 2, len(source.text)}:
        assert source.offset(source.position(offset)) <= len(source.text)


def fuzz_markdown(data: bytes) -> None:
    """The Markdown parser: every text maps back to its source."""
    _parsed(data, "a.md")


def fuzz_html(data: bytes) -> None:
    """The HTML parser, likewise."""
    _parsed(data, "a.html")


def _parsed(data: bytes, name: str) -> None:
    document = parse(Source(name, _text(data)))
    broken = broken_promises(document)
    assert not broken, "\n".join(broken)


def fuzz_number(data: bytes) -> None:
    """Numbers, numerals and units: any text is one or is none."""
    text = _text(data)
    number, unit = read_number(text), read_unit(text)
    read_numeral(text)
    if number is not None:
        bounds = interval(number, unit)
        assert bounds.low <= bounds.high


def fuzz_formulas(data: bytes) -> None:
    """Formula notes below a table and in its header."""
    note = _text(data).replace("\n", " ").replace("\r", " ")
    lines = ["单位：万元", "项 目\t行次\t金额", "栏 次\t\t1", "一、收入\t1\t2.00", f"合计\t2\t{note}", "", note]
    for statement in statements(parse(Source("a.md", "\n".join(lines)))):
        formulas(statement)


def fuzz_config(data: bytes) -> None:
    """Configuration files: they hold, or the error says where they do not."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "govlint.toml").write_bytes(data)
        configuration = Configuration(installed_plugins().rules(), installed_plugins().kinds())
        try:
            configuration.settings(Path(folder) / "a.md")
            configuration.excludes(Path(folder) / "a.md")
        except ConfigError as error:
            assert str(error) and error.english


def fuzz_check(data: bytes) -> None:
    """All rules over a report, Markdown or HTML by the first byte: none crashes."""
    name = "a.html" if data[:1] < b"A" else "a.md"
    report = check_source(Source(name, _text(data[1:])), installed_plugins(), _settings())
    broken = [diagnostic for diagnostic in report.diagnostics if diagnostic.rule in _BROKEN]
    assert not broken, "\n".join(diagnostic.detail or diagnostic.message for diagnostic in broken)


@cache
def _settings() -> Settings:
    return Configuration.of(installed_plugins(), Choices()).settings("a.md")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "ignore").replace("\0", "")


TARGETS: Mapping[str, Target] = {
    name.removeprefix("fuzz_"): value for name, value in sorted(vars().items()) if name.startswith("fuzz_")
}
"""The targets by name."""
