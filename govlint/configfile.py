"""What a configuration file may hold, and reading it with errors that say where.

The structs are the only description of the keys; ``govlint.toml`` has them at the top, ``pyproject.toml`` under
``[tool.govlint]``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec

from govlint.mistakes import ConfigError, did_you_mean
from govlint.source import DEFAULT_MAX_BYTES

FailOn = Literal["error", "warning", "info", "never"]

Key = str | int
"""A step on the way to a value: a table's key, or the index of an array of tables."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Base of all tables: unknown keys are errors, keys are written in kebab case."""


class Override(_Table, frozen=True):
    """``[[overrides]]``: what holds for the paths that match one of the globs, on top of what holds for all."""

    paths: tuple[str, ...]
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    kind: str | None = None
    rules: dict[str, dict[str, Any]] = {}


class ConfigFile(_Table, frozen=True):
    """The keys of a configuration file.

    ``select`` and ``ignore`` name rules or packs; ``exclude`` are globs as in ``.gitignore``, relative to the file's
    folder; ``kind`` is the kind of report, or ``auto``; ``words`` are kept whole by the tokenizer; ``rules`` has a table
    for each rule, with its ``severity`` (``error``, ``warning``, ``info``, ``off``) and its options.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    kind: str | None = None
    fail_on: FailOn | None = None
    max_file_size: Annotated[int, msgspec.Meta(ge=1)] = DEFAULT_MAX_BYTES
    words: tuple[str, ...] = ()
    rules: dict[str, dict[str, Any]] = {}
    overrides: tuple[Override, ...] = ()


class Places:
    """Where the keys of a TOML text stand. ``root`` is the table that paths start from."""

    def __init__(self, path: Path, text: str, root: tuple[Key, ...] = ()) -> None:
        self.path = path
        self._lines = text.splitlines()
        self._root = root

    def error(self, keys: Sequence[Key], message: str, english: str, value: object = None) -> ConfigError:
        """An error about the value at ``keys``; ``value``, where it is one of several strings, narrows the line down."""
        line = self._line((*self._root, *keys))
        if line is not None and isinstance(value, str):
            quoted = (f'"{value}"', f"'{value}'")
            beyond = range(line - 1, len(self._lines))
            line = next((at + 1 for at in beyond if any(text in self._lines[at] for text in quoted)), line)
        return ConfigError(message, english, path=str(self.path), line=line)

    def _line(self, wanted: tuple[Key, ...]) -> int | None:
        """The line of the longest path that leads to ``wanted``."""
        best, best_length = None, 0
        for line, keys in self._keys():
            if best_length < len(keys) and keys == wanted[: len(keys)]:
                best, best_length = line, len(keys)
        return best

    def _keys(self) -> Iterator[tuple[int, tuple[Key, ...]]]:
        """Each line that opens a table or assigns a key, with the path."""
        table: tuple[Key, ...] = ()
        arrays: dict[tuple[Key, ...], int] = {}
        for line, text in enumerate(self._lines, 1):
            if (header := _HEADER.match(text)) is not None:
                table = _split(header.group(2))
                if header.group(1) == "[[":
                    arrays[table] = arrays.get(table, -1) + 1
                    table = (*table, arrays[table])
                else:
                    for length in range(len(table), 0, -1):
                        if (index := arrays.get(table[:length])) is not None:
                            table = (*table[:length], index, *table[length:])
                            break
                yield line, table
            elif (assignment := _ASSIGNMENT.match(text)) is not None:
                yield line, (*table, *_split(assignment.group(1)))


_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_ASSIGNMENT = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, dotted))


def read_config(path: Path) -> tuple[ConfigFile, Places] | None:
    """The configuration in the file at ``path``; ``None`` for a ``pyproject.toml`` that has none.

    Raises :class:`ConfigError` where it can't be read or does not fit; names of rules are not looked at.
    """
    text = _text(path)
    project = path.name == "pyproject.toml"
    if project and "govlint" not in text:
        return None
    table = _toml(path, text)
    if project:
        tool = table.get("tool")
        if not isinstance(tool, dict) or "govlint" not in tool:
            return None
        table = tool["govlint"]
    places = Places(path, text, ("tool", "govlint") if project else ())
    if not isinstance(table, dict):
        raise places.error((), "tool.govlint 应为表", "tool.govlint has to be a table")
    return _fit(table, places), places


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("不是 UTF-8 编码，请另存为 UTF-8", "not UTF-8: save it as UTF-8", path=str(path)) from None
    except OSError as error:
        raise ConfigError(f"无法读取：{error.strerror}", f"cannot be read: {error.strerror}", path=str(path)) from None


def _toml(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place.group(1)) if place else len(text.splitlines()) or 1
        raise ConfigError(f"不是有效的 TOML：{error}", f"not valid TOML: {error}", path=str(path), line=line) from None


def _fit(table: dict[str, Any], places: Places) -> ConfigFile:
    _known_keys(table, ConfigFile, (), places)
    overrides = table.get("overrides")
    for index, override in enumerate(overrides if isinstance(overrides, list) else ()):
        if isinstance(override, dict):
            _known_keys(override, Override, ("overrides", index), places)
    try:
        return msgspec.convert(table, ConfigFile)
    except msgspec.ValidationError as error:
        raise _misfit(str(error), table, places) from None


def _known_keys(table: Mapping[str, Any], struct: type[_Table], at: tuple[Key, ...], places: Places) -> None:
    known = struct.__struct_encode_fields__
    for key in table:
        if key not in known:
            hint, english = did_you_mean(key, known)
            raise places.error((*at, key), f"没有 {key} 这个配置项{hint}", f"no such key: {key}{english}")


def _misfit(message: str, table: dict[str, Any], places: Places) -> ConfigError:
    """The error for what msgspec says of a value that does not fit."""
    what, _, path = message.partition(" - at `$")
    keys: list[Key] = [
        int(step[1:-1]) if step[1:-1].isdigit() else step.lstrip(".")
        for step in re.findall(r"\.[\w-]+|\[[^\]]*\]", path.rstrip("`"))
    ]
    if keys and keys[-1] == "[...]":
        container: Any = table
        for key in keys[:-1]:
            container = container[key]
        keys[-1] = next(name for name, value in container.items() if not isinstance(value, dict))
    name = ".".join(str(key) for key in keys if isinstance(key, str)) or "[govlint]"
    chinese, english = _in_words(what, get_args(FailOn))
    return places.error(keys, f"{name} {chinese}", f"{name} {english}")


def convert_option(value: object, annotation: Any) -> Any:
    """A value from a configuration file as a rule's option of that type.

    Raises ``ConfigError`` with what is wrong with it, to be completed with the name and the place.
    """
    try:
        return msgspec.convert(value, annotation)
    except msgspec.ValidationError as error:
        raise ConfigError(*_in_words(str(error).partition(" - at `$")[0], _choices(annotation))) from None
    except TypeError:
        raise ConfigError("不能在配置文件中设置", "can't be set in a configuration file") from None


def _choices(annotation: Any) -> tuple[str, ...]:
    """The strings that a type made of literals allows."""
    if get_origin(annotation) is Literal:
        return tuple(str(choice) for choice in get_args(annotation))
    return tuple(choice for inner in get_args(annotation) for choice in _choices(inner))


_TYPES = {
    "str": "文字",
    "int": "整数",
    "float": "数字",
    "decimal": "数字",
    "bool": "true 或 false",
    "array": "列表",
    "object": "表",
}


def _in_words(what: str, choices: Sequence[str]) -> tuple[str, str]:
    """What msgspec says is wrong with a value, in Chinese and English."""
    if (invalid := re.match(r"Invalid enum value '?([^']*)", what)) is not None:
        listed = "、".join(choices), ", ".join(choices)
        return f"不能是 {invalid.group(1)}，可选：{listed[0]}", f"can't be {invalid.group(1)}: it is one of {listed[1]}"
    if (missing := re.match(r"Object missing required field `([\w-]+)`", what)) is not None:
        return f"缺少 {missing.group(1)}", f"lacks {missing.group(1)}"
    if (expected := re.match(r"Expected `([\w| ]+)`(?: >= (\d+))?(?:, got `(\w+)`)?", what)) is not None:
        types, least, got = expected.groups()
        wanted = [name for name in types.split(" | ") if name != "null"]
        chinese = "或".join(_TYPES.get(name, name) for name in wanted)
        chinese = f"应为不小于 {least} 的{chinese}" if least else f"应为{chinese}"
        return chinese + (f"，得到的是{_TYPES.get(got, got)}" if got else ""), "is wrong: " + what[0].lower() + what[1:]
    return f"不合要求：{what}", f"is wrong: {what}"
