"""Reports of files that were checked before, kept in the user's cache folder for the next run.

A report is found again by the content of its file, the settings that hold for it, and the program: every file of
govlint and of its plugins, and what is installed beside them. Nothing of that needs to be imported. What is kept
carries a checksum and is put in its place whole: a broken entry, or one that was only half written, is no entry.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from govlint.engine import Diagnostic, Form, Rendered, Rendering, Report, check_and_read
from govlint.hooks import GROUP, Plugins, Summary
from govlint.source import DEFAULT_MAX_BYTES, Source, SourceError, read_bytes

if TYPE_CHECKING:
    from govlint.config import Settings
    from govlint.rule import Severity

T = TypeVar("T")

FOLDER = "GOVLINT_CACHE_DIR"
"""The environment variable that names another folder."""

_CHECKSUM = 16
_DAY = 86_400
_KEPT_FOR = 30 * _DAY
_LARGEST = 200_000_000
"""Bytes; beyond that the oldest entries go."""
_TIDIED = "tidied"


class _Entry(Struct, frozen=True):
    """What is kept of a report; the diagnostics without their path."""

    diagnostics: tuple[Diagnostic, ...]
    summary: tuple[Summary, ...]


class Cache(Struct, frozen=True):
    """The reports that one version of the program made. Its methods never fail: what can't be read was not kept."""

    folder: Path

    @classmethod
    def installed(cls) -> Cache | None:
        """The cache for the program as it is installed; ``None`` where there is no place for one."""
        with suppress(OSError, ValueError, RuntimeError):
            place = cache_folder()
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            return cls(place / _program(place))
        return None

    def find(self, path: str, identity: str, fail_on: Severity | None, form: Form | None = None) -> Report | None:
        """The report on the file at ``path``, with settings of that ``identity``, if it was kept.

        Where it was rendered in the ``form``, only that is read.
        """
        try:
            data = read_bytes(path)
        except SourceError:
            return None
        if len(data) > DEFAULT_MAX_BYTES:
            return None
        if form is not None:
            rendering = _read(self._place(data, path, identity, form), Rendering)
            if rendering is not None:
                return Rendered(path, None, fail_on=fail_on, rendering=rendering)
        entry = _read(self._place(data, path, identity), _Entry)
        if entry is None:
            return None
        source = Source.from_bytes(data, path)
        diagnostics = tuple(_at(path, diagnostic) for diagnostic in entry.diagnostics)
        return Report(path, source, diagnostics, entry.summary, fail_on=fail_on)

    def check(self, path: str, plugins: Plugins, settings: Settings, identity: str) -> Report:
        """Check the file at ``path`` and keep the report, unless something failed."""
        report, data = check_and_read(path, plugins, settings)
        if not report.failed and not plugins.failures and len(data) <= DEFAULT_MAX_BYTES:
            kept = tuple(_at("", diagnostic) for diagnostic in report.diagnostics)
            self._write(self._place(data, path, identity), _encoded(_Entry(kept, report.summary)))
        return report

    def render(self, report: Report, form: Form, identity: str) -> Report:
        """The report rendered in a form, which is kept. Nothing must have failed."""
        assert report.source is not None
        rendering = form.render(report)
        place = self._place(report.source.encode(), report.path, identity, form)
        self._write(place, _encoded(rendering))
        return Rendered(report.path, None, fail_on=report.fail_on, rendering=rendering)

    def knows(self, identity: str) -> bool:
        """Whether settings of that identity were found good."""
        return os.path.exists(self._settings(identity))  # noqa: PTH110

    def note(self, identity: str) -> None:
        """Note that settings of that identity are good."""
        self._write(self._settings(identity), b"")

    def _settings(self, identity: str) -> str:
        return f"{self.folder}{os.sep}settings-{_digest(identity.encode('utf-8', 'surrogatepass'))}"

    def _place(self, data: bytes, path: str, identity: str, form: Form | None = None) -> str:
        """Where the report on a content goes, or what it is in a form.

        Of the path only the suffix, which tells the format, counts.
        """
        suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122 - names that are not Unicode
        kept = f"{suffix}\0{identity}\0" if form is None else f"{suffix}\0{identity}\0{form.name}\0"
        name = _digest(kept.encode("utf-8", "surrogatepass"), data)
        return f"{self.folder}{os.sep}{name[:2]}{os.sep}{name[2:]}"

    def _write(self, file: str, content: bytes) -> None:
        """Put a file in its place whole; where that is not possible there is none."""
        place = Path(file)
        half = place.with_name(f"{place.name}.{os.getpid()}-{time.monotonic_ns()}")
        try:
            if not place.parent.is_dir():
                place.parent.mkdir(parents=True, exist_ok=True)
                _tidy(self.folder)
            half.write_bytes(content)
            half.replace(place)
        except OSError:
            with suppress(OSError):
                half.unlink()


def cache_folder() -> Path:
    """The folder that everything is kept in."""
    if chosen := os.environ.get(FOLDER):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("govlint", appauthor=False)


def clear(folder: Path) -> tuple[int, int]:
    """Remove all that is kept in a folder; how many files and bytes that were."""
    files = size = 0
    for path, status in list(_files(folder)):
        with suppress(OSError):
            path.unlink()
            files, size = files + 1, size + status.st_size
    for below in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        with suppress(OSError):
            below.rmdir()
    return files, size


def size(folder: Path) -> tuple[int, int]:
    """How many files and bytes are kept in a folder."""
    sizes = [status.st_size for _, status in _files(folder)]
    return len(sizes), sum(sizes)


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """What is kept in a folder: only what has a name that this module gives."""
    for path in folder.glob("roots-*"):
        with suppress(OSError):
            yield path, path.stat()
    for program in folder.glob("v-*"):
        for path in program.rglob("*"):
            with suppress(OSError):
                if path.is_file():
                    yield path, path.stat()


def _tidy(program: Path) -> None:
    """Once a day: remove what is old, and the oldest of what is too much."""
    note, now = program.parent / f"v-{_TIDIED}" / _TIDIED, time.time()
    with suppress(OSError):
        if note.stat().st_mtime > now - _DAY:
            return
    note.parent.mkdir(exist_ok=True)
    note.write_bytes(b"")
    total = 0
    for path, status in sorted(_files(program.parent), key=lambda each: -each[1].st_mtime):
        total += status.st_size
        kept_for = _DAY if path.suffix else _KEPT_FOR  # what has one was never finished
        if status.st_mtime < now - kept_for or total > _LARGEST:
            with suppress(OSError):
                path.unlink()


def _at(path: str, found: Diagnostic) -> Diagnostic:
    """A diagnostic in another file."""
    return Diagnostic(
        found.rule,
        found.severity,
        path,
        found.span,
        found.message,
        found.english,
        found.related,
        found.fix,
        found.detail,
    )


def _read(place: str, kind: type[T]) -> T | None:
    """What is kept in a place, unless it is broken."""
    try:
        with open(place, "rb") as file:  # noqa: PTH123 - for every file
            written = file.read()
        if _checksum(written[_CHECKSUM:]) != written[:_CHECKSUM]:
            return None
        return msgspec.msgpack.decode(written[_CHECKSUM:], type=kind)
    except (OSError, msgspec.MsgspecError):
        return None


def _encoded(entry: _Entry | Rendering) -> bytes:
    try:
        content = msgspec.msgpack.encode(entry)
    except UnicodeEncodeError:  # half a surrogate pair in a message: rare enough not to be kept
        return b""
    return _checksum(content) + content


def _checksum(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_CHECKSUM).digest()


def _digest(*parts: bytes) -> str:
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


# -- the program


def _program(place: Path) -> str:
    """A name for all that a report depends on beside its file and settings."""
    installed = "\n".join([sys.version, *_distributions()])
    lines = [installed]
    for root in _roots(place, _digest(installed.encode("utf-8", "surrogatepass"))):
        lines += _stamps(root)
    return "v-" + _digest("\n".join(lines).encode("utf-8", "surrogatepass"))


def _distributions() -> Iterator[str]:
    """What is installed, name and version being part of the folders' names, and when."""
    for folder in sys.path:
        try:
            with os.scandir(folder or ".") as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    if entry.name.endswith((".dist-info", ".egg-info")):
                        yield f"{folder} {entry.name} {entry.stat().st_mtime_ns}"
        except OSError:
            continue


def _roots(place: Path, installed: str) -> list[str]:
    """The folders and files of govlint and its plugins; found once for what is installed."""
    noted = place / f"roots-{installed}"
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(noted.read_bytes(), type=list[str])
    roots = sorted(_found_roots())
    half = noted.with_name(f"{noted.name}.{os.getpid()}")
    half.write_bytes(msgspec.json.encode(roots))
    half.replace(noted)
    return roots


def _found_roots() -> set[str]:
    """The same, found by asking what is installed. Raises ``ValueError`` for a plugin that is not there."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    roots: set[str] = set()
    for name in {"govlint", *(entry.module.partition(".")[0] for entry in entry_points(group=GROUP))}:
        spec = find_spec(name)
        if spec is None:
            raise ValueError(f"no module {name}")
        roots.update(spec.submodule_search_locations or ([spec.origin] if spec.origin else []))
    return roots


def _stamps(root: str) -> Iterable[str]:
    """Name, size and time of change of every file below a folder."""
    lines: list[str] = []
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        if not Path(folder).is_dir():
            status = os.stat(folder)  # noqa: PTH116
            lines.append(f"{folder} {status.st_size} {status.st_mtime_ns}")
            continue
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                else:
                    status = entry.stat()
                    lines.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")
    return lines
